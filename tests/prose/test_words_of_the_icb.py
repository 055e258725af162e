"""The ICB's words are written once and stand in its paper and, if it has none, in a place's."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import copied_home
from month_six import paper_for, whole_register

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.document.chapter import ChapterPaper
from boardpack.prose.commentary import COLUMNS, commentary_claims, read_accepted, release_findings
from boardpack.prose.commentary_files import commentary_file, commentary_files
from boardpack.render.manifest import parameter_places

MONTH = Path("params/2023-24/M06")


def paper_of(home: Path, place: str) -> Paper:
    return load_paper(home, parse_month("2023-24", "M06"), place)


@pytest.mark.parametrize(
    ("place", "chapter", "stands_in"),
    [
        ("icb", "overview", "icb"),
        ("bromley", "overview", "icb"),
        ("lewisham", "cash", "icb"),
        ("bromley", "position", "bromley"),
        ("lewisham", "position", "lewisham"),  # there is none: where it would stand
        ("lewisham", "mental_health", "lewisham"),
    ],
)
def test_whose_words_a_paper_prints(place: str, chapter: str, stands_in: str) -> None:
    found = commentary_file(paper_for(place), chapter)
    assert found == MONTH / stands_in / "commentary" / f"{chapter}.md"


def test_a_place_may_say_its_own_as_homes_have_done(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    own = MONTH / "bromley" / "commentary" / "overview.md"
    (home / own).write_text("Our own words.\n", encoding="utf-8")
    assert commentary_file(paper_of(home, "bromley"), "overview") == own
    assert commentary_file(paper_of(home, "lewisham"), "overview").parts[-3] == "icb"


def test_a_chapter_prints_them_in_every_paper() -> None:
    said = [
        ChapterPaper("cash", paper_for(place), whole_register(place), ()).commentary()
        for place in ("icb", "bromley", "lewisham")
    ]
    assert said[0] is not None
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("place", ["icb", "lewisham"])
def test_the_figures_bear_them_out_in_every_paper(place: str) -> None:
    claims = commentary_claims(paper_for(place), whole_register(place))
    assert set(commentary_files(paper_for(place))) >= set(claims) > set()
    assert release_findings(claims, ()) == []


def test_what_the_icb_accepts_of_them_is_accepted_in_a_place(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    rows = [f"{one},We saw it.,Ann,Lead,2023-11-01,Minutes" for one in ("overview", "position")]
    told = "\n".join((",".join(COLUMNS), *rows)) + "\n"
    (home / MONTH / "icb" / "accepted.csv").write_text(told, encoding="utf-8")
    assert [one.chapter for one in read_accepted(paper_of(home, "lewisham"))] == ["overview"]
    assert len(read_accepted(paper_of(home, "icb"))) == 2


def test_a_paper_is_sealed_with_the_words_that_it_prints() -> None:
    paper = paper_for("bromley")
    found = [*parameter_places(paper.home, paper.month, "bromley")]
    assert paper.home / MONTH / "icb" / "commentary" in found
    assert paper.home / MONTH / "icb" / "accepted.csv" in found
