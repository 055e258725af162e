"""Agreement: one quantity that stands in two tables must be the same in both.

Rules are declared once, with `{place}` and `{line}` for any place and any line, and expand over the
register. Two printed amounts in one unit must agree exactly; where a computed one has no printed
counterpart, its rounding margin is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.check import Check, Severity
from boardpack.checks.saying import amount, name
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.money import round_half_up


@dataclass(frozen=True)
class Agreement:
    """Two names of one quantity; `sign` is -1 where the second is printed without its sign."""

    title: str
    first: str
    second: str
    severity: Severity = "error"
    sign: int = 1


AGREEMENTS = (
    Agreement(
        "Place position against the ICB budget overview",
        "position.{place}.{line}.ytd_budget",
        "overview.{place}.{line}.ytd_budget",
    ),
    Agreement(
        "Place position against the ICB budget overview",
        "position.{place}.{line}.ytd_actual",
        "overview.{place}.{line}.ytd_actual",
    ),
    Agreement(
        "Place position against the ICB budget overview",
        "position.{place}.{line}.ytd_variance",
        "overview.{place}.{line}.ytd_variance",
    ),
    Agreement(
        "Annual budget of the place against its resource limit",
        "position.{place}.total.annual_budget",
        "resource_limit.{place}.total.budget",
    ),
    Agreement(
        "Place savings against the ICB efficiency schemes: plan to date",
        "savings.{place}.total.ytd_plan",
        "efficiency.{place}.total.ytd_plan",
    ),
    Agreement(
        "Place savings against the ICB efficiency schemes: delivered to date",
        "savings.{place}.total.ytd_actual",
        "efficiency.{place}.total.ytd_actual",
    ),
    Agreement(
        "Place savings against the ICB efficiency schemes: variance to date",
        "savings.{place}.total.ytd_variance",
        "efficiency.{place}.total.ytd_variance",
    ),
    Agreement(
        "Place savings against the ICB efficiency schemes: requirement for the year",
        "savings.{place}.total.full_year_plan",
        "efficiency.{place}.total.annual_requirement",
    ),
    Agreement(
        "Place savings against the ICB efficiency schemes: identified for the year",
        "savings.{place}.total.full_year_forecast",
        "efficiency.{place}.total.identified",
    ),
    Agreement(
        "Prescribing savings of the finance team against those of the medicines team",
        "savings.{place}.prescribing.ytd_actual",
        "prescribing_savings.{place}.total.ytd_savings",
        "warning",
    ),
    Agreement(
        "Corporate cost centres against the ICB budget overview: budget",
        "corporate.icb.corporate_total.ytd_budget",
        "overview.icb.corporate_budgets.ytd_budget",
    ),
    Agreement(
        "Corporate cost centres against the ICB budget overview: actual",
        "corporate.icb.corporate_total.ytd_actual",
        "overview.icb.corporate_budgets.ytd_actual",
    ),
    Agreement(
        "Corporate cost centres against the ICB budget overview: variance",
        "corporate.icb.corporate_total.ytd_variance",
        "overview.icb.corporate_budgets.ytd_variance",
    ),
    Agreement(
        "Running costs against the key indicators: budget to date",
        "corporate.icb.admin_total.ytd_budget",
        "indicators.icb.not_to_exceed_running_cost_allowance.ytd_target",
    ),
    Agreement(
        "Running costs against the key indicators: actual to date",
        "corporate.icb.admin_total.ytd_actual",
        "indicators.icb.not_to_exceed_running_cost_allowance.ytd_actual",
    ),
    Agreement(
        "Running costs against the key indicators: annual budget",
        "corporate.icb.admin_total.annual_budget",
        "indicators.icb.not_to_exceed_running_cost_allowance.forecast_target",
    ),
    Agreement(
        "Running costs against the key indicators: forecast",
        "corporate.icb.admin_total.forecast_outturn",
        "indicators.icb.not_to_exceed_running_cost_allowance.forecast_actual",
    ),
    Agreement(
        "The year's limit against the allocation less the planned surplus",
        "indicators.icb.operating_under_resource_revenue_limit.forecast_target",
        "indicators.icb.operating_under_resource_revenue_limit.limit_from_allocation",
    ),
    Agreement(
        "The year's income against the allocation",
        "indicators.icb.expenditure_not_to_exceed_income.forecast_target",
        "resource_limit.icb.total.budget",
    ),
    Agreement(
        "The resource limit duty against the ICB budget overview: budget",
        "indicators.icb.operating_under_resource_revenue_limit.ytd_target",
        "overview.icb.total.ytd_budget",
    ),
    Agreement(
        "The resource limit duty against the ICB budget overview: actual",
        "indicators.icb.operating_under_resource_revenue_limit.ytd_actual",
        "overview.icb.total.ytd_actual",
    ),
    Agreement(
        "The cash duty against the drawdown profile: limit",
        "indicators.icb.month_end_cash_position_expected_to_be_below_target.ytd_target",
        "cash.icb.drawdown.kpi_limit",
    ),
    Agreement(
        "The cash duty against the drawdown profile: balance",
        "indicators.icb.month_end_cash_position_expected_to_be_below_target.ytd_actual",
        "cash.icb.drawdown.month_end_balance",
    ),
    Agreement(
        "Cash drawn down against the drawdowns added up",
        "cash.icb.cash_drawn_down.requirement",
        "cash.icb.drawdown.cumulative_drawdown",
        sign=-1,
    ),
    Agreement(
        "The rise of the cash requirement against the month's allocations",
        "cash.icb.icb_acdr.movement",
        "resource_limit.icb.allocations.in_month_allocations",
    ),
    Agreement(
        "The Mental Health Investment Standard against the key indicators: target",
        "mental_health.icb.mhis.forecast_target",
        "indicators.icb.mental_health_investment_standard_annual.forecast_target",
    ),
    Agreement(
        "The Mental Health Investment Standard against the key indicators: forecast",
        "mental_health.icb.mhis.forecast_outturn",
        "indicators.icb.mental_health_investment_standard_annual.forecast_actual",
    ),
)


def check_agreements(register: Register, places: tuple[str, ...]) -> Iterator[Check]:
    """One check for each pair that the rules find in the register.

    A figure that is computed from the other agrees by construction and is not checked.
    """
    for rule in AGREEMENTS:
        for first, second in _pairs(rule, register, places):
            one, other = _as_printed(register, first), _as_printed(register, second)
            if not _depends(register, register[first], second):
                yield _check(rule, one, other)


def _pairs(
    rule: Agreement, register: Register, places: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for place in places if "{place}" in rule.first else ("",):
        first = rule.first.replace("{place}", place)
        second = rule.second.replace("{place}", place)
        for line in _lines(first, register):
            pair = first.replace("{line}", line), second.replace("{line}", line)
            if pair[0] in register and pair[1] in register:
                yield pair


def _lines(pattern: str, register: Register) -> tuple[str, ...]:
    if "{line}" not in pattern:
        return ("",)
    found = re.compile(re.escape(pattern).replace(r"\{line\}", "([a-z0-9_]+)"))
    matches = (found.fullmatch(figure.id) for figure in register)
    return tuple(match[1] for match in matches if match)


def _depends(register: Register, figure: Figure, identity: str) -> bool:
    formula = figure.formula
    return formula is not None and any(
        name == identity or name.startswith(f"{identity}.") for name in operands(formula)
    )


def _as_printed(register: Register, identity: str) -> Figure:
    """What the table prints for a computed figure; the figure itself where it prints nothing."""
    figure = register[identity]
    printed = f"{identity}.{PRINTED}"
    if figure.formula is not None and printed in register:
        return register[printed]
    return figure


def _check(rule: Agreement, one: Figure, other: Figure) -> Check:
    step = max(one.step or Decimal(1), other.step or Decimal(1))
    values = [round_half_up(figure.value, step) for figure in (one, other)]
    apart = abs(values[0] - rule.sign * values[1])
    allowed = Decimal(0) if one.step and other.step else one.margin + other.margin
    return Check(
        id=f"agreement.{one.id.removesuffix('.' + PRINTED)}",
        title=f"{rule.title}: {name(one)}",
        kind="same quantity in two tables",
        severity=rule.severity,
        status="pass" if not apart else "rounding" if apart <= allowed else "fail",
        expected=values[0],
        actual=rule.sign * values[1],
        tolerance=allowed,
        figures=(one.id, other.id),
        sentence=f"{rule.title}: {name(one)} is {amount(one)} in one and {amount(other)} in"
        " the other."
        if apart > allowed
        else "",
    )
