"""Which one quantity the words name, where they name just one."""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.prose.conflicts import Fit
from boardpack.prose.context import Context, narrower_words
from boardpack.prose.figure_words import Facet


class Subjects(Fit):
    """Finds the figures of the quantity that words name; nothing where it is not clear."""

    def subject(self, pool: Iterable[Facet], context: Context) -> list[Facet]:
        """The figures of the one quantity that the words name; none when it is not clear."""
        found = [f for f in pool if self.is_subject(f, context) and f.computed is None]
        found = [
            f for f in found if not [c for c in self.conflicts(f, context) if c != "direction"]
        ]
        if not found:
            return []
        if self._is_narrower(pool, found, context):
            return []
        most = max(len(facet.words) for facet in found)
        found = [facet for facet in found if len(facet.words) == most]
        alike = {(f.figure.line, f.figure.measure, f.period) for f in found}
        sizes = [abs(f.figure.value) for f in found]
        is_one = len(alike) == 1 or max(sizes) - min(sizes) <= max(sizes) / 50
        return sorted(found, key=lambda f: -self.score(f, context)) if is_one else []

    def named(self, pool: Iterable[Facet], context: Context) -> list[Facet]:
        """The figures of the one quantity whose own words all stand near the claim."""
        found = [
            facet
            for facet in pool
            if facet.computed is None
            and facet.words
            and facet.words <= context.near
            and (len(facet.words) > 1 or (_is_money(facet) and facet.topics == context.topics))
            and facet.topics <= context.wide_topics
            and facet.kind in context.kinds | {"amount", "share", "forecast"}
            and not self.conflicts(facet, context)
        ]
        most = max((len(facet.words) for facet in found), default=0)
        found = [facet for facet in found if len(facet.words) == most]
        alike = {(f.figure.line, f.figure.measure, f.place) for f in found}
        return found if len(alike) == 1 else []

    def is_outnamed(self, facet: Facet, pool: Iterable[Facet], context: Context) -> bool:
        """Whether the words near the claim name another quantity, and this one only in part."""
        said = facet.words & context.near
        if not said or said == facet.words:
            return False
        return any(
            other.figure.line != facet.figure.line
            and said < (other.words & context.near)
            and len(other.words & context.near) > len(said) + 1
            and len(other.words & context.near) * 5 >= len(other.words) * 3
            and not self.conflicts(other, context)
            for other in pool
        )

    def is_subject(self, facet: Facet, context: Context) -> bool:
        """Whether the words name just this figure: place, line, measure and time, no part of it."""
        if facet.place != context.place or facet.topics != context.topics:
            return False
        if context.topic_reach in ("heading", "paper") and facet.topics:
            return False
        said = {"variance"} if "variance" in context.kinds else context.kinds
        if not facet.words <= context.near | context.words or facet.kind not in said | {"count"}:
            return False
        if narrower_words(context) - facet.words:
            return False
        if facet.kind == "count" and "budget" in facet.figure.measure:
            return "budget" in context.kinds
        return self._in_time(facet, context)

    def _is_narrower(self, pool: Iterable[Facet], found: list[Facet], context: Context) -> bool:
        """Whether the words near the claim name some other, narrower quantity in full."""
        known = frozenset().union(*(facet.words for facet in found))
        return any(
            len(facet.words) > 1
            and facet.words <= context.near
            and facet.words - known
            and facet.place == context.place
            and facet.topics & context.topics
            for facet in pool
        )

    def _in_time(self, facet: Facet, context: Context) -> bool:
        if facet.kind == "variance" and not context.frames and facet.frame != "ytd":
            return False
        if facet.frame and context.frames and facet.frame not in context.frames:
            return False
        if facet.kind in ("budget", "actual") and not context.frames:
            return False
        if facet.kind == "budget" and facet.frame == "ytd" and "year" in context.frames:
            return False
        return self.is_now(facet) or bool(context.periods)


def _is_money(facet: Facet) -> bool:
    return facet.figure.unit == "GBP"
