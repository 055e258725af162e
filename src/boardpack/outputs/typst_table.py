"""Tables as Typst: calls of the template's `ledger`, one for each sheet of a table's layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.outputs.table_layout import Layout, Sheet, layout
from boardpack.outputs.typst_text import array, line, literal
from boardpack.paper.blocks import Cell, Column, Number, Row, Table

UNNAMED = "Item"
"""What a reader who does not see the page is told of a column without a heading."""


@dataclass(frozen=True)
class Spoken:
    """What a sheet's cells say aloud, by row and column, where that is not what they print."""

    heads: tuple[str | None, ...]
    rows: tuple[tuple[str | None, ...], ...]


def table_typst(table: Table) -> str:
    """The table, on a page of its own where it needs a wide one."""
    plan = layout(table)
    return "\n".join(_ledger(table, plan, place) for place in range(len(plan.sheets)))


def is_wide(table: Table) -> bool:
    """Whether the table needs a landscape page."""
    return layout(table).landscape


def spoken(table: Table) -> tuple[Spoken, ...]:
    """For every sheet of the table what its cells say aloud, in the order they are set."""
    return tuple(
        Spoken(
            tuple(None if table.columns[c].label.strip() else UNNAMED for c in sheet.columns),
            tuple(tuple(map(_aloud, _chosen(row, sheet))) for row in table.rows),
        )
        for sheet in layout(table).sheets
    )


def _aloud(cell: Cell) -> str | None:
    if not isinstance(cell, Number):
        return None
    told = cell.words or (cell.text if cell.adverse else None)
    return f"{told}, adverse" if told and cell.adverse else told


def _ledger(table: Table, plan: Layout, place: int) -> str:
    sheet = plan.sheets[place]
    columns = [table.columns[c] for c in sheet.columns]
    last = place == len(plan.sheets) - 1
    rows = (f"({literal(row.kind)}, {array(_cells(row, sheet))})" for row in table.rows)
    notes = (f"[{line(note)}]" for note in table.notes) if last else ()
    parts = {
        "caption": literal(table.caption + (" (continued)" if place else "")),
        "unit": literal(table.unit),
        "size": f"{plan.size:g}pt",
        "widths": array(sheet.widths),
        "aligns": array(column.align for column in columns),
        "header": array(_header(columns)),
        "rows": array(f"\n    {row}" for row in rows),
        "notes": array(notes),
    }
    arguments = "".join(f"\n  {name}: {value}," for name, value in parts.items())
    return f"#ledger({arguments}\n);"


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
    return f"adverse({literal(cell.text)})" if cell.adverse else literal(cell.text)


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
