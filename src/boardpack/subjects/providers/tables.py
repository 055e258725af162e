"""What the provider position chapter shows."""

from __future__ import annotations

from boardpack.document.blocks import Chart, Narrative, NotSupplied, Series, Table, mark
from boardpack.document.chapter import ChapterPaper
from boardpack.document.icb_wide import not_supplied
from boardpack.document.numbers import percent
from boardpack.document.schedule_blocks import own_lines, rows_only
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.document.text_alternatives import spoken
from boardpack.figures.labels import slug

LOCAL, OTHER = "local_providers", "other_providers"
MISSING = "NHS provider contracts"
OTHER_NAME = "Other NHS providers, not listed"
MEASURES = (
    Measure("Annual forecast", "providers.icb.{line}.annual_forecast", "thousands"),
    Measure("Share of all", "providers.icb.{line}.share_of_total", "percent"),
)


def providers_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What the ICB expects to pay NHS providers, to whom, and whether that is on budget."""
    if not paper.supplied("providers.icb.total.annual_forecast"):
        return not_supplied(paper, MISSING)
    return paper.narrate("providers", local=len(_local(paper)))


def providers_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The local providers, the rest, and the total."""
    local = [Line(name, line) for name, line in _local(paper)]
    if not local:
        return not_supplied(paper, MISSING)
    lines = (
        *local,
        Line("Local providers", LOCAL, "subtotal"),
        Line(OTHER_NAME, OTHER),
        Line("All NHS block contracts", "total", "total"),
    )
    caption = f"Forecast payments to NHS providers, {paper.paper.month.year}"
    return figures_table(
        paper,
        "providers-table",
        caption,
        "Provider",
        lines,
        MEASURES,
        unit="£000s and % of all",
        notes=("Other NHS providers are the total less the local providers listed.",),
    )


def providers_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Forecast payments by provider, the largest first, then those that are not listed."""
    names = {name: f"providers.icb.{line}.annual_forecast" for name, line in _local(paper)}
    known = {name: figure for name, figure in names.items() if paper.supplied(figure)}
    if not known:
        return not_supplied(paper, MISSING)
    shown = sorted(known, key=lambda name: -paper.figure(known[name]).value)
    largest = shown[0]
    other = f"providers.icb.{OTHER}.annual_forecast"
    if paper.supplied(other):
        known[OTHER_NAME] = other
        shown.append(OTHER_NAME)
    series = Series(
        "Annual forecast", tuple(paper.number(known[name], "thousands") for name in shown)
    )
    return Chart(
        id="providers-forecast",
        shape="bar",
        title=_title(paper, largest),
        alt=spoken(shown, series, unit="£000s in the year"),
        categories=tuple(shown),
        series=(series,),
        unit="£000s in the year",
        scale="1000",
    )


def _title(paper: ChapterPaper, largest: str) -> str:
    share = f"providers.icb.{slug(largest)}.share_of_total"
    if not paper.supplied(share):
        return f"{largest} receives the most"
    number = percent(paper.figure(share))
    return f"{largest} receives the most, {mark(number.figure, number.text)} of all block contracts"


def _local(paper: ChapterPaper) -> list[tuple[str, str]]:
    """The listed providers as printed, with the lines of their figures."""
    lines = rows_only(own_lines(paper, "provider_contracts"))
    return [(line.label, line.line) for line in lines if line.row is not None and not line.is_made]
