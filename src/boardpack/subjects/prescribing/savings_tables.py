"""What the ICB's prescribing appendix shows of savings: plan, position by place, run-rate drugs.

What was not supplied is said once, in place of the words: its table is then None.
"""

from __future__ import annotations

from dataclasses import replace

from boardpack.document.blocks import Cell, Narrative, NotSupplied, Table, mark
from boardpack.document.chapter import ChapterPaper
from boardpack.document.schedule_blocks import own_lines, rows_only, schedule_table, table_lines
from boardpack.document.tables import Line, Measure, figures_table, open_differences
from boardpack.figures.figure import PRINTED
from boardpack.figures.labels import measure_label
from boardpack.schedules.load import own_schedule
from boardpack.subjects.prescribing.icb_tables import place_columns

STEM, OPPORTUNITY = "prescribing_savings.icb.", "identified_opportunity"


def plan_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What the plan holds, and whether its schemes add up to it."""
    if not paper.supplied(f"{STEM}all_total.{OPPORTUNITY}"):
        return paper.not_supplied("The prescribing savings plan")
    return paper.narrate("plan")


def plan_table(paper: ChapterPaper) -> Table | None:
    """Schemes by group, with the spend that they address and what they may save, in pounds."""
    if not paper.supplied(f"{STEM}all_total.{OPPORTUNITY}"):
        return None
    schedule = own_schedule("prescribing_savings_plan")
    lines = table_lines(paper, schedule)
    totals = (f"{STEM}{line.line}.{OPPORTUNITY}" for line in lines if line.kind != "line")
    table = schedule_table(paper, schedule, lines)
    notes = (*table.notes, *_differences(paper, *totals))
    return replace(table, id="prescribing-savings-plan", notes=notes)


def position_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What was saved, what should have been, and by how much the plan changed."""
    if not paper.supplied(f"{STEM}total.ytd_savings"):
        return paper.not_supplied("Prescribing savings by place")
    return paper.narrate("savings")


def position_table(paper: ChapterPaper) -> Table | None:
    """Plan by kind and savings to date by kind, places across, in pounds."""
    if not paper.supplied(f"{STEM}total.ytd_savings"):
        return None
    columns = own_schedule("prescribing_savings_position").columns.values()
    kinds = {
        measure: [
            Line(one.label or "", f"{one.line}.{measure}")
            for one in columns
            if one.line and one.measure == measure
        ]
        for measure in ("annual_plan", "ytd_savings")
    }
    lines = [
        Line("Plan for the year", "", "heading"),
        Line("July version", "total.annual_plan_july", part="apart"),
        *kinds["annual_plan"],
        Line("September version", "total.annual_plan_september", "subtotal"),
        Line("Saved to date", "", "heading"),
        *kinds["ytd_savings"],
        Line("All savings to date", "total.ytd_savings", "total"),
        Line("Due by now, as phased", "total.ytd_phased_plan"),
        Line("(Short of) / ahead of phasing", "total.ytd_variance_to_phasing"),
    ]
    totals = [f"{STEM}{kind.line}" for kind in kinds["annual_plan"]]
    return figures_table(
        paper,
        "prescribing-savings-position",
        f"Prescribing savings by place at {paper.paper.month.name}, medicines team",
        "Savings",
        lines,
        place_columns(paper, "prescribing_savings.{place}.{line}"),
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
    drugs = rows_only(own_lines(paper, "prescribing_run_rate_drugs"))
    lines = [Line(drug.label, drug.line) for drug in drugs]
    return figures_table(
        paper,
        "prescribing-run-rate-drugs",
        f"Cost growth of the drugs that savings address, to {paper.paper.month.name}",
        "Medicine",
        [*lines, Line("Together", "run_rate_drugs", "total")],
        [Measure("Growth, (fall)", f"{STEM}{{line}}.ytd_cost_growth", "pounds")],
        unit="£",
        notes=_differences(paper, total),
    )


def drugs_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Whether the drugs that savings address cost less than before."""
    if not paper.supplied(f"{STEM}run_rate_drugs.ytd_cost_growth"):
        return paper.not_supplied("Run-rate drugs")
    return paper.narrate("drugs")


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
    total = paper.register[shown.figure]
    name = total.label.removesuffix(f", {measure_label(total.measure)}")
    return (
        f"{name}: the source report prints"
        f" {mark(printed.figure, printed.text)}, but its parts add up to"
        f" {mark(shown.figure, shown.text)}."
    )
