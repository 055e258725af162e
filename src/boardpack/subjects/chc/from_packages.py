"""Clients, prices and high-cost packages as schedules, made from the CHC package database.

A client of a month is one with a day of care in it; the average price is the month's cost over its
clients. FNC and one-off costs are left out. Values name the rows they were made from, and no text.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.reading.cells import Cell
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value, sum_values
from boardpack.reading.folder import Folder, column_of_all_months, on_this_structure
from boardpack.subjects.chc.packages import DAYS_IN_WEEK, Package
from boardpack.subjects.chc.packages_extract import database_of

BUDGETS = "chc_budgets.csv"
CLIENTS = "clients with a day of care in the month"
PRICE = "cost of the month's days of care, divided by the month's clients"
HIGH = "clients with a package over the weekly limit on the last day of the month"


def month_days(month: Month) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month.

    >>> month_days(Month(2023, 11))
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    number = (month.number + 2) % 12 + 1
    year = month.start if month.number <= 9 else month.start + 1
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def months_to_date(month: Month) -> tuple[Month, ...]:
    """The months of the financial year up to this one.

    >>> [month.code for month in months_to_date(Month(2023, 3))]
    ['M01', 'M02', 'M03']
    """
    return tuple(Month(month.start, number) for number in range(1, month.number + 1))


def package_value(
    folder: Folder, packages: Iterable[Package], amount: Decimal | int, unit: str, method: str
) -> Value:
    """A value made from packages: it names their rows, and how it was made."""
    lines = tuple(sorted(package.line for package in packages))
    read = database_of(folder)
    cell = Cell(read.file, read.sheet, lines[0] if lines else 1, "package_id", "")
    exact = Decimal(amount)
    return Value(cell, exact, exact, unit, Decimal(0), lines=lines, method=method)


def running(folder: Folder, place: str, first: dt.date, last: dt.date) -> tuple[Package, ...]:
    """The packages of a place that count and have a day of care in a period."""
    return tuple(
        package
        for package in database_of(folder).during(first, last)
        if package.is_counted and package.place == place
    )


def distinct_clients(packages: Iterable[Package]) -> int:
    """How many people the packages are for."""
    return len({package.client for package in packages})


def client_weeks(packages: Iterable[Package], first: dt.date, last: dt.date) -> Decimal:
    """The days of care in a period, in weeks; a client with two packages at once counts once."""
    days: dict[str, set[int]] = {}
    for package in packages:
        begins, ends = max(package.begins, first), min(package.ends, last)
        days.setdefault(package.client, set()).update(
            range(begins.toordinal(), ends.toordinal() + 1)
        )
    return Decimal(sum(map(len, days.values()))) / DAYS_IN_WEEK


def total_cost(packages: Iterable[Package], first: dt.date, last: dt.date) -> Decimal:
    """What the packages cost the NHS in a period, in pounds; in whichever order they come."""
    weeks = (package.cost_of_a_week_each_day(first, last) for package in packages)
    return sum(weeks, Decimal(0)) / DAYS_IN_WEEK


def make_chc_activity_price(folder: Folder) -> Extract:
    """Clients and average price of each month to date, with the rows of the budgets."""
    rows = [*_budgets(folder)]
    for month in months_to_date(folder.paper.month):
        rows += (_priced(folder, month, place) for place in folder.report.places)
    return _made(folder, rows)


def make_chc_high_cost(folder: Folder) -> Extract:
    """Clients with a package over the weekly limit at the end of each month to date."""
    months = months_to_date(folder.paper.month)
    return _made(
        folder, [_high(folder, month, p) for month in months for p in folder.report.places]
    )


def _made(folder: Folder, rows: Sequence[Row]) -> Extract:
    read = database_of(folder)
    return Extract(read.file, read.sha256, tuple(rows))


def _priced(folder: Folder, month: Month, place: str) -> Row:
    first, last = month_days(month)
    found = running(folder, place, first, last)
    clients = distinct_clients(found)
    price = total_cost(found, first, last) / clients if clients else Decimal(0)
    amounts = {
        "clients": package_value(folder, found, clients, "COUNT", CLIENTS),
        "average_price": package_value(folder, found, price, "GBP", PRICE),
    }
    return Row(0, {"period": month.code, "place": place}, amounts)


def _high(folder: Folder, month: Month, place: str) -> Row:
    last = month_days(month)[1]
    limit = folder.report.high_cost_weekly_rate
    found = [one for one in running(folder, place, last, last) if one.weekly_rate > limit]
    words = {"financial_year": month.year, "period": month.code, "place": place}
    count = package_value(folder, found, distinct_clients(found), "COUNT", HIGH)
    return Row(0, words, {"clients": count})


def _budgets(folder: Folder) -> Iterable[Row]:
    """The clients and prices that the year's budgets were built on; none where none are kept."""
    extract = on_this_structure(folder, folder.read_reference(budgets_contract(folder)))
    held: dict[str, list[Row]] = {}
    for row in extract.only(financial_year=folder.paper.month.year):
        held.setdefault(row["place"], []).append(row)
    for place, rows in held.items():
        words = {"period": "Budget", "place": place}
        yield Row(rows[0].line, words, _budgeted(rows), rows[0].cells)


def budgets_contract(folder: Folder) -> Contract:
    """The shape of the reference file of the year's budgets."""
    return Contract(
        BUDGETS,
        (
            Column("financial_year", "word"),
            column_of_all_months(folder, "place"),
            Column("clients", "count"),
            Column("average_price", "pounds"),
        ),
        ("financial_year", "place"),
    )


def _budgeted(rows: Sequence[Row]) -> dict[str, Value]:
    """A place's clients and price; of places that are one now, all clients at their mean price."""
    if len(rows) == 1:
        return rows[0].amounts
    clients = sum_values([row.amounts["clients"] for row in rows])
    if clients is None or not clients.amount:
        return {}
    nil, prices = Decimal(0), tuple(row.amounts["average_price"] for row in rows)
    costs = (row.amounts["clients"].amount * row.amounts["average_price"].amount for row in rows)
    price = sum(costs, nil) / clients.amount
    mean = Value(prices[0].cell, price, price, "GBP", nil, parts=prices)
    return {"clients": clients, "average_price": mean}
