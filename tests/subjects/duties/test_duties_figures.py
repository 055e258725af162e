"""Key financial indicators, against a second, plain reading of the extracts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import copied_home, leave_out
from second_reading import amount, records

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

NAME = "indicators.icb."
LIMIT = f"{NAME}operating_under_resource_revenue_limit."
INCOME = f"{NAME}expenditure_not_to_exceed_income."


def _line(indicator: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in indicator.lower())
    return "_".join(kept.split())


def test_every_target_and_actual_is_a_figure_and_what_does_not_apply_is_none(
    register: Register,
) -> None:
    for row in records("key_indicators"):
        for measure in ("ytd_target", "ytd_actual", "forecast_target", "forecast_actual"):
            name = f"{NAME}{_line(row['indicator'])}.{measure}"
            if row[measure] in ("", "n/a"):
                assert name not in register
            else:
                assert register[name].value == amount(row[measure]) * 1000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (f"{INCOME}ytd_variance", -2_218_000),
        (f"{LIMIT}ytd_variance", -2_218_000),
        (f"{LIMIT}forecast_variance", 0),
        (f"{LIMIT}recovery_assumed", 2_218_000),
        (f"{NAME}not_to_exceed_running_cost_allowance.forecast_variance", 3_093_000),
        (f"{NAME}mental_health_investment_standard_annual.forecast_variance", 614_000),
        (f"{NAME}planned_surplus.ytd_target", 8_436_000),
        (f"{NAME}planned_surplus.forecast_target", 16_873_000),
    ],
)
def test_what_is_left_of_each_target(name: str, value: int, register: Register) -> None:
    assert register[name].value == value


def test_the_surplus_in_the_targets_is_the_revised_plan(register: Register) -> None:
    plan = register["overview.icb.planned_surplus.revised_plan"].value
    assert register[f"{NAME}planned_surplus.forecast_target"].value == plan
    assert register[f"{NAME}planned_surplus.forecast_target.printed"].value == plan


def test_the_limit_does_not_tie_to_the_allocation_and_is_not_plugged(register: Register) -> None:
    allocation, surplus, shown = 4_772_807_000, 16_873_000, 4_775_934_000
    assert register[f"{LIMIT}limit_from_allocation"].value == allocation - surplus
    assert register[f"{LIMIT}forecast_target"].value == shown
    assert (
        register[f"{LIMIT}limit_difference"].value == shown - (allocation - surplus) == 20_000_000
    )
    assert register[f"{INCOME}allocation_difference"].value == 20_000_000


def test_payments_are_held_against_the_rule(register: Register) -> None:
    for row in records("bppc"):
        name = f"{NAME}bppc_{_line(row['creditor'])}."
        actual = register[f"{name}ytd_actual"]
        assert (actual.value, actual.unit) == (amount(row["ytd_actual"]), "PCT")
        assert register[f"{name}ytd_target"].value == amount(row["ytd_target"]) == 95
        assert register[f"{name}ytd_variance"].value == actual.value - 95
    assert register[f"{NAME}bppc_non_nhs.ytd_variance"].value == Decimal("2.8")


def test_indicators_tie_to_the_chapters_behind_them(register: Register) -> None:
    pairs = {
        "not_to_exceed_running_cost_allowance.ytd_target": "corporate.icb.admin_total.ytd_budget",
        "not_to_exceed_running_cost_allowance.ytd_actual": "corporate.icb.admin_total.ytd_actual",
        "not_to_exceed_running_cost_allowance.forecast_target": (
            "corporate.icb.admin_total.annual_budget"
        ),
        "not_to_exceed_running_cost_allowance.forecast_actual": (
            "corporate.icb.admin_total.forecast_outturn"
        ),
        "month_end_cash_position_expected_to_be_below_target.ytd_target": (
            "cash.icb.drawdown.kpi_limit"
        ),
        "month_end_cash_position_expected_to_be_below_target.ytd_actual": (
            "cash.icb.drawdown.month_end_balance"
        ),
        "operating_under_resource_revenue_limit.ytd_target": "overview.icb.total.ytd_budget",
    }
    for name, other in pairs.items():
        assert register.agreed(f"{NAME}{name}").value == register.agreed(other).value


def test_nothing_supplied_is_nothing_entered(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(home, "key_indicators.csv", "bppc.csv", "stated.csv")
    none = compute(load_paper(home, parse_month("2023-24", "M06")), "indicators")
    assert not [figure for figure in none if figure.chapter == "indicators"]
