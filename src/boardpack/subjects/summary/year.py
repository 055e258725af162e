"""The year in one chart: the variance to date month by month, then where the year may end.

Where one month alone is known, the pace so far and the pace that the forecast needs stand for it.
"""

from __future__ import annotations

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.document.blocks import Chart, NotSupplied, Number, Series
from boardpack.document.chapter import ChapterPaper
from boardpack.document.numbers import short_money
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.subjects.summary.tables import run_rate_chart

SO_FAR, FORECAST, BEST, WORST = "To date", "Forecast", "Best of range", "Worst of range"
AHEAD = {
    FORECAST: "position.total.forecast_variance",
    BEST: "forecast.total.low_variance",
    WORST: "forecast.total.high_variance",
}
"""What is said of the year's end: the team's forecast, and the ends of the range around the rule
that came nearest in past years. Least cost is the best variance."""
TO_DATE = "position.total.ytd_variance"


def year_chart(paper: ChapterPaper) -> Chart | NotSupplied | None:
    """The variance at the end of each month that is known, and at the year's end by the forecast.

    None where there is nothing to draw: no position, or Month 1 with nothing before it.
    """
    known = known_months(paper)
    if len(known) < 2 or TO_DATE not in known.values():
        return run_rate_chart(paper)
    is_over = paper.paper.month.is_year_end
    ahead = {label: name for label, name in AHEAD.items() if paper.supplied(name)}
    ahead = {} if is_over or FORECAST not in ahead else ahead
    months = [Month(paper.paper.month.start, number) for number in range(1, MONTHS_IN_YEAR + 1)]
    categories = tuple(month.name[:3] for month in months)
    so_far = [_number(paper, known.get(month.number)) for month in months]
    now = so_far[paper.paper.month.number - 1]
    series = [Series(SO_FAR, tuple(so_far))]
    for label, name in ahead.items():
        values: list[Number | None] = [None] * MONTHS_IN_YEAR
        values[paper.paper.month.number - 1] = now
        values[-1] = _number(paper, name)
        series.append(Series(label, tuple(values)))
    return Chart(
        id="summary-year",
        shape="line",
        title=_title(paper),
        alt=f"{spoken(categories, *series, unit='£000s, a minus is an overspend')}.",
        categories=categories,
        series=tuple(series),
        unit="£000s since April, (over) / under budget",
        scale="1000",
        better="higher",
        joined=True,
    )


def known_months(paper: ChapterPaper) -> dict[int, str]:
    """The months of this year whose variance to date is known, each with its figure's name."""
    now = paper.paper.month.number
    earlier = {number: f"{TO_DATE}.m{number:02d}" for number in range(1, now)}
    named = {**earlier, now: TO_DATE}
    return {number: name for number, name in named.items() if paper.supplied(name)}


def _number(paper: ChapterPaper, name: str | None) -> Number | None:
    return None if name is None else paper.number(name, "thousands")


def _title(paper: ChapterPaper) -> str:
    """How it stands, and whether the forecast is better or worse than today."""
    now = paper.figure(TO_DATE)
    if paper.paper.month.is_year_end:
        return f"The year ended {_stands(now)}"
    if not paper.supplied(AHEAD[FORECAST]):
        return f"{_stands(now).capitalize()} to date; no forecast for the year was supplied"
    end = paper.figure(AHEAD[FORECAST])
    if end.value == now.value:
        return "The forecast is for the year to end where it stands today"
    direction = "worse" if end.value < now.value else "better"
    by = short_money(end.value - now.value)
    return f"The forecast is for the year to end {by} {direction} than it stands today"


def _stands(figure: Figure) -> str:
    if figure.value == 0:
        return "on budget"
    return f"{short_money(figure.value)} {'over' if figure.value < 0 else 'under'} budget"
