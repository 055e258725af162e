"""What a declared table shows, and the same figures by the second implementation."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_bodies import MONTH
from walked import walked

from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.document.blocks import Chart, Narrative, NotSupplied, Number, Table
from boardpack.document.chapter import ChapterPaper, open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from boardpack.document.totals import sums
from boardpack.outputs.data.data_dictionary import data_dictionary
from boardpack.render.chapter_plan import plan_of
from declared_home import block_of, computed, declared_home, table_of

PROJECT = Path(__file__).resolve().parents[2]


def opened(home: Path) -> ChapterPaper:
    return open_chapter("schedules", MONTH.year_folder, MONTH.code, "icb", str(home))


def test_the_example_of_the_page_is_shown_as_the_page_says(tmp_path: Path) -> None:
    paper = opened(declared_home(tmp_path / "home"))
    said, chart, table = declared_blocks(paper)
    assert paper.owns == ("adult_care",)
    assert isinstance(said, Narrative)
    assert said.markdown == (
        "Adult social care is ⟦adult_care.icb.all_total.variance|£60k overspent⟧ to date, of a"
        " budget of ⟦adult_care.icb.all_total.budget|£7.8m⟧."
    )
    assert isinstance(chart, Chart)
    assert chart.categories == ("Residential care", "Home care", "Supported living")
    assert "£60k overspent" in chart.title
    assert isinstance(table, Table)
    assert [column.label for column in table.columns] == [
        "Service",
        "Budget",
        "Actual",
        "(Over) / under",
        "Forecast outturn",
        "Left at the year's end",
        "Spent",
    ]
    assert [(row.cells[0], row.kind) for row in table.rows][2:] == [
        ("Older people, total", "subtotal"),
        ("Supported living", "line"),
        ("All adult social care", "total"),
    ]
    assert all(one.adds_up for one in sums(table))
    assert sum(1 for _ in sums(table)) == 10
    assert len(block_of("yaml").splitlines()) <= 25  # two files, and a form of a few lines


@pytest.mark.parametrize(
    ("sense", "words"),
    [
        ("spend", "£60k overspent"),
        ("limit", "£60k over the limit"),
        ("reach", "£60k ahead of plan"),
    ],
)
def test_the_words_of_a_sentence_follow_sign_and_sense(
    tmp_path: Path, sense: str, words: str
) -> None:
    form = block_of("yaml").replace("sense: spend", f"sense: {sense}")
    table = block_of("csv")
    if sense == "reach":
        table = table.replace("(", "@").replace(")", "").replace("@", "")
    home = declared_home(tmp_path / "home", form, table)
    said, *_ = declared_blocks(opened(home))
    assert isinstance(said, Narrative)
    assert words in said.markdown


@pytest.mark.parametrize("name", ["{all_total.varience}", "{moon}", "{all_total.budget | cash}"])
def test_a_name_in_a_sentence_that_is_none_is_told(tmp_path: Path, name: str) -> None:
    form = block_of("yaml").replace("{all_total.variance} to date, of", f"{name} of")
    home = declared_home(tmp_path / "home", form)
    with pytest.raises(InputFaults, match=r"column sentence"):
        list(declared_blocks(opened(home)))


def test_a_table_that_did_not_come_is_said_to_be_missing(tmp_path: Path) -> None:
    form = block_of("yaml") + "if_there: true\n"
    home = declared_home(tmp_path / "home", form)
    table_of(home).unlink()
    (block,) = declared_blocks(opened(home))
    assert isinstance(block, NotSupplied)


def test_a_total_of_which_a_part_is_blank_is_no_sum_of_what_is_shown(tmp_path: Path) -> None:
    form = "title: T\nchapter: tried\nkey: line\nlacking: as printed\ncolumns:\n  line: word\n"
    form += "  amount: {type: millions, blank: true}\nrows:\n  total: {sum: all}\n"
    home = declared_home(tmp_path / "home", form, "line,amount\na,3\nb,\nTotal,7\n")
    (table,) = declared_blocks(opened(home))
    assert isinstance(table, Table)
    assert [row.is_sum for row in table.rows if row.kind == "total"] == [False]
    assert "A blank cell is blank in the source" in table.notes[0]
    assert table.unit == "£ millions"


def test_only_a_home_that_declares_tables_has_the_chapter(tmp_path: Path) -> None:
    home = declared_home(tmp_path / "home")
    names = [one.name for part in plan_of(PROJECT, home, {}) for one in part.chapters]
    assert "27_schedules" in names
    (home / "params/schedules/adult_care.yml").unlink()
    names = [one.name for part in plan_of(PROJECT, home, {}) for one in part.chapters]
    assert "27_schedules" not in names


def test_the_dictionary_tells_the_tables_measures(tmp_path: Path) -> None:
    paper, register = computed(declared_home(tmp_path / "home"))
    text = data_dictionary(paper, register)
    assert "| `variance` | £000s | to date | computed: budget - actual |" in text
    assert "adult_care.csv: Adult social care. One row for each section and service." in text


@pytest.mark.parametrize(
    ("other", "status"),
    [("all_total.annual_budget", "fail"), ("adult_care.icb.other.forecast", "not_applicable")],
)
def test_two_figures_that_are_one_quantity_are_held_together(
    tmp_path: Path, other: str, status: str
) -> None:
    form = block_of("yaml")
    form += f"agrees:\n  - {{title: One, figure: all_total.forecast, equals: {other}}}\n"
    paper, register = computed(declared_home(tmp_path / "home", form))
    checks = run_checks(register, paper, complete=False)
    found = [check.status for check in checks if check.title.split(":")[0] == "One"]
    assert found == [status]


def test_the_second_implementation_comes_to_the_same(tmp_path: Path) -> None:
    home = declared_home(tmp_path / "home")
    again = walked(home, computed(home)[1])
    assert (again.wrong, again.left) == ([], {})


@pytest.mark.parametrize(
    ("sense", "actual", "printed"),
    [
        ("spend", 11, ("(1)", True)),
        ("spend", 9, ("1", False)),
        ("limit", 11, ("(1)", True)),
        ("reach", 9, ("(1)", True)),
        ("reach", 11, ("1", False)),
        ("income", 9, ("(1)", True)),
        ("income", 10, ("-", False)),
    ],
)
def test_what_is_not_to_spare_is_bad_news_whatever_its_column_is_called(
    sense: str, actual: int, printed: tuple[str, bool], tmp_path: Path
) -> None:
    form = f"""title: T
chapter: tried
key: line
sense: {sense}
columns:
  line: text
  aim: thousands
  reached: thousands
  against: {{type: thousands, against: [aim, reached], printed: false}}
"""
    home = declared_home(tmp_path / "home", form, f"line,aim,reached\nBeds,10,{actual}\n")
    (table,) = declared_blocks(opened(home))
    assert isinstance(table, Table)
    cells = [cell for cell in table.rows[0].cells if isinstance(cell, Number)]
    assert (cells[2].text, cells[2].adverse) == printed
    assert [cell.adverse for cell in cells[:2]] == [False, False]
