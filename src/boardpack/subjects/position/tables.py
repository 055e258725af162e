"""What the place position chapter shows."""

from __future__ import annotations

from decimal import Decimal

from boardpack.document.blocks import Chart, Narrative, NotSupplied, Series, Table
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.drivers import (
    driver_lines,
    last_compared,
    require_variances,
    shows_share,
    variances,
)
from boardpack.document.schedule_blocks import measures_of
from boardpack.document.tables import directorate_lines, figures_table
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.schedules.load import own_schedule

TOTAL = "position.total.ytd_variance"
LEAST_MOVEMENT = Decimal(5000)
"""Pounds: below this the rounding of the lines that are known could turn the sign."""


def position_table(paper: ChapterPaper) -> Table | None:
    """The place's directorates: budget, actual and variance, year to date and full year.

    None where no position was supplied, which the narrative above it says.
    """
    if not paper.cell(TOTAL):
        return None
    measures = measures_of(paper, own_schedule("position"))
    measures = [m for m in measures if paper.cell(m.name.format(line="total"))]
    return figures_table(
        paper,
        "position-table",
        f"{paper.place_name} financial position at {paper.paper.month.name}",
        "Directorate",
        directorate_lines(paper),
        measures,
    )


@where_supplied("Variances to date by directorate")
def variance_chart(paper: ChapterPaper) -> Chart | None:
    """Over- and underspends by directorate, year to date, the largest overspend first."""
    if not paper.cell(TOTAL):
        return None
    require_variances(paper)
    shown = [(label, figure) for label, figure in variances(paper) if figure.value]
    numbers = tuple(paper.number(figure.id, "thousands") for _, figure in shown)
    labels = tuple(label for label, _ in shown)
    series = Series("Variance to date", numbers)
    is_over = bool(shown) and shown[0][1].value < 0
    return Chart(
        id="position-variance",
        shape="bar",
        title=f"{labels[0]} is the largest overspend" if is_over else "Nothing is overspent",
        alt=f"{spoken(labels, series, unit='£000s, a minus is an overspend')}.",
        categories=labels,
        series=(series,),
        unit="£000s, (over) / under budget",
        scale="1000",
        better="higher",
    )


def position_chart(paper: ChapterPaper) -> Chart | NotSupplied | None:
    """The way from the budget to the forecast; without a forecast, the variances to date."""
    return forecast_walk(paper) or variance_chart(paper)


def forecast_walk(paper: ChapterPaper) -> Chart | None:
    """From the annual budget to the forecast by directorate, the largest overspend first.

    None where no forecast was supplied.
    """
    budget, forecast = "position.total.annual_budget", "position.total.forecast_outturn"
    if not paper.supplied(budget, forecast, "position.total.forecast_variance"):
        return None
    names = {
        label: f"position.{line}.forecast_variance"
        for line, label in paper.paper.report.directorates.items()
        if paper.supplied(f"position.{line}.forecast_variance")
    }
    steps = sorted(
        (pair for pair in names.items() if paper.figure(pair[1]).value),
        key=lambda pair: paper.figure(pair[1]).value,
    )
    shown = {"Annual budget": budget, **dict(steps), "Forecast": forecast}
    numbers = tuple(paper.number(name, "thousands") for name in shown.values())
    series = Series("Budget, variances and forecast", numbers)
    return Chart(
        id="position-forecast-walk",
        shape="waterfall",
        title=_walk_title(paper, steps),
        alt=f"{spoken(shown, series, unit='£000s; a minus is an overspend, which adds to spend')}.",
        categories=tuple(shown),
        series=(series,),
        unit="£000s; an (overspend) adds to spend",
        scale="1000",
        better="higher",
        steps="taken",
    )


def _walk_title(paper: ChapterPaper, steps: list[tuple[str, str]]) -> str:
    overspends = [label for label, name in steps if paper.figure(name).value < 0]
    return (
        f"{overspends[0]} adds the most to the year's spend"
        if overspends
        else "No directorate is forecast to overspend"
    )


def position_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The year to date in one paragraph, from the signs of the figures."""
    if not paper.supplied(TOTAL):
        return paper.not_supplied(f"The position of {paper.place_name}")
    with_share = shows_share(paper, "position.total.ytd_variance_share")
    return paper.narrate("position", **driver_lines(paper), with_share=with_share)


def movement_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Which directorates have moved the place's variance since the last released paper."""
    if not paper.supplied("position.total.movement"):
        why = f"No earlier paper of {paper.place_name} was supplied."
        if paper.paper.month.number == 1:
            why = "A year's variances begin anew in April."
        return paper.not_supplied("The movement since an earlier paper", why)
    known = [
        (label, paper.figure(f"position.{line}.movement"))
        for line, label in paper.paper.report.directorates.items()
        if last_compared(paper, line) == last_compared(paper)
    ]
    moved = sorted(known, key=lambda pair: -abs(pair[1].value))
    return paper.narrate(
        "movement",
        worse=[pair for pair in moved if pair[1].value < 0],
        better=[pair for pair in moved if pair[1].value > 0],
        others=_others(paper, known),
    )


def _others(paper: ChapterPaper, known: list[tuple[str, Figure]]) -> str:
    """How the directorates that the earlier paper did not name have moved together, in a word."""
    if not known or len(known) == len(paper.paper.report.directorates):
        return ""
    total = paper.figure("position.total.movement").value
    rest = total - sum(figure.value for _, figure in known)
    if abs(rest) < LEAST_MOVEMENT:
        return ""
    return "worsened" if rest < 0 else "improved"


def forecast_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where the year is forecast to land; said plainly where no forecast was supplied."""
    if not paper.supplied("position.total.forecast_variance"):
        return paper.not_supplied("The full-year forecast by directorate")
    return paper.narrate("forecast", gains=_gains(paper))


def _gains(paper: ChapterPaper) -> list[str]:
    """The directorates whose forecast gain is unexplained: those that its sum names."""
    total = "position.total.unexplained_gain_variance"
    if not paper.supplied(total):
        return []
    summed = operands(paper.figure(total).formula or "")
    names = {
        paper.wording.id(f"position.{line}.forecast_variance"): label
        for line, label in paper.paper.report.directorates.items()
    }
    return [label for name, label in names.items() if name in summed]
