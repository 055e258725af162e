"""Comparisons between places: all, all but, some out of, except, highest, lowest.

A comparison is evaluated on a *series*: one quantity (chapter, line, measure) that the register
has for every place. Where the words do not settle which quantity is meant, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.prose.claim import Claim, Status
from boardpack.prose.figure_words import Facet
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import number_of, without_dates
from boardpack.prose.reasons import amount
from boardpack.prose.series import SeriesFinder, ids_of, what_of
from boardpack.prose.vocabulary import (
    DOWN,
    OVER,
    UNDER,
    UP,
    places_of,
)

_NUMBER = r"\d+|one|two|three|four|five|six|seven"
_PLACES = r"(?:other )?(?:SEL )?(?:boroughs|places)"
_SOME = re.compile(rf"\b({_NUMBER}) (?:out )?of (?:the |our )?({_NUMBER}) {_PLACES}\b", re.I)
_ALL_BUT = re.compile(rf"\ball but ({_NUMBER}) {_PLACES}?", re.IGNORECASE)
_ALL = re.compile(rf"\ball (?:six )?{_PLACES}\b|\bevery (?:borough|place)\b", re.I)
_EXCEPT = re.compile(r"\b(?:except|apart from|other than)(?: for)?\s+", re.IGNORECASE)
_ONLY = re.compile(r"\b[Oo]nly\s+(?=[A-Z])")
_HIGH = re.compile(r"high|larg|big|great|worst", re.IGNORECASE)
_EXTREME = re.compile(r"\b(?:(?:high|larg|bigg|great|low|small)est|worst|best)\b", re.IGNORECASE)
_OF_A_VARIANCE = re.compile(r"worst|best", re.IGNORECASE)
"""Superlatives that rank by good and bad, of which only a variance says which is which."""
_IS = re.compile(r"\b(?:is|was|are|were)\b(?: still| now)?(?: in| at| that of| those of| for)?\s+")
_ANY_OTHER = re.compile(r"\b(higher|lower|larger|smaller|greater) than any other\b", re.I)
_ROLE = re.compile(r"^[^.;,]{0,40}")


@dataclass(frozen=True)
class Finding:
    """A comparison in words, with the span it takes in the sentence."""

    start: int
    end: int
    claim: Claim


class Comparer(SeriesFinder):
    """Evaluates comparisons between places on one register."""

    def compare(self, sentence: Sentence) -> Iterator[Finding]:
        """Every comparison of the sentence that its words make plain."""
        for start, words in _clauses(sentence.text):
            finding = self._counted(sentence, start, words)
            if finding is not None:
                yield finding
            else:
                yield from self._ranked(sentence, start, words)

    def _counted(self, sentence: Sentence, start: int, words: str) -> Finding | None:
        """`5 out of 6 boroughs`, `all but 2`, `all except Southwark`, `only Southwark`."""
        expected = self._expected(words)
        if expected is None:
            return None
        span, count, named = expected
        predicate = _PREDICATE.match(words[span[1] :])
        said = words[span[1] + (predicate.end() if predicate else len(words)) :][:_REACH]
        trend, sign = _sense(said, UP, DOWN), _sense(said, UNDER, OVER)
        if not trend and not sign:
            return None
        found = (
            self._trend(sentence, words, trend) if not sign else self._signs(sentence, words, sign)
        )
        if found is None:
            return self._finding(sentence, start, words, span, "unsupported", (), _NOT_EVALUATED)
        members, figures, said = found
        holds = set(members) == named if named is not None else len(members) == count
        who = ", ".join(self.paper.report.places[p] for p in members) or "no place"
        status: Status = "supported" if holds else "contradicted"
        reason = f"{said}: {who} ({len(members)} of {len(self.places)})."
        return self._finding(sentence, start, words, span, status, figures, reason)

    def _expected(self, words: str) -> tuple[tuple[int, int], int, set[str] | None] | None:
        """Where the comparison stands, how many places it claims, or which."""
        some, but = _SOME.search(words), _ALL_BUT.search(words)
        every, only = _ALL.search(words), _ONLY.search(words)
        if some and number_of(some[2]) == len(self.places):
            return some.span(), number_of(some[1]) or 0, None
        if but:
            return but.span(), len(self.places) - (number_of(but[1]) or 0), None
        if only:
            named = self._named(_ROLE.match(words[only.end() :]))
            return (only.span(), len(named), named) if named else None
        if every is None:
            return None
        left_out = _EXCEPT.search(words)
        named = self._named(_ROLE.match(words[left_out.end() :])) if left_out else set()
        return every.span(), 0, set(self.places) - named

    def _named(self, found: re.Match[str] | None) -> set[str]:
        words = found[0] if found else ""
        head = re.split(r"\ball\b|\bshowing\b|\bis\b|\bare\b", words)[0]
        return {p for p in places_of(head, self.paper.report, "icb") if p in self.places}

    def _signs(
        self, sentence: Sentence, words: str, sign: int
    ) -> tuple[list[str], tuple[str, ...], str] | None:
        series = self.choose(sentence, words, {"variance"})
        if series is None:
            return None
        members = [p for p in self.places if series[p].signed * sign > 0]
        said = "Overspent or short" if sign < 0 else "Underspent or ahead"
        return members, ids_of(series), f"{said} on {what_of(series)}"

    def _trend(
        self, sentence: Sentence, words: str, trend: int
    ) -> tuple[list[str], tuple[str, ...], str] | None:
        now = self.choose(sentence, words, {"count", "price"})
        if now is None:
            return None
        then = self.earlier(now, words)
        if then is None:
            return None
        moved = {p: (now[p].figure.value - then[p].figure.value) * trend for p in self.places}
        members = [p for p in self.places if moved[p] > 0]
        period = next(iter(then.values())).period
        verb = "Up" if trend > 0 else "Down"
        return members, ids_of(now) + ids_of(then), f"{verb} since {period} on {what_of(now)}"

    def _ranked(self, sentence: Sentence, start: int, words: str) -> Iterator[Finding]:
        """`X and Y have the highest ...`, `X has the lowest ...`, `higher than any other`."""
        other = _ANY_OTHER.search(words)
        marks = [other] if other else list(_EXTREME.finditer(words))
        named = self._named_before(words, marks[0].start()) if marks else []
        for mark, following in zip(marks, (*marks[1:], None), strict=False):
            said = words[mark.end() : following.start() if following else len(words)]
            said = re.split(r"[,;]", said)[0]
            behind = None if named or other else _IS.search(said)
            whose = named
            if behind:
                whose, said = self._named_first(said[behind.end() :]), said[: behind.start()]
            narrowed = replace(sentence, text=words[: mark.end()] + said)
            up = bool(_HIGH.match(mark[0]))
            is_good_or_bad = _OF_A_VARIANCE.match(mark[0])
            asked = words[: mark.start()] if other else said
            series = self.choose_ranked(narrowed, f"{asked} variance" if is_good_or_bad else asked)
            if is_good_or_bad and not _is_variance(series):
                continue
            if whose and series is not None:
                status, reason = self._rank(series, whose, up, said)
                yield self._finding(
                    sentence, start, words, mark.span(), status, ids_of(series), reason
                )

    def _rank(
        self, series: dict[str, Facet], named: list[str], up: bool, words: str
    ) -> tuple[Status, str]:
        """Whether the places named come first, and the order that the figures give."""
        size = {p: self._size(series[p], words) for p in self.places}
        is_signed = bool(OVER.search(words) or UNDER.search(words))
        among = [p for p in self.places if size[p] > 0 or not is_signed]
        order = sorted(among, key=lambda p: size[p], reverse=up)
        status: Status = "supported" if set(order[: len(named)]) == set(named) else "contradicted"
        names = self.paper.report.places
        values = ", ".join(f"{names[p]} {amount(series[p].figure)}" for p in order)
        return status, f"{what_of(series)}, {'largest' if up else 'smallest'} first: {values}."

    def _named_before(self, words: str, end: int) -> list[str]:
        found = places_of(words[:end], self.paper.report, self.paper.place)
        return [place for place in found if place in self.places]

    def _named_first(self, words: str) -> list[str]:
        """The places with which words begin: `Lambeth and Southwark` of `The highest is in ...`."""
        found = re.match(r"(?:(?:[A-Z][\w'’&-]*|and|of)(?:, | |$|\W))+", words)
        return self._named_before(found[0], found.end()) if found else []

    def _size(self, facet: Facet, words: str) -> Decimal:
        """The figure's size; for an overspend, how far it is overspent."""
        if facet.kind == "variance":
            return facet.signed if UNDER.search(words) else -facet.signed
        return facet.figure.value

    def _finding(
        self,
        sentence: Sentence,
        start: int,
        words: str,
        span: tuple[int, int],
        status: Status,
        figures: tuple[str, ...],
        reason: str,
    ) -> Finding:
        line = sentence.line_at(start + span[0])
        text, marked = " ".join(words.split()), words[span[0] : span[1]]
        claim = Claim(line, text, None, "comparison", status, figures, reason, marked.strip())
        return Finding(start + span[0], start + span[1], claim)


_NOT_EVALUATED = "No figures for every place answer this comparison."
_PREDICATE = re.compile(
    r"[^.;]{0,45}?\b(?:is|are|was|were|has|have|show\w*|report\w*|forecast\w*|see|seeing)\b",
    re.IGNORECASE,
)
_REACH = 45
_CLAUSE = re.compile(r";|,(?= (?:but|while|which|with)\b)|\bwith (?=only\b)|\bhowever,", re.I)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    plain = without_dates(text)
    start = 0
    for cut in (*(found.end() for found in _CLAUSE.finditer(plain)), len(plain)):
        if plain[start:cut].strip():
            yield start, plain[start:cut]
        start = cut


def _is_variance(series: dict[str, Facet] | None) -> bool:
    return series is not None and all(facet.kind == "variance" for facet in series.values())


def _sense(words: str, good: re.Pattern[str], bad: re.Pattern[str]) -> int:
    found = good.search(words), bad.search(words)
    return 0 if bool(found[0]) == bool(found[1]) else (1 if found[0] else -1)
