"""What the ICB's prescribing appendix shows of savings: plan, position by place, run-rate drugs.

What was not supplied is said once, in place of the words: its table is then None.
"""

from __future__ import annotations

from boardpack.document.blocks import Cell, Narrative, NotSupplied, Row, Table, mark
from boardpack.document.blocks import Column as TableColumn
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, figures_table, open_differences
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.labels import measure_label
from boardpack.subjects.prescribing.icb_tables import place_columns
from boardpack.subjects.prescribing.savings_figures import (
    GROUP_LABELS,
    GROUPS_OF,
    OPPORTUNITY,
    SPEND,
)
from boardpack.subjects.prescribing.savings_place_figures import KIND_LABELS, KINDS
from boardpack.subjects.prescribing.savings_position_extract import YTD

STEM = "prescribing_savings.icb."
ACRONYMS = (
    "OTC: over the counter. ONS: oral nutritional supplements. CMA: cow's milk allergy. SMBG:"
    " self-monitoring of blood glucose. NHSE: NHS England. MR: modified release. RAG and GREY:"
    " the local traffic-light list of medicines. COPD: chronic obstructive pulmonary disease. SMR:"
    " structured medication review."
)


def plan_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What the plan holds, and whether its schemes add up to it."""
    if not paper.supplied(f"{STEM}all_total.{OPPORTUNITY}"):
        return paper.not_supplied("The prescribing savings plan")
    return paper.narrate("plan")


def plan_table(paper: ChapterPaper) -> Table | None:
    """Schemes by group, with the spend that they address and what they may save, in pounds."""
    if not paper.supplied(f"{STEM}all_total.{OPPORTUNITY}"):
        return None
    rows: list[Row] = []
    for group in GROUP_LABELS:
        rows += _group_rows(paper, group)
    totals = [f"{STEM}{group}_total.{OPPORTUNITY}" for group in GROUP_LABELS]
    return Table(
        "prescribing-savings-plan",
        f"Prescribing savings plan for {paper.paper.month.year}",
        (
            TableColumn("Scheme", "left"),
            TableColumn("Spend, January to December 2022"),
            TableColumn("Identified"),
        ),
        tuple(rows),
        "£",
        (ACRONYMS, *_differences(paper, *totals)),
    )


def position_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What was saved, what should have been, and by how much the plan changed."""
    if not paper.supplied(f"{STEM}total.ytd_savings"):
        return paper.not_supplied("Prescribing savings by place")
    return paper.narrate("savings")


def position_table(paper: ChapterPaper) -> Table | None:
    """Plan by kind and savings to date by kind, places across, in pounds."""
    if not paper.supplied(f"{STEM}total.ytd_savings"):
        return None
    lines = [
        Line("Plan for the year", "", "heading"),
        Line("July version", "total.annual_plan_july", part="apart"),
        *(Line(KIND_LABELS[kind], f"{kind}.annual_plan") for kind in KINDS),
        Line("September version", "total.annual_plan_september", "subtotal"),
        Line("Saved to date", "", "heading"),
        *(Line(KIND_LABELS[kind], f"{kind}.ytd_savings") for kind in YTD),
        Line("All savings to date", "total.ytd_savings", "total"),
        Line("Due by now, as phased", "total.ytd_phased_plan"),
        Line("(Short of) / ahead of phasing", "total.ytd_variance_to_phasing"),
    ]
    totals = [f"{STEM}{kind}.annual_plan" for kind in KINDS]
    return figures_table(
        paper,
        "prescribing-savings-position",
        f"Prescribing savings by place at {paper.paper.month.name}, medicines team",
        "Savings",
        lines,
        place_columns(paper, "prescribing_savings.{place}.{line}", central=False),
        unit="£",
        notes=(
            "An empty cell is a kind of saving that is not in the place's plan. RAG: the local"
            " traffic-light list of medicines.",
            *_differences(paper, *totals),
        ),
    )


def drugs_table(paper: ChapterPaper) -> Table | None:
    """Cost growth to date of the drugs that savings address, in pounds; a fall is negative."""
    total = f"{STEM}run_rate_drugs.ytd_cost_growth"
    if not paper.supplied(total):
        return None
    drugs = [f for f in paper.register if _is_drug(f)]
    rows = tuple(Row((_name(f), paper.number(f.id, "pounds"))) for f in drugs)
    return Table(
        "prescribing-run-rate-drugs",
        f"Cost growth of the drugs that savings address, to {paper.paper.month.name}",
        (TableColumn("Medicine", "left"), TableColumn("Growth, (fall)")),
        (*rows, Row(("Together", paper.number(total, "pounds")), "total")),
        "£",
        _differences(paper, total),
    )


def drugs_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Whether the drugs that savings address cost less than before."""
    if not paper.supplied(f"{STEM}run_rate_drugs.ytd_cost_growth"):
        return paper.not_supplied("Run-rate drugs")
    return paper.narrate("drugs")


def _is_drug(figure: Figure) -> bool:
    return figure.id.startswith(f"{STEM}drug_") and not figure.id.endswith(f".{PRINTED}")


def _group_rows(paper: ChapterPaper, group: str) -> list[Row]:
    """A heading, its schemes and their total; a group of groups has its total only."""
    label, total = GROUP_LABELS[group], f"{STEM}{group}_total.{OPPORTUNITY}"
    if not paper.supplied(total):
        return []
    cells = ("", paper.number(total, "pounds"))
    if group in GROUPS_OF:
        is_last = group == "all"
        return [
            Row(
                (label if is_last else f"{label}, total", *cells),
                "total" if is_last else "subtotal",
            )
        ]
    schemes = [f for f in paper.register if _is_scheme(f, group)]
    lines = [_scheme(paper, figure) for figure in schemes]
    return [Row((label,), "heading"), *lines, Row((f"{label}, total", *cells), "subtotal")]


def _is_scheme(figure: Figure, group: str) -> bool:
    return (
        figure.id.startswith(f"{STEM}{group}_")
        and figure.measure == OPPORTUNITY
        and bool(figure.cells)
        and not figure.id.endswith(f".{PRINTED}")
    )


def _scheme(paper: ChapterPaper, figure: Figure) -> Row:
    spend = paper.cell(f"{STEM}{figure.line}.{SPEND}", "pounds")
    return Row((_name(figure), spend, paper.number(figure.id, "pounds")))


def _name(figure: Figure) -> str:
    return figure.label.removesuffix(f", {measure_label(figure.measure)}")


def _differences(paper: ChapterPaper, *names: str) -> tuple[str, ...]:
    """A note for each total whose parts do not add up to what was printed."""
    return open_differences(paper, lambda cell: _printed_otherwise(paper, cell), *names)


def _printed_otherwise(paper: ChapterPaper, cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    shown, printed = (
        paper.number(name, "pounds")
        for name in (cell.figure.removesuffix(f".{PRINTED}"), cell.figure)
    )
    return (
        f"{_name(paper.register[shown.figure])}: the extract prints"
        f" {mark(printed.figure, printed.text)}, but its parts add up to"
        f" {mark(shown.figure, shown.text)}."
    )
