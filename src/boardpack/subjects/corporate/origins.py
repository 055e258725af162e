"""Where the month's extracts came from, and which cost centres were mapped anew this year."""

from __future__ import annotations

from pathlib import Path

from boardpack.core.periods import named_month
from boardpack.document.blocks import Column, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text
from boardpack.reading.cost_centres_extract import read_cost_centres, reorganised
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import FILE as LEDGER
from boardpack.reading.provenance_extract import read_provenance
from boardpack.subjects.corporate.tables import in_sentence_case

PARTS = ("system", "report", "parameters", "run_at", "role")


def provenance_table(paper: ChapterPaper) -> Table | None:
    """The system, report, run and role behind each extract; None where nobody has said so."""
    rows: dict[str, Record] = {}
    for row in read_provenance(Folder(paper.paper)):
        rows.setdefault(row["file"], row)
    if not rows:
        return None
    labels = ("Extract", "System", "Report", "Parameters", "Run at", "Run by (role)")
    columns = tuple(Column(label, "left") for label in labels)
    shown = tuple(
        Row((Path(name).name, *(cell_text(row[part]) for part in PARTS)))
        for name, row in rows.items()
    )
    return Table("assurance-provenance", "Where the source reports came from", columns, shown)


def reorganised_table(paper: ChapterPaper) -> Table | None:
    """Cost centres that moved this year; None where none did, or the month has no ledger."""
    folder = Folder(paper.paper)
    if not folder.has(LEDGER):
        return None
    found = tuple(reorganised(read_cost_centres(folder), paper.paper.month))
    if not found:
        return None
    labels = ("Cost centre", "Until then", "Now", "Since", "Note")
    columns = tuple(Column(label, "left") for label in labels)
    notes = (
        "The whole year to date is shown where the cost centre stands now. Earlier months are"
        " compared so too, where their ledger is kept.",
    )
    rows = tuple(_row(paper, before, now) for before, now in found)
    caption = "Cost centres reorganised this year"
    return Table("assurance-reorganised", caption, columns, rows, "", notes)


def _row(paper: ChapterPaper, before: Record, now: Record) -> Row:
    name = cell_text(f"{in_sentence_case(now['description'])} ({now['cost_centre']})")
    began = named_month(now["from"])
    since = began.name if began else ""
    return Row((name, _home(paper, before), _home(paper, now), since, cell_text(now["note"])))


def _home(paper: ChapterPaper, row: Record) -> str:
    report = paper.paper.report
    return f"{report.place_name(row['place'])}, {report.directorates[row['directorate']]}"
