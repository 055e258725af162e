"""Opening the ICB report's chapters for a test, and reading what they show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from homes import Record, change_rows, copied_home

from boardpack.paper.blocks import MARKER, Narrative, Table
from boardpack.paper.chapter import ChapterPaper, open_chapter

PROJECT = Path(__file__).resolve().parents[2]


def opened(
    name: str, home: Path = PROJECT, place: str = "bromley", owns: tuple[str, ...] = ()
) -> ChapterPaper:
    """The chapter of the Month 6 2023/24 paper, as its notebook opens it."""
    return open_chapter(name, "2023-24", "M06", place, str(home), owns=owns or (name,))


def changed(target: Path, file: str, where: dict[str, str], values: dict[str, str]) -> Path:
    """A home whose extract has other cells in the rows that say `where`."""
    home = target if (target / "params").exists() else copied_home(PROJECT, target)
    change_rows(home, file, _change(where, values))
    return home


def _change(where: dict[str, str], values: dict[str, str]) -> Callable[[Record], Record]:
    def change(row: Record) -> Record:
        matches = all(row[column] == text for column, text in where.items())
        return {**row, **values} if matches else row

    return change


def words(block: object) -> str:
    """A narrative's sentences on one line, each number as it prints."""
    assert isinstance(block, Narrative)
    return " ".join(MARKER.sub(lambda found: found[2], block.markdown).split())


def cells(table: object) -> dict[str, list[str]]:
    """A table's rows by their heads, each cell as it prints."""
    assert isinstance(table, Table)
    return {
        str(row.cells[0]): [c if isinstance(c, str) else c.text for c in row.cells[1:]]
        for row in table.rows
    }


def figures(table: object) -> set[str]:
    """The ids of all figures that a table shows."""
    assert isinstance(table, Table)
    return {cell.figure for row in table.rows for cell in row.cells if not isinstance(cell, str)}
