"""Declared tables with kinds across and places down, and with groups that have headings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from small_bodies import MONTH
from walked import walked

from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.document.blocks import Table
from boardpack.document.chapter import open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from boardpack.figures.register import Register
from boardpack.schedules.load import home_schedules
from declared_home import computed, declared_home

KINDS = """title: Savings by kind
chapter: tried
scope: place
whole: summed
key: place
label: "{place} savings"
columns:
  place: word
  planned: {type: pounds, period: year, blank: told, label: total}
  drugs: {type: pounds, line: drugs, measure: saved, blank: true, sparse: true, label: Drugs}
  estates: {type: pounds, line: estates, measure: saved, blank: true, sparse: true, label: Estates}
  saved: {type: pounds, sum: [drugs, estates], sparse: true, blank: true, label: total}
  left: {type: pounds, formula: planned - saved, printed: false, lacking: left out, label: total}
"""
HEAD = "place,planned,drugs,estates,saved\n"


def of(home: Path, *rows: str) -> tuple[Paper, Register]:
    return computed(declared_home(home, KINDS, HEAD + "\n".join(rows) + "\n"))


def held_a_second_time(paper: Paper, register: Register) -> None:
    """Every figure comes out the same from its own formula or cells."""
    again = walked(paper.home, register)
    assert (again.wrong, again.left) == ([], {})


def test_a_column_is_a_line_of_its_own(tmp_path: Path) -> None:
    paper, register = of(
        tmp_path / "home", "northtown,20,10,5,15", "southtown,30,7,NA,7", "icb,50,17,5,22"
    )
    assert register["tried.northtown.drugs.saved"].label == "Northtown savings, Drugs, saved"
    assert register["tried.northtown.total.saved"].label == "Northtown savings, total, saved"
    drugs = register["tried.icb.drugs.saved"]
    assert drugs.formula == "tried.northtown.drugs.saved + tried.southtown.drugs.saved"
    assert "tried.southtown.estates.saved" not in register
    assert register["tried.icb.estates.saved"].value == 5
    assert register["tried.icb.total.left"].value == 28
    failing = [c.id for c in run_checks(register, paper, complete=False) if c.status == "fail"]
    assert failing == []
    held_a_second_time(paper, register)


@pytest.mark.parametrize(("printed", "total"), [("5", 5), ("6", 5), ("7", None), ("", None)])
def test_a_kind_that_is_blank_is_nil_where_the_whole_body_s_print_says_so(
    tmp_path: Path, printed: str, total: int | None
) -> None:
    paper, register = of(
        tmp_path / "home", "northtown,20,10,5,15", "southtown,30,7,,", f"icb,50,17,{printed},22"
    )
    found = register["tried.icb.estates.saved"].value if total else None
    assert found == total
    assert register.is_absent("tried.icb.estates.saved") is (total is None)
    held_a_second_time(paper, register)


def test_a_kind_that_no_place_has_is_no_line_of_the_whole_body(tmp_path: Path) -> None:
    paper, register = of(tmp_path / "home", "northtown,20,10,,10", "southtown,30,7,NA,7")
    assert not register.knows("tried.icb.estates.saved")
    assert register["tried.icb.total.saved"].value == 17
    held_a_second_time(paper, register)


@pytest.mark.parametrize(("planned", "told"), [("", True), ("NA", False), ("20", False)])
def test_a_blank_that_is_to_be_told_is_a_gap(tmp_path: Path, planned: str, told: bool) -> None:
    _, register = of(tmp_path / "home", f"northtown,{planned},10,5,15")
    assert register.is_absent("tried.northtown.total.planned") is told


@pytest.mark.parametrize("wrong", ["key: [place, drugs]", "line: x", "rows: {all: {sum: all}}"])
def test_lines_across_are_of_places(tmp_path: Path, wrong: str) -> None:
    key = wrong.split(":")[0]
    kept = [line for line in KINDS.splitlines() if not line.startswith(f"{key}:")]
    home = declared_home(tmp_path / "home", "\n".join([*kept, wrong]) + "\n", HEAD)
    with pytest.raises(InputFaults, match="where columns are lines of their own"):
        home_schedules(home)


GROUPS = """title: Plan
chapter: tried
key: [group, scheme]
label: "{scheme}"
totals: {scheme: Total}
columns:
  group: {type: word, names: {core: Core services, more: Further services, all: All}}
  scheme: text
  spend: {type: pounds, period: 2019/20, blank: in part, added: false}
  saving: {type: pounds, blank: told}
subtotals:
  - {by: group, label: "{group}, total", heading: "{group}"}
rows:
  both_total: {label: Both, sum: [core_total, more_total]}
  all_total: {label: All, sum: [both_total]}
