"""What prices have risen by since the year began, for those who have had the same package since.

It compares what the NHS pays a week for a package on the last day of March and at the month end, so
that nobody who joined or left is in it, and holds the rise against the price rise that the budgets
fund. All packages of a place, and of all places, weigh by what they cost.

A package that ends leaves the comparison, so two months' exact sums would tell one person's price.
The shares and amounts are therefore rounded: no finer figure is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.money import plain, round_half_up
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.from_packages import (
    distinct_clients,
    month_days,
    package_value,
    total_cost,
)
from boardpack.subjects.chc.packages import DAYS_IN_WEEK, Package
from boardpack.subjects.chc.packages_extract import FILE, database_of
from boardpack.subjects.chc.two_months import all_told, may_tell

TENTH, WHOLE, THOUSAND = Decimal("0.1"), Decimal(1), Decimal(1000)
GROWTH = (
    "what the NHS pays a week at the month end for packages that ran on the last day of March too,"
    " beside what it paid then; to a tenth of a per cent"
)
COVERED = "what those packages cost a week, as a share of all packages; to a whole per cent"
EXCESS = (
    "what those packages cost in the year beyond their price of March with the funded rise: to"
    " date, and to the end of the year at the prices of the month end; to a thousand pounds"
)


@dataclass(frozen=True)
class Compared:
    """Packages that run on both days, with what they cost a week then and now, in pounds.

    `of_all` is what all packages of the month end cost a week.
    """

    packages: tuple[Package, ...]
    before: Decimal
    now: Decimal
    of_all: Decimal


def inflation_figures(draft: Draft) -> None:
    """Enter the rise in price of each place and of all; nothing where people are too few."""
    if not draft.folder.has(FILE):
        return
    for place in (*draft.paper.report.places, ICB):
        found = compared(draft, place)
        is_told = place != ICB or all_told(draft)
        if found.before and is_told and may_tell(draft, [distinct_clients(found.packages)]):
            _enter(draft, place, found)


def compared(draft: Draft, place: str) -> Compared:
    """The packages of a place, or of all places, that ran before the year and at the month end."""
    start = dt.date(draft.paper.month.start, 3, 31)
    end = month_days(draft.paper.month)[1]
    own = [
        package
        for package in database_of(draft.folder).packages
        if package.is_counted and place in (package.place, ICB)
    ]
    then, now = _rates(own, start), _rates(own, end)
    same = then.keys() & now.keys()
    return Compared(
        tuple(package for package in own if package.package in same),
        sum((then[name] for name in sorted(same)), Decimal(0)),
        sum((now[name] for name in sorted(same)), Decimal(0)),
        sum(now.values(), Decimal(0)),
    )


def _rates(packages: Iterable[Package], day: dt.date) -> Mapping[str, Decimal]:
    """What the NHS pays a week for each package that runs on a day."""
    return {one.package: one.weekly_rate * one.nhs_share for one in packages if one.days(day, day)}


def _enter(draft: Draft, place: str, found: Compared) -> None:
    scope = _scope(draft, place)
    growth = round_half_up((found.now / found.before - 1) * 100, TENTH)
    covered = round_half_up(found.now / found.of_all * 100, WHOLE)
    _read(draft, scope, "price_growth", growth, "PCT", GROWTH, found)
    _read(draft, scope, "share_of_weekly_cost", covered, "PCT", COVERED, found)
    funded = draft.paper.report.chc_funded_inflation_percent
    if funded is not None:
        scope.at(period=draft.year).derive("funded_growth", plain(funded), "PCT")
        scope.derive("growth_above_funded", "price_growth - funded_growth", "PCT")
        excess = round_half_up(_excess(draft, found, 1 + funded / 100), THOUSAND)
        year = scope.at(period=draft.year, is_estimate=True)
        _read(draft, year, "cost_above_funded", excess, "GBP", EXCESS, found)


def _scope(draft: Draft, place: str) -> Scope:
    name = draft.paper.report.place_name(place)
    label = f"{name}, packages since before April"
    return draft.scope("chc", place, "same_package", label, basis="packages")


def _read(
    draft: Draft, scope: Scope, measure: str, amount: Decimal, unit: str, how: str, found: Compared
) -> None:
    scope.read(measure, package_value(draft.folder, found.packages, amount, unit, how))


def _excess(draft: Draft, found: Compared, funded: Decimal) -> Decimal:
    """What was paid to date and will be at the month end's prices, less what is funded."""
    start = draft.paper.month.start
    first, last = month_days(Month(start, 1))[0], month_days(draft.paper.month)[1]
    end = month_days(Month(start, MONTHS_IN_YEAR))[1]
    paid = total_cost(found.packages, first, last)
    so_far = found.before * funded * ((last - first).days + 1) / DAYS_IN_WEEK
    still = (found.now - found.before * funded) * (end - last).days / DAYS_IN_WEEK
    return paid - so_far + still
