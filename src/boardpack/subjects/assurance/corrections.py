"""What the paper shows of corrections: the cells that the team does not use as printed, and why."""

from __future__ import annotations

from typing import Any

from boardpack.document.blocks import Column, Narrative, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text
from boardpack.reading.corrections import Correction, is_of, read_corrections
from boardpack.reading.folder import Folder
from boardpack.subjects.assurance.exceptions import amounts, in_words
from boardpack.subjects.chc.packages_extract import FILE as CLIENT_LEVEL

DOCUMENTED = "assurance.checks.documented"
WITHHELD = "not shown"


def corrections_table(paper: ChapterPaper) -> Table | Narrative:
    """Cells that the paper does not use as printed, and the arithmetic that says why."""
    found = read_corrections(paper.paper.home, Folder(paper.paper).path)
    if not found:
        return paper.narrate("no_correction")
    columns = (
        Column("Cell", "left"),
        Column("Printed", "left"),
        Column("Used", "left"),
        Column("Why", "left"),
    )
    rows = tuple(Row((f"{c.file}, row {c.row}, {c.column}", *_values(c), c.why)) for c in found)
    return Table("assurance-corrections", "Corrections to the source reports", columns, rows)


def _values(correction: Correction) -> tuple[str, str]:
    """What a cell prints and what is used; of a file about single people neither is shown."""
    if is_of(correction, CLIENT_LEVEL):
        return WITHHELD, WITHHELD
    return correction.printed, correction.used


def documented_table(paper: ChapterPaper) -> Table | None:
    """The checks that differ because of a correction, and which; None where there is none."""
    found = [check for check in paper.checks if check["status"] == "documented"]
    if not found:
        return None
    columns = (
        Column("What differs", "left"),
        Column("Expected"),
        Column("Found"),
        Column("Because of", "left"),
    )
    rows = tuple(
        Row((cell_text(in_words(c["sentence"])), *amounts(paper, c), cell_text(c["cause"])))
        for c in found
    )
    notes = (
        "They would agree with every figure as printed. They do not hold up publication: who"
        " corrects a figure answers for what it changes.",
    )
    caption = "What differs because of the corrections"
    return Table("assurance-documented", caption, columns, rows, "", notes)


def corrections_told(paper: ChapterPaper) -> dict[str, Any]:
    """Whether page 1 says that something differs because of a correction."""
    is_told = paper.supplied(DOCUMENTED) and paper.figure(DOCUMENTED).value > 0
    return {"corrected": is_told}
