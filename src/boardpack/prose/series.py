"""A series: one quantity that the register has for every place, and the one that words mean."""

from __future__ import annotations

import re
from collections import defaultdict

from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.prose.figure_words import Facet, stems
from boardpack.prose.passages import Sentence
from boardpack.prose.vocabulary import SECONDARY, frames_of, kinds_of_words, topics_of, widened

_NUMBERS = re.compile(r"\bnumbers?\b|\bactivity\b|\bclients\b", re.IGNORECASE)
_PACKAGE_COST = re.compile(r"\bprices?\b|\baverage\b[^,;]{0,20}\bcosts?\b", re.IGNORECASE)
_ACTIVITY = re.compile(r"\bactivity\b|\bpackages?\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\blocally delegated\b|\b(?:overall|financial pressures mean)\b|\bposition of\b", re.IGNORECASE
)


class SeriesFinder:
    """Finds the series that a comparison means, among the figures of one register."""

    def __init__(self, facets: tuple[Facet, ...], paper: Paper) -> None:
        self.paper = paper
        self.places = tuple(paper.report.places)
        grouped: dict[tuple[str, ...], dict[str, Facet]] = defaultdict(dict)
        for facet in facets:
            if facet.computed is None and facet.place in self.places:
                grouped[_series(facet)][facet.place] = facet
        self.series = [s for s in grouped.values() if len(s) == len(self.places)]

    def choose(self, sentence: Sentence, words: str, kinds: set[str]) -> dict[str, Facet] | None:
        """The one series that the words mean; None where they do not settle it."""
        topics = self._topics(sentence, words)
        frames = frames_of(words)
        fit = [s for s in self.series if self._fits(_any(s), topics, kinds, frames, words)]
        fit.sort(key=lambda s: (len(_any(s).words), _any(s).figure.chapter != "overview"))
        return fit[0] if fit else None

    def _topics(self, sentence: Sentence, words: str) -> frozenset[str]:
        """The subject of a comparison: its own words, else the sentence, paragraph and heading."""
        around = (sentence.text, *sentence.before, *sentence.headings)
        own = widened(topics_of(words), around)
        if own or _WHOLE.search(words):
            return own
        wider = (topics_of(text) - SECONDARY for text in around)
        return next((found for found in wider if len(found) == 1), frozenset())

    def _fits(
        self,
        facet: Facet,
        topics: frozenset[str],
        kinds: set[str],
        frames: frozenset[str],
        words: str,
    ) -> bool:
        month = self.paper.month
        year = frozenset({"year"})
        wanted = frames or (year if kinds == {"budget"} else frozenset({"ytd"}))
        named = stems(_ACTIVITY.sub("clients", words))
        extra = facet.words - stems("average" if facet.kind != "price" else "average clients")
        return (
            facet.topics == topics
            and facet.kind in kinds
            and (facet.figure.unit == "GBP" or facet.kind in ("count", "price"))
            and (not facet.frame or facet.frame in wanted)
            and facet.period in (month.period, month.year)
            and _suffix(facet.figure) in ("", f".{month.code.lower()}")
            and ("budget" in words.lower() or not facet.figure.measure.startswith("budget_"))
            and extra <= named
            and (facet.kind != "count" or bool(extra))
        )

    def earlier(self, now: dict[str, Facet], words: str) -> dict[str, Facet] | None:
        """The same quantity a month ago, or in the first period there is."""
        like = next(iter(now.values())).figure
        same = [s for s in self.series if s is not now and _same_quantity(s, like)]
        past = sorted(same, key=lambda s: next(iter(s.values())).period)
        past = [s for s in past if next(iter(s.values())).period < like.period]
        if not past:
            return None
        monthly = re.search(r"\b(?:this|last|previous|the) month\b|\bin[- ]month\b", words, re.I)
        return past[-1] if monthly else past[0]

    def choose_ranked(self, sentence: Sentence, words: str) -> dict[str, Facet] | None:
        """The series that a superlative ranks: prices, numbers or variances before budgets."""
        kinds = set(kinds_of_words(words)) | ({"count"} if _NUMBERS.search(words) else set())
        if "price" in kinds or _PACKAGE_COST.search(words):
            kinds, words = {"price"}, f"{words} price"
        elif "count" in kinds:
            kinds = {"count"}
        elif "variance" in kinds:
            kinds = {"variance"}
        return self.choose(sentence, words, kinds) if kinds else None


def _series(facet: Facet) -> tuple[str, ...]:
    figure = facet.figure
    return (figure.chapter, figure.line, figure.measure, figure.period, _suffix(figure))


def _suffix(figure: Figure) -> str:
    return figure.id.rsplit(f"{figure.measure}", 1)[-1]


def _same_quantity(series: dict[str, Facet], like: Figure) -> bool:
    figure = _any(series).figure
    return (figure.chapter, figure.line, figure.measure) == (like.chapter, like.line, like.measure)


def _any(series: dict[str, Facet]) -> Facet:
    return next(iter(series.values()))


def ids_of(series: dict[str, Facet]) -> tuple[str, ...]:
    """The ids of a series, in the places' order."""
    return tuple(facet.figure.id for facet in series.values())


def what_of(series: dict[str, Facet]) -> str:
    """What a series is about, in words."""
    figure = _any(series).figure
    return f"{figure.line.replace('_', ' ')}, {figure.measure.replace('_', ' ')}, {figure.period}"
