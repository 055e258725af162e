"""What the risks chapter shows: the risks supplied with the month, beside the lines they touch."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Column, Narrative, NotSupplied, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.subjects.forecast.risks_extract import read_risks

COLUMNS = (
    Column("Risk", "left"),
    Column("Variance to date"),
    Column("What is being done", "left"),
    Column("Owner", "left"),
)


def risks_narrative(paper: ChapterPaper) -> Narrative | None:
    """Which of the paper's lines the risks touch; None where the month brought no risk at all."""
    if not read_risks(Folder(paper.paper)).rows:
        return None
    return paper.narrate("risks", risks=risks_of(paper, paper.place))


def risks_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The risks of this paper's place."""
    return _table(paper, "risks-place", f"Risks to the {paper.place_name} position", paper.place)


def icb_risks_table(paper: ChapterPaper) -> Table | NotSupplied | None:
    """The risks that the ICB carries for all its places; None in the ICB's own paper."""
    if paper.place == ICB:
        return None
    return _table(paper, "risks-icb", "Risks to the position of all places together", ICB)


def _table(paper: ChapterPaper, id: str, caption: str, place: str) -> Table | NotSupplied:
    records = risks_of(paper, place)
    if not records:
        return paper.not_supplied(caption)
    rows = tuple(_row(paper, place, record) for record in records)
    return Table(id, caption, COLUMNS, rows, "variance in £000s")


def risks_of(paper: ChapterPaper, place: str = "") -> Sequence[Record]:
    """The risks of a place: of the paper's own unless named."""
    return read_risks(Folder(paper.paper)).only(place=place or paper.place)


def _row(paper: ChapterPaper, place: str, record: Record) -> Row:
    owner = record["owner_role"] or "No owner named"
    doing = record["mitigation"] or "Nothing stated"
    return Row((record["risk"], _variance(paper, place, record["line"]), doing, owner))


def _variance(paper: ChapterPaper, place: str, line: str) -> Cell:
    for name in (f"position.{place}.{line}.ytd_variance", f"{line}.{place}.total.ytd_variance"):
        if paper.register.find(name):
            return paper.number(name, "thousands")
    return ""
