"""Movements said without a number: `the position has improved since last month`.

A movement is judged by the figure now and the same figure of an earlier month. `Improved` and
`worsened` go by the sign of a variance; `increased` and `reduced` by the size of what is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.core.params import Paper
from boardpack.prose.claim import Claim, Status
from boardpack.prose.context import Context, context_of
from boardpack.prose.directions import Spoken, nil_at
from boardpack.prose.figure_words import Facet, stems
from boardpack.prose.matching import Matcher
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.reasons import amount, naming
from boardpack.prose.vocabulary import NOBODY, UNDER, periods_of

_GOOD = r"improv(?:ed|es|ing|ement)|better"
_BAD = r"worsen(?:ed|s|ing)|deteriorat(?:ed|es|ing|ion)|worse"
_MORE = (
    r"increas(?:ed|es|ing|e)|ris(?:en|es|ing|e)|rose|grow(?:n|s|ing|th)|grew|widened|higher|larger"
)
_LESS = (
    r"reduc(?:ed|es|ing|tion|e)|decreas(?:ed|es|ing|e)|fall(?:en|s|ing)?|fell|narrowed|lower"
    r"|smaller"
)
_SENSE = tuple(
    (re.compile(rf"(?:{words})\Z", re.IGNORECASE), sense)
    for words, sense in ((_GOOD, (1, 0)), (_BAD, (-1, 0)), (_MORE, (0, 1)), (_LESS, (0, -1)))
)
_TREND = rf"(?P<trend>{_GOOD}|{_BAD}|{_MORE}|{_LESS})"
_NOUN = (
    r"(?P<noun>position|over-?\s?spends?|under-?\s?spends?|shortfall|variance|run[- ]?rate"
    r"|average\s+(?:\w+\s+){0,2}prices?|clients?|activity)"
)
_ADVERB = r"(?:(?:also|further|now|slightly|significantly|again|been)\s+)*"
_MOVED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_NOUN}\b(?:\s+(?!and\b|but\b|which\b|that\b)[\w'’-]+){{0,5}}?"
        rf"\s+(?:has|have|is|are|was|were|continues? to)\s+{_ADVERB}{_TREND}\b(?!\s+(?:fast|slow))",
        rf"\b{_NOUN}\s+(?P<trend>worsened|improved|deteriorated|fell|rose|grew|increased)\b",
        rf"\b{_TREND}\s+in\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}?{_NOUN}\b",
    )
)
_SUPPOSED = re.compile(
    r"\b(?:will|would|could|should|may|might|if|not|no|expected|due|forecast to|aim\w*|plan\w* to"
    r"|whether|any|an?|further)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:since|than|compared (?:to|with|against)|from|on|over|at)\s+(?:the\s+)?"
    r"(?P<base>last month|(?:previous|prior) month|month\s+0?\d{1,2}|m0?\d{1,2}"
    r"|(?:start|beginning) of the (?:financial )?year)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Pair:
    """A figure now and then."""

    now: Facet
    then: Facet


class Movements:
    """Holds movements against the earlier months that the register has."""

    def __init__(self, matcher: Matcher, paper: Paper) -> None:
        self.matcher = matcher
        self.paper = paper
        self.series: dict[tuple[str, ...], dict[str, Facet]] = defaultdict(dict)
        for facet in matcher.facets:
            if facet.computed is None and not facet.period[8:].startswith("Q"):
                self.series[_quantity(facet)][self._month(facet)] = facet

    def find(self, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Spoken]:
        """Every movement of the sentence whose subject the register has for two months."""
        taken: list[int] = []
        for pattern in _MOVED:
            for match in pattern.finditer(sentence.text):
                before = sentence.text[: match.start("trend")]
                is_supposed = _SUPPOSED.search(before) or NOBODY.search(before)
                if match.end("trend") in taken or is_supposed or _has_number(match, quantities):
                    continue
                taken.append(match.end("trend"))
                claim = self._claim(sentence, match, quantities)
                if claim is not None:
                    yield Spoken(match.start(), claim)

    def _claim(
        self, sentence: Sentence, match: re.Match[str], quantities: list[Quantity]
    ) -> Claim | None:
        context = context_of(sentence, _end_of(match), quantities, self.paper)
        if context.topic_reach == "paper" and context.topics:
            return None
        series = self._series(match["noun"], context)
        if not series:
            return None
        base = self._base(sentence.text, match)
        line, text = sentence.line_at(match.start()), match[0]
        pairs = [pair for found in series if (pair := self._pair(found, base))]
        if not pairs:
            now = series[0][self.paper.month.code]
            reason = f"There is no figure of {base} to compare with {naming(now.figure)}."
            return Claim(line, text, None, "direction", "unsupported", (), reason, text)
        return _judged(line, text, match, pairs[0])

    def _series(self, noun: str, context: Context) -> list[dict[str, Facet]]:
        """The series that a noun means: those of a variance, a run rate, a price or a count."""
        code = self.paper.month.code
        held = (months for months in self.series.values() if code in months and len(months) > 1)
        return [months for months in held if _is_meant(months[code], noun, context)]

    def _base(self, text: str, match: re.Match[str]) -> str:
        """The month that the words compare with; empty where they leave it open."""
        found = _BASE.search(text, match.end("trend")) or _BASE.search(text)
        if found is None:
            this = re.search(r"\b(?:this month|in[- ]month|last month)\b", text, re.IGNORECASE)
            return self._code(self.paper.month.earlier(1).period) if this else ""
        if "year" in found["base"].lower():
            return "start"
        named = periods_of(found["base"].replace("prior", "last"), self.paper.month)
        return self._code(next(iter(named), ""))

    def _code(self, period: str) -> str:
        """A month as series name it: `M05` of this year, `2022/23 M12` of another."""
        return period.removeprefix(f"{self.paper.month.year} ")

    def _pair(self, months: dict[str, Facet], base: str) -> _Pair | None:
        code = self.paper.month.code
        earlier = sorted(month for month in months if month < code)
        month = base
        if base in ("", "start"):
            month = earlier[-1 if not base else 0] if earlier else ""
        return _Pair(months[code], months[month]) if month in earlier else None

    def _month(self, facet: Facet) -> str:
        """The month that a figure is of; an earlier pace counts as that of the month before."""
        if facet.figure.measure.startswith("earlier_"):
            return self._code(self.paper.month.earlier(1).period)
        given = re.fullmatch(r"m\d\d", facet.figure.id.rsplit(".", 1)[-1])
        if given:
            return given[0].upper()
        same = facet.period.startswith(self.paper.month.year)
        return (facet.period[8:] or self.paper.month.code) if same else facet.period


def _judged(line: int, text: str, match: re.Match[str], pair: _Pair) -> Claim:
    good, more = next(sense for words, sense in _SENSE if words.match(match["trend"]))
    now, then = pair.now, pair.then
    moved = now.signed - then.signed
    if more:
        moved = _size(now, match["noun"]) - _size(then, match["noun"])
    status: Status = "supported" if moved * (good or more) > 0 else "contradicted"
    reason = f"{naming(now.figure)}; it was {amount(then.figure)} ({then.figure.id})."
    return Claim(
        line, text, None, "direction", status, (now.figure.id, then.figure.id), reason, text
    )


def _size(facet: Facet, noun: str) -> Decimal:
    """What grows when the noun grows: an overspend is large when the variance is very negative."""
    if facet.kind not in ("variance", "run_rate"):
        return facet.figure.value
    return facet.signed if UNDER.search(noun) else -facet.signed


def _is_meant(facet: Facet, noun: str, context: Context) -> bool:
    kind, words = _meaning(noun)
    said = context.near | context.words | stems(words)
    return (
        facet.kind == kind
        and facet.place == context.place
        and facet.topics == context.topics
        and (not facet.frame or facet.frame in (context.frames or {"ytd"}) or kind == "run_rate")
        and facet.words <= said
    )


def _meaning(noun: str) -> tuple[str, str]:
    """The kind of figure that a noun means, and the words that come with it."""
    if re.search(r"run[- ]?rate", noun, re.IGNORECASE):
        return "run_rate", "latest run rate"
    if re.search(r"price", noun, re.IGNORECASE):
        return "price", "all clients average price"
    if re.search(r"client|activity", noun, re.IGNORECASE):
        return "count", "all clients"
    return "variance", "overspend"


def _quantity(facet: Facet) -> tuple[str, ...]:
    figure = facet.figure
    measure = re.sub(r"^(?:latest|earlier)_run_rate$", "pace_run_rate", figure.measure)
    return (figure.chapter, figure.place, figure.line, measure, figure.unit)


def _end_of(match: re.Match[str]) -> Quantity:
    """The place right behind the noun, so that the noun's own words are among those before it."""
    return replace(nil_at(match, "noun"), start=match.end("noun"))


def _has_number(match: re.Match[str], quantities: list[Quantity]) -> bool:
    """Whether a number says by how much, so that the number is the claim."""
    return any(0 <= q.start - match.end("trend") < 12 for q in quantities)
