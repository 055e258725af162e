"""How wide a table's columns are in the workbook, and how tall its rows, so that no text is cut.

A width is counted in digits of the workbook's type, as spreadsheets count it.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.document.blocks import Cell, Column, Number, Row, Table
from boardpack.outputs.prose import bare_text
from boardpack.outputs.workbook.sheet import LINE, lines_of

NARROWEST, WIDEST_NUMBER, STUB = 10.0, 18.0, 22.0
WIDEST_TEXT, NARROWEST_TEXT = 60.0, 16.0
PAGE = 135.0
"""A table of this width is printed on A4 without being made smaller."""
TITLE = 1.75
"""The width of a letter of a title."""
SPARE = 8.0
"""The width of an empty column that a short table's page is filled up with."""


def column_widths(table: Table) -> list[float]:
    """The widths of a table's columns; its columns of text give way until it fits the page."""
    wanted = [_width(table.rows, place, head) for place, head in enumerate(table.columns)]
    texts = [place for place in range(len(wanted)) if not _is_number(table.rows, place)]
    over = sum(wanted) - PAGE
    room = sum(wanted[place] - NARROWEST_TEXT for place in texts)
    share = min(1.0, over / room) if over > 0 and room > 0 else 0.0
    for place in texts:
        wanted[place] -= share * max(0.0, wanted[place] - NARROWEST_TEXT)
    return wanted


def last_column(table: Table, widths: Sequence[float]) -> int:
    """The last column to print: empty ones are printed with a table narrower than its title."""
    lacking = min(len(table.caption) * TITLE, PAGE) - sum(widths)
    return len(widths) - 1 + max(0, -int(-lacking // SPARE))


def row_height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """The height, in points, of a row whose texts run over as many lines as they need."""
    return LINE * max((lines_of(t, w) for t, w in zip(cells, widths, strict=False)), default=1)


def printed(cell: Cell) -> str:
    """What a cell shows.

    >>> printed(Number("(50)", "a.b.c.d", "-50")), printed("Acute ⟦a.b.c.d|£2m⟧")
    ('(50)', 'Acute £2m')
    """
    return cell.text if isinstance(cell, Number) else bare_text(cell)


def _is_number(rows: Sequence[Row], column: int) -> bool:
    return any(isinstance(cell, Number) for cell in _cells(rows, column))


def _cells(rows: Sequence[Row], column: int) -> list[Cell]:
    return [row.cells[column] for row in rows if row.kind != "heading" and column < len(row.cells)]


def _width(rows: Sequence[Row], column: int, head: Column) -> float:
    longest = float(max((len(printed(cell)) for cell in _cells(rows, column)), default=0) + 2)
    least = float(max(map(len, head.label.split()), default=0) + 2)
    least = max(least, len(head.group or "") / 2, NARROWEST if column else STUB)
    widest = WIDEST_NUMBER if _is_number(rows, column) else WIDEST_TEXT
    return min(max(longest, least), widest)
