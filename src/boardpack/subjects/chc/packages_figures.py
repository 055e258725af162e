"""Continuing healthcare from the package database: client-weeks, weekly prices, and the accrual.

Client-weeks are days of care in a month, in weeks: a basis that clients who come and go do not
blur. What the packages accrue to date, with funded nursing care and one-off costs added back, is
held against the ledger. Each sum stands beside the number of people that it is for, so that a sum
for very few is suppressed with their number.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.from_packages import (
    client_weeks,
    distinct_clients,
    month_days,
    months_to_date,
    package_value,
    running,
    total_cost,
)
from boardpack.subjects.chc.ledger_figures import CARE_ROLE
from boardpack.subjects.chc.packages import FNC, Package
from boardpack.subjects.chc.packages_extract import FILE, database_of

WEEKLY = "GBP_PER_CLIENT_WEEK"
WEEKS, TO_DATE = "days of care in the month, in weeks", "what the packages cost in the year to date"
APART: dict[str, tuple[str, Callable[[Package], bool]]] = {
    "fnc": ("funded nursing care", lambda one: one.care == FNC and not one.is_one_off),
    "one_off": ("one-off costs", lambda one: one.is_one_off),
}


def package_figures(draft: Draft) -> None:
    """Enter client-weeks by month and the accrual to date of each place, and what all add up to."""
    if not draft.folder.has(FILE):
        return
    for place in draft.paper.report.places:
        _weeks(draft, place)
        _accrual(draft, place)
        for line, (label, belongs) in APART.items():
            _apart(draft, _scope(draft, place, line, label), belongs)
    _of_all(draft)
    for place in (*draft.paper.report.places, ICB):
        _beside_ledger(draft, place)


def _scope(draft: Draft, place: str, line: str, label: str) -> Scope:
    name = draft.paper.report.place_name(place)
    return draft.scope("chc", place, line, f"{name}, {label}", basis="packages")


def _month(draft: Draft, place: str, number: int) -> Scope:
    suffix = "" if number == draft.paper.month.number else f"m{number:02d}"
    period = f"{draft.year} M{number:02d}"
    return _scope(draft, place, "all_clients", "packages of care").at(period=period, suffix=suffix)


def _weeks(draft: Draft, place: str) -> None:
    for month in months_to_date(draft.paper.month):
        days = month_days(month)
        found = running(draft.folder, place, *days)
        scope = _month(draft, place, month.number)
        weeks = client_weeks(found, *days)
        scope.read("client_weeks", package_value(draft.folder, found, weeks, "COUNT", WEEKS))
        if weeks:
            cost, measure = scope.id("cost_in_month"), "average_weekly_price"
            scope.derive(measure, f"{cost} / {scope.id('client_weeks')}", WEEKLY)


def _accrual(draft: Draft, place: str) -> None:
    months = range(1, draft.paper.month.number + 1)
    costs = [_month(draft, place, number).id("cost_in_month") for number in months]
    scope = _scope(draft, place, "accrued", "packages of care accrued")
    scope.total("ytd_actual", costs)


def _apart(draft: Draft, scope: Scope, belongs: Callable[[Package], bool]) -> None:
    """What is kept out of clients and prices, to date, and for how many people it was paid."""
    months = months_to_date(draft.paper.month)
    first, last = month_days(months[0])[0], month_days(months[-1])[1]
    packages = database_of(draft.folder).packages
    found = [p for p in packages if p.place == scope.place and belongs(p) and p.cost(first, last)]
    cost, people = total_cost(found, first, last), Decimal(distinct_clients(found))
    scope.read("ytd_actual", package_value(draft.folder, found, cost, "GBP", TO_DATE))
    scope.read("clients_to_date", package_value(draft.folder, found, people, "COUNT", TO_DATE))


def _of_all(draft: Draft) -> None:
    for line, label in {"accrued": "packages of care accrued", **_labels()}.items():
        scope = _scope(draft, ICB, line, label)
        places = draft.paper.report.places
        scope.total("ytd_actual", [scope.at(place=place).id("ytd_actual") for place in places])
    for month in months_to_date(draft.paper.month):
        scope = _month(draft, ICB, month.number)
        weeks = [scope.at(place=place).id("client_weeks") for place in draft.paper.report.places]
        if scope.total("client_weeks", weeks, "COUNT").value and draft.has(
            scope.id("cost_in_month")
        ):
            cost, measure = scope.id("cost_in_month"), "average_weekly_price"
            scope.derive(measure, f"{cost} / {scope.id('client_weeks')}", WEEKLY)


def _labels() -> dict[str, str]:
    return {line: label for line, (label, _) in APART.items()}


def _beside_ledger(draft: Draft, place: str) -> None:
    """What the packages accrue, all kinds together, less the ledger's actual to date."""
    scope = _scope(draft, place, "accrual", "continuing care accrued")
    parts = [scope.at(line=line).id("ytd_actual") for line in ("accrued", *APART)]
    scope.total("ytd_actual", parts)
    ledger = f"position.{place}.{draft.line(CARE_ROLE)}.ytd_actual"
    if draft.has(ledger):
        scope.derive("ledger_difference", f"{scope.id('ytd_actual')} - {ledger}")
