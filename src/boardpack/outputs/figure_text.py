"""A figure and its cells as they are told to readers who trace it: `−£2,213,000`, `row 6`."""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.money import digits
from boardpack.figures.figure import Figure, SourceCell

MINUS = "\u2212"
"""The minus sign proper: a hyphen is not read aloud."""

_PER = {
    "GBP_PER_CLIENT_MONTH": " per client per month",
    "GBP_PER_MONTH": " per month",
    "GBP_PER_CLIENT_WEEK": " per client per week",
}
_RATE_PLACES = 4
_PLACES = 2


def exact_text(figure: Figure) -> str:
    """The value in its whole unit with its sign; a long fraction is rounded to two decimals.

    Unlike a table of the paper it is never in thousands and never in brackets.

    >>> over = Figure("a.icb.x.variance", "X", Decimal(-2_212_865), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> exact_text(over)
    '−£2,212,865'
    """
    size = digits(figure.value, places=_places(figure))
    pound = "£" if figure.unit.startswith("GBP") else ""
    after = "%" if figure.unit == "PCT" else _PER.get(figure.unit, "")
    return f"{MINUS if figure.value < 0 else ''}{pound}{size}{after}"


def cell_words(item: SourceCell) -> str:
    """A source cell in words: file, sheet, row, column, and the printed text.

    Where a figure is made from rows that keep no text, the rows and the method.

    >>> from boardpack.reading.cells import Cell
    >>> cell_words(SourceCell(Cell("ledger.csv", None, 5, "ytd_actual", "12,925")))
    'ledger.csv, row 5, column ytd_actual: “12,925”'
    """
    cell = item.cell
    sheet = "" if cell.sheet is None else f", sheet {cell.sheet}"
    if item.method is not None:
        return f"{cell.file}{sheet}, column {cell.column}, {item.made_from}"
    return f"{cell.file}{sheet}, row {cell.row}, column {cell.column}: “{cell.text}”"


def _places(figure: Figure) -> int:
    if figure.value == figure.value.to_integral_value():
        return 0
    return _RATE_PLACES if figure.unit == "RATE" else _decimals(figure.value)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(_PLACES, -exponent) if isinstance(exponent, int) else _PLACES
