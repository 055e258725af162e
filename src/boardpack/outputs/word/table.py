"""Tables of a Word paper: header rows that repeat, rows that stay whole, a caption, a summary.

They are laid out as on paper (see `table_layout`), with room for the wider letters of the typeface
of office documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from boardpack.document.blocks import Cell, Column, Number, Row, Table
from boardpack.outputs.prose import bare_text
from boardpack.outputs.table_layout import (
    LANDSCAPE,
    Layout,
    Setting,
    Sheet,
    gap_before,
    layout,
)
from boardpack.outputs.word.grid import (
    border_word,
    cell_word,
    edge_word,
    gap,
    head_edge,
    row_word,
    side_word,
    table_start,
    word_colour,
)
from boardpack.outputs.word.pages import BODY
from boardpack.outputs.word.paper import WordPaper
from boardpack.outputs.word.prose import line
from boardpack.outputs.word.run import ADVERSE, PLAIN, STRONG, Look, marked, paragraph, run

WIDER = 1.14
"""How much wider Arial sets a text than the paper's own typeface does, at most."""
LARGE, SMALL = 8.5, 8.0
"""The type of tables; Arial looks larger than the paper's own typeface of the same size."""
USUAL, NARROW = 3.0, 1.5
"""The space beside the text of a cell, and the least of it, which a wide table takes."""
WORD_SETTINGS = tuple(
    Setting(size, room / WIDER, inset / WIDER, stub / WIDER)
    for size, room, inset, stub in (
        (LARGE, BODY.width, USUAL, 120.0),
        (SMALL, BODY.width, USUAL, 96.0),
        (SMALL, BODY.width, NARROW, 64.0),
        (SMALL, LANDSCAPE, NARROW, 96.0),
    )
)
SHORT = 15
"""A table of no more rows than this, with numbers alone in its cells, stays on one page."""


def table_word(paper: WordPaper, table: Table) -> str:
    """The table with its caption and notes; in several tables where it needs them."""
    plan = layout(table, WORD_SETTINGS)
    paper.begin_table()
    sheets = (_sheet(paper, table, plan, place) for place in range(len(plan.sheets)))
    drawn = "".join(sheets)
    paper.end_table()
    kept = ["<w:keepNext/>"] * (len(table.notes) - 1) + [""]
    pairs = zip(table.notes, kept, strict=False)
    notes = (paragraph(paper, "Table note", line(paper, note), keep) for note, keep in pairs)
    return f"{drawn}{''.join(notes)}{'' if table.notes else gap()}"


def is_wide(table: Table) -> bool:
    """Whether the table needs a landscape page."""
    return layout(table, WORD_SETTINGS).setting.room == LANDSCAPE / WIDER


def _sheet(paper: WordPaper, table: Table, plan: Layout, place: int) -> str:
    sheet = plan.sheets[place]
    columns = [table.columns[c] for c in sheet.columns]
    widths = [round(float(w.removesuffix("pt")) * WIDER * 20) for w in sheet.widths]
    small = plan.setting.size < LARGE
    rows = _rows(table)
    title = bare_text(table.caption) + (" (continued)" if place else "")
    start = table_start(paper, "Board table", widths, title, beside=plan.setting.inset * WIDER)
    head = _header(paper, columns, widths)
    body = "".join(
        _body_row(paper, row, sheet, columns, widths, small, _stays(table, rows, at))
        for at, row in enumerate(rows)
    )
    between = gap() if place < len(plan.sheets) - 1 else ""
    return f"{_caption(paper, table, place)}{start}{head}{body}</w:tbl>{between}"


def _caption(paper: WordPaper, table: Table, place: int) -> str:
    runs = marked(paper, table.caption) + run(paper, " (continued)" if place else "")
    unit = run(paper, f", {table.unit}", Look("Unit")) if table.unit else ""
    return paragraph(paper, "caption", runs + unit)


def _rows(table: Table) -> list[Row]:
    """The rows to set: all but the headings under which nothing stands."""
    after = [*table.rows[1:], Row((), "heading")]
    pairs = zip(table.rows, after, strict=False)
    return [row for row, following in pairs if (row.kind, following.kind) != ("heading", "heading")]


def _stays(table: Table, rows: Sequence[Row], at: int) -> bool:
    """Whether a row stays on the page of what follows, which is a note after the last."""
    is_short = len(rows) <= SHORT and all(c.align == "right" for c in table.columns[1:])
    begins = at < 2 or rows[at].kind == "heading"
    if at == len(rows) - 1:
        return bool(table.notes)
    return is_short or begins or rows[at + 1].kind == "total"


