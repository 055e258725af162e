"""A chart below a table of variances, drawn from the table's own cells: it follows what is changed.

A table that has the variances to date of four lines and more, one below the other, has one; a
longer run than a page holds has none. It stands below all that the sheet says, and covers no cell.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from boardpack.document.blocks import Number, Table
from boardpack.outputs.prose import bare_text
from boardpack.outputs.workbook.places import TableSheet
from boardpack.outputs.workbook.sheet import ALARM, FONT, INK, NAVY, Writer, paint

DRAWN, TOTAL = "ytd_variance", "total"
FEWEST, MOST = 4, 14
BAR, AROUND, WIDE = 26, 70, 640
"""How high a bar with its room is, what stands above and below, and how wide it is, in pixels."""
SAYS = "Bars for the lines of the table above, drawn from its cells."


def drawn_cells(table: Table, register: Container[str]) -> tuple[int, range] | None:
    """The column of variances to date that is drawn, and its rows, from 0; None for none.

    >>> from boardpack.document.blocks import Row
    >>> names = [f"position.alder.{line}.ytd_variance" for line in ("acute", "care", "total")]
    >>> rows = tuple(Row((name, Number("1", name, "1"))) for name in names)
    >>> print(drawn_cells(Table("t", "Two lines and their total", (), rows), names))
    None
    """
    for column in range(max((len(row.cells) for row in table.rows), default=0)):
        run: list[int] = []
        for place in range(len(table.rows) + 1):
            if place < len(table.rows) and _is_drawn(table, place, column, register):
                run.append(place)
            elif FEWEST <= len(run) <= MOST:
                return column, range(run[0], run[-1] + 1)
            else:
                run = []
    return None


def _is_drawn(table: Table, place: int, column: int, register: Container[str]) -> bool:
    cells = table.rows[place].cells
    cell = cells[column] if column < len(cells) else ""
    if not isinstance(cell, Number) or cell.figure not in register:
        return False
    _, _, line, measure, *_ = cell.figure.split(".")
    return measure == DRAWN and line != TOTAL


def write_chart(
    writer: Writer,
    made: Any,
    sheet: TableSheet,
    register: Container[str],
    row: int,
    formats: Mapping[tuple[int, int], str],
) -> None:
    """Draw the variances of a table below a row, where they are to be drawn.

    `formats` are the number formats of the table's cells, from 0. Bars below nil are red, as such
    numbers are. It stands outside what is printed, since a page would cut it.
    """
    found = drawn_cells(sheet.table, register)
    if found is None:
        return
    column, places = found
    first, last = sheet.first_row + places[0], sheet.first_row + places[-1]
    chart = writer.book.add_chart({"type": "bar"})
    words = {"name": FONT, "size": 9, "color": paint(INK)}
    chart.add_series(
        {
            "name": [sheet.name, sheet.first_row - 1, column],
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, column, last, column],
            "fill": {"color": paint(NAVY)},
            "invert_if_negative": True,
            "invert_if_negative_color": paint(ALARM),
            "data_labels": {"value": True, "num_format": formats[places[0], column], "font": words},
            "gap": 60,
        }
    )
    chart.set_title({"name": bare_text(sheet.table.caption), "name_font": {**words, "size": 11}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {"reverse": True, "label_position": "low", "num_font": words, "major_tick_mark": "none"}
    )
    chart.set_size({"width": WIDE, "height": BAR * len(places) + AROUND})
    made.insert_chart(row + 2, 0, chart, {"description": SAYS, "object_position": 2})
