"""NHSBSA prescribing profiles: the share of a year's cost that falls in each month.

`data/reference/prescribing_profiles.csv`: by financial year and month, in per cent. The forecast
that NHSBSA makes is the cost to date x 100 / the cumulative share.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder

MONTHS = tuple(f"M{number:02d}" for number in range(1, MONTHS_IN_YEAR + 1))
WHOLE = Decimal(100)
CONTRACT = Contract(
    "prescribing_profiles.csv",
    (
        Column("financial_year", "word"),
        Column("month", "word", words=MONTHS),
        Column("monthly", "percent"),
        Column("cumulative", "percent"),
        Column("source", "text"),
    ),
    ("financial_year", "month"),
)


def read_prescribing_profiles(folder: Folder) -> Extract:
    """The profiles of each year; empty where the home has none.

    Raises InputFaults where a year lacks a month, where the cumulative share is not the running sum
    of the monthly ones, and where it does not end at 100%.
    """
    extract = folder.read_reference(CONTRACT)
    faults = list(_faults(extract))
    if faults:
        raise InputFaults(faults)
    return extract


def _faults(extract: Extract) -> Iterator[Fault]:
    for year in sorted({row["financial_year"] for row in extract}):
        rows = {row["month"]: row for row in extract.only(financial_year=year)}
        missing = [month for month in MONTHS if month not in rows]
        if missing:
            remedy = f"Add {', '.join(missing)} of {year}."
            yield Fault(extract.file, "all twelve months", remedy, column="month", value=year)
        else:
            yield from _year_faults(extract.file, [rows[month] for month in MONTHS])


def _year_faults(file: str, rows: list[Row]) -> Iterator[Fault]:
    running = Decimal(0)
    for row in rows:
        running += row.amounts["monthly"].amount
        said = row.amounts["cumulative"]
        if said.amount != running:
            expected = f"the running sum of the monthly shares, {running}%"
            remedy = "Correct the share that was keyed wrongly."
            yield Fault(file, expected, remedy, row.line, "cumulative", said.cell.text)
    last = rows[-1].amounts["cumulative"]
    if last.amount != WHOLE:
        remedy = "The twelve shares must add up to the year."
        yield Fault(file, "100% at the end of the year", remedy, rows[-1].line, "cumulative")