table: {words: [group]}
"""
ROWS = ("core,One,100,10", "core,Two,,20", "core,Total,,30", "more,One,,5")


def grouped(home: Path, *rows: str) -> tuple[Paper, Register]:
    return computed(declared_home(home, GROUPS, "\n".join(("group,scheme,spend,saving", *rows))))


def test_groups_have_their_names_in_print_and_a_heading(tmp_path: Path) -> None:
    paper, register = grouped(tmp_path / "home", *ROWS)
    assert register["tried.icb.core_one.spend"].period == "2019/20"
    assert register["tried.icb.core_total.saving"].label == "Core services, total, saving"
    assert "tried.icb.core_total.spend" not in register
    assert not register.is_absent("tried.icb.core_total.spend")
    assert register["tried.icb.all_total.saving"].value == Decimal(35)
    opened = open_chapter("schedules", MONTH.year_folder, MONTH.code, "icb", str(paper.home))
    (table,) = declared_blocks(opened)
    assert isinstance(table, Table)
    assert [(row.kind, row.cells[0]) for row in table.rows] == [
        ("heading", "Core services"),
        ("line", "One"),
        ("line", "Two"),
        ("subtotal", "Core services, total"),
        ("heading", "Further services"),
        ("line", "One"),
        ("subtotal", "Further services, total"),
        ("subtotal", "Both"),
        ("total", "All"),
    ]
    assert [row.cells[1] for row in table.rows if len(row.cells) > 1][:2] == ["core", "core"]
    held_a_second_time(paper, register)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS, set()),
        (("core,One,100,", "core,Two,,20"), {"core_one.saving"}),
        (("core,One,100,10", "core,Two,,"), {"core_two.saving"}),
        (("core,One,,10", "core,Two,,20"), {"core_one.spend", "core_two.spend"}),
        (("core,One,100,10", "core,Two,100,"), {"core_two.saving"}),
    ],
)
def test_what_a_row_leaves_blank_is_told_once(
    tmp_path: Path, rows: tuple[str, ...], told: set[str]
) -> None:
    _, register = grouped(tmp_path / "home", *rows)
    cells = (f"core_{row}.{name}" for row in ("one", "two") for name in ("spend", "saving"))
    assert {cell for cell in cells if register.is_absent(f"tried.icb.{cell}")} == told


def test_a_group_that_the_form_does_not_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="found 'other'"):
        grouped(tmp_path / "home", "other,One,1,1")


SHARES = """title: Programmes
chapter: tried
key: programme
columns:
  programme: word
  counts: {type: word, words: [yes it, not it], never: {yes it: [pilot, one-off]}}
  spend: pounds
  share: {type: per cent, formula: spend / group.spend * 100, printed: false, lacking: left out}
  needed: {type: pounds, formula: spend * 2, printed: false, only: yes_it_total}
subtotals:
  - {by: counts}
"""


def shares(home: Path, *rows: str) -> tuple[Paper, Register]:
    return computed(declared_home(home, SHARES, "\n".join(("programme,counts,spend", *rows))))


def test_a_share_is_of_the_row_s_own_group_and_a_column_of_one_group(tmp_path: Path) -> None:
    paper, register = shares(
        tmp_path / "home", "Crisis,yes it,30", "Liaison,yes it,10", "Pilot,not it,5"
    )
    share = register["tried.icb.crisis.share"]
    assert share.formula == "tried.icb.crisis.spend / tried.icb.yes_it_total.spend * 100"
    assert share.value == 75
    assert register["tried.icb.pilot.share"].value == 100
    assert not register.knows("tried.icb.yes_it_total.share")
    assert register["tried.icb.yes_it_total.needed"].value == 80
    assert register["tried.icb.liaison.needed"].value == 20
    assert not register.knows("tried.icb.pilot.needed")
    assert not register.knows("tried.icb.not_it_total.needed")
    held_a_second_time(paper, register)


@pytest.mark.parametrize("name", ["A PILOT of care", "One-off grant"])
def test_a_name_that_may_never_say_so_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputFaults, match=r"not it: .* in its name is never yes it") as caught:
        shares(tmp_path / "home", "Crisis,yes it,30", f"{name},yes it,10")
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, "counts")]


def test_two_names_of_one_line_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="differs from row 2 in letters or digits"):
        shares(tmp_path / "home", "Crisis care,yes it,30", "Crisis-care,not it,10")


def test_what_may_never_be_said_is_a_word_of_the_column(tmp_path: Path) -> None:
    form = SHARES.replace("never: {yes it:", "never: {yes:")
    with pytest.raises(InputFaults, match="one of the words that the column may say"):
        home_schedules(declared_home(tmp_path / "home", form))


def test_a_group_is_one_of_subtotals(tmp_path: Path) -> None:
    form = SHARES.partition("subtotals:")[0]
    with pytest.raises(InputFaults, match="subtotals, of which group is"):
        home_schedules(declared_home(tmp_path / "home", form))
