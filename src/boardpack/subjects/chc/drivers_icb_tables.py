"""What care was given since last month, and at which price: kinds of care, both bases, and places.

A month that came as schedules has no packages to tell it from, and shows nothing here.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.document.blocks import Column, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, Measure, figures_table, place_lines
from boardpack.subjects.chc.drivers_tables import (
    ALL,
    BASES,
    DEARER,
    EFFECTS,
    MOVERS,
    WHAT,
    last_month,
    month_suffix,
)

APART = {"fnc_month": "NHS-funded nursing care (FNC)", "one_off_month": "One-off costs"}
POOLED = (
    "The last row is worked out on all clients together. Its cost is the sum of the places; its"
    " parts are not, because clients also shift between dearer and cheaper places."
)
NO_MOVERS = (
    "Clients of a place are left empty where any place has too few joiners or leavers to show."
)
KINDS = (
    "A kind of care with too few people to show stands with others in one line. Price is what the"
    " kind's own average price has done to its cost."
)
TWO_BASES = (
    "The two prices differ because a client with one day of care in the month counts as a whole"
    " client, but only as that day of client-weeks. A longer month also raises the price for the"
    " month, but not for the week."
)


def kinds_table(paper: ChapterPaper) -> Table | None:
    """Client-weeks, weekly price and cost of each kind of care of all places, in both months."""
    kinds = _kinds(paper)
    if not kinds:
        return None
    months = {last_month(paper): month_suffix(paper), paper.paper.month.name: ""}
    levels = {"client_weeks": "Client-weeks", "average_weekly_price": "Average price a week"}
    columns = [
        (Column(month, "right", group), f"{measure}{suffix}")
        for measure, group in levels.items()
        for month, suffix in months.items()
    ]
    changes = {"cost_change": "All of it", "price_change": "Of which price"}
    columns += [(Column(c, "right", "Change in cost, £000s"), m) for m, c in changes.items()]
    rows = [
        Row((label, *(paper.cell(f"chc.{ICB}.{line}.{name}") for _, name in columns)))
        for line, label in kinds.items()
    ]
    total = (
        paper.cell(f"chc.{ICB}.{'drivers' if name in changes else ALL}.{name}")
        for _, name in columns
    )
    return Table(
        id="chc-icb-kinds",
        caption="Care and its price by kind of care, all places",
        columns=(Column("Kind of care", "left"), *(column for column, _ in columns)),
        rows=(*rows, Row(("All kinds of care", *total), "total")),
        notes=(KINDS, DEARER),
    )


def _kinds(paper: ChapterPaper) -> dict[str, str]:
    """Names of the kinds of care that are shown, by the line of their figures, in order."""
    start = f"{paper.paper.report.place_name(ICB)}, "
    return {
        figure.line: figure.label.removeprefix(start).rpartition(", ")[0]
        for figure in paper.register
        if figure.chapter == "chc" and figure.line.startswith("care_")
    }


def bases_table(paper: ChapterPaper) -> Table | None:
    """Clients and their monthly price, and client-weeks and their weekly price, side by side."""
    if not paper.supplied(f"chc.{ICB}.drivers.cost_change"):
        return None
    names = {label: f"{ALL}.{measure}" for measure, label in BASES.items()}
    growths = {label: f"drivers.{measure}_growth" for measure, label in BASES.items()}
    name = f"chc.{ICB}."
    rows = (
        (
            label,
            paper.cell(f"{name}{short}{month_suffix(paper)}", _style(short)),
            paper.cell(f"{name}{short}", _style(short)),
            paper.cell(f"{name}{growths[label]}"),
        )
        for label, short in names.items()
    )
    return Table(
        id="chc-icb-bases",
        caption="The same cost on two bases, all places",
        columns=(
            Column("Basis", "left"),
            Column(last_month(paper)),
            Column(paper.paper.month.name),
            Column("Change"),
        ),
        rows=tuple(map(Row, rows)),
        unit="cost in pounds",
        notes=(TWO_BASES,),
    )


def _style(short: str) -> str | None:
    return "pounds" if short.endswith("cost_in_month") else None


def places_table(paper: ChapterPaper) -> Table | None:
    """The change in cost of every place in its parts, and who came and went where it is told."""
    if not any(paper.supplied(f"chc.{p}.drivers.cost_change") for p in paper.paper.report.papers):
        return None
    group = "Change in cost, £000s"
    measures = [
        Measure(label, f"chc.{{line}}.drivers.{measure}", "thousands", group, POOLED)
        for measure, label in EFFECTS.items()
    ]
    measures.append(Measure("All of it", "chc.{line}.drivers.cost_change", "thousands", group))
    joined = [f"chc.{place}.{MOVERS['Joined']}" for place in (ICB, *paper.paper.report.places)]
    is_partly = paper.supplied(joined[0]) and not paper.supplied(*joined)
    withheld = NO_MOVERS if is_partly else ""
    measures += [
        Measure(label, f"chc.{{line}}.{short}", None, "Clients", withheld)
        for label, short in MOVERS.items()
        if paper.supplied(f"chc.{ICB}.{short}")
    ]
    caption = f"{WHAT}, by place"
    lines = place_lines(paper)
    return figures_table(
        paper, "chc-icb-places", caption, "Place", lines, measures, unit="", notes=(DEARER,)
    )


def apart_table(paper: ChapterPaper) -> Table | None:
    """What is kept out of all these: nursing care and one-off costs of all places."""
    kinds = {k: v for k, v in APART.items() if paper.supplied(f"chc.{ICB}.{k}.clients")}
    if not kinds:
        return None
    months = {last_month(paper): month_suffix(paper), paper.paper.month.name: ""}
    measures = [
        Measure(month, f"chc.{ICB}.{{line}}.{measure}{suffix}", style, group)
        for measure, group, style in (
            ("clients", "Clients", None),
            ("client_weeks", "Client-weeks", None),
            ("average_weekly_price", "Average price a week", None),
            ("cost_in_month", "Cost, £000s", "thousands"),
        )
        for month, suffix in months.items()
    ]
    lines = [Line(label, line) for line, label in kinds.items()]
    caption = "Nursing care and one-off costs, kept apart from clients and prices, all places"
    return figures_table(paper, "chc-icb-apart", caption, "Kind", lines, measures, unit="")
