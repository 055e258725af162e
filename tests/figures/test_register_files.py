"""A register in files, a chapter each: what a notebook reads there is what it would compute."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, copied_home

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.core.seen import seeing
from boardpack.figures import register_files
from boardpack.figures.chapters import (
    NEEDS,
    chapters_of,
    compute,
    compute_with_movements,
    read_with_movements,
    write_all,
)

HIGHEST = 100
"""So many people, and a count of them may not be shown: most counts of clients of a place."""


@pytest.fixture(scope="module", params=[7, HIGHEST], ids=["as it is", "with small numbers"])
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The real month, which has earlier papers to compare with; as it is, or with most hidden."""
    home = copied_home(PROJECT, tmp_path_factory.mktemp("files"))
    report = home / "params" / "report.yml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("highest: 7}", f"highest: {request.param}}}"), encoding="utf-8")
    return load_paper(home, Month(2023, 6), "bromley")


@pytest.fixture(scope="module")
def folder(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("register")
    write_all(paper, found)
    return found


@pytest.mark.parametrize("chapter", NEEDS)
def test_a_chapter_read_is_the_chapter_computed(chapter: str, paper: Paper, folder: Path) -> None:
    read, computed = (
        read_with_movements(paper, folder, chapter),
        compute_with_movements(paper, chapter),
    )
    assert read.to_json() == computed.to_json()
    assert list(read) == list(computed)
    assert read.absent == computed.absent
    assert (read.ids is None) == (computed.ids is None)


def test_all_chapters_read_are_the_whole_register_in_its_order(paper: Paper, folder: Path) -> None:
    whole = compute(paper, *chapters_of(paper))
    assert read_with_movements(paper, folder, *chapters_of(paper)).to_json() == whole.to_json()
    assert [one for one in whole if one.chapter == "movements"]


def test_a_movement_of_a_number_that_is_hidden_is_hidden_in_its_own_chapter(paper: Paper) -> None:
    own = compute_with_movements(paper, "chc")
    whole = compute(paper, *chapters_of(paper))
    hidden = {figure.id for figure in whole.suppressed}
    assert bool(hidden) == (paper.report.small_numbers.highest == HIGHEST)
    assert not [figure.id for figure in own if figure.id in hidden]


def test_a_notebook_looks_at_the_chapters_that_it_needs_also_where_they_were_read_before(
    paper: Paper, folder: Path
) -> None:
    for _ in range(2):
        with seeing() as seen:
            read_with_movements(paper, folder, "section75", "efficiency")
        assert {Path(file).name for file in seen.files} >= {"section75.json", "efficiency.json"}
        assert not {Path(file).name for file in seen.files} & {"chc.json", "movements.json"}


def test_a_file_that_has_not_changed_is_left_and_one_that_has_is_read_again(
    paper: Paper, tmp_path: Path
) -> None:
    register = compute(paper, *chapters_of(paper))
    register_files.write_register_files(tmp_path, chapters_of(paper), register)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert len(before) == len(chapters_of(paper)) + 1
    read = read_with_movements(paper, tmp_path, "efficiency")
    first = next(figure for figure in read if figure.chapter == "efficiency")
    register.suppress(first.id)
    register_files.write_register_files(tmp_path, chapters_of(paper), register)
    changed = {file.stem for file, time in before.items() if file.stat().st_mtime_ns != time}
    assert changed == {"efficiency"}
    assert read_with_movements(paper, tmp_path, "efficiency").is_suppressed(first.id)
