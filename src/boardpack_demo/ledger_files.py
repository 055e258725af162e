"""The ledger's files of a month: position, trial balance, allocations, and entries beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.core.structure import CENTRAL
from boardpack_demo.budgets import NIL, Movement
from boardpack_demo.chance import Chance, pence
from boardpack_demo.icb import DIRECTORATES
from boardpack_demo.table import Cell, Table, table
from boardpack_demo.truth import SURPLUS, Truth

_SHEET = (
    ("110100", "BANK - GOVERNMENT BANKING SERVICE", "0.004"),
    ("120100", "RECEIVABLES - NHS", "0.011"),
    ("210100", "PAYABLES - NHS", "-0.019"),
    ("210200", "PAYABLES - OTHER", "-0.024"),
    ("210300", "ACCRUALS", "-0.031"),
)
GENERAL_FUND = ("310100", "GENERAL FUND - DRAWN DOWN")


def ledger(truth: Truth, number: int) -> Table:
    """Every line with its budget, actual and forecast, and the ledger's own variances."""
    return table(
        "cost_centre cost_centre_description subjective subjective_description ytd_budget"
        " ytd_actual ytd_variance annual_budget forecast_outturn forecast_variance",
        _ledger_rows(truth, number),
    )


def _ledger_rows(truth: Truth, number: int) -> Iterator[tuple[Cell, ...]]:
    for line in truth.lines:
        budget, actual = truth.ytd_budget(line, number), truth.ytd_actual(line, number)
        annual, forecast = truth.annual_budget(line, number), truth.forecast(line, number)
        yield (
            line.centre.code,
            line.centre.description,
            line.subjective,
            line.description,
            *map(_two, (budget, actual, budget - actual, annual, forecast, annual - forecast)),
        )


def _two(amount: Decimal) -> str:
    return f"{pence(amount):.2f}"


def trial_balance(truth: Truth, number: int) -> Table:
    """Every account, a debit positive: spending by line, and what nets it to nil."""
    rows: list[tuple[Cell, ...]] = []
    spent, in_month = NIL, NIL
    for line in truth.lines:
        now, before = truth.ytd_actual(line, number), truth.ytd_actual(line, number - 1)
        if now or before:
            rows.append(_balance(line.key, line.description, number, now - before, now))
            spent, in_month = spent + now, in_month + now - before
    rows += _balance_sheet(truth, number, spent, in_month)
    header = "entity cost_centre subjective subjective_description analysis_1 analysis_2 period"
    return table(f"{header} in_month ytd", rows)


def _balance(
    key: tuple[str, str], name: str, number: int, in_month: Decimal, ytd: Decimal
) -> tuple[Cell, ...]:
    return ("WX1", *key, name, "00000", "00000", f"M{number:02d}", _two(in_month), _two(ytd))


def _balance_sheet(
    truth: Truth, number: int, spent: Decimal, in_month: Decimal
) -> Iterator[tuple[Cell, ...]]:
    year = in_year = NIL
    for code, name, share in _SHEET:
        now, before = (
            pence(
                spent
                * Decimal(share)
                * Chance(truth.seed, "sheet", code, month).share("0.9000", "1.1000")
            )
            if month
            else NIL
            for month in (number, number - 1)
        )
        year, in_year = year + now, in_year + now - before
        yield _balance(("000000", code), name, number, now - before, now)
    yield _balance(
        ("000000", GENERAL_FUND[0]), GENERAL_FUND[1], number, -in_month - in_year, -spent - year
    )


def allocations(truth: Truth, number: int) -> Table:
    """The opening budget of each column, and every movement since."""
    opening: dict[str, Decimal] = {}
    for line in truth.lines:
        opening[line.centre.place] = opening.get(line.centre.place, NIL) + line.opening
    opening[CENTRAL] += SURPLUS
    rows: list[tuple[Cell, ...]] = [
        ("M00", "budget", "Opening budget", place, amount) for place, amount in opening.items()
    ]
    rows += [_movement(movement) for movement in truth.movements if movement.number <= number]
    return table("month movement item place amount", rows)


def _movement(movement: Movement) -> tuple[Cell, ...]:
    month = f"M{movement.number:02d}"
    return month, movement.movement, movement.item, movement.place, movement.amount


_ENTRIES = {
    4: (("A04-1", "alderwick", "continuing_care_services", 85_000, "reverse"),),
    8: (("A08-1", "brockmere", "acute_services", 60_000, "carry"),),
    9: (("A08-1", "brockmere", "acute_services", 60_000, "carry"),),
    10: (("A08-1", "brockmere", "acute_services", 60_000, "reversed"),),
}


def adjustments(number: int) -> Table | None:
    """The entries beside the ledger; None in a month that has none."""
    rows = [
        (
            ref,
            place,
            DIRECTORATES[directorate],
            "ytd_actual",
            f"{amount}.00",
            "Invoice received after the ledger closed",
            "Management Accountant",
            "Associate Director of Finance",
            treatment,
        )
        for ref, place, directorate, amount, treatment in _ENTRIES.get(number, ())
    ]
    header = "ref place directorate measure amount reason preparer_role approver_role treatment"
    return table(header, rows) if rows else None
