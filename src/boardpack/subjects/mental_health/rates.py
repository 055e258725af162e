"""Dated rates of `data/reference/rates.csv`: what a rate was on a day, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.calendar import read_day
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import REFERENCE, Folder, columns

FILE = "rates.csv"
UNVERIFIED = "unverified"
"""How the source of a rate begins that nobody has looked up."""


def read_dated_rates(folder: Folder) -> Extract:
    """All rates; `from` and `to` are days, both included, and a blank `to` still holds."""
    contract = Contract(
        FILE,
        (
            *columns("word", "rate"),
            Column("from", "date"),
            Column("to", "date", empty=True),
            Column("value", "any_amount"),
            *columns("word", "unit"),
            *columns("text", "source"),
        ),
        ("rate", "from"),
    )
    return folder.read_reference(contract, needed=True)


def rate_on(folder: Folder, name: str, day: dt.date) -> Row:
    """The row of a rate on a day; InputFaults where there is none."""
    known = read_dated_rates(folder).only(rate=name)
    for row in known:
        end = read_day(row["to"]) if row["to"] else dt.date.max
        if read_day(row["from"]) <= day <= end:
            return row
    file = (REFERENCE / FILE).as_posix()
    expected = f"the rate {name} on {day.isoformat()}"
    remedy = f"Add a row for it, with its source, such as {row_to_add(name, day, known)}."
    raise InputFaults([Fault(file, expected, remedy)])


def row_to_add(name: str, day: dt.date, known: Sequence[Row]) -> str:
    """A row for a rate from a day on, until the financial year's end, in the file's columns.

    >>> row_to_add("growth", dt.date(2024, 4, 1), [])
    'growth,2024-04-01,2025-03-31,<value>,<unit>,<source>'
    """
    end = dt.date(day.year + (day.month > 3), 3, 31)
    unit = known[-1]["unit"] if known else "<unit>"
    return f"{name},{day.isoformat()},{end.isoformat()},<value>,{unit},<source>"
