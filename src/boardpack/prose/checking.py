"""Prose checked against figures: every quantitative claim of a text, with its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from boardpack.core.params import Paper
from boardpack.figures.register import Register
from boardpack.prose.changes import check_ranges
from boardpack.prose.claim import Claim
from boardpack.prose.comparisons import Comparer, Finding
from boardpack.prose.directions import Directions
from boardpack.prose.directorate_names import named_in, speaking
from boardpack.prose.figure_words import describe
from boardpack.prose.matching import Matcher
from boardpack.prose.movements import Movements
from boardpack.prose.numbers import Judge
from boardpack.prose.passages import Sentence, read_passages
from boardpack.prose.quantities import Quantity, find_quantities
from boardpack.prose.sizes import Sizes
from boardpack.prose.table_entries import entry_claim
from boardpack.prose.terms import check_terms

_SOURCE = re.compile(r"\{source:\s*([^{}]*?)\s*\}", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:boroughs?|places?|months?|quarters?|years?|days?|weeks?|clients?|patients?|people"
    r"|packages?|placements?|schemes?|drugs?|medicines|practices?|groups?|areas?|objectives?"
    r"|opportunities|homes?|beds?|posts?|spells?|attendances?|specialties|providers?)\b",
    re.IGNORECASE,
)


def check_prose(text: str, register: Register, paper: Paper) -> list[Claim]:
    """Every quantitative claim of a text, in order, held against the register.

    The subject of a claim is found in its sentence, then the paragraph, the headings and the
    caption of the table above, and last the paper's own place.
    """
    return ProseChecker(register, paper).check(text)


class ProseChecker:
    """Holds texts against one register; describe the figures once, check many texts."""

    def __init__(self, register: Register, paper: Paper) -> None:
        self.register, self.paper = register, paper
        with speaking(paper.report):
            facets = describe(register)
        self.matcher = Matcher(facets, paper)
        self.judge = Judge(register, self.matcher, paper)
        self.comparer = Comparer(facets, paper)
        self.directions = Directions(self.matcher, paper)
        self.movements = Movements(self.matcher, paper)
        self.sizes = Sizes(self.matcher, paper)
        self._known: dict[tuple[str, str], list[Claim]] = {}

    def check(self, text: str, title: str = "") -> list[Claim]:
        """Every claim of a text, in order; `title` stands above it where it has no heading."""
        if (text, title) not in self._known:
            with speaking(self.paper.report):
                self._known[text, title] = self._claims(text, title)
        return self._known[text, title]

    def _claims(self, text: str, title: str) -> list[Claim]:
        found: list[Claim] = []
        for passage in read_passages(text, title):
            if isinstance(passage, Sentence):
                found += self.check_sentence(passage)
            else:
                claim = entry_claim(passage, self.matcher, self.paper)
                found += [claim] if claim else []
        return found

    def check_sentence(self, sentence: Sentence) -> list[Claim]:
        """Every claim of one sentence, in order."""
        with speaking(self.paper.report):
            return list(self._of_sentence(sentence))

    def _of_sentence(self, sentence: Sentence) -> Iterator[Claim]:
        compared, named = list(self.comparer.compare(sentence)), named_in(sentence.text)
        numbers = [
            quantity
            for quantity in find_quantities(sentence.text)
            if not _within(quantity.start, compared)
            and not any(quantity.start in name for name in named)
            and _is_claim(quantity, sentence.text)
        ]
        found = [(item.start, item.claim) for item in compared]
        judged = [self.judge.claim(sentence, q, numbers) for q in numbers]
        found += zip((q.start for q in numbers), judged, strict=True)
        found += check_ranges(sentence, numbers)
        found += [(s.start, s.claim) for s in self.directions.levels(sentence, numbers)]
        sizes = [*self.sizes.find(sentence, numbers), *check_terms(sentence)]
        sizes += self.sizes.ranked(sentence, numbers, judged)
        found += [(s.start, s.claim) for s in sizes]
        if numbers or not compared:
            states = [*self.directions.states(sentence, numbers)]
            states += self.movements.find(sentence, numbers)
            found += [(s.start, s.claim) for s in states if not _within(s.start, compared)]
        whole = " ".join(sentence.text.split())
        for start, claim in sorted(found, key=lambda pair: pair[0]):
            yield replace(_marked(claim, sentence.text, start), sentence=whole)


def _is_claim(quantity: Quantity, sentence: str) -> bool:
    """Numbers in words count only before something countable: `two boroughs`, not `the two`."""
    if not quantity.is_word:
        return True
    following = " ".join(sentence[quantity.end :].split()[:3])
    if quantity.value == 1:
        return bool(re.match(r"(?:borough|place)\b", following))
    return bool(_COUNTED.search(following))


def _within(start: int, findings: list[Finding]) -> bool:
    return any(finding.start <= start < finding.end for finding in findings)


def _marked(claim: Claim, sentence: str, start: int) -> Claim:
    """A claim with a source marked after it is stated, unless the figures contradict it."""
    marker = _SOURCE.search(sentence, start)
    if marker is None:
        return claim
    if claim.status == "contradicted":
        reason = f"{claim.reason} The source marked ({marker[1]}) does not change the figures."
        return replace(claim, reason=reason)
    return replace(claim, status="stated", reason=f"Source: {marker[1]}.")
