"""Dated rates of `data/reference/rates.csv`: what a rate was on a day, and who says so."""

from __future__ import annotations

import datetime as dt

from boardpack.errors import Fault, InputFaults
from boardpack.sources.calendar import read_day
from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract, Row
from boardpack.sources.folder import REFERENCE, Folder, columns

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
    for row in read_dated_rates(folder).only(rate=name):
        end = read_day(row["to"]) if row["to"] else dt.date.max
        if read_day(row["from"]) <= day <= end:
            return row
    file = (REFERENCE / FILE).as_posix()
    expected = f"the rate {name} on {day.isoformat()}"
    raise InputFaults([Fault(file, expected, "Add a row for it, with its source.")])
