"""What the cash chapter shows and says."""

from __future__ import annotations

from pathlib import Path

from homes import changed, copied_home, leave_out
from opened_chapter import PROJECT, cells, opened, said

from boardpack.document.blocks import Chart, NotSupplied, Table
from boardpack.subjects.funding import cash_tables as chapter

NAME, DRAWDOWN = "cash", "cash_drawdown.csv"


def test_the_requirement_stands_beside_last_months() -> None:
    table = cells(chapter.requirement_table(opened(NAME)))
    assert table["ICB ACDR"] == ["4,692,773", "4,691,420", "1,353"]
    assert table["Remaining Cash limit"] == ["2,427,207", "2,853,010", "(425,802)"]


def test_the_profile_shows_months_limits_and_totals() -> None:
    table = cells(chapter.drawdown_table(opened(NAME)))
    assert next(iter(table)) == "April 2023"
    assert table["August 2023"][4:6] == ["4,813", "1,771"]
    assert table["September 2023"][3] == "48.3%"
    assert table["October 2023"][:3] == ["367,000", "15,000", "2,475,000"]
    assert table["Drawdowns listed"][:2] == ["2,445,000", "30,000"]
    assert "November 2023" not in table


def test_notes_say_what_the_table_cannot_vouch_for() -> None:
    table = chapter.drawdown_table(opened(NAME))
    assert isinstance(table, Table)
    label, share = table.notes[:2]
    assert "it prints Apr-22 where April 2023 is meant" in label
    assert "as printed for April 2023, May 2023, June 2023 and July 2023" in share


def test_cash_used_is_held_against_the_year_gone(tmp_path: Path) -> None:
    text = said(chapter.used_narrative(opened(NAME)))
    assert "it had used 48.3%, and 50.0% of the year had gone" in text
    assert "more slowly" in text
    assert "What is left is £2,427.2m. The requirement itself has risen by £1.35m" in text
    where = {"line": "Cash drawn down"}
    home = changed(tmp_path, "cash_requirement.csv", where, {"current_month": "(2,493,000)"})
    assert "faster" in said(chapter.used_narrative(opened(NAME, home=home)))


def test_supplementary_drawdowns_past_and_to_come_are_named(tmp_path: Path) -> None:
    text = said(chapter.drawdown_narrative(opened(NAME)))
    assert "No supplementary drawdown was needed this month." in text
    assert "made in April 2023 (£15m). Another is listed for October 2023 (£15m)." in text
    changed(tmp_path, DRAWDOWN, {"month": "M01"}, {"supplementary_drawdown": "0"})
    home = changed(tmp_path, DRAWDOWN, {"month": "M06"}, {"supplementary_drawdown": "2,340"})
    other = said(chapter.drawdown_narrative(opened(NAME, home=home)))
    assert "No supplementary" not in other
    assert "made in September 2023 (£2.34m)" in other


def test_the_balance_is_within_or_above_its_limit(tmp_path: Path) -> None:
    text = said(chapter.drawdown_narrative(opened(NAME)))
    assert "more than 1.25% of that month's main drawdown" in text
    assert "it was £2.05m, within the limit of £4.95m" in text
    assert "within the limit at the end of every month so far" in text
    home = changed(tmp_path, DRAWDOWN, {"month": "M06"}, {"month_end_balance": "5,052"})
    paper = opened(NAME, home=home)
    assert "it was £5.05m, above the limit of £4.95m" in said(chapter.drawdown_narrative(paper))
    chart = chapter.balance_chart(paper)
    assert isinstance(chart, Chart)
    assert chart.title == "The cash balance was above its limit in September 2023"


def test_the_chart_sets_each_balance_beside_its_limit() -> None:
    chart = chapter.balance_chart(opened(NAME))
    assert isinstance(chart, Chart)
    assert [series.name for series in chart.series] == ["Balance", "Limit"]
    assert len(chart.categories) == 6
    assert "Limit: April 2023 3,875" in chart.alt


def test_without_the_extracts_it_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, DRAWDOWN, "cash_requirement.csv", "stated.csv")
    paper = opened(NAME, home=home)
    blocks = (
        chapter.used_narrative,
        chapter.requirement_table,
        chapter.drawdown_narrative,
        chapter.drawdown_table,
        chapter.balance_chart,
    )
    for block in blocks:
        assert isinstance(block(paper), NotSupplied)
