"""Top-side entries: amounts that the team sets beside the ledger because it cannot show them yet.

They are never merged into the ledger. `treatment` says what becomes of an entry next month:
`reverse` (it goes), `carry` (it stays until it is declared `reversed`). A `reversed` row is that
declaration: it repeats the entry that has gone, and counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.structure import CENTRAL
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import (
    Folder,
    directorate_column,
    earlier_folder,
    on_this_structure,
    place_column,
)
from boardpack.reading.ledger_extract import AMOUNTS

FILE = "adjustments.csv"
REVERSE, CARRY, REVERSED = "reverse", "carry", "reversed"
WHERE = ("ref", "place", "directorate", "measure")


def read_adjustments(folder: Folder) -> Extract:
    """The month's entries in pounds and pence, added to their measure as they stand; or none.

    The preparer and the approver are roles and may not be the same one.
    """
    contract = Contract(
        FILE,
        (
            Column("ref", "word"),
            place_column(folder, CENTRAL),
            directorate_column(folder),
            Column("measure", "word", words=AMOUNTS),
            Column("amount", "pounds", step="0"),
            Column("reason", "text"),
            Column("preparer_role", "text"),
            Column("approver_role", "text"),
            Column("treatment", "word", words=(REVERSE, CARRY, REVERSED)),
        ),
        WHERE,
    )
    extract = folder.read_if_there(contract)
    faults = [fault for row in extract for fault in _faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return extract


def last_adjustments(folder: Folder) -> Extract | None:
    """Last month's entries; None where it had none here, or the year has just begun.

    The year to date starts anew in Month 1, so no entry comes over the turn of the year.
    """
    month = folder.paper.month
    if month.number == 1:
        return None
    last = earlier_folder(folder, month.earlier(1))
    return on_this_structure(folder, read_adjustments(last)) if last.has(FILE) else None


def _faults(file: str, row: Row) -> Iterator[Fault]:
    amount = row.amounts["amount"]
    if not amount.amount:
        remedy = "Remove the entry, or write its amount."
        yield Fault(file, "an amount that is not nil", remedy, row.line, "amount", amount.cell.text)
    if not any(letter.isalnum() for letter in row["ref"]):
        remedy = "Give the entry a reference of its own."
        yield Fault(file, "a reference with letters or digits", remedy, row.line, "ref", row["ref"])
    if row["preparer_role"].casefold() == row["approver_role"].casefold():
        remedy = "An entry is approved by somebody else than who prepared it."
        expected = "another role than the preparer's"
        yield Fault(file, expected, remedy, row.line, "approver_role", row["approver_role"])