def _body_row(
    paper: WordPaper,
    row: Row,
    sheet: Sheet,
    columns: Sequence[Column],
    widths: Sequence[int],
    small: bool,
    stays: bool,
) -> str:
    kept = "<w:keepNext/>" if stays else ""
    if row.kind == "heading":
        runs = _content(paper, row.cells[0], PLAIN)
        words = paragraph(paper, "Table heading", runs, kept)
        return row_word(cell_word(sum(widths), words, f'<w:gridSpan w:val="{len(widths)}"/>'))
    cells = [row.cells[c] if c < len(row.cells) else "" for c in sheet.columns]
    look, edges = (PLAIN, "") if row.kind == "line" else (STRONG, _edges(row.kind))
    drawn: list[str] = []
    for place, (cell, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
        style = _style(cell, column) + (" small" if small else "")
        room = _gap(columns, place)
        words = paragraph(paper, style, _content(paper, cell, look), f"{kept}{room}")
        drawn.append(cell_word(width, words, edges))
    return row_word("".join(drawn))


def _content(paper: WordPaper, cell: Cell, look: Look) -> str:
    """A cell's runs; a number that is bad news says so without colour too."""
    return number_runs(paper, cell, look) if isinstance(cell, Number) else marked(paper, cell, look)


def number_runs(paper: WordPaper, number: Number, look: Look = PLAIN) -> str:
    """A tagged number; what is bad news and stands without brackets has a sign before it."""
    if not number.adverse:
        return paper.number(number.figure, run(paper, number.text, look), number.value)
    look = {"": ADVERSE, "amber": STRONG, "slight": look}[number.grade]
    flag = "" if number.text.startswith("(") else run(paper, "! ", look)
    return flag + paper.number(number.figure, run(paper, number.text, look), number.value)


def _style(cell: Cell, column: Column) -> str:
    if column.align == "left":
        return "Table text"
    text = cell.text if isinstance(cell, Number) else cell
    return "Table number in brackets" if text.endswith(")") else "Table number"


def _gap(columns: Sequence[Column], place: int) -> str:
    room = gap_before(columns, place)
    return f'<w:ind w:left="{round(room * 20)}"/>' if room else ""


def _header(paper: WordPaper, columns: Sequence[Column], widths: Sequence[int]) -> str:
    """The header rows: one, or two where some columns have a heading in common."""
    if not any(column.group for column in columns):
        cells = (_head(paper, columns, c, width) for c, width in enumerate(widths))
        return row_word("".join(cells), is_head=True)
    above: list[str] = []
    below: list[str] = []
    for group, found in groupby(range(len(columns)), key=lambda c: columns[c].group):
        members = list(found)
        if group:
            span, room = f'<w:gridSpan w:val="{len(members)}"/>', sum(widths[c] for c in members)
            words = paragraph(paper, "Table head", marked(paper, group), '<w:jc w:val="center"/>')
            above.append(cell_word(room, words, span + edge_word("bottom", 4, "dark_blue")))
            below += [_head(paper, columns, c, widths[c]) for c in members]
        else:
            begin = '<w:vMerge w:val="restart"/>' + head_edge()
            go_on = "<w:vMerge/>" + head_edge()
            above += [_head(paper, columns, c, widths[c], begin) for c in members]
            below += [
                cell_word(widths[c], paragraph(paper, "Table head", ""), go_on) for c in members
            ]
    return row_word("".join(above), is_head=True) + row_word("".join(below), is_head=True)


def _head(
    paper: WordPaper, columns: Sequence[Column], place: int, width: int, more: str = ""
) -> str:
    column = columns[place]
    how = _gap(columns, place) + side_word(column.align)
    words = paragraph(paper, "Table head", marked(paper, column.label), how)
    return cell_word(width, words, (more or head_edge()) + _LOW)


_LOW = '<w:vAlign w:val="bottom"/>'


def _edges(kind: str) -> str:
    """The rules of the cells of a subtotal, of a total too its shade."""
    if kind == "subtotal":
        edges = f"{border_word('top', 4, 'ink')}{border_word('bottom', 4, 'rule')}"
        return f"<w:tcBorders>{edges}</w:tcBorders>"
    edges = f"{border_word('top', 6, 'ink')}{border_word('bottom', 6, 'ink')}"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{word_colour("pale")}"/>'
    return f"<w:tcBorders>{edges}</w:tcBorders>{shade}"
