"""How a table fits on paper: its type size, its columns' widths, and which way the page lies.

No number is ever cut or set below 8 pt. A table that is too wide for a portrait page is set
smaller, then on a landscape page, and if need be its columns are shared between several tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.outputs.prose import bare_text
from boardpack.outputs.typeface import printable, width
from boardpack.paper.blocks import Cell, Column, Number, Table

PORTRAIT, LANDSCAPE = 482.0, 728.0
SIZES = (9.0, 8.5, 8.0)
INSET = 3.0
HEAD_SIZE = 8.0
STUB = 96.0
"""The least room for the first column, whose text can run over several lines."""
WORDS = 64.0
"""The least room for another column of text."""
ROOMY = 60.0
"""Number columns are made this wide where there is room."""


@dataclass(frozen=True)
class Sheet:
    """One table as it is set: which columns it shows (the first always), and their widths."""

    columns: tuple[int, ...]
    widths: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The type size, whether the page lies on its side, and the sheets of a table."""

    size: float
    landscape: bool
    sheets: tuple[Sheet, ...]


def layout(table: Table) -> Layout:
    """The largest type at which the whole table fits, upright if it can be."""
    every = tuple(range(len(table.columns)))
    for size, room in [*((size, PORTRAIT) for size in SIZES), (SIZES[-1], LANDSCAPE)]:
        least = _least(table, size)
        if sum(least) <= room:
            sheet = Sheet(every, _widths(table, every, least, size, room))
            return Layout(size, room == LANDSCAPE, (sheet,))
    shares = _shared(table.columns, least, room)
    sheets = (Sheet(share, _widths(table, share, least, size, room)) for share in shares)
    return Layout(size, True, tuple(sheets))


def _least(table: Table, size: float) -> list[float]:
    """The least width of every column: its longest word, and for text room to run on."""
    found = []
    for place, column in enumerate(table.columns):
        cells = _cells(table, place)
        words = [width(word, size, bold=True) for cell in cells for word in _words(cell)]
        heads = [width(word, HEAD_SIZE, bold=True) for word in _text(column.label).split()]
        natural = max((width(_text(cell), size, bold=True) for cell in cells), default=0.0)
        floor = 0.0 if column.align == "right" else STUB if place == 0 else WORDS
        found.append(max([*words, *heads, min(natural, floor), 0.0]) + 2 * INSET)
    return found


def _cells(table: Table, place: int) -> list[Cell]:
    rows = (row for row in table.rows if row.kind != "heading" and place < len(row.cells))
    return [row.cells[place] for row in rows]


def _text(cell: Cell) -> str:
    text = cell.text if isinstance(cell, Number) else cell
    return printable(bare_text(text))


def _words(cell: Cell) -> list[str]:
    """What must stay on one line: a word, or a number with its brackets or its flag."""
    if not isinstance(cell, Number):
        return _text(cell).split()
    return [f"! {_text(cell)})" if cell.adverse else f"{_text(cell)})"]


def _widths(
    table: Table, columns: Sequence[int], least: Sequence[float], size: float, room: float
) -> tuple[str, ...]:
    """Equal number columns where there is room, and what is left to the text columns."""
    numbers = [c for c in columns if table.columns[c].align == "right"]
    texts = [c for c in columns if table.columns[c].align != "right"]
    natural = {c: _natural(table, c, size) for c in texts}
    wanted = sum(min(n, room / 3) + 2 * INSET for n in natural.values())
    equal = max((least[c] for c in numbers), default=0.0)
    even = max(equal, min(ROOMY, (room - wanted) / max(len(numbers), 1)))
    fits = even * len(numbers) + sum(least[c] for c in texts) <= room
    points = {c: even if fits else least[c] for c in numbers}
    spare = room - sum(points.values())
    for c in texts[:1] if len(texts) > 1 else []:
        points[c] = max(least[c], min(natural[c] + 2 * INSET + 1, spare * 0.3))
    shares = {c: f"{max(natural[c], least[c]):.0f}fr" for c in texts if c not in points}
    return tuple(shares.get(c) or f"{points[c]:.2f}pt" for c in columns)


def _natural(table: Table, column: int, size: float) -> float:
    """The width of a column none of whose cells run over a line."""
    cells = (width(_text(cell), size) for cell in _cells(table, column))
    return max(cells, default=0.0)


def _shared(
    columns: Sequence[Column], least: Sequence[float], room: float
) -> list[tuple[int, ...]]:
    """The columns shared between sheets, each with the first, groups kept whole where they fit."""
    rest = range(1, len(columns))
    groups = [tuple(g) for _, g in groupby(rest, key=lambda c: columns[c].group or f"\0{c}")]
    whole = [g for g in groups if _sum(least, (0, *g)) <= room]
    pieces = groups if len(whole) == len(groups) else [(c,) for c in rest]
    sheets: list[tuple[int, ...]] = []
    for piece in pieces:
        if sheets and _sum(least, (*sheets[-1], *piece)) <= room:
            sheets[-1] = (*sheets[-1], *piece)
        else:
            sheets.append((0, *piece))
    return sheets


def _sum(least: Sequence[float], columns: Sequence[int]) -> float:
    return sum(least[c] for c in columns)
