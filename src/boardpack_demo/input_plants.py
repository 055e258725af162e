"""Plants that make an input unreadable or untrue by itself: it must be refused before any check."""

from __future__ import annotations

from boardpack_demo.month import MonthFiles
from boardpack_demo.planting import (
    Plant,
    cell,
    changed,
    headed,
    raw,
    rows,
    totalled,
    with_hidden_sheet,
)
from boardpack_demo.table import table

LEDGER, PACKAGES, TRACKER = "ledger.csv", "chc_packages.csv", "savings_tracker.csv"
BALANCE, ALLOCATIONS = "trial_balance.csv", "allocations.csv"


def _another_month(files: MonthFiles) -> None:
    other = files.number - 1 or 12
    files.tables[LEDGER].titles = (f"Budget position to Month {other}",)


def _another_period(files: MonthFiles) -> None:
    for row in range(len(files.tables[BALANCE].rows)):
        files.tables[BALANCE].put(row, "period", f"M{files.number - 1 or 12:02d}")


def _missing(files: MonthFiles) -> None:
    del files.tables["key_indicators.csv"]


def _total_apart(files: MonthFiles) -> None:
    totalled(files.tables[LEDGER], "ytd_actual", "9000")


def _dead_and_cared_for(files: MonthFiles) -> None:
    found = files.tables[PACKAGES]
    found.put(found.find(end_date="31/12/9999"), "status", "deceased")


def _one_role(files: MonthFiles) -> None:
    header = "ref place directorate measure amount reason preparer_role approver_role treatment"
    words = ("A1", "alderwick", "Acute Services", "ytd_actual", "5000.00", "Late invoice")
    role = "Management Accountant"
    files.tables["adjustments.csv"] = table(header, [(*words, role, role, "reverse")])


INPUT_PLANTS = (
    Plant(
        "missing-file",
        "key_indicators.csv",
        "the file has not come",
        "key_indicators.csv",
        _missing,
    ),
    Plant(
        "copy-of-a-file",
        LEDGER,
        "its copy `ledger (1).csv` stands beside it",
        "ledger (1).csv",
        raw(LEDGER, bytes, "ledger (1).csv"),
    ),
    Plant(
        "empty-file", TRACKER, "it has no content", "The file is empty", raw(TRACKER, lambda _: b"")
    ),
    Plant(
        "web-page",
        "cash_drawdown.csv",
        "a sign-in page was saved under its name",
        "web page",
        raw("cash_drawdown.csv", lambda _: b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    ),
    Plant(
        "wrong-month-title", LEDGER, "its title names another month", "title says", _another_month
    ),
    Plant(
        "wrong-month-period",
        BALANCE,
        "every row is of another period",
        "column period",
        _another_period,
    ),
    Plant(
        "misspelt-column",
        LEDGER,
        "the heading ytd_actual is misspelt",
        "column ytd_actaul",
        headed(LEDGER, "ytd_actual", "ytd_actaul"),
    ),
    Plant(
        "missing-column",
        ALLOCATIONS,
        "the heading item has become a remark",
        "column 'item'",
        headed(ALLOCATIONS, "item", "remark"),
    ),
    Plant(
        "text-in-number",
        BALANCE,
        "an amount says `see note`",
        "'see note'",
        cell(BALANCE, "ytd", "see note"),
    ),
    Plant(
        "hashes",
        LEDGER,
        "a budget is ######, as its column was too narrow",
        "'######'",
        cell(LEDGER, "ytd_budget", "######"),
    ),
    Plant(
        "formula-error",
        "key_indicators.csv",
        "a cell says #REF!",
        "Mend the formula",
        cell("key_indicators.csv", "ytd_actual", "#REF!"),
    ),
    Plant(
        "continental-number",
        ALLOCATIONS,
        "an amount has a comma for its point",
        "decimal point",
        cell(ALLOCATIONS, "amount", "1.234.567,89"),
    ),
    Plant(
        "digits-lost",
        "trial_balance.csv",
        "an amount says 1.2E+05",
        "The exponent hides digits",
        cell(BALANCE, "in_month", "1.2E+05"),
    ),
    Plant(
        "percent-for-pounds",
        "mhis_return.csv",
        "a plan says 5%",
        "'5%'",
        cell("mhis_return.csv", "annual_plan", "5%"),
    ),
    Plant(
        "unmapped-cost-centre",
        LEDGER,
        "a line stands on a cost centre that nobody has mapped",
        "'749999'",
        cell(LEDGER, "cost_centre", "749999"),
    ),
    Plant(
        "row-twice",
        LEDGER,
        "its first line stands twice",
        "ledger.csv, row",
        rows(LEDGER, lambda found: [*found, found[0]]),
    ),
    Plant(
        "row-too-short",
        "invoices.csv",
        "a row has lost its last cells",
        "invoices.csv, row 2",
        rows("invoices.csv", lambda found: [found[0][:2], *found[1:]]),
    ),
    Plant(
        "total-apart",
        LEDGER,
        "a total row does not agree with its lines",
        "apart by 9000",
        _total_apart,
    ),
    Plant(
        "open-quotation-mark",
        "risks.csv",
        "a quotation mark does not close",
        "quotation mark",
        raw("risks.csv", lambda content: content.replace(b"\nR02,", b'\n"R02,')),
    ),
    Plant(
        "hidden-sheet",
        "ledger.xlsx",
        "the ledger comes as a workbook with a hidden sheet of journals",
        "sheet Journals",
        with_hidden_sheet,
    ),
    Plant(
        "unknown-place",
        TRACKER,
        "a scheme is of a place that is not known",
        "Did you mean 'alderwick'",
        cell(TRACKER, "place", "aldervick"),
    ),
    Plant(
        "actual-left-out",
        TRACKER,
        "a scheme has no actual for a month that is over",
        "an amount for a month that is over",
        cell(TRACKER, "actual_m01", ""),
    ),
    Plant(
        "duplicate-package",
        PACKAGES,
        "a package stands twice",
        "each rate of a package once",
        rows(PACKAGES, lambda found: [*found, found[0]]),
    ),
    Plant(
        "hourly-rate",
        PACKAGES,
        "a rate is for an hour and not for a week",
        "a week",
        cell(PACKAGES, "weekly_rate", "18.50"),
    ),
    Plant(
        "day-that-is-none",
        PACKAGES,
        "a package starts on 31 February",
        "column start_date",
        cell(PACKAGES, "start_date", "31/02/2024"),
    ),
    Plant(
        "care-without-end",
        PACKAGES,
        "a client has died and the package has no end",
        "the day on which the package ended",
        _dead_and_cared_for,
    ),
    Plant(
        "excluded-programme",
        "mhis_return.csv",
        "a programme counts that the standard leaves out",
        "in its name is never eligible",
        changed("mhis_return.csv", "eligible", lambda _: "eligible", programme="Dementia"),
    ),
    Plant(
        "more-in-time-than-paid",
        "invoices.csv",
        "more invoices were in time than were paid",
        "no more than number_paid",
        cell("invoices.csv", "number_within_target", "999999"),
    ),
    Plant(
        "one-role-for-two",
        "adjustments.csv",
        "an entry was approved by who prepared it",
        "another role than the preparer's",
        _one_role,
    ),
)
