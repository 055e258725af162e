"""Slips of schedules kept by hand, of what the team adds, and of what holds for longer."""

from __future__ import annotations

from slip import CHECK, EITHER, PAGE, REFERENCE, REFUSED, row_of, slips_of
from slip_changes import (
    each,
    exchanged,
    gone,
    last_months,
    part_gone,
    shifted,
    times,
    twice,
    without_rows,
    worded,
)

INDICATORS, CASH, DRAWDOWN = "key_indicators.csv", "cash_requirement.csv", "cash_drawdown.csv"
ACTIVITY = "programme_activity.csv"
AGENCY = ("limit", "spend", "variance", "spend_prior_month", "in_month")
TARGETS = ("ytd_target", "ytd_actual", "forecast_target", "forecast_actual")
RUNNING = row_of(INDICATORS, indicator="Not to exceed Running Cost Allowance")

SCHEDULE_SLIPS = (
    *slips_of(
        INDICATORS,
        ("unit", "all is in pounds", CHECK, each(*(times(name, 1000) for name in TARGETS))),
        ("unit", "a target is ten times too large", CHECK, times("forecast_target", 10, RUNNING)),
        ("sign", "all actuals have lost their sign", CHECK, times("ytd_actual", -1)),
        ("columns", "target and actual exchanged", CHECK, exchanged("ytd_target", "ytd_actual")),
        ("rows", "an indicator is gone", EITHER, part_gone(10, 3)),
        ("month", "last month's file", PAGE, last_months),
        ("file", "it has not come", EITHER, gone),
    ),
    *slips_of(
        CASH,
        ("unit", "this month is in pounds", CHECK, times("current_month", 1000)),
        (
            "columns",
            "this month and last exchanged",
            CHECK,
            exchanged("current_month", "prior_month"),
        ),
        ("rows", "a line is gone", EITHER, part_gone(10, 2)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        DRAWDOWN,
        ("unit", "drawdowns are in pounds", CHECK, times("main_drawdown", 1000)),
        ("unit", "a balance is ten times too large", CHECK, times("month_end_balance", 10, 3)),
        ("month", "all stands a month too late", CHECK, shifted("main_drawdown")),
        ("rows", "a month is gone", EITHER, part_gone(12, 4)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "provider_contracts.csv",
        ("unit", "all is in pounds that say k", EITHER, times("annual_forecast", 1000)),
        ("unit", "a contract is ten times too large", EITHER, times("annual_forecast", 10, 0)),
        ("sign", "a contract has lost its sign", EITHER, times("annual_forecast", -1, 1)),
        ("rows", "a provider is gone", EITHER, part_gone(5, 1)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "section75.csv",
        ("unit", "the ICB's share is in pounds", CHECK, times("icb", 1000)),
        ("columns", "both partners exchanged", EITHER, exchanged("icb", "council")),
        ("columns", "both years exchanged", EITHER, exchanged("total", "total_prior_year")),
        ("rows", "a service is gone", EITHER, part_gone(5, 2)),
    ),
    *slips_of(
        "agency_staff.csv",
        ("unit", "all is in pounds", CHECK, each(*(times(name, 1000) for name in AGENCY))),
        ("sign", "the spend has lost its sign", CHECK, times("spend", -1)),
        ("columns", "limit and spend exchanged", CHECK, exchanged("limit", "spend")),
        ("rows", "a team is gone", CHECK, part_gone(5, 1)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        ACTIVITY,
        ("unit", "a month is ten times too large", EITHER, times("m03", 10)),
        ("columns", "two months exchanged", EITHER, exchanged("m01", "m02")),
        ("rows", "a year is gone", EITHER, without_rows(lambda row: row[3] == "2023/24")),
        ("rows", "every row stands twice", REFUSED, twice()),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "risks.csv",
        ("unit", "all is in thousands", EITHER, times("gross", "0.001")),
        ("unit", "a risk is ten times too large", EITHER, times("gross", 10, 0)),
        ("sign", "all risks have lost their sign", EITHER, times("gross", -1)),
        ("unit", "likelihoods are hundredths", EITHER, times("probability", "0.01")),
        (
            "columns",
            "risk and mitigation exchanged",
            EITHER,
            exchanged("gross", "mitigation_amount"),
        ),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 3)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "actions.csv",
        ("rows", "every row stands twice", REFUSED, twice()),
        ("rows", "an action is gone", EITHER, part_gone(3, 1)),
        ("words", "a status is not one that is known", REFUSED, worded("status", "open", "done")),
        ("file", "it has not come", PAGE, gone),
    ),
    *slips_of(
        "provenance.csv",
        ("rows", "half of the rows are gone", CHECK, part_gone(2, 5)),
        ("unit", "totals are in thousands", CHECK, times("control_total", "0.001")),
        ("month", "last month's file", EITHER, last_months),
        ("file", "it has not come", PAGE, gone),
    ),
    *slips_of(
        f"{REFERENCE}cost_centres.csv",
        (
            "words",
            "a centre's directorate is another",
            CHECK,
            worded("directorate", "prescribing", "acute_services"),
        ),
        ("rows", "a tenth of the rows is gone", REFUSED, part_gone(10, 6)),
    ),
    *slips_of(
        f"{REFERENCE}outturn_history.csv",
        ("unit", "all spend is in thousands", EITHER, times("ytd_actual", "0.001")),
        ("sign", "all spend has lost its sign", EITHER, times("ytd_actual", -1)),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 12)),
        ("columns", "budget and spend exchanged", EITHER, exchanged("ytd_budget", "ytd_actual")),
    ),
    *slips_of(
        f"{REFERENCE}chc_budgets.csv",
        ("unit", "a price is ten times too large", EITHER, times("average_price", 10, 0)),
        ("columns", "clients and price exchanged", EITHER, exchanged("clients", "average_price")),
    ),
    *slips_of(
        f"{REFERENCE}chc_budget_activity.csv",
        ("unit", "prices are ten times too large", EITHER, times("weekly_price", 10)),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 13)),
    ),
    *slips_of(
        f"{REFERENCE}savings_requirements.csv",
        ("unit", "a requirement is ten times too large", CHECK, times("annual_requirement", 10, 0)),
    ),
    *slips_of(
        f"{REFERENCE}rates.csv",
        ("unit", "an uplift is a tenth of it", CHECK, times("value", "0.1")),
    ),
    *slips_of(
        f"{REFERENCE}prescribing_profiles.csv",
        ("unit", "shares are ten times too large", EITHER, times("cumulative", 10)),
        ("month", "shares stand a month too late", EITHER, shifted("cumulative")),
    ),
    *slips_of(
        f"{REFERENCE}indicative_prices.csv",
        ("unit", "prices are a hundred times too large", EITHER, times("unit_price", 100)),
    ),
    *slips_of(
        f"{REFERENCE}practices.csv",
        (
            "words",
            "a place's practices are another's",
            EITHER,
            worded("place", "alderwick", "eddlestow"),
        ),
        ("rows", "a practice is gone", EITHER, part_gone(20, 1)),
    ),
)
