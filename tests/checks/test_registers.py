"""Registers of one month that publish one figure: they agree, or the difference is told."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from homes import copied_home
from month_six import PROJECT

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.reading.released import read_released

VARIANCE = "position.icb.total.ytd_variance"
MONTH = Month(2023, 6)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path / "home")


def release(home: Path, place: str, value: str) -> None:
    """Give a place a register of Month 5 with the ICB's variance in it."""
    folder = home / "data" / "released" / "2023-24" / "M05"
    record = json.loads((folder / "bromley" / "figures.json").read_text(encoding="utf-8"))
    (item,) = (item for item in record["figures"] if item["id"] == VARIANCE)
    (folder / place).mkdir()
    record["figures"] = [{**item, "value": value}]
    (folder / place / "figures.json").write_text(json.dumps(record, indent=1), encoding="utf-8")


def paper_of(home: Path, place: str = "bromley") -> Paper:
    return load_paper(home, MONTH, place)


def computed(home: Path, place: str = "bromley") -> Register:
    return compute(paper_of(home, place), "position", "icb_position")


def found(home: Path, place: str = "bromley") -> list[Check]:
    checks = run_checks(computed(home, place), paper_of(home, place), complete=False)
    return [check for check in checks if check.id.startswith("registers.")]


def test_one_register_has_nothing_to_agree_with(home: Path) -> None:
    assert {check.status for check in found(home)} == {"not_applicable"}


def test_two_registers_that_agree_are_one_check(home: Path) -> None:
    release(home, "icb", "-2790000")
    (check,) = [check for check in found(home) if check.status != "not_applicable"]
    assert (check.id, check.status) == ("registers.m05", "pass")


def test_two_registers_that_differ_stop_a_release_and_name_both_files(home: Path) -> None:
    release(home, "icb", "-2791000")
    (check,) = [check for check in found(home) if check.status == "fail"]
    assert check.severity == "error"
    assert check.difference == Decimal(1000)
    for part in (
        "£2,790k (data/released/2023-24/M05/bromley",
        "£2,791k in another register of that month (data/released/2023-24/M05/icb",
    ):
        assert part in check.sentence


@pytest.mark.parametrize(("place", "then"), [("icb", -2_791_000), ("bromley", -2_790_000)])
def test_a_paper_compares_with_its_own_register_first(home: Path, place: str, then: int) -> None:
    release(home, "icb", "-2791000")
    assert computed(home, place)[f"{VARIANCE}.m05"].value == then
    released = read_released(paper_of(home, place), MONTH.earlier(1))
    assert len({figure.id for figure in released}) == len(released)


def test_a_paper_without_a_register_reads_those_of_other_places(home: Path) -> None:
    assert computed(home, "icb")[f"{VARIANCE}.m05"].value == -2_790_000
    assert computed(home, "bexley")["position.icb.total.movement"].value == 572_000


def test_a_broken_register_of_another_place_is_named(home: Path) -> None:
    release(home, "icb", "not a number")
    with pytest.raises(InputFaults, match=r"M05/icb/figures\.json"):
        computed(home)
