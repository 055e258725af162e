"""Corporate costs, against a second, plain reading of the extract."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out
from second_reading import amount, records

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

READ = ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
VARIANCES = ("ytd_variance", "forecast_variance")


def _centres(group: str = "") -> list[dict[str, str]]:
    rows = [row for row in records("corporate_costs") if row["cost_centre"] != "Total"]
    return [row for row in rows if not group or row["group"] == group]


def test_every_cost_centre_is_shown_as_the_ledger_prints_it(register: Register) -> None:
    assert len(_centres()) == 33
    for row in _centres():
        for measure in (*READ, *VARIANCES):
            shown = register.agreed(f"corporate.icb.{row['cost_centre']}.{measure}")
            assert shown.value == amount(row[measure]) * 1000


@pytest.mark.parametrize("group", ["programme", "admin"])
@pytest.mark.parametrize("measure", READ)
def test_a_group_adds_its_cost_centres(group: str, measure: str, register: Register) -> None:
    added = sum(amount(row[measure]) for row in _centres(group))
    assert register[f"corporate.icb.{group}_total.{measure}"].value == added * 1000


def test_totals_are_the_printed_ones(register: Register) -> None:
    totals = [row for row in records("corporate_costs") if row["cost_centre"] == "Total"]
    assert [row["group"] for row in totals] == ["programme", "admin", "corporate"]
    for row in totals:
        for measure in (*READ, *VARIANCES):
            shown = register.agreed(f"corporate.icb.{row['group']}_total.{measure}")
            assert shown.value == amount(row[measure]) * 1000


def test_the_allowance_before_and_after_its_reductions(register: Register) -> None:
    name = "corporate.icb.running_cost_allowance."
    assert register.agreed(f"{name}annual_allowance").value == 37_174_000
    assert register[f"{name}prior_allowance"].value == 37_551_000
    assert register[f"{name}reduced_allowance"].value == Decimal("0.7") * 37_174_000
    assert register[f"{name}still_to_save"].value == 34_081_000 - Decimal("0.7") * 37_174_000


def test_negative_budgets_carry_the_forecast(register: Register) -> None:
    negative = [row for row in _centres() if amount(row["annual_budget"]) < 0]
    assert [row["cost_centre"] for row in negative] == ["929272", "929581", "929600"]
    budget, outturn = (
        sum(amount(row[measure]) for row in negative) * 1000
        for measure in ("annual_budget", "forecast_outturn")
    )
    found = register["corporate.icb.negative_budgets.forecast_variance"].value
    assert found == budget - outturn == -3_496_000
    assert register["corporate.icb.other_budgets.forecast_variance"].value == 3_733_000 - found


def test_without_negative_budgets_or_without_the_extract_nothing_fails(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    codes = {"929272", "929581", "929600"}
    change_rows(
        home, "corporate_costs.csv", lambda row: None if row["cost_centre"] in codes else row
    )
    month = parse_month("2023-24", "M06")
    assert "corporate.icb.negative_budgets.forecast_variance" not in compute(
        load_paper(home, month), "corporate"
    )
    leave_out(home, "corporate_costs.csv")
    none = compute(load_paper(home, month), "corporate")
    found = [figure for figure in none if figure.chapter == "corporate"]
    assert {figure.line for figure in found} == {"running_cost_allowance"}
