"""The ledger's files of a month: position, trial balance, allocations, and entries beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.core.structure import CENTRAL
from boardpack_demo.accounts import NO_ANALYSIS, accounts_of, written
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
    accounts = accounts_of(truth)
    measures = (truth.ytd_budget, truth.ytd_actual, truth.annual_budget, truth.forecast)
    budget, actual, annual, forecast = (
        accounts.split([measure(line, number) for line in truth.lines]) for measure in measures
    )
    amounts = (budget, actual, budget - actual, annual, forecast, annual - forecast)
    yield from zip(*accounts.named_in_the_ledger(), *map(written, amounts), strict=True)


def trial_balance(truth: Truth, number: int) -> Table:
    """Every account, a debit positive: spending by line, and what nets it to nil."""
    accounts = accounts_of(truth)
    to_date = [[truth.ytd_actual(line, n) for line in truth.lines] for n in (number, number - 1)]
    now, before = (accounts.split_further(accounts.split(amounts)) for amounts in to_date)
    spent = sum(to_date[0], NIL)
    in_month = spent - sum(to_date[1], NIL)
    rows: list[tuple[Cell, ...]] = [
        ("WX1", *named, f"M{number:02d}", *amounts)
        for stands, named, *amounts in zip(
            (now != 0) | (before != 0),
            accounts.named_in_the_balance(),
            written(now - before),
            written(now),
            strict=True,
        )
        if stands
    ]
    rows += _balance_sheet(truth, number, spent, in_month)
    header = "entity cost_centre subjective subjective_description analysis_1 analysis_2 period"
    return table(f"{header} in_month ytd", rows)


def _balance(
    key: tuple[str, str], name: str, number: int, in_month: Decimal, ytd: Decimal
) -> tuple[Cell, ...]:
    amounts = (f"{pence(amount):.2f}" for amount in (in_month, ytd))
    return ("WX1", *key, name, NO_ANALYSIS, NO_ANALYSIS, f"M{number:02d}", *amounts)


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


def adjustments(truth: Truth, number: int) -> Table | None:
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
        if place in truth.body.places
    ]
    header = "ref place directorate measure amount reason preparer_role approver_role treatment"
    return table(header, rows) if rows else None
