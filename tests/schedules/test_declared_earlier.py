"""A declared table in two months: what the second says again of the first is held to its paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_bodies import MONTH, small_body, small_paper

from boardpack.checks.engine import run_checks
from boardpack.core.home import month_folder, run_file
from boardpack.core.params import load_paper
from boardpack.document.chapter import open_chapter
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.register import Register
from boardpack.reading.released import FILE, RELEASED
from boardpack.render.records import figures_record
from boardpack.subjects.movements import changes

FORM = """title: Agency staff
chapter: agency
key: service
sense: limit
columns:
  service: word
  limit: thousands
  spend: thousands
  spend_prior_month: {type: thousands, period: prior month, blank: true, lacking: left out}
  variance: {type: thousands, against: [limit, spend], printed: false}
  posts: count
rows:
  total: {label: All agency staff, sum: all}
"""
HEAD = "service,limit,spend,spend_prior_month,posts\n"
THEN = f"{HEAD}Wards,100,120,,12\nTheatres,50,40,,3\nTotal,150,160,,15\n"
NOW = f"{HEAD}Wards,120,150,{{wards}},14\nTheatres,60,50,40,3\nTotal,180,200,{{total}},17\n"
NEXT = MONTH.earlier(-1)


def agency_home(home: Path, *, wards: int = 120) -> Path:
    """A home whose first month is released, and whose second says `wards` of its Wards again."""
    small_body(home, places=(), overview=False, position=False, more={"agency": THEN})
    (home / "params" / "schedules").mkdir()
    (home / "params" / "schedules" / "agency.yml").write_text(FORM, "utf-8")
    paper = small_paper(home, "icb")
    register = compute(paper, *chapters_of(paper))
    assert not register.absent  # a column that has yet to begin stops nobody
    file = home / RELEASED / MONTH.year_folder / MONTH.code / "icb" / FILE
    file.parent.mkdir(parents=True)
    file.write_text(figures_record(paper, register), "utf-8")
    run = (home / run_file(MONTH)).read_text("utf-8")
    run = run.replace("compare_with: []", f"compare_with: [{MONTH.code}]")
    run = run.replace("2024-10-31", "2024-11-30").replace("2024-11-20", "2024-12-18")
    (home / run_file(NEXT)).write_text(run, "utf-8")
    table = home / month_folder(NEXT) / "agency.csv"
    table.parent.mkdir(parents=True)
    table.write_text(NOW.format(wards=wards, total=wards + 40), "utf-8")
    return home


@pytest.mark.parametrize(
    ("wards", "failing"),
    [
        (120, []),
        (115, ["agency.icb.wards.spend_prior_month", "agency.icb.total.spend_prior_month.printed"]),
    ],
)
def test_what_is_said_again_is_held_to_what_was_released(
    tmp_path: Path, wards: int, failing: list[str]
) -> None:
    paper = load_paper(agency_home(tmp_path / "home", wards=wards), NEXT, "icb")
    checks = run_checks(compute(paper, *chapters_of(paper)), paper)
    found = {check.id: check for check in checks if check.id.startswith("released.")}
    assert len(found) == 3
    assert [one for one, check in found.items() if check.status == "fail"] == [
        f"released.{identity}" for identity in failing
    ]
    if failing:
        said = found[f"released.{failing[0]}"].sentence
        assert "is now £115k (agency.csv row 2" in said
        assert "the paper for September 2024 published £120k" in said


def test_the_chapter_says_what_moved_and_what_was_restated(tmp_path: Path) -> None:
    home = agency_home(tmp_path / "home", wards=115)
    paper = open_chapter("schedules", NEXT.year_folder, NEXT.code, "icb", str(home))
    said = changes.appendix_changes_narrative(paper)
    assert said is not None
    assert said.markdown.startswith("**Since September 2024**, the variance of Wards")
    assert "the variance of Wards has worsened" in plain(said.markdown)
    assert "spend" not in said.markdown  # what only grows as the year goes on has not moved
    table = changes.restatements(paper)
    assert table is not None
    rows = [tuple(str(getattr(cell, "text", cell)) for cell in row.cells) for row in table.rows]
    assert rows[0] == ("Example ICB: Wards, spend prior month", MONTH.name, "120", "115", "(5)")


@pytest.mark.parametrize("is_released", [False, True])
def test_a_table_that_no_earlier_paper_has_says_so(tmp_path: Path, is_released: bool) -> None:
    home = agency_home(tmp_path / "home")
    (file,) = (home / RELEASED).rglob(FILE)
    file.unlink()
    if is_released:  # before the table was declared
        file.write_text(figures_record(small_paper(home, "icb"), Register()), "utf-8")
    paper = open_chapter("schedules", NEXT.year_folder, NEXT.code, "icb", str(home))
    assert changes.appendix_changes_narrative(paper) is None
    register = compute(paper.paper, *chapters_of(paper.paper))
    checks = {check.id: check for check in run_checks(register, paper.paper)}
    assert checks["released.none"].status == "not_applicable"
    assert not any(check.status == "fail" for check in checks.values())


def plain(markdown: str) -> str:
    """Prose on one line, without what it is marked with."""
    return " ".join(markdown.replace("⟦", " ").split())
