"""Slips of records: packages, savings, the standard's return, payments, estimates."""

from __future__ import annotations

from slip import CHECK, EITHER, PAGE, REFUSED, FileChange, row_of, slips_of
from slip_changes import (
    each,
    exchanged,
    gone,
    last_months,
    part_gone,
    shifted_months,
    times,
    twice,
    without_rows,
    worded,
)

PACKAGES, TRACKER, RETURN = "chc_packages.csv", "savings_tracker.csv", "mhis_return.csv"
ESTIMATES = "estimates.csv"
MONTHS = tuple(f"m{number:02d}" for number in range(1, 13))
SCHEME = row_of(TRACKER, scheme="Generic medicines and switches")
PACKAGE = row_of(PACKAGES, care_type="CHC standard")
OPEN = row_of(ESTIMATES, ref="INF-ALD")
RETURNED = ("prior_year_outturn", "annual_plan", "ytd_plan", "ytd_actual", "forecast_outturn")
ESTIMATED = ("amount", "low", "high", "actual")


def _scheme(what: str, factor: int | str, row: int | None = None) -> FileChange:
    return each(*(times(f"{what}_{month}", factor, row) for month in MONTHS))


RECORD_SLIPS = (
    *slips_of(
        PACKAGES,
        ("unit", "rates are for a month, not a week", EITHER, times("weekly_rate", "4.33")),
        ("unit", "rates are ten times too large", EITHER, times("weekly_rate", 10)),
        ("unit", "a rate is a hundred times too large", EITHER, times("weekly_rate", 100, PACKAGE)),
        ("unit", "the ICB's share is a tenth of it", CHECK, worded("nhs_share", "100%", "10%")),
        ("rows", "every row stands twice", REFUSED, twice()),
        ("rows", "half of the rows are gone", CHECK, part_gone(2, 2)),
        ("rows", "a tenth of the rows is gone", CHECK, part_gone(10, 3)),
        ("rows", "a place is gone", EITHER, without_rows(lambda row: row[2] == "alderwick")),
        (
            "words",
            "a place is filed under another",
            CHECK,
            worded("place", "caldenhurst", "alderwick"),
        ),
        ("words", "packages that ended go on", EITHER, worded("end_date", "/2024", "/2034")),
        ("month", "last month's file", PAGE, last_months),
        ("file", "it has not come", PAGE, gone),
    ),
    *slips_of(
        "chc_reconciling_items.csv",
        ("unit", "all is in thousands", CHECK, times("ytd_actual", "0.001")),
        ("unit", "all is a hundred times too large", CHECK, times("ytd_actual", 100)),
        ("sign", "all signs are lost", CHECK, times("ytd_actual", -1)),
        ("rows", "an item is gone", CHECK, part_gone(2, 1)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        TRACKER,
        ("unit", "a forecast is ten times too large", CHECK, _scheme("forecast", 10, SCHEME)),
        ("unit", "all plans are in thousands", CHECK, _scheme("plan", "0.001")),
        ("unit", "all actuals are ten times too large", CHECK, _scheme("actual", 10)),
        ("sign", "an actual has lost its sign", CHECK, times("actual_m07", -1, SCHEME)),
        ("month", "actuals a month too late", CHECK, shifted_months(f"actual_{m}" for m in MONTHS)),
        ("rows", "every row stands twice", REFUSED, twice()),
        ("rows", "half of the rows are gone", CHECK, part_gone(2, 4)),
        ("columns", "plan and actual exchanged", CHECK, exchanged("plan_m07", "actual_m07")),
        ("month", "last month's file", EITHER, last_months),
    ),
    *slips_of(
        RETURN,
        ("unit", "all is in thousands", CHECK, each(*(times(n, "0.001") for n in RETURNED))),
        ("unit", "a forecast is ten times too large", CHECK, times("forecast_outturn", 10, 0)),
        ("unit", "a spend to date is ten times too large", CHECK, times("ytd_actual", 10, 2)),
        ("sign", "all spend to date has lost its sign", CHECK, times("ytd_actual", -1)),
        ("rows", "a tenth of the rows is gone", CHECK, part_gone(10, 5)),
        ("columns", "plan and spend exchanged", CHECK, exchanged("ytd_plan", "ytd_actual")),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "invoices.csv",
        ("unit", "values paid are in thousands", EITHER, times("value_paid", "0.001")),
        (
            "unit",
            "all values are ten times too large",
            CHECK,
            each(times("value_paid", 10), times("value_within_target", 10)),
        ),
        (
            "columns",
            "numbers and values in time exchanged",
            EITHER,
            exchanged("number_within_target", "value_within_target"),
        ),
        ("rows", "the NHS is gone", EITHER, without_rows(lambda row: row[0] == "NHS")),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "spend_over_25k.csv",
        ("unit", "payments are in pence", CHECK, times("amount", 100)),
        ("rows", "every row stands twice", EITHER, twice()),
        ("rows", "half of the rows are gone", CHECK, part_gone(2, 6)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        ESTIMATES,
        ("unit", "an estimate is ten times too large", EITHER, times("amount", 10, OPEN)),
        ("unit", "all is in thousands", EITHER, each(*(times(n, "0.001") for n in ESTIMATED))),
        ("sign", "all signs are lost", EITHER, each(*(times(n, -1) for n in ESTIMATED))),
        ("columns", "low and high exchanged", EITHER, exchanged("low", "high")),
        ("rows", "open estimates are gone", EITHER, without_rows(lambda row: not row[-1])),
        ("month", "last month's file", PAGE, last_months),
    ),
)
