"""What the cash chapter shows: the year's requirement, the drawdowns, and the month-end balance."""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.document.blocks import Chart, Narrative, NotSupplied, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.icb_wide import not_supplied
from boardpack.document.schedule_blocks import own_lines
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import listed, plain_text
from boardpack.figures.schedule_names import id_pattern, line_key
from boardpack.schedules.load import own_schedule
from boardpack.subjects.funding.cash_figures import REMAINING, contradicted_labels

USED, DRAWN = "Cash used and cash left", "Cash drawdowns and month-end balances"
MEANINGS = {
    "icb_acdr": "ICB ACDR is the annual cash drawdown requirement: the cash the ICB may use.",
    "hot": "HOT is home oxygen therapy.",
    "pod": "POD is pharmacy, optometry and dental services.",
    "pcse_pod_charges_adjustments": "PCSE is Primary Care Support England.",
}
PROFILE = (
    Measure("Main", "cash.icb.drawdown.main_drawdown{line}", group="Drawdown"),
    Measure("Supplementary", "cash.icb.drawdown.supplementary_drawdown{line}", group="Drawdown"),
    Measure("Cumulative", "cash.icb.drawdown.cumulative_drawdown{line}", group="Drawdown"),
    Measure("Cash used, % of year", "cash.icb.drawdown.proportion_of_acdr{line}", "percent"),
    Measure("Limit", "cash.icb.drawdown.kpi_limit{line}", group="Month-end balance"),
    Measure("Balance", "cash.icb.drawdown.month_end_balance{line}", group="Month-end balance"),
    Measure(
        "% of main drawdown",
        "cash.icb.drawdown.balance_proportion{line}",
        "percent_2",
        "Month-end balance",
    ),
)


@dataclass(frozen=True)
class When:
    """A month of the drawdown profile: its name, and the ends of its figures' ids."""

    name: str
    suffix: str
    is_past: bool

    def figure(self, measure: str) -> str:
        """The name of one of its figures."""
        return f"cash.icb.drawdown.{measure}{self.suffix}"


def used_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How much of the year's cash is used, against the part of the year that is gone."""
    if not paper.supplied("cash.icb.available_cash.drawn_down_share"):
        return not_supplied(paper, USED)
    return paper.narrate("used")


def requirement_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The requirement, what has used it and what is left: this month, last month, the movement."""
    rows = own_lines(paper, "cash_requirement")
    if not rows:
        return not_supplied(paper, USED)
    now = paper.paper.month
    last = now.earlier(1).name if now.number > 1 else f"Start of {now.year}"
    named = {"current_month": now.name, "prior_month": last, "movement": "Movement"}
    schedule = own_schedule("cash_requirement")
    measures = [
        Measure(head, id_pattern(schedule, paper.paper, name), "thousands")
        for name, head in named.items()
    ]
    lines = [
        Line(
            row.label,
            line_key(schedule, paper.paper, row.place, row.line),
            "total" if row.line == REMAINING else "line",
        )
        for row in rows
    ]
    slugs = [row.line for row in rows]
    meanings = " ".join(meaning for line, meaning in MEANINGS.items() if line in slugs)
    notes = [note for note in ("Uses of cash are in brackets.", meanings) if note]
    caption = f"Cash requirement for {now.year}, and what has used it"
    return figures_table(paper, "cash-requirement", caption, "Line", lines, measures, notes=notes)


def drawdown_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Supplementary drawdowns, and whether the month-end balance keeps within its limit."""
    if not paper.supplied("cash.icb.drawdown.limit_headroom"):
        return not_supplied(paper, DRAWN)
    months = _months(paper)
    extra = [m for m in months if _is_positive(paper, m.figure("supplementary_drawdown"))]
    return paper.narrate(
        "drawdown",
        past=[month for month in extra if month.is_past],
        coming=[month for month in extra if not month.is_past],
        over=_over(paper),
    )


def drawdown_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The profile of the year, month by month, and its totals."""
    months = _months(paper)
    if not months:
        return not_supplied(paper, DRAWN)
    lines = [Line(month.name, month.suffix) for month in months]
    return figures_table(
        paper,
        "cash-drawdown",
        f"Cash drawdowns and month-end balances, {paper.paper.month.year}",
        "Month",
        [*lines, Line("Drawdowns listed", ".total", "total")],
        PROFILE,
        unit="£000s unless %",
        notes=_notes(paper),
    )


def balance_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Each month-end balance beside its limit, which moves with the month's main drawdown."""
    shown = [m for m in _months(paper) if paper.supplied(m.figure("limit_headroom"))]
    if not shown:
        return not_supplied(paper, DRAWN)
    series = tuple(
        Series(name, tuple(paper.number(month.figure(measure), "thousands") for month in shown))
        for name, measure in (("Balance", "month_end_balance"), ("Limit", "kpi_limit"))
    )
    names = tuple(month.name for month in shown)
    over = _over(paper)
    return Chart(
        id="cash-balance",
        shape="bar",
        title=f"The cash balance was above its limit in {', '.join(m.name for m in over)}"
        if over
        else "The cash balance has been within its limit at every month end",
        alt=spoken(names, *series, unit="£000s"),
        categories=names,
        series=series,
        unit="£000s",
        scale="1000",
        better="lower",
    )


def _months(paper: ChapterPaper) -> tuple[When, ...]:
    now, schedule = paper.paper.month, own_schedule("cash_drawdown")
    found = [
        When(
            one.month.name,
            line_key(schedule, paper.paper, one.place, one.line),
            one.month <= now,
        )
        for one in own_lines(paper, "cash_drawdown")
        if one.month
    ]
    return tuple(w for w in found if paper.supplied(w.figure("main_drawdown")))


def _over(paper: ChapterPaper) -> list[When]:
    """Months whose balance was above the limit."""
    names = [(month, month.figure("limit_headroom")) for month in _months(paper)]
    return [m for m, name in names if paper.supplied(name) and paper.figure(name).value < 0]


def _is_positive(paper: ChapterPaper, name: str) -> bool:
    return paper.supplied(name) and paper.figure(name).value > 0


def _notes(paper: ChapterPaper) -> tuple[str, ...]:
    """What the table cannot vouch for: month labels of another year, shares of other months."""
    labels = contradicted_labels(own_lines(paper, "cash_drawdown"))
    notes = [
        "The months in the source report are labelled for another year: it prints"
        f" {plain_text(label)} where {meant.name} is meant. The table uses the months of this"
        " paper's year."
        for label, meant in labels[:1]
    ]
    shares = {m.name: m.figure("proportion_of_acdr") for m in _months(paper)}
    read = [
        name
        for name, share in shares.items()
        if paper.supplied(share) and paper.register[share].formula is None
    ]
    if read:
        notes.append(
            f"The share used is as printed for {listed(read)}. The requirement of those months was"
            " not supplied, so the share cannot be computed again."
        )
    return tuple(notes)
