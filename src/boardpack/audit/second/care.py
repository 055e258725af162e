"""Continuing healthcare a second time: clients, what they cost, and those of high cost.

A variance is budget less actual. Client level: nothing here says who a client is, and no error
tells what a cell says. Packages are counted and priced day by day; a client of a month has a day of
care in it, and funded nursing care and one-off costs are kept apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second.days import NEVER, day_of_text
from boardpack.audit.second.numbers import NIL, Results, divided
from boardpack.audit.second.records import Month, Row, rows, stands_for

YES = ("yes", "y", "true", "1")
Days = list[str]


class Care(NamedTuple):
    """A rate of a package: whose, where, its kind, its days (both included), pounds a week.

    `kind` is `accrued` for care that counts clients, `fnc` or `one_off` for what is kept apart.
    """

    client: str
    place: str
    kind: str
    begins: str
    ends: str
    rate: Decimal
    share: Decimal

    def days(self, days: Days) -> Days:
        """Which of some days it runs on."""
        return [day for day in days if self.begins <= day <= self.ends]

    def cost(self, days: Days) -> Decimal:
        """What the NHS pays over some days; a one-off is paid whole, on the day it begins."""
        if self.kind == "one_off":
            return self.rate * self.share if self.begins in days else NIL
        return self.rate * self.share * len(self.days(days)) / 7


class Told(NamedTuple):
    """Clients of a month, what each costs on average, and what all cost."""

    clients: Decimal
    price: Decimal
    cost: Decimal


def continuing_care(month: Month) -> Results:
    """Clients and cost of each place and of all, by month and to date, against the budget."""
    found: Results = {}
    packages = _packages(month)
    told = _with_all(month, _told(month, packages))
    for (period, place), one in told.items():
        name = f"chc.{place}.all_clients"
        before = "budget_" if period == "Budget" else ""
        suffix = "" if period == "Budget" else month.suffix(period)
        found[f"{name}.{before}clients{suffix}"] = one.clients
        found[f"{name}.{before}average_price{suffix}"] = one.price
        found[f"{name}.{before}cost_in_month{suffix}"] = one.cost
    for place in (*month.places, "icb"):
        budget, now = told.get(("Budget", place)), told.get((month.code, place))
        if budget is not None and now is not None:
            found[f"chc.{place}.all_clients.cost_variance"] = budget.cost - now.cost
    for place, (planned, actual) in _to_date(month, told).items():
        name = f"chc.{place}.packages"
        found[f"{name}.ytd_budget"], found[f"{name}.ytd_actual"] = planned, actual
        found[f"{name}.ytd_variance"] = planned - actual
    _accrued(found, month, packages)
    return {**found, **_high_cost(month, packages)}


def _packages(month: Month) -> list[Care]:
    """The rates of all packages; none where the month does not bring them."""
    return [_care(row) for row in rows(month, "chc_packages")]


def _care(row: Row) -> Care:
    share, rate = row.number("nhs_share"), row.number("weekly_rate")
    one_off = row.text("one_off").strip().lower() in YES
    nursing = row.text("care_type").strip().lower() == "fnc"
    return Care(
        row.text("client_id").strip().casefold(),
        row.text("place"),
        "one_off" if one_off else "fnc" if nursing else "accrued",
        max(_day(row, "start_date", ""), _day(row, "rate_start", "")),
        min(_day(row, "end_date", NEVER), _day(row, "rate_end", NEVER)),
        NIL if rate is None else rate.value,
        Decimal(1) if share is None else share.value / 100,
    )


def _day(row: Row, column: str, blank: str) -> str:
    return day_of_text(row.text(column), row.layout) if row.text(column).strip() else blank


def _days_of(month: Month, number: int) -> Days:
    """Every day of a month of the financial year."""
    year = int(month.year[:4]) + (number > 9)
    day = dt.date(year, (number + 2) % 12 + 1, 1)
    days = (day + dt.timedelta(days=n) for n in range(31))
    return [one.isoformat() for one in days if one.month == day.month]


def _told(month: Month, packages: list[Care]) -> dict[tuple[str, str], Told]:
    """By period and place: as printed, or made of packages and the budgets of the year."""
    if not stands_for(month, "chc_packages", "chc_activity_price"):
        return _priced(rows(month, "chc_activity_price"))
    year = [
        r for r in rows(month, "chc_budgets") if r.text("financial_year") == month.financial_year
    ]
    found = _priced(row._replace(words={**row.words, "period": "Budget"}) for row in year)
    for number in range(1, month.number + 1):
        days = _days_of(month, number)
        for place in month.places:
            own = [one for one in packages if (one.place, one.kind) == (place, "accrued")]
            cost = sum((one.cost(days) for one in own), NIL)
            clients = Decimal(len({one.client for one in own if one.days(days)}))
            price = divided(cost, clients) or NIL
            found[f"M{number:02d}", place] = Told(clients, price, clients * price)
    return found


def _priced(listed: Iterable[Row]) -> dict[tuple[str, str], Told]:
    """Rows by period and place; places that are one now stand at their mean price."""
    found: dict[tuple[str, str], Told] = {}
    for row in listed:
        where = (row.text("period"), row.text("place"))
        clients, price = row.number("clients"), row.number("average_price")
        if clients is not None and price is not None:
            one = Told(clients.value, price.value, clients.value * price.value)
            found[where] = _both(found[where], one) if where in found else one
    return found


def _both(one: Told, other: Told) -> Told:
    clients, cost = one.clients + other.clients, one.cost + other.cost
    return Told(clients, divided(cost, clients) or NIL, cost)


def _with_all(month: Month, told: dict[tuple[str, str], Told]) -> dict[tuple[str, str], Told]:
    """The same with all places together, in each period that has every one of them."""
    found = dict(told)
    for period in dict.fromkeys(period for period, _ in told):
        own = [told[period, place] for place in month.places if (period, place) in told]
        clients, cost = sum(one.clients for one in own), sum(one.cost for one in own)
        if len(own) == len(month.places) and clients:
            found[period, "icb"] = Told(Decimal(clients), Decimal(cost) / clients, Decimal(cost))
    return found


def _to_date(month: Month, told: dict[tuple[str, str], Told]) -> dict[str, tuple[Decimal, Decimal]]:
    """Budget and cost to date of each place, and of all where each has them.

    Months of a place that are not there are like the average of the others.
    """
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for place in month.places:
        budget = told.get(("Budget", place))
        months = (f"M{number:02d}" for number in range(1, month.number + 1))
        costs = [told[code, place].cost for code in months if (code, place) in told]
        if budget is not None and (month.code, place) in told:
            average = sum(costs, NIL) / len(costs)
            found[place] = budget.cost * month.number, average * month.number
    if len(found) == len(month.places):
        planned, actual = (sum(parts, NIL) for parts in zip(*found.values(), strict=True))
        found["icb"] = planned, actual
    return found


def _accrued(found: Results, month: Month, packages: list[Care]) -> None:
    """What packages of each kind have cost to date, of each place and of all."""
    to_date = [day for n in range(1, month.number + 1) for day in _days_of(month, n)]
    for place in (*month.places, "icb") if packages else ():
        own = [one for one in packages if place in (one.place, "icb")]
        costs = dict.fromkeys(("accrued", "fnc", "one_off"), NIL)
        for one in own:
            costs[one.kind] += one.cost(to_date)
        for kind, cost in costs.items():
            found[f"chc.{place}.{kind}.ytd_actual"] = cost
        found[f"chc.{place}.accrual.ytd_actual"] = sum(costs.values(), NIL)


def _high_cost(month: Month, packages: list[Care]) -> Results:
    """Clients above the weekly rate at each month's end: as printed, or counted."""
    told: dict[tuple[str, str], Decimal] = {}
    if stands_for(month, "chc_packages", "chc_high_cost"):
        dear = [one for one in packages if one.rate > month.high_cost_weekly_rate]
        for number in range(1, month.number + 1):
            last = _days_of(month, number)[-1:]
            running = [one for one in dear if one.kind == "accrued" and one.days(last)]
            for place in month.places:
                people = {one.client for one in running if one.place == place}
                told[f"{month.financial_year} M{number:02d}", place] = Decimal(len(people))
    for row in rows(month, "chc_high_cost"):
        clients = row.number("clients")
        if clients is not None:
            period = f"{row.text('financial_year')} {row.text('period')}"
            told[period, row.text("place")] = clients.value
    for period in {period for period, _ in told}:
        if all((period, place) in told for place in month.places):
            told[period, "icb"] = sum((told[period, p] for p in month.places), NIL)
    return {
        f"chc.{place}.high_cost.clients{month.suffix(period)}": clients
        for (period, place), clients in told.items()
    }
