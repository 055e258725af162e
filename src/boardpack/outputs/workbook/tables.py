"""A sheet for each table of the paper: live formulas, typed inputs with their source, its notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from boardpack.document.blocks import Column, Number, Row
from boardpack.document.numbers import is_adverse_below_nil
from boardpack.figures.figure import Figure
from boardpack.outputs.figure_text import cell_words
from boardpack.outputs.workbook.charts import write_chart
from boardpack.outputs.workbook.formula import Spot
from boardpack.outputs.workbook.numbers import number_formats
from boardpack.outputs.workbook.places import HEAD_ROW, Places, TableSheet
from boardpack.outputs.workbook.sheet import (
    DOUBLE,
    GRID,
    HEAD,
    INPUT,
    LINK,
    SHADE,
    THIN,
    WRAPPED,
    Printing,
    Style,
    Writer,
    plain_text,
)
from boardpack.outputs.workbook.supposed import write_supposed
from boardpack.outputs.workbook.widths import (
    SPARE,
    column_widths,
    last_column,
    printed,
    row_height,
)

BOLD = 0.9
"""The share of a column's width that is left when its letters are bold."""
NAMED_CELLS = 6
"""A note names so many source cells; how many more there are it says in a number."""
_ROWS: dict[str, Style] = {
    "line": {"bottom": THIN, "bottom_color": SHADE},
    "heading": {"bold": True, "bg_color": SHADE},
    "subtotal": {"bold": True, "top": THIN},
    "total": {"bold": True, "top": THIN, "bottom": DOUBLE},
}


def write_table(writer: Writer, sheet: TableSheet, places: Places) -> None:
    """The sheet of a table."""
    made = writer.sheet(sheet.name, sheet.table.caption)
    widths = column_widths(sheet.table)
    for column, width in enumerate(widths):
        made.set_column(column, column, width)
    _heads(writer, made, sheet, widths)
    cells = _TableCells(writer, made, sheet, places)
    cells.write(widths)
    right = last_column(sheet.table, widths)
    made.set_column(len(widths), max(right, len(widths)), SPARE)
    room = sum(widths) + SPARE * (right + 1 - len(widths))
    _notes(writer, made, sheet, right, room)
    last = write_supposed(writer, made, sheet, places, widths)
    writer.back(made, last)
    write_chart(writer, made, sheet, places.register, last, cells.formats)
    writer.printed(made, Printing(last, right, sheet.first_row - 1))


def source_note(figure: Figure) -> str:
    """Where an input came from, for the note on its cell: file, row, column, and what stood there.

    A corrected cell says what is used instead, and why.
    """
    cells = [cell_words(item) for item in figure.cells[:NAMED_CELLS]]
    more = len(figure.cells) - NAMED_CELLS
    found = [*cells, *([f"and {more} more cells"] if more > 0 else [])]
    found += [f"Used: {item.used}. {item.why}" for item in figure.cells if item.used is not None]
    return "Source: " + "\n".join(found)


class _TableCells:
    """The cells below a table's headings."""

    def __init__(self, writer: Writer, made: Any, sheet: TableSheet, places: Places) -> None:
        self.writer, self.made, self.sheet, self.places = writer, made, sheet, places
        self.formats = number_formats(sheet.table, places.register)
        self.red: list[str] = []

    def write(self, widths: Sequence[float]) -> None:
        """Write every row, each as tall as its texts need."""
        for place, row in enumerate(self.sheet.table.rows):
            self._row(place, row)
            texts = ["" if isinstance(cell, Number) else printed(cell) for cell in row.cells]
            room = [sum(widths)] if row.kind == "heading" else widths
            self.made.set_row(self.sheet.first_row + place, row_height(texts, room))
        self.writer.red_below_nil(self.made, self.red)

    def _row(self, place: int, row: Row) -> None:
        columns = self.sheet.table.columns
        blanks = [""] * (len(columns) - len(row.cells))
        for column, cell in enumerate((*row.cells, *blanks)):
            looks = (_ROWS[row.kind], _aligned(column, columns[column]))
            if isinstance(cell, Number):
                self._number(place, column, cell, looks)
            else:
                self._text(place, column, cell, looks)

    def _text(self, place: int, column: int, text: str, looks: Sequence[Style]) -> None:
        row = self.sheet.first_row + place
        if text:
            self.writer.text(self.made, row, column, text, WRAPPED, *looks)
        else:
            self.made.write_blank(row, column, None, self.writer.format(*looks))

    def _number(self, place: int, column: int, number: Number, looks: Sequence[Style]) -> None:
        row, shape = self.sheet.first_row + place, {"num_format": self.formats[place, column]}
        if number.figure not in self.places.register:
            return self._text(place, column, number.text, looks)
        figure = self.places.register[number.figure]
        spot = _spot(self.sheet, row, column, self.places, number)
        value = float(figure.value) / (100 if spot.is_fraction else 1)
        if is_adverse_below_nil(figure) or (number.adverse and figure.value < 0):
            self.red.append(spot.seen_from(self.sheet.name))
        formula = self.places.table_formula(self.sheet, number, spot)
        if formula is None:
            look = self.writer.format(*looks, shape, {"font_color": INPUT})
            self.made.write_number(row, column, value, look)
            self.writer.note(self.made, row, column, source_note(figure))
            return None
        colour = {"font_color": LINK} if "!" in formula else {}
        self.made.write_formula(
            row, column, formula, self.writer.format(*looks, shape, colour), value
        )
        return None


def _aligned(place: int, column: Column) -> Style:
    """How a column is aligned; words are kept apart from the numbers that end beside them."""
    is_beside = place > 0 and column.align == "left"
    return {"align": column.align, **({"indent": 1} if is_beside else {})}


def _spot(sheet: TableSheet, row: int, column: int, places: Places, number: Number) -> Spot:
    is_fraction = places.seen[sheet.name][number.figure].is_fraction
    return Spot(sheet.name, row, column, is_fraction)


def _heads(writer: Writer, made: Any, sheet: TableSheet, widths: Sequence[float]) -> None:
    columns, last = sheet.table.columns, sheet.first_row - 1
    writer.text(made, 2, 0, sheet.table.unit or sheet.chapter, {"italic": True})
    for column, head in enumerate(columns):
        looks = (HEAD, _aligned(column, head), {"text_wrap": True, "valign": "bottom"})
        writer.text(made, last, column, head.label, *looks)
    made.set_row(last, row_height([head.label for head in columns], [w * BOLD for w in widths]))
    if sheet.is_grouped:
        _groups(writer, made, columns)


def _groups(writer: Writer, made: Any, columns: Sequence[Column]) -> None:
    """Headings over several columns: centred across them, so that no cells are merged."""
    centred: Style = {"align": "center_across"}
    for group, members in groupby(range(len(columns)), key=lambda c: columns[c].group):
        first, *others = members
        look = (HEAD, {**centred, "left": THIN, "left_color": GRID}) if group else (HEAD,)
        writer.text(made, HEAD_ROW, first, group or "", *look)
        for column in others:
            made.write_blank(HEAD_ROW, column, None, writer.format(HEAD, centred if group else {}))


def _notes(writer: Writer, made: Any, sheet: TableSheet, right: int, room: float) -> None:
    """The table's notes, each in one cell across the page."""
    row = sheet.first_row + len(sheet.table.rows) + 1
    for note in map(plain_text, sheet.table.notes):
        if right:
            made.merge_range(row, 0, row, right, "", writer.format(WRAPPED))
        writer.text(made, row, 0, note, WRAPPED)
        made.set_row(row, row_height([note], [room]))
        row += 1
