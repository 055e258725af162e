"""Revenue resource limit, against a second, plain reading of the extract."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out
from second_reading import COLUMNS, amount, records

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

MONTHS = ("M02", "M03", "M04", "M05", "M06")
ADJUSTMENT, ALLOCATION = "internal_adjustment", "allocation"


def _rows(month: str, movement: str) -> list[dict[str, str]]:
    return [
        row
        for row in records("resource_limit")
        if (row["month"], row["movement"]) == (month, movement)
    ]


def _moved(month: str, column: str) -> int:
    found = [*_rows(month, ADJUSTMENT), *_rows(month, ALLOCATION)]
    return sum(int(amount(row[column])) for row in found)


def _id(column: str, month: str, measure: str = "budget") -> str:
    end = "" if month == "M06" and measure == "budget" else f".{month.lower()}"
    return f"resource_limit.{column}.total.{measure}{end}"


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("column", COLUMNS)
def test_each_budget_is_the_one_before_and_the_months_movements(
    column: str, month: str, register: Register
) -> None:
    before = "M00" if month == "M02" else f"M{int(month[1:]) - 1:02d}"
    moved = _moved(month, column)
    assert register[_id(column, month, "movement")].value == moved * 1000
    earlier = register.agreed(_id(column, before)).value
    assert register[_id(column, month)].value == earlier + moved * 1000


@pytest.mark.parametrize("month", ["M00", *MONTHS])
def test_the_agreed_budget_is_the_printed_one_and_casts_across(
    month: str, register: Register
) -> None:
    (row,) = _rows(month, "budget")
    shown = {column: register.agreed(_id(column, month)).value for column in (*COLUMNS, "icb")}
    assert shown == {column: amount(row[column]) * 1000 for column in shown}
    across = sum(shown[column] for column in COLUMNS)
    assert register[_id("icb", month)].value == across


@pytest.mark.parametrize("month", MONTHS)
def test_internal_adjustments_are_nil_for_the_icb(month: str, register: Register) -> None:
    name = f"resource_limit.icb.internal_adjustments.{ADJUSTMENT}.{month.lower()}"
    assert register.agreed(name).value == 0


def test_the_months_allocations_are_what_the_report_states(register: Register) -> None:
    name = "resource_limit.icb.allocations.in_month_allocations"
    assert register[name].value == register[f"{name}.printed"].value == 1_353_000
    assert register["resource_limit.icb.dops_hub.allocation.m06"].value == -377_000


def test_the_icb_budget_rolls_forward_too(register: Register) -> None:
    assert register["resource_limit.icb.total.roll_forward"].value == 4_772_807_000


def test_a_month_without_rows_is_skipped_and_nothing_supplied_is_nothing_entered(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    change_rows(home, "resource_limit.csv", lambda row: None if row["month"] == "M05" else row)
    month = parse_month("2023-24", "M06")
    skipped = compute(load_paper(home, month), "resource_limit")
    assert skipped["resource_limit.bexley.total.budget"].value == (138_488 + 393) * 1000
    assert "resource_limit.bexley.total.budget.m05" not in skipped
    leave_out(home, "resource_limit.csv", "stated.csv")
    none = compute(load_paper(home, month), "resource_limit")
    assert not [figure for figure in none if figure.chapter == "resource_limit"]
