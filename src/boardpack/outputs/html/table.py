"""A table in HTML: drawn by Great Tables, then given a caption, row kinds and a scrolling region.

Great Tables writes its title as a cell, a style sheet into every table, an id on every cell. The
caption is set here; the style stands once in `book/_static`; scopes alone tie a cell to its heads.
It draws the head and the pattern of a row, into which the cells are set: it has no word on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from itertools import chain, groupby, zip_longest
from pathlib import Path
from typing import Literal

import great_tables
import pandas as pd
from great_tables import GT, html

from boardpack.core.errors import BuildFault
from boardpack.core.stored import stored
from boardpack.document.blocks import Column, Row, Table
from boardpack.outputs.html.number import cell_html, hidden
from boardpack.outputs.html.surroundings import NOWHERE, Surroundings
from boardpack.outputs.prose import Values, bare_text, inline_html, text_html

FEW_COLUMNS, MANY_COLUMNS = 4, 8
_STUB = "c0"
_CELL = "\ue003"
"""Stands in the form of a table where a cell will."""
_INDENT = "  "
_ROW = re.compile(r"(<tr>.*</tr>)", re.DOTALL)
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
    width = len(table.columns)
    if any(len(row.cells) > width for row in table.rows):
        raise BuildFault(f"Table {table.id} has a row with more cells than its {width} columns.")
    form = _form(tuple(_head(column, values) for column in table.columns))
    rows = [_INDENT + _row(form.filled(row, values), row, width) for row in table.rows]
    return form.before + "\n".join(rows) + form.after


@dataclass(frozen=True)
class _Head:
    """A column's label and the heading that spans it and its neighbours, as HTML."""

    label: str
    align: Literal["left", "right"]
    group: str


def _head(column: Column, values: Values) -> _Head:
    """Great Tables reads a unit of measure between two braces, and prints what it makes of it."""
    label = text_html(column.label, values) if column.label else hidden("Item")
    group = text_html(column.group or "", values)
    plain, spanning = (text.replace("{{", "&#123;&#123;") for text in (label, group))
    return _Head(plain, column.align, spanning)


@dataclass(frozen=True)
class _Form:
    """A table without its rows, and what stands around the cells of each row."""

    before: str
    around: tuple[str, ...]
    after: str

    def filled(self, row: Row, values: Values) -> str:
        """A row of the table; one with too few cells ends in empty ones."""
        cells = [cell_html(cell, values) for cell in row.cells]
        pairs = zip_longest(self.around, cells, fillvalue="")
        return "".join(chain.from_iterable(pairs))


@lru_cache(maxsize=512)
def _form(heads: tuple[_Head, ...]) -> _Form:
    """The form of all tables with these heads: Great Tables takes far longer over each cell."""
    drawn = stored(_maker(), repr(heads).encode(), lambda: _drawn(heads)).decode()
    inner = _CELL_IDS.sub("", drawn[drawn.index("<thead>") : drawn.rindex("</table>")])
    head, mark, body = inner.partition("<tbody")
    before, row, after = _ROW.split(body)
    return _Form(head + mark + before.removesuffix(_INDENT), tuple(row.split(_CELL)), after)


@cache
def _maker() -> bytes:
    """What draws a form: Great Tables on pandas, as this module asks it to."""
    versions = f"{great_tables.__version__} {pd.__version__}\n"
    return versions.encode() + Path(__file__).read_bytes()


def _drawn(heads: Sequence[_Head]) -> bytes:
    return _great_table(heads).as_raw_html().encode()


def _great_table(heads: Sequence[_Head]) -> GT:
    stub, *others = heads
    names = [f"c{place}" for place in range(1, len(heads))]
    frame = pd.DataFrame([[_CELL] * len(heads)], columns=[_STUB, *names], dtype=str)
    drawn = (
        GT(frame, rowname_col=_STUB, id=_STUB)
        .tab_stubhead(label=html(stub.label))
        .cols_label({n: html(head.label) for n, head in zip(names, others, strict=True)})
    )
    for side in ("left", "right"):
        chosen = [n for n, head in zip(names, others, strict=True) if head.align == side]
        drawn = drawn.cols_align(side, chosen) if chosen else drawn
    for place, (group, columns) in enumerate(_groups(names, others)):
        drawn = drawn.tab_spanner(html(group), columns, id=f"spanner-{place}")
    return drawn


def _groups(names: Sequence[str], heads: Sequence[_Head]) -> Iterable[tuple[str, list[str]]]:
    pairs = zip(names, heads, strict=True)
    for group, members in groupby(pairs, key=lambda pair: pair[1].group):
        if group:
            yield group, [name for name, _ in members]


def _row(drawn: str, row: Row, width: int) -> str:
    if row.kind != "heading":
        return drawn.replace("<tr>", f'<tr class="{row.kind}">', 1)
    head = drawn[drawn.index("<th") : drawn.index("</th>")]
    spanning = head.replace('scope="row"', f'scope="rowgroup" colspan="{width}"', 1)
    return f'</tbody>\n  <tbody class="gt_table_body">\n  <tr class="heading">{spanning}</th></tr>'
