"""High-cost packages: how many, what they cost a week, and how both have moved.

A package is high cost above the weekly rate of `params/report.yml`. What they cost is entered where
the month has packages, for every place or for none: beside all packages it would tell those of
which there are few. It is rounded, because one package more or less must not tell its price.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from boardpack.core.money import round_half_up
from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.schedule_figures import table_figures
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Value
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.chc.from_packages import (
    distinct_clients,
    month_days,
    package_value,
    running,
)
from boardpack.subjects.chc.packages import Package
from boardpack.subjects.chc.packages_extract import FILE
from boardpack.subjects.chc.two_months import may_tell, months_of

HIGH, ALL = "high_cost", "month_end"
LABELS = {HIGH: "high-cost packages", ALL: "packages at the month end"}
WEEKLY = "what the NHS pays a week on the last day of the month, to a thousand pounds"
THOUSAND = Decimal(1000)


def high_cost_figures(draft: Draft) -> None:
    """Packages above the weekly rate, their change, and what they cost a week."""
    table = own_schedule("chc_high_cost")
    table_figures(draft, table)
    rows = read_schedule(draft.folder, table)
    periods = sorted(f"{row['financial_year']} {row['period']}" for row in rows)
    for place in (*draft.paper.report.places, ICB) if periods else ():
        _since_opening(draft, place, periods[0])
        _since_last(draft, place)
    if draft.folder.has(FILE):
        _weekly_cost(draft)


def count_rises(
    draft: Draft,
    scope: Scope,
    measure: str,
    of: str,
    low: Scope,
    high: Scope,
    printed: Value | None = None,
) -> None:
    """Count the places whose whole number is higher in `high` than in `low`."""
    pairs = [
        (high.at(place=place).id(of), low.at(place=place).id(of))
        for place in draft.paper.report.places
    ]
    if draft.has(*(identity for pair in pairs for identity in pair)):
        ones = [f"min(1, max(0, {above} - {below}))" for above, below in pairs]
        scope.derive(measure, " + ".join(ones), "COUNT", printed)


def _scope(draft: Draft, place: str, period: str, line: str = HIGH) -> Scope:
    name = draft.paper.report.place_name(place)
    suffix, label = draft.period_suffix(period), f"{name}, {LABELS[line]}"
    return draft.scope("chc", place, line, label, basis="clients", period=period, suffix=suffix)


def _since_opening(draft: Draft, place: str, period: str) -> None:
    now, opening = (_scope(draft, place, p) for p in (draft.month, period))
    if draft.has(now.id("clients"), opening.id("clients")):
        now.derive("change", f"{now.id('clients')} - {opening.id('clients')}", "COUNT")
    if place == ICB:
        printed = draft.stated("chc", ICB, HIGH, "boroughs_increasing")
        count_rises(draft, now, "boroughs_increasing", "clients", opening, now, printed)


def _since_last(draft: Draft, place: str) -> None:
    """The change since the month before, where that month is told."""
    then, now = (_scope(draft, place, month.period) for month in months_of(draft))
    if draft.has(now.id("clients"), then.id("clients")):
        change = f"{now.id('clients')} - {then.id('clients')}"
        now.derive("change_since_last_month", change, "COUNT")


def _weekly_cost(draft: Draft) -> None:
    """What high-cost packages and all packages cost a week, this month and last, by place."""
    months = [one for one in months_of(draft) if one.start == draft.paper.month.start]
    places = draft.paper.report.places
    if not all(_is_told(draft, place, month) for place in places for month in months):
        return
    for month in months:
        for line in (HIGH, ALL):
            for place in places:
                _enter(draft, place, month, line)
            total = _scope(draft, ICB, month.period, line)
            total.total(
                "weekly_cost", [total.at(place=place).id("weekly_cost") for place in places]
            )
    for place in (*places, ICB):
        _share(draft, place, months)


def _last_day(month: Month) -> dt.date:
    return month_days(month)[1]


def _running(draft: Draft, place: str, month: Month) -> dict[str, list[Package]]:
    limit = draft.paper.report.high_cost_weekly_rate
    day = _last_day(month)
    found = list(running(draft.folder, place, day, day))
    return {HIGH: [one for one in found if one.weekly_rate > limit], ALL: found}


def _is_told(draft: Draft, place: str, month: Month) -> bool:
    """Whether neither those above the limit nor the others are few people."""
    found = _running(draft, place, month)
    high, every = distinct_clients(found[HIGH]), distinct_clients(found[ALL])
    return may_tell(draft, (high, every - high))


def _enter(draft: Draft, place: str, month: Month, line: str) -> None:
    own = _running(draft, place, month)[line]
    cost = round_half_up(_paid_a_week(own), THOUSAND)
    value = package_value(draft.folder, own, cost, "GBP", WEEKLY)
    scope = _scope(draft, place, month.period, line)
    scope.read("weekly_cost", replace(value, step=THOUSAND))  # a sum of several may round otherwise


def _paid_a_week(packages: Iterable[Package]) -> Decimal:
    return sum((one.weekly_rate * one.nhs_share for one in packages), Decimal(0))


def _share(draft: Draft, place: str, months: list[Month]) -> None:
    for month in months:
        high = _scope(draft, place, month.period)
        every = high.at(line=ALL).id("weekly_cost")
        if draft.agreed(every).value:
            share = f"{high.id('weekly_cost')} / {every} * 100"
            high.derive("share_of_weekly_cost", share, "PCT")
    if len(months) == len(months_of(draft)):
        then, now = (_scope(draft, place, month.period) for month in months)
        change = f"{now.id('weekly_cost')} - {then.id('weekly_cost')}"
        now.derive("weekly_cost_change", change)
