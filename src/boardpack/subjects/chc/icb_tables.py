"""What the continuing healthcare appendix shows: clients, prices and the ledger of every place."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from boardpack.core.structure import ICB
from boardpack.document.blocks import Chart, Narrative, NotSupplied, Number, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.many_places import MOST_NAMED, most_of
from boardpack.document.tables import Measure, figures_table, place_lines
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.subjects.chc.count import looks_cumulative
from boardpack.subjects.chc.months_tables import (
    client_months,
    first_month,
    not_shown,
    opening_month,
    to_date_note,
    withheld_note,
)
from boardpack.subjects.chc.tables import BASIS, LEDGER, NO_SPLIT, on_clients

PLACE = "Place"
FEWER = ", for the places where they changed the most; the table has every place"


def position_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The ICB's variance and the places behind it, the largest overspend first."""
    if not paper.supplied(f"position.{ICB}.{LEDGER}.ytd_variance"):
        return paper.not_supplied("The continuing healthcare position by place")
    places = paper.paper.report.places
    found = [(name, f"position.{slug}.{LEDGER}.ytd_variance") for slug, name in places.items()]
    pairs = [(name, paper.figure(figure)) for name, figure in found if paper.supplied(figure)]
    pairs.sort(key=lambda pair: pair[1].value)
    over, under = _over(pairs), _under(pairs)
    return paper.narrate(
        "position",
        over=over[:MOST_NAMED],
        is_more_over=len(over) > MOST_NAMED,
        under=under[-MOST_NAMED:],
        is_more_under=len(under) > MOST_NAMED,
    )


def _over(pairs: Iterable[tuple[str, Figure]]) -> list[tuple[str, Figure]]:
    return [pair for pair in pairs if pair[1].value < 0]


def _under(pairs: Iterable[tuple[str, Figure]]) -> list[tuple[str, Figure]]:
    return [pair for pair in pairs if pair[1].value > 0]


def budget_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What the budgets allow for, as the month's report states it."""
    if not paper.supplied("chc.icb.budget_setting.net_uplift"):
        return paper.not_supplied("How continuing healthcare budgets were set")
    return paper.narrate("budget")


def clients_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Clients, price and their product for all places together."""
    if not paper.supplied("chc.icb.total.cost_growth"):
        return not_shown(paper, "Clients and prices of all places")
    first, cumulative = first_month(paper, ICB), looks_cumulative(paper.register, ICB)
    places = len(paper.paper.report.places)
    return paper.narrate("clients", first=first, cumulative=cumulative, places=places)


def clients_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Clients by place and month, with the number in the budget."""
    return _by_month(paper, "clients", "Clients by place and month", "", BASIS)


def clients_chart(paper: ChapterPaper) -> Chart | None:
    """Clients of each place by month, all on one scale; a count too small to show is a gap."""
    months = client_months(paper, "all_clients")
    series = tuple(
        Series(name, tuple(_clients(paper, slug, suffix) for suffix in months))
        for slug, name in paper.paper.report.places.items()
    )
    every = tuple(one for one in series if sum(n is not None for n in one.values) > 1)
    if not every:
        return None
    known = most_of(every, lambda one: abs(_grown(one)))
    return Chart(
        id="chc-icb-clients-places",
        shape="multiples",
        title=_clients_title(every),
        alt=f"{spoken(months.values(), *known, unit='clients')}.",
        categories=tuple(month.split()[0] for month in months.values()),
        series=known,
        unit="clients, on one scale" + FEWER * (len(known) < len(every)),
        better="none",
        panel="line",
    )


def _clients(paper: ChapterPaper, slug: str, suffix: str) -> Number | None:
    cell = paper.cell(f"chc.{slug}.all_clients.clients{suffix}")
    return cell if isinstance(cell, Number) else None


def _clients_title(series: Iterable[Series]) -> str:
    """Which places have more clients in the last month known than in the first."""
    ends = {one.name: _grown(one) for one in series}
    most = max(ends, key=lambda name: ends[name])
    if ends[most] <= 0:
        return "No place has more clients than when the year began"
    return f"Clients have grown the most in {most}"


