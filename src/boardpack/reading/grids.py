"""What every kind of file is read into: a grid of text cells with coordinates, and what is hidden.

A grid keeps only rows that say something. A cell that cannot be taken as it stands (an error value,
a formula without its result) is kept with its flaw, and is a fault only where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Rows = Sequence[tuple[int, tuple[str, ...]]]
"""Rows that are not blank, each with the line of the file on which it begins."""

Score = Callable[[Rows], tuple[int, ...]]
"""How well rows fit what is looked for, to choose between ways of reading; more is better."""

HEAD = 60
"""Among how many rows a header is looked for."""

LONGEST = 32_767
"""The most characters that a spreadsheet cell holds: what is longer is no cell."""


@dataclass(frozen=True)
class Flaw:
    """Why a cell cannot be read as it stands, and what to do."""

    expected: str
    remedy: str


@dataclass(frozen=True)
class Grid:
    """One sheet of a file, or a whole CSV file (`sheet` is None).

    `flaws` are keyed by line and by place in the row, from 0; so are `forms`, the number formats of
    cells that say more than a number by it. `hidden` says in words what is hidden and holds data.
    `spread` are cells filled from a merged cell above them. `epoch_1904` says that the workbook
    counts days from 1904; it is None where a number cannot be a date.
    """

    sheet: str | None
    rows: Rows
    flaws: Mapping[tuple[int, int], Flaw] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    is_hidden: bool = False
    spread: frozenset[tuple[int, int]] = frozenset()
    epoch_1904: bool | None = None
    forms: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file: its path below home, its SHA-256, its sheets, and how it was read."""

    file: str
    sha256: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
