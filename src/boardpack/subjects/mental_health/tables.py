"""What the mental health chapter shows: the place's budget, and the ICB's investment standard."""

from __future__ import annotations

from boardpack.core.structure import CENTRAL
from boardpack.document.blocks import Chart, Column, Narrative, NotSupplied, Row, Series, Table
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.drivers import shows_share
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import count_words, plain_text

LEDGER = "@mental_health"
STANDARD = "mental_health.icb.mhis."
NO_STANDARD = "The Mental Health Investment Standard"
SECTION_117 = "mental_health.section_117_cpc."
QUARTERS = "first second third fourth".split()


def position_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The place's variance and its forecast."""
    name = f"position.{LEDGER}."
    if not paper.supplied(f"{name}ytd_variance"):
        return paper.not_supplied("The mental health position")
    with_share = shows_share(paper, f"{name}ytd_variance_share")
    return paper.narrate("position", with_share=with_share)


def section_117_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How the average number of section 117 clients has changed between the quarters stated."""
    if not paper.supplied(f"{SECTION_117}change"):
        return paper.not_supplied("Section 117 client numbers")
    figures = [
        figure
        for figure in paper.register
        if figure.place == paper.place
        and (figure.chapter, figure.line) == ("mental_health", "section_117_cpc")
        and figure.measure == "average_clients"
    ]
    first, *_, last = sorted(figures, key=lambda figure: figure.period)
    apart = _quarter(last.period) - _quarter(first.period)
    return paper.narrate(
        "section_117",
        first=first,
        last=last,
        first_name=_quarter_name(first.period),
        last_name=_quarter_name(last.period),
        apart=count_words(apart),
        one_year=apart == len(QUARTERS),
    )


def _quarter(period: str) -> int:
    """Quarters counted from a fixed start, so that two can be subtracted."""
    year, quarter = period.split(" Q")
    return int(year.split("/")[0]) * len(QUARTERS) + int(quarter)


def _quarter_name(period: str) -> str:
    year, quarter = period.split(" Q")
    return f"the {QUARTERS[int(quarter) - 1]} quarter of {plain_text(year)}"


def places_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The ICB's net variance, what lies behind it, and the pressure that the report states."""
    if not paper.supplied("mental_health.icb.directorate.overspent_variance"):
        return paper.not_supplied("Mental health by place")
    return paper.narrate("places")


@where_supplied("Mental health by place")
def places_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Mental health variances to date by place and at the centre, the largest overspend first."""
    report = paper.paper.report
    places = (*report.places, CENTRAL)
    paper.require(*(f"overview.{place}.{LEDGER}.ytd_variance" for place in places))
    names = {
        report.place_name(place): f"overview.{place}.{LEDGER}.ytd_variance"
        for place in places
        if paper.supplied(f"overview.{place}.{LEDGER}.ytd_variance")
    }
    if not names:
        return paper.not_supplied("Mental health by place")
    labels = sorted(names, key=lambda label: paper.figure(names[label]).value)
    ordered = {label: names[label] for label in labels}
    series = Series("Variance", tuple(paper.number(name) for name in ordered.values()))
    is_over = paper.figure(ordered[labels[0]]).value < 0
    return Chart(
        id="mental-health-places",
        shape="bar",
        title=f"{labels[0]} has the largest overspend" if is_over else "No place is overspent",
        alt=f"{spoken(ordered, series, unit='£000s, a minus is an overspend')}.",
        categories=tuple(ordered),
        series=(series,),
        unit="£000s to date, (over) / under budget",
        scale="1000",
        better="higher",
    )


def standard_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Whether the forecast meets the standard, and by how much."""
    if not paper.supplied(f"{STANDARD}over_delivery"):
        return paper.not_supplied(NO_STANDARD)
    return paper.narrate("standard")


def standard_table(paper: ChapterPaper) -> Table | NotSupplied:
    """From the implied outturn of last year to the target, the forecast and the margin."""
    if not paper.supplied(f"{STANDARD}over_delivery"):
        return paper.not_supplied(NO_STANDARD)
    rows = (
        ("Last year's spend, implied", "implied_prior_year_outturn", None),
        ("Growth required", "uplift", "percent_2"),
        ("Target", "forecast_target", None),
        ("Forecast", "forecast_outturn", None),
        ("Forecast above / (below) target", "over_delivery", None),
    )
    shown = (Row((label, paper.cell(f"{STANDARD}{m}", style))) for label, m, style in rows)
    return Table(
        id="mental-health-standard",
        caption=f"Mental Health Investment Standard, {paper.paper.report.area_name}",
        columns=(Column("", "left"), Column(paper.paper.month.year)),
        rows=tuple(row for row in shown if row.cells[1]),
        unit="£000s, or per cent",
        notes=("Last year's spend is implied by the target and the growth required.",),
    )


def beside_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Prescribing, ADHD and learning disability: what moves the margin or stands outside it."""
    names = ("prescribing.growth", "adhd.change", "lda_chc.placements")
    if not any(paper.supplied(f"mental_health.icb.{name}") for name in names):
        return paper.not_supplied("Spend beside the investment standard")
    return paper.narrate("beside")
