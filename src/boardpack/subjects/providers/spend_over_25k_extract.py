"""Spend over £25,000: the payment lines that an NHS body publishes every month.

Amounts are pounds, a credit negative. A transaction number may stand on several lines. A `?` where
a description had a hyphen is kept as it came, and told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.reading.calendar import (
    DateOrder,
    date_order,
    is_ambiguous,
    month_of,
    months_missing,
    read_day,
)
from boardpack.reading.cells import ranges
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.reading.long_files import note

_DESCRIPTIONS = ("expense_type", "expense_area", "supplier")
CONTRACT = Contract(
    "spend_over_25k.csv",
    (
        Column("payment_date", "text"),
        Column("expense_type", "text", empty=True),
        Column("expense_area", "text", empty=True),
        Column("supplier", "text", empty=True, optional=True),
        Column("transaction_number", "word"),
        Column("amount", "pounds", step="0"),
    ),
)


def read_spend_over_25k(folder: Folder) -> Extract:
    """The payment lines, with days as 2021-03-31; empty where the month's folder has none.

    Files mix 31/03/2021 with 3/31/2021. A day that can be read in two ways follows the order that
    the others prove; where they prove both, it is refused (InputFaults).
    """
    extract = folder.read_if_there(CONTRACT)
    orders = {said for row in extract if (said := date_order(row["payment_date"])) is not None}
    faults = list(_faults(extract, orders))
    if faults:
        raise InputFaults(faults)
    order: DateOrder = "month first" if orders == {"month first"} else "day first"
    days = {row.line: read_day(row["payment_date"], order) for row in extract}
    rows = tuple(
        replace(row, words={**row.words, "payment_date": days[row.line].isoformat()})
        for row in extract
    )
    notes = (*_notes(extract, orders), *_month_notes(extract.file, days))
    return replace(extract, rows=rows, notes=(*extract.notes, *notes))


def _faults(extract: Extract, orders: set[DateOrder]) -> Iterator[Fault]:
    for row in extract:
        said = row["payment_date"]
        try:
            read_day(said)
        except ValueError:
            remedy = "Write the day as 2021-03-31."
            yield Fault(extract.file, "a day", remedy, row.line, "payment_date", said)
            continue
        if len(orders) > 1 and is_ambiguous(said):
            expected = "a day that can be read in one way, as the file has both orders"
            remedy = "Write the day as 2021-03-31."
            yield Fault(extract.file, expected, remedy, row.line, "payment_date", said)


def _notes(extract: Extract, orders: set[DateOrder]) -> Iterator[Fault]:
    if len(orders) > 1:
        remedy = "Each day could be read in one way only: nothing to do."
        value = "31/03/2021 and 3/31/2021"
        yield note(extract.file, "one way of writing days", remedy, value, "payment_date")
    unproved = [row.line for row in extract if not orders and is_ambiguous(row["payment_date"])]
    if unproved:
        remedy = "Read with the day first: see whether that is so."
        value = f"{len(unproved):,} rows"
        yield note(extract.file, "days that prove their order", remedy, value, "payment_date")
    for column in _DESCRIPTIONS:
        marked = [row.line for row in extract if "?" in row.words.get(column, "")]
        if marked:
            remedy = f"Kept as it came, beginning with rows {ranges(marked[:10])}."
            value = f"a ? in {len(marked):,} rows"
            yield note(extract.file, "a hyphen, where a ? stands", remedy, value, column)
    seen, again = set[tuple[tuple[str, str], ...]](), list[int]()
    for row in extract:
        said = (*sorted(row.words.items()), ("amount", str(row.amounts["amount"].amount)))
        again += [row.line] if said in seen else []
        seen.add(said)
    if again:
        remedy = f"See whether a line was delivered twice: rows {ranges(again[:100])}."
        yield note(extract.file, "lines that differ", remedy, f"{len(again):,} rows alike")


def _month_notes(file: str, days: dict[int, dt.date]) -> Iterator[Fault]:
    for month in months_missing({month_of(day) for day in days.values()})[:MONTHS_IN_YEAR]:
        yield note(file, "payments of every month", "Add that month's file.", month.name)
