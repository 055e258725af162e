"""The book's order and the waves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_notebooks import WriteNotebook

from boardpack.core.errors import BuildFault
from boardpack.render.chapters import book_parts, read_chapters, waves
from boardpack.render.layout import Layout

TOC = """
format: jb-book
root: index
parts:
- caption: Board paper
  chapters:
  - file: notebooks/01_summary
  - file: notebooks/02_position
- caption: Assurance
  chapters:
  - file: notebooks/20_assurance
"""


@pytest.fixture(autouse=True)
def toc(project: Path) -> None:
    (project / "book" / "_toc.yml").write_text(TOC)


def test_the_parts_are_read_in_order(layout: Layout, write_notebook: WriteNotebook) -> None:
    for name in ("01_summary", "02_position", "20_assurance"):
        write_notebook(name, "# Title")
    parts = book_parts(layout)
    assert [part.title for part in parts] == ["Board paper", "Assurance"]
    assert [one.name for one in parts[0].chapters] == ["01_summary", "02_position"]


def test_a_notebook_says_its_wave(layout: Layout, write_notebook: WriteNotebook) -> None:
    write_notebook("01_summary", boardpack={"wave": 2})
    write_notebook("02_position")
    write_notebook("20_assurance", boardpack={"wave": 2})
    assert waves(layout) == (("02_position",), ("01_summary", "20_assurance"))


def test_the_book_and_the_notebooks_must_agree(
    layout: Layout, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_position")
    write_notebook("20_assurance")
    write_notebook("99_draft")
    with pytest.raises(BuildFault) as found:
        waves(layout)
    assert str(found.value).splitlines() == [
        "book/_toc.yml lists 01_summary, but there is no notebooks/01_summary.ipynb.",
        "notebooks/99_draft.ipynb is not listed in book/_toc.yml.",
    ]


def test_a_chapter_is_read_again_when_its_notebook_has_changed(
    layout: Layout, write_notebook: WriteNotebook
) -> None:
    for name in ("01_summary", "02_position", "20_assurance"):
        write_notebook(name, "# Title")

    def write(text: str) -> None:
        cell = {"cell_type": "markdown", "source": [f"# {text}"]}
        (layout.executed / "02_position.ipynb").write_text(json.dumps({"cells": [cell]}))

    layout.executed.mkdir(parents=True)
    write("Position")
    (first,) = read_chapters(layout, ["02_position"])
    assert read_chapters(layout, ["02_position"])[0] is first
    write("The position")
    assert read_chapters(layout, ["02_position"])[0].title == "The position"


def test_an_executed_notebook_that_is_none_is_told(
    layout: Layout, write_notebook: WriteNotebook
) -> None:
    for name in ("01_summary", "02_position", "20_assurance"):
        write_notebook(name, "# Title")
    layout.executed.mkdir(parents=True)
    (layout.executed / "02_position.ipynb").write_text("{")
    with pytest.raises(BuildFault, match=r"02_position\.ipynb is not a notebook"):
        read_chapters(layout, ["02_position"])
