"""Invoices paid: numbers and pounds by kind of creditor, and how many within the target."""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.cells import Cell
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder

FILE = "invoices.csv"
SHARES = {
    "ytd_actual": ("number_within_target", "number_paid"),
    "ytd_actual_by_value": ("value_within_target", "value_paid"),
}


def read_invoices(folder: Folder) -> Extract:
    """One row for NHS and one for other creditors; empty where the month has no such file."""
    contract = Contract(
        FILE,
        (
            Column("creditor", "word", words=("NHS", "Non-NHS")),
            Column("number_paid", "count", step="0"),
            Column("number_within_target", "count", step="0"),
            Column("value_paid", "pounds", step="0"),
            Column("value_within_target", "pounds", step="0"),
        ),
        ("creditor",),
    )
    extract = folder.read_if_there(contract)
    faults = [
        Fault(extract.file, f"no more than {whole}", "Look at both.", row.line, part)
        for row in extract
        for part, whole in SHARES.values()
        if row.amounts[part].amount > row.amounts[whole].amount
    ]
    if faults:
        raise InputFaults(faults)
    return extract


def make_bppc(folder: Folder) -> Extract:
    """The share of invoices paid within the target, by number and by value, in per cent."""
    extract = read_invoices(folder)
    rows = [Row(row.line, {"creditor": row["creditor"]}, _shares(row)) for row in extract]
    return Extract(extract.file, extract.sha256, tuple(rows))


def _shares(row: Row) -> dict[str, Value]:
    return {
        name: _share(row, part, whole)
        for name, (part, whole) in SHARES.items()
        if row.amounts[whole].amount
    }


def _share(row: Row, part: str, whole: str) -> Value:
    cell = row.amounts[part].cell
    amount = row.amounts[part].amount / row.amounts[whole].amount * 100
    named = Cell(cell.file, cell.sheet, row.line, part, "")
    method = f"{part} in per cent of {whole}"
    return Value(named, amount, amount, "PCT", Decimal(0), lines=(row.line,), method=method)
