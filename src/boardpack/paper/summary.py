"""What page 1 shows: where we are, where we will land, why, what is asked; then the cover sheet."""

from __future__ import annotations

from boardpack.figures.figure import Figure
from boardpack.paper.blocks import (
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Row,
    Series,
    Table,
    Tone,
)
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.drivers import driver_lines
from boardpack.paper.numbers import short_money
from boardpack.paper.wording import count_words

KEY = (
    ("Year to date", "position.total.ytd_variance", "total_to_date"),
    ("Full-year forecast", "position.total.forecast_variance", "total_forecast"),
    ("Prescribing", "position.prescribing.ytd_variance", "line"),
    ("Continuing care", "position.continuing_care_services.ytd_variance", "line"),
    ("Mental health", "position.mental_health_services.ytd_variance", "line"),
    ("Savings to date", "savings.total.ytd_variance", "savings"),
)


def key_figures(paper: ChapterPaper) -> KeyFigures:
    """Four to six headline numbers, each with its direction in words and its budget."""
    items = tuple(_key(paper, *key) for key in KEY if paper.supplied(key[1]))
    return KeyFigures("summary-key-figures", items)


def _key(paper: ChapterPaper, label: str, name: str, context: str) -> KeyFigure:
    figure = paper.figure(name)
    number = paper.number(name)
    shown = type(number)(
        short_money(figure.value), number.figure, number.value, number.words, number.adverse
    )
    return KeyFigure(label, shown, paper.narrate(f"key_{context}", line=figure.line).markdown, _tone(figure))


def _tone(figure: Figure) -> Tone:
    if figure.value == 0:
        return "neutral"
    return "bad" if figure.value < 0 else "good"


def answer_narrative(paper: ChapterPaper) -> Narrative:
    """Where we are and where we will land, in a few sentences that can be said back."""
    return paper.narrate("answer")


def why_narrative(paper: ChapterPaper) -> Narrative:
    """The drivers: the material overspends, largest first, and what offsets them."""
    return paper.narrate("why", **driver_lines(paper))


def run_rate_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """The average monthly variance so far, lately, and as the forecast needs it from here."""
    names = {
        "Earlier months": "position.total.earlier_run_rate",
        "Latest months": "position.total.latest_run_rate",
        "All months so far": "position.total.average_run_rate",
        "Needed from here": "position.total.required_run_rate",
    }
    if not paper.supplied(names["Needed from here"]):
        return paper.not_supplied("The monthly run rate that the forecast needs")
    found = {label: name for label, name in names.items() if paper.supplied(name)}
    numbers = tuple(paper.number(name, "thousands") for name in found.values())
    needed, average = (paper.figure(names[k]) for k in ("Needed from here", "All months so far"))
    return Chart(
        id="summary-run-rate",
        shape="bar",
        title=_run_rate_title(needed, average),
        alt="Average variance a month in £000s: "
        + "; ".join(f"{label} {n.words or n.text}" for label, n in zip(found, numbers, strict=True)),
        categories=tuple(found),
        series=(Series("Variance a month", numbers),),
        unit="£000s a month, (over) / under budget",
        scale="1000",
        better="higher",
    )


def _run_rate_title(needed: Figure, average: Figure) -> str:
    if needed.value > average.value and needed.value < 0:
        return f"The overspend must slow to {short_money(needed.value)} a month to land on forecast"
    if needed.value > average.value:
        return f"The forecast needs an underspend of {short_money(needed.value)} a month from here"
    return f"The forecast allows an overspend of {short_money(needed.value)} a month from here"


def confidence_narrative(paper: ChapterPaper) -> Narrative:
    """How far the forecast can be relied on: unexplained gains, estimates and open checks."""
    data, month = paper.paper.run.prescribing_months_of_data, paper.paper.month.number
    return paper.narrate(
        "confidence",
        months_of_data=count_words(data),
        months_estimated=count_words(max(month - data, 0)),
    )


def asked_narrative(paper: ChapterPaper) -> Narrative:
    """What the board is asked to do."""
    return paper.narrate("asked", cover=paper.paper.run.cover)


def icb_narrative(paper: ChapterPaper) -> Narrative:
    """The ICB behind the place: position, forecast, releases, duties."""
    return paper.narrate("icb")


def cover_table(paper: ChapterPaper) -> Table:
    """The cover sheet as boards use it."""
    run, report = paper.paper.run, paper.paper.report
    cover = run.cover
    entries = (
        ("Board", report.organisation.boards[paper.place]),
        ("Date", f"{run.board_date.day} {run.board_date:%B %Y}"),
        ("Title", f"Month {paper.paper.month.number} {paper.paper.month.year} finance report"),
        ("Purpose", f"For {cover.purpose}"),
        ("Recommended action", cover.recommendation),
        ("Conflicts of interest", cover.conflicts_of_interest),
        ("Risks and mitigations", cover.risks),
        ("Equality impact", cover.equality),
        ("Financial impact", cover.financial),
        ("Public engagement", cover.public_engagement),
        ("Other engagement", cover.other_engagement),
        ("Author", cover.author_role),
        ("Clinical lead", cover.clinical_lead_role),
        ("Executive sponsor", cover.executive_sponsor_role),
    )
    columns = (Column("Item", "left"), Column("Entry", "left"))
    return Table("summary-cover", "Cover sheet", columns, tuple(Row(entry) for entry in entries))


