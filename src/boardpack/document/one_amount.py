"""One idea with two amounts: `£2.12m` on one page and `£2.13m` on another, for the same thing.

Chapters of one subject speak of the same things: the position, the overview and the forecast of the
ledger; the tracker and the efficiency schemes of savings. There a place, a line, a measure and a
period are one idea. It has one amount in print, unless a check holds the two against each other and
so tells the reader that they differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from boardpack.core.money import THOUSAND, round_half_up
from boardpack.document.blocks import numbers_in
from boardpack.document.content import Part
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.register import Register

SUBJECTS = {
    "position": "the ledger",
    "overview": "the ledger",
    "forecast": "the ledger",
    "savings": "savings",
    "efficiency": "savings",
}
SAME = {
    "straight_line_gap": "recovery_assumed",
    "team_variance": "forecast_variance",
    "team": "forecast_outturn",
}
"""Measures that are one idea under two names; the sign may differ."""
_PARTS_OF_AN_ID = 4


@dataclass(frozen=True)
class TwoAmounts:
    """An idea, and the figures that print it with different amounts."""

    idea: tuple[str, ...]
    figures: tuple[str, ...]


def two_amounts(
    parts: Iterable[Part], register: Register, told: Collection[frozenset[str]]
) -> Iterator[TwoAmounts]:
    """The ideas that a paper prints with two amounts; `told` are figures that a check compares."""
    ideas: dict[tuple[str, ...], dict[int, list[str]]] = {}
    for figure in _printed(parts, register):
        name = figure.id.removesuffix(f".{PRINTED}")
        if name.count(".") == _PARTS_OF_AN_ID - 1 and figure.unit.startswith("GBP"):
            size = int(round_half_up(abs(figure.value), THOUSAND))
            ideas.setdefault(_idea(figure), {}).setdefault(size, []).append(name)
    for idea, sizes in ideas.items():
        names = dict.fromkeys(name for own in sizes.values() for name in own)
        if len(sizes) > 1 and not any(set(names) <= one for one in told):
            yield TwoAmounts(idea, tuple(names))


def _idea(figure: Figure) -> tuple[str, ...]:
    subject = SUBJECTS.get(figure.chapter, figure.chapter)
    measure = SAME.get(figure.measure, figure.measure)
    return subject, figure.place, figure.line, measure, figure.period


def _printed(parts: Iterable[Part], register: Register) -> Iterator[Figure]:
    """The figures that any chapter prints, each once."""
    blocks = (block for part in parts for chapter in part.chapters for block in chapter.blocks)
    names = dict.fromkeys(name for block in blocks for name in numbers_in(block))
    return (register[name] for name in names if name in register)
