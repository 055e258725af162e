"""A commentary form in Word: a budget holder's figures, last month's words, and a box to write in.

The form carries the figures it shows by id and exact value, so that the words that come back can be
held to the figures that their author saw.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import _Cell, _Row

from boardpack.document.blocks import MARKER, Column, Number, Table
from boardpack.outputs.zip_bytes import zip_bytes

ANSWER = "Your commentary on"
IDENTITY = "Form for"
FIGURES = "The figures of this form"
FIGURE_HEAD = ("Figure", "Value when the form was made", "Name")
HOW = (
    "Write in the boxes, in plain words, why the figures are as they are and what is being done."
    " Every number you write is held against the figures when the form comes back."
    " A number that shall follow the figures is written as its name in double square brackets; the"
    " names stand at the end. Leave a box empty to say nothing on that chapter."
)
WIDTH = Cm(17)
BOX_HEIGHT = Cm(4)
UNTOLD = "(nothing was said last month)"


@dataclass(frozen=True)
class FormChapter:
    """One chapter of a form: its name (`chc`), its title, its tables and last month's words."""

    name: str
    title: str
    tables: tuple[Table, ...]
    last_month: str


@dataclass(frozen=True)
class Form:
    """A form for one role. `identity` says which month and place it is for: `2023-24 M07 bromley`.

    `labels` gives the label of each figure by its id.
    """

    role: str
    title: str
    identity: str
    made_at: dt.datetime
    chapters: tuple[FormChapter, ...]
    labels: dict[str, str]

    def numbers(self) -> dict[str, Number]:
        """The figures that the form shows, by id, in order."""
        cells = (
            cell
            for chapter in self.chapters
            for table in chapter.tables
            for row in table.rows
            for cell in row.cells
        )
        return {cell.figure: cell for cell in cells if isinstance(cell, Number)}


def form_bytes(form: Form) -> bytes:
    """The form as a Word file; the same form gives the same bytes."""
    document = docx.Document()
    _properties(document, form)
    document.add_heading(form.title, 0)
    document.add_paragraph(f"{form.role}. {IDENTITY} {form.identity}.")
    document.add_paragraph(HOW)
    for chapter in form.chapters:
        _chapter(document, chapter)
    _figures(document, form)
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:
        return zip_bytes({name: archive.read(name) for name in archive.namelist()})


def _properties(document: Document, form: Form) -> None:
    said = document.core_properties
    said.title, said.author, said.language = form.title, form.role, "en-GB"
    said.comments = ""
    said.created = said.modified = form.made_at.replace(tzinfo=None)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10.5)


def _chapter(document: Document, chapter: FormChapter) -> None:
    document.add_heading(chapter.title, 1)
    for table in chapter.tables:
        caption = document.add_paragraph(_caption(table), style="Caption")
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(8)
        _table(document, [_heading(c) for c in table.columns], _texts(table), _right(table))
    document.add_heading("Last month", 2)
    for paragraph in (chapter.last_month or UNTOLD).split("\n\n"):
        document.add_paragraph(paragraph.strip(), style="Quote")
    box = document.add_table(2, 1, style="Table Grid")
    box.cell(0, 0).text = f"{ANSWER} {chapter.title} [{chapter.name}]"
    _head(box.rows[0])
    box.rows[1].height = BOX_HEIGHT
    document.add_paragraph()


def _caption(table: Table) -> str:
    return f"{table.caption} ({table.unit})" if table.unit else table.caption


def _texts(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        cells = [cell.text if isinstance(cell, Number) else plain_text(cell) for cell in row.cells]
        yield cells + [""] * (len(table.columns) - len(cells))


def plain_text(text: str) -> str:
    """Prose without its markers: the words as a reader sees them.

    >>> plain_text("It is ⟦a.b.c.d|£2m⟧ over.")
    'It is £2m over.'
    """
    return MARKER.sub(lambda found: found[2], text)


def _figures(document: Document, form: Form) -> None:
    document.add_heading(FIGURES, 1)
    rows = (
        [form.labels.get(name, name), number.value, name] for name, number in form.numbers().items()
    )
    _table(document, FIGURE_HEAD, rows, (1,))


def _heading(column: Column) -> str:
    return f"{column.group}: {column.label}" if column.group else column.label


def _right(table: Table) -> tuple[int, ...]:
    return tuple(n for n, column in enumerate(table.columns) if n and column.align == "right")


def _table(
    document: Document, head: Sequence[str], rows: Iterable[list[str]], right: tuple[int, ...]
) -> None:
    """A table whose first column and columns of words have more room than those of numbers."""
    table = document.add_table(1, len(head), style="Table Grid")
    table.autofit = False
    _head(table.rows[0])
    _fill(table.rows[0].cells, head, right, bold=True)
    for texts in rows:
        _fill(table.add_row().cells, texts, right)
    shares = [1 if n in right else 2 for n in range(len(head))]
    for column, share in zip(table.columns, shares, strict=True):
        width = Emu(int(WIDTH * share / sum(shares)))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _fill(
    cells: Sequence[_Cell], texts: Sequence[str], right: tuple[int, ...], bold: bool = False
) -> None:
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(9), bold
        if place in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _head(row: _Row) -> None:
    """Mark a row as the table's header, for readers of the page and of the screen."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
