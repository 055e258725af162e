"""What the efficiency chapter shows of how savings fall in the year, and of prescribing's."""

from __future__ import annotations

from boardpack.paper.blocks import Narrative, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.tables import (
    Measure,
    figures_table,
    place_lines,
    without_empty_columns,
)

SCHEMES = "savings.{line}.all_schemes."
DUE, AGAINST = "Due by now", "Saved to date, (short) / ahead"
PHASING = (
    Measure("Tracker", f"{SCHEMES}ytd_plan_share", group=DUE),
    Measure("By quarter", f"{SCHEMES}declared_share", group=DUE),
    Measure("Evenly", f"{SCHEMES}even_share", group=DUE),
    Measure("Tracker", f"{SCHEMES}ytd_variance", group=AGAINST),
    Measure("By quarter", f"{SCHEMES}variance_to_declared_plan", group=AGAINST),
    Measure("Evenly", f"{SCHEMES}variance_to_even_plan", group=AGAINST),
)
NET = "prescribing_savings.{line}.net_of_savings."
SPEND = (
    Measure("Bill for medicines", f"{NET}medicines_bill"),
    Measure("Taken off apart", f"{NET}savings_taken_apart"),
    Measure("Spend after savings", f"{NET}spend_after_savings"),
    Measure("Savings delivered", f"{NET}savings_delivered"),
    Measure("Spend without savings", f"{NET}spend_without_savings"),
    Measure("Saved", f"{NET}savings_share"),
)

COUNTED_ONCE = (
    "Savings delivered are in the bill already and are not taken off again. Part of the bill is"
    " estimated while its data has not come."
)


def phasing_narrative(paper: ChapterPaper) -> Narrative | None:
    """Whether delivery is behind only the tracker's late profile, or behind any."""
    if not paper.supplied("savings.all_schemes.variance_to_even_plan"):
        return None
    return paper.narrate("phasing", "efficiency")


def phasing_table(paper: ChapterPaper) -> Table | None:
    """Delivery to date by place against three profiles: the tracker's, by quarter, and even."""
    if not paper.supplied("savings.icb.all_schemes.variance_to_even_plan"):
        return None
    notes = (
        "*By quarter* is the profile that savings plans were told to follow. *Evenly* is a twelfth"
        " of the year's plan for each month.",
    )
    caption = f"Savings to {paper.paper.month.name} against three profiles"
    lines = place_lines(paper)
    table = figures_table(paper, "savings-phasing", caption, "Place", lines, PHASING, notes=notes)
    return without_empty_columns(table)


def prescribing_narrative(paper: ChapterPaper) -> Narrative | None:
    """What prescribing would have cost without its savings, and that they count once."""
    place = next(
        (p for p in (paper.place, "icb") if paper.supplied(_net(p, "spend_without_savings"))), None
    )
    if place is None:
        return None
    name = paper.paper.report.place_name(place)
    return paper.narrate("prescribing", "efficiency", net=_net(place), of=name)


def prescribing_table(paper: ChapterPaper) -> Table | None:
    """The bill for medicines, the savings in it, and the spend without them, by place."""
    lines = [
        line for line in place_lines(paper) if paper.supplied(_net(line.line, "savings_share"))
    ]
    if not lines:
        return None
    table = figures_table(
        paper,
        "prescribing-net-of-savings",
        f"Prescribing to {paper.paper.month.name} and the savings in it",
        "Place",
        lines,
        SPEND,
        notes=(COUNTED_ONCE,),
    )
    return without_empty_columns(table)


def _net(place: str, measure: str = "") -> str:
    return NET.format(line=place) + measure if measure else NET.format(line=place).rstrip(".")
