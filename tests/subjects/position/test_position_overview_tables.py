"""What the budget overview chapter shows and says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from homes import change_rows, changed, copied_home
from opened_chapter import PROJECT, cells, figures, opened, said

from boardpack.document.blocks import Chart, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.movements.changes import changes_narrative
from boardpack.subjects.position import overview_tables as chapter

OWNS = ("overview", "icb_position")
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "central", "icb")


def _opened(**more: object) -> ChapterPaper:
    return opened("overview", owns=OWNS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("block", "measure"),
    [
        (chapter.budget_table, "ytd_budget"),
        (chapter.actual_table, "ytd_actual"),
        (chapter.variance_table, "ytd_variance"),
    ],
)
def test_each_table_has_every_place_and_directorate(block: object, measure: str) -> None:
    table = block(_opened())  # type: ignore[operator]
    assert len(cells(table)) == 12
    shown = {identity.removesuffix(".printed") for identity in figures(table)}
    lines = _opened().paper.report.directorates
    assert shown == {
        f"overview.{place}.{line}.{measure}" for place in PLACES for line in (*lines, "total")
    }


def test_the_narrative_counts_and_names_places_by_their_sign() -> None:
    text = said(chapter.icb_narrative(_opened()))
    assert "is £2.22m overspent" in text
    assert "end the year on budget" in text
    assert "Of the 6 places, 5 are overspent: Greenwich (£2.59m), Bromley (£2.40m)" in text
    assert "Lewisham is £36k underspent." in text
    assert "Without an underspend of £2.69m in other programme services, Lewisham" in text
    assert "the centre manages are £6.22m underspent" in text
    assert "prescribing (£9.66m) and continuing care services (£3.82m)" in text
    assert "£2.67m on planned (elective) care" in text


def test_the_movement_is_told_with_and_without_the_release() -> None:
    assert "the overspend of South East London ICB has shrunk by £572k" in said(
        changes_narrative(_opened())
    )
    text = said(chapter.movement_narrative(_opened()))
    assert "£491k of reserves released" in text
    assert "Without the release the position has improved by £81k since August 2023" in text
    assert "the ICB would be £2.71m overspent" in text


def test_a_larger_release_turns_the_improvement_round(tmp_path: Path) -> None:
    home = changed(tmp_path, "stated.csv", {"measure": "in_month_release"}, {"value": "£991k"})
    text = said(chapter.movement_narrative(_opened(home=home)))
    assert "Without the release the position has worsened by £419k" in text


def test_without_a_register_the_report_tells_the_last_month(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    shutil.rmtree(home / "data" / "released")
    text = said(chapter.movement_narrative(_opened(home=home)))
    assert "Since August 2023, when the ICB was £2.79m overspent" in text
    assert changes_narrative(_opened(home=home)) is None


def test_the_plan_says_which_way_it_went(tmp_path: Path) -> None:
    text = said(chapter.plan_narrative(_opened()))
    assert "was lowered by £47.2m, from £64.1m to £16.9m" in text
    home = changed(tmp_path, "stated.csv", {"measure": "revised_plan"}, {"value": "£70.321m"})
    assert "was raised by £6.22m" in said(chapter.plan_narrative(_opened(home=home)))


def test_a_report_without_statements_leaves_out_what_it_cannot_say(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    change_rows(home, "stated.csv", lambda row: None)
    paper = _opened(home=home, place="lambeth")
    assert chapter.movement_narrative(paper) is None
    assert chapter.plan_narrative(paper) is None
    assert "elective" not in said(chapter.icb_narrative(paper))


def test_the_chart_counts_the_places_in_its_title() -> None:
    chart = chapter.variance_chart(_opened())
    assert isinstance(chart, Chart)
    assert chart.title.endswith("places are overspent to date")
    assert "⟦icb_position.icb.boroughs.boroughs_overspent|Five⟧ of" in chart.title
    assert chart.categories[0] == "Greenwich"
    assert chart.categories[-1] == "Centrally managed"


def test_a_corrected_cell_is_noted_with_its_reason() -> None:
    table = chapter.budget_table(_opened())
    assert isinstance(table, Table)
    (note,) = [note for note in table.notes if "Programme Wide Projects" in note]
    assert "|4,417⟧" in note
    assert "Contradicted both ways" in note


def test_two_extracts_that_differ_are_noted_for_the_place_that_has_both() -> None:
    notes = {
        place: [n for n in chapter.variance_table(_opened(place=place)).notes if "differ." in n]  # type: ignore[union-attr]
        for place in ("bromley", "lambeth")
    }
    assert len(notes["bromley"]) == 1
    assert "|(2,400)⟧" in notes["bromley"][0]
    assert not notes["lambeth"]
