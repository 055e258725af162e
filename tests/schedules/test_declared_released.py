"""A declared table beside the month before: what was released then, what is left, the two sides."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from small_bodies import MONTH
from walked import walked

from boardpack.core.home import month_folder, run_file
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.register import Register
from boardpack.reading.released import released_folder
from boardpack.render.records import figures_record
from declared_home import declared_home

FORM = """title: Schemes
chapter: tried
scope: place
whole: summed
key: place
label: "{place} schemes"
sense: reach
columns:
  place: word
  plan: {type: thousands, period: year}
  saved: {type: thousands, blank: true}
  ahead: {type: thousands, against: [plan, saved], printed: false}
  ahead_before:
    {type: thousands, blank: true, period: prior month, released: ahead, lacking: left out}
  moved: {type: thousands, formula: ahead - ahead_before, printed: false, lacking: left out}
  a_month:
    {type: pounds a month, formula: (plan - saved) / months_left, printed: false, lacking: left out}
figures:
  - {line: behind, label: Places behind, measure: ahead, sum: "min(ahead, 0)"}
  - {line: in_front, label: Places in front, measure: ahead, sum: "max(ahead, 0)"}
"""


def table(north: object, south: object, before: tuple[object, object] = ("", "")) -> str:
    rows = (f"northtown,10,{north},{before[0]}", f"southtown,20,{south},{before[1]}")
    return "\n".join(("place,plan,saved,ahead_before", *rows)) + "\n"


def of_month(home: Path, month: Month, *compared: str) -> tuple[Paper, Register]:
    """The paper of a home whose one month is another, and its register."""
    for file in (month_folder, run_file):
        (home / file(month)).parent.mkdir(parents=True, exist_ok=True)
        (home / file(MONTH)).rename(home / file(month))
    run = home / run_file(month)
    text = run.read_text("utf-8").replace("compare_with: []", f"compare_with: {[*compared]}")
    text = text.replace("months_of_data: 4", "months_of_data: 1").replace(": 2024-1", ": 2025-1")
    run.write_text(text, "utf-8")
    paper = load_paper(home, month, "icb")
    return paper, compute(paper, *chapters_of(paper))


def value(register: Register, place: str, line: str, column: str) -> Decimal | None:
    identity = f"tried.{place}.{line}.{column}"
    return register.agreed(identity).value if identity in register else None


def held_twice(paper: Paper, register: Register) -> set[str]:
    """The ids that the second implementation re-performs too, none of which differs."""
    again = walked(paper.home, (*register, *register.absent))
    assert again.wrong == []
    return set(again.done)


@pytest.mark.parametrize(
    ("north", "south", "behind", "in_front"),
    [
        (8, 23, -2000, 3000),
        (10, 20, 0, 0),
        (8, 17, -5000, 0),
        (11, 22, 0, 3000),
        ("", 23, None, None),
    ],
)
def test_what_lies_below_nil_is_added_apart_from_what_lies_above(
    tmp_path: Path, north: object, south: object, behind: int | None, in_front: int | None
) -> None:
    home = declared_home(tmp_path / "home", FORM, table(north, south))
    paper, register = of_month(home, Month(2024, 7))
    assert value(register, "icb", "behind", "ahead") == behind
    assert value(register, "icb", "in_front", "ahead") == in_front
    assert register.is_absent("tried.icb.behind.ahead") is (behind is None)
    assert ("tried.icb.behind.ahead" in held_twice(paper, register)) is (behind is not None)


@pytest.mark.parametrize(
    ("month", "a_month"), [(6, Decimal(1000)), (11, Decimal(6000)), (12, None)]
)
def test_months_left_are_those_of_the_year_and_the_last_month_has_none(
    tmp_path: Path, month: int, a_month: Decimal | None
) -> None:
    home = declared_home(tmp_path / "home", FORM, table(4, 20))
    paper, register = of_month(home, Month(2024, month))
    assert value(register, "northtown", "total", "a_month") == a_month
    assert not register.is_absent("tried.northtown.total.a_month")
    identity = "tried.icb.total.a_month"
    assert (identity in held_twice(paper, register)) is (a_month is not None)
    if a_month is not None:
        assert register[identity].unit == "GBP_PER_MONTH"


@pytest.mark.parametrize(
    ("month", "released", "printed", "north", "whole"),
    [
        (6, True, (1, -3), 1000, -2000),  # what the file says comes first
        (6, True, ("", -3), -4000, -7000),
        (6, True, ("", ""), -4000, -1000),
        (6, False, ("", -3), None, None),
        (1, True, ("", ""), None, None),  # no year goes on in the next
    ],
)
def test_the_month_before_is_as_printed_else_as_released(
    tmp_path: Path,
    month: int,
    released: bool,
    printed: tuple[object, object],
    north: int | None,
    whole: int | None,
) -> None:
    now = Month(2024, month)
    before = now.earlier(1)
    home = declared_home(tmp_path / "home", FORM, table(9, 20, printed))
    if released:
        then = declared_home(tmp_path / "then", FORM, table(6, 23))
        paper, register = of_month(then, before)
        kept = home / released_folder(paper, before)
        kept.mkdir(parents=True)
        (kept / "figures.json").write_text(figures_record(paper, register), "utf-8")
    compared = before.code if before.start == now.start else f"{before.year_folder} {before.code}"
    paper, register = of_month(home, now, *([compared] if released else []))
    assert value(register, "northtown", "total", "ahead_before") == north
    assert value(register, "icb", "total", "ahead_before") == whole
    moved = None if north is None else -1000 - north
    assert value(register, "northtown", "total", "moved") == moved
    assert not register.is_absent("tried.icb.total.ahead_before")
    again = held_twice(paper, register)
    assert ("tried.icb.total.ahead_before" in again) is (whole is not None)


def test_a_label_names_a_place_as_print_does(tmp_path: Path) -> None:
    home = declared_home(tmp_path / "home", FORM, table(9, 20))
    _, register = of_month(home, MONTH)
    assert register["tried.northtown.total.plan"].label == "Northtown schemes, plan"
    assert register["tried.icb.total.plan"].label == "Example ICB schemes, plan"
