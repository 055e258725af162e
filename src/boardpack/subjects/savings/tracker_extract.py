"""Savings tracker: one scheme a row, with plan, actual and forecast of each month, in pounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder, columns, directorate_column, place_column

FILE = "savings_tracker.csv"
TARIFF = "Tariff Efficiency & Convergence"
UNIDENTIFIED = "unidentified"
STATUSES = ("fully developed", "in progress", "opportunity", UNIDENTIFIED)
RISKS = ("low", "medium", "high")
RECURRENCES = ("recurrent", "non-recurrent")
KINDS = ("plan", "actual", "forecast")


def read_savings_tracker(folder: Folder) -> Extract:
    """The schemes of all places; empty where the month has no tracker.

    Raises InputFaults where a scheme has no actual for a month that is over, or one for a month
    that is to come: the paper would count it as nil, or too early. A scheme may have no plan in a
    month; where no scheme has one, nor a forecast of a month to come, the column is not there.
    """
    extract = folder.read_if_there(_contract(folder))
    faults = [fault for row in extract for fault in _faults(extract.file, row, folder)]
    faults += _blank_columns(extract, folder)
    if faults:
        raise InputFaults(faults)
    return extract


def _contract(folder: Folder) -> Contract:
    months = (name for kind in KINDS for name in month_columns(kind))
    return Contract(
        FILE,
        (
            *columns("text", "scheme"),
            place_column(folder),
            directorate_column(folder, "Total", TARIFF),
            Column("recurrent", "word", words=RECURRENCES),
            Column("cash_releasing", "word", words=("yes", "no")),
            Column("status", "word", words=STATUSES),
            Column("risk", "word", words=RISKS),
            Column("requirement", "pounds", empty=True, step="0", optional=True),
            *(Column(name, "pounds", empty=True, step="0") for name in months),
        ),
        ("scheme", "place"),
    )


def month_columns(kind: str, first: int = 1, last: int = MONTHS_IN_YEAR) -> tuple[str, ...]:
    """The columns of a kind for some months of the year: `plan_m01`, `plan_m02`.

    >>> month_columns("plan", 1, 3)
    ('plan_m01', 'plan_m02', 'plan_m03')
    """
    return tuple(f"{kind}_m{number:02d}" for number in range(first, last + 1))


def amounts_of(rows: Iterable[Row], names: Iterable[str]) -> list[Value]:
    """The amounts of some columns of some rows; a blank cell is no amount."""
    wanted = tuple(names)
    return [row.amounts[name] for row in rows for name in wanted if name in row.amounts]


def _blank_columns(extract: Extract, folder: Folder) -> Iterator[Fault]:
    """A plan of a month, or a forecast of one to come, that no scheme has."""
    to_come = month_columns("forecast", folder.paper.month.number + 1)
    for name in (*month_columns("plan"), *to_come) if extract.rows else ():
        if not any(name in row.amounts for row in extract):
            remedy = "Fill the column; where nothing is planned or forecast, write 0."
            yield Fault(extract.file, "an amount of some scheme", remedy, None, name)


def _faults(file: str, row: Row, folder: Folder) -> Iterator[Fault]:
    over = folder.paper.month.number
    for name in month_columns("actual", 1, over):
        if name not in row.amounts and row["status"] != UNIDENTIFIED:
            remedy = "Write what was saved; nothing is 0."
            yield Fault(file, "an amount for a month that is over", remedy, row.line, name)
    for name in month_columns("actual", over + 1):
        if name in row.amounts:
            remedy = "Empty the cell, or look whether this is the tracker of a later month."
            yield Fault(file, "nothing for a month to come", remedy, row.line, name)
