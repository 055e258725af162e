"""What a home says of chapters: which are printed, in which order, and what cannot be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from boardpack.core.errors import BuildFault, InputFaults
from boardpack.core.home_chapters import ChapterEntry
from boardpack.core.in_print import InPrint
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.chapter_plan import plan_faults, plan_of
from boardpack.render.chapters import own_chapters
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.new_chapter import begin_chapter
from boardpack.render.products import _print_job

TOC = """
parts:
- caption: Board paper
  chapters:
  - file: notebooks/01_summary
  - file: notebooks/02_position
  - file: notebooks/18_cash
- caption: Assurance
  chapters:
  - file: notebooks/21_assurance
"""
TITLED = json.dumps({"cells": [{"cell_type": "markdown", "source": ["# Our wards"]}]})


def write(file: Path, text: str = TITLED) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root / "book" / "_toc.yml", TOC)
    for name in ("01_summary", "02_position", "18_cash", "21_assurance"):
        write(root / "notebooks" / f"{name}.ipynb")
    write(root / "templates" / "chapters" / "cash.md.j2", "")
    return root


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write(tmp_path / "home" / "params" / "report.yml", "chapters:\n  cash: {}\n")
    return tmp_path / "home"


def entries(**said: dict[str, Any]) -> dict[str, ChapterEntry]:
    return {name: ChapterEntry(**entry) for name, entry in said.items()}


def names(project: Path, home: Path, **said: dict[str, Any]) -> list[list[str]]:
    parts = plan_of(project, home, entries(**said))
    return [[one.name for one in part.chapters] for part in parts]


def told(project: Path, home: Path, **said: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in plan_faults(project, home, entries(**said))]


def test_a_home_that_says_nothing_has_the_projects_own_order(project: Path, home: Path) -> None:
    assert names(project, home) == [["01_summary", "02_position", "18_cash"], ["21_assurance"]]


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ({"wards": {}}, "summary position cash wards", "assurance"),
        ({"wards": {"after": "summary"}}, "summary wards position cash", "assurance"),
        ({"wards": {"before": "cash"}}, "summary position wards cash", "assurance"),
        ({"wards": {"after": "assurance"}}, "summary position cash", "assurance wards"),
        ({"cash": {"after": "summary"}}, "summary cash position", "assurance"),
        (
            {"cash": {"before": "assurance"}, "wards": {}},
            "summary position wards",
            "cash assurance",
        ),
        (
            {"wards": {"after": "cash"}, "position": {"after": "wards"}},
            "summary cash wards position",
            "assurance",
        ),
    ],
)
def test_a_chapter_stands_where_its_entry_says(
    said: dict[str, dict[str, Any]], first: str, last: str, project: Path, home: Path
) -> None:
    if "wards" in said:
        write(home / "notebooks" / "wards.ipynb")
    found = names(project, home, **said)
    assert [" ".join(n.split("_", 1)[-1] for n in part) for part in found] == [first, last]


def test_a_title_a_reason_and_the_bodys_words_go_with_the_chapter(
    project: Path, home: Path
) -> None:
    write(home / "notebooks" / "30_wards.ipynb")
    said = entries(
        cash={"leave_out": "Not ours."}, wards={"title": "Wards"}, position={"title": "Today"}
    )
    first, _ = plan_of(project, home, said, InPrint(board="committee"))
    assert first.title == "Committee paper"
    assert [(one.name, one.title, one.left_out, one.words.board) for one in first.chapters] == [
        ("01_summary", None, None, "committee"),
        ("02_position", "Today", None, "committee"),
        ("18_cash", None, "Not ours.", "committee"),
        ("30_wards", "Wards", None, "board"),
    ]


@pytest.mark.parametrize(
    ("said", "expected", "remedy"),
    [
        ({"cahs": {}}, "a chapter of the paper", "Did you mean 'cash'?"),
        ({"cash": {"after": "postion"}}, "a chapter of the paper", "Did you mean 'position'?"),
        ({"cash": {"after": "cash"}}, "another chapter beside it", ""),
        ({"summary": {"after": "cash"}}, "summary first", "Take after out."),
        ({"cash": {"before": "summary"}}, "summary first", "Say after: summary."),
        ({"summary": {"leave_out": "Long."}}, "summary in every paper: it opens the paper", ""),
        (
            {"assurance": {"leave_out": "Long."}},
            "assurance in every paper: it says what does not agree",
            "Take leave_out out.",
        ),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(
    said: dict[str, dict[str, Any]], expected: str, remedy: str, project: Path, home: Path
) -> None:
    (fault,) = told(project, home, **said)
    assert fault.startswith("params/report.yml")
    assert expected in fault
    assert remedy in fault
    with pytest.raises(InputFaults):
        plan_of(project, home, entries(**said))


def test_an_own_chapter_stands_above_the_one_that_names_it(project: Path, home: Path) -> None:
    write(home / "notebooks" / "wards.ipynb")
    (fault,) = told(project, home, cash={"after": "wards"}, wards={})
    assert "Write the entry of wards above this one." in fault
    assert told(project, home, wards={}, cash={"after": "wards"}) == []


@pytest.mark.parametrize(
    ("file", "text", "listed", "expected"),
    [
        ("wards.ipynb", TITLED, False, "an entry for it under chapters in params/report.yml"),
        ("03_cash.ipynb", TITLED, False, "a name that is not that of a chapter of the project"),
        ("cash.ipynb", TITLED, False, "a name that is not that of a chapter of the project"),
        ("control.ipynb", TITLED, False, "a name that is not that of figures of the project"),
        ("Our wards.ipynb", TITLED, False, "a name of small letters"),
        ("wards.ipynb", "{", True, "a Jupyter notebook"),
        ("wards.ipynb", '{"cells": []}', True, "a cell of text that begins with"),
    ],
)
def test_a_notebook_that_cannot_be_a_chapter_is_named(
    file: str, text: str, listed: bool, expected: str, project: Path, home: Path
) -> None:
    write(home / "notebooks" / file, text)
    (fault,) = told(project, home, **({"wards": {}} if listed else {}))
    assert fault.startswith(f"notebooks/{file}")
    assert expected in fault


def test_two_notebooks_of_one_name_are_named(project: Path, home: Path) -> None:
    write(home / "notebooks" / "wards.ipynb")
    write(home / "notebooks" / "31_wards.ipynb")
    (fault,) = told(project, home, wards={})
    assert "Keep one of 31_wards.ipynb and wards.ipynb." in fault


@pytest.mark.parametrize(
    ("file", "faults"), [("wards.md.j2", 0), ("cash.md.j2", 1), ("words.txt", 1)]
)
def test_a_template_of_the_projects_is_not_replaced(
    file: str, faults: int, project: Path, home: Path
) -> None:
    write(home / "templates" / "chapters" / file, "")
    assert len(told(project, home)) == faults


def test_the_project_as_its_own_home_has_no_chapters_but_those_it_lists(project: Path) -> None:
    write(project / "notebooks" / "wards.ipynb")
    with pytest.raises(BuildFault, match=r"wards\.ipynb is not listed in book/_toc\.yml"):
        plan_of(project, project, {})
    found = plan_of(project, project, entries(wards={"after": "position"}))
    assert [one.name for one in found[0].chapters][2] == "wards"


@pytest.mark.parametrize(
    "said",
    [
        {"after": "position", "before": "cash"},
        {"leave_out": "Long.", "title": "Cash"},
        {"leave_out": "Long.", "after": "position"},
        {"leave_out": " "},
        {"afer": "position"},
    ],
)
def test_an_entry_says_one_thing(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        ChapterEntry.model_validate(said)


def test_the_slides_are_told_which_chapters_are_the_homes_own(tmp_path: Path) -> None:
    for name in ("params", "data"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    begin_chapter(tmp_path, "our_beds", Month(2023, 6))
    layout = Layout(CHECKOUT, load_paper(tmp_path, Month(2023, 6), "bromley"))
    assert own_chapters(layout) == _print_job(layout).own == ("our_beds",)
    assert own_chapters(Layout(CHECKOUT, load_paper(CHECKOUT, Month(2023, 6), "bromley"))) == ()
