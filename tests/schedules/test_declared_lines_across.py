"""A declared table of places whose columns are lines: parts, what is keyed, data in arrears."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from small_bodies import MONTH
from walked import walked

from boardpack.core.errors import InputFaults
from boardpack.core.home import run_file
from boardpack.document.blocks import Table
from boardpack.document.chapter import open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from boardpack.figures.register import Register
from boardpack.schedules.load import home_schedules
from declared_home import computed, declared_home

FORM = """title: Care bought
chapter: tried
scope: place
whole: complete
central: true
in_arrears: prescribing_months_of_data
key: place
label: "{place}"
columns:
  place: word
  homes: {type: pounds, line: homes, measure: spend, blank: true, sparse: true, label: Homes}
  refund:
    {type: pounds, line: refund, measure: spend, blank: true, sparse: true, known: true,
     label: Refund}
  spend: {type: pounds, line: bill, label: Bill, blank: true, sparse: true, sum: [homes, refund]}
  year:
    {type: pounds, line: bill, label: Bill, period: year, blank: true, keyed: central, added: true,
     formula: (spend - refund) * 12 / month + refund, otherwise: spend * 12 / month}
"""
NORTH, SOUTH = "northtown,100,-10,90,170", "southtown,50,,50,100"
CENTRAL, BODY = "central,,,0,7", "icb,150,-10,140,277"
Made = Callable[..., Register]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(*rows: str, data: int = 6) -> Register:
        table = "\n".join(("place,homes,refund,spend,year", *rows)) + "\n"
        home = declared_home(tmp_path / "home", FORM, table)
        run = home / run_file(MONTH)
        text = run.read_text("utf-8").replace("months_of_data: 4", f"months_of_data: {data}")
        run.write_text(text, "utf-8")
        register = computed(home)[1]
        again = walked(home, register)
        assert (again.wrong, again.left) == ([], {})
        return register

    return make


def value(register: Register, identity: str) -> Decimal | None:
    identity = f"tried.{identity}"
    return register.agreed(identity).value if identity in register else None


def test_columns_are_lines_of_their_place_and_add_up_across_and_down(made: Made) -> None:
    register = made(NORTH, SOUTH, CENTRAL, BODY)
    assert value(register, "northtown.homes.spend") == 100
    assert value(register, "northtown.bill.spend") == 90
    assert value(register, "icb.homes.spend") == 150
    assert register["tried.northtown.refund.spend"].label == "Northtown, Refund, spend"


def test_a_forecast_counts_what_comes_once_and_its_total_is_added_up(made: Made) -> None:
    register = made(NORTH, SOUTH, CENTRAL, BODY)
    assert value(register, "northtown.bill.year") == 190
    assert value(register, "southtown.bill.year") == 100
    assert value(register, "central.bill.year") == 7
    assert value(register, "icb.bill.year") == 297
    assert register["tried.icb.bill.year.printed"].value == 277


def test_what_nobody_has_is_no_line_of_the_body(made: Made) -> None:
    register = made("northtown,100,,100,200", SOUTH, "icb,150,,150,300")
    assert not register.knows("tried.icb.refund.spend")


def test_a_place_that_has_no_row_leaves_the_body_without_its_sum(made: Made) -> None:
    register = made(NORTH, CENTRAL, "icb,150,,140,277")
    assert value(register, "northtown.bill.spend") == 90
    assert value(register, "icb.bill.spend") is None
    assert register.is_absent("tried.icb.bill.spend")
    assert register.is_absent("tried.icb.bill.year")


@pytest.mark.parametrize(("data", "estimated"), [(5, True), (6, False)])
def test_what_rests_on_months_without_data_is_an_estimate(
    data: int, estimated: bool, made: Made
) -> None:
    register = made(NORTH, SOUTH, BODY, data=data)
    assert register["tried.northtown.homes.spend"].is_estimate is estimated
    assert register["tried.icb.bill.year"].is_estimate is estimated
    assert not register["tried.northtown.refund.spend"].is_estimate


def test_the_table_shows_a_row_for_each_place(tmp_path: Path) -> None:
    table = f"place,homes,refund,spend,year\n{NORTH}\n{SOUTH}\n{BODY}\n"
    home = declared_home(tmp_path / "home", FORM, table)
    paper = open_chapter("schedules", "2024-25", "M06", "icb", str(home), owns=["tried"])
    (shown,) = (block for block in declared_blocks(paper) if isinstance(block, Table))
    assert [row.cells[0] for row in shown.rows][:2] == ["Northtown", "Southtown"]
    assert getattr(shown.rows[0].cells[1], "text", "") == "100"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("key: place\n", "key: place\nline: bill\n", "key: place, no line and no rows"),
        ("otherwise: spend * 12", "otherwise: spent * 12", "'spend'"),
        ("formula: (spend - refund) * 12 / month + refund, ", "", "a formula, which this"),
        ("prescribing_months_of_data", "months_of_data", "prescribing_months_of_data"),
    ],
)
def test_what_is_wrong_is_told(before: str, after: str, said: str, tmp_path: Path) -> None:
    assert before in FORM
    home = declared_home(tmp_path / "home", FORM.replace(before, after, 1), "place\n")
    with pytest.raises(InputFaults) as caught:
        home_schedules(home)
    assert said in str(caught.value)
