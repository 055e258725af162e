"""What the prescribing chapter shows: the overspend, its parts, its pace, and the savings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from boardpack.document.blocks import Cell, Narrative, NotSupplied, Row, Table
from boardpack.document.blocks import Column as TableColumn
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.subjects.prescribing.pace import known_to, released_month, unknown_months

BRIDGE = (
    Line("Medicines, without Category M and NCSO", "prescribing.{}.pmd_excl_cat_m_ncso.ytd_spend"),
    Line("Category M and NCSO", "prescribing.{}.cat_m_ncso.ytd_spend"),
    Line("Central drugs charge", "prescribing.{}.central_drugs.ytd_spend"),
    Line("Flu vaccine income", "prescribing.{}.flu_income.ytd_spend"),
    Line("Prior-year (benefit) or cost", "prescribing.{}.prior_year.ytd_spend"),
    Line("Savings held centrally", "prescribing.{}.qipp_savings.ytd_spend"),
    Line("Difference between two PPA reports", "prescribing.{}.pmd_ipp_difference.ytd_spend"),
    Line("PPA spend to date", "prescribing.{}.ppa.ytd_spend", "subtotal", "taken"),
    Line("PPA budget to date", "prescribing.{}.ppa.ytd_budget"),
    Line("PPA (over) / under budget", "prescribing.{}.ppa.ytd_variance", "subtotal"),
    Line("Other prescribing, (over) / under", "prescribing.{}.non_ppa.ytd_variance"),
    Line("Ledger (over) / under budget", "position.{}.@prescribing.ytd_variance", "total"),
)
# Label, the finance team's measure, the medicines team's, and the line of their difference.
VERSIONS = (
    ("Saved to date", "ytd_actual", "ytd_savings", "saved_to_date"),
    ("Plan for the year, July", "full_year_plan", "annual_plan_july", "plan_july"),
    ("Plan for the year, September", "full_year_plan", "annual_plan_september", "plan_september"),
)

# Where each column's measure stands in a row of VERSIONS, and the figure it names.
COLUMNS = {
    "Finance team": (1, "savings.@prescribing.{}"),
    "Medicines team": (2, "prescribing_savings.total.{}"),
    "Difference": (3, "prescribing_versions.{}.difference"),
}


def overspend_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where prescribing stands on each basis, and how much of it is data."""
    if not paper.supplied("position.@prescribing.ytd_variance"):
        return paper.not_supplied("Prescribing spend against budget")
    return paper.narrate("overspend", known_to=known_to(paper), unknown=unknown_months(paper))


def bridge_table(paper: ChapterPaper) -> Table | NotSupplied:
    """From the parts of the PPA spend to the variance that the ledger shows."""
    if not paper.supplied("prescribing.ppa.ytd_variance"):
        return paper.not_supplied("The make-up of the prescribing spend")
    lines = [replace(line, line=line.line.format(paper.place)) for line in BRIDGE]
    return figures_table(
        paper,
        "prescribing-bridge",
        f"{paper.place_name}: from medicines to the ledger's variance, to {paper.paper.month.name}",
        "Part of spend",
        lines,
        [Measure("To date", "{line}")],
    )


def growth_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How much of the overspend is national prices, and how much is growth."""
    if not paper.supplied("prescribing.local_growth.ytd_overspend"):
        return paper.not_supplied("What is price and what is growth in prescribing")
    return paper.narrate("growth")


def pace_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How fast the variance grew before and after the last released paper that has it."""
    released = released_month(paper)
    if released is None:
        return paper.not_supplied(
            "How fast prescribing spend grows", "No earlier paper with this line was supplied."
        )
    return paper.narrate("pace", released=released)


def forecast_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where the year would land, how that was worked out, and in what range."""
    if not paper.supplied("prescribing.ppa.forecast_variance"):
        return paper.not_supplied("The prescribing forecast")
    return paper.narrate("forecast")


def savings_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What was saved, in each version, and how much of the plan should be saved by now."""
    if not paper.supplied("prescribing_savings.total.ytd_savings"):
        return paper.not_supplied("Prescribing savings as the medicines team reports them")
    return paper.narrate("savings")


def savings_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The finance team's and the medicines team's version of the savings, side by side.

    A version that the paper does not have has no column, and a plan that the medicines team does
    not give has no row: the finance team has one plan for the year.
    """
    shown = VERSIONS if any(_cells(paper, "Medicines team", VERSIONS)) else VERSIONS[:1]
    columns = [label for label in COLUMNS if any(_cells(paper, label, shown))]
    if not columns:
        return paper.not_supplied("Prescribing savings")
    by_column = [_cells(paper, label, shown) for label in columns]
    rows = zip((label for label, *_ in shown), *by_column, strict=True)
    return Table(
        "prescribing-savings-versions",
        f"{paper.place_name}: prescribing savings to {paper.paper.month.name}, by each team",
        (TableColumn("Savings", "left"), *(TableColumn(label) for label in columns)),
        tuple(Row(row) for row in rows),
        "£000s",
    )


def _cells(paper: ChapterPaper, column: str, shown: Sequence[tuple[str, ...]]) -> list[Cell]:
    """A column's cells, from the saved amount down; empty where the version is not supplied."""
    position, pattern = COLUMNS[column]
    return [paper.cell(pattern.format(row[position])) for row in shown]
