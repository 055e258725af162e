"""Source cells shown in their rows: the raw row of the file, with its header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from boardpack.audit.lineage.cells import CellFinder
from boardpack.core.errors import InputFaults
from boardpack.figures.figure import Figure, SourceCell
from boardpack.outputs.figure_text import cell_words
from boardpack.reading.cells import file_sha256
from boardpack.reading.files import ENDINGS
from boardpack.reading.received_file import read_received

NOT_HERE = "The file is not in this project; the cell is as the register names it."
WITHHELD = (
    "Made from whole sets of rows, which may be about single people: they are named, and not shown."
)
CHANGED = "The file has changed since the figure was read from it."


@dataclass(frozen=True)
class SourceRow:
    """A row as it stands in the file, with the columns that were read and what was used instead."""

    line: int
    cells: tuple[str, ...]
    read: tuple[str, ...]
    used: tuple[str, ...]


@dataclass(frozen=True)
class SourceTable:
    """The rows of one file that a figure goes back to; `note` says what is wrong with the file."""

    file: str
    sha256: str
    header: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    note: str = ""


@dataclass(frozen=True)
class SumAgain:
    """A sum over rows that their rule chose, added up again; `said` is what came of it."""

    figure: Figure
    sources: tuple[str, ...]
    cells: tuple[SourceCell, ...]
    amount: Decimal
    said: tuple[str, ...]


def source_tables(home: Path, cells: Iterable[SourceCell]) -> tuple[SourceTable, ...]:
    """The rows of cells, file by file in the order of the cells, rows in the file's order.

    What was made of whole sets of rows (a package database) has a table of its own, in which the
    sets are named: no row of a file at client level is ever shown.
    """
    by_file: dict[tuple[str, bool], list[SourceCell]] = {}
    for item in cells:
        by_file.setdefault((item.cell.file, item.method is not None), []).append(item)
    return tuple(
        _named(file, found) if is_made else _table(home, file, found)
        for (file, is_made), found in by_file.items()
    )


def sums_again(finder: CellFinder, figures: Iterable[Figure]) -> Iterator[SumAgain]:
    """Each figure that is a sum over rows of a unit-level extract, added up again from the file."""
    for figure in figures:
        if any(item.rule is not None for item in figure.cells):
            found = finder.cells(figure)
            amounts = [one.amount for one in found.cells if one.amount is not None]
            whole = sum(amounts, Decimal(0))
            agrees = whole == figure.value and len(amounts) == len(found.cells)
            said = "agrees" if agrees else "does not agree"
            sources = tuple(cell_words(item) for item in figure.cells)
            hashes = {item.cell.file: item.sha256 for item in figure.cells}
            cells = tuple(SourceCell(one.cell, hashes.get(one.cell.file)) for one in found.cells)
            yield SumAgain(figure, sources, cells, whole, found.notes or (said,))


def _named(file: str, items: list[SourceCell]) -> SourceTable:
    told = (SourceRow(i.cell.row, (i.made_from,), (i.cell.column,), ()) for i in items)
    return SourceTable(file, items[0].sha256 or "", ("rows",), tuple(told), WITHHELD)


def _table(home: Path, file: str, items: list[SourceCell]) -> SourceTable:
    path, sealed = home / file, items[0].sha256 or ""
    if not path.is_file():
        return SourceTable(file, sealed, ("cell",), tuple(_rows(items, {})), NOT_HERE)
    header, records = _records(home, file, items)
    note = CHANGED if sealed and file_sha256(path) != sealed else ""
    return SourceTable(file, sealed, header, tuple(_rows(items, records)), note)


def _records(
    home: Path, file: str, items: list[SourceCell]
) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]]:
    """The file's header and its rows by line; a file that is no table is read as lines."""
    if file.lower().endswith(ENDINGS):
        try:
            columns = [item.cell.column for item in items]
            found = read_received(home, Path(file), columns, items[0].cell.sheet)
        except InputFaults:
            return ("line",), {}
        return found.header or ("line",), found.rows
    lines = (home / file).read_text(encoding="utf-8", errors="replace").splitlines()
    return ("line",), {number: (line.strip(),) for number, line in enumerate(lines, start=1)}


def _rows(items: list[SourceCell], records: dict[int, tuple[str, ...]]) -> Iterable[SourceRow]:
    for line in sorted({item.cell.row for item in items}):
        here = [item for item in items if item.cell.row == line]
        yield SourceRow(
            line,
            records.get(line, tuple(item.cell.text for item in here)),
            tuple(dict.fromkeys(item.cell.column for item in here)),
            tuple(f"{i.cell.column} used as {i.used}: {i.why}" for i in here if i.used),
        )
