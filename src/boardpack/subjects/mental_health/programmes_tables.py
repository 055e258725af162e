"""What the mental health chapter shows of the standard line by line; nothing without a return."""

from __future__ import annotations

from boardpack.document.blocks import Cell, Chart, Column, Narrative, Row, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.schedule_blocks import own_lines
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import cell_text, plain_text
from boardpack.figures.figure import Figure
from boardpack.figures.schedule_lines import Line as TableLine
from boardpack.subjects.mental_health.programmes_figures import ELIGIBLE, EXCLUDED, STANDARD

MOST_NAMED = 3
MENTAL_HEALTH = "mental_health.icb.{line}."
YTD, YEAR, GROWTH = "Year to date", "Full year", "Growth"
BY_LINE = (
    Measure("Last year", f"{MENTAL_HEALTH}prior_year_outturn"),
    Measure("Plan", f"{MENTAL_HEALTH}ytd_plan", group=YTD),
    Measure("Actual", f"{MENTAL_HEALTH}ytd_actual", group=YTD),
    Measure("Plan", f"{MENTAL_HEALTH}annual_plan", group=YEAR),
    Measure("Forecast", f"{MENTAL_HEALTH}forecast_outturn", group=YEAR),
    Measure("Per cent", f"{MENTAL_HEALTH}growth", group=GROWTH),
    Measure("Share of all", f"{MENTAL_HEALTH}share_of_increase", group=GROWTH),
    Measure("Headroom", f"{MENTAL_HEALTH}headroom"),
    Measure("Break-even slippage", f"{MENTAL_HEALTH}break_even_slippage"),
)
NOTES = (
    "*Headroom* is the forecast less last year's spend raised by the growth required. The lines add"
    " up to the margin of the standard.",
    "*Break-even slippage* is the part of what is still to be spent on the line that could stay"
    " unspent before the standard would be missed, all else as forecast.",
)


def programmes_narrative(paper: ChapterPaper) -> Narrative | None:
    """Which lines carry the growth, which lag, and how little slippage would break the standard."""
    records = _records(paper, ELIGIBLE)
    if not records or not paper.supplied(f"{STANDARD}.over_delivery"):
        return None
    headroom = sorted(_pairs(paper, records, "headroom"), key=lambda pair: -pair[1].value)
    return paper.narrate(
        "programmes",
        "mental_health",
        above=[pair for pair in headroom if pair[1].value > 0][:MOST_NAMED],
        below=[pair for pair in reversed(headroom) if pair[1].value < 0][:MOST_NAMED],
        breakers=_breakers(paper, records),
    )


def programmes_table(paper: ChapterPaper) -> Table | None:
    """Every eligible programme: last year, plan, to date, forecast, growth and headroom."""
    records = _records(paper, ELIGIBLE)
    if not records:
        return None
    lines = [Line(cell_text(one.label), one.line) for one in records]
    lines.append(Line("All eligible programmes", ELIGIBLE, "total"))
    caption = "What counts towards the Mental Health Investment Standard"
    return figures_table(
        paper, "mental-health-programmes", caption, "Programme", lines, BY_LINE, notes=NOTES
    )


def eligibility_table(paper: ChapterPaper) -> Table | None:
    """Every programme of the return: whether it counts, the reason given, and what it spends."""
    rows: list[Row] = []
    for kind, head in ((ELIGIBLE, "Counts"), (EXCLUDED, "Does not count")):
        records = _records(paper, kind)
        if records:
            rows.append(Row((head,), "heading"))
            rows += [_reason(paper, record) for record in records]
            total = MENTAL_HEALTH.format(line=kind)
            rows.append(Row((f"{head}, in all", "", *_spend(paper, total)), "subtotal"))
    if not rows:
        return None
    heads = ("Last year", "Forecast", "Growth")
    return Table(
        "mental-health-eligibility",
        "What counts towards the standard and what does not, and why",
        (Column("Programme", "left"), Column("Reason", "left"), *(Column(h) for h in heads)),
        tuple(rows),
        "£000s, or per cent",
    )


def _reason(paper: ChapterPaper, record: TableLine) -> Row:
    said = record.row.words.get("reason", "") if record.row else ""
    spend = _spend(paper, MENTAL_HEALTH.format(line=record.line))
    return Row((cell_text(record.label), cell_text(said) or "None given", *spend))


def _spend(paper: ChapterPaper, line: str) -> list[Cell]:
    measures = ("prior_year_outturn", "forecast_outturn", "growth")
    return [paper.cell(f"{line}{measure}") for measure in measures]


def headroom_chart(paper: ChapterPaper) -> Chart | None:
    """Headroom of each eligible programme, the largest first."""
    pairs = _pairs(paper, _records(paper, ELIGIBLE), "headroom")
    if not pairs:
        return None
    ordered = dict(sorted(pairs, key=lambda pair: -pair[1].value))
    series = Series("Headroom", tuple(paper.number(figure.id) for figure in ordered.values()))
    first, last = next(iter(ordered)), next(reversed(ordered))
    title = f"{first} grows most beyond what the standard asks"
    if ordered[last].value < 0:
        title += f"; {last} falls furthest short"
    return Chart(
        id="mental-health-headroom",
        shape="bar",
        title=title,
        alt=f"{spoken(ordered, series, unit='£000s, a minus is below the growth required')}.",
        categories=tuple(ordered),
        series=(series,),
        unit="£000s, above / (below) the growth required",
        scale="1000",
        better="higher",
    )


def _records(paper: ChapterPaper, kind: str) -> list[TableLine]:
    return [line for line in own_lines(paper, "mhis_return") if line.group == kind]


def _pairs(paper: ChapterPaper, records: list[TableLine], measure: str) -> list[tuple[str, Figure]]:
    found = []
    for record in records:
        name = MENTAL_HEALTH.format(line=record.line) + measure
        if paper.supplied(name):
            found.append((cell_text(record.label), paper.figure(name)))
    return found


def _breakers(paper: ChapterPaper, records: list[TableLine]) -> list[tuple[str, Figure]]:
    """The lines of which the least slippage would break the standard, in words for a sentence."""
    pairs = _pairs(paper, records, "break_even_slippage")
    least = sorted(pairs, key=lambda pair: pair[1].value)[:MOST_NAMED]
    return [(plain_text(label), figure) for label, figure in least]
