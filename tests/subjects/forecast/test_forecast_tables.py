"""What the forecast chapter says: plainly, by rule, and no more than is known."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from forecast_home import PLACE, forecast_home, forecast_paper, forecast_register
from opened_chapter import cells, chart, long_sentences, opened, rows, said, table, untagged

from boardpack.document.blocks import NotSupplied
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.register import Register
from boardpack.subjects.forecast import methods_tables as tables
from boardpack.subjects.forecast import tables as chapter

NARRATIVES = (
    chapter.forecast_narrative,
    chapter.rates_narrative,
    chapter.confidence_narrative,
    chapter.risks_narrative,
    chapter.underlying_narrative,
)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> ChapterPaper:
    """The chapter of the made-up ICB, which has past years and amounts of risks."""
    home = forecast_home(tmp_path_factory.mktemp("forecast") / "demo")
    paper = forecast_paper(home, 7)
    return ChapterPaper("forecast", paper, forecast_register(home, 7), ("forecast",))


def test_the_published_paper_says_where_the_forecast_parts_from_the_pace() -> None:
    text = said(chapter.forecast_narrative(opened("forecast")))
    assert "The team forecasts to end the year £2.68m overspent." in text
    assert "£2.12m less than the straight line" in text
    assert "in other programme services (£1.64m), continuing care services (£317k) and" in text
    assert "Without it the year would end £4.35m overspent." in text


def test_the_published_paper_gives_no_range_it_cannot_know() -> None:
    paper = opened("forecast")
    assert "no range is given" in said(chapter.confidence_narrative(paper))
    assert tables.errors_table(paper) is None
    assert tables.line_errors_table(paper) is None
    assert tables.risks_table(paper) is None
    assert "No amount was supplied for any risk" in said(chapter.risks_narrative(paper))
    assert "and none was as good as that" in said(chapter.rates_narrative(paper))


def test_the_published_table_shows_what_is_known_of_each_line() -> None:
    found = tables.methods_table(opened("forecast"))
    shown = cells(found)
    assert shown["Other Programme Services"] == ["87", "(1,584)", "52", "", "", "", "(1,636)"]
    assert shown["Prescribing"] == [
        *("46,343", "50,793", "50,770", "50,984"),
        *("51,217", "51,008", "23"),
    ]
    assert shown["Total"][:3] == ["241,722", "244,397", "246,520"]
    notes = " ".join(table(found).notes)
    assert "2013/14 and 2014/15" in notes
    assert "no packages of care" in notes


def test_a_place_without_a_forecast_says_so() -> None:
    paper = opened("forecast", "bexley")
    assert isinstance(chapter.forecast_narrative(paper), NotSupplied)
    assert chapter.confidence_narrative(paper) is None
    assert chapter.total_chart(paper) is None
    assert tables.methods_table(paper) is None
    assert tables.underlying_table(paper) is None


def test_the_range_and_its_rule_are_named(made_up: ChapterPaper) -> None:
    text = said(chapter.confidence_narrative(made_up))
    rule = chapter.nearest_rule(made_up)
    assert rule is not None
    assert chapter.RULE_NAMES[rule] in text
    assert "gives a range from" in text
    team, low, high = (
        made_up.figure(f"forecast.total.{name}").value for name in ("team", "low", "high")
    )
    assert low <= team <= high
    assert "lies within it" in text


def test_each_past_year_stands_beside_the_averages(made_up: ChapterPaper) -> None:
    heads = [row[0] for row in rows(tables.errors_table(made_up))]
    assert heads == [
        "2021/22, in October",
        "2022/23, in October",
        "2023/24, in October",
        "Average size, in June",
        "Average size, in September",
        "Average size, in October",
        "Average size, in December",
    ]


def test_the_chart_ends_with_the_range(made_up: ChapterPaper) -> None:
    shown = chart(chapter.total_chart(made_up))
    assert shown.categories[0] == "The team's forecast"
    assert shown.categories[-2:] == ("Range: least cost", "Range: greatest cost")
    assert "Straight line minus" in shown.alt


def test_risks_and_what_happens_once_are_steps_that_add_up(made_up: ChapterPaper) -> None:
    assert cells(tables.risks_table(made_up))["Total"] == ["2,000", "", "790", "310", "480"]
    assert "Three risks have amounts" in said(chapter.risks_narrative(made_up))
    steps = cells(tables.underlying_table(made_up))
    assert steps["Less: savings that do not recur, as planned"] == ["431"]
    whole = [
        made_up.figure(f"forecast.{PLACE}.total.{n}_variance").value for n in ("team", "underlying")
    ]
    once = made_up.figure("forecast.total.non_recurrent_savings").value
    assert whole[0] - once == whole[1]


def test_sentences_are_short_and_every_digit_is_a_figure(made_up: ChapterPaper) -> None:
    for paper in (made_up, opened("forecast"), opened("forecast", "icb")):
        for narrative in NARRATIVES:
            block = narrative(paper)
            assert not long_sentences(block)
            if block is not None and not isinstance(block, NotSupplied):
                assert not re.search(r"\d", untagged(block))


def test_page_one_may_say_how_far_to_trust_the_forecast() -> None:
    text = said(chapter.confidence_narrative(opened("summary", owns=("forecast",))))
    assert "No past year was supplied" in text


def test_a_year_that_is_over_has_nothing_left_to_forecast(tmp_path: Path) -> None:
    home = forecast_home(tmp_path / "demo", 12)
    paper = ChapterPaper("forecast", forecast_paper(home, 12), forecast_register(home, 12), ())
    assert "The year is over" in said(chapter.confidence_narrative(paper))
    assert chapter.rates_narrative(paper) is None
    assert "With these risks" not in said(chapter.risks_narrative(paper))
    assert tables.errors_table(paper) is None
    assert tables.line_errors_table(paper) is None
    assert chapter.total_chart(paper) is None
    assert tables.methods_table(paper) is None


def test_a_forecast_outside_the_range_is_said_to_be(made_up: ChapterPaper) -> None:
    outside = Register(made_up.register)
    for team, words in (("low", "better than all"), ("high", "worse than all")):
        step = -1_000_000 if team == "low" else 1_000_000
        end = made_up.figure(f"forecast.total.{team}").value
        own = made_up.figure("forecast.total.team")
        outside.replace(replace(own, value=end + step))
        paper = replace(made_up, register=outside)
        assert words in said(chapter.confidence_narrative(paper))
