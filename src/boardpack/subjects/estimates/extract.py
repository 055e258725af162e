"""Estimates that the team keys: what no extract gives yet, how it was estimated, and its range.

A row stays in each month's file while it is open. Once the actual is known, the row repeats the
amount that was carried and gives the actual; it is then an estimate no more. It may stay for the
rest of the year, so that the paper shows how the year's estimates came out.
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

FILE = "estimates.csv"
ENDS = ("low", "high")


def read_estimates(folder: Folder) -> Extract:
    """The month's estimates in pounds, more cost being positive; or none.

    `low` and `high` are the ends of the range, both or neither, with the amount between them.
    `months` says in words what the amount covers, `expected` when the actual should be known.
    """
    contract = Contract(
        FILE,
        (
            Column("ref", "word"),
            place_column(folder, CENTRAL),
            directorate_column(folder),
            Column("what", "text"),
            Column("method", "text"),
            Column("amount", "pounds", step="0"),
            *(Column(end, "pounds", empty=True, step="0") for end in ENDS),
            Column("months", "text"),
            Column("expected", "date", empty=True),
            Column("actual", "pounds", empty=True, step="0"),
        ),
        ("ref",),
    )
    extract = folder.read_if_there(contract)
    faults = [fault for row in extract for fault in _faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return extract


def last_estimates(folder: Folder) -> Extract | None:
    """Last month's estimates; None where it had none here, or the year has just begun."""
    month = folder.paper.month
    if month.number == 1:
        return None
    last = earlier_folder(folder, month.earlier(1))
    if not last.has(FILE):
        return None
    extract = on_this_structure(folder, read_estimates(last))
    folder.hashes[extract.file] = extract.sha256
    return extract


def is_settled(row: Row) -> bool:
    """Whether the actual is known, so that nothing is estimated any more."""
    return "actual" in row.amounts


def _faults(file: str, row: Row) -> Iterator[Fault]:
    if not any(letter.isalnum() for letter in row["ref"]):
        remedy = "Give the estimate a reference of its own."
        yield Fault(file, "a reference with letters or digits", remedy, row.line, "ref", row["ref"])
    ends = [end for end in ENDS if end in row.amounts]
    if len(ends) == 1:
        missing = next(end for end in ENDS if end not in ends)
        remedy = "Write both ends of the range, or neither."
        yield Fault(file, "the other end of the range too", remedy, row.line, missing)
    for end in ends:
        value, amount = row.amounts[end], row.amounts["amount"].amount
        if (value.amount > amount) if end == "low" else (value.amount < amount):
            side = "more" if end == "low" else "less"
            expected = f"an amount that is not {side} than the estimate"
            remedy = "The estimate lies within its range: correct one of them."
            yield Fault(file, expected, remedy, row.line, end, value.cell.text)
