"""A table of the paper as a CSV file: what stands in it, with exact values instead of print.

UTF-8 with a byte order mark, as `figures.csv`, because Excel takes a file without one for another
encoding. Money is in pounds whatever the table's unit, 9.54 is 9.54%.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from boardpack.document.blocks import Cell, Chart, Column, Number, Table
from boardpack.document.content import Part
from boardpack.outputs.data.figures_csv import BYTE_ORDER_MARK, guarded
from boardpack.outputs.prose import bare_text


def write_tables(parts: Sequence[Part], folder: Path) -> None:
    """Each table, and each chart's data, as `<its id>.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables_of(parts):
        file = folder / f"{table.id}.csv"
        file.write_text(table_csv(table), encoding="utf-8", newline="")


def tables_of(parts: Sequence[Part]) -> tuple[Table, ...]:
    """The paper's tables in order, those of its charts among them."""
    chapters = (chapter for part in parts for chapter in part.chapters)
    blocks = (block for chapter in chapters for block in chapter.blocks)
    shown = (block.table() if isinstance(block, Chart) else block for block in blocks)
    return tuple(block for block in shown if isinstance(block, Table))


def table_csv(table: Table) -> str:
    """The text of the file: a line of headings, and a line for each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(guarded(_heading(column)) for column in table.columns)
    for row in table.rows:
        writer.writerow(map(_cell, row.cells))
    return BYTE_ORDER_MARK + out.getvalue()


def _heading(column: Column) -> str:
    label = bare_text(column.label) or "Item"
    return f"{bare_text(column.group)}: {label}" if column.group else label


def _cell(cell: Cell) -> str:
    return cell.value if isinstance(cell, Number) else guarded(bare_text(cell))
