"""What the efficiency chapter shows: each place's requirement, its schemes and its delivery."""

from __future__ import annotations

from boardpack.document.blocks import Chart, Narrative, NotSupplied, Series, Table
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.tables import Measure, figures_table, place_lines
from boardpack.figures.figure import Figure

YEAR, YTD = "Full year", "Year to date"
SCHEMES = (
    Measure("Required", "efficiency.{line}.total.annual_requirement", group=YEAR),
    Measure("Identified", "efficiency.{line}.total.identified", group=YEAR),
    Measure("(Gap) / more", "efficiency.{line}.total.unidentified", group=YEAR),
    Measure("Plan", "efficiency.{line}.total.ytd_plan", group=YTD),
    Measure("Actual", "efficiency.{line}.total.ytd_actual", group=YTD),
    Measure("(Short) / ahead", "efficiency.{line}.total.ytd_variance", group=YTD),
    Measure("Delivered", "efficiency.{line}.total.ytd_delivery_share", "percent", group=YTD),
)
GAP, SHORT = "(Gap) / more than required", "(Short) / ahead of plan to date"
MOVEMENTS = (
    Measure("Last month", "efficiency.{line}.total.unidentified_prior_month", group=GAP),
    Measure("This month", "efficiency.{line}.total.unidentified", group=GAP),
    Measure("Change", "efficiency.{line}.total.unidentified_movement", group=GAP),
    Measure("Last month", "efficiency.{line}.total.ytd_variance_prior_month", group=SHORT),
    Measure("This month", "efficiency.{line}.total.ytd_variance", group=SHORT),
    Measure("Change", "efficiency.{line}.total.ytd_variance_movement", group=SHORT),
)
Pair = tuple[str, Figure]


def _is_supplied(paper: ChapterPaper) -> bool:
    return paper.supplied("efficiency.icb.total.annual_requirement")


@where_supplied("Efficiency schemes")
def schemes_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Whether enough schemes have been found, and whose surplus hides whose gap."""
    if not _is_supplied(paper):
        return paper.not_supplied("Efficiency schemes")
    gaps, surpluses = _sides(paper, "unidentified")
    return paper.narrate("schemes", gaps=gaps, surpluses=surpluses)


@where_supplied("Delivery of efficiency schemes")
def delivery_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What has been saved to date, who is behind plan and who is ahead."""
    if not _is_supplied(paper):
        return paper.not_supplied("Delivery of efficiency schemes")
    behind, ahead = _sides(paper, "ytd_variance")
    return paper.narrate("delivery", behind=behind, ahead=ahead)


@where_supplied("The movement of efficiency schemes since last month")
def movement_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How the paper's own place moved since last month, and who moved the ICB's total."""
    if not paper.supplied("efficiency.total.unidentified_movement"):
        return paper.not_supplied("The movement of efficiency schemes since last month")
    movers = [pair for pair in _pairs(paper, "unidentified_movement") if pair[1].value]
    return paper.narrate("movement", movers=movers, last=paper.paper.month.earlier(1).name)


def schemes_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Requirement, schemes and delivery of every place."""
    if not _is_supplied(paper):
        return paper.not_supplied("Efficiency schemes by place")
    caption = f"Efficiency savings by place at {paper.paper.month.name}"
    return figures_table(paper, "efficiency-table", caption, "Place", place_lines(paper), SCHEMES)


def movement_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Last month beside this one, as the month's report prints both."""
    if not _is_supplied(paper):
        return paper.not_supplied("Efficiency schemes last month and this")
    caption = "Efficiency savings: last month and this"
    lines = place_lines(paper)
    return figures_table(paper, "efficiency-movement-table", caption, "Place", lines, MOVEMENTS)


@where_supplied("Efficiency schemes by place")
def schemes_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Schemes identified above or below the requirement, the largest gap first."""
    pairs = sorted(_pairs(paper, "unidentified"), key=lambda pair: pair[1].value)
    if not pairs:
        return paper.not_supplied("Efficiency schemes by place")
    numbers = tuple(paper.number(figure.id, "thousands") for _, figure in pairs)
    labels = tuple(label for label, _ in pairs)
    spoken = (number.words or number.text.replace("-", "nil") for number in numbers)
    said = (" ".join(pair) for pair in zip(labels, spoken, strict=True))
    return Chart(
        id="efficiency-schemes-chart",
        shape="bar",
        title=_message(pairs),
        alt=f"Schemes identified less requirement, in £000s; a minus is a gap. {'; '.join(said)}.",
        categories=labels,
        series=(Series("Identified less required", numbers),),
        unit="£000s, (gap) / more than required",
        scale="1000",
        better="higher",
    )


def _message(pairs: list[Pair]) -> str:
    (first, gap), (last, surplus) = pairs[0], pairs[-1]
    if gap.value < 0 < surplus.value:
        return f"{last} has more schemes than it needs; {first} has the largest gap"
    if gap.value < 0:
        return f"{first} has the largest gap in its schemes"
    return "Every place has found the schemes it needs"


def _sides(paper: ChapterPaper, measure: str) -> tuple[list[Pair], list[Pair]]:
    """The places below nil and those above it, the largest first."""
    pairs = sorted(_pairs(paper, measure), key=lambda pair: -abs(pair[1].value))
    return [p for p in pairs if p[1].value < 0], [p for p in pairs if p[1].value > 0]


def _pairs(paper: ChapterPaper, measure: str) -> list[Pair]:
    """Each place's figure; of all of them or of none, where one lacks a part."""
    paper.require(*(f"efficiency.{place}.total.{measure}" for place in paper.paper.report.places))
    return [
        (name, paper.figure(f"efficiency.{place}.total.{measure}"))
        for place, name in paper.paper.report.places.items()
        if paper.supplied(f"efficiency.{place}.total.{measure}")
    ]
