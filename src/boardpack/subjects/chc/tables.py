"""What the continuing healthcare chapter shows: the ledger, with clients and prices beside it."""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.document.blocks import (
    Cell,
    Chart,
    Column,
    Narrative,
    NotSupplied,
    Row,
    Series,
    Table,
)
from boardpack.document.chapter import ChapterPaper
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.register import gap
from boardpack.subjects.chc.count import is_split, looks_cumulative
from boardpack.subjects.chc.months_tables import (
    client_months,
    first_month,
    not_shown,
    opening_month,
    to_date_note,
    withheld_note,
)

LEDGER = "@continuing_care"
CLIENTS = "chc.all_clients."
NO_CLIENTS = "Continuing healthcare clients and prices"
BASIS = "Without NHS-funded nursing care (FNC) and one-off costs."
ON_CLIENTS = (
    "On clients and their average price for the month. A client of one day counts as a whole client"
    " here, so the parts differ from those in client-weeks."
)
NO_SPLIT = (
    "The effects of clients and of prices cannot be told apart. The count seems to add up everyone"
    " seen so far this year."
)
STATED = {"activity_growth": "activity", "average_price_growth": "the average price"}


def position_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What the ledger says to date."""
    if not paper.supplied(f"position.{LEDGER}.ytd_variance"):
        return paper.not_supplied("The continuing healthcare position")
    return paper.narrate("position")


def forecast_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where the year is forecast to land, and what that takes from here."""
    if not paper.supplied(f"position.{LEDGER}.forecast_variance"):
        return paper.not_supplied("The continuing healthcare forecast")
    return paper.narrate("forecast")


def clients_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Clients and price against the budget's basis, and since the first month of the extract."""
    if not paper.supplied(f"{CLIENTS}clients", f"{CLIENTS}cost_variance"):
        return not_shown(paper, NO_CLIENTS)
    cumulative = looks_cumulative(paper.register, paper.place)
    return paper.narrate("clients", first=first_month(paper), cumulative=cumulative)


def clients_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Clients, price and high-cost packages by month, with the basis of the budget."""
    if not paper.supplied(f"{CLIENTS}clients") and not paper.suppressed(f"{CLIENTS}clients"):
        return not_shown(paper, NO_CLIENTS)
    names = [("Budget basis", "budget_", "")]
    months = client_months(paper, "all_clients").items()
    names += [(name, "", suffix) for suffix, name in months]
    rows = (_month(paper, *name) for name in names)
    return Table(
        id="chc-clients",
        caption=f"Clients and average price by month, {paper.place_name}",
        columns=(
            Column("Month", "left"),
            Column("Clients"),
            Column("Average price a month"),
            Column("Clients times price, £000s"),
            Column("High-cost packages"),
        ),
        rows=tuple(row for row in rows if any(row.cells[1:])),
        notes=(BASIS, *withheld_note(paper)),
    )


def _month(paper: ChapterPaper, label: str, prefix: str, suffix: str) -> Row:
    cells = (
        paper.cell(f"{CLIENTS}{prefix}clients{suffix}"),
        paper.cell(f"{CLIENTS}{prefix}average_price{suffix}"),
        paper.cell(f"{CLIENTS}{prefix}cost_in_month{suffix}", "thousands"),
        "" if prefix else paper.cell(f"chc.high_cost.clients{suffix}"),
    )
    if prefix:
        return Row((label, *cells), "subtotal", "apart", is_sum=False)
    return Row((label, *cells))


def cost_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Clients times price by month, against what the budget allows a month."""
    if not paper.supplied(f"{CLIENTS}cost_variance"):
        return not_shown(paper, NO_CLIENTS)
    cost, months = f"{CLIENTS}cost_in_month", client_months(paper, "all_clients").items()
    shown = {cost + end: month.split(" ")[0] for end, month in months if paper.supplied(cost + end)}
    series = Series("Clients times price", tuple(paper.number(n, "thousands") for n in shown))
    target = paper.number(f"{CLIENTS}budget_cost_in_month", "thousands")
    side = _side(paper.figure(f"{CLIENTS}cost_variance"))
    return Chart(
        id="chc-cost",
        shape="line",
        title=f"Clients times price is {side} what the budget was built on",
        alt=f"{spoken(shown.values(), series, unit='£000s a month')}. Budget: {target.text}.",
        categories=tuple(shown.values()),
        series=(series,),
        unit="£000s a month",
        scale="1000",
        better="lower",
        target=target,
        target_label="Budget",
    )


def _side(variance: Figure) -> str:
    if variance.value == 0:
        return "level with"
    return "above" if variance.value < 0 else "below"


def price_volume_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The variance of clients times price in two steps, and what is left of the ledger's.

    A count of clients that looks cumulative is not split; the two steps are then left out.
    """
    if not paper.supplied("chc.packages.ytd_variance", f"position.{LEDGER}.ytd_variance"):
        return not_shown(paper, "Price and volume against budget")
    volume, price, cost = (
        (f"{CLIENTS}{m}_variance", f"chc.packages.ytd_{n}variance")
        for m, n in (("volume", "volume_"), ("price", "price_"), ("cost", ""))
    )
    steps = (
        Row(("Number of clients", *_both(paper, volume))),
        Row(("Price per client", *_both(paper, price))),
        Row(("Clients times price", *_both(paper, cost)), "subtotal"),
    )
    split = is_split(paper.register, paper.place)
    return Table(
        id="chc-price-volume",
        caption="What clients and price add to the variance, beside the ledger",
        columns=(
            Column("(Over) / under budget", "left"),
            Column("In the month"),
            Column("To date"),
        ),
        rows=(
            *(steps if split else (Row(steps[-1].cells),)),
            Row(("Everything else in the ledger", "", paper.cell("chc.outside.ytd_variance"))),
            Row(("Ledger", "", paper.cell(f"position.{LEDGER}.ytd_variance")), "total"),
        ),
        unit="£000s",
        notes=(
            *to_date_note(paper, paper.place),
            *(on_clients(paper) if split else (NO_SPLIT,)),
        ),
    )


def on_clients(paper: ChapterPaper) -> tuple[str, ...]:
    """Which basis a table of clients and prices has, where the same stands in client-weeks too."""
    return (ON_CLIENTS,) if paper.supplied("chc.against_budget.over_budget") else ()


def _both(paper: ChapterPaper, names: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(paper.cell(name) for name in names)


def exceptions_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where the client data and the ledger, or the report's own words, do not agree."""
    if not paper.supplied("chc.outside.ytd_variance"):
        return not_shown(paper, "Clients and prices beside the ledger")
    cost, ledger = (
        paper.figure(name)
        for name in ("chc.packages.ytd_variance", f"position.{LEDGER}.ytd_variance")
    )
    return paper.narrate(
        "exceptions",
        disagree=cost.value * ledger.value < 0,
        stated=_contradicted(paper),
        first=first_month(paper),
    )


def _contradicted(paper: ChapterPaper) -> list[tuple[str, Figure, Figure]]:
    """Growth that the report states in words and its own table does not bear out."""
    found = []
    for measure, words in STATED.items():
        name = f"chc.total.{measure}"
        if paper.supplied(name, f"{name}.{PRINTED}"):
            figure, printed = paper.figure(name), paper.figure(f"{name}.{PRINTED}")
            if figure is not printed and figure.formula is not None and gap(figure, printed):
                found.append((words, figure, printed))
    return found


def high_cost_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """High-cost packages at the month end and their change since the opening month."""
    if not paper.supplied("chc.high_cost.clients"):
        return not_shown(paper, "High-cost packages")
    return paper.narrate("high_cost", opening=opening_month(paper))
