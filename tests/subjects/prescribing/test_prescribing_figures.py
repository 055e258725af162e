"""Prescribing spend, against a second, plain reading of the extracts."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out, moved_to

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register, differs_by_rounding, gap

PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
PARTS = (
    "pmd_excl_cat_m_ncso",
    "cat_m_ncso",
    "central_drugs",
    "flu_income",
    "prior_year",
    "qipp_savings",
    "pmd_ipp_difference",
)


def number(text: str) -> Decimal:
    digits = text.strip("()£").replace(",", "") or "0"
    return -Decimal(digits) if text.startswith("(") else Decimal(digits)


def summary(project: Path) -> dict[str, dict[str, Decimal]]:
    path = project / "data/raw/2023-24/M06/prescribing_summary.csv"
    with path.open(encoding="utf-8") as lines:
        return {
            row.pop("place"): {column: number(text) for column, text in row.items()}
            for row in csv.DictReader(lines)
        }


def ledger(project: Path) -> dict[str, dict[str, Decimal]]:
    path = project / "data/raw/2023-24/M06/budget_overview.csv"
    with path.open(encoding="utf-8") as lines:
        return {
            row["measure"]: {place: number(row[place]) * 1000 for place in (*PLACES, "icb")}
            for row in csv.DictReader(lines)
            if row["directorate"] == "Prescribing"
        }


def register_at(home: Path, place: str = "bromley", month: str = "M06") -> Register:
    return compute(load_paper(home, parse_month("2023-24", month), place), "prescribing")


def hundredths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_spend_adds_its_parts_and_the_icb_its_places(project: Path, register: Register) -> None:
    rows = summary(project)
    for place in (*PLACES, "central"):
        added = sum(rows[place][part] for part in PARTS)
        assert register[f"prescribing.{place}.ppa.ytd_spend"].value == added
        assert abs(added - rows[place]["ytd_spend"]) <= 1
    for part in PARTS:
        across = sum(rows[place][part] for place in (*PLACES, "central"))
        assert register[f"prescribing.icb.{part}.ytd_spend"].value == across


def test_the_forecast_counts_the_prior_year_once(project: Path, register: Register) -> None:
    for place, row in summary(project).items():
        shown = register.agreed(f"prescribing.{place}.ppa.forecast_outturn").value
        assert shown == row["forecast_outturn"]
        if place in PLACES:
            spend = row["ytd_spend"] - row["prior_year"]
            assert abs(2 * spend + row["prior_year"] - shown) <= 1


def test_the_central_row_is_keyed_not_computed(register: Register) -> None:
    assert register["prescribing.central.ppa.forecast_outturn"].formula is None


def test_the_central_drugs_charge_is_at_its_rate(project: Path, register: Register) -> None:
    rows = summary(project)
    for place in PLACES:
        medicines = rows[place]["pmd_excl_cat_m_ncso"] + rows[place]["cat_m_ncso"]
        charge = register[f"prescribing.{place}.central_drugs.spend_at_rate"].value
        assert charge == medicines * 33 / 1000
        assert abs(charge - rows[place]["central_drugs"]) < 1


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("prescribing.bromley.ppa", "-9.54"),
        ("prescribing.icb.places_ppa", "-10.81"),
        ("position.bromley.prescribing", "-9.55"),
        ("prescribing.icb.places_ledger", "-10.67"),
    ],
)
def test_shares_stand_on_one_basis_each(name: str, share: str, register: Register) -> None:
    found = register[f"{name}.ytd_variance_share"].value
    assert hundredths(found) == Decimal(share)


def test_the_places_together_are_weighted_by_budget(project: Path, register: Register) -> None:
    rows, books = summary(project), ledger(project)
    ppa = sum(rows[p]["ytd_variance"] for p in PLACES) / sum(rows[p]["ytd_budget"] for p in PLACES)
    shown = register["prescribing.icb.places_ppa.ytd_variance_share"].value
    assert hundredths(shown) == hundredths(ppa * 100)
    variance = sum(books["ytd_variance"][p] for p in PLACES)
    assert register["prescribing.icb.places_ledger.ytd_variance"].value == variance


def test_growth_is_what_category_m_leaves(project: Path, register: Register) -> None:
    rows = summary(project)
    for place in PLACES:
        growth = -rows[place]["ytd_variance"] - rows[place]["cat_m_ncso"]
        assert register[f"prescribing.{place}.local_growth.ytd_overspend"].value == growth
    assert register["prescribing.icb.places_local_growth.ytd_overspend"].value == 6_661_232
    assert register["prescribing.icb.held_centrally.ytd_overspend"].value == -2_237_011
    shown = register.agreed("prescribing.icb.local_growth.ytd_overspend")
    assert shown.value == 4_424_221
    assert not gap(shown, register[f"{shown.id}.printed"])


@pytest.mark.parametrize(
    ("place", "thousands"), [("bexley", 11), ("southwark", 93), ("bromley", 0), ("icb", 104)]
)
def test_the_bridge_from_ppa_to_ledger(place: str, thousands: int, register: Register) -> None:
    found = register.agreed(f"prescribing.{place}.non_ppa.ytd_variance").value / 1000
    assert round(found) == thousands


def test_the_range_carries_each_pace_to_the_year_end(register: Register) -> None:
    at = "prescribing.bromley.year_end."
    assert register[f"{at}latest_pace_variance"].value == -2_213_000 - 6 * 443_500
    assert register[f"{at}earlier_pace_variance"].value == -2_213_000 - 6 * 331_500


def test_spend_with_months_of_no_data_is_an_estimate(register: Register) -> None:
    for name in ("ppa.ytd_spend", "ppa.ytd_variance", "cat_m_ncso.ytd_spend", "ppa.ytd_spend"):
        assert register[f"prescribing.bromley.{name}"].is_estimate
    for name in ("ppa.ytd_budget", "prior_year.ytd_spend"):
        assert not register[f"prescribing.bromley.{name}"].is_estimate
    assert register["prescribing.icb.data.months_available"].value == 4
    assert register["prescribing.icb.data.months_in_arrears"].value == 2


def test_reserves_and_the_full_year_pressure(register: Register) -> None:
    assert register["prescribing.central.central_reserve.annual_budget"].value == 3_500_000
    assert register["prescribing.central.central_reserve.ytd_share"].value == 50
    pressure = register["prescribing.icb.cat_m_ncso.above_straight_line"].value
    assert pressure == 10_856_000 - 2 * 5_339_305


def test_what_the_print_does_not_explain_by_rounding(register: Register) -> None:
    open_ = {
        figure.id.removesuffix(".printed")
        for figure in register
        if figure.id.startswith("prescribing.")
        and figure.id.endswith(".printed")
        and gap(register[figure.id.removesuffix(".printed")], figure)
        and not differs_by_rounding(register[figure.id.removesuffix(".printed")], figure)
    }
    assert open_ == {"prescribing.icb.total.forecast_unmitigated_overspend"}


def test_the_golden_figures(project: Path, register: Register) -> None:
    with (project / "tests/golden/prescribing.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert hundredths(register.agreed(row["id"]).value) == Decimal(row["value"]), row["id"]


def test_at_another_month_the_forecast_is_scaled_by_it(project: Path, tmp_path: Path) -> None:
    home = moved_to(copied_home(project, tmp_path), 8)
    register = register_at(home, month="M08")
    row = summary(project)["bromley"]
    spend = row["ytd_spend"] - row["prior_year"]
    expected = spend * 12 / 8 + row["prior_year"]
    assert register["prescribing.bromley.ppa.forecast_outturn"].value == expected


def test_without_the_extract_nothing_is_computed(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(home, "prescribing_summary.csv")
    register = register_at(home)
    assert "prescribing.bromley.ppa.ytd_spend" not in register
    computed = [f.id for f in register if f.chapter == "prescribing" and f.formula is not None]
    assert computed == ["prescribing.icb.borough_risk_reserve.released_share"]


def test_a_place_that_is_missing_takes_nothing_else_with_it(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    change_rows(
        home,
        "prescribing_summary.csv",
        lambda row: None if row["place"] in ("lambeth", "central", "icb") else row,
    )
    register = register_at(home, "lambeth")
    assert "prescribing.lambeth.ppa.ytd_spend" not in register
    assert "prescribing.bromley.ppa.ytd_spend" in register
