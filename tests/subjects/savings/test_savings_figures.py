"""Savings and efficiency schemes, against a second, plain reading of the extracts."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register, differs_by_rounding, gap

PROJECT = Path(__file__).resolve().parents[3]
RAW = PROJECT / "data" / "raw" / "2023-24" / "M06"
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")


@lru_cache
def register_of(home: Path = PROJECT) -> Register:
    return compute(load_paper(home, parse_month("2023-24", "M06")), "savings", "efficiency")


def pounds(text: str) -> Decimal:
    negative = text.startswith("(")
    size = Decimal(text.strip("()").replace(",", "").replace("-", "0")) * 1000
    return -size if negative else size


def rows(file: str) -> list[dict[str, str]]:
    with (RAW / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def added(file: str, column: str, total: str) -> Decimal:
    return sum((pounds(r[column]) for r in rows(file) if total not in r.values()), Decimal(0))


@pytest.mark.parametrize(
    "column", ["ytd_plan", "ytd_actual", "full_year_plan", "full_year_forecast"]
)
def test_the_directorates_add_up_to_the_total(column: str) -> None:
    figure = register_of()[f"savings.bromley.total.{column}"]
    assert figure.value == added("place_savings.csv", column, "Total")


def test_a_shortfall_is_negative_and_a_variance_is_actual_less_plan() -> None:
    register = register_of()
    for row in rows("place_savings.csv")[:-1]:
        line = row["directorate"].lower().replace("&", "and").replace(" ", "_")
        name = f"savings.bromley.{line}"
        due, done = pounds(row["ytd_plan"]), pounds(row["ytd_actual"])
        assert register[f"{name}.ytd_variance"].value == done - due
        year = pounds(row["full_year_forecast"]) - pounds(row["full_year_plan"])
        assert register[f"{name}.full_year_variance"].value == year
    assert register["savings.bromley.prescribing.ytd_variance"].value < 0


def test_the_tracker_s_total_differs_from_its_lines_by_rounding_only() -> None:
    register = register_of()
    name = "savings.bromley.total.full_year_forecast"
    assert differs_by_rounding(register[name], register[f"{name}.printed"])
    assert register.agreed(name).id == f"{name}.printed"


def test_the_tracker_and_the_icb_report_state_two_forecasts() -> None:
    register = register_of()
    tracker = register.agreed("savings.bromley.total.full_year_forecast")
    report = register["efficiency.bromley.total.identified"]
    assert tracker.value - report.value == 1000


def test_the_recurrent_split_is_the_plan_exactly() -> None:
    register = register_of()
    name = "savings.bromley.recurrent_and_non_recurrent.full_year_plan"
    assert register[name].value == register[f"{name}.printed"].value


def test_local_schemes_are_the_total_without_tariff_efficiency() -> None:
    register = register_of()
    tariff = "savings.bromley.tariff_efficiency_and_convergence"
    for measure in ("ytd_plan", "full_year_plan"):
        local = register[f"savings.bromley.local_schemes.{measure}"].value
        whole = register.agreed(f"savings.bromley.total.{measure}").value
        assert local == whole - register[f"{tariff}.{measure}"].value


def test_the_places_add_up_to_the_icb() -> None:
    register = register_of()
    for column in ("annual_requirement", "identified", "ytd_plan", "ytd_actual"):
        total = register[f"efficiency.icb.total.{column}"].value
        assert total == added("efficiency_schemes.csv", column, "icb")
    for column in ("unidentified", "unidentified_prior_month", "ytd_variance"):
        name = f"efficiency.icb.total.{column}"
        assert gap(register[name], register[f"{name}.printed"]) == 0


def test_gaps_and_surpluses_are_added_apart_and_come_to_the_icb() -> None:
    register = register_of()
    for measure, low, high in (
        ("unidentified", "places_with_a_gap", "places_above_requirement"),
        ("ytd_variance", "places_behind_plan", "places_ahead_of_plan"),
    ):
        each = [pounds(r[measure]) for r in rows("efficiency_schemes.csv") if r["place"] != "icb"]
        below, above = (register[f"efficiency.icb.{one}.{measure}"].value for one in (low, high))
        assert below == sum(value for value in each if value < 0)
        assert above == sum(value for value in each if value > 0)
        assert below + above == register[f"efficiency.icb.total.{measure}"].value


@pytest.mark.parametrize("place", PLACES)
def test_last_month_s_paper_and_this_month_s_column_agree(place: str) -> None:
    register = register_of()
    name = f"efficiency.{place}.total"
    for measure in ("unidentified", "ytd_variance"):
        before = register[f"{name}.{measure}_prior_month"].value
        assert before == register[f"{name}.{measure}.m05"].value
        movement = register[f"{name}.{measure}"].value - before
        assert register[f"{name}.{measure}_movement"].value == movement


def test_the_report_s_rounded_shortfall_is_held_against_the_table() -> None:
    register = register_of()
    name = "savings.icb.total.ytd_shortfall_rounded"
    assert register[name].value == 205_000
    assert register[f"{name}.printed"].value == 200_000


def test_the_golden_figures() -> None:
    register = register_of()
    with (PROJECT / "tests" / "golden" / "savings.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            expected = Decimal(row["value"])
            value = register[row["id"]].value.quantize(expected, ROUND_HALF_UP)
            assert value == expected, row["id"]


def test_savings_not_supplied_leave_the_efficiency_schemes(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "place_savings.csv")
    register = register_of(home)
    assert "savings.bromley.total.full_year_plan" not in register
    assert "savings.icb.total.savings_target_share" in register
    assert register["efficiency.bromley.total.unidentified"].value == -322_000


def test_nothing_supplied_enters_nothing(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "place_savings.csv", "efficiency_schemes.csv", "stated.csv")
    assert len(register_of(home)) == 0


def test_a_nil_plan_has_no_share(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def nil(record: dict[str, str]) -> dict[str, str]:
        return {**record, "ytd_plan": "-"} if record["directorate"] == "Acute Services" else record

    change_rows(home, "place_savings.csv", nil)
    register = register_of(home)
    assert "savings.bromley.acute_services.ytd_delivery_share" not in register
    assert register["savings.bromley.acute_services.ytd_variance"].value == 37_000
