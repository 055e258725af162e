"""Whoever reads a released register says when it was altered, or leaves it alone."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from homes import PROJECT
from made_releases import FIGURE, altered, folder_of, release

from boardpack.audit.comparison.differences import diff
from boardpack.audit.evidence_papers.files import _prior
from boardpack.audit.evidence_papers.working_paper import Prior
from boardpack.audit.lineage.explain import Node, altered_below
from boardpack.audit.second.released import latest_register
from boardpack.cli.progress import say_standing
from boardpack.cli.record_lines import say_history
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.history import figure_history, history_csv
from boardpack.reading.cells import Cell
from boardpack.reading.release_records import ALTERED, FILE
from boardpack.reading.released import read_released
from boardpack.render.examined import Examined, Words
from boardpack.render.last_words import LastWords
from boardpack.render.last_year import _altered as altered_month
from boardpack.render.last_year import _released as released_month
from boardpack.render.layout import Layout
from boardpack.render.month_state import standing
from boardpack.render.status import standing_layout
from boardpack.subjects.movements import tables as movements

JULY, AUGUST, SEPTEMBER = (Month(2023, number) for number in (4, 5, 6))
NAME = f"{folder_of(AUGUST).as_posix()}/{FILE}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made") / "home"
    for name in ("params", "data/raw", "data/reference"):
        shutil.copytree(PROJECT / name, home / name)
    for month in (JULY, AUGUST):
        release(home, month, value="-1000000")
    return home


@pytest.fixture(params=[False, True], ids=["as released", "altered"])
def case(made: Path, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, bool]:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    if request.param:
        altered(home / folder_of(AUGUST), "-2000000")
    return home, request.param


@pytest.fixture
def paper(case: tuple[Path, bool]) -> Paper:
    return load_paper(case[0], SEPTEMBER, "bromley")


@pytest.fixture
def is_altered(case: tuple[Path, bool]) -> bool:
    return case[1]


def test_a_figure_knows_that_its_register_was_altered(paper: Paper, is_altered: bool) -> None:
    (figure,) = read_released(paper, AUGUST)
    assert figure.is_altered == is_altered
    assert (ALTERED in _prior(Prior("August", figure))) == is_altered


def test_history_says_it(
    paper: Paper, is_altered: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    found = figure_history(paper, FIGURE)
    say_history(found)
    said = " ".join(capsys.readouterr().out.split())
    assert (f"{NAME} {ALTERED}" in said) == is_altered
    *_, august, _ = history_csv(found).splitlines()
    assert august.endswith(",yes" if is_altered else ",")


def test_diff_says_it(paper: Paper, is_altered: bool) -> None:
    folders = (paper.home / folder_of(month) for month in (JULY, AUGUST))
    assert (f"B: {FILE} {ALTERED}" in diff(*folders).notes) == is_altered


def test_explain_says_it(paper: Paper, is_altered: bool) -> None:
    cell = SourceCell(Cell(NAME, None, 2, FIGURE, "-1000000"))
    figure = cast(Figure, SimpleNamespace(cells=(cell,)))
    above = Node(cast(Figure, SimpleNamespace(cells=())), (Node(figure),))
    assert list(altered_below(Layout(PROJECT, paper), above)) == [NAME] * is_altered


def test_the_chapter_on_movements_says_it(paper: Paper, is_altered: bool) -> None:
    chapter = cast(Any, SimpleNamespace(paper=paper))
    expected = [movements.ALTERED.format("August 2023")] * is_altered
    assert list(movements._altered(chapter)) == expected


def test_last_months_words_are_not_quoted_with_it(paper: Paper, is_altered: bool) -> None:
    words = LastWords(Layout(PROJECT, paper))
    before = Layout(PROJECT, load_paper(paper.home, SEPTEMBER, "bromley"))
    august = before.paper.model_copy(update={"month": AUGUST})
    words.__dict__["_before"] = Layout(PROJECT, august)  # as if that month had begun
    found = words._register
    assert (FIGURE in found and found[FIGURE].value == Decimal(-1000000)) == (not is_altered)


def test_last_years_history_takes_nothing_from_it(
    paper: Paper, is_altered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def lines(paper: Paper, values: dict[str, Decimal]) -> dict[str, Decimal]:
        taken.extend(values)
        return values

    monkeypatch.setattr("boardpack.render.last_year._lines", lines)
    released_month(paper, AUGUST)
    assert taken == ([] if is_altered else [FIGURE])
    assert altered_month(paper, AUGUST) == is_altered


def test_the_second_implementation_refuses_it(paper: Paper, is_altered: bool) -> None:
    folder = paper.home / folder_of(AUGUST)
    if is_altered:
        with pytest.raises(ValueError, match="2023-24/M05/bromley: the register is not what was"):
            latest_register(folder)
    else:
        assert [item["id"] for item in latest_register(folder)] == [FIGURE]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A month whose extracts say nothing: only its releases count here."""
    found, words = Examined((), 0, (), "", ()), Words((), ())
    monkeypatch.setattr("boardpack.render.month_state.examined", lambda layout: found)
    monkeypatch.setattr("boardpack.render.month_state.words_held", lambda layout: words)


@pytest.mark.usefixtures("quick")
def test_status_says_it_and_so_of_a_month_that_the_paper_does_not_read(
    paper: Paper, is_altered: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    april = release(paper.home, Month(2023, 1))
    (april / "checks.json").write_text("{}")
    now = standing(Layout(PROJECT, paper))
    say_standing(now, paper.home / "findings.txt")
    said = " ".join(capsys.readouterr().out.split())
    assert f"Not what was released: {folder_of(Month(2023, 1)).as_posix()}: checks.json" in said
    assert (f"Not what was released: {folder_of(AUGUST).as_posix()}: {FILE}" in said) == is_altered


def test_a_release_that_is_not_what_its_record_says_is_a_draft(
    paper: Paper, is_altered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boardpack.render.status._stands", lambda *told: True)
    august = paper.model_copy(update={"month": AUGUST})
    found = standing_layout(Layout(PROJECT, august)).paper
    assert found.run.status == ("draft" if is_altered else "released")
    assert (found.version is not None) == is_altered
