"""Prose checked against figures: every quantitative claim of a text, with its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from boardpack.figures.register import Register
from boardpack.params import Paper
from boardpack.prose.changes import bases_of, bases_said, check_ranges, fitting_base
from boardpack.prose.claim import Claim, Status
from boardpack.prose.comparing import Comparer, Finding
from boardpack.prose.context import Context, context_of
from boardpack.prose.facets import Facet, describe
from boardpack.prose.matching import Matcher, Verdict
from boardpack.prose.passages import Sentence, read_sentences
from boardpack.prose.quantities import Quantity, find_quantities
from boardpack.prose.saying import naming
from boardpack.prose.values import says
from boardpack.prose.vocabulary import LEVEL

_SOURCE = re.compile(r"\{source:\s*([^{}]*?)\s*\}", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:boroughs?|places?|months?|quarters?|years?|days?|weeks?|clients?|patients?|people"
    r"|packages?|placements?|schemes?|drugs?|medicines|practices?|groups?|areas?|objectives?"
    r"|opportunities|homes?|beds?|posts?|spells?|attendances?|specialties|providers?)\b",
    re.IGNORECASE,
)


def check_prose(text: str, register: Register, paper: Paper) -> list[Claim]:
    """Every quantitative claim of a text, in order, held against the register.

    The subject of a claim is found in its sentence, then the paragraph, the headings, and last the
    paper's own place.
    """
    return ProseChecker(register, paper).check(text)


class ProseChecker:
    """Holds texts against one register; describe the figures once, check many texts."""

    def __init__(self, register: Register, paper: Paper) -> None:
        self.paper = paper
        self.register = register
        self.facets: tuple[Facet, ...] = describe(register)
        self.by_id = {facet.figure.id: facet for facet in self.facets}
        self.matcher = Matcher(self.facets, paper)
        self.comparer = Comparer(self.facets, paper)

    def check(self, text: str, title: str = "") -> list[Claim]:
        """Every claim of a text, in order; `title` stands above it where it has no heading."""
        return [c for sentence in read_sentences(text, title) for c in self._sentence(sentence)]

    def _sentence(self, sentence: Sentence) -> Iterator[Claim]:
        compared = list(self.comparer.compare(sentence))
        quantities = [
            q
            for q in find_quantities(sentence.text)
            if not _within(q, compared) and _is_claim(q, sentence.text)
        ]
        found = [(item.start, item.claim) for item in compared]
        for quantity in quantities:
            found.append((quantity.start, self._claim(sentence, quantity, quantities)))
        for claim in check_ranges(sentence.text, quantities, sentence.line):
            found.append((sentence.text.find(claim.text), claim))
        found.extend(self._levels(sentence, quantities))
        found.extend(self._directions(sentence, quantities, compared))
        for start, claim in sorted(found, key=lambda pair: pair[0]):
            yield _marked(claim, sentence.text, start)

    def _claim(self, sentence: Sentence, quantity: Quantity, others: list[Quantity]) -> Claim:
        context = context_of(sentence, quantity, others, self.paper)
        line = sentence.line_at(quantity.start)
        if quantity.reference:
            return self._referred(quantity, context, line)
        verdict = self._verdict(quantity, context)
        text = _words(sentence.text, quantity)
        value, unit = quantity.value, quantity.unit
        return Claim(line, text, value, unit, verdict.status, verdict.figures, verdict.reason)

    def _verdict(self, quantity: Quantity, context: Context) -> Verdict:
        verdict = self.matcher.judge(quantity, context)
        if quantity.unit != "PCT" or "change" not in context.kinds:
            return verdict
        bases = bases_of(self.facets, context, self.paper)
        fitting = fitting_base(bases, quantity, context.trend)
        if fitting is not None and verdict.status != "supported":
            reason = f"Measured from {fitting.name}. Bases: {bases_said(bases)}."
            return Verdict("supported", fitting.figures, reason)
        if not bases:
            return verdict
        if verdict.status == "unsupported" and context.topic_reach in ("words", "sentence"):
            figures = bases[0].figures
            return Verdict("contradicted", figures, f"The figures give {bases_said(bases)}.")
        return replace(verdict, reason=f"{verdict.reason} Bases: {bases_said(bases)}.")

    def _referred(self, quantity: Quantity, context: Context, line: int) -> Claim:
        """A `[[figure.id]]`: it is the figure, so only its direction word can be wrong."""
        identity = quantity.reference
        facet = self.by_id.get(identity)
        if facet is None:
            reason = f"There is no figure {identity}. {self.register.hint(identity)}"
            return Claim(line, quantity.text, None, "", "unsupported", (), reason)
        figure = self.register.agreed(identity)
        turned = facet.kind == "variance" and context.direction * facet.signed < 0
        said = "an overspend or shortfall" if context.direction < 0 else "an underspend"
        reason = f"The words say {said}; the figure is the other way." if turned else "A reference."
        status: Status = "contradicted" if turned else "supported"
        return Claim(
            line, quantity.text, abs(figure.value), figure.unit, status, (figure.id,), reason
        )

    def _levels(
        self, sentence: Sentence, quantities: list[Quantity]
    ) -> Iterator[tuple[int, Claim]]:
        """`break-even`: a claim that the variance is nil."""
        for match in LEVEL.finditer(sentence.text):
            nil = _nil(match)
            context = context_of(sentence, nil, quantities, self.paper)
            context = replace(context, kinds=frozenset({"variance"}))
            fits = [
                f
                for f in self.facets
                if f.kind == "variance"
                and not self.matcher.conflicts(f, context)
                and f.topics == context.topics
                and f.place == context.place
                and f.figure.unit in ("GBP", "COUNT")
                and not f.words - context.words
            ]
            verdict = _level(nil, fits)
            line = sentence.line_at(match.start())
            yield (
                match.start(),
                Claim(
                    line,
                    match[0],
                    Decimal(0),
                    "GBP",
                    verdict.status,
                    verdict.figures,
                    verdict.reason,
                ),
            )

    def _directions(
        self, sentence: Sentence, quantities: list[Quantity], compared: list[Finding]
    ) -> Iterator[tuple[int, Claim]]:
        """`Corporate budgets are underspent`: a direction without a number, where it is clear."""
        for match in _SAID.finditer(sentence.text):
            said = _nil(match, 1)
            near = [q for q in quantities if -60 < q.start - match.end() < 25]
            if near or _within(said, compared) or (compared and not quantities):
                continue
            context = context_of(sentence, said, quantities, self.paper)
            direction = -1 if match[1].lower().startswith("over") else 1
            context = replace(context, kinds=frozenset({"variance"}), direction=direction)
            subject = self.matcher.subject(self.matcher.by_unit["GBP"], context)
            if subject and subject[0].signed:
                line = sentence.line_at(match.start())
                yield match.start(), _direction_claim(line, match[0], subject[0], direction)


_SAID = re.compile(
    r"\b(?:is|are|was|were|remains?|stays?)\s+(?:still\s+|also\s+)?((?:over|under)-?\s?spent)\b",
    re.I,
)


def _nil(match: re.Match[str], group: int = 0) -> Quantity:
    """A place in the sentence that stands for nil pounds."""
    return Quantity(
        match.start(group), match.end(group), match[group], Decimal(0), Decimal(1000), "GBP"
    )


def _direction_claim(line: int, text: str, facet: Facet, direction: int) -> Claim:
    agrees = (facet.signed > 0) == (direction > 0)
    status: Status = "supported" if agrees else "contradicted"
    reason = f"The figures give {naming(facet.figure)}."
    return Claim(line, text, None, "direction", status, (facet.figure.id,), reason)


def _level(nil: Quantity, fits: list[Facet]) -> Verdict:
    if not fits:
        return Verdict("unsupported", (), "No figure answers this break-even.")
    if any(says(nil, facet.figure) for facet in fits):
        ids = tuple(f.figure.id for f in fits if says(nil, f.figure))
        return Verdict("supported", ids[:3], "The variance is nil.")
    return Verdict(
        "contradicted", (fits[0].figure.id,), f"The figures give {naming(fits[0].figure)}."
    )


def _is_claim(quantity: Quantity, sentence: str) -> bool:
    """Numbers in words count only before something countable: `two boroughs`, not `the two`."""
    if not quantity.is_word:
        return True
    following = " ".join(sentence[quantity.end :].split()[:3])
    if quantity.value == 1:
        return bool(re.match(r"(?:borough|place)\b", following))
    return bool(_COUNTED.search(following))


def _within(quantity: Quantity, findings: list[Finding]) -> bool:
    return any(f.start <= quantity.start and quantity.end <= f.end for f in findings)


def _marked(claim: Claim, sentence: str, start: int) -> Claim:
    """A claim with a source marked after it is stated, unless the figures contradict it."""
    marker = _SOURCE.search(sentence, start)
    if marker is None:
        return claim
    if claim.status == "contradicted":
        reason = f"{claim.reason} The source marked ({marker[1]}) does not change the figures."
        return replace(claim, reason=reason)
    return replace(claim, status="stated", reason=f"Source: {marker[1]}.")


def _words(sentence: str, quantity: Quantity) -> str:
    """The quantity with a few words on either side, as the report shows it."""
    left = sentence[: quantity.start].split()[-5:]
    right = sentence[quantity.end :].split()[:4]
    return " ".join((*left, sentence[quantity.start : quantity.end], *right))
