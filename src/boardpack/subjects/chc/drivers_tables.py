"""Why continuing healthcare costs more or less than last month: for a place, and for all places.

A month that came as schedules has no packages to tell it from, and shows nothing here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from boardpack.core.structure import ICB
from boardpack.document.blocks import (
    Chart,
    Column,
    Narrative,
    NotSupplied,
    Number,
    Row,
    Series,
    Table,
)
from boardpack.document.chapter import ChapterPaper
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.subjects.chc.months_tables import not_shown

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
MOVERS = {
    "Joined": "movers.clients_joined",
    "Left": "movers.clients_left",
    "Repriced": "repriced.clients_repriced",
}
DEARER = "What adds to the cost is positive; what takes off it is in brackets."


def month_suffix(paper: ChapterPaper) -> str:
    """The last part of the ids of the month before."""
    now = paper.paper.month
    return f".{now.earlier(1).suffix_in(now)}"


def last_month(paper: ChapterPaper) -> str:
    """The name of the month before."""
    return paper.paper.month.earlier(1).name


def _has_packages(paper: ChapterPaper, place: str) -> bool:
    """Whether the month stands on packages, and on the month before it."""
    name = f"chc.{place}.{ALL}.client_weeks{month_suffix(paper)}"
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
    words = {"where": where_name, "last": last_month(paper), "is_longer": _is_longer(figures)}
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
            Row(
                (f"Cost of {last_month(paper)}", paper.cell(f"{cost}{month_suffix(paper)}")),
                "subtotal",
                is_sum=False,
            ),
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
        last_month(paper): f"{cost}{month_suffix(paper)}",
        **{label: f"{name}drivers.{measure}" for measure, label in EFFECTS.items()},
        paper.paper.month.name: cost,
    }
    first, *steps, end = (paper.number(identity, "thousands") for identity in ids.values())
    series = Series("Cost of care", (first, *map(_step, steps), end))
    return Chart(
        id="chc-icb-drivers",
        shape="waterfall",
        title=_chart_title(paper),
        alt=f"From the cost of {last_month(paper)} to that of {paper.paper.month.name}: "
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
    return f"{largest} is the largest part of the change since {last_month(paper)}"
