"""The cells of a figure on demand: those that it names, and those that its rule finds in the file.

A figure over rows of a unit-level extract keeps the rule that chose them. Here the file is read
again, the rule applied, and the rows held to the hash that the figure keeps of them. Of people no
cell is given: what was made of rows at client level has no rule, and a file that the parameters
call sensitive is not opened.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from boardpack.audit.lineage.explain import Node, figures_below
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.figures.cell_amounts import amounts_said
from boardpack.figures.figure import Figure, SourceCell
from boardpack.outputs.data.figures_csv import guarded
from boardpack.reading.cells import Cell, file_sha256, ranges
from boardpack.reading.chosen_rows import chosen_rows, rows_sha256
from boardpack.reading.extract import Extract, Row
from boardpack.reading.file_names import named_stem
from boardpack.reading.folder import Folder
from boardpack.reading.readers import UNIT_LEVEL, readers

HEAD = ("figure", "file", "row", "column", "text", "amount", "running_sum")
SUPPRESSED = "It is suppressed, or rests on what is: no cell of it is given."
NO_CELLS = "{} is told by its rows and method alone ({}): no cell of it is given."
SENSITIVE = "{} is sensitive by params/report.yml: no cell of it is given."
NOT_HERE = "{} is not there."
CHANGED = "{} is not the file that the figure was read from: its SHA-256 differs."
OTHER_ROWS = "The rule of {}, column {}, finds other rows than the figure was added up from."
_NUMBER = re.compile(r"[-+]?£?[\d,.]+")


@dataclass(frozen=True)
class SaidCell:
    """A cell with its text, and its amount in the figure's unit where its text is an amount."""

    cell: Cell
    amount: Decimal | None


@dataclass(frozen=True)
class FigureCells:
    """The cells of one figure that was read, and a line on each source that gives none."""

    figure: Figure
    cells: tuple[SaidCell, ...]
    notes: tuple[str, ...] = ()


class CellFinder:
    """Finds the cells of a paper's figures; each extract is read once."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.folder = paper, Folder(paper)
        self._read: dict[str, Extract | None] = {}
        self._hashes: dict[str, str] = {}

    def cells(self, figure: Figure) -> FigureCells:
        """The cells of a figure that was read, in the order in which it names them."""
        if figure.is_suppressed:
            return FigureCells(figure, (), (SUPPRESSED,))
        found: list[SaidCell] = []
        notes: list[str] = []
        for item, amount in zip(figure.cells, amounts_said(figure), strict=True):
            note = self._hindrance(item)
            if note is not None:
                notes.append(note)
            elif item.rule is None:
                found.append(self._one(item, amount))
            else:
                rows = self._rows(item)
                if rows_sha256(ranges(row.line for row in rows)) != item.rule.sha256:
                    notes.append(OTHER_ROWS.format(item.cell.file, item.cell.column))
                column = item.cell.column
                found += (SaidCell(row.cells[column], row.amounts[column].amount) for row in rows)
        return FigureCells(figure, tuple(found), tuple(dict.fromkeys(notes)))

    def _hindrance(self, item: SourceCell) -> str | None:
        """Why a source gives no cells; None where it does."""
        file = item.cell.file
        if self.paper.report.is_sensitive(file):
            return SENSITIVE.format(file)
        if item.method is not None and (item.rule is None or self._extract(file) is None):
            return NO_CELLS.format(file, item.method)
        if item.rule is None:
            return None
        if not (self.paper.home / file).is_file():
            return NOT_HERE.format(file)
        return None if item.sha256 == self._sha256(file) else CHANGED.format(file)

    def _sha256(self, file: str) -> str:
        if file not in self._hashes:
            self._hashes[file] = file_sha256(self.paper.home / file)
        return self._hashes[file]

    def _one(self, item: SourceCell, amount: Decimal | None) -> SaidCell:
        """A cell that a figure names; one that was corrected beside a sum as its extract has it."""
        extract = self._extract(item.cell.file) if amount is None else None
        row = next((one for one in extract or () if one.line == item.cell.row), None)
        value = row.amounts.get(item.cell.column) if row is not None else None
        return SaidCell(item.cell, amount if value is None else value.amount)

    def _rows(self, item: SourceCell) -> tuple[Row, ...]:
        extract = self._extract(item.cell.file)
        if extract is None or item.rule is None:
            return ()
        return tuple(chosen_rows(extract.rows, item.rule, item.cell.column))

    def _extract(self, file: str) -> Extract | None:
        """A unit-level extract of the paper's month; None for any other file."""
        if file not in self._read:
            path, stem = Path(file), named_stem(Path(file))
            is_one = path.parent == self.folder.path and stem in UNIT_LEVEL
            read = readers(self.paper.home)[stem](self.folder) if is_one else None
            self._read[file] = read if isinstance(read, Extract) else None
        return self._read[file]


def cells_behind(paper: Paper, node: Node) -> list[FigureCells]:
    """The cells of every figure of a tree that was read, each figure once."""
    finder = CellFinder(paper)
    return [finder.cells(one) for one in figures_below(node) if one.formula is None]


def cells_csv(found: Iterable[FigureCells]) -> Iterator[str]:
    """The cells as lines of a CSV file, a header first; sums run figure by figure."""
    yield _line(HEAD)
    for one in found:
        running: Decimal | None = Decimal(0)
        for said in one.cells:
            is_known = said.amount is not None and running is not None
            running = running + said.amount if is_known else None  # type: ignore[operator]
            sheet = "" if said.cell.sheet is None else f" [{said.cell.sheet}]"
            place = (f"{said.cell.file}{sheet}", str(said.cell.row), said.cell.column)
            amounts = ("" if n is None else plain(n) for n in (said.amount, running))
            text = said.cell.text
            shown = text if _NUMBER.fullmatch(text) else guarded(text)
            yield _line((one.figure.id, *place, shown, *amounts))


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
