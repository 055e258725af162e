"""The borough's budget and the activity counts, against a second, plain reading of the extracts."""

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
from boardpack.figures.register import Register, gap

PROJECT = Path(__file__).resolve().parents[3]
RAW = PROJECT / "data" / "raw" / "2023-24" / "M06"
YEARS = ("2021/22", "2022/23", "2023/24")
SETTINGS = {"elective": "spells", "non_elective": "spells", "outpatient": "attendances"}


@lru_cache
def register_of(home: Path = PROJECT) -> Register:
    return compute(load_paper(home, parse_month("2023-24", "M06")), "programmes")


def rows(file: str) -> list[dict[str, str]]:
    with (RAW / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def counts(setting: str, year: str, last: int = 12) -> Decimal:
    """The spells or attendances of April to a month, specialty by specialty."""
    total = Decimal(0)
    for row in rows("programme_activity.csv"):
        is_part = row["specialty"] != "All" and row["financial_year"] == year
        if is_part and row["setting"] == setting:
            months = [row[f"m{month:02d}"] for month in range(1, last + 1)]
            total += sum(Decimal(text) for text in months if text)
    return total


def budget(managed: str) -> Decimal:
    """The plain lines of a budget, with the one total that has no lines of its own."""
    total = Decimal(0)
    for row in rows("borough_budget.csv"):
        is_sum = row["line"].lower().startswith(("sub total", "total"))
        if row["managed"] == managed and (not is_sum or row["line"] == "Total Community"):
            total += Decimal(row["annual_budget"].replace(",", "")) * 1000
    return total


def test_both_budgets_add_up_and_come_to_the_total() -> None:
    register = register_of()
    central = register["programmes.bromley.central_totally_centrally_managed.annual_budget"]
    local = register["programmes.bromley.local_totally_locally_managed.annual_budget"]
    both = register["programmes.bromley.all_total_central_and_place.annual_budget"]
    assert central.value == budget("central")
    assert local.value == budget("local")
    assert both.value == central.value + local.value


def test_every_subtotal_agrees_with_its_print() -> None:
    register = register_of()
    printed = [f for f in register if f.id.endswith(".annual_budget.printed")]
    own = [f for f in printed if f.chapter == "programmes"]
    assert len(own) == 7
    for figure in own:
        assert gap(register[figure.id.removesuffix(".printed")], figure) == 0


def test_the_millions_said_in_words_agree_with_the_table() -> None:
    register = register_of()
    for line, measure in (
        ("total", "budgeted_spend"),
        ("centrally_managed", "budgeted_spend"),
        ("delegated_to_borough", "budgeted_spend"),
        ("kings_college_hospital", "acute_budget"),
    ):
        name = f"programmes.bromley.{line}.{measure}"
        assert not gap(register[name], register[f"{name}.printed"])


def test_what_was_added_since_comes_to_the_place_s_budget() -> None:
    register = register_of()
    name = "programmes.bromley.local_totally_locally_managed"
    now = register[f"{name}.annual_budget"].value + register[f"{name}.added_since"].value
    assert now == register.agreed("position.bromley.total.annual_budget").value


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("year", YEARS)
def test_months_add_up_and_a_part_year_says_so(setting: str, year: str) -> None:
    register = register_of()
    measure = SETTINGS[setting] + ("_to_date" if year == "2023/24" else "")
    name = f"programmes.bromley.pruh_{setting}_all.{measure}.{year.replace('/', '_')}"
    assert register[name].value == counts(setting, year)
    assert register[name].period == ("2023/24 M06" if year == "2023/24" else year)
    assert gap(register[name], register[f"{name}.printed"]) == 0


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_part_year_is_compared_with_the_same_months(setting: str) -> None:
    register = register_of()
    name = f"programmes.bromley.pruh_{setting}_all.{SETTINGS[setting]}"
    now, before = counts(setting, "2023/24", 6), counts(setting, "2022/23", 6)
    assert register[f"{name}_same_months.2023_24"].value == now
    assert register[f"{name}_same_months.2022_23"].value == before
    assert register[f"{name}_same_months.2022_23"].period == "2022/23 M06"
    share = register[f"{name}_change_share.2023_24"].value
    assert round(share, 6) == round((now - before) / before * 100, 6)
    assert f"{name}_change.2021_22" not in register


def test_the_one_printed_total_that_is_wrong_stays_visible() -> None:
    register = register_of()
    wrong = []
    for figure in register:
        if figure.chapter == "programmes" and figure.id.endswith(".printed"):
            computed = register[figure.id.removesuffix(".printed")]
            if gap(computed, figure):
                wrong.append((computed.id, computed.value, figure.value))
    name = "programmes.bromley.pruh_outpatient_all.attendances_in_month.all_years_m07"
    assert wrong == [(name, Decimal(405), Decimal(495))]
    assert register.agreed(name).value == 405


def test_a_small_count_and_all_that_would_give_it_away_are_not_entered(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def few(record: dict[str, str]) -> dict[str, str]:
        is_few = record["financial_year"] == "2022/23" and record["specialty"].startswith("307")
        return {**record, "m02": "7"} if is_few else record

    change_rows(home, "programme_activity.csv", few)
    register = register_of(home)
    all_, one = (
        "programmes.bromley.pruh_outpatient_all",
        ("programmes.bromley.pruh_outpatient_307_diabetes_service"),
    )
    for hidden in (
        f"{one}.attendances_in_month.2022_23_m02",
        f"{one}.attendances.2022_23",
        f"{one}.attendances_same_months.2022_23",
        f"{all_}.attendances_in_month.2022_23_m02",
        f"{all_}.attendances.2022_23",
        f"{all_}.attendances_same_months.2022_23",
        f"{all_}.attendances_in_month.all_years_m02",
        f"{all_}.attendances.all_years",
    ):
        assert hidden not in register
        assert f"{hidden}.printed" not in register
    assert f"{all_}.attendances_in_month.2022_23_m03" in register
    assert f"{all_}.attendances.2021_22" in register


def test_a_label_in_two_groups_takes_its_group_s_name(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def renamed(record: dict[str, str]) -> dict[str, str]:
        is_line = record["line"] == "Other earmarked budgets"
        return {**record, "line": "Other"} if is_line else record

    change_rows(home, "borough_budget.csv", renamed)
    register = register_of(home)
    assert register["programmes.bromley.central_acute_other.annual_budget"].value == 5_564_000
    assert register["programmes.bromley.central_mental_health_other.annual_budget"].value == 150_000


def test_the_golden_figures() -> None:
    register = register_of()
    with (PROJECT / "tests" / "golden" / "programmes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            expected = Decimal(row["value"])
            value = register[row["id"]].value.quantize(expected, ROUND_HALF_UP)
            assert value == expected, row["id"]


def test_nothing_supplied_enters_only_what_the_report_states(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "borough_budget.csv", "programme_activity.csv")
    own = [figure for figure in register_of(home) if figure.chapter == "programmes"]
    assert own
    assert {figure.basis for figure in own} == {"stated"}
