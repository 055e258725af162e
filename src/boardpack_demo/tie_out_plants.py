"""Plants that read well and do not tie out: a check must fail and say where to look."""

from __future__ import annotations

from boardpack_demo.month import MonthFiles
from boardpack_demo.planting import Plant, added, cell, changed, headed, rows

LEDGER, BALANCE, PACKAGES = "ledger.csv", "trial_balance.csv", "chc_packages.csv"
DUTIES, CASH, PRESCRIBING = "key_indicators.csv", "cash_requirement.csv", "prescribing_summary.csv"
LIMIT = "Operating Under Resource Revenue Limit"
DROPPED = 40


def _transposed(text: str) -> str:
    """Two neighbouring digits that differ, changed about."""
    for place in range(len(text) - 1):
        one, other = text[place], text[place + 1]
        if one.isdigit() and other.isdigit() and one != other and one != "0" != other:
            return f"{text[:place]}{other}{one}{text[place + 2 :]}"
    return text


def _in_pounds(text: str) -> str:
    return f"{text},000"


def _swapped(files: MonthFiles) -> None:
    headed(LEDGER, "annual_budget", "kept")(files)
    headed(LEDGER, "forecast_outturn", "annual_budget")(files)
    headed(LEDGER, "kept", "forecast_outturn")(files)


def _wrong_cell(files: MonthFiles) -> None:
    """The places' spend written one row up, as when a subtotal slips."""
    found = files.tables[PRESCRIBING]
    found.put(0, "ytd_spend", found.at(1, "ytd_spend"))


def _not_accruing(files: MonthFiles) -> None:
    """Packages of the first place that were left out of the database."""
    found = files.tables[PACKAGES]
    mine = [row for row in found.rows if "alderwick" in row]
    gone = {id(row) for row in mine[:DROPPED]}
    found.rows = [row for row in found.rows if id(row) not in gone]


TIE_OUT_PLANTS = (
    Plant(
        "file-cut-off",
        LEDGER,
        "its first two lines were cut off",
        "the system's screen says",
        rows(LEDGER, lambda found: found[2:]),
        is_check=True,
    ),
    Plant(
        "control-total-out",
        "provenance.csv",
        "the total keyed for the ledger has an amount too much",
        "the system's screen says",
        changed("provenance.csv", "control_total", added("90"), file=LEDGER),
        is_check=True,
    ),
    Plant(
        "sign-lost",
        LEDGER,
        "spending has become income",
        "the trial balance",
        changed(LEDGER, "ytd_actual", lambda text: f"-{text}", cost_centre="741011"),
        is_check=True,
    ),
    Plant(
        "digits-transposed",
        LEDGER,
        "two digits of an actual changed places",
        "the trial balance",
        changed(LEDGER, "ytd_actual", _transposed, cost_centre="741011"),
        is_check=True,
    ),
    Plant(
        "columns-swapped",
        LEDGER,
        "the headings of budget and forecast of the year changed places",
        "own variances",
        _swapped,
        is_check=True,
    ),
    Plant(
        "trial-balance-out",
        BALANCE,
        "one side of a journal is missing",
        "net to nil",
        cell(BALANCE, "ytd", "1.00"),
        is_check=True,
    ),
    Plant(
        "budget-without-allocation",
        LEDGER,
        "a budget was raised without an allocation",
        "resource limit",
        changed(LEDGER, "annual_budget", added("1000000"), cost_centre="741011"),
        is_check=True,
    ),
    Plant(
        "movement-one-sided",
        "allocations.csv",
        "an adjustment between columns has lost its other side",
        "income against the allocation",
        rows(
            "allocations.csv",
            lambda found: [
                row
                for row in found
                if not (row[1] == "internal_adjustment" and row[3] == "central")
            ],
        ),
        is_check=True,
    ),
    Plant(
        "chc-not-accruing",
        PACKAGES,
        f"{DROPPED} packages of a place are missing",
        "accrue",
        _not_accruing,
        is_check=True,
    ),
    Plant(
        "tracker-short",
        "savings_tracker.csv",
        "a scheme's plan lost a month",
        "requirement",
        cell("savings_tracker.csv", "plan_m12", "0"),
        is_check=True,
    ),
    Plant(
        "cast-broken",
        PRESCRIBING,
        "the total of the places does not add up",
        "prescribing",
        changed(PRESCRIBING, "ytd_budget", added("50000"), place="icb"),
        is_check=True,
    ),
    Plant(
        "subtotal-in-the-wrong-cell",
        PRESCRIBING,
        "a place has the spend of the next",
        "Alderwick",
        _wrong_cell,
        is_check=True,
    ),
    Plant(
        "unit-slip",
        DUTIES,
        "an amount is in pounds among thousands",
        "resource limit",
        changed(DUTIES, "ytd_actual", _in_pounds, indicator=LIMIT),
        is_check=True,
    ),
    Plant(
        "prior-month-restated",
        CASH,
        "last month's drawdown is not what it was",
        "cash",
        changed(CASH, "prior_month", added("-5000"), line="Cash drawn down"),
        is_check=True,
    ),
    Plant(
        "drawdown-not-carried",
        "cash_drawdown.csv",
        "the cumulative drawdown leaves a month out",
        "drawdown",
        changed("cash_drawdown.csv", "cumulative_drawdown", added("-7000"), month="M01"),
        is_check=True,
    ),
    Plant(
        "running-costs-apart",
        DUTIES,
        "running costs are not those of the cost centres",
        "running cost",
        changed(
            DUTIES,
            "ytd_actual",
            added("-2000"),
            indicator="Not to exceed Running Cost Allowance",
        ),
        is_check=True,
    ),
    Plant(
        "standard-apart",
        DUTIES,
        "the investment standard's target is not that of the return",
        "Mental Health Investment Standard",
        changed(
            DUTIES,
            "forecast_target",
            added("-3000"),
            indicator="Mental Health Investment Standard (Annual)",
        ),
        is_check=True,
    ),
    Plant(
        "agreement-miscast",
        "section75.csv",
        "a service's total is not the sum of its partners",
        "Intermediate care",
        cell("section75.csv", "total", "1"),
        is_check=True,
    ),
)
