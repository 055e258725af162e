"""What the place position chapter shows."""

from __future__ import annotations

from boardpack.figures.figure import Figure
from boardpack.paper.blocks import Chart, Narrative, NotSupplied, Series, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.numbers import is_adverse
from boardpack.paper.tables import Measure, directorate_lines, figures_table
from boardpack.paper.wording import material

YTD, YEAR = "Year to date", "Full year"
MEASURES = (
    Measure("Budget", "position.{line}.ytd_budget", group=YTD),
    Measure("Actual", "position.{line}.ytd_actual", group=YTD),
    Measure("(Over) / under", "position.{line}.ytd_variance", group=YTD),
    Measure("Budget", "position.{line}.annual_budget", group=YEAR),
    Measure("Forecast", "position.{line}.forecast_outturn", group=YEAR),
    Measure("(Over) / under", "position.{line}.forecast_variance", group=YEAR),
)


def position_table(paper: ChapterPaper) -> Table:
    """The place's directorates: budget, actual and variance, year to date and full year."""
    measures = [m for m in MEASURES if paper.supplied(m.name.format(line="total"))]
    return figures_table(
        paper,
        "position-table",
        f"{paper.place_name} financial position at {paper.paper.month.name}",
        "Directorate",
        directorate_lines(paper),
        measures,
    )


def variance_chart(paper: ChapterPaper) -> Chart:
    """Over- and underspends by directorate, year to date, the largest overspend first."""
    found = sorted(_variances(paper), key=lambda pair: pair[1].value)
    shown = [(label, figure) for label, figure in found if figure.value]
    over = [label for label, figure in shown if figure.value < 0]
    numbers = tuple(paper.number(figure.id, "thousands") for _, figure in shown)
    worst = shown[0][0] if over else "No directorate"
    return Chart(
        id="position-variance",
        shape="bar",
        title=f"{worst} is the largest overspend"
        if over
        else "No directorate is overspent",
        alt="; ".join(f"{label} {number.words or number.text}" for (label, _), number in zip(shown, numbers, strict=True))
        + " (£000s; a minus is an overspend)",
        categories=tuple(label for label, _ in shown),
        series=(Series("Year to date variance", numbers),),
        unit="£000s, (over) / under budget",
        scale="1000",
        better="higher",
    )


def position_narrative(paper: ChapterPaper) -> Narrative:
    """The year to date in one paragraph, from the signs of the figures."""
    pairs = sorted(_variances(paper), key=lambda pair: pair[1].value)
    drivers = [(label, f) for label, f in pairs if is_adverse(f) and _is_material(paper, f)]
    offsets = [(label, f) for label, f in reversed(pairs) if f.value > 0 and _is_material(paper, f)]
    return paper.narrate("position", drivers=drivers, offsets=offsets)


def forecast_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where the year is forecast to land; said plainly where no forecast was supplied."""
    if not paper.supplied("position.total.forecast_variance"):
        return paper.not_supplied("The full-year forecast by directorate")
    return paper.narrate("forecast")


def _variances(paper: ChapterPaper) -> list[tuple[str, Figure]]:
    return [
        (label, paper.figure(f"position.{line}.ytd_variance"))
        for line, label in paper.paper.report.directorates.items()
        if paper.supplied(f"position.{line}.ytd_variance")
    ]


def _is_material(paper: ChapterPaper, variance: Figure) -> bool:
    rule = paper.paper.report.materiality
    budget = paper.figure(f"position.{variance.line}.ytd_budget").value
    return material(variance, budget, rule.amount, rule.percent)
