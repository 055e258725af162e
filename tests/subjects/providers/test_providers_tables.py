"""What the provider chapter shows and says."""

from __future__ import annotations

from pathlib import Path

from homes import changed, copied_home, leave_out
from opened_chapter import PROJECT, cells, opened, said

from boardpack.document.blocks import Chart, NotSupplied
from boardpack.subjects.providers import tables as chapter

NAME = "providers"


def test_the_table_shows_local_other_and_all() -> None:
    table = cells(chapter.providers_table(opened(NAME)))
    assert table["Local providers"] == ["2,950,081", "86.2%"]
    assert table["Other NHS providers, not listed"] == ["471,629", "13.8%"]
    assert table["All NHS block contracts"][0] == "3,421,710"


def test_the_narrative_says_who_is_not_listed_and_follows_the_sign(tmp_path: Path) -> None:
    text = said(chapter.providers_narrative(opened(NAME)))
    assert "£3,421.7m under block contracts this year, which is 71.7%" in text
    assert "The five local providers listed receive £2,950.1m (86.2%)" in text
    assert "£471.6m (13.8%) goes to NHS providers that the report does not list" in text
    assert "are on budget this month and forecast to end the year on budget" in text
    where = {"chapter": "providers", "measure": "forecast_overspend"}
    home = changed(tmp_path, "stated.csv", where, {"value": "£1,540k"})
    assert "end the year £1.54m overspent" in said(
        chapter.providers_narrative(opened(NAME, home=home))
    )


def test_the_chart_begins_with_the_largest() -> None:
    chart = chapter.providers_chart(opened(NAME))
    assert isinstance(chart, Chart)
    assert chart.title.startswith("Guys and St Thomas receives the most, ")
    assert chart.categories[-1] == "Other NHS providers, not listed"


def test_without_the_extract_it_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "provider_contracts.csv")
    paper = opened(NAME, home=home)
    for block in (chapter.providers_narrative, chapter.providers_table, chapter.providers_chart):
        assert isinstance(block(paper), NotSupplied)
