"""Key financial indicators: the ICB's duties, target beside actual, and what ties them together.

A variance is what is left under a limit (target - actual), or what exceeds a target that is to be
reached (actual - target), so negative is a duty not met, in either sense. Money is in pounds,
payment performance in per cent of invoices.
"""

from __future__ import annotations

from collections.abc import Container

from boardpack.figures.declared import table_figures
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.schedules.load import own_schedule
from boardpack.sources.extract import Row
from boardpack.sources.key_indicators import LIMIT as KEPT_WITHIN
from boardpack.sources.key_indicators import REACH, read_key_indicators
from boardpack.structure import ICB

CHAPTER, BASIS = "indicators", "key_indicators"
INCOME = "expenditure_not_to_exceed_income"
LIMIT = "operating_under_resource_revenue_limit"
RUNNING_COSTS = "not_to_exceed_running_cost_allowance"
CASH = "month_end_cash_position_expected_to_be_below_target"
CAPITAL = "operating_under_capital_resource_limit"
MHIS = "mental_health_investment_standard_annual"
TO_SPARE = {KEPT_WITHIN: "{target} - {actual}", REACH: "{actual} - {target}"}
"""What is to spare of a target, by its sense; below nil it is not met."""
SURPLUS = "planned_surplus"
WHENS = ("ytd", "forecast")
ALLOCATION = "resource_limit.icb.total.budget"


def indicators_figures(draft: Draft) -> None:
    """Targets and actuals are read, what is left of each target is computed; n/a enters nothing."""
    duties = read_key_indicators(draft.folder).rows
    whens = {when for row in duties for when in WHENS if _is_set(row, when)}
    for row in duties:
        _duty(draft, row, whens)
    table_figures(draft, own_schedule("bppc"))
    _planned_surplus(draft)
    _limit_from_allocation(draft)
    _recovery(draft)
    draft.enter_stated(CHAPTER)


def _scopes(draft: Draft, line: str, label: str) -> dict[str, Scope]:
    scope = draft.scope(CHAPTER, ICB, line, label, basis=BASIS)
    return {"ytd": scope, "forecast": scope.at(period=draft.year)}


def _is_set(row: Row, when: str) -> bool:
    """Whether a duty has anything to date, or for the year."""
    return any(f"{when}_{part}" in row.amounts for part in ("target", "actual"))


def _duty(draft: Draft, row: Row, whens: Container[str]) -> None:
    """A duty's target and actual; `whens` are those for which any duty of the file is set.

    A duty may be set for the year alone, and leave both its cells to date blank, or the other way
    round; where no duty has any, its columns are not filled. A target or an actual alone is told
    by the check of the duty, and one that says nothing at all by its actual to date.
    """
    line = slug(row["indicator"])
    for when, scope in _scopes(draft, line, row["indicator"]).items():
        target, actual = f"{when}_target", f"{when}_actual"
        is_named_alone = when == "ytd" and not any(_is_set(row, one) for one in WHENS)
        scope.read_cell(target, row, may_be_blank=when in whens)
        scope.read_cell(actual, row, may_be_blank=when in whens and not is_named_alone)
        if draft.has(scope.id(target), scope.id(actual)):
            spare = TO_SPARE[row["sense"]].format(target=target, actual=actual)
            measure = f"{when}_variance"
            scope.derive(measure, spare, printed=row.amounts.get(measure))


def _planned_surplus(draft: Draft) -> None:
    """Income less what may be spent: the surplus that the plan asks for."""
    stated = draft.stated("overview", ICB, SURPLUS, "revised_plan")
    for when, scope in _scopes(draft, SURPLUS, "Planned surplus").items():
        income, limit = (scope.at(line=line).id(f"{when}_target") for line in (INCOME, LIMIT))
        if draft.has(income, limit):
            printed = stated if when == "forecast" else None
            scope.derive(f"{when}_target", f"{income} - {limit}", printed=printed)


def _limit_from_allocation(draft: Draft) -> None:
    """The limit that the allocation leaves once the surplus is set aside, and the difference.

    A difference is an open question for the ICB. It is shown, never plugged.
    """
    scope = _scopes(draft, LIMIT, "Resource limit for the year")["forecast"]
    surplus, limit = scope.at(line=SURPLUS).id("forecast_target"), scope.id("forecast_target")
    if draft.has(ALLOCATION, surplus, limit):
        scope.derive("limit_from_allocation", f"{ALLOCATION} - {surplus}")
        scope.derive("limit_difference", f"{limit} - limit_from_allocation")
        income = scope.at(line=INCOME, line_label="Income for the year")
        income.derive("allocation_difference", f"{income.id('forecast_target')} - {ALLOCATION}")


def _recovery(draft: Draft) -> None:
    """What the months left must bring to land on the forecast; positive is an underspend."""
    scope = _scopes(draft, LIMIT, "Resource limit for the year")["forecast"]
    if draft.has(scope.id("forecast_variance"), scope.id("ytd_variance")):
        scope.derive("recovery_assumed", "forecast_variance - ytd_variance")
