"""Tables whose rows are months, columns of one measure, and blanks that are a gap or are none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from month_six import paper_for
from small_bodies import MONTH
from walked import walked

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.document.blocks import Table
from boardpack.document.chapter import open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from boardpack.figures.register import Register
from boardpack.figures.schedule_figures import table_rows
from boardpack.figures.schedule_names import figure_id, period_named
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import home_schedules, schedule_faults
from declared_home import computed, declared_home

FORM = """title: Agency posts
chapter: agency
key: month
months: month
line: posts
label: Posts in {month}
totals: {month: Total}
lacking: left out
columns:
  month: word
  spend: {type: thousands, blank: to come}
  bonus: {type: thousands, blank: true}
  so_far:
    {type: thousands, blank: true, sum: [spend, bonus], running: true, sparse: true, where: spend,
     skip: total, lacking: absent}
  share:
    {type: per cent, printed: false, formula: spend / agency.icb.rule.percent * 100, skip: total}
rows:
  total: {label: Posts of the year, sum: all, sparse: true}
figures:
  - {line: rule, label: The rule, measure: percent, type: per cent, parameter: bppc_percent}
  - {line: rule, label: Gone, measure: gone, type: per cent, formula: month / 12 * 100}
table: {notes: ["{m05.spend}, {total.spend}"]}
"""
FULL = tuple(f"M{n:02d},{n}0,0,{n * (n + 1) // 2}0" for n in range(1, 7))
TO_COME = tuple(f"M{n:02d},,," for n in range(7, 13))
STEM = "agency.icb.posts"
Made = Callable[..., Register]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(*rows: str) -> Register:
        table = "\n".join(("month,spend,bonus,so_far", *rows)) + "\n"
        paper, register = computed(declared_home(tmp_path / "home", FORM, table))
        assert walked(paper.home, register).wrong == []
        return register

    return make


def changed(row: int, text: str) -> tuple[str, ...]:
    return (*FULL[: row - 1], text, *FULL[row:])


def test_a_row_of_months_is_of_its_month_and_the_papers_own_stands_without_it(
    made: Made, tmp_path: Path
) -> None:
    register = made(*FULL, *TO_COME, "Total,210,0,")
    now, may = register[f"{STEM}.spend"], register[f"{STEM}.spend.m02"]
    assert (now.value, now.period, now.line) == (60_000, "2024/25 M06", "posts")
    assert (may.value, may.period) == (20_000, "2024/25 M02")
    assert may.label == "Posts in May 2024, spend"
    whole = register[f"{STEM}.spend.total"]
    assert (whole.value, whole.period) == (210_000, "2024/25")
    assert register[f"{STEM}.so_far.m03"].formula == (
        f"{STEM}.so_far.m02 + {STEM}.spend.m03 + {STEM}.bonus.m03"
    )
    assert register[f"{STEM}.so_far.m01"].formula == f"{STEM}.spend.m01 + {STEM}.bonus.m01"
    assert register[f"{STEM}.share.m01"].formula == (
        f"{STEM}.spend.m01 / agency.icb.rule.percent * 100"
    )
    assert register["agency.icb.rule.gone"].value == 50
    assert register.absent == ()
    (schedule,) = home_schedules(tmp_path / "home").values()
    paper = open_chapter("schedules", MONTH.year_folder, MONTH.code, "icb", str(tmp_path / "home"))
    rows = {row.line.line: row.figures for row in table_rows(schedule, register, paper.paper)}
    assert rows["m05"]["spend"].value == 50_000
    (table,) = declared_blocks(paper)
    assert isinstance(table, Table)
    assert [row.cells[0] for row in table.rows][-2:] == [
        "Posts in September 2024",
        "Posts of the year",
    ]
    assert (f"⟦{STEM}.spend.m05|£50k⟧" in table.notes[0], "£210k" in table.notes[0]) == (True, True)


@pytest.mark.parametrize(
    ("rows", "told", "total", "so_far"),
    [
        (FULL, [], 210_000, 210_000),
        (changed(4, "M04,,0,"), ["so_far.m04", "so_far.m05", "so_far", "spend.total"], None, None),
        (changed(6, "M06,,0,"), ["so_far", "spend.total"], None, None),
        (changed(6, "M06,,0,150"), [], 150_000, 150_000),
        (changed(6, "M06,n/a,0,"), ["spend.total"], None, None),
        (changed(6, "M06,60,,210"), [], 210_000, 210_000),
        ((*FULL, "M07,70,0,280"), [], 280_000, 210_000),
        ((*FULL, "M07,,3,"), [], 210_000, 210_000),
        (changed(3, "M03,30,0,61"), [], 210_000, 210_000),
        (FULL[1:], [f"so_far{end}" for end in (".m02", ".m03", ".m04", ".m05", "")], 200_000, None),
    ],
)
def test_a_blank_of_a_month_that_is_over_is_a_gap(
    made: Made, rows: tuple[str, ...], told: list[str], total: int | None, so_far: int | None
) -> None:
    register = made(*rows)
    assert [one.id.removeprefix(f"{STEM}.") for one in register.absent] == told
    for name, value in (("spend.total", total), ("so_far", so_far)):
        found = register[f"{STEM}.{name}"].value if f"{STEM}.{name}" in register else None
        assert found == value
    assert f"{STEM}.so_far.m08" not in register


def test_of_a_column_that_no_month_has_there_is_no_total(made: Made) -> None:
    register = made(*(row.replace(",0,", ",,") for row in FULL))
    assert f"{STEM}.bonus.total" not in register
    assert register.absent == ()


BALANCE = """title: Reserves
chapter: reserves
key: line
needs: [Opening, Left]
columns:
  line: text
  now: {type: thousands, measure: amount}
  before: {type: thousands, measure: amount, period: PERIOD}
  movement: {type: thousands, formula: now - before}
