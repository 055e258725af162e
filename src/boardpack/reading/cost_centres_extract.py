"""Where each cost centre belongs: its place, directorate and group, from one month to another.

The mapping stands in `data/reference/`, not in a month's folder: a cost centre that is reorganised
has its old row closed (`to`) and a new row opened (`from`), and each month reads the row in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.core.dated import holds
from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import Month, named_month
from boardpack.core.structure import CENTRAL
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, column_of_all_months, on_this_structure

FILE = "cost_centres.csv"
GROUPS = ("programme", "admin")
_CODE = re.compile(r"[A-Za-z0-9_]+")


def read_cost_centres(folder: Folder) -> Extract:
    """The mapping of all months; empty where there is none.

    Places and directorates are given as what they are part of now: a row need not be closed because
    its place was merged into another. `directorate` is the line of a directorate in
    `params/report.yml`. `group` is given to the cost centres of the corporate costs table. `note`
    says why a cost centre was mapped anew.
    """
    contract = Contract(
        FILE,
        (
            Column("cost_centre", "word"),
            Column("description", "text"),
            column_of_all_months(folder, "place", CENTRAL),
            Column("directorate", "word", words=tuple(folder.report.structure.directorates)),
            Column("group", "word", empty=True, words=GROUPS),
            Column("from", "word"),
            Column("to", "word", empty=True),
            Column("note", "text", empty=True),
        ),
        ("cost_centre", "from"),
    )
    extract = folder.read_reference(contract)
    faults = [fault for row in extract for fault in _faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return on_this_structure(folder, extract)


def in_force(extract: Extract, month: Month) -> dict[str, tuple[Row, ...]]:
    """The mappings of each cost centre that hold in a month: one, unless the file is wrong."""
    found: dict[str, tuple[Row, ...]] = {}
    for row in extract:
        if _holds(row, month):
            found[row["cost_centre"]] = (*found.get(row["cost_centre"], ()), row)
    return found


def reorganised(extract: Extract, month: Month) -> Iterator[tuple[Row, Row]]:
    """The cost centres mapped anew this year: the row that ended last, and the row in force.

    The year to date is shown in full where the cost centre stands now.
    """
    april = Month(month.start, 1)
    for code, rows in in_force(extract, month).items():
        now = rows[0]
        before = [row for row in extract.only(cost_centre=code) if _from(row) < _from(now)]
        if before and _from(now) > april:
            yield max(before, key=_from), now


def _holds(row: Row, month: Month) -> bool:
    return holds(_from(row), named_month(row["to"]), month)


def _from(row: Row) -> Month:
    month = named_month(row["from"])
    assert month is not None  # the reader refuses anything else
    return month


def _faults(file: str, row: Row) -> Iterator[Fault]:
    for column in ("from", "to"):
        text = row[column]
        if named_month(text) is None and (text or column == "from"):
            remedy = "Write the financial year and the month."
            yield Fault(file, "a month such as 2023-24 M06", remedy, row.line, column, text)
    first, last = named_month(row["from"]), named_month(row["to"])
    if first and last and last < first:
        remedy = "Write the last month in which this row holds."
        yield Fault(file, f"a month from {row['from']} on", remedy, row.line, "to", row["to"])
    if not _CODE.fullmatch(row["cost_centre"]):
        remedy = "Write the code as the ledger gives it."
        expected = "a code of letters and digits"
        yield Fault(file, expected, remedy, row.line, "cost_centre", row["cost_centre"])
