"""What the revenue resource limit chapter shows and says."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import changed, copied_home, leave_out
from opened_chapter import PROJECT, cells, opened, said

from boardpack.document.blocks import Chart, NotSupplied
from boardpack.subjects.funding import resource_limit_tables as chapter

NAME = "resource_limit"


def test_the_table_has_the_printed_shape() -> None:
    table = cells(chapter.limit_table(opened(NAME)))
    assert len(table["Budget at September 2023"]) == 8
    assert table["Budget at the start of the year"][1] == "233,559"
    assert table["Internal adjustments, May 2023"][-2:] == ["(9,470)", "-"]
    assert table["Allocations, May 2023"] == ["", "", "", "", "", "", "65,867", "65,867"]
    assert table["Pay awards"][1] == "1,506"
    assert table["DOPs hub"][-1] == "(377)"
    assert table["Budget at September 2023"][-1] == "4,772,807"


def test_the_narratives_say_what_moved() -> None:
    paper = opened(NAME)
    limit, place = said(chapter.limit_narrative(paper)), said(chapter.place_narrative(paper))
    assert "has risen by £643.5m since the start of the year" in limit
    assert "Smart System Control" in limit
    assert "reduced for DOPs hub (£377k)" in limit
    assert "now £241.7m" in place
    assert "This month it has risen by £1.81m, through Pay awards (£1.51m)" in place


def test_a_place_that_lost_budget_reads_as_a_fall(tmp_path: Path) -> None:
    where = {"month": "M06", "item": "Pay awards"}
    home = changed(tmp_path, "resource_limit.csv", where, {"bromley": "(9,120)"})
    place = said(chapter.place_narrative(opened(NAME, home=home)))
    assert "This month it has fallen by £8.81m" in place
    assert "Pay awards (less £9.12m)" in place


def test_a_month_that_moves_nothing_says_so(tmp_path: Path) -> None:
    home = tmp_path
    for item in ("Pay awards", "Primary Care transformation", "Other"):
        home = changed(
            tmp_path, "resource_limit.csv", {"month": "M06", "item": item}, {"bromley": ""}
        )
    assert "Nothing moved it this month." in said(chapter.place_narrative(opened(NAME, home=home)))


@pytest.mark.parametrize(
    ("place", "name"), [("bromley", "Bromley"), ("icb", "South East London ICB")]
)
def test_the_walk_starts_and_ends_with_the_papers_own_budget(place: str, name: str) -> None:
    chart = chapter.walk_chart(opened(NAME, place=place))
    assert isinstance(chart, Chart)
    assert chart.title.startswith(f"{name}: the annual budget has grown by ")
    first, *_, last = [number for number in chart.series[0].values if number]
    assert first.figure == f"resource_limit.{place}.total.budget.m00"
    assert last.figure.startswith(f"resource_limit.{place}.total.budget")


def test_the_icbs_own_paper_has_no_place_within_it() -> None:
    assert chapter.place_narrative(opened(NAME, place="icb")) is None


def test_without_the_extract_it_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "resource_limit.csv")
    paper = opened(NAME, home=home)
    for block in (chapter.limit_narrative, chapter.limit_table, chapter.walk_chart):
        assert isinstance(block(paper), NotSupplied)
    assert chapter.place_narrative(paper) is None
