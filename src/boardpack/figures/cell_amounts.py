"""What each cell of a figure says, in the figure's own unit."""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.money import parse_amount
from boardpack.figures.figure import Figure, SourceCell

SCALES = tuple(sign * size for size in (Decimal(1), Decimal(1000)) for sign in (1, -1))
"""What the cells of a sum are multiplied by to come to its value: pounds or thousands, turned."""


def amounts_said(figure: Figure) -> tuple[Decimal | None, ...]:
    """What each cell of a figure says; of a sum only where the cells come to its value.

    Rows that keep no text say nothing. Of a corrected cell it is the amount that the paper uses.

    >>> from boardpack.reading.cells import Cell
    >>> said = ((2, "900"), (3, "(50)"))
    >>> cells = tuple(SourceCell(Cell("a.csv", None, row, "actual", text)) for row, text in said)
    >>> whole = Figure("a.icb.x.actual", "X", Decimal(850_000), "GBP", "icb", "x", "actual",
    ...                "2023/24 M06", "ledger", False, cells)
    >>> amounts_said(whole)
    (Decimal('900000'), Decimal('-50000'))
    """
    cells = figure.cells
    if len(cells) == 1:
        return (figure.value if cells[0].method is None else None,)
    said = [_said(item) for item in cells]
    known = [value for value in said if value is not None]
    whole = sum(known, Decimal(0))
    scale = next((scale for scale in SCALES if whole * scale == figure.value), None)
    if len(known) < len(cells) or scale is None:
        return (None,) * len(cells)
    return tuple(value * scale for value in known)


def _said(item: SourceCell) -> Decimal | None:
    if item.method is not None:
        return None
    try:
        return parse_amount(item.cell.text if item.used is None else item.used)[0]
    except ValueError:
        return None
