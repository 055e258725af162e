"""Duties and plausibility: what must not be exceeded, and what does not look right together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from boardpack.checks.check import Check
from boardpack.checks.saying import amount, name, size
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register


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


def check_duties(register: Register) -> Iterator[Check]:
    """One check for each duty whose figures the paper has."""
    for duty in DUTIES:
        if duty.figure in register and duty.limit in register:
            yield _duty(duty, register.agreed(duty.figure), register.agreed(duty.limit))


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
        else f"{duty.title}: not met. It is {amount(figure)} and may be {duty.must_be}"
        f" {amount(limit)}.",
    )


def check_price_and_activity(register: Register, places: tuple[str, ...]) -> Iterator[Check]:
    """Clients times price against budget should point the same way as the ledger.

    Where it does not, neither number is mended: the average price, the count of clients or the
    ledger deserves a question.
    """
    for place in places:
        cost, ledger = (
            f"chc.{place}.all_clients.cost_variance",
            f"position.{place}.continuing_care_services.ytd_variance",
        )
        if cost in register and ledger in register:
            yield _same_sign(register.agreed(cost), register.agreed(ledger))


def _same_sign(cost: Figure, ledger: Figure) -> Check:
    kept = cost.value * ledger.value >= 0
    return Check(
        id=f"plausible.{cost.id}",
        title=f"Clients times price and the ledger point the same way ({name(ledger)})",
        kind="plausibility",
        severity="warning",
        status="pass" if kept else "fail",
        expected=ledger.value,
        actual=cost.value,
        tolerance=Decimal(0),
        figures=(cost.id, ledger.id),
        sentence=""
        if kept
        else f"Clients times price is {_side(cost)} the budget basis by {size(cost)} a month,"
        f" while the ledger is {_side(ledger)} budget by {size(ledger)} to date.",
    )


def _side(figure: Figure) -> str:
    return "above" if figure.value < 0 else "below"
