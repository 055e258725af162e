"""Prescribing savings, against a second, plain reading of the extracts."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from homes import copied_home, leave_out, moved_to

from boardpack.core.params import load_paper
from boardpack.core.periods import Month, parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register, differs_by_rounding, gap

PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
PLANS = ("core_target", "generic_prescribing", "non_core_target")
SAVED = (
    "core_otc",
    "core_others",
    "branded_generic",
    "generic_from_july",
    "optimise_rx",
    "smr",
    "rebate",
    "budget_review",
    "rag_drugs",
)
STEM = "prescribing_savings"


def rows(project: Path, name: str) -> list[dict[str, str]]:
    with (project / "data/raw/2023-24/M06" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def number(text: str) -> int:
    return int(text.replace("£", "").replace(",", "")) if text not in ("", "NA") else 0


def position(project: Path) -> dict[str, dict[str, int]]:
    return {
        row.pop("place"): {column: number(text) for column, text in row.items()}
        for row in rows(project, "prescribing_savings_position.csv")
    }


def test_each_place_adds_its_kinds(project: Path, register: Register) -> None:
    for place, row in position(project).items():
        if place in PLACES:
            plan = register[f"{STEM}.{place}.total.annual_plan_september"].value
            assert plan == sum(row[kind] for kind in PLANS)
            saved = register[f"{STEM}.{place}.total.ytd_savings"].value
            assert saved == sum(row[kind] for kind in SAVED) == row["ytd_savings"]


def test_the_icb_adds_its_places(project: Path, register: Register) -> None:
    by_place = position(project)
    for kind in SAVED:
        added = sum(by_place[place][kind] for place in PLACES)
        assert register[f"{STEM}.icb.{kind}.ytd_savings"].value == added
    for kind in PLANS:
        added = sum(by_place[place][kind] for place in PLACES)
        assert register[f"{STEM}.icb.{kind}.annual_plan"].value == added


def test_a_kind_that_is_not_in_a_plan_is_no_figure(register: Register) -> None:
    assert f"{STEM}.bexley.branded_generic.ytd_savings" not in register
    assert register[f"{STEM}.bexley.core_otc.ytd_savings"].value == 0


def test_the_plan_adds_its_schemes(project: Path, register: Register) -> None:
    plan = [
        row for row in rows(project, "prescribing_savings_plan.csv") if row["scheme"] != "Total"
    ]
    for total, groups in (
        ("core", ("core",)),
        ("generic", ("generic",)),
        ("non_core", ("non_core_branded", "non_core_local")),
        ("cost_avoidance", ("cost_avoidance",)),
    ):
        added = sum(number(r["identified_opportunity"]) for r in plan if r["group"] in groups)
        assert register[f"{STEM}.icb.{total}_total.identified_opportunity"].value == added
    everything = sum(number(row["identified_opportunity"]) for row in plan)
    assert register[f"{STEM}.icb.all_total.identified_opportunity"].value == everything


def test_the_slips_of_the_print_stay_open(project: Path, register: Register) -> None:
    open_ = {
        figure.id.removesuffix(".printed")
        for figure in register
        if figure.id.startswith(f"{STEM}.")
        and figure.id.endswith(".printed")
        and gap(register[figure.id.removesuffix(".printed")], figure)
        and not differs_by_rounding(register[figure.id.removesuffix(".printed")], figure)
    }
    assert open_ == {
        f"{STEM}.icb.non_core_total.identified_opportunity",
        f"{STEM}.icb.all_total.identified_opportunity",
        f"{STEM}.icb.identified.annual_savings",
        f"{STEM}.icb.non_core_target.annual_plan",
        f"{STEM}.icb.run_rate_drugs.ytd_cost_growth",
    }
    printed = position(project)["icb"]
    slip = printed["core_target"] + printed["generic_prescribing"]
    assert printed["non_core_target"] == slip


def test_run_rate_drugs_keep_their_sign(project: Path, register: Register) -> None:
    assert register[f"{STEM}.icb.drug_sitagliptin.ytd_cost_growth"].value == -165_482
    assert register[f"{STEM}.icb.run_rate_drugs.ytd_cost_growth"].value == -463_299


def test_savings_due_by_now_follow_the_phasing(register: Register) -> None:
    assert register[f"{STEM}.icb.phasing.share_to_date"].value == 35
    due = register[f"{STEM}.bromley.total.ytd_phased_plan"].value
    assert due == Decimal(1_675_386) * 35 / 100
    behind = register[f"{STEM}.bromley.total.ytd_variance_to_phasing"].value
    assert behind == 433_354 - due


@pytest.mark.parametrize(("month", "share"), [(1, "3.33"), (3, "10"), (8, "55")])
def test_a_quarter_counts_by_its_months(
    month: int, share: str, project: Path, tmp_path: Path
) -> None:
    home = moved_to(copied_home(project, tmp_path), month)
    register = compute(load_paper(home, Month(2023, month)), STEM)
    assert round(register[f"{STEM}.icb.phasing.share_to_date"].value, 2) == Decimal(share)


def test_the_two_versions_are_set_against_each_other(register: Register) -> None:
    at = "prescribing_versions.bromley."
    assert register[f"{at}saved_to_date.difference"].value == 433_354 - 422_000
    assert register[f"{at}plan_july.difference"].value == 1_852_881 - 1_982_000
    assert register[f"{at}plan_september.difference"].value == 1_675_386 - 1_982_000
    assert round(register[f"{at}finance_plan.months_of_plan"].value, 1) == 4
    assert "prescribing_versions.lambeth.saved_to_date.difference" not in register


def test_without_the_extracts_nothing_is_entered(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(
        home,
        "prescribing_savings_plan.csv",
        "prescribing_savings_position.csv",
        "prescribing_run_rate_drugs.csv",
    )
    register = compute(load_paper(home, parse_month("2023-24", "M06")), "prescribing_versions")
    told = [figure for figure in register if figure.chapter == STEM]
    assert {figure.line for figure in told} <= {"net_of_savings"}
