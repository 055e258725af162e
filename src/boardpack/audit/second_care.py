"""Continuing healthcare by activity and price, recomputed a second time.

Shares no code with the product (see second_reading). A variance is budget less actual.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second_numbers import Results, divided, kept, share
from boardpack.audit.second_packages import activity_rows, high_cost_rows, weeks_and_accruals
from boardpack.audit.second_position import actual_to_date
from boardpack.audit.second_reading import Month


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
            _variances(found, month, place, own["Budget"], own[last])
            first = next(period for period in own if period != "Budget")
            _growth(found, place, "growth", own[first], own[last])
            _growth(found, place, "against_budget", own["Budget"], own[last])
    _whole_variances(found, month)
    return {**found, **high_cost(month), **_beside_ledger(month)}


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


def _variances(found: Results, month: Month, place: str, budget: Packages, now: Packages) -> None:
    """Volume at the budget's price, price at the clients that came; for all six by their sum."""
    name, packages = f"chc.{place}.all_clients", f"chc.{place}.packages"
    found[f"{name}.cost_variance"] = budget.cost - now.cost
    found[f"{packages}.ytd_budget"] = budget.cost * month.number
    found[f"{packages}.ytd_actual"] = now.cost * month.number
    found[f"{packages}.ytd_variance"] = (budget.cost - now.cost) * month.number
    if place != "icb":
        found[f"{name}.volume_variance"] = (budget.clients - now.clients) * budget.price
        found[f"{name}.price_variance"] = now.clients * (budget.price - now.price)


def _whole_variances(found: Results, month: Month) -> None:
    for kind in ("volume", "price"):
        own = [found.get(f"chc.{place}.all_clients.{kind}_variance") for place in month.places]
        there = [value for value in own if value is not None]
        if len(there) == len(month.places):
            found[f"chc.icb.all_clients.{kind}_variance"] = sum(there, Decimal(0))
        for place in (*month.places, "icb"):
            value = found.get(f"chc.{place}.all_clients.{kind}_variance")
            kept(
                found,
                f"chc.{place}.packages.ytd_{kind}_variance",
                None if value is None else value * month.number,
            )


def _growth(found: Results, place: str, kind: str, then: Packages, now: Packages) -> None:
    name = f"chc.{place}.total"
    kept(found, f"{name}.activity_{kind}", share(now.clients - then.clients, then.clients))
    kept(found, f"{name}.average_price_{kind}", share(now.price - then.price, then.price))
    kept(found, f"{name}.cost_{kind}", share(now.cost - then.cost, then.cost))
