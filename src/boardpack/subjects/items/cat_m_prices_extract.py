"""Category M prices of each drug, from the month in which they changed, in pounds.

The list gives no pack size and no code: a price belongs to the drug's usual pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import Month
from boardpack.reading.calendar import month_key, months_missing, read_month_said
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder
from boardpack.reading.long_files import note

MONTHS_BETWEEN = 3
CONTRACT = Contract(
    "cat_m_prices.csv",
    (Column("drug", "text"), Column("month", "word"), Column("price", "pounds", step="0")),
    ("drug", "month"),
)


def read_cat_m_prices(folder: Folder) -> Extract:
    """Prices by drug and month (`2023-10`); empty where the month's folder has no list.

    Prices change every quarter, and now and then between: a quarter that lacks is told.
    """
    extract = folder.read_if_there(CONTRACT)
    faults = [fault for row in extract for fault in _faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    months = {row.line: read_month_said(row["month"]) for row in extract}
    rows = tuple(
        replace(row, words={**row.words, "month": month_key(months[row.line])}) for row in extract
    )
    notes = (*extract.notes, *_notes(extract.file, months.values()))
    return replace(extract, rows=rows, notes=notes)


def _faults(file: str, row: Row) -> Iterator[Fault]:
    try:
        read_month_said(row["month"])
    except ValueError:
        remedy = "Write the month as the list publishes it."
        yield Fault(
            file, "a month such as 2023-10 or October 2023", remedy, row.line, "month", row["month"]
        )
    price = row.amounts["price"]
    if price.amount <= 0:
        remedy = "Look the price up in the tariff."
        yield Fault(file, "a price above nil", remedy, row.line, "price", price.cell.text)


def _notes(file: str, months: Iterable[Month]) -> Iterator[Fault]:
    quarters = {month for month in months if month.number % MONTHS_BETWEEN == 1}
    for month in months_missing(quarters, every=MONTHS_BETWEEN):
        remedy = "Add the prices of that quarter: those of the one before would be used."
        yield note(file, "every quarter's prices", remedy, month.name, "month")