def _grown(series: Series) -> Decimal:
    """By how many clients a place has grown from the first month that is known to the last."""
    known = [Decimal(number.value) for number in series.values if number is not None]
    return known[-1] - known[0]


def price_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Average price by place and month, with the budget's."""
    note = "The last row is the average of all clients, not of the places."
    return _by_month(
        paper, "average_price", "Average price by place and month", "£ per client per month", note
    )


def cost_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Clients times price by place and month, with the budget's."""
    caption = "Clients times price by place and month"
    return _by_month(paper, "cost_in_month", caption, "£000s a month", BASIS)


def _by_month(
    paper: ChapterPaper, measure: str, caption: str, unit: str, note: str
) -> Table | NotSupplied:
    months = client_months(paper, "all_clients")
    if not months:
        return not_shown(paper, caption)
    name = f"chc.{{line}}.all_clients.{measure}"
    columns = [Measure("Budget basis", f"chc.{{line}}.all_clients.budget_{measure}")]
    columns += [Measure(month, f"{name}{suffix}") for suffix, month in months.items()]
    lines = place_lines(paper)
    notes = (note, *withheld_note(paper))
    identity = f"chc-icb-{measure.replace('_', '-')}"
    return figures_table(paper, identity, caption, PLACE, lines, columns, unit=unit, notes=notes)


def cost_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """What the budget allows a month beside clients times price this month, by place."""
    measures = {"Budget": "budget_cost_in_month", paper.paper.month.name: "cost_in_month"}
    places = {
        slug: name
        for slug, name in paper.paper.report.places.items()
        if paper.supplied(*(f"chc.{slug}.all_clients.{m}" for m in measures.values()))
    }
    if not places:
        return not_shown(paper, "Clients times price by place")
    series = tuple(_by_place(paper, places, label, m) for label, m in measures.items())
    return Chart(
        id="chc-icb-cost",
        shape="bar",
        title=_chart_title(paper, places),
        alt=spoken(places.values(), *series, unit="£000s a month"),
        categories=tuple(places.values()),
        series=series,
        unit="£000s a month",
        scale="1000",
        better="lower",
    )


def _by_place(paper: ChapterPaper, places: Iterable[str], label: str, measure: str) -> Series:
    names = (f"chc.{slug}.all_clients.{measure}" for slug in places)
    return Series(label, tuple(paper.number(name, "thousands") for name in names))


def _chart_title(paper: ChapterPaper, places: dict[str, str]) -> str:
    variances = {
        name: paper.figure(f"chc.{slug}.all_clients.cost_variance").value
        for slug, name in places.items()
    }
    worst = min(variances, key=lambda name: variances[name])
    if variances[worst] >= 0:
        return "No place has clients times price above its budget"
    return f"{worst} has clients times price furthest above its budget"


def change_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Clients, price and their product: change since the first month, and against the budget."""
    first = first_month(paper, *paper.paper.report.papers)
    if first is None:
        return not_shown(paper, "The change in clients and prices")
    groups = {f"Since {first}": "growth", "Against the budget": "against_budget"}
    measures = [
        Measure(label, f"chc.{{line}}.total.{what}_{kind}", "percent", group)
        for group, kind in groups.items()
        for label, what in (("Clients", "activity"), ("Price", "average_price"), ("Both", "cost"))
    ]
    return figures_table(
        paper,
        "chc-icb-change",
        "Change in clients, average price, and clients times price",
        PLACE,
        place_lines(paper),
        measures,
        unit="per cent; a fall in brackets",
    )


def price_volume_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Volume, price and mix of all places together, against the budget."""
    if not paper.supplied(f"chc.{ICB}.all_clients.mix_variance"):
        return _no_split(paper, "Price and volume of all places")
    return paper.narrate("price_volume")


