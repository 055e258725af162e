"""Figures computed once: what is taken up is what computing anew gives, and no change is missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import copied_home

from boardpack.core.home import CHECKOUT
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures import chapters, computed
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.figure import Figure

CHC = "data/raw/2023-24/M06/chc_activity_price.csv"
POSITION = "data/raw/2023-24/M06/position.csv"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(CHECKOUT, tmp_path)


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chapters that are computed, as they are."""
    found: list[str] = []
    step = chapters._step

    def noted(paper: Paper, chapter: str) -> computed.Step:
        found.append(chapter)
        return step(paper, chapter)

    monkeypatch.setattr(chapters, "_step", noted)
    monkeypatch.setattr(computed, "_KEPT", {})
    return found


def paper_of(home: Path, place: str = "bromley") -> Paper:
    return load_paper(home, Month(2023, 6), place)


def figures(paper: Paper, *names: str) -> list[Figure]:
    return list(compute(paper, *names))


def anew(paper: Paper, *names: str) -> list[Figure]:
    computed._KEPT.clear()
    return figures(paper, *names)


def test_every_chapter_stands_after_what_it_needs() -> None:
    order = list(NEEDS)
    assert all(order.index(need) < order.index(name) for name in NEEDS for need in NEEDS[name])


def test_a_chapter_takes_up_what_others_have_computed(home: Path, entered: list[str]) -> None:
    paper = paper_of(home)
    figures(paper, "position")
    assert entered == ["overview", "position"]
    taken_up = figures(paper, "chc")
    assert entered == ["overview", "position", "chc"]
    assert taken_up == anew(paper, "chc")


def test_what_is_added_to_one_register_stays_out_of_the_other(
    home: Path, entered: list[str]
) -> None:
    paper = paper_of(home)
    first = compute(paper, "position")
    first.suppress("position.bromley.total.ytd_variance")
    assert "position.bromley.total.ytd_variance" in compute(paper, "position")
    assert entered == ["overview", "position"]


def test_a_changed_file_computes_again_what_rests_on_it(home: Path, entered: list[str]) -> None:
    paper = paper_of(home)
    before = figures(paper, "chc")
    file = home / CHC
    file.write_text(file.read_text().replace("Budget,bromley,339", "Budget,bromley,3390"))
    entered.clear()
    after = figures(paper, "chc")
    assert entered == ["chc"]
    assert after != before
    assert after == anew(paper, "chc")


def test_what_goes_on_from_a_chapter_that_is_computed_again_goes_with_it(
    home: Path, entered: list[str]
) -> None:
    paper = paper_of(home)
    figures(paper, "chc")
    file = home / POSITION
    file.write_text(file.read_text().replace('"3,393"', '"3,392"', 1))
    figures(paper, "position")
    entered.clear()
    after = figures(paper, "chc")
    assert entered == ["chc"]
    assert after == anew(paper, "chc")
    entered.clear()
    figures(paper, "chc")
    assert entered == []


def test_a_changed_parameter_computes_again_what_asked_for_it(
    home: Path, entered: list[str]
) -> None:
    figures(paper_of(home), "forecast")
    params = home / "params/2023-24/M06.yml"
    params.write_text(params.read_text().replace("Note the position", "Discuss the position"))
    entered.clear()
    figures(paper_of(home), "forecast")
    assert entered == []
    text = params.read_text()
    params.write_text(text.replace("compare_with: [M05, M04]", "compare_with: [M05]"))
    after = figures(paper_of(home), "position")
    assert entered
    assert after == anew(paper_of(home), "position")


def test_a_file_that_comes_and_another_place_compute_all_again(
    home: Path, entered: list[str]
) -> None:
    figures(paper_of(home), "overview")
    (home / "data/reference/new.csv").write_text("a\n1\n")
    figures(paper_of(home), "overview")
    figures(paper_of(home, "lambeth"), "overview")
    assert entered == ["overview"] * 3
