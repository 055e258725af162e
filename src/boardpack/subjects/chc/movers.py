"""Who joined, left and was repriced between two months, and what is kept apart from clients.

Clients of both months are shown, so that a count of joiners tells the leavers and the other way
round. A place's counts are therefore entered only where those of every place can be shown. Where
they cannot, those of all places together are, if so many have left that a place's own could be
anything in the range of small numbers. Nursing care and one-off costs are entered in the same way:
for every place, or for none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.from_packages import (
    client_weeks,
    distinct_clients,
    month_days,
    package_value,
    total_cost,
)
from boardpack.subjects.chc.packages import Package
from boardpack.subjects.chc.packages_figures import APART
from boardpack.subjects.chc.two_months import (
    Belongs,
    all_told,
    may_tell,
    months_of,
    packages_in,
    scope_of,
)

WEEKLY = "GBP_PER_CLIENT_WEEK"
JOINED = "clients_joined", "clients with a day of care in this month and none in the month before"
LEFT = "clients_left", "clients with a day of care in the month before and none in this month"
REPRICED = (
    "clients_repriced",
    "clients with a package for which the NHS pays another weekly amount at the end of this month"
    " than at the end of the month before",
)
LINES = {"movers": (JOINED, LEFT), "repriced": (REPRICED,)}
ONE_OFF = "one_off_month"
IN_MONTH = "what was given and paid in the month"
Movers = dict[tuple[str, str], list[Package]]
"""Packages of those who joined, left or were repriced, by measure and method."""


def mover_figures(draft: Draft) -> None:
    """Enter joiners, leavers and repricing, and the two months of what is kept apart."""
    _movers(draft)
    for line, (label, belongs) in APART.items():
        if all_told(draft, belongs):
            _apart(draft, f"{line}_month", label, belongs)


def movers_of(before: Iterable[Package], now: Iterable[Package]) -> Movers:
    """The packages of those who joined, left and were repriced between two months of a place."""
    then_all, now_all = list(before), list(now)
    then_clients, now_clients = ({one.client for one in own} for own in (then_all, now_all))
    then_rates, now_rates = _last_rates(then_all), _last_rates(now_all)
    changed = {
        package
        for package, rate in now_rates.items()
        if package in then_rates and rate != then_rates[package]
    }
    return {
        JOINED: [one for one in now_all if one.client not in then_clients],
        LEFT: [one for one in then_all if one.client not in now_clients],
        REPRICED: [one for one in (*then_all, *now_all) if one.package in changed],
    }


def _last_rates(packages: Iterable[Package]) -> Mapping[str, Decimal]:
    """What the NHS pays a week for each package at the last of its rates."""
    ordered = sorted(packages, key=lambda one: one.begins)
    return {one.package: one.weekly_rate * one.nhs_share for one in ordered}


def _movers(draft: Draft) -> None:
    places = draft.paper.report.places
    if not all_told(draft):
        return
    found = {
        place: movers_of(*(packages_in(draft, place, month) for month in months_of(draft)))
        for place in places
    }
    for line, keys in LINES.items():
        counts = [[clients_by_place(found[p][key]) for key in keys] for p in places]
        if all(may_tell(draft, own) for own in counts):
            for place in places:
                _enter(draft, place, line, {key: found[place][key] for key in keys})
            _total(draft, line)
        elif _hides_places(draft, counts):
            _enter(
                draft, ICB, line, {k: [one for p in places for one in found[p][k]] for k in keys}
            )


def _hides_places(draft: Draft, counts: Sequence[Sequence[int]]) -> bool:
    """Whether the counts of all places leave any one place's unknown.

    A place's clients of both months are known, so at least its rise has joined. What joined beyond
    all the rises left again, somewhere: only if that many may be anywhere is a place's count open.
    """
    highest = draft.paper.report.small_numbers.highest
    beyond = sum(min(own) for own in counts)
    return beyond >= highest and may_tell(draft, map(sum, zip(*counts, strict=True)))


def _scope(draft: Draft, place: str, line: str) -> Scope:
    label = "packages of care, since last month"
    return scope_of(draft, place, line, draft.paper.month, label)


def _enter(draft: Draft, place: str, line: str, found: Movers) -> None:
    scope = _scope(draft, place, line)
    for (measure, method), own in found.items():
        count = clients_by_place(own)
        scope.read(measure, package_value(draft.folder, own, count, "COUNT", method))


def clients_by_place(packages: Iterable[Package]) -> int:
    """How many people the packages are for; who has moved counts in both places."""
    return len({(one.place, one.client) for one in packages})


def _total(draft: Draft, line: str) -> None:
    scope = _scope(draft, ICB, line)
    for measure, _ in LINES[line]:
        parts = [scope.at(place=place).id(measure) for place in draft.paper.report.places]
        scope.total(measure, parts, "COUNT")


def _apart(draft: Draft, line: str, label: str, belongs: Belongs) -> None:
    """Clients and cost of both months, and client-weeks with their price where it is care."""
    measures = {"clients": "COUNT", "cost_in_month": "GBP"}
    if line != ONE_OFF:
        measures["client_weeks"] = "COUNT"
    for month in months_of(draft):
        for place in draft.paper.report.places:
            _apart_place(
                draft, scope_of(draft, place, line, month, label), month, belongs, measures
            )
        scope = scope_of(draft, ICB, line, month, label)
        for measure, unit in measures.items():
            parts = [scope.at(place=place).id(measure) for place in draft.paper.report.places]
            scope.total(measure, parts, unit)
        _weekly(draft, scope)


def _apart_place(
    draft: Draft, scope: Scope, month: Month, belongs: Belongs, measures: Iterable[str]
) -> None:
    days = month_days(month)
    found = packages_in(draft, scope.place, month, belongs)
    made = {
        "clients": (Decimal(distinct_clients(found)), "COUNT"),
        "cost_in_month": (total_cost(found, *days), "GBP"),
    }
    if "client_weeks" in measures:
        made["client_weeks"] = (client_weeks(found, *days), "COUNT")
    for measure, (amount, unit) in made.items():
        scope.read(measure, package_value(draft.folder, found, amount, unit, IN_MONTH))
    _weekly(draft, scope)


def _weekly(draft: Draft, scope: Scope) -> None:
    weeks = scope.id("client_weeks")
    if draft.has(weeks) and draft.agreed(weeks).value:
        scope.derive("average_weekly_price", "cost_in_month / client_weeks", WEEKLY)
