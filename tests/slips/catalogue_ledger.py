"""Slips of the ledger, the trial balance and the allocations."""

from __future__ import annotations

from slip import CHECK, EITHER, REFUSED, row_of, slips_of
from slip_changes import (
    blank,
    cut_off,
    each,
    exchanged,
    gone,
    last_months,
    part_gone,
    shifted,
    times,
    titled,
    twice,
    without,
    without_rows,
    worded,
)

LEDGER, BALANCE, ALLOCATIONS = "ledger.csv", "trial_balance.csv", "allocations.csv"
CENTRE = row_of(LEDGER, cost_centre="741041")
MONEY = (
    "ytd_budget",
    "ytd_actual",
    "ytd_variance",
    "annual_budget",
    "forecast_outturn",
    "forecast_variance",
)
TITLES = (
    "All figures in £000s",
    "Budget position P05 2024/25",
    "Budget position M6 24-25",
    "Budget position SEP-24",
    "YTD to 30/09/2024",
    "Months 1 to 6",
    "202409",
)
"""A scale over pounds, and the month before in every form in which systems print it."""

LEDGER_SLIPS = (
    *slips_of(LEDGER, *(("title", f"a title says {t}", REFUSED, titled(t)) for t in TITLES)),
    *slips_of(
        LEDGER,
        ("unit", "all is in thousands", CHECK, each(*(times(name, "0.001") for name in MONEY))),
        ("unit", "a forecast is ten times too large", CHECK, times("forecast_outturn", 10, CENTRE)),
        ("unit", "all forecasts are ten times too large", CHECK, times("forecast_outturn", 10)),
        ("sign", "all actuals have lost their sign", CHECK, times("ytd_actual", -1)),
        ("sign", "an annual budget has lost its sign", CHECK, times("annual_budget", -1, CENTRE)),
        ("rows", "every row stands twice", REFUSED, twice()),
        ("rows", "the last tenth was cut off", CHECK, cut_off(10)),
        ("rows", "a place is gone", EITHER, without_rows(lambda row: row[0].startswith("743"))),
        ("columns", "budget and actual exchanged", CHECK, exchanged("ytd_budget", "ytd_actual")),
        ("columns", "annual budgets are not there", EITHER, without("annual_budget")),
        ("columns", "annual budgets are empty", EITHER, blank("annual_budget")),
        ("columns", "budgets to date are empty", EITHER, blank("ytd_budget")),
        ("columns", "forecasts are empty", EITHER, blank("forecast_outturn")),
        ("month", "last month's file", CHECK, last_months),
        ("file", "it has not come", EITHER, gone),
    ),
    *slips_of(
        BALANCE,
        (
            "unit",
            "all is in thousands",
            CHECK,
            each(times("ytd", "0.001"), times("in_month", "0.001")),
        ),
        (
            "columns",
            "month and year to date have changed places",
            CHECK,
            exchanged("in_month", "ytd"),
        ),
        ("rows", "every row stands twice", EITHER, twice()),
        ("rows", "the last tenth was cut off", CHECK, cut_off(10)),
        (
            "month",
            "last month's, under this month's period",
            CHECK,
            each(last_months, worded("period", "M06", "M07")),
        ),
        ("file", "it has not come", EITHER, gone),
    ),
    *slips_of(
        ALLOCATIONS,
        ("unit", "an amount is in thousands", CHECK, times("amount", "0.001", 0)),
        ("sign", "an amount has lost its sign", CHECK, times("amount", -1, 1)),
        ("rows", "every row stands twice", EITHER, twice()),
        ("rows", "half of the rows are gone", CHECK, part_gone(2, 1)),
        ("rows", "amounts have slipped by a row", CHECK, shifted("amount")),
        ("month", "last month's file", CHECK, last_months),
    ),
)
