"""The paper as a Word document, `board-paper.docx`: real headings, tables, captions and contents.

The same blocks as in the PDF, in the styles of a reference document (see `reference`). The
same content gives the same bytes: the file is dated by the data cut, and packed in one order.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx.document import Document
from docx.oxml import parse_xml

from boardpack.core.home_chapters import chapter_name
from boardpack.document.content import Part
from boardpack.outputs.charts.static_chart import chart_png, charts_of
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.notebook_pictures import picture_dots, pictures_of
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.word.arranged import arrange
from boardpack.outputs.word.chapter import ChapterWriter, Png, Section
from boardpack.outputs.word.frame import contents, cover_band, page_frames
from boardpack.outputs.word.paper import WordPaper
from boardpack.outputs.word.reference import reference_document
from boardpack.outputs.zip_bytes import zip_bytes

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def build_word(
    parts: Sequence[Part], meta: PdfMeta, out: Path, reference: Path | None = None
) -> None:
    """Write the document; `reference` is the organisation's own reference document.

    It draws the charts, so it never runs in a process that later forks (see `print_job`).
    InputFaults when the reference is not a Word document.
    """
    charts = {chart.id: Png(*chart_png(chart)) for chart in charts_of(parts)}
    shown = {picture.id: picture_dots(picture) for picture in pictures_of(parts)}
    out.write_bytes(word_bytes(parts, meta, charts | shown, reference))


def word_bytes(
    parts: Sequence[Part], meta: PdfMeta, charts: Mapping[str, Png], reference: Path | None = None
) -> bytes:
    """The document; `charts` are the charts and the notebooks' own pictures as dots, by id."""
    document = reference_document(reference)
    values = exact_values(block for part in parts for c in part.chapters for block in c.blocks)
    paper = WordPaper(document, values)
    body = _body(paper, parts, meta, charts)
    paper.add_numbers()
    drawn = parse_xml(f"<w:body {_SPACES}>{body}</w:body>")
    arrange(drawn, document.styles.element)
    document.element.replace(document.element.body, drawn)
    _say_of_itself(document, meta)
    return _packed(document)


def _body(paper: WordPaper, parts: Sequence[Part], meta: PdfMeta, charts: Mapping[str, Png]) -> str:
    """Page 1 is the summary, and the contents follow its cover sheet, as in the PDF."""
    known = {chapter_name(chapter.name) for part in parts for chapter in part.chapters}
    writer = ChapterWriter(paper, charts, known)
    chapters: list[list[Section]] = []
    for part in parts:
        titles = [part.title, *[None] * len(part.chapters)]
        for chapter, title in zip(part.chapters, titles, strict=False):
            chapters.append(writer.sections(chapter, title, not chapters))
    first, *others = chapters or [[]]
    opening = Section(cover_band(paper, meta))
    listed = Section(contents(paper, writer.entries))
    later = (section for sections in others for section in sections)
    return page_frames(paper, meta, [opening, *first, listed, *later])


def _say_of_itself(document: Document, meta: PdfMeta) -> None:
    made = dt.datetime.fromtimestamp(meta.timestamp, dt.UTC).replace(tzinfo=None)
    said = document.core_properties
    said.title, said.subject, said.author = meta.title, meta.subtitle, meta.organisation
    said.last_modified_by, said.content_status = meta.organisation, meta.mark
    said.language, said.revision, said.comments = "en-GB", 1, meta.board
    said.created = said.modified = made


def _packed(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zip_bytes({name: archive.read(name) for name in archive.namelist()})
