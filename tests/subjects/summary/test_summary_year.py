"""The year in one chart: the months that are known, the forecast, and the range around it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.core.periods import parse_month
from boardpack.document.blocks import Chart
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.register import Register
from boardpack.subjects.summary.year import known_months, year_chart

TOTAL = "position.bromley.total"
NOW, END = f"{TOTAL}.ytd_variance", f"{TOTAL}.forecast_variance"


def page(month: str = "M06", **values: int) -> ChapterPaper:
    """Page 1 of a paper that knows these variances: `m04`, `now`, `end`, `low`, `high`."""
    named = {
        "now": NOW,
        "end": END,
        "low": "forecast.bromley.total.low_variance",
        "high": "forecast.bromley.total.high_variance",
    }
    figures = [
        made_figure(named.get(one, f"{NOW}.{one}"), Decimal(value)) for one, value in values.items()
    ]
    told = paper_for().model_copy(update={"month": parse_month("2023-24", month)})
    return replace(ChapterPaper("summary", told, Register(figures), ()), checks=())


def drawn(paper: ChapterPaper) -> dict[str, list[str | None]]:
    block = year_chart(paper)
    assert isinstance(block, Chart)
    assert block.joined
    return {s.name: [n.text if n else None for n in s.values] for s in block.series}


def test_months_without_a_paper_are_led_over_and_no_number_is_made_up() -> None:
    found = drawn(page(m04=-1_482_000, now=-2_400_000, end=-2_675_000))
    gap = [None] * 5
    assert found == {
        "To date": [*gap[:3], "(1,482)", None, "(2,400)", *gap, None],
        "Forecast": [*gap, "(2,400)", *gap, "(2,675)"],
    }


def test_the_range_stands_beside_the_forecast_where_it_is_known() -> None:
    known = page(m05=-1_000, now=-2_000_000, end=-3_000_000, low=-2_500_000, high=-4_000_000)
    found = drawn(known)
    assert list(found) == ["To date", "Forecast", "Best of range", "Worst of range"]
    assert [found[name][-1] for name in found] == [None, "(3,000)", "(2,500)", "(4,000)"]


def test_a_finished_year_has_no_forecast() -> None:
    found = drawn(page("M12", m11=-1_000_000, now=-2_000_000, end=-2_000_000, low=1, high=2))
    assert list(found) == ["To date"]
    assert found["To date"][-2:] == ["(1,000)", "(2,000)"]


@pytest.mark.parametrize(
    ("now", "end", "title"),
    [
        (-2_400_000, -2_675_000, "The forecast is for the year to end £275k worse than"),
        (-2_218_000, 0, "The forecast is for the year to end £2.22m better than"),
        (500_000, 200_000, "The forecast is for the year to end £300k worse than"),
        (-5_000, -5_000, "The forecast is for the year to end where it stands today"),
    ],
)
def test_the_title_follows_the_sign(now: int, end: int, title: str) -> None:
    block = year_chart(page(m05=-1, now=now, end=end))
    assert isinstance(block, Chart)
    assert block.title.startswith(title)


@pytest.mark.parametrize(
    ("now", "title"),
    [
        (-1_000_000, "The year ended £1m over budget"),
        (1_000_000, "The year ended £1m under budget"),
        (0, "The year ended on budget"),
    ],
)
def test_the_title_of_a_finished_year(now: int, title: str) -> None:
    block = year_chart(page("M12", m11=-1, now=now))
    assert isinstance(block, Chart)
    assert block.title == title


def test_one_month_alone_is_no_line() -> None:
    assert known_months(page(now=-1)) == {6: "position.total.ytd_variance"}
    assert year_chart(page("M01", now=-1, end=-2)) is None
