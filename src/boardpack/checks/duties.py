"""Duties: what the ICB must not exceed, and what it must reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from boardpack.checks.again import made_again_as_agreed
from boardpack.checks.check import Check, not_applicable
from boardpack.checks.patterns import Patterns, lacking
from boardpack.checks.saying import with_cell
from boardpack.figures.figure import Figure


@dataclass(frozen=True)
class Duty:
    """A figure that must not be above (or below) its limit."""

    title: str
    figure: str
    must_be: Literal["at most", "at least"]
    limit: str


_KFI = "indicators.icb."
DUTIES = (
    Duty(
        "Spend to date does not exceed income to date",
        _KFI + "expenditure_not_to_exceed_income.ytd_actual",
        "at most",
        _KFI + "expenditure_not_to_exceed_income.ytd_target",
    ),
    Duty(
        "Forecast spend does not exceed the year's income",
        _KFI + "expenditure_not_to_exceed_income.forecast_actual",
        "at most",
        _KFI + "expenditure_not_to_exceed_income.forecast_target",
    ),
    Duty(
        "Forecast spend is within the year's resource limit",
        _KFI + "operating_under_resource_revenue_limit.forecast_actual",
        "at most",
        _KFI + "operating_under_resource_revenue_limit.forecast_target",
    ),
    Duty(
        "Capital spend to date is within the capital limit",
        _KFI + "operating_under_capital_resource_limit.ytd_actual",
        "at most",
        _KFI + "operating_under_capital_resource_limit.ytd_target",
    ),
    Duty(
        "Spend to date is within the resource limit to date",
        _KFI + "operating_under_resource_revenue_limit.ytd_actual",
        "at most",
        _KFI + "operating_under_resource_revenue_limit.ytd_target",
    ),
    Duty(
        "Running costs to date are within the allowance to date",
        _KFI + "not_to_exceed_running_cost_allowance.ytd_actual",
        "at most",
        _KFI + "not_to_exceed_running_cost_allowance.ytd_target",
    ),
    Duty(
        "Forecast running costs are within the year's allowance",
        _KFI + "not_to_exceed_running_cost_allowance.forecast_actual",
        "at most",
        _KFI + "not_to_exceed_running_cost_allowance.forecast_target",
    ),
    Duty(
        "The month-end cash balance is within its limit",
        _KFI + "month_end_cash_position_expected_to_be_below_target.ytd_actual",
        "at most",
        _KFI + "month_end_cash_position_expected_to_be_below_target.ytd_target",
    ),
    Duty(
        "NHS creditors are paid on time",
        "indicators.icb.bppc_nhs.ytd_actual",
        "at least",
        "indicators.icb.bppc_nhs.ytd_target",
    ),
    Duty(
        "Other creditors are paid on time",
        "indicators.icb.bppc_non_nhs.ytd_actual",
        "at least",
        "indicators.icb.bppc_non_nhs.ytd_target",
    ),
    Duty(
        "Forecast mental health spend meets the investment standard",
        _KFI + "mental_health_investment_standard_annual.forecast_actual",
        "at least",
        _KFI + "mental_health_investment_standard_annual.forecast_target",
    ),
)


def check_duties(patterns: Patterns) -> Iterator[Check]:
    """One check for each duty.

    A limit without the amount to hold against it fails: nobody can tell whether the duty is met.
    A duty that has neither is told as not applicable.
    """
    register = patterns.register
    for duty in DUTIES:
        if duty.figure in register and duty.limit in register:
            yield _duty(duty, register.agreed(duty.figure), register.agreed(duty.limit))
        elif duty.limit in register:
            yield _untold(duty, register.agreed(duty.limit))
        else:
            why = lacking(patterns, (duty.figure, duty.limit))
            yield not_applicable(f"duty.{duty.figure}", duty.title, "duty", why)


@made_again_as_agreed
def _duty(duty: Duty, figure: Figure, limit: Figure) -> Check:
    over = figure.value > limit.value
    kept = not over if duty.must_be == "at most" else figure.value >= limit.value
    return Check(
        id=f"duty.{figure.id}",
        title=duty.title,
        kind="duty",
        severity="warning",
        status="pass" if kept else "fail",
        expected=limit.value,
        actual=figure.value,
        tolerance=Decimal(0),
        figures=(figure.id, limit.id),
        sentence=""
        if kept
        else f"{duty.title}: not met, as it is {with_cell(figure)} and may be {duty.must_be}"
        f" {with_cell(limit)}.",
    )


def _untold(duty: Duty, limit: Figure) -> Check:
    return Check(
        id=f"duty.{duty.figure}",
        title=duty.title,
        kind="duty",
        severity="warning",
        status="fail",
        expected=limit.value,
        actual=None,
        tolerance=Decimal(0),
        figures=(limit.id,),
        sentence=f"{duty.title}: nobody can tell, as it may be {duty.must_be} {with_cell(limit)}"
        " and the amount to hold against that is left blank.",
    )
