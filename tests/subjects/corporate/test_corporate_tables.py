"""What the corporate costs chapter shows and says."""

from __future__ import annotations

from pathlib import Path

from homes import change_rows, changed, copied_home, leave_out
from opened_chapter import PROJECT, cells, opened, said

from boardpack.document.blocks import Chart, NotSupplied
from boardpack.subjects.corporate import tables as chapter

NAME, FILE = "corporate", "corporate_costs.csv"
NEGATIVE = {"929272", "929581", "929600"}


def test_the_table_shows_every_cost_centre_and_its_totals() -> None:
    table = cells(chapter.costs_table(opened(NAME)))
    assert len(table) == 33 + 2 + 3
    assert table["Non MHIS mental health services B (929085)"][2] == "(576)"
    assert table["IM&T (929585)"][-1] == "770"
    assert table["Programme, total"][2] == "288"
    assert table["Administration (running costs), total"][-1] == "3,093"
    assert table["Corporate costs, total"][:3] == ["30,327", "27,823", "2,504"]


def test_the_narrative_names_the_largest_variances_of_both_signs() -> None:
    text = said(chapter.costs_narrative(opened(NAME)))
    assert "they are £2.50m underspent" in text
    assert "Programme costs are £288k underspent and running costs are £2.22m underspent" in text
    assert "largest underspends to date are in Strategy" in text
    assert "largest overspends are in Programme wide projects (£796k)" in text


def test_cost_centres_of_one_name_are_told_apart_by_their_code(tmp_path: Path) -> None:
    home = changed(
        tmp_path, FILE, {"cost_centre": "929249"}, {"description": "STRATEGY & DEVELOPMENT"}
    )
    paper = opened(NAME, home=home)
    assert "Strategy & development 929249 (£659k)" in said(chapter.costs_narrative(paper)).replace(
        "\\", ""
    )
    chart = chapter.variance_chart(paper)
    assert isinstance(chart, Chart)
    assert len(set(chart.categories)) == len(chart.categories)


def test_an_overspend_and_a_broken_allowance_read_the_other_way(tmp_path: Path) -> None:
    where = {"cost_centre": "929599"}
    values = {"ytd_actual": "9,710", "forecast_outturn": "12,382"}
    changed(tmp_path, FILE, where, values)
    home = changed(tmp_path, FILE, {"cost_centre": "Total"}, {})
    paper = opened(NAME, home=home)
    assert "£4.50m overspent on a budget to date" in said(chapter.costs_narrative(paper))
    assert "above the allowance" in said(chapter.allowance_narrative(paper))
    chart = chapter.variance_chart(paper)
    assert isinstance(chart, Chart)
    assert "|£4.50m⟧ overspent to date" in chart.title


def test_the_allowance_says_what_is_still_to_save(tmp_path: Path) -> None:
    text = said(chapter.allowance_narrative(opened(NAME)))
    assert "A month ago it was £37.6m; it was reduced by £377k" in text
    assert "Forecast spend is £34.1m, within the allowance" in text
    assert "by 30% over the next 2 financial years" in text
    assert "that leaves £26.0m" in text
    assert "£8.06m above that, so that much is still to be saved" in text
    home = changed(tmp_path, "stated.csv", {"measure": "required_reduction"}, {"value": "5%"})
    assert "already at or below that" in said(chapter.allowance_narrative(opened(NAME, home=home)))


def test_negative_budgets_are_named_and_weighed(tmp_path: Path) -> None:
    text = said(chapter.negative_narrative(opened(NAME)))
    assert "Programme wide projects, Finance and Admin projects" in text
    assert "take £3.29m out of the year's budget" in text
    assert "£3.50m overspent, while all other cost centres are forecast £7.23m underspent" in text
    home = copied_home(PROJECT, tmp_path)
    change_rows(home, FILE, lambda row: None if row["cost_centre"] in NEGATIVE else row)
    assert chapter.negative_narrative(opened(NAME, home=home)) is None


def test_the_chart_shows_the_largest_variances_the_worst_first() -> None:
    chart = chapter.variance_chart(opened(NAME))
    assert isinstance(chart, Chart)
    assert len(chart.categories) == chapter.LARGEST
    assert chart.categories[0] == "Programme wide projects"
    assert chart.categories[-1] == "Strategy & development"


def test_without_the_extract_it_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, FILE, "stated.csv")
    paper = opened(NAME, home=home)
    blocks = (
        chapter.costs_narrative,
        chapter.allowance_narrative,
        chapter.costs_table,
        chapter.variance_chart,
    )
    for block in blocks:
        assert isinstance(block(paper), NotSupplied)
    assert chapter.negative_narrative(paper) is None