def price_volume_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The month's variance of clients times price by place, in volume and price."""
    if not paper.supplied(f"chc.{ICB}.all_clients.price_variance"):
        return _no_split(paper, "Price and volume by place")
    name = "chc.{line}.all_clients."
    return figures_table(
        paper,
        "chc-icb-price-volume",
        f"What clients and price add to the variance, {paper.paper.month.name}",
        PLACE,
        place_lines(paper),
        (
            Measure("Number of clients", f"{name}volume_variance"),
            Measure("Price per client", f"{name}price_variance"),
            Measure("Clients times price", f"{name}cost_variance"),
        ),
        unit="£000s in the month, (over) / under budget",
        notes=on_clients(paper),
    )


def _no_split(paper: ChapterPaper, what: str) -> NotSupplied:
    """Why there is no price and volume: the count is not trusted, or something did not come."""
    counts = [slug for slug in paper.paper.report.papers if looks_cumulative(paper.register, slug)]
    if counts and paper.supplied(f"chc.{ICB}.all_clients.cost_variance"):
        return paper.not_supplied(what, NO_SPLIT)
    return not_shown(paper, what)


def ledger_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How far the client data explain the ledger, and the places where the two disagree."""
    if not paper.supplied(f"chc.{ICB}.outside.ytd_variance"):
        return not_shown(paper, "Clients and prices beside the ledger")
    places = paper.paper.report.places.items()
    return paper.narrate("ledger", disagree=[n for slug, n in places if _disagrees(paper, slug)])


def _disagrees(paper: ChapterPaper, place: str) -> bool:
    names = (f"chc.{place}.packages.ytd_variance", f"position.{place}.{LEDGER}.ytd_variance")
    if not paper.supplied(*names):
        return False
    packages, ledger = (paper.figure(name).value for name in names)
    return packages * ledger < 0


def ledger_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Clients times price, over the months to date, against the ledger of every place."""
    if not client_months(paper, "all_clients"):
        return not_shown(paper, "Clients and prices against the ledger")
    sources = {
        "Ledger": f"position.{{line}}.{LEDGER}",
        "Clients times price": "chc.{line}.packages",
        "Difference": "chc.{line}.outside",
    }
    measures = [
        Measure(label, f"{name}.{measure}", "thousands", group)
        for group, measure in (("Actual to date", "ytd_actual"), ("(Over) / under", "ytd_variance"))
        for label, name in sources.items()
    ]
    return figures_table(
        paper,
        "chc-icb-ledger",
        "The ledger, and clients times price",
        PLACE,
        place_lines(paper),
        measures,
        notes=to_date_note(paper, *paper.paper.report.places),
    )


def high_cost_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """High-cost packages of all places and the number of places where they have risen."""
    total = f"chc.{ICB}.high_cost."
    if not paper.supplied(f"{total}change", f"{total}boroughs_increasing"):
        return not_shown(paper, "High-cost packages of all places")
    places = {name: f"chc.{slug}.high_cost" for slug, name in paper.paper.report.places.items()}
    most = max(places, key=lambda name: paper.figure(f"{places[name]}.clients").value)
    return paper.narrate(
        "high_cost",
        opening=opening_month(paper),
        most=most,
        count=paper.figure(f"{places[most]}.clients"),
        change=paper.figure(f"{places[most]}.change"),
        places=len(places),
    )


def high_cost_table(paper: ChapterPaper) -> Table | NotSupplied:
    """High-cost packages at each month end by place, and the change since the opening."""
    months = client_months(paper, "high_cost")
    if not months:
        return not_shown(paper, "High-cost packages by place")
    name = "chc.{line}.high_cost."
    return figures_table(
        paper,
        "chc-icb-high-cost",
        "Packages above the limit at each month end, by place",
        PLACE,
        place_lines(paper),
        [
            *(Measure(month, f"{name}clients{suffix}") for suffix, month in months.items()),
            Measure("Change", f"{name}change"),
        ],
        unit="packages",
        notes=withheld_note(paper),
    )
