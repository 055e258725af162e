"""Prices of care against what is funded, high-cost packages, and the way to the ledger.

A month that came as schedules shows what one per cent on every price costs, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from boardpack.core.money import round_half_up
from boardpack.core.structure import ICB
from boardpack.document.blocks import Column, Narrative, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, Measure, figures_table, place_lines
from boardpack.figures.figure import Figure
from boardpack.subjects.chc.budget_tables import TEMPLATE
from boardpack.subjects.chc.drivers_tables import last_month
from boardpack.subjects.chc.months_tables import withheld_note
from boardpack.subjects.chc.reconciliation_figures import reconciling_lines
from boardpack.subjects.chc.tables import LEDGER

SAME = ("price_growth", "share_of_weekly_cost")
FUNDED = ("funded_growth", "growth_above_funded", "cost_above_funded")
PARTS = {
    "Packages of care": "accrued",
    "NHS-funded nursing care": "fnc",
    "One-off costs": "one_off",
}
ROUNDED = (
    "Packages that ran before April and at the month end. Rounded, so that no one person's price"
    " can be worked out."
)
HIGH_COST = "The weekly cost is rounded to a thousand pounds."


def inflation_narrative(paper: ChapterPaper, place: str = "") -> Narrative | None:
    """What prices of the same packages have risen by, against what the budget funds."""
    where = place or paper.place
    name = f"chc.{where}.same_package."
    if not paper.supplied(*(f"{name}{measure}" for measure in SAME)):
        return None
    figures = {m: _if_supplied(paper, f"{name}{m}") for m in (*SAME, *FUNDED)}
    return paper.narrate(
        "inflation", TEMPLATE, **figures, where=paper.paper.report.place_name(where)
    )


def inflation_table(paper: ChapterPaper) -> Table | None:
    """The rise in price of every place, and what it costs beyond what is funded."""
    name = "chc.{line}.same_package."
    if not any(
        paper.supplied(f"{name.format(line=p)}price_growth") for p in paper.paper.report.papers
    ):
        return None
    measures = [Measure("Price rise since March", f"{name}price_growth", "percent")]
    if paper.paper.report.chc_funded_inflation_percent is not None:
        measures += [
            Measure("Funded", f"{name}funded_growth", "percent"),
            Measure("Above funded", f"{name}growth_above_funded", "percent"),
            Measure("Cost above funded in the year, £000s", f"{name}cost_above_funded"),
        ]
    caption = "Prices of the same packages since before April, by place"
    return figures_table(
        paper,
        "chc-icb-inflation",
        caption,
        "Place",
        place_lines(paper),
        measures,
        unit="",
        notes=(ROUNDED,),
    )


def high_cost_share(paper: ChapterPaper, place: str = "") -> Narrative | None:
    """What high-cost packages cost a week, and their share of all packages."""
    name = f"chc.{place or paper.place}.high_cost."
    if not paper.supplied(f"{name}weekly_cost", f"{name}share_of_weekly_cost"):
        return None
    measures = ("weekly_cost", "share_of_weekly_cost", "weekly_cost_change")
    figures = {measure: _if_supplied(paper, f"{name}{measure}") for measure in measures}
    return paper.narrate("high_cost_share", TEMPLATE, **figures, last=last_month(paper))


def high_cost_cost_table(paper: ChapterPaper) -> Table | None:
    """Number, weekly cost and share of high-cost packages by place, and how they have moved."""
    if not paper.supplied(f"chc.{ICB}.high_cost.share_of_weekly_cost"):
        return None
    name, since = "chc.{line}.high_cost.", f"Since {last_month(paper)}"
    measures = [
        Measure("Packages", f"{name}clients"),
        Measure("Cost a week, £000s", f"{name}weekly_cost", "thousands"),
        Measure("Share of all", f"{name}share_of_weekly_cost", "percent"),
        Measure("Packages", f"{name}change_since_last_month", None, since),
        Measure("Cost a week, £000s", f"{name}weekly_cost_change", "thousands", since),
    ]
    caption = "What high-cost packages cost, by place"
    lines = place_lines(paper)
    return figures_table(
        paper,
        "chc-icb-high-cost-cost",
        caption,
        "Place",
        lines,
        measures,
        unit="",
        notes=(HIGH_COST,),
    )


def reconciliation_narrative(paper: ChapterPaper) -> Narrative | None:
    """How far the packages of all places, and what the team names, explain the ledger."""
    name = f"chc.{ICB}.accrual."
    ledger = f"position.{ICB}.{LEDGER}."
    if not paper.supplied(f"{name}ytd_actual", f"{name}unexplained", f"{ledger}ytd_actual"):
        return None
    unexplained = paper.figure(f"{name}unexplained")
    difference = _if_supplied(paper, f"{name}budget_difference")
    return paper.narrate(
        "reconciliation",
        TEMPLATE,
        accrued=paper.figure(f"{name}ytd_actual"),
        ledger=paper.figure(f"{ledger}ytd_actual"),
        named=_named(paper),
        unexplained=unexplained,
        is_settled=_is_nil(unexplained),
        budget=_if_supplied(paper, f"{name}annual_budget"),
        budget_difference=difference,
        budgets_agree=difference is not None and _is_nil(difference),
    )


def _named(paper: ChapterPaper) -> list[tuple[str, Figure]]:
    found = {label: f"chc.{ICB}.{line}.ytd_actual" for line, label in reconciling_lines().items()}
    return [(label, paper.figure(name)) for label, name in found.items() if paper.supplied(name)]


def _is_nil(figure: Figure) -> bool:
    """Whether an amount is nil as the paper prints it, in thousands of pounds."""
    return not round_half_up(figure.value / 1000)


def reconciliation_table(paper: ChapterPaper) -> Table | None:
    """From packages of care to the ledger, for every place and all of them."""
    if not paper.supplied(f"position.{ICB}.{LEDGER}.ytd_actual") or not any(
        paper.supplied(f"chc.{place}.accrual.unexplained") for place in paper.paper.report.papers
    ):
        return None
    parts = {label: f"chc.{{place}}.{line}.ytd_actual" for label, line in PARTS.items()}
    for line, label in reconciling_lines().items():
        parts[label.capitalize()] = f"chc.{{place}}.{line}.ytd_actual"
    parts["Not explained"] = "chc.{place}.accrual.unexplained"
    places = place_lines(paper)
    rows = [_across(paper, label, name, places) for label, name in parts.items()]
    ledger = _across(paper, "Ledger", f"position.{{place}}.{LEDGER}.ytd_actual", places)
    return Table(
        id="chc-icb-reconciliation",
        caption="From packages of care to the ledger, year to date",
        columns=(Column("Part", "left"), *(Column(line.label) for line in places)),
        rows=(*filter(_says_something, rows), replace(ledger, kind="total")),
        unit="£000s",
        notes=withheld_note(paper),
    )


def _says_something(row: Row) -> bool:
    """Whether any amount of a row prints as more than nil."""
    return any(
        cell and (isinstance(cell, str) or cell.text.strip("()") != "0") for cell in row.cells[1:]
    )


def _across(paper: ChapterPaper, label: str, name: str, places: Iterable[Line]) -> Row:
    cells = (paper.cell(name.format(place=line.line), "thousands") for line in places)
    return Row((label, *cells))


def one_percent_narrative(paper: ChapterPaper, place: str = ICB) -> Narrative | None:
    """What one per cent on every price costs, where the month came as schedules."""
    name = f"chc.{place}.packages.one_percent_price_rest_of_year"
    if not paper.supplied(name):
        return None
    figure = paper.figure(name)
    return paper.narrate("one_percent", TEMPLATE, one_percent_price_rest_of_year=figure)


def _if_supplied(paper: ChapterPaper, name: str) -> Figure | None:
    return paper.figure(name) if paper.supplied(name) else None
