"""Why continuing healthcare costs more or less than last month: price, volume and mix.

Both months come from this month's package database, so care that was entered late counts in the
month in which it was given. The first month of a year has no month before it in the database. What
adds to the cost is positive. Volume is in client-weeks; the two bases, clients with their average
monthly price and client-weeks with their weekly price, stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.growth import growth_figure
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.from_packages import (
    distinct_clients,
    month_days,
    package_value,
    total_cost,
)
from boardpack.subjects.chc.kinds import (
    Kind,
    Line,
    amounts,
    by_kind,
    kind_weeks,
    people,
    price_volume_mix,
    told_lines,
)
from boardpack.subjects.chc.movers import mover_figures
from boardpack.subjects.chc.packages_extract import FILE
from boardpack.subjects.chc.two_months import (
    all_told,
    is_told,
    may_tell,
    months_of,
    packages_in,
    scope_of,
)

WEEKLY = "GBP_PER_CLIENT_WEEK"
CLIENTS = "clients with a day of this care in the month"
WEEKS = "days of this care in the month, in weeks"
COST = "cost of the month's days of this care"
PRICE = (
    "for each care type and client group, this month's client-weeks at the change of its average"
    " weekly price since last month"
)
BASES = ("clients", "average_price", "client_weeks", "average_weekly_price", "cost_in_month")
ONE_PERCENT = "one_percent_price_rest_of_year"


def driver_figures(draft: Draft) -> None:
    """Enter the change in cost since last month and its parts, of each place and of all."""
    if not draft.folder.has(FILE) or draft.paper.month.number == 1:
        return
    for place in draft.paper.report.places:
        if is_told(draft, place) and _has_both(draft, place):
            _bases(draft, place)
            _enter_place_price(draft, place)
            _effects(draft, place)
    if all_told(draft) and _has_both(draft, ICB):
        _bases(draft, ICB)
        lines = [_line(draft, line) for line in shown_lines(draft)]
        _drivers(draft, ICB).total("price_change", lines)
        _effects(draft, ICB)
    mover_figures(draft)


def _has_both(draft: Draft, place: str) -> bool:
    """Whether there is care to price in both months."""
    care = [scope_of(draft, place, "all_clients", month) for month in months_of(draft)]
    return draft.has(*(scope.id("average_weekly_price") for scope in care))


def _drivers(draft: Draft, place: str) -> Scope:
    return scope_of(draft, place, "drivers", draft.paper.month, "change since last month")


def _bases(draft: Draft, place: str) -> None:
    """How clients, client-weeks, both prices and the cost have changed; the price of one per cent.

    One per cent is taken of this month's daily cost, for the days of the year still to come.
    """
    then, now = (scope_of(draft, place, "all_clients", month) for month in months_of(draft))
    scope = _drivers(draft, place)
    for measure in BASES:
        growth_figure(draft, scope, f"{measure}_growth", now.id(measure), then.id(measure))
    left = (
        month_days(Month(draft.paper.month.start, 12))[1] - month_days(draft.paper.month)[1]
    ).days
    if left:
        days = _number_of_days(draft.paper.month)
        formula = f"{now.id('cost_in_month')} / {days} * {left} / 100"
        scope.at(is_estimate=True).derive(ONE_PERCENT, formula)


def _effects(draft: Draft, place: str) -> None:
    """Volume is computed beside the price, and mix is what is left: they make up the change.

    Of the volume, so much would have come with the length of the month alone.
    """
    then, now = (scope_of(draft, place, "all_clients", month) for month in months_of(draft))
    scope = _drivers(draft, place)
    cost, weeks = "cost_in_month", "client_weeks"
    scope.derive("cost_change", f"{now.id(cost)} - {then.id(cost)}")
    more = f"({now.id(weeks)} - {then.id(weeks)})"
    scope.derive("volume_change", f"{more} * {then.id('average_weekly_price')}")
    scope.derive("mix_change", "cost_change - volume_change - price_change")
    days = [_number_of_days(month) for month in months_of(draft)]
    same = f"{then.id(weeks)} * {then.id('average_weekly_price')}"
    scope.derive("length_of_month_change", f"{same} * ({days[1]} / {days[0]} - 1)")


def _number_of_days(month: Month) -> int:
    first, last = month_days(month)
    return (last - first).days + 1


def _enter_place_price(draft: Draft, place: str) -> None:
    """The price effect of a place, from kinds of care that are too small to show one by one."""
    months = months_of(draft)
    found = [packages_in(draft, place, month) for month in months]
    both = [amounts(own, month_days(m)) for own, m in zip(found, months, strict=True)]
    effects = price_volume_mix(both[0], both[1])
    amount = Decimal(effects.price.numerator) / effects.price.denominator
    used = {package for own in found for package in own}
    value = package_value(draft.folder, used, amount, "GBP", PRICE)
    _drivers(draft, place).read("price_change", value)


def shown_lines(draft: Draft) -> tuple[Line, ...]:
    """The kinds of care that can be told apart for all places together in both months."""
    both = [by_kind(packages_in(draft, ICB, month)) for month in months_of(draft)]

    def told(kinds: Iterable[Kind]) -> bool:
        some = tuple(kinds)
        return may_tell(draft, (people(own, some) for own in both))

    return told_lines([kind for own in both for kind in own], told)


def _line(draft: Draft, line: Line) -> str:
    """Enter a line's clients, weeks, price and cost of both months; the id of its price effect.

    A line without an earlier price was not repriced: all of its change is volume and mix.
    """
    then, now = (_line_month(draft, line, month) for month in months_of(draft))
    cost, price = "cost_in_month", "average_weekly_price"
    now.derive("cost_change", f"{now.id(cost)} - {then.id(cost)}")
    both = draft.has(now.id(price), then.id(price))
    repriced = f"{now.id('client_weeks')} * ({now.id(price)} - {then.id(price)})"
    now.derive("price_change", repriced if both else "0")
    return now.id("price_change")


def _line_month(draft: Draft, line: Line, month: Month) -> Scope:
    days = month_days(month)
    scope = scope_of(draft, ICB, f"care_{slug(line.label)}", month, line.label)
    found = [p for p in packages_in(draft, ICB, month) if (p.care, p.group) in line.kinds]
    weeks, cost = kind_weeks(found, days), total_cost(found, *days)
    made = (
        ("clients", Decimal(distinct_clients(found)), "COUNT", CLIENTS),
        ("client_weeks", weeks, "COUNT", WEEKS),
        ("cost_in_month", cost, "GBP", COST),
    )
    for measure, amount, unit, method in made:
        scope.read(measure, package_value(draft.folder, found, amount, unit, method))
    if weeks:
        scope.derive("average_weekly_price", "cost_in_month / client_weeks", WEEKLY)
    return scope
