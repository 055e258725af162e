"""Notebooks are thin, committed without outputs, in the book, and run by papermill as they are."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import papermill
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
MOST_LINES = 12


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def notebook(path: Path) -> dict:  # type: ignore[type-arg]
    return json.loads(path.read_text(encoding="utf-8"))


def test_no_outputs_are_committed(notebook: dict) -> None:  # type: ignore[type-arg]
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_cells_are_thin_and_compute_nothing(notebook: dict) -> None:  # type: ignore[type-arg]
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= MOST_LINES
        for word in ("def ", "for ", "lambda", "Decimal", "pandas"):
            assert cell["cell_type"] == "markdown" or word not in source


def test_one_cell_holds_the_parameters(notebook: dict) -> None:  # type: ignore[type-arg]
    tagged = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1


def test_its_parameters_are_those_that_papermill_infers(path: Path) -> None:
    told = papermill.inspect_notebook(str(path))
    assert list(told) == ["year", "month", "place", "home", "register"]
    assert all(one["help"] for one in told.values())
    assert [told[name]["default"] for name in ("home", "register")] == ['""', '""']


def test_only_a_chapter_that_runs_after_the_others_reads_all_that_they_found(
    notebook: dict,  # type: ignore[type-arg]
) -> None:
    source = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    is_second = notebook["metadata"].get("boardpack", {}).get("wave", 1) > 1
    assert ("reads_all=True" in source) is is_second


def test_headings_begin_with_one_title_and_skip_no_level(notebook: dict) -> None:  # type: ignore[type-arg]
    levels = [
        len("".join(cell["source"]).split(" ")[0])
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_book_lists_every_notebook_once() -> None:
    toc = yaml.safe_load((PROJECT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    listed = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    assert sorted(listed) == sorted(f"notebooks/{path.stem}" for path in NOTEBOOKS)
