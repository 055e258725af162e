"""How a table fits on paper: its type size, its columns' widths, and which way the page lies.

No number is ever cut or set below 8 pt. A table that is too wide for a portrait page is set
smaller, then on a landscape page, and if need be its columns are shared between several tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from math import ceil

from boardpack.document.blocks import Cell, Column, Number, Row, Table
from boardpack.outputs.charts.static_chart import FULL_WIDTH
from boardpack.outputs.prose import bare_text
from boardpack.outputs.typeface import printable, width

PORTRAIT, LANDSCAPE = FULL_WIDTH, 739.0
HEAD_SIZE = 8.0
WORDS = 64.0
"""The least room for a column of text other than the first."""
TEXT_GAP = 7.0
WORDY = 2
"""A table with more columns of text than this is set a size smaller."""
ROOMY = 60.0
"""Number columns are made this wide where there is room."""


@dataclass(frozen=True)
class Setting:
    """One way to set a table: type size, page width, space beside cells, room for the first column.

    The first column's text can run over several lines, so its room is given up before the type.
    """

    size: float
    room: float
    inset: float = 3.0
    stub: float = 96.0


SETTINGS = (
    Setting(9.0, PORTRAIT, stub=140.0),
    Setting(8.5, PORTRAIT, stub=120.0),
    Setting(8.0, PORTRAIT),
    Setting(8.0, PORTRAIT, inset=1.8, stub=84.0),
    Setting(8.0, LANDSCAPE),
)
"""From the best to the last; the smallest type is 8 pt."""


@dataclass(frozen=True)
class Sheet:
    """One table as it is set: which columns it shows (the first always), and their widths."""

    columns: tuple[int, ...]
    widths: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a table is set, and its sheets: more than one where its columns do not fit together."""

    setting: Setting
    sheets: tuple[Sheet, ...]

    @property
    def landscape(self) -> bool:
        """Whether the table needs a page that lies on its side."""
        return self.setting.room == LANDSCAPE


@lru_cache(maxsize=256)
def layout(table: Table, settings: tuple[Setting, ...] = SETTINGS) -> Layout:
    """The first setting in which the whole table fits; failing that, the last, in sheets."""
    every = tuple(range(len(table.columns)))
    is_wordy = sum(column.align == "left" for column in table.columns) > WORDY
    for setting in settings[is_wordy:]:
        least = _least(table, setting)
        if sum(least) <= setting.room:
            return Layout(setting, (Sheet(every, _widths(table, every, least, setting)),))
    shares = _shared(table.columns, least, setting.room)
    sheets = (Sheet(share, _widths(table, share, least, setting)) for share in shares)
    return Layout(setting, tuple(sheets))


def gap_before(columns: Sequence[Column], place: int) -> float:
    """The extra space before a column of text that follows numbers, which end where it begins."""
    after_numbers = place > 0 and columns[place - 1].align == "right"
    return TEXT_GAP if after_numbers and columns[place].align == "left" else 0.0


def _least(table: Table, setting: Setting) -> list[float]:
    """The least width of every column: its longest word, and for text room to run on."""
    found = []
    for place, column in enumerate(table.columns):
        cells = _cells(table, place)
        words = [width(word, setting.size, bold=True) for cell in cells for word in _words(cell)]
        heads = [width(word, HEAD_SIZE, bold=True) for word in _text(column.label).split()]
        natural = max((width(_text(cell), setting.size, bold=True) for cell in cells), default=0.0)
        floor = setting.stub if place == 0 else 0.0 if column.align == "right" else WORDS
        beside = 2 * setting.inset + gap_before(table.columns, place)
        found.append(max([*words, *heads, min(natural, floor), 0.0]) + beside)
    return _wide_enough_for_groups(table.columns, found, setting)


def _wide_enough_for_groups(
    columns: Sequence[Column], least: list[float], setting: Setting
) -> list[float]:
    """The widths, widened where the longest word above several columns would not fit them."""
    for group, members in groupby(range(len(columns)), key=lambda place: columns[place].group):
        run = list(members)
        words = [width(word, HEAD_SIZE, bold=True) for word in _text(group or "").split()]
        short = max(words, default=0.0) + 2 * setting.inset - sum(least[c] for c in run)
        for column in run:
            least[column] += max(short, 0.0) / len(run)
    return least


