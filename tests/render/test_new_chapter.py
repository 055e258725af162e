"""A chapter of a home's own is begun: it works as it is, and nothing is written over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults, UsageFault
from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.blocks import Narrative, Table, Workings
from boardpack.figures.chapters import NEEDS, compute
from boardpack.render.chapters import planned_chapters, read_chapters
from boardpack.render.layout import Layout
from boardpack.render.new_chapter import begin_chapter
from boardpack.render.notebooks import run_notebooks

MONTH = Month(2023, 6)
REPORT = Path("params/report.yml")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("params", "data"):
        shutil.copytree(CHECKOUT / name, tmp_path / "home" / name)
    return tmp_path / "home"


@pytest.mark.parametrize(("place", "is_there"), [("bromley", True), ("icb", False)])
def test_it_works_as_it_is_and_its_figure_is_recorded(
    home: Path, place: str, is_there: bool
) -> None:
    """Of the whole ICB the month has no budget for the year: then there is no such figure."""
    begin_chapter(home, "our_wards", MONTH, "Our wards")
    layout = Layout(CHECKOUT, load_paper(home, MONTH, place))
    told = {"year": "2023-24", "month": "M06", "place": place, "home": str(home)}
    planned = planned_chapters(layout)
    run_notebooks(["our_wards"], told, layout.notebooks, layout.executed, planned=planned)
    (chapter,) = read_chapters(layout, ["our_wards"])
    assert chapter.title == "Our wards"
    kinds = [type(block) for block in chapter.blocks]
    assert kinds == [*([Workings] if is_there else []), Narrative, Table]
    names = list(planned)
    assert names.index("our_wards") == names.index("02_position") + 1
    said, table = chapter.blocks[-2:]
    assert isinstance(said, Narrative)
    assert f"⟦position.{place}.total.ytd_variance|" in said.markdown
    assert isinstance(table, Table)
    assert table.caption == "Each directorate to date: £000s"
    assert ("Left to spend" in [column.label for column in table.columns]) == is_there
    if not is_there:
        return
    register = compute(layout.paper, *NEEDS)
    budget, spent = (
        register.agreed(f"position.{place}.total.{name}").value
        for name in ("annual_budget", "ytd_actual")
    )
    workings = chapter.blocks[0]
    assert isinstance(workings, Workings)
    figures = {figure["id"]: figure for figure in workings.figures}
    kept = figures[f"our_wards.{place}.total.left_to_spend"]
    assert kept["value"] == str(budget - spent)


def test_it_is_listed_and_the_rest_of_the_parameters_stand_as_they_were(home: Path) -> None:
    before = (home / REPORT).read_text(encoding="utf-8")
    begin_chapter(home, "our_wards", MONTH)
    after = (home / REPORT).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.endswith("chapters:\n  our_wards: {after: position}\n")
    begin_chapter(home, "our_homes", MONTH)
    assert list(load_paper(home, MONTH).report.chapters) == ["our_homes", "our_wards"]
    cells = json.loads((home / "notebooks/our_wards.ipynb").read_text(encoding="utf-8"))["cells"]
    assert cells[0]["source"] == ["# Our wards"]
    assert [cell["metadata"] for cell in cells if cell["metadata"]] == [{"tags": ["parameters"]}]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Our wards", "cannot be a chapter's name"),
        ("cash", "The project has 'cash' already"),
        ("control", "The project has 'control' already"),
        ("_words", "cannot be a chapter's name"),
        ("changes", "The project has 'changes' already"),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused(home: Path, name: str, said: str) -> None:
    with pytest.raises(UsageFault, match=said):
        begin_chapter(home, name, MONTH)
    assert not (home / "notebooks").exists()


def test_nothing_that_stands_is_written_over(home: Path) -> None:
    begin_chapter(home, "our_wards", MONTH)
    with pytest.raises(UsageFault, match="has a chapter 'our_wards' already"):
        begin_chapter(home, "our_wards", MONTH)
    with (home / REPORT).open("a", encoding="utf-8") as file:
        file.write("  cahs: {}\n")
    with pytest.raises(InputFaults, match="Did you mean 'cash'"):
        begin_chapter(home, "our_homes", MONTH)


def test_a_list_that_is_written_in_one_line_is_left_to_its_author(home: Path) -> None:
    with (home / REPORT).open("a", encoding="utf-8") as file:
        file.write("chapters: {cash: {after: position}}\n")
    with pytest.raises(UsageFault, match="an entry on each line"):
        begin_chapter(home, "our_wards", MONTH)
    assert not (home / "notebooks").exists()


def test_the_project_itself_is_refused() -> None:
    with pytest.raises(UsageFault, match="Name a --home"):
        begin_chapter(CHECKOUT, "our_wards", MONTH)
