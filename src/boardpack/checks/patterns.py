"""Rules that name no single figure: patterns with `{place}` and `{line}`, found in a register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from boardpack.core.params import Paper
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.labels import chapter_label, measure_label
from boardpack.figures.register import Register

_PLACE, _LINE = "{place}", "{line}"


@dataclass(frozen=True)
class Patterns:
    """Looks patterns up for one paper; `paper` says which places there are."""

    register: Register
    paper: Paper

    def on(self, register: Register) -> Patterns:
        """The same patterns over other values of the same figures."""
        other = Patterns(register, self.paper)
        vars(other).update(vars(self) | {"register": register})
        return other

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places a rule may speak of."""
        return (*self.paper.report.places, CENTRAL, ICB)

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """The id parts of this month and of the earlier months that the paper knows."""
        return ("", *(f".{month.suffix_in(self.paper.month)}" for month in self.paper.compared))

    @cached_property
    def _chapters(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.register:
            if not figure.id.endswith(f".{PRINTED}"):
                found[figure.chapter].append(figure)
        return found

    @cached_property
    def _ends(self) -> dict[tuple[str, str], list[Figure]]:
        """The figures of a chapter by the last part of their ids: a measure, or a month."""
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in chain.from_iterable(self._chapters.values()):
            found[figure.chapter, figure.id.rpartition(".")[2]].append(figure)
        return found

    def find(self, pattern: str) -> Iterator[tuple[Figure, dict[str, str]]]:
        """The figures of a pattern, with the words that its places and lines stand for.

        `{place}` is a place of the paper or the ICB; any other name in brackets is one id part.
        """
        text = self.named(pattern)
        shape = self.shape(text)
        for figure in self._alike(text):
            match = shape.fullmatch(figure.id)
            if match and match.groupdict().get("place", ICB) in self.places:
                yield self.register[figure.id], match.groupdict()

    def _alike(self, text: str) -> list[Figure]:
        """The figures of a pattern's chapter; those that end as it does, where it says how."""
        chapter, end = text.partition(".")[0], text.rpartition(".")[2]
        return self._chapters[chapter] if "{" in end else self._ends[chapter, end]

    def named(self, pattern: str) -> str:
        """A pattern with each `@role` as the line that bears it this month."""
        return self.paper.report.with_lines(pattern)

    @staticmethod
    @cache
    def shape(pattern: str) -> re.Pattern[str]:
        """A pattern as the ids that it stands for."""
        text = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[a-z0-9_]+)", re.escape(pattern))
        return re.compile(text)

    @property
    def chapters(self) -> tuple[str, ...]:
        """The chapters that have figures."""
        return tuple(chapter for chapter, figures in self._chapters.items() if figures)

    def anywhere(self, pattern: str) -> Iterator[Figure]:
        """The figures of a pattern whose chapter may be any."""
        for chapter in self.chapters:
            yield from (figure for figure, _ in self.find(pattern.replace("{chapter}", chapter)))

    def pairs(self, first: str, second: str) -> Iterator[tuple[str, str]]:
        """The ids of two patterns that stand for the same place, line and month."""
        for suffix in self.suffixes:
            for figure, words in self.find(first + suffix):
                other = filled(self.named(second), words) + suffix
                if self.register.find(other):
                    yield figure.id, other

    def concerns(self, pattern: str, identity: str) -> bool:
        """Whether a figure of a pattern speaks of the paper's own place, or the rule of none."""
        return _PLACE not in pattern or self.register[identity].place == self.paper.place

    def here(self, pattern: str) -> str:
        """A pattern for the paper's own place, and any line."""
        return pattern.replace(_PLACE, self.paper.place)


def filled(pattern: str, words: dict[str, str]) -> str:
    """A pattern with its names filled in.

    >>> filled("position.{place}.{line}.ytd_variance", {"place": "bromley", "line": "acute"})
    'position.bromley.acute.ytd_variance'
    """
    for word, value in words.items():
        pattern = pattern.replace(f"{{{word}}}", value)
    return pattern


def lacking(patterns: Patterns, wanted: Sequence[str]) -> str:
    """Which of the figures that a rule needs is not supplied, as a sentence; nothing if none is."""
    for pattern in wanted:
        if not any(True for _ in patterns.find(pattern)):
            chapter, place, line, *measure = patterns.named(pattern).split(".")
            role = pattern.split(".")[2].removeprefix("@")
            if line == f"no_{role}":
                return f"no directorate bears the role {measure_label(role)} this month."
            name = patterns.paper.report.place_name(place)
            what = "" if line == _LINE else f"{measure_label(line)}, "
            return (
                f"{name} has no figure this month for {chapter_label(chapter)}:"
                f" {what}{measure_label(measure[0])}."
            )
    return ""
