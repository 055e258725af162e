"""The continuing care budget by kind of care: what it plans, and how the ledger's budget agrees.

The year's budget is client-weeks at a weekly price, for each kind of care of a place. It is phased
by days: the budget to date is the year's times the days to date over the days of the year. Funded
nursing care and one-off costs are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.budget_activity_extract import (
    ONE_OFF,
    Planned,
    planned_care,
    planned_value,
)
from boardpack.subjects.chc.from_packages import month_days
from boardpack.subjects.chc.ledger_figures import CARE_ROLE
from boardpack.subjects.chc.packages import FNC

PLANNED = "planned"
LABELS = {
    PLANNED: "packages of care in the budget",
    "fnc": "funded nursing care",
    "one_off": "one-off costs",
}
WEEKLY = "GBP_PER_CLIENT_WEEK"
WEEKS = "client-weeks of the year, added over kinds of care"
BUDGET = "client-weeks times weekly price, added over kinds of care"


def plan_figures(draft: Draft) -> None:
    """Enter the budget of each place and of all, by packages, nursing care and one-off costs."""
    plan = planned_care(draft.folder)
    if not plan:
        return
    for place in draft.paper.report.places:
        for line in LABELS:
            _enter(draft, place, line, [p for p in plan if (p.place, line_of(p)) == (place, line)])
    for line in LABELS:
        _total(draft, line)
    for place in (*draft.paper.report.places, ICB):
        _beside_ledger(draft, place)


def line_of(planned: Planned) -> str:
    """The line of the figures that a budgeted kind of care belongs to."""
    return {FNC: "fnc", ONE_OFF: "one_off"}.get(planned.care, PLANNED)


def to_date(draft: Draft) -> str:
    """The share of the year's days that are over, as a formula: `183 / 366`."""
    start = draft.paper.month.start
    first, last = month_days(Month(start, 1))[0], month_days(Month(start, MONTHS_IN_YEAR))[1]
    today = month_days(draft.paper.month)[1]
    return f"{(today - first).days + 1} / {(last - first).days + 1}"


def plan_scope(draft: Draft, place: str, line: str, label: str = "") -> Scope:
    """The scope of one line of the budget, for the year to date."""
    name = draft.paper.report.place_name(place)
    return draft.scope("chc", place, line, f"{name}, {label or LABELS[line]}", basis="packages")


def enter_plan(draft: Draft, scope: Scope, own: Iterable[Planned]) -> None:
    """Enter the year's client-weeks and budget of some kinds of care, and the budget to date."""
    kinds = tuple(own)
    year = scope.at(period=draft.year)
    weeks = sum((one.weeks for one in kinds), Decimal(0))
    cost = sum((one.cost for one in kinds), Decimal(0))
    year.read("annual_client_weeks", planned_value(draft.folder, kinds, weeks, "COUNT", WEEKS))
    year.read("annual_budget", planned_value(draft.folder, kinds, cost, "GBP", BUDGET))
    scope.derive("ytd_budget", f"annual_budget * {to_date(draft)}")


def _enter(draft: Draft, place: str, line: str, own: Iterable[Planned]) -> None:
    scope = plan_scope(draft, place, line)
    if line == PLANNED:
        enter_plan(draft, scope, own)
        return
    kinds = tuple(own)
    cost = sum((one.cost for one in kinds), Decimal(0))
    year = scope.at(period=draft.year)
    year.read("annual_budget", planned_value(draft.folder, kinds, cost, "GBP", BUDGET))
    scope.derive("ytd_budget", f"annual_budget * {to_date(draft)}")


def _total(draft: Draft, line: str) -> None:
    scope = plan_scope(draft, ICB, line)
    units = {"annual_budget": "GBP", "ytd_budget": "GBP"}
    for measure, unit in {"annual_client_weeks": "COUNT", **units}.items():
        parts = [scope.at(place=place).id(measure) for place in draft.paper.report.places]
        if draft.has(*parts):
            period = draft.month if measure == "ytd_budget" else draft.year
            scope.at(period=period).total(measure, parts, unit)


def _beside_ledger(draft: Draft, place: str) -> None:
    """All kinds of the budget together, and how far the ledger's budget lies from them."""
    scope = plan_scope(draft, place, "accrual", "continuing care budgeted")
    for measure, period in (("annual_budget", draft.year), ("ytd_budget", draft.month)):
        parts = [scope.at(line=line).id(measure) for line in LABELS]
        scope.at(period=period).total(measure, parts)
    ledger = f"position.{place}.{draft.line(CARE_ROLE)}.annual_budget"
    if draft.has(ledger):
        year = scope.at(period=draft.year)
        year.derive("budget_difference", f"annual_budget - {ledger}")
