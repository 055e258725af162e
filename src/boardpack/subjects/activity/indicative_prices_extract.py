"""Indicative prices of hospital activity: `data/reference/indicative_prices.csv`, optional.

By setting, specialty and financial year, in pounds for one spell or attendance, each with its
source. Such a price says what activity would cost at it; it is no payment.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.subjects.activity.extract import SETTINGS
from boardpack.subjects.activity.programmes_extract import specialty_code

CONTRACT = Contract(
    "indicative_prices.csv",
    (
        Column("setting", "word", words=SETTINGS),
        Column("specialty", "text"),
        Column("financial_year", "word"),
        Column("unit_price", "pounds", step="0"),
        Column("source", "text"),
    ),
    ("setting", "specialty", "financial_year"),
    extra_columns=False,
)


def read_indicative_prices(folder: Folder) -> Extract:
    """All prices; empty where the home has none.

    Raises InputFaults for a price that is not above nil, and for two prices of one specialty that
    is named in two ways.
    """
    extract = folder.read_reference(CONTRACT)
    faults = list(_faults(extract))
    if faults:
        raise InputFaults(faults)
    return extract


def indicative_price(prices: Extract, setting: str, specialty: str, year: str) -> Value | None:
    """The price of one spell or attendance; None where none is given for this year."""
    for row in prices.only(setting=setting, financial_year=year):
        if specialty_code(row["specialty"]) == specialty_code(specialty):
            return row.amounts["unit_price"]
    return None


def _faults(extract: Extract) -> Iterator[Fault]:
    first: dict[tuple[str, str, str], Row] = {}
    for row in extract:
        price = row.amounts["unit_price"]
        if price.amount <= 0:
            remedy = "Leave the row out if there is no price."
            text = price.cell.text
            yield Fault(extract.file, "a price above nil", remedy, row.line, "unit_price", text)
        key = (row["setting"], specialty_code(row["specialty"]), row["financial_year"])
        before = first.setdefault(key, row)
        if before is not row:
            expected = f"one price of a specialty in a year; row {before.line} has one too"
            said = row["specialty"]
            remedy = "Keep the one that holds."
            yield Fault(extract.file, expected, remedy, row.line, "specialty", said)