def _rows(table: Table, place: int) -> list[Row]:
    """The rows that have a cell in this column; a heading's words run over all of them."""
    return [row for row in table.rows if row.kind != "heading" and place < len(row.cells)]


def _cells(table: Table, place: int) -> list[Cell]:
    return [row.cells[place] for row in _rows(table, place)]


def _text(cell: Cell) -> str:
    return _shown(cell.text if isinstance(cell, Number) else cell)


@lru_cache(maxsize=65_536)
def _shown(text: str) -> str:
    return printable(bare_text(text))


def _words(cell: Cell) -> list[str]:
    """What must stay on one line: a word, or a number with its brackets or its flag."""
    if not isinstance(cell, Number):
        return _text(cell).split()
    return [f"! {_text(cell)})" if cell.adverse else f"{_text(cell)})"]


def _widths(
    table: Table, columns: Sequence[int], least: Sequence[float], setting: Setting
) -> tuple[str, ...]:
    """Equal number columns where there is room, and what is left to the text columns."""
    numbers = {c: least[c] for c in columns if table.columns[c].align == "right"}
    texts = {c: least[c] for c in columns if c not in numbers}
    wanted = {c: max(least[c], _natural(table, c, setting)) for c in texts}
    modest = sum(max(least[c], min(wanted[c], setting.room / 3)) for c in texts)
    points = _number_widths(numbers, setting.room - modest)
    points |= _text_widths(texts, wanted, setting.room - sum(points.values()))
    return tuple(f"{points[c]:.2f}pt" for c in columns)


def _text_widths(
    least: dict[int, float], wanted: dict[int, float], room: float
) -> dict[int, float]:
    """Text columns that share `room`: the short have what they want, the long run on evenly."""
    points: dict[int, float] = {}
    spare, left = room, sum(wanted.values())
    for column in sorted(least, key=lambda c: least[c] / wanted[c], reverse=True):
        share = spare * wanted[column] / left
        points[column] = max(least[column], min(wanted[column], share))
        spare, left = spare - points[column], left - wanted[column]
    if points:
        points[max(points, key=lambda c: wanted[c])] += max(spare, 0.0)
    return points


def _number_widths(least: dict[int, float], room: float) -> dict[int, float]:
    """Number columns of one width if `room` allows, else each its least and a share of the rest."""
    count = max(len(least), 1)
    widest = max(least.values(), default=0.0)
    if widest * count <= room:
        return dict.fromkeys(least, min(max(widest, ROOMY), room / count))
    share = max(room - sum(least.values()), 0.0) / count
    return {column: points + share for column, points in least.items()}


def _natural(table: Table, column: int, setting: Setting) -> float:
    """The width of a column none of whose cells run over a line."""
    cells = (
        width(_text(row.cells[column]), setting.size, bold=row.kind != "line")
        for row in _rows(table, column)
    )
    return max(cells, default=0.0) + 2 * setting.inset + gap_before(table.columns, column) + 0.5


def _shared(
    columns: Sequence[Column], least: Sequence[float], room: float
) -> list[tuple[int, ...]]:
    """The columns shared between sheets, each with the first, groups kept whole where they fit."""
    rest = range(1, len(columns))
    groups = [tuple(g) for _, g in groupby(rest, key=lambda c: columns[c].group or f"\0{c}")]
    whole = [g for g in groups if _sum(least, (0, *g)) <= room]
    pieces = groups if len(whole) == len(groups) else [(c,) for c in rest]
    sheets = _filled(pieces, least, room)
    each = ceil(len(pieces) / len(sheets))
    even = [(0, *chain(*pieces[at : at + each])) for at in range(0, len(pieces), each)]
    return even if all(_sum(least, sheet) <= room for sheet in even) else sheets


def _filled(
    pieces: Sequence[tuple[int, ...]], least: Sequence[float], room: float
) -> list[tuple[int, ...]]:
    sheets: list[tuple[int, ...]] = []
    for piece in pieces:
        if sheets and _sum(least, (*sheets[-1], *piece)) <= room:
            sheets[-1] = (*sheets[-1], *piece)
        else:
            sheets.append((0, *piece))
    return sheets


def _sum(least: Sequence[float], columns: Sequence[int]) -> float:
    return sum(least[c] for c in columns)
