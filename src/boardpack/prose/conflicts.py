"""Where a figure and the words about a number are in conflict, and how well they fit."""

from __future__ import annotations

import re

from boardpack.core.params import Paper
from boardpack.core.structure import CENTRAL, ICB
from boardpack.prose.context import Context
from boardpack.prose.figure_words import Facet

_CLASH = {
    "variance": {"budget", "actual", "forecast", "price"},
    "budget": {"variance", "actual", "forecast", "run_rate", "change", "price"},
    "actual": {"variance", "budget", "run_rate", "change"},
    "forecast": {"budget", "actual", "price"},
    "price": {"variance", "budget", "forecast"},
    "change": {"budget", "actual", "price"},
    "run_rate": {"budget", "actual"},
}


class Fit:
    """Compares figures with words, knowing all the figures that there are for one paper."""

    def __init__(self, facets: tuple[Facet, ...], paper: Paper) -> None:
        self.facets = facets
        self.paper = paper
        self._earlier = {f"m{n:02d}" for n in range(paper.month.number)}
        self._quantities = {_at(facet, facet.place) for facet in facets}
        self._now = {(facet.place, _timeless(facet)) for facet in facets if self.is_now(facet)}

    def conflicts(self, facet: Facet, context: Context) -> list[str]:
        """The parts of the subject in which a figure and the words differ."""
        found = []
        if not self._place_fits(facet, context):
            found.append("place")
        if not _topics_fit(facet, context):
            found.append("line")
        if _kind_clashes(facet, context):
            found.append("measure")
        if facet.frame and context.frames and facet.frame not in context.frames:
            found.append("time frame")
        if not self._period_fits(facet, context):
            found.append("period")
        if _turns(facet, context):
            found.append("direction")
        return found

    def score(self, facet: Facet, context: Context) -> float:
        """How well a figure fits the words; larger is better."""
        shared = len(facet.words & context.near) * 2 + len(facet.words & context.words)
        unsaid = len(facet.words - context.words)
        return (
            3.0 * (facet.topics == context.topics)
            + 2.0 * (facet.kind in context.kinds)
            + 2.0 * (facet.place == context.place)
            + 1.0 * (facet.frame in context.frames)
            + shared
            - 0.7 * unsaid
            - 0.5 * (facet.figure.basis == "stated")
            - 0.1 * (facet.computed is not None)
            + 0.05 * (facet.figure.chapter == "position")
        )

    def is_now(self, facet: Facet) -> bool:
        """Whether a figure is of the paper's own month or year, not an earlier month's."""
        month = self.paper.month
        if facet.figure.id.rsplit(".", 1)[-1] in self._earlier:
            return False
        return facet.period in (month.period, month.year) or facet.period.startswith(
            f"{month.year} Q"
        )

    def _as_at(self, facet: Facet) -> str:
        """The month at which a figure of this year was given; empty where it is of no month."""
        month = self.paper.month
        if not facet.period.startswith(month.year) or facet.figure.basis == "stated":
            return ""
        given = re.fullmatch(r"m\d\d", facet.figure.id.rsplit(".", 1)[-1])
        return given[0].upper() if given else month.code

    def _place_fits(self, facet: Facet, context: Context) -> bool:
        if facet.place == context.place:
            return True
        if context.place == ICB and facet.place == CENTRAL:
            return _at(facet, ICB) not in self._quantities
        if context.place == CENTRAL and facet.place == ICB:
            return True
        if context.place in facet.figure.line:
            return facet.place in (ICB, self.paper.place)
        loose = context.place_reach in ("heading", "paper", "paragraph")
        known = _at(facet, context.place) in self._quantities
        return loose and facet.place in (ICB, CENTRAL, self.paper.place) and not known

    def _period_fits(self, facet: Facet, context: Context) -> bool:
        if context.is_range and not facet.period[8:].startswith("Q"):
            return True
        if not context.periods:
            return self.is_now(facet) or (facet.place, _timeless(facet)) not in self._now
        if facet.period in context.periods:
            return True
        years = {period[:7] for period in context.periods}
        months = {period[8:] for period in context.periods if len(period) > 7}
        if months and (len(facet.period) > 7 or self._as_at(facet) not in {"", *months}):
            return False
        if not months and facet.period == self.paper.month.period:
            return self.paper.month.year in years or bool(context.frames & {"ytd"})
        return facet.period[:7] in years


def _topics_fit(facet: Facet, context: Context) -> bool:
    if facet.words & context.near and facet.topics & context.wide_topics:
        return True
    if len(facet.words) > 1 and facet.words <= context.near:
        return True
    if context.topic_reach == "words" and context.topics:
        named = len(facet.words & context.near) > 1 and not facet.topics
        return named or bool(facet.topics & context.topics)
    if context.topics:
        return bool(facet.topics & context.topics) or not facet.topics
    return not facet.topics or bool(facet.topics & context.wide_topics)


def _kind_clashes(facet: Facet, context: Context) -> bool:
    kinds = context.kinds
    if not kinds or facet.kind in kinds or facet.kind in ("count", "amount", "share"):
        return False
    if len(facet.words) > 1 and facet.words <= context.near:
        return False
    strong = {"variance"} if "variance" in kinds else kinds
    return all(facet.kind in _CLASH.get(kind, set()) for kind in strong)


def _turns(facet: Facet, context: Context) -> bool:
    """Whether the direction word says the opposite of the figure's sign."""
    if facet.kind in ("variance",) and context.direction and facet.signed:
        return (facet.signed > 0) != (context.direction > 0)
    falls = bool(re.search(r"reduction|decrease", facet.figure.measure))
    says_its_way = falls or bool(re.search(r"increase", facet.figure.measure))
    is_growth = facet.kind == "change" and facet.figure.unit == "PCT"
    if context.trend and (is_growth or (says_its_way and facet.kind in ("change", "count"))):
        return ((facet.figure.value > 0) != falls) != (context.trend > 0)
    return False


def _at(facet: Facet, place: str) -> tuple[str, str, str, str]:
    figure = facet.figure
    return (figure.chapter, figure.line, figure.measure, place)


def _timeless(facet: Facet) -> tuple[str, str, str]:
    return (facet.figure.line, facet.figure.measure, facet.figure.unit)
