"""A declared table with a row for each month of each place: years, a row of the year, a rate."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults
from boardpack.document.blocks import Table
from boardpack.document.chapter import open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from boardpack.figures.register import Register
from boardpack.schedules.load import home_schedules
from declared_home import computed, declared_home

FORM = """title: Beds
chapter: tried
scope: place
whole: complete
key: [year, month, place]
months: month
years: year
year_row: Plan
line: beds
label: "{place}, beds"
lacking: left out
columns:
  year: word
  month: word
  place: word
  stays: count
  price: {type: pounds a client a month, of_total: cost / stays}
  cost: {type: pounds, formula: stays * price, added: true, printed: false}
"""
ROWS = (
    "2023/24,M12,northtown,1,10",
    "2023/24,M12,southtown,3,20",
    "2024/25,Plan,northtown,2,10",
    "2024/25,M05,northtown,5,10",
    "2024/25,M06,northtown,2,10",
    "2024/25,M06,southtown,6,30",
)
Made = Callable[..., Register]


def home_of(tmp_path: Path, *rows: str) -> Path:
    table = "\n".join(("year,month,place,stays,price", *rows)) + "\n"
    return declared_home(tmp_path / "home", FORM, table)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return lambda *rows: computed(home_of(tmp_path, *(rows or ROWS)))[1]


@pytest.mark.parametrize(
    ("identity", "value", "period"),
    [
        ("northtown.beds.stays", 2, "2024/25 M06"),
        ("northtown.beds.stays.m05", 5, "2024/25 M05"),
        ("northtown.beds.stays.2023_24_m12", 1, "2023/24 M12"),
        ("northtown.beds.plan_stays", 2, "2024/25"),
        ("northtown.beds.plan_cost", 20, "2024/25"),
        ("icb.beds.stays", 8, "2024/25 M06"),
        ("icb.beds.cost", 200, "2024/25 M06"),
        ("icb.beds.price", 25, "2024/25 M06"),
        ("icb.beds.price.2023_24_m12", Decimal("17.5"), "2023/24 M12"),
    ],
)
def test_each_month_of_a_place_and_of_all(
    identity: str, value: Decimal, period: str, made: Made
) -> None:
    figure = made().agreed(f"tried.{identity}")
    assert (figure.value, figure.period) == (value, period)


def test_a_month_that_a_place_lacks_has_no_total(made: Made) -> None:
    register = made()
    for measure in ("stays.m05", "cost.m05", "price.m05", "plan_stays", "plan_price"):
        assert not register.knows(f"tried.icb.beds.{measure}")


def test_a_price_of_no_stays_is_none(made: Made) -> None:
    register = made("2024/25,M06,northtown,0,10", "2024/25,M06,southtown,0,30")
    assert register["tried.icb.beds.stays"].value == 0
    assert "tried.icb.beds.price" not in register


def test_the_table_shows_places_down_and_months_across(tmp_path: Path) -> None:
    home = home_of(tmp_path, *ROWS)
    paper = open_chapter("schedules", "2024-25", "M06", "icb", str(home), owns=["tried"])
    (table,) = (block for block in declared_blocks(paper) if isinstance(block, Table))
    months = ["Plan", "March 2024", "August 2024", "September 2024"]
    assert [column.label for column in table.columns[1:5]] == months
    assert [row.cells[0] for row in table.rows] == ["Northtown", "Southtown", paper.place_name]
    shown = [getattr(cell, "text", cell) for cell in table.rows[0].cells[1:5]]
    assert shown == ["2", "1", "5", "2"]
    assert table.rows[-1].kind == "total"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[year, month, place]", "[month, place]", "key: [year, month, place]"),
        ("months: month\n", "", "months, which this needs"),
        ("of_total: cost / stays", "of_total: costs / stays", "'cost'"),
        ("year_row: Plan", "year_row: the plan", "one word"),
    ],
)
def test_what_is_wrong_is_told(before: str, after: str, said: str, tmp_path: Path) -> None:
    assert before in FORM
    home = declared_home(tmp_path / "home", FORM.replace(before, after, 1), "year\n")
    with pytest.raises(InputFaults) as caught:
        home_schedules(home)
    assert said in str(caught.value)


def test_a_year_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="2024/25"):
        computed(home_of(tmp_path, "this year,M06,northtown,1,10"))
