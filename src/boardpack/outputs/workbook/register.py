"""The register's sheet: every figure of the paper in a row, computed as `figures.json` says."""

from __future__ import annotations

from typing import Any

from boardpack.figures.figure import PRINTED, Figure
from boardpack.outputs.workbook.formula import Spot, in_parts
from boardpack.outputs.workbook.numbers import register_format
from boardpack.outputs.workbook.places import (
    FIRST_ROW,
    REGISTER,
    ROUNDING,
    SHOWN,
    VALUE,
    Places,
)
from boardpack.outputs.workbook.sheet import HEAD, INPUT, LINK, QUIET, Printing, Style, Writer
from boardpack.outputs.workbook.tables import source_note

COLUMNS = (
    ("Figure", 46),
    ("In words", 52),
    ("Place", 13),
    ("Period", 13),
    ("Unit", 12),
    ("What it is", 11),
    ("Value", 17),
    ("Rounding to the printed figure", 15),
    ("As the paper shows it", 17),
    ("Basis", 12),
    ("Estimate", 9),
    ("Formula, over figures", 44),
    ("Source file", 40),
    ("Source row", 9),
    ("Source column", 22),
    ("Source text", 14),
    ("Source in full, and corrections", 44),
)
"""The headings and their widths; `VALUE`, `ROUNDING` and `SHOWN` are places among them."""
HELPERS = len(COLUMNS) + 1
"""From this column on stand the parts of formulas that are too long for one cell."""
INPUT_KIND, COMPUTED, SUPPRESSED = "input", "computed", "suppressed"
_HEAD = FIRST_ROW - 1
_TAIL = VALUE + 3


def write_register(writer: Writer, places: Places) -> None:
    """The sheet, one row a figure, in the register's order; suppressed figures last.

    On paper it ends with the value, so that it can be read; where it is from is for the screen.
    """
    made = writer.sheet(REGISTER, "Register: every figure of this paper", QUIET)
    writer.back(made, 2)
    for column, (head, width) in enumerate(COLUMNS):
        made.set_column(column, column, width)
        writer.text(made, _HEAD, column, head, HEAD, {"text_wrap": True, "valign": "bottom"})
    rows = _Rows(writer, made, places)
    for figure in (*places.register, *places.register.suppressed):
        rows.write(figure)
    last = FIRST_ROW - 1 + len(places.rows)
    made.autofilter(_HEAD, 0, max(last, FIRST_ROW), len(COLUMNS) - 1)
    writer.printed(made, Printing(max(last, FIRST_ROW), SHOWN, _HEAD))


class _Rows:
    def __init__(self, writer: Writer, made: Any, places: Places) -> None:
        self.writer, self.made, self.places = writer, made, places
        self.words = writer.format()

    def write(self, figure: Figure) -> None:
        """A figure's row: what it is, its value, where it comes from."""
        row = self.places.rows[figure.id]
        told = (figure.id, figure.label, figure.place, figure.period, figure.unit, _kind(figure))
        self._texts(row, 0, told)
        self._value(row, figure)
        if figure.id in self.places.rounded:
            self._rounding(row, figure)
        self._texts(row, _TAIL, (figure.basis, "yes" if figure.is_estimate else ""))
        self._texts(row, _TAIL + 2, _whence(figure))

    def _texts(self, row: int, column: int, texts: tuple[str, ...]) -> None:
        for place, text in enumerate(texts, column):
            if text:
                self.made.write_string(row, place, text[:32767], self.words)

    def _value(self, row: int, figure: Figure) -> None:
        if figure.is_suppressed:
            return self.writer.text(self.made, row, VALUE, "*", {"align": "right"})
        formula, value = self.places.register_formula(figure), float(figure.value)
        if formula is not None:
            colour = {"font_color": LINK} if "!" in formula else {}
            look = self._look(figure, colour)
            self.made.write_formula(row, VALUE, self._short(row, formula), look, value)
            return None
        self.made.write_number(row, VALUE, value, self._look(figure, {"font_color": INPUT}))
        if figure.formula is None:
            self.writer.note(self.made, row, VALUE, source_note(figure))
        return None

    def _short(self, row: int, formula: str) -> str:
        """The formula, or the sum of its parts, which then stand at the end of the row."""
        parts = in_parts(formula)
        if len(parts) == 1:
            return formula
        for place, part in enumerate(parts):
            self.made.write_formula(row, HELPERS + place, part)
        first, last = (Spot(REGISTER, row, HELPERS + n) for n in (0, len(parts) - 1))
        return f"=SUM({first.to(last, REGISTER)})"

    def _rounding(self, row: int, figure: Figure) -> None:
        """The printed figure less the computed one as it was when the paper was made."""
        printed = self.places.register[f"{figure.id}.{PRINTED}"]
        cell = self.places.own(printed.id).seen_from(REGISTER)
        computed = Spot(REGISTER, row, VALUE).seen_from(REGISTER)
        rounding = Spot(REGISTER, row, ROUNDING).seen_from(REGISTER)
        apart = float(printed.value - figure.value)
        look = self._look(figure)
        self.made.write_formula(row, ROUNDING, f"={cell}-{float(figure.value)!r}", look, apart)
        total = float(printed.value)
        self.made.write_formula(row, SHOWN, f"={computed}+{rounding}", look, total)

    def _look(self, figure: Figure, style: Style | None = None) -> Any:
        return self.writer.format({"num_format": register_format(figure)}, style or {})


def _kind(figure: Figure) -> str:
    if figure.is_suppressed:
        return SUPPRESSED
    return INPUT_KIND if figure.formula is None else COMPUTED


def _whence(figure: Figure) -> tuple[str, ...]:
    """The formula, or the first source cell in its parts and all cells in words."""
    if figure.formula is not None:
        return (figure.formula,)
    if not figure.cells:
        return ()
    first = figure.cells[0].cell
    sheet = "" if first.sheet is None else f" [{first.sheet}]"
    is_one = len(figure.cells) == 1 and figure.cells[0].method is None
    row = str(first.row) if is_one else ""
    full = source_note(figure).removeprefix("Source: ")
    rest = "" if is_one and figure.cells[0].used is None else full
    return ("", f"{first.file}{sheet}", row, first.column, first.text, rest)
