"""Notebooks show their work, and are committed without outputs, in the book, run by papermill."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import papermill
import pytest
import yaml

from boardpack.document.working_cells import is_working

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
MOST_LINES = 12
LEAST_WORK = 2
SHOW_THEIR_WORK = tuple(path for path in NOTEBOOKS if path.stem < "10")
"""Those that read as the analysis; the others are still to go over."""


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


def code_of(notebook: dict) -> list[str]:  # type: ignore[type-arg]
    return ["".join(one["source"]) for one in notebook["cells"] if one["cell_type"] == "code"]


def test_cells_are_short_and_methods_stand_in_modules(notebook: dict) -> None:  # type: ignore[type-arg]
    for source in code_of(notebook):
        assert len(source.splitlines()) <= MOST_LINES
        for word in ("def ", "lambda", "class ", "Decimal"):
            assert word not in source


def test_what_is_printed_is_computed_where_its_figures_are(notebook: dict) -> None:  # type: ignore[type-arg]
    for source in (one for one in code_of(notebook) if not is_working(one)):
        for word in ("for ", ".frame(", ".sum(", "agrees("):
            assert word not in source


@pytest.mark.parametrize("path", SHOW_THEIR_WORK, ids=lambda path: path.stem)
def test_a_chapter_shows_its_work(notebook: dict) -> None:  # type: ignore[type-arg]
    source = code_of(notebook)
    assert sum("open_paper(" in one for one in source) == 1
    assert not any("open_chapter" in one for one in source)
    working = [one for one in source if is_working(one)]
    assert len(working) >= LEAST_WORK
    for one in working:  # it says in words what it shows, then shows it
        _, words, *rest = one.splitlines()
        assert words.startswith("# ")
        assert any(line and not line.startswith("#") for line in rest)


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
