"""Why continuing healthcare costs more or less than last month: for a place, and for all places.

A month that came as schedules has no packages to tell it from, and shows nothing here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from boardpack.figures.figure import Figure
from boardpack.paper.blocks import (
    Chart,
    Column,
    Narrative,
    NotSupplied,
    Number,
    Row,
    Series,
    Table,
)
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.chc_months import not_shown
from boardpack.paper.spoken import spoken
from boardpack.paper.tables import Line, Measure, figures_table, place_lines
from boardpack.params import ICB

WHAT = "What changed the cost of care since last month"
TEMPLATE = "chc_drivers"
ALL = "all_clients"
EFFECTS = {
    "volume_change": "More or less care",
    "mix_change": "A change in the kinds of care",
    "price_change": "Price",
}
BASES = {
    "clients": "Clients with a day of care",
    "average_price": "Average price per client for the month",
    "client_weeks": "Client-weeks of care",
    "average_weekly_price": "Average price per client-week",
    "cost_in_month": "Cost",
}
APART = {"fnc_month": "NHS-funded nursing care (FNC)", "one_off_month": "One-off costs"}
MOVERS = {
    "Joined": "movers.clients_joined",
    "Left": "movers.clients_left",
    "Repriced": "repriced.clients_repriced",
}
DEARER = "What adds to the cost is positive; what takes off it is in brackets."
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
    " client, but only as that day of client-weeks; and a longer month raises the price for the"
    " month, but not for the week."
)


def _suffix(paper: ChapterPaper) -> str:
    return f".{paper.paper.month.earlier(1).code.lower()}"


def _last(paper: ChapterPaper) -> str:
    return paper.paper.month.earlier(1).name


def _has_packages(paper: ChapterPaper, place: str) -> bool:
    """Whether the month stands on packages, and on a month before it in the same year."""
    name = f"chc.{place}.{ALL}.client_weeks{_suffix(paper)}"
    return paper.supplied(name) or paper.suppressed(name)


def _missing(paper: ChapterPaper, place: str) -> NotSupplied | None:
    """What stands in place of a block where the people are too few; nothing without packages."""
    return not_shown(paper, WHAT) if _has_packages(paper, place) else None


def drivers_narrative(paper: ChapterPaper, place: str = "") -> Narrative | NotSupplied | None:
    """What care cost, what changed it, who came and went, and what one per cent costs."""
    where = place or paper.place
    name = f"chc.{where}."
    if not paper.supplied(f"{name}drivers.cost_change"):
        return _missing(paper, where)
    figures = {
        short.rpartition(".")[2]: paper.figure(f"{name}{short}")
        for short in (
            *(f"drivers.{effect}" for effect in EFFECTS),
            *("drivers.cost_change", "drivers.length_of_month_change"),
            *(f"{ALL}.{basis}" for basis in BASES),
        )
    }
    optional = ("drivers.one_percent_price_rest_of_year", *MOVERS.values())
    more = {short.rpartition(".")[2]: _if_supplied(paper, f"{name}{short}") for short in optional}
    where_name = paper.paper.report.place_name(where)
    words = {"where": where_name, "last": _last(paper), "is_longer": _is_longer(figures)}
    return paper.narrate("drivers", TEMPLATE, **figures, **more, **words)


def _is_longer(figures: dict[str, Figure]) -> bool:
    return figures["length_of_month_change"].value > 0


def _if_supplied(paper: ChapterPaper, name: str) -> Figure | None:
    return paper.figure(name) if paper.supplied(name) else None


def drivers_table(paper: ChapterPaper) -> Table | None:
    """From last month's cost to this month's, in three steps that add up."""
    name = f"chc.{paper.place}."
    if not paper.supplied(f"{name}drivers.cost_change"):
        return None
    steps = (
        Row((label, paper.cell(f"{name}drivers.{measure}"))) for measure, label in EFFECTS.items()
    )
    cost = f"{name}{ALL}.cost_in_month"
    return Table(
        id="chc-drivers",
        caption=f"{WHAT}, {paper.place_name}",
        columns=(Column("Step", "left"), Column("£000s")),
        rows=(
            Row((f"Cost of {_last(paper)}", paper.cell(f"{cost}{_suffix(paper)}")), "subtotal"),
            *steps,
            Row((f"Cost of {paper.paper.month.name}", paper.cell(cost)), "total"),
        ),
        notes=(DEARER,),
    )


def drivers_chart(paper: ChapterPaper) -> Chart | NotSupplied | None:
    """The same steps for all places together, as a picture."""
    name = f"chc.{ICB}."
    if not paper.supplied(f"{name}drivers.cost_change"):
        return _missing(paper, ICB)
    cost = f"{name}{ALL}.cost_in_month"
    ids = {
        _last(paper): f"{cost}{_suffix(paper)}",
        **{label: f"{name}drivers.{measure}" for measure, label in EFFECTS.items()},
        paper.paper.month.name: cost,
    }
    first, *steps, end = (paper.number(identity, "thousands") for identity in ids.values())
    series = Series("Cost of care", (first, *map(_step, steps), end))
    return Chart(
        id="chc-icb-drivers",
        shape="waterfall",
        title=_chart_title(paper),
        alt=f"From the cost of {_last(paper)} to that of {paper.paper.month.name}: "
        + spoken(ids, series, unit="£000s"),
        categories=tuple(ids),
        series=(series,),
        unit="£000s in the month",
        scale="1000",
        better="lower",
    )


def _step(number: Number) -> Number:
    """A step that adds to the cost is bad news."""
    return replace(number, adverse=Decimal(number.value) > 0)


def _chart_title(paper: ChapterPaper) -> str:
    sizes = {
        label: abs(paper.figure(f"chc.{ICB}.drivers.{measure}").value)
        for measure, label in EFFECTS.items()
    }
    largest = max(sizes, key=lambda label: sizes[label])
    return f"{largest} is the largest part of the change since {_last(paper)}"


def kinds_table(paper: ChapterPaper) -> Table | None:
    """Client-weeks, weekly price and cost of each kind of care of all places, in both months."""
    kinds = _kinds(paper)
    if not kinds:
        return None
    months = {_last(paper): _suffix(paper), paper.paper.month.name: ""}
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
            paper.cell(f"{name}{short}{_suffix(paper)}", _style(short)),
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
            Column(_last(paper)),
            Column(paper.paper.month.name),
            Column("Change"),
        ),
        rows=tuple(map(Row, rows)),
        unit="Cost in pounds",
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
        Measure(label, f"chc.{{line}}.drivers.{measure}", "thousands", group)
        for measure, label in {**EFFECTS, "cost_change": "All of it"}.items()
    ]
    measures += [
        Measure(label, f"chc.{{line}}.{short}", None, "Clients")
        for label, short in MOVERS.items()
        if paper.supplied(f"chc.{ICB}.{short}")
    ]
    caption = f"{WHAT}, by place"
    joined = [f"chc.{place}.{MOVERS['Joined']}" for place in (ICB, *paper.paper.report.places)]
    is_partly = paper.supplied(joined[0]) and not paper.supplied(*joined)
    lines, notes = place_lines(paper), (DEARER, POOLED, *((NO_MOVERS,) if is_partly else ()))
    return figures_table(
        paper, "chc-icb-places", caption, "Place", lines, measures, unit="", notes=notes
    )


def apart_table(paper: ChapterPaper) -> Table | None:
    """What is kept out of all these: nursing care and one-off costs of all places."""
    kinds = {k: v for k, v in APART.items() if paper.supplied(f"chc.{ICB}.{k}.clients")}
    if not kinds:
        return None
    months = {_last(paper): _suffix(paper), paper.paper.month.name: ""}
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
