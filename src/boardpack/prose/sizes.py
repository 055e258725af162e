"""Sizes said in words: `a small shortfall`, `most of the overspend`, `the largest budget`.

Each is held where the words name its figures beyond doubt; else nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from boardpack.core.params import Paper
from boardpack.prose.claim import Claim, Status
from boardpack.prose.context import Context, context_of
from boardpack.prose.directions import Spoken, nil_at
from boardpack.prose.figure_words import Facet
from boardpack.prose.matching import Matcher
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.reasons import amount, naming
from boardpack.prose.vocabulary import OVER, bound_of, topics_of

NOT_SMALL = Decimal("0.05")
"""A material variance of a twentieth of its budget or plan is not small."""
ROOM = Decimal("0.05")
"""`Half` is said of anything from 45% to 55%."""

_NOUN = r"over-?\s?spends?|under-?\s?spends?|shortfall|(?:over|under)[- ]delivery|variance"
_SMALL = re.compile(
    r"\b(?:small|slight|minor|marginal|minimal|modest|negligible)\s+"
    rf"(?:(?:net|overall|adverse|year[- ]to[- ]date|ytd|forecast)\s+)*(?P<noun>{_NOUN})\b",
    re.IGNORECASE,
)
_SHARES = {
    "quarter": Decimal("0.25"),
    "third": Decimal(1) / 3,
    "half": Decimal("0.5"),
    "two thirds": Decimal(2) / 3,
    "three quarters": Decimal("0.75"),
}
_PART = re.compile(
    r"\b(?P<share>most|(?:the )?majority|two[- ]thirds|three[- ]quarters"
    r"|(?:(?:an?|one)[- ])?(?:half|third|quarter)) of (?:the|its|this|our) "
    r"(?:(?:total|overall|year[- ]to[- ]date|ytd|forecast|whole|borough|ICB)(?:'s)? )*"
    r"(?P<noun>over-?\s?spend|under-?\s?spend|shortfall)\b",
    re.IGNORECASE,
)
_IS_ABOUT = re.compile(
    r"^\W*(?:at month \d+ )?(?:is|was|are|relates?|related|comes?|came|arises?|arose|lies|sits"
    r"|results?|stems?)\b"
    r"(?P<part>[^.;]*)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:(?P<up>larg|high|bigg|great)|(?:small|low))est\b[^.;,£]*$", re.IGNORECASE
)


class Sizes:
    """Holds sizes in words against the figures of one register."""

    def __init__(self, matcher: Matcher, paper: Paper) -> None:
        self.matcher = matcher
        self.paper = paper
        self.by_id = {facet.figure.id: facet for facet in matcher.facets}

    def find(self, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Spoken]:
        """Every size in words of the sentence whose figures are clear."""
        for match in _SMALL.finditer(sentence.text):
            yield from self._small(sentence, match, quantities)
        for match in _PART.finditer(sentence.text):
            yield from self._part(sentence, match, quantities)

    def ranked(
        self, sentence: Sentence, quantities: list[Quantity], claims: Iterable[Claim]
    ) -> Iterator[Spoken]:
        """`The largest budget is that of X, at £9m`: the number's figure against its sisters."""
        for quantity, claim in zip(quantities, claims, strict=True):
            before = max((q.end for q in quantities if q.end <= quantity.start), default=0)
            match = _FIRST.search(sentence.text, before, quantity.start)
            facet = self.by_id.get(claim.figures[0]) if claim.figures else None
            if match is None or facet is None or claim.status not in ("supported", "rounding"):
                continue
            sisters = [f for f in self.matcher.facets if _are_sisters(f, facet)]
            if len(sisters) > 1:
                yield self._rank(sentence, match, facet, sisters)

    def _rank(
        self, sentence: Sentence, match: re.Match[str], facet: Facet, sisters: list[Facet]
    ) -> Spoken:
        first = (max if match["up"] else min)(sisters, key=lambda f: abs(f.figure.value))
        holds = abs(first.figure.value) == abs(facet.figure.value)
        word = match[0].split()[0]
        reason = f"Of {len(sisters)} figures alike the {word} is {naming(first.figure)}."
        ids = tuple(dict.fromkeys((first.figure.id, facet.figure.id)))
        return _spoken(sentence, match.start(), word, holds, ids, reason)

    def _small(
        self, sentence: Sentence, match: re.Match[str], quantities: list[Quantity]
    ) -> Iterator[Spoken]:
        said = nil_at(match, "noun")
        context = context_of(sentence, said, quantities, self.paper)
        context = replace(context, kinds=frozenset({"variance"}))
        subject = self.matcher.subject(self.matcher.by_unit["GBP"], context)
        planned = self._planned(subject[0]) if subject else None
        if planned is None or not planned.figure.value:
            return
        size = abs(subject[0].figure.value)
        share = size / abs(planned.figure.value)
        if share >= NOT_SMALL and size >= self.paper.report.materiality.amount:
            ids = (subject[0].figure.id, planned.figure.id)
            reason = f"{naming(subject[0].figure)} is {share:.0%} of {amount(planned.figure)}."
            yield _spoken(sentence, match.start(), match[0], False, ids, reason)

    def _planned(self, variance: Facet) -> Facet | None:
        """The budget or plan that a variance is measured against."""
        stem = variance.figure.id.removesuffix(variance.figure.measure)
        frame = "ytd" if variance.frame == "ytd" else "annual"
        names = (f"{stem}{frame}_budget", f"{stem}{frame}_plan", f"{stem}full_year_plan")
        known = [n for n in names if n in self.by_id and (frame == "annual") == ("ytd" not in n)]
        return self.by_id[known[0]] if known else None

    def _part(
        self, sentence: Sentence, match: re.Match[str], quantities: list[Quantity]
    ) -> Iterator[Spoken]:
        text = sentence.text
        following = _IS_ABOUT.match(text[match.end() :])
        said = following["part"] if following else text[: match.start()]
        context = context_of(sentence, nil_at(match, "noun"), quantities, self.paper)
        whole, part = self._variance(context, frozenset()), self._variance(context, topics_of(said))
        if whole is None or part is None or not whole.signed or part is whole:
            return
        share = part.signed / whole.signed
        holds = (whole.signed < 0) == bool(OVER.search(match["noun"])) and _is_share(
            share, match["share"].lower(), bound_of(text[: match.start()])
        )
        reason = f"{naming(part.figure)} is {share:.0%} of {amount(whole.figure)}."
        ids = (part.figure.id, whole.figure.id)
        yield _spoken(sentence, match.start(), match[0], holds, ids, reason)

    def _variance(self, context: Context, topics: frozenset[str]) -> Facet | None:
        """The variance of a line of the position; of the total where no line is named."""
        frames = context.frames or frozenset({"ytd"})
        found = [
            facet
            for facet in self.matcher.by_unit["GBP"]
            if facet.figure.chapter == "position"
            and facet.kind == "variance"
            and facet.computed is None
            and facet.place == context.place
            and facet.topics == topics
            and facet.frame in frames
            and self.matcher.is_now(facet)
            and not facet.words
        ]
        return found[0] if len({facet.figure.value for facet in found}) == 1 else None


def _is_share(share: Decimal, words: str, bound: int) -> bool:
    if "most" in words or "majority" in words:
        return share > _SHARES["half"]
    name = max((n for n in _SHARES if n in words.replace("-", " ")), key=len)
    apart = share - _SHARES[name]
    return apart * bound > 0 if bound else abs(apart) <= ROOM


def _are_sisters(facet: Facet, like: Facet) -> bool:
    """Whether two figures are one measure of two lines; a total is no sister of its parts."""
    one, other = facet.figure, like.figure
    return (
        (one.chapter, one.place, one.measure, one.unit, one.period)
        == (other.chapter, other.place, other.measure, other.unit, other.period)
        and facet.computed is None
        and "total" not in f"{one.line} {other.line}"
    )


def _spoken(
    sentence: Sentence, start: int, words: str, holds: bool, ids: tuple[str, ...], reason: str
) -> Spoken:
    status: Status = "supported" if holds else "contradicted"
    line = sentence.line_at(start)
    return Spoken(start, Claim(line, words, None, "size", status, ids, reason, words))
