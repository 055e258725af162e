"""An amount on the workbook's sheets of figures and of checks: exact behind, and printed so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.audit.reader.formula import Cell
from boardpack.audit.reader.hold_tables import Finding
from boardpack.audit.reader.number_format import printed
from boardpack.audit.reader.reckoned import is_close
from boardpack.audit.reader.seen_workbook import Sheet

_CODES = (
    *("#,##0_);(#,##0)", "#,##0.00_);(#,##0.00)", "0.00_);(0.00)", "0.0000_);(0.0000)"),
    "#,##0.00##_);(#,##0.00##);0_)",
)
"""The ways in which the sheets of figures and of checks print an exact value."""


def hold_amount(sheet: Sheet, cell: Cell, value: str | None, otherwise: str) -> Iterator[Finding]:
    """The cell of an amount: exact behind, and before it a print that shows it."""
    where, stored = f"sheet {cell.sheet}, cell {cell}", sheet.stored.get(cell)
    shown = sheet.text(cell.row, cell.column)
    if value is None:
        if stored is not None or shown != otherwise:
            yield where, f"shows {shown!r}, where {otherwise or 'nothing'!r} should stand."
        return
    exact = float(Decimal(value))
    if stored is None or stored.number is None:
        yield where, f"shows {shown!r}, and not the amount {value}."
    elif not is_close(stored.number, exact):
        yield where, f"holds {stored.result}; the exact value is {value}."
    elif not any(shown == printed(repr(exact), code) for code in _CODES):
        yield where, f"prints {shown!r} for {value}."
