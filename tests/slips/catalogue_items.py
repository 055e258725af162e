"""Slips of prescribing: items, tariffs, concessions, and the summary by place."""

from __future__ import annotations

from slip import CHECK, EITHER, PAGE, REFUSED, SEEN, Row, slips_of, true_files
from slip_changes import (
    copied,
    cut_off,
    each,
    exchanged,
    gone,
    last_months,
    part_gone,
    times,
    titled,
    twice,
    without_rows,
    worded,
)

ITEMS, CONCESSIONS, SUMMARY = "epd.csv", "price_concessions.csv", "prescribing_summary.csv"
TARIFF, PRICE = "drug_tariff.csv", "Basic Price"
LATEST = true_files().tables[ITEMS].rows[-1][0]
"""The latest month of items."""
PARTS = (
    "pmd_excl_cat_m_ncso",
    "cat_m_ncso",
    "central_drugs",
    "prior_year",
    "pmd_ipp_difference",
    "ytd_spend",
    "ytd_budget",
    "ytd_variance",
    "annual_budget",
    "forecast_outturn",
    "forecast_variance",
)


def _latest(row: Row) -> bool:
    return row[0] == LATEST


ITEM_SLIPS = (
    *slips_of(
        ITEMS,
        ("rows", "the latest month stands twice", EITHER, twice(_latest)),
        ("rows", "every row stands twice", EITHER, twice()),
        ("rows", "half of the latest month is gone", EITHER, part_gone(2, 7, _latest)),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 8)),
        ("rows", "the last tenth was cut off", EITHER, cut_off(10)),
        ("rows", "a practice is gone", EITHER, without_rows(lambda row: row[8] == "Z90000")),
        ("rows", "a month between is gone", EITHER, without_rows(lambda row: row[0] == "202406")),
        ("month", "a month is another's again", EITHER, copied("YEAR_MONTH", "202406", "202407")),
        ("unit", "costs are in pence", EITHER, each(times("NIC", 100), times("ACTUAL_COST", 100))),
        ("unit", "quantities are ten times too large", EITHER, times("TOTAL_QUANTITY", 10)),
        ("columns", "both costs exchanged", EITHER, exchanged("NIC", "ACTUAL_COST")),
        ("month", "last month's file", PAGE, last_months),
        ("file", "it has not come", PAGE, gone),
    ),
    *slips_of(
        CONCESSIONS,
        ("unit", "prices are in pence", EITHER, times("price", 100)),
        ("unit", "a price is ten times too large", EITHER, times("price", 10, 1)),
        ("unit", "a price is below the tariff's", EITHER, times("price", "0.1", 1)),
        ("rows", "every row stands twice", SEEN, twice()),
        ("words", "packs are of another size", EITHER, worded("pack_size", "28", "280")),
        ("words", "a name nearly matches", EITHER, worded("drug", "Amlodipine", "Amlodipin")),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 9)),
        ("month", "last month's file", PAGE, last_months),
        ("file", "it has not come", PAGE, gone),
    ),
    *slips_of(
        TARIFF,
        ("unit", "prices are in pounds", EITHER, times(PRICE, "0.01")),
        ("unit", "prices are ten times too large", EITHER, times(PRICE, 10)),
        ("unit", "a price is a hundred times too large", EITHER, times(PRICE, 100, 0)),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 10)),
        ("words", "Category M is Category A", EITHER, worded("Drug Tariff Category", "M", "A")),
        ("title", "a title without a year", EITHER, titled("November Drug Tariff Part VIIIA", "")),
        ("month", "last month's file", PAGE, last_months),
        ("file", "it has not come", PAGE, gone),
    ),
    *slips_of(
        "drug_tariff_following.csv",
        ("unit", "prices are in pounds", EITHER, times(PRICE, "0.01")),
        ("unit", "prices are ten times too large", EITHER, times(PRICE, 10)),
        ("month", "last month's file", PAGE, last_months),
    ),
    *slips_of(
        "drug_tariff_baseline.csv",
        ("unit", "prices are in pounds", EITHER, times(PRICE, "0.01")),
        ("unit", "prices are ten times too large", EITHER, times(PRICE, 10)),
        ("rows", "half of the rows are gone", EITHER, part_gone(2, 11)),
    ),
    *(
        slip
        for month in (4, 5, 6, 7)
        for slip in slips_of(
            f"drug_tariff_20240{month}.csv",
            ("unit", "prices are in pounds", EITHER, times(PRICE, "0.01")),
            ("unit", "prices are ten times too large", EITHER, times(PRICE, 10)),
        )
    ),
    *slips_of(
        SUMMARY,
        ("unit", "all is in thousands", EITHER, each(*(times(n, "0.001") for n in PARTS))),
        ("unit", "a forecast is ten times too large", CHECK, times("forecast_outturn", 10, 0)),
        ("sign", "prior-year items have lost their sign", CHECK, times("prior_year", -1)),
        (
            "columns",
            "spend and budget exchanged",
            CHECK,
            exchanged("ytd_spend", "ytd_budget"),
        ),
        ("rows", "a place is gone", EITHER, without_rows(lambda row: row[0] == "caldenhurst")),
        ("rows", "every row stands twice", REFUSED, twice()),
        ("month", "last month's file", PAGE, last_months),
    ),
)
