"""What the savings chapter shows: delivery against plan, and what the plan is made of.

A place with a savings tracker of its own is shown by directorate; any other by its efficiency line.
"""

from __future__ import annotations

from boardpack.document.blocks import Chart, Narrative, NotSupplied, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.schedule_blocks import measures_of
from boardpack.document.tables import Line, Measure, directorate_lines, figures_table, place_lines
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.schedules.load import own_schedule
from boardpack.subjects.savings.tracker_extract import TARIFF

YTD, YEAR = "Year to date", "Full year"
BY_PLACE = (
    Measure("Plan", "efficiency.{line}.total.ytd_plan", group=YTD),
    Measure("Actual", "efficiency.{line}.total.ytd_actual", group=YTD),
    Measure("(Short) / ahead", "efficiency.{line}.total.ytd_variance", group=YTD),
    Measure("Required", "efficiency.{line}.total.annual_requirement", group=YEAR),
    Measure("Identified", "efficiency.{line}.total.identified", group=YEAR),
    Measure("(Gap) / more", "efficiency.{line}.total.unidentified", group=YEAR),
    Measure("Planned by now", "efficiency.{line}.total.ytd_plan_share", "percent", group=YEAR),
)
PHASING = "*Planned by now* is the part of the year's plan that was due by this month."
Pair = tuple[str, Figure]


def has_directorates(paper: ChapterPaper) -> bool:
    """Whether the place's savings are reported by directorate."""
    return paper.supplied("savings.total.full_year_plan")


def savings_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What had to be saved, what has been, and where the year will end."""
    if has_directorates(paper):
        pairs = _variances(paper)
        behind = [pair for pair in pairs if pair[1].value < 0]
        ahead = [pair for pair in reversed(pairs) if pair[1].value > 0]
        return paper.narrate("savings", behind=behind, ahead=ahead)
    if paper.supplied("efficiency.total.annual_requirement"):
        return paper.narrate("place")
    return paper.not_supplied("Savings")


def savings_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Plan, delivery and forecast by directorate; by place where there is no directorate detail."""
    month, notes = paper.paper.month.name, (PHASING,)
    if has_directorates(paper):
        lines = (Line(TARIFF, slug(TARIFF)), *directorate_lines(paper))
        caption = f"Savings of {paper.place_name} at {month}"
        measures = measures_of(paper, own_schedule("place_savings"))
        return figures_table(
            paper, "savings-table", caption, "Directorate", lines, measures, notes=notes
        )
    if not paper.supplied("efficiency.icb.total.ytd_plan"):
        return paper.not_supplied("Savings by place")
    caption = f"Savings of every place at {month}"
    places = place_lines(paper)
    return figures_table(paper, "savings-table", caption, "Place", places, BY_PLACE, notes=notes)


def savings_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Plan and actual to date, side by side, the largest plan first.

    A line that is on plan and due to save less than a material amount is left to the table.
    """
    plans = _lines(paper)
    if not plans:
        return paper.not_supplied("Savings against plan")
    large = [pair for pair in plans if _is_shown(paper, pair[1])]
    return _chart(paper, large or plans, "larger lines" if 0 < len(large) < len(plans) else "")


def _lines(paper: ChapterPaper) -> list[tuple[str, str]]:
    """Labels and figure names of the lines with a plan to date, the largest plan first."""
    if has_directorates(paper):
        source, lines = "savings.{}", [(TARIFF, slug(TARIFF)), *_directorates(paper)]
    else:
        places = paper.paper.report.places
        source, lines = "efficiency.{}.total", [(name, place) for place, name in places.items()]
    named = [(label, source.format(line)) for label, line in lines]
    found = [pair for pair in named if paper.supplied(f"{pair[1]}.ytd_variance")]
    return sorted(found, key=lambda pair: -paper.figure(f"{pair[1]}.ytd_plan").value)


def _is_shown(paper: ChapterPaper, line: str) -> bool:
    least = paper.paper.report.materiality.amount
    plan, variance = (paper.figure(f"{line}.{m}").value for m in ("ytd_plan", "ytd_variance"))
    return plan >= least or variance != 0


def _chart(paper: ChapterPaper, plans: list[tuple[str, str]], extent: str) -> Chart:
    planned, saved = (
        tuple(paper.number(f"{line}.{measure}", "thousands") for _, line in plans)
        for measure in ("ytd_plan", "ytd_actual")
    )
    labels = tuple(label for label, _ in plans)
    said = "; ".join(
        f"{label}: {plan.text} planned, {actual.text} saved"
        for label, plan, actual in zip(labels, planned, saved, strict=True)
    )
    return Chart(
        id="savings-delivery",
        shape="bar",
        title=_message([(label, paper.figure(f"{line}.ytd_variance")) for label, line in plans]),
        alt=f"Savings planned and made to date, in £000s{extent and f', {extent} only'}. {said}.",
        categories=labels,
        series=(Series("Plan to date", planned), Series("Saved to date", saved)),
        unit=f"£000s{extent and f', {extent} only'}",
        scale="1000",
        better="higher",
    )


def _message(variances: list[Pair]) -> str:
    label, worst = min(variances, key=lambda pair: pair[1].value)
    if worst.value < 0:
        return f"{label} is furthest behind its savings plan"
    return "No savings are behind plan"


def plan_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """When the plan falls due, and the monthly saving that it now asks for."""
    for total in ("savings.total", "efficiency.total"):
        if paper.supplied(f"{total}.ytd_plan_share", f"{total}.monthly_rate_to_date"):
            return paper.narrate("plan", total=total)
    return paper.not_supplied("How the savings plan is phased")


def kinds_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What is automatic, what the place must do itself, and what comes back every year."""
    if not has_directorates(paper):
        return paper.not_supplied("Savings by directorate, and how much of them recurs")
    return paper.narrate("kinds", tariff=f"savings.{slug(TARIFF)}")


def _directorates(paper: ChapterPaper) -> list[tuple[str, str]]:
    return [(label, line) for line, label in paper.paper.report.directorates.items()]


def _variances(paper: ChapterPaper) -> list[Pair]:
    found = [
        (label.lower(), paper.figure(f"savings.{line}.ytd_variance"))
        for label, line in ((TARIFF, slug(TARIFF)), *_directorates(paper))
        if paper.supplied(f"savings.{line}.ytd_variance")
    ]
    return sorted(found, key=lambda pair: pair[1].value)
