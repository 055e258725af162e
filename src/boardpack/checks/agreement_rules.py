"""The agreements that are looked for: one quantity, and the two tables in which it stands.

`{place}` and `{line}` stand for any place and any line.
"""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.checks.check import Severity


@dataclass(frozen=True)
class Agreement:
    """Two names of one quantity; `sign` is -1 where the second is printed without its sign.

    `of_places` says that it holds of the places alone, and not of the centre or the whole ICB.
    `instead` is what stands for the second where the register has it: what may be spent of budgets
    that hold a planned surplus.
    """

    title: str
    first: str
    second: str
    severity: Severity = "error"
    sign: int = 1
    of_places: bool = False
    instead: str = ""


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
        of_places=True,
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
        "savings.{place}.@prescribing.ytd_actual",
        "prescribing_savings.{place}.total.ytd_savings",
        "warning",
    ),
    Agreement(
        "Prescribing savings plan of the finance team against that of the medicines team",
        "savings.{place}.@prescribing.full_year_plan",
        "prescribing_savings.{place}.total.annual_plan_september",
        "warning",
    ),
    Agreement(
        "Prescribing savings taken off in the summary against those of the schemes",
        "prescribing_savings.{place}.net_of_savings.savings_taken_apart",
        "prescribing_savings.{place}.net_of_savings.savings_delivered",
        "warning",
    ),
    Agreement(
        "Savings by scheme against savings by directorate: delivered to date",
        "savings.{place}.all_schemes.ytd_actual",
        "savings.{place}.total.ytd_actual",
    ),
    Agreement(
        "Savings by scheme against savings by directorate: forecast for the year",
        "savings.{place}.all_schemes.full_year_forecast",
        "savings.{place}.total.full_year_forecast",
    ),
    Agreement(
        "Share of the savings plan due to date against the phasing said in words",
        "savings.{place}.@prescribing.ytd_plan_share",
        "prescribing_savings.icb.phasing.share_to_date",
        "warning",
    ),
    Agreement(
        "Convergence rate of the savings against that of the continuing healthcare budget",
        "savings.icb.convergence.rate",
        "chc.icb.budget_setting.convergence",
        "warning",
        -1,
    ),
    Agreement(
        "Price rises that need the panel against those that the budget funds",
        "chc.icb.price_panel.review_threshold",
        "chc.icb.budget_setting.price_inflation",
        "warning",
    ),
    Agreement(
        "A full year's pressure said in words against the straight line of the year to date",
        "prescribing.icb.{line}.full_year_pressure",
        "prescribing.icb.{line}.full_year_straight_line",
        "warning",
    ),
    Agreement(
        "Change of the savings plan from July to September against that of the rebate in it",
        "prescribing_savings.icb.total.plan_change",
        "prescribing_savings.icb.rebate.rebate_change",
        "warning",
    ),
    Agreement(
        "Corporate cost centres against the ICB budget overview: budget",
        "corporate.icb.corporate_total.ytd_budget",
        "overview.icb.@corporate.ytd_budget",
    ),
    Agreement(
        "Corporate cost centres against the ICB budget overview: actual",
        "corporate.icb.corporate_total.ytd_actual",
        "overview.icb.@corporate.ytd_actual",
    ),
    Agreement(
        "Corporate cost centres against the ICB budget overview: variance",
        "corporate.icb.corporate_total.ytd_variance",
        "overview.icb.@corporate.ytd_variance",
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
        "The planned surplus against the key indicators: to date",
        "position.icb.against_plan.ytd_plan",
        "indicators.icb.planned_surplus.ytd_target",
    ),
    Agreement(
        "The planned surplus against the key indicators: for the year",
        "position.icb.against_plan.forecast_plan",
        "indicators.icb.planned_surplus.forecast_target",
    ),
    Agreement(
        "The resource limit duty against the ICB budget overview: budget",
        "indicators.icb.operating_under_resource_revenue_limit.ytd_target",
        "overview.icb.total.ytd_budget",
        instead="position.icb.against_plan.ytd_limit",
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
    Agreement(
        "The margin of the Mental Health Investment Standard against its programmes",
        "mental_health.icb.eligible_programmes.headroom",
        "mental_health.icb.mhis.over_delivery",
    ),
    Agreement(
        "Place savings against the ICB efficiency schemes: variance for the year",
        "savings.{place}.total.full_year_variance",
        "efficiency.{place}.total.unidentified",
    ),
    Agreement(
        "Savings the ICB expects to deliver against the year's requirement",
        "savings.icb.total.forecast_delivery",
        "efficiency.icb.total.annual_requirement",
        "warning",
    ),
    Agreement(
        "Overspend stated in words against the paper that published it",
        "position.{place}.{line}.ytd_overspend",
        "position.{place}.{line}.ytd_variance",
        "warning",
        -1,
    ),
    Agreement(
        "Forecast of the ICB against the key indicators",
        "position.icb.total.forecast_variance",
        "indicators.icb.operating_under_resource_revenue_limit.forecast_variance",
    ),
    Agreement(
        "Prescribing savings plan by scheme against the plan by place",
        "prescribing_savings.icb.all_total.identified_opportunity",
        "prescribing_savings.icb.total.annual_plan_july",
    ),
    Agreement(
        "Prescribing savings plan by scheme against the plan by place: core",
        "prescribing_savings.icb.core_total.identified_opportunity",
        "prescribing_savings.icb.core_target.annual_plan",
    ),
    Agreement(
        "Prescribing savings plan by scheme against the plan by place: generic medicines",
        "prescribing_savings.icb.generic_total.identified_opportunity",
        "prescribing_savings.icb.generic_prescribing.annual_plan",
    ),
)
