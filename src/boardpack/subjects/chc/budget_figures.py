"""Why packages of care cost more or less than budgeted, to date: volume, mix and price.

What adds to the cost is positive, so that volume, mix and price lead from the budget to the actual.
For kinds of care k of a place, with client-weeks Q and weekly price P, b budgeted and a actual:

    volume = (sum Qa - sum Qb) x (sum Qb Pb / sum Qb)
    price  = sum Qa_k x (Pa_k - Pb_k)
    mix    = what is left, which is sum Qa_k Pb_k - sum Qa x (sum Qb Pb / sum Qb)

A kind that was not budgeted has no budgeted price: its cost is volume and mix. All places together
are the sum of the places. Every place is split by the same kinds of care, told apart only where no
place had few people in them in any month to date: then all of this stands on figures that may be
shown, and so does the difference between two months' papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.budget_activity_extract import Planned, planned_care
from boardpack.subjects.chc.from_packages import (
    distinct_clients,
    month_days,
    months_to_date,
    package_value,
    total_cost,
)
from boardpack.subjects.chc.kinds import Kind, Line, by_kind, people, told_lines
from boardpack.subjects.chc.packages import DAYS_IN_WEEK, Package
from boardpack.subjects.chc.packages_extract import FILE
from boardpack.subjects.chc.plan_figures import PLANNED, WEEKLY, enter_plan, plan_scope
from boardpack.subjects.chc.two_months import is_counted, may_tell, packages_in

BUDGETED = "against_budget"
EFFECTS = ("volume_over_budget", "mix_over_budget", "price_over_budget")
WEEKS = "days of care to date, in weeks; a day with two kinds of care counts in the first of them"
COST = "what the packages cost in the year to date"
Months = tuple[Mapping[Kind, Sequence[Package]], ...]
"""A place's packages by kind of care, in each month to date."""


@dataclass(frozen=True)
class Given:
    """Client-weeks and cost of one line of a place in the year to date, with its packages."""

    packages: tuple[Package, ...]
    weeks: Decimal
    cost: Decimal


def budget_figures(draft: Draft) -> None:
    """Enter what was given and paid against the budget by kind of care; nothing without both."""
    plan = [one for one in planned_care(draft.folder) if one.is_counted]
    if not plan or not draft.folder.has(FILE):
        return
    found = {place: _months(draft, place) for place in draft.paper.report.places}
    told = [place for place in found if _is_told(draft, found[place], plan, place)]
    lines = common_lines(draft, [found[place] for place in told], plan)
    for place in told:
        _place(draft, place, lines, found[place], [p for p in plan if p.place == place])
    if told and len(told) == len(found):
        _all_places(draft, lines)


def _months(draft: Draft, place: str) -> Months:
    months = months_to_date(draft.paper.month)
    return tuple(by_kind(packages_in(draft, place, month, is_counted)) for month in months)


def _is_told(draft: Draft, months: Months, plan: Iterable[Planned], place: str) -> bool:
    """Whether a place has a budget, and in no month few people in care."""
    is_planned = any(one.weeks for one in plan if one.place == place)
    counts = (distinct_clients(p for own in month.values() for p in own) for month in months)
    return is_planned and may_tell(draft, counts)


def common_lines(
    draft: Draft, found: Iterable[Months], plan: Iterable[Planned]
) -> tuple[Line, ...]:
    """The kinds of care that can be told apart in every one of these places and months."""
    every = [month for months in found for month in months]

    def told(kinds: Iterable[Kind]) -> bool:
        some = tuple(kinds)
        return may_tell(draft, (people(month, some) for month in every))

    known = [kind for month in every for kind in month]
    return told_lines([*known, *(one.kind for one in plan)], told)


def given(draft: Draft, line: Line, months: Months, lived: dict[str, set[int]]) -> Given:
    """What a line of a place was given to date; `lived` has each client's days that are counted."""
    found = {p for month in months for kind in line.kinds for p in month.get(kind, ())}
    first = month_days(months_to_date(draft.paper.month)[0])[0]
    last = month_days(draft.paper.month)[1]
    days = 0
    for package in found:
        start, end = max(package.begins, first), min(package.ends, last)
        mine = lived.setdefault(package.client, set())
        before = len(mine)
        mine.update(range(start.toordinal(), end.toordinal() + 1))
        days += len(mine) - before
    return Given(tuple(found), Decimal(days) / DAYS_IN_WEEK, total_cost(found, first, last))


