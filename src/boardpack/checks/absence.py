"""What is not supplied because a part of it is not there: one finding for each gap.

A blank cell, a missing column or a missing row leaves the totals above it without a value, and all
that would be computed from them (see `figures.register`). That is one gap with one cause, however
many figures it takes away. Figures that lack the same kind of amount belong to one finding: a
column that is not there is told once. So is a cell that an extract leaves blank, where nothing
would otherwise be missed: what would be made of it is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpack.checks.check import Check, in_words
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

KIND = "not supplied"
MOST_PARTS = 3
REMEDY = (
    "Fill the cell, or add the row or column. Where there is nothing, write 0 or -: a blank is not"
    " taken for nil."
)


@dataclass(frozen=True)
class Gap:
    """Parts that are not there, in words, and the figures that are not supplied for want of them.

    Totals come first among the figures, because a reader knows them.
    """

    missing: tuple[str, ...]
    figures: tuple[Figure, ...]

    def concerns(self, *places: str) -> bool:
        """Whether a figure of one of these places is not supplied."""
        return any(figure.place in places for figure in self.figures)


def gaps_of(register: Register) -> tuple[Gap, ...]:
    """The gaps of a register: figures that lack a kind of amount in common are in one."""
    groups: list[tuple[set[str], list[Figure]]] = []
    for figure in register.absent:
        parts, figures = {_kind(part) for part in figure.missing}, [figure]
        apart = []
        for group in groups:
            if group[0].isdisjoint(parts):
                apart.append(group)
            else:
                parts |= group[0]
                figures = [*group[1], *figures]
        groups = [*apart, (parts, figures)]
    return tuple(_gap(figures) for _, figures in groups)


def _kind(part: str) -> str:
    """The kind of amount of a missing part: its measure, which ends its label."""
    return part.rsplit(", ", 1)[-1]


def _gap(figures: Sequence[Figure]) -> Gap:
    missing = dict.fromkeys(part for figure in figures for part in figure.missing)
    ranked = sorted(figures, key=lambda figure: figure.line != "total")
    return Gap(tuple(missing), tuple(ranked))


def check_absence(register: Register, paper: Paper) -> Iterator[Check]:
    """A failure for each gap: no release without its parts, or without somebody's reason."""
    for gap in gaps_of(register):
        first = gap.figures[0]
        label = named(first, paper)
        yield in_words(
            id=f"absent.{first.id}",
            title=f"{label}, with all its parts",
            kind=KIND,
            severity="error",
            sentence=_sentence(gap, label),
            cause=REMEDY,
        )


def _sentence(gap: Gap, label: str) -> str:
    others = len(gap.figures) - 1
    blank = [one.cell for figure in gap.figures for one in figure.cells]
    if len(blank) == len(gap.figures):
        where = ", ".join(dict.fromkeys(f"{Path(one.file).name}, {one.column}" for one in blank))
        rows = few(f"row {one.row}" for one in blank)
        more = f", and {others} more like it, are" if others else " is"
        return f"{label}{more} not supplied: the cell is blank ({where}: {rows})."
    return (
        f"{_with_others(label, others)} not supplied, because this is not there:"
        f" {few(gap.missing)}."
    )


def named(figure: Figure, paper: Paper) -> str:
    """The label of a figure, with its place where the label leaves it out."""
    place = paper.report.place_name(figure.place)
    return figure.label if figure.label.startswith(place) else f"{place}, {figure.label}"


def few(parts: Iterable[str]) -> str:
    """The first of some parts, and how many more there are.

    >>> few(["Acute, actual"]), few(f"part {number}" for number in range(1, 8))
    ('Acute, actual', 'part 1; part 2; part 3; and 4 more')
    """
    found = list(parts)
    shown = "; ".join(found[:MOST_PARTS])
    more = len(found) - MOST_PARTS
    return f"{shown}; and {more} more" if more > 0 else shown


def _with_others(label: str, others: int) -> str:
    if not others:
        return f"{label}, is"
    resting = "1 figure that rests" if others == 1 else f"{others} figures that rest"
    return f"{label}, and {resting} on it are"
