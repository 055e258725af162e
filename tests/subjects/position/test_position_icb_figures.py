"""The ICB behind its places, against a second, plain reading of the extracts."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import change_rows, copied_home
from second_reading import PLACES, amount, records

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

NAME = "icb_position.icb."
MONTH = parse_month("2023-24", "M06")


def _variances() -> dict[str, int]:
    (row,) = [
        row
        for row in records("budget_overview")
        if (row["measure"], row["directorate"]) == ("ytd_variance", "Total")
    ]
    return {place: int(amount(row[place])) for place in PLACES}


def test_places_are_counted_by_their_sign(register: Register) -> None:
    over = sum(value < 0 for value in _variances().values())
    counted = register[f"{NAME}boroughs.boroughs_overspent"]
    assert counted.unit == "COUNT"
    assert counted.value == over
    assert register[f"{NAME}boroughs.boroughs_overspent.printed"].value == over == 5
    assert register[f"{NAME}boroughs.boroughs"].value == len(PLACES)


def test_the_plan_was_lowered_by_what_the_report_states(register: Register) -> None:
    reduction = register[f"{NAME}planned_surplus.reduction"].value
    assert reduction == 64_100_000 - 16_873_000
    assert register[f"{NAME}planned_surplus.reduction.printed"].value == reduction


@pytest.mark.parametrize("place", ["bromley", "lambeth", "icb"])
def test_the_movement_since_month_5_with_and_without_the_release(place: str, project: Path) -> None:
    """A place with no released register takes last month's variance from this month's report."""
    found = compute(load_paper(project, MONTH, place), "icb_position")
    assert found[f"{NAME}total.ytd_variance.m05"].value == -2_790_000
    assert found[f"{NAME}total.variance_movement"].value == -2_218_000 + 2_790_000
    assert found[f"{NAME}total.variance_movement_before_release"].value == 572_000 - 491_000


def test_acute_services_without_independent_sector_elective_care(register: Register) -> None:
    assert register[f"{NAME}acute_services.ytd_variance"].value == 3_513_000 - 2_668_000


def test_a_release_is_not_taken_out_of_a_movement_over_several_months(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    run = home / "params/2023-24/M06.yml"
    run.write_text(run.read_text(encoding="utf-8").replace("[M05, M04]", "[M04]"), encoding="utf-8")
    found = compute(load_paper(home, MONTH), "icb_position")
    assert found[f"{NAME}total.variance_movement"].value == -2_218_000 + 5_177_000
    assert f"{NAME}total.variance_movement_before_release" not in found


def test_without_statements_only_what_tables_and_earlier_papers_say_is_entered(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    change_rows(home, "stated.csv", lambda row: None)
    found = compute(load_paper(home, MONTH, "lambeth"), "icb_position")
    entered = {figure.id for figure in found if figure.chapter == "icb_position"}
    counts = ("boroughs_overspent", "boroughs_not_overspent", "boroughs")
    earlier = ("total.ytd_variance.m05", "total.variance_movement")
    assert entered == {NAME + name for name in (*(f"boroughs.{m}" for m in counts), *earlier)}
