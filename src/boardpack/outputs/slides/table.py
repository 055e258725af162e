"""A table on a slide: a native one, as large as its room allows, headed by first row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from boardpack.core.design import colours
from boardpack.document.blocks import Cell, Column, Number, Row, Table
from boardpack.outputs.slides.deck import Box, Words, colour, describe, write
from boardpack.outputs.slides.text import lines, plain, text_width

SIZES = (14.0, 13.0, 12.0, 11.0, 10.0)
LEGIBLE, HEAD_LINES = 12.0, 3
"""The smallest type that a slide takes for the sake of its heads, and how deep those should be."""
FEW = 3
"""A table of which fewer rows than this could be read is not shown in part."""
_PAD, _LEADING, _MOST_SPARE = 5.0, 1.2, 8.0
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style without lines and fills that every program knows."""


def compact(table: Table) -> Table:
    """A table with no more than the first and the last column of each group."""
    kept: list[int] = []
    for _, columns in groupby(range(len(table.columns)), lambda n: table.columns[n].group):
        places = list(columns)
        is_group = table.columns[places[0]].group is not None
        kept += sorted({places[0], places[-1]}) if is_group else places
    shown: tuple[Column, ...] = tuple(table.columns[n] for n in kept)
    rows = tuple(
        row if row.kind == "heading" else replace(row, cells=tuple(row.cells[n] for n in kept))
        for row in table.rows
    )
    return Table(table.id, table.caption, shown, rows, table.unit, table.notes)


def has_room(table: Table, box: Box) -> bool:
    """Whether a table fits into a room at a size that can be read."""
    return bool(_fitting(table, box))


def first_rows(table: Table, box: Box) -> Table | None:
    """As many rows of a table as can be read in a room; None where that is hardly any of them."""
    for count in range(len(table.rows), FEW - 1, -1):
        shown = replace(table, rows=table.rows[:count])
        if any(size >= LEGIBLE for size, _, _ in _fitting(shown, box)):
            return shown
    return table if table.rows and has_room(table, box) else None


def add_table(slide: Any, table: Table, box: Box) -> None:
    """The table with its groups in the heads, which a slide's single head row repeats."""
    size, widths = _fit(table, box)
    rows = [row for row in table.rows if row.cells]
    frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), *box.emu())
    describe(
        frame, f"Table: {table.id}", f"{plain(table.caption)}, {plain(table.unit)}".strip(", ")
    )
    made = frame.table
    made.first_row = made.first_col = True
    made.horz_banding = False
    frame.element.find(f".//{qn('a:tableStyleId')}").text = _PLAIN_STYLE
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
    heads, deep = _heads(table), _depths(table, size, widths)
    spare = min(_MOST_SPARE, max(0.0, box.height - sum(deep)) / len(deep))
    for height, made_row in zip(deep, made.rows, strict=True):
        made_row.height = Pt(height + spare)
    for n, (head, column) in enumerate(zip(heads, table.columns, strict=True)):
        words = [Words(text, size, True, colours().white) for text in head]
        _cell(made.cell(0, n), words, column.align == "right", colours().dark_blue)
    for place, row in enumerate(rows, start=1):
        _row(made, place, row, table, size)


def _row(made: Any, place: int, row: Row, table: Table, size: float) -> None:
    is_sum = row.kind in ("subtotal", "total")
    cells = (*row.cells, *("",) * (len(table.columns) - len(row.cells)))
    for n, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
        is_bad = isinstance(cell, Number) and cell.adverse and cell.grade != "slight"
        is_red = isinstance(cell, Number) and cell.is_red
        ink = colours().red if is_red else colours().ink
        words = [Words(_text(cell), size, is_bad or row.kind != "line", ink)]
        ground = colours().pale if is_sum else None
        _cell(made.cell(place, n), words, column.align == "right", ground)


def _cell(cell: Any, words: Sequence[Words], is_right: bool, ground: str | None) -> None:
    cell.margin_left = cell.margin_right = Pt(_PAD)
    cell.margin_top = cell.margin_bottom = Pt(_PAD / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, [[word] for word in words])
    for paragraph in cell.text_frame.paragraphs if is_right else ():
        paragraph.alignment = PP_ALIGN.RIGHT
    _rule(cell)
    if ground is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(ground)


def _rule(cell: Any) -> None:
    """A thin line below a cell; it comes before the fill in a cell's properties."""
    line = etree.SubElement(cell._tc.get_or_add_tcPr(), qn("a:lnB"), w=str(Pt(0.75)))
    paint = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    paint.set("val", str(colour(colours().rule)))


def _fit(table: Table, box: Box) -> tuple[float, list[float]]:
    """The largest size at which the rows fit, and the widths of the columns.

    A somewhat smaller one is taken where it spares the heads a line.
    """
    found = _fitting(table, box)
    for size, widths, deep in found:
        if size >= LEGIBLE and deep <= HEAD_LINES * size * _LEADING + _PAD:
            return size, widths
    if found:
        return found[0][:2]
    widths = _widths(table, SIZES[-1], box.width)
    share = min(1.0, box.width / sum(widths))
    return SIZES[-1], [width * share for width in widths]


def _fitting(table: Table, box: Box) -> list[tuple[float, list[float], float]]:
    """The sizes at which the rows fit, the largest first: widths of columns, depth of the head."""
    found = []
    for size in SIZES:
        widths = _widths(table, size, box.width)
        depths = _depths(table, size, widths)
        if sum(widths) <= box.width + 0.1 and sum(depths) <= box.height:
            found.append((size, widths, depths[0]))
    return found


def _widths(table: Table, size: float, room: float) -> list[float]:
    """Number columns as wide as their widest word; columns of text share what is left by need."""
    heads = _heads(table)
    least, wanted = [], []
    for n, column in enumerate(table.columns):
        texts = [_text(row.cells[n]) for row in table.rows if len(row.cells) > n]
        is_text = n == 0 or column.align == "left"
        words = [word for text in texts for word in text.split()] if is_text else texts
        words += " ".join(heads[n]).split()
        least.append(_widest(words, size) + 2 * _PAD + (2 if n == 0 else 4))
        natural = _widest([*texts, *heads[n]], size) + 2 * _PAD + 2
        wanted.append(max(natural, least[n]) if is_text else least[n])
    short = sum(wanted) - sum(least)
    share = min(1.0, max(0.0, room - sum(least)) / short) if short else 0.0
    widths = [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]
    spare = max(0.0, room - sum(widths)) / max(1, len(widths) - 1)
    return [widths[0], *(width + min(spare, 30.0) for width in widths[1:])]


def _widest(texts: Sequence[str], size: float) -> float:
    return max((text_width(text, size, True) for text in texts), default=0.0)


def _depths(table: Table, size: float, widths: list[float]) -> list[float]:
    """The height of the head and of every row, by the cell with the most lines."""
    heads = zip(_heads(table), widths, strict=True)
    counted = [max(sum(lines(t, size, w - 2 * _PAD, True) for t in head) for head, w in heads)]
    for row in table.rows:
        is_bold = row.kind != "line"
        cells = zip(map(_text, row.cells), widths, strict=False)
        counted.append(max(lines(text, size, w - 2 * _PAD, is_bold) for text, w in cells))
    return [count * size * _LEADING + _PAD for count in counted]


def _heads(table: Table) -> list[list[str]]:
    """The column heads, each below its group's, because a slide's table has one row of heads."""
    heads = ((column.group, column.label) for column in table.columns)
    return [[plain(text) for text in head if text] or [""] for head in heads]


def _text(cell: Cell) -> str:
    return plain(cell.text if isinstance(cell, Number) else cell)
