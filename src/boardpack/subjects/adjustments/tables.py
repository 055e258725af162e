"""What the paper shows of top-side entries: beside the ledger, and who stands for each.

Nothing is shown in a month without entries.
"""

from __future__ import annotations

from typing import Any

from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Column, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Measure, directorate_lines, figures_table
from boardpack.document.wording import cell_text, count_words
from boardpack.figures.labels import measure_label
from boardpack.reading.extract import Row as Entry
from boardpack.reading.folder import Folder
from boardpack.subjects.adjustments.extract import CARRY, REVERSE, REVERSED, read_adjustments
from boardpack.subjects.adjustments.figures import ADJUSTED, CHAPTER, TOTAL, entry_suffix

GROUPS = {"ytd_variance": "Year to date", "forecast_variance": "Full year"}
WHEN = {"ytd_variance": "To date", "forecast_variance": "For the full year"}
TREATMENTS = {
    REVERSE: "Reverses next month",
    CARRY: "Carried until reversed",
    REVERSED: "Reversed this month; counts nothing",
}


def adjusted_table(paper: ChapterPaper) -> Table | None:
    """Variances in the ledger, the top-side entries, and both together; None without entries."""
    shown = [m for m in GROUPS if paper.supplied(f"{CHAPTER}.{TOTAL}.{m}")]
    if not shown:
        return None
    lines = [
        line
        for line in directorate_lines(paper)
        if any(paper.supplied(f"{CHAPTER}.{line.line}.{measure}") for measure in shown)
    ]
    return figures_table(
        paper,
        "position-adjusted",
        f"{paper.place_name}: ledger, adjustments, adjusted position at {paper.paper.month.name}",
        "Directorate",
        lines,
        [column for measure in shown for column in _columns(measure)],
        notes=(
            "(Over) / under budget. An adjustment is a top-side entry that the ledger does not hold"
            " yet. It stands beside the ledger: every other table shows the ledger alone.",
        ),
    )


def _columns(measure: str) -> tuple[Measure, ...]:
    group = GROUPS[measure]
    return (
        Measure("Ledger", f"position.{{line}}.{measure}", group=group),
        Measure("Adjustments", f"{CHAPTER}.{{line}}.{measure}", group=group),
        Measure("Adjusted", f"{CHAPTER}.{{line}}.{ADJUSTED}{measure}", group=group),
    )


def adjustments_told(paper: ChapterPaper) -> dict[str, Any]:
    """How many entries stand beside the ledger, and which totals of page 1 they would move."""
    number = sum(entry["treatment"] != REVERSED for entry in _own_entries(paper))
    entries = f"{count_words(number)} {'entry' if number == 1 else 'entries'}"
    moved = [(m, when) for m, when in WHEN.items() if paper.supplied(f"{CHAPTER}.{TOTAL}.{m}")]
    return {"entries": entries if moved else "", "adjusted": moved}


def entries_table(paper: ChapterPaper) -> Table | None:
    """Every top-side entry of the paper's place, or of the ICB: why, by whom, and what follows."""
    found = _own_entries(paper)
    if not found:
        return None
    labels = ("Reference and line", "Measure", "Amount", "Reason", "Prepared by", "Approved by")
    columns = (
        *(Column(label, "right" if label == "Amount" else "left") for label in labels),
        Column("Treatment", "left"),
    )
    rows = tuple(_row(paper, entry) for entry in found)
    notes = ("An amount is added to its measure: more spending is positive.",)
    return Table("assurance-entries", "Top-side entries", columns, rows, "£", notes)


def _own_entries(paper: ChapterPaper) -> list[Entry]:
    """The entries of the paper's place; in the ICB's paper, all of them."""
    entries = read_adjustments(Folder(paper.paper))
    return [entry for entry in entries if paper.place in (ICB, entry["place"])]


def _row(paper: ChapterPaper, entry: Entry) -> Row:
    place = paper.paper.report.place_name(entry["place"])
    return Row(
        (
            cell_text(f"{entry['ref']}: {place}, {entry['directorate']}"),
            measure_label(entry["measure"]).capitalize(),
            _amount(paper, entry),
            cell_text(entry["reason"]),
            cell_text(entry["preparer_role"]),
            cell_text(entry["approver_role"]),
            TREATMENTS[entry["treatment"]],
        )
    )


def _amount(paper: ChapterPaper, entry: Entry) -> Cell:
    """The amount as a figure; an entry that has been reversed is none."""
    labels = {label: line for line, label in paper.paper.report.directorates.items()}
    line = f"{entry['place']}.{labels[entry['directorate']]}"
    name = f"{CHAPTER}.{line}.{entry['measure']}.{entry_suffix(entry)}"
    return paper.cell(name, "pounds") if entry["treatment"] != REVERSED else ""
