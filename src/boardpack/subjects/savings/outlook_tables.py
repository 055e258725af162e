"""What the savings chapters show of the tracker together: how sure the year is, and what lasts."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.document.blocks import Chart, Narrative, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, Measure, figures_table, place_lines
from boardpack.document.text_alternatives import spoken
from boardpack.subjects.savings.schemes_figures import ALL, group_line
from boardpack.subjects.savings.schemes_tables import (
    AFTER_RISK,
    EFFECT,
    SHORT,
    YEAR,
    YTD,
    has_tracker,
)
from boardpack.subjects.savings.tracker_extract import RECURRENCES, RISKS, STATUSES, UNIDENTIFIED

KINDS = (
    Measure("Plan", "savings.{line}.full_year_plan", group=YEAR),
    Measure("Share of plan", "savings.{line}.share_of_plan", group=YEAR),
    Measure("Forecast", "savings.{line}.full_year_forecast", group=YEAR),
    Measure("After risk", "savings.{line}.risk_adjusted_forecast", group=YEAR),
    Measure("Plan", "savings.{line}.ytd_plan", group=YTD),
    Measure("Actual", "savings.{line}.ytd_actual", group=YTD),
    Measure("Delivered", "savings.{line}.ytd_delivery_share", group=YTD),
)
NEXT = "Recurrent schemes"
OUTLOOK = (
    Measure("Plan", "savings.{line}.all_schemes.full_year_plan", group=YEAR),
    Measure("Forecast", "savings.{line}.all_schemes.full_year_forecast", group=YEAR),
    Measure(SHORT, "savings.{line}.all_schemes.full_year_variance", group=YEAR),
    Measure("After risk", "savings.{line}.all_schemes.risk_adjusted_forecast", group=YEAR),
    Measure(SHORT, "savings.{line}.all_schemes.risk_adjusted_variance", group=YEAR),
    Measure("Forecast", "savings.{line}.recurrent_schemes.full_year_forecast", group=NEXT),
    Measure("At present rate", "savings.{line}.recurrent_schemes.annual_rate", group=NEXT),
    Measure("Full-year effect", "savings.{line}.recurrent_schemes.full_year_effect", group=NEXT),
)


def outlook_narrative(paper: ChapterPaper) -> Narrative | None:
    """What the year is likely to bring after risk, and what carries into the next one."""
    if not paper.supplied(f"savings.icb.{ALL}.full_year_variance"):
        return None
    return paper.narrate("outlook", "efficiency")


def kinds_table(paper: ChapterPaper) -> Table | None:
    """The plan and its delivery by status, by risk, and by whether it recurs."""
    if not has_tracker(paper):
        return None
    lines: list[Line] = []
    for head, column, words in (
        ("By status", "status", STATUSES),
        ("By risk", "risk", RISKS),
        ("By recurrence", "recurrent", RECURRENCES),
    ):
        lines.append(Line(head, "", "heading"))
        lines += (Line(word.capitalize(), group_line(column, word)) for word in words)
    lines.append(Line("All schemes", ALL, "total"))
    caption = f"How sure the savings of {paper.place_name} are"
    return figures_table(
        paper, "savings-kinds", caption, "Schemes", lines, KINDS, notes=(AFTER_RISK,)
    )


def outlook_table(paper: ChapterPaper) -> Table | None:
    """The year by place: plan, forecast, what is likely after risk, and what carries on."""
    if not has_tracker(paper):
        return None
    caption = "The savings that each place will make"
    notes = (AFTER_RISK, EFFECT)
    return figures_table(
        paper, "savings-outlook", caption, "Place", place_lines(paper), OUTLOOK, notes=notes
    )


def status_chart(paper: ChapterPaper) -> Chart | None:
    """How far each place's plan is worked out, in pounds of plan by status."""
    report = paper.paper.report
    names = {
        name: place
        for place, name in report.places.items()
        if paper.supplied(f"savings.{place}.{ALL}.full_year_plan")
    }
    if not names:
        return None
    series = [_of_status(paper, status, list(names.values())) for status in STATUSES]
    shown = [one for one in series if any(one.values)]
    return Chart(
        id="savings-status",
        shape="stacked",
        title=_status_message(paper),
        alt=f"{spoken(names, *shown, unit='£000s of the plan for the year')}.",
        categories=tuple(names),
        series=tuple(shown),
        unit="£000s of the plan for the year",
        scale="1000",
    )


def _of_status(paper: ChapterPaper, status: str, places: Sequence[str]) -> Series:
    names = [f"savings.{p}.{group_line('status', status)}.full_year_plan" for p in places]
    numbers = (paper.number(name) if paper.supplied(name) else None for name in names)
    return Series(status.capitalize(), tuple(numbers))


def _status_message(paper: ChapterPaper) -> str:
    missing = f"savings.icb.{group_line('status', UNIDENTIFIED)}.full_year_plan"
    if paper.supplied(missing) and paper.figure(missing).value > 0:
        return "Part of the plan has no scheme yet"
    return "All of the plan has schemes"