def _place(
    draft: Draft, place: str, lines: Iterable[Line], months: Months, plan: Sequence[Planned]
) -> None:
    lived: dict[str, set[int]] = {}
    scopes = []
    for line in lines:
        scope = plan_scope(draft, place, f"kind_{slug(line.label)}", line.label)
        enter_plan(draft, scope, [one for one in plan if one.kind in line.kinds])
        _actual(draft, scope, given(draft, line, months, lived))
        scopes.append(scope)
    _effects(draft, place, scopes)


def _actual(draft: Draft, scope: Scope, own: Given) -> None:
    """What was given, and what its price adds: nothing where no price was budgeted."""
    weeks = package_value(draft.folder, own.packages, own.weeks, "COUNT", WEEKS)
    scope.read("ytd_client_weeks", weeks)
    scope.read("ytd_actual", package_value(draft.folder, own.packages, own.cost, "GBP", COST))
    is_budgeted = draft.agreed(scope.id("annual_client_weeks")).value
    price = "ytd_actual - ytd_client_weeks * annual_budget / annual_client_weeks"
    scope.derive("price_over_budget", price if is_budgeted else "0")


def _effects(draft: Draft, place: str, lines: Sequence[Scope]) -> None:
    """Volume at the budgeted average price, price kind by kind, and mix is the rest."""
    scope = _budgeted(draft, place)
    scope.total("ytd_client_weeks", [line.id("ytd_client_weeks") for line in lines], "COUNT")
    scope.total("ytd_actual", [line.id("ytd_actual") for line in lines])
    plan = scope.at(line=PLANNED)
    budget, year, weeks = (
        plan.id(m) for m in ("ytd_budget", "annual_budget", "annual_client_weeks")
    )
    scope.derive("over_budget", f"ytd_actual - {budget}")
    scope.derive("volume_over_budget", f"ytd_client_weeks * {year} / {weeks} - {budget}")
    scope.total("price_over_budget", [line.id("price_over_budget") for line in lines])
    scope.derive("mix_over_budget", "over_budget - volume_over_budget - price_over_budget")


def _budgeted(draft: Draft, place: str) -> Scope:
    return plan_scope(draft, place, BUDGETED, "packages of care against budget")


def _all_places(draft: Draft, lines: Iterable[Line]) -> None:
    """Sums over the places: of the three parts, and of each kind of care with its prices."""
    scope = _budgeted(draft, ICB)
    _add(draft, scope, "ytd_client_weeks", "COUNT")
    for measure in ("ytd_actual", "over_budget", *EFFECTS):
        _add(draft, scope, measure)
    scope.derive("quantity_over_budget", "volume_over_budget + mix_over_budget")
    for line in lines:
        _line_of_all(draft, plan_scope(draft, ICB, f"kind_{slug(line.label)}", line.label))


def _line_of_all(draft: Draft, scope: Scope) -> None:
    year = scope.at(period=draft.year)
    _add(draft, year, "annual_client_weeks", "COUNT")
    _add(draft, year, "annual_budget")
    _add(draft, scope, "ytd_client_weeks", "COUNT")
    for measure in ("ytd_budget", "ytd_actual", "price_over_budget"):
        _add(draft, scope, measure)
    scope.derive("over_budget", "ytd_actual - ytd_budget")
    scope.derive("quantity_over_budget", "over_budget - price_over_budget")
    if draft.agreed(scope.id("annual_client_weeks")).value:
        year.derive("budget_weekly_price", "annual_budget / annual_client_weeks", WEEKLY)
    if draft.agreed(scope.id("ytd_client_weeks")).value:
        scope.derive("ytd_weekly_price", "ytd_actual / ytd_client_weeks", WEEKLY)


def _add(draft: Draft, scope: Scope, measure: str, unit: str = "GBP") -> None:
    places = draft.paper.report.places
    scope.total(measure, [scope.at(place=place).id(measure) for place in places], unit)
