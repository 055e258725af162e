"""Continuing healthcare by activity and price, recomputed a second time.

Shares no code with the product (see second_reading). A variance is budget less actual.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second.numbers import Results, divided, kept, share
from boardpack.audit.second.packages import activity_rows, high_cost_rows, weeks_and_accruals
from boardpack.audit.second.position import actual_to_date
from boardpack.audit.second.reading import Month

WHOLE = (
    ("all_clients", "volume_variance"),
    ("all_clients", "price_variance"),
    ("packages", "ytd_budget"),
    ("packages", "ytd_actual"),
    ("packages", "ytd_volume_variance"),
    ("packages", "ytd_price_variance"),
)
"""Lines and measures of all places together that add up those of the places."""


class Packages(NamedTuple):
    """Clients in a month, and what they cost."""

    clients: Decimal
    cost: Decimal
    price: Decimal


def continuing_care(month: Month) -> Results:
    """Cost, and its variance by volume and price, of each place and of all six."""
    found: Results = {}
    table = _table(month)
    last = month.code
    periods = list(dict.fromkeys(period for period, _ in table))
    for place in (*month.places, "icb"):
        own = {p: table[p, place] for p in periods if (p, place) in table}
        for period, packages in own.items():
            _entered(found, place, period, last, packages)
        if {"Budget", last} <= set(own):
            first = next(period for period in own if period != "Budget")
            _growth(found, place, "growth", own[first], own[last])
            _growth(found, place, "against_budget", own["Budget"], own[last])
    ledger = _beside_ledger(month)
    doubted = set() if ledger else {p for p in (*month.places, "icb") if _adds_up(found, p)}
    for place in (*month.places, "icb"):
        own = {p: table[p, place] for p in periods if (p, place) in table}
        if {"Budget", last} <= set(own):
            _variances(found, place, own["Budget"], own[last], not doubted & {place, "icb"})
            if place != "icb":
                _to_date(found, month, place, own, not doubted & {place, "icb"})
    _whole_variances(found, month)
    return {**found, **high_cost(month), **ledger}


def high_cost(month: Month) -> Results:
    """Clients above the weekly rate by month, and the change since the first that is told."""
    found: Results = {}
    told = {
        (f"{row.text('financial_year')} {row.text('period')}", row.text("place")): count.value
        for row in high_cost_rows(month)
        if (count := row.number("clients")) is not None
    }
    periods = sorted({period for period, _ in told})
    for period in periods:
        if all((period, place) in told for place in month.places):
            told[period, "icb"] = sum((told[period, p] for p in month.places), Decimal(0))
    for (period, place), clients in told.items():
        found[f"chc.{place}.high_cost.clients{month.suffix(period)}"] = clients
        if period == f"{month.financial_year} {month.code}" and (periods[0], place) in told:
            found[f"chc.{place}.high_cost.change"] = clients - told[periods[0], place]
    return found


def _beside_ledger(month: Month) -> Results:
    """What the packages accrue to date, and how far the ledger's actual lies from it."""
    found = weeks_and_accruals(month)
    if found:
        for place, actual in actual_to_date(month, month.roles.get("continuing_care", "")).items():
            name = f"chc.{place}.accrual"
            found[f"{name}.ledger_difference"] = found[f"{name}.ytd_actual"] - actual
    return found


def _table(month: Month) -> dict[tuple[str, str], Packages]:
    """What each place printed for each period, and the six together where all are there."""
    table: dict[tuple[str, str], Packages] = {}
    for row in activity_rows(month):
        clients, price = row.number("clients"), row.number("average_price")
        if clients is not None and price is not None:
            cost = clients.value * price.value
            where = (row.text("period"), row.text("place"))
            table[where] = Packages(clients.value, cost, price.value)
    for period in {period for period, _ in table}:
        own = [table[period, place] for place in month.places if (period, place) in table]
        clients_of_all = sum((item.clients for item in own), Decimal(0))
        cost_of_all = sum((item.cost for item in own), Decimal(0))
        average = divided(cost_of_all, clients_of_all)
        if len(own) == len(month.places) and average is not None:
            table[period, "icb"] = Packages(clients_of_all, cost_of_all, average)
    return table


def _entered(found: Results, place: str, period: str, last: str, packages: Packages) -> None:
    name = f"chc.{place}.all_clients"
    before = "budget_" if period == "Budget" else ""
    suffix = "" if period in ("Budget", last) else f".{period.lower()}"
    found[f"{name}.{before}clients{suffix}"] = packages.clients
    found[f"{name}.{before}average_price{suffix}"] = packages.price
    found[f"{name}.{before}cost_in_month{suffix}"] = packages.cost


def _adds_up(found: Results, place: str) -> bool:
    """Whether clients rise and the price falls with little change in both: a count of everyone."""
    names = (f"chc.{place}.total.{kind}_growth" for kind in ("activity", "average_price", "cost"))
    activity, price, cost = (found.get(name) or Decimal(0) for name in names)
    return activity > 0 > price and abs(cost) * 2 < activity


def _variances(found: Results, place: str, budget: Packages, now: Packages, split: bool) -> None:
    """The month's, and of a place volume at the budget's price and price at the clients seen."""
    name = f"chc.{place}.all_clients"
    found[f"{name}.cost_variance"] = budget.cost - now.cost
    if place != "icb" and split:
        found[f"{name}.volume_variance"] = (budget.clients - now.clients) * budget.price
        found[f"{name}.price_variance"] = now.clients * (budget.price - now.price)


def _to_date(
    found: Results, month: Month, place: str, own: dict[str, Packages], split: bool
) -> None:
    """A place's months added up; those that are not there are like the average of the others."""
    budget, name = own["Budget"], f"chc.{place}.packages"
    months = [own[code] for code in own if code != "Budget" and code <= month.code]
    whole = Decimal(month.number) / len(months)
    found[f"{name}.ytd_budget"] = budget.cost * month.number
    found[f"{name}.ytd_actual"] = sum((one.cost for one in months), Decimal(0)) * whole
    if split:
        over = [(budget.clients - one.clients) * budget.price for one in months]
        dear = [one.clients * (budget.price - one.price) for one in months]
        found[f"{name}.ytd_volume_variance"] = sum(over, Decimal(0)) * whole
        found[f"{name}.ytd_price_variance"] = sum(dear, Decimal(0)) * whole


def _whole_variances(found: Results, month: Month) -> None:
    """What all places come to, where each has its part; and the variance to date."""
    for line, measure in WHOLE:
        own = [found.get(f"chc.{place}.{line}.{measure}") for place in month.places]
        there = [value for value in own if value is not None]
        if len(there) == len(month.places):
            found[f"chc.icb.{line}.{measure}"] = sum(there, Decimal(0))
    for place in (*month.places, "icb"):
        name = f"chc.{place}.packages"
        budget, actual = found.get(f"{name}.ytd_budget"), found.get(f"{name}.ytd_actual")
        both = None if budget is None or actual is None else budget - actual
        kept(found, f"{name}.ytd_variance", both)


def _growth(found: Results, place: str, kind: str, then: Packages, now: Packages) -> None:
    name = f"chc.{place}.total"
    kept(found, f"{name}.activity_{kind}", share(now.clients - then.clients, then.clients))
    kept(found, f"{name}.average_price_{kind}", share(now.price - then.price, then.price))
    kept(found, f"{name}.cost_{kind}", share(now.cost - then.cost, then.cost))
