"""The workbook's sheet of all figures, held to `figures.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from boardpack.audit.reader.formula import Cell, letters
from boardpack.audit.reader.hold_amount import hold_amount
from boardpack.audit.reader.hold_tables import Finding, differs, row_words, same_cells
from boardpack.audit.reader.seen_workbook import Sheet
from boardpack.audit.reader.source_words import names_source
from boardpack.audit.reader.words import plain

REGISTER = "Register"
FIRST_FIGURE = 5
VALUE, ROUNDING, SHOWN = 7, 8, 9
FIGURE_HEADS = (
    *("Figure", "In words", "Place", "Period", "Unit", "What it is", "Value"),
    *("Rounding to the printed figure", "As the paper shows it", "Basis", "Estimate"),
    *("Formula, over figures", "Source file", "Source row", "Source column", "Source text"),
    "Source in full, and corrections",
)
Record = Mapping[str, Any]
"""A figure or a check as its file has it."""


def rows_of_figures(sheet: Sheet) -> dict[str, int]:
    """The row of each figure on the sheet."""
    return {cells[0]: row for row, cells in sheet.rows.items() if row >= FIRST_FIGURE and cells[0]}


def hold_register(sheet: Sheet, register: Mapping[str, Record]) -> Iterator[Finding]:
    """Every figure in a row of its own, with its value, its formula and its source."""
    rows = rows_of_figures(sheet)
    if not same_cells(sheet.rows.get(FIRST_FIGURE - 1, ()), FIGURE_HEADS):
        yield (
            _row(sheet, FIRST_FIGURE - 1),
            differs(sheet.rows.get(FIRST_FIGURE - 1, ()), FIGURE_HEADS),
        )
    for row, cells in sheet.rows.items():
        if row >= FIRST_FIGURE and register.get(cells[0]) is None:
            yield _row(sheet, row), f"shows {row_words(cells[:3])}, which is no figure."
        elif row >= FIRST_FIGURE and rows[cells[0]] != row:
            yield _row(sheet, row), f"shows the figure {cells[0]} a second time."
    for identity, figure in register.items():
        if identity not in rows:
            if figure.get("value") is not None:
                yield f"sheet {sheet.name}", f"lacks the figure {identity}."
        else:
            yield from _figure(sheet, rows[identity], figure)
            yield from _rounding(sheet, rows[identity], register, rows)
            yield from _beside(sheet, rows[identity])


def _figure(sheet: Sheet, row: int, figure: Record) -> Iterator[Finding]:
    cells = (*sheet.rows[row], *("",) * len(FIGURE_HEADS))
    formula = figure["source"].get("formula", "")
    has_value = figure.get("value") is not None
    kind = "suppressed" if not has_value else "computed" if formula else "input"
    wanted = {
        **{0: figure["id"], 1: figure["label"], 2: figure["place"], 3: figure["period"]},
        **{4: figure["unit"], 5: kind, 9: figure["basis"]},
        **{10: "yes" if figure["is_estimate"] else "", 11: formula if has_value else ""},
        **_source(figure),
    }
    for place, text in wanted.items():
        if text != cells[place] and plain(text) != cells[place]:
            said = f"says {cells[place]!r} under {FIGURE_HEADS[place]}; the figure has {text!r}."
            yield _row(sheet, row), said
    found = figure["source"].get("cells") or ()
    if cells[16] and not names_source(cells[16], found):
        yield _row(sheet, row), f"says {cells[16]!r}, which is not where the figure comes from."
    yield from hold_amount(sheet, Cell(sheet.name, row, VALUE), figure.get("value"), "*")


def _source(figure: Record) -> dict[int, str]:
    """The first source cell of an input that is one cell; where from, of any other."""
    cells = figure["source"].get("cells") or ()
    if not cells:
        return {}
    first = cells[0]
    sheet = "" if first.get("sheet") is None else f" [{first['sheet']}]"
    is_one = len(cells) == 1 and first.get("method") is None
    row = first["row"] if is_one else ""
    told = {12: f"{first['file']}{sheet}", 13: row, 14: first["column"], 15: first["text"]}
    return {place: str(text) for place, text in told.items()}


def _rounding(
    sheet: Sheet, row: int, register: Mapping[str, Record], rows: Mapping[str, int]
) -> Iterator[Finding]:
    """A computed figure that is shown as printed: both live, and apart by the rounding alone."""
    figure = register[sheet.text(row, 1)]
    printed = register.get(f"{figure['id']}.printed", {})
    for column in (ROUNDING, SHOWN):
        cell = Cell(sheet.name, row, column)
        stored = sheet.stored.get(cell)
        if stored is None and not sheet.text(row, column):
            continue
        value, own = printed.get("value"), figure.get("value")
        is_live = stored is not None and bool(stored.formula)
        if value is None or own is None or printed["id"] not in rows or not is_live:
            said = f"shows {sheet.text(row, column)!r}, where nothing should stand."
            yield f"sheet {sheet.name}, cell {cell}", said
            continue
        print_row, at = rows[printed["id"]], letters(VALUE)
        wanted = {
            ROUNDING: f"={at}{print_row}-{float(own)!r}",
            SHOWN: f"={at}{row}+{letters(ROUNDING)}{row}",
        }[column]
        if stored is not None and stored.formula != wanted:
            said = f"is reckoned by {stored.formula}, and should be by {wanted}."
            yield f"sheet {sheet.name}, cell {cell}", said
        apart = Decimal(value) - Decimal(own)
        yield from hold_amount(sheet, cell, str(apart) if column == ROUNDING else value, "")


def _beside(sheet: Sheet, row: int) -> Iterator[Finding]:
    """Beside a row stand the parts of a formula that is too long for one cell, and no words."""
    for column in range(len(FIGURE_HEADS) + 1, len(sheet.rows[row]) + 1):
        stored = sheet.stored.get(Cell(sheet.name, row, column))
        if sheet.text(row, column) and (stored is None or not stored.formula):
            yield _row(sheet, row), f"has {sheet.text(row, column)!r} beside it."


def _row(sheet: Sheet, row: int) -> str:
    return f"sheet {sheet.name}, row {row}"
