"""Tables as Typst: calls of the template's `ledger`, one for each sheet of a table's layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.document.blocks import Cell, Column, Number, Row, Table
from boardpack.outputs.pdf.typst_text import array, line, literal
from boardpack.outputs.table_layout import Layout, Sheet, gap_before, layout

UNNAMED = "Item"
"""What a reader who does not see the page is told of a column without a heading."""


@dataclass(frozen=True)
class CellTag:
    """What a cell is, beyond its print: the figure it shows, and the words for it aloud."""

    text: str = ""
    figure: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class TableTags:
    """The names of a sheet's unnamed columns, and the tags of its cells, row by row."""

    heads: tuple[str | None, ...]
    rows: tuple[tuple[CellTag, ...], ...]


def table_typst(table: Table) -> str:
    """The table, on a page of its own where it needs a wide one."""
    plan = layout(table)
    return "\n".join(_ledger(table, plan, place) for place in range(len(plan.sheets)))


def is_wide(table: Table) -> bool:
    """Whether the table needs a landscape page."""
    return layout(table).landscape


def table_tags(table: Table) -> tuple[TableTags, ...]:
    """For every sheet of the table the tags of its cells, in the order they are set."""
    return tuple(
        TableTags(
            tuple(None if table.columns[c].label.strip() else UNNAMED for c in sheet.columns),
            tuple(tuple(map(_tag, _chosen(row, sheet))) for row in _rows(table)),
        )
        for sheet in layout(table).sheets
    )


def _tag(cell: Cell) -> CellTag:
    if not isinstance(cell, Number):
        return CellTag(cell)
    words = cell.words or (cell.text if cell.adverse else None)
    aloud = f"{words}, adverse" if words and cell.adverse else words
    return CellTag(cell.text, cell.figure or None, aloud)


def _ledger(table: Table, plan: Layout, place: int) -> str:
    sheet = plan.sheets[place]
    columns = [table.columns[c] for c in sheet.columns]
    gaps = [gap_before(columns, c) for c in range(len(columns))]
    last = place == len(plan.sheets) - 1
    rows = (f"({literal(row.kind)}, {array(_cells(row, sheet))})" for row in _rows(table))
    notes = (f"[{line(note)}]" for note in table.notes) if last else ()
    parts = {
        "caption": literal(table.caption + (" (continued)" if place else "")),
        "unit": literal(table.unit),
        "size": f"{plan.setting.size:g}pt",
        "insets": array(f"{plan.setting.inset + gap:g}pt" for gap in gaps),
        "widths": array(sheet.widths),
        "aligns": array(column.align for column in columns),
        "header": array(_header(columns)),
        "rows": array(f"\n    {row}" for row in rows),
        "notes": array(notes),
    }
    arguments = "".join(f"\n  {name}: {value}," for name, value in parts.items())
    return f"#ledger({arguments}\n);"


def _rows(table: Table) -> list[Row]:
    """The rows to set: all but the headings under which nothing stands."""
    after = [*table.rows[1:], Row((), "heading")]
    pairs = zip(table.rows, after, strict=False)
    return [row for row, following in pairs if (row.kind, following.kind) != ("heading", "heading")]


def _chosen(row: Row, sheet: Sheet) -> Sequence[Cell]:
    """The cells of a row that a sheet shows; a heading has one, and a short row is filled."""
    if row.kind == "heading":
        return row.cells[:1]
    return [row.cells[c] if c < len(row.cells) else "" for c in sheet.columns]


def _cells(row: Row, sheet: Sheet) -> list[str]:
    return [cell_typst(cell) for cell in _chosen(row, sheet)]


def cell_typst(cell: Cell) -> str:
    """A cell as a Typst expression; a number that is bad news says so without colour too."""
    if not isinstance(cell, Number):
        return literal(cell)
    if not cell.adverse:
        return literal(cell.text)
    return f"{cell.grade or 'adverse'}({literal(cell.text)})"


def _header(columns: Sequence[Column]) -> list[str]:
    """The heading cells: one row, or two where some columns have a heading in common."""
    if not any(column.group for column in columns):
        return [f"head({literal(c.label)}, {c.align})" for c in columns]
    above: list[str] = []
    below: list[str] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        run = list(members)
        if group:
            above.append(f"spanner({literal(group)}, {len(run)})")
            below += [f"head({literal(c.label)}, {c.align})" for c in run]
        else:
            above += [f"head({literal(c.label)}, {c.align}, rows: 2)" for c in run]
    return [*above, *below]