rows:
  left: {sum: all}
figures:
  - {line: share, label: Share, measure: left, type: per cent,
     formula: left.now / opening.now * 100}
  - {line: said, label: As said, measure: left, type: pounds, stated: agency.icb.other.left}
agrees:
  - {title: One, figure: left.before, equals: opening.movement}
"""


@pytest.mark.parametrize(("printed", "left"), [(4, 4000), (5, 5000), (9, 4000)])
def test_two_columns_of_one_measure_differ_by_their_month(
    tmp_path: Path, printed: int, left: int
) -> None:
    table = f"line,now,before,movement\nOpening,10,12,-2\nUses,-6,-5,-1\nLeft,{printed},7,-3\n"
    form = BALANCE.replace("PERIOD", "prior month in year")
    paper, register = computed(declared_home(tmp_path / "home", form, table))
    before = register["reserves.icb.left.amount.m05"]
    assert (before.value, before.period) == (7000, "2024/25 M05")
    assert before.formula == "reserves.icb.opening.amount.m05 + reserves.icb.uses.amount.m05"
    assert register.agreed("reserves.icb.left.amount").value == left
    assert register["reserves.icb.uses.movement"].value == -1000
    assert register["reserves.icb.share.left"].value == Decimal(left) / 100
    again = walked(paper.home, register)
    assert (again.wrong, again.left) == ([], {})


@pytest.mark.parametrize(
    ("number", "period", "named", "end"),
    [
        (6, "to date", "2024/25 M06", ""),
        (6, "year", "2024/25", ""),
        (6, "prior month", "2024/25 M05", ".m05"),
        (1, "prior month", "2023/24 M12", ".2023_24_m12"),
        (6, "prior month in year", "2024/25 M05", ".m05"),
        (1, "prior month in year", "2024/25", ".m00"),
        (1, "prior year", "2023/24", ".2023_24"),
    ],
)
def test_a_measure_of_another_period_ends_with_it(
    number: int, period: str, named: str, end: str
) -> None:
    month = Month(2024, number)
    paper = paper_for().model_copy(update={"month": month})
    column = {"type": "thousands", "measure": "amount", "period": period}
    form = {"title": "T", "chapter": "c", "key": "line", "columns": {"line": "text", "was": column}}
    schedule = Schedule.model_validate(form)
    assert period_named(paper, period) == named
    found = figure_id(schedule, paper, "icb", "a", "was")
    assert found == f"c.icb.a.amount{end}"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("a,1,1,1,1", "b,1,1,,"), []),
        (("a,1,1,1,1", "b,,,1,1"), []),
        (("a,1,1,1,1", "b,1,,,"), []),
        (("a,1,1,1,1", "b,,,,"), ["b.actual"]),
        (("a,1,1,1,1", "b,n/a,n/a,n/a,n/a"), []),
        (("a,,,1,1", "b,,,1,"), ["a.target", "a.actual", "b.target", "b.actual"]),
        (("a,1,1,,",), ["a.year_target", "a.year_actual"]),
    ],
)
def test_a_row_may_leave_blank_what_others_have_and_not_everything(
    rows: tuple[str, ...], told: list[str], tmp_path: Path
) -> None:
    cells = "".join(
        f"  {name}: {{type: thousands, blank: in part, period: {period}}}\n"
        for name, period in (
            ("target", "to date"),
            ("actual", "to date"),
            ("year_target", "year"),
            ("year_actual", "year"),
        )
    )
    form = f"title: T\nchapter: tried\nkey: line\ncolumns:\n  line: word\n{cells}"
    table = "\n".join(("line,target,actual,year_target,year_actual", *rows)) + "\n"
    _, register = computed(declared_home(tmp_path / "home", form, table))
    assert [one.id.removeprefix("tried.icb.") for one in register.absent] == told


WRONG = {
    "another key": ("key: month\n", "key: [month, spend]\n", "in a table of months"),
    "no line": ("line: posts\n", "", "one line without brackets"),
    "places": ("key: month\n", "key: month\nscope: place\n", "key: [month, place]"),
    "a column of months that is none": ("months: month", "months: months", "a column"),
    "months that nothing tells": ("months: month\n", "", "the key months, which this needs"),
    "what runs on and adds nothing": ("sum: [spend, bonus], ", "formula: spend, ", "a sum"),
    "a needed column that is none": ("where: spend", "where: spent", "'spend'"),
    "a parameter that is none": (
        "parameter: bppc_percent",
        "parameter: bppc_percents",
        "'bppc_percent'",
    ),
    "what nobody can have said": ("parameter: bppc_percent", "stated: bppc", "an id: chapter.pl"),
    "a blank that is none": ("blank: to come", "blank: coming", "to come"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_is_wrong_in_a_form_of_months_is_told(name: str, tmp_path: Path) -> None:
    before, after, said = WRONG[name]
    assert before in FORM
    home = declared_home(tmp_path / "home", FORM.replace(before, after, 1), "month\n")
    with pytest.raises(InputFaults) as caught:
        home_schedules(home)
    assert said in str(caught.value)


def test_the_form_that_is_tried_is_right(tmp_path: Path) -> None:
    (schedule,) = home_schedules(declared_home(tmp_path / "home", FORM, "month\n")).values()
    assert list(schedule_faults(schedule, "x.yml")) == []
