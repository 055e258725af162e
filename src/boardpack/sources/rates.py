"""Dated rates of `data/reference/rates.csv`: what a rate was on a day, and who says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from boardpack.errors import Fault, InputFaults
from boardpack.sources.calendar import read_day
from boardpack.sources.contract import Column, Contract, read_extract
from boardpack.sources.extract import Extract, Row
from boardpack.sources.folder import Folder, columns

REFERENCE = Path("data/reference")
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
    extract = read_extract(folder.paper.home, REFERENCE, contract)
    folder.hashes[extract.file] = extract.sha256
    return extract


def rate_on(folder: Folder, name: str, day: dt.date) -> Row:
    """The row of a rate on a day; InputFaults where there is none."""
    for row in read_dated_rates(folder).only(rate=name):
        end = read_day(row["to"]) if row["to"] else dt.date.max
        if read_day(row["from"]) <= day <= end:
            return row
    file = (REFERENCE / FILE).as_posix()
    expected = f"the rate {name} on {day.isoformat()}"
    raise InputFaults([Fault(file, expected, "Add a row for it, with its source.")])
