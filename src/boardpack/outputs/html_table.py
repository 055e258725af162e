"""A table in HTML: drawn by Great Tables, then given a caption, row kinds and a scrolling region.

Great Tables writes its title as a cell, a style sheet into every table, an id on every cell. The
caption is set here; the style stands once in `book/_static`; scopes alone tie a cell to its heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

import pandas as pd
from great_tables import GT, html

from boardpack.errors import BuildFault
from boardpack.outputs.html_number import cell_html, hidden
from boardpack.outputs.prose import Values, bare_text, inline_html, text_html
from boardpack.outputs.surroundings import NOWHERE, Surroundings
from boardpack.paper.blocks import Column, Row, Table

FEW_COLUMNS, MANY_COLUMNS = 4, 8
_STUB = "c0"
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL_IDS = re.compile(r' (?:id|headers)="[^"]*"')


def table_html(table: Table, values: Values, around: Surroundings = NOWHERE) -> str:
    """A table with caption, scopes, row kinds and notes, in a region that scrolls sideways."""
    caption = escape(f"{table.id}-caption")
    return (
        f'<div class="paper-table{_width(table)}">\n'
        f'<section class="table-wrap" aria-labelledby="{caption}" tabindex="0">\n'
        f'<table class="gt_table" id="{escape(table.id)}">\n'
        f'<caption id="{caption}">{_caption(table, values)}</caption>\n'
        f"{_head_and_body(table, values)}</table>\n</section>\n{_notes(table, values)}"
        f"{around.to_take_away(table.id, text_html(bare_text(table.caption), values))}</div>\n"
    )


def _width(table: Table) -> str:
    """How much of the page a table takes, as a class: no eye should cross it for two."""
    if len(table.columns) >= MANY_COLUMNS:
        return " wide"
    return " slim" if len(table.columns) <= FEW_COLUMNS else ""


def _caption(table: Table, values: Values) -> str:
    unit = f'<span class="unit">, {text_html(table.unit, values)}</span>' if table.unit else ""
    return f'<span class="caption">{text_html(table.caption, values)}{unit}</span>'


def _notes(table: Table, values: Values) -> str:
    notes = "".join(f"<p>{inline_html(note, values)}</p>\n" for note in table.notes)
    return f'<div class="table-notes">\n{notes}</div>\n' if notes else ""


def _head_and_body(table: Table, values: Values) -> str:
    drawn = _great_table(table, values).as_raw_html()
    inner = drawn[drawn.index("<thead>") : drawn.rindex("</table>")]
    head, mark, body = inner.partition("<tbody")
    return _CELL_IDS.sub("", head) + _with_kinds(mark + body, table)


def _great_table(table: Table, values: Values) -> GT:
    stub, *others = table.columns
    names = [f"c{place}" for place in range(1, len(table.columns))]
    drawn = (
        GT(_frame(table, values), rowname_col=_STUB, id=table.id)
        .tab_stubhead(label=html(_label(stub, values)))
        .cols_label({n: html(_label(c, values)) for n, c in zip(names, others, strict=True)})
        .fmt(str, columns=[_STUB, *names])
    )
    for side in ("left", "right"):
        chosen = [n for n, c in zip(names, others, strict=True) if c.align == side]
        drawn = drawn.cols_align(side, chosen) if chosen else drawn
    for place, (group, columns) in enumerate(_groups(names, others)):
        drawn = drawn.tab_spanner(html(text_html(group, values)), columns, id=f"spanner-{place}")
    return drawn


def _frame(table: Table, values: Values) -> pd.DataFrame:
    width = len(table.columns)
    rows = [[cell_html(cell, values) for cell in row.cells] for row in table.rows]
    if any(len(row) > width for row in rows):
        raise BuildFault(f"Table {table.id} has a row with more cells than its {width} columns.")
    padded = [row + [""] * (width - len(row)) for row in rows]
    return pd.DataFrame(padded, columns=[f"c{place}" for place in range(width)], dtype=str)


def _label(column: Column, values: Values) -> str:
    return text_html(column.label, values) if column.label else hidden("Item")


def _groups(names: list[str], columns: list[Column]) -> Iterable[tuple[str, list[str]]]:
    pairs = zip(names, columns, strict=True)
    for group, members in groupby(pairs, key=lambda pair: pair[1].group):
        if group:
            yield group, [name for name, _ in members]


def _with_kinds(body: str, table: Table) -> str:
    rows = iter(table.rows)
    width = len(table.columns)
    return _ROW.sub(lambda found: _row(_CELL_IDS.sub("", found[0]), next(rows), width), body)


def _row(drawn: str, row: Row, width: int) -> str:
    if row.kind != "heading":
        return drawn.replace("<tr>", f'<tr class="{row.kind}">', 1)
    head = drawn[drawn.index("<th") : drawn.index("</th>")]
    spanning = head.replace('scope="row"', f'scope="rowgroup" colspan="{width}"', 1)
    return f'</tbody>\n  <tbody class="gt_table_body">\n  <tr class="heading">{spanning}</th></tr>'
