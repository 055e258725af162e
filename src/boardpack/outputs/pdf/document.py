"""The PDF: charts drawn, the document compiled to PDF/UA-1, its row headers tagged."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pikepdf
import typst

from boardpack.core.design import design
from boardpack.core.errors import BuildFault
from boardpack.document.blocks import MARKS, Picture, Workings
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.charts.static_chart import chart_svg
from boardpack.outputs.design import design_typst
from boardpack.outputs.drawn_logo import logo_dots
from boardpack.outputs.notebook_pictures import picture_dots
from boardpack.outputs.pdf.bookmarks import first_part_pages, open_bookmarks
from boardpack.outputs.pdf.tags import tag_tables
from boardpack.outputs.pdf.typst_chapter import chapter_tags, picture_name, pictures
from boardpack.outputs.pdf.typst_document import LOGO_FILE, Attachment, PdfMeta, document_typst
from boardpack.outputs.typeface import FONTS, TEMPLATES, missing

STANDARD: Final = "ua-1"
MOST_PAGES = 8
"""The most pages of the board's own part; where it has more it is set closer, if it can be."""
DENSITIES = (1.0, 0.9, 0.8, 0.7)
"""How much room is left between lines, rows and figures, from the usual to the least."""
UNSETTLED = "did not converge"
"""What the compiler warns of where pages that tell their own place never come to rest."""
EXCERPT_LENGTH = 160
_EXCERPT = re.compile(r"^ *\d+ │ (.+)$", re.MULTILINE)


def build_pdf(
    parts: Sequence[Part], meta: PdfMeta, out: Path, attachments: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Write the paper to `out`; the same content gives the same bytes.

    Returns the characters of the paper that the typeface does not have (shown as `□`).
    """
    chapters = [chapter for part in parts for chapter in part.chapters]
    with TemporaryDirectory() as folder:
        source = _write(Path(folder), parts, meta, attachments)
        first = source.with_name("first_part.typ")
        first.write_text(document_typst(_first_part(parts), meta), encoding="utf-8")
        for density in DENSITIES:
            (Path(folder) / "density.typ").write_text(f"#let density = {density}\n")
            if density > DENSITIES[-1] and not _is_short(_compiled(first, meta.timestamp)):
                continue
            compiled = _compiled(source, meta.timestamp)
            if _is_short(compiled):
                break
    with pikepdf.open(BytesIO(compiled)) as pdf:
        open_bookmarks(pdf)
        tag_tables(pdf, [tags for chapter in chapters for tags in chapter_tags(chapter)])
        pdf.save(out, deterministic_id=True)
    items = (item for chapter in chapters for item in chapter.items)
    said = "".join(repr(item) for item in items if not isinstance(item, Workings))
    return missing(said.translate(MARKS))


def _first_part(parts: Sequence[Part]) -> list[Part]:
    """The first part, with the titles of all that follows it, which its contents list.

    How long it is can be told from this. The compiler takes ten times the time and room for the
    whole paper, and keeps the room until its process ends.
    """
    first, *others = parts
    return [first, *(replace(part, chapters=tuple(map(_title, part.chapters))) for part in others)]


def _title(chapter: Chapter) -> Chapter:
    return replace(chapter, items=(Heading(1, chapter.title),))


def _is_short(compiled: bytes) -> bool:
    with pikepdf.open(BytesIO(compiled)) as pdf:
        return first_part_pages(pdf) <= MOST_PAGES


def _write(
    folder: Path, parts: Sequence[Part], meta: PdfMeta, attachments: Mapping[str, bytes]
) -> Path:
    """The document's source with all that it reads, in one folder."""
    shutil.copyfile(TEMPLATES / "paper.typ", folder / "paper.typ")
    (folder / "design.typ").write_text(design_typst(design()), encoding="utf-8")
    for chapter in (chapter for part in parts for chapter in part.chapters):
        for picture in pictures(chapter):
            svg = chart_svg(picture.chart, picture.width)
            (folder / picture.file).write_text(svg, encoding="utf-8")
        for block in chapter.blocks:
            if isinstance(block, Picture):
                (folder / picture_name(block)).write_bytes(picture_dots(block).content)
    if (logo := logo_dots()) is not None:
        (folder / LOGO_FILE).write_bytes(logo.content)
    carried = [Attachment(name, f"attachment-{n}") for n, name in enumerate(attachments)]
    for attachment in carried:
        (folder / attachment.file).write_bytes(attachments[attachment.name])
    source = folder / "document.typ"
    source.write_text(document_typst(parts, meta, carried), encoding="utf-8")
    return source


def _compiled(source: Path, timestamp: int) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    try:
        compiled, warnings = typst.compile_with_warnings(
            source,
            root=source.parent,
            font_paths=fonts,
            pdf_standards=[STANDARD],
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise BuildFault(_told(error)) from error
    if any(UNSETTLED in str(one.message) for one in warnings):
        raise BuildFault("The PDF's pages would be numbered wrongly. Report this as a fault.")
    return compiled


def _told(error: typst.TypstError) -> str:
    """The first fault in plain words, with the start of the line where it stands."""
    hints = "".join(f" Hint: {hint}." for hint in error.hints)
    line = _EXCERPT.search(error.diagnostic)
    where = f" At: {line[1][:EXCERPT_LENGTH]}" if line else ""
    return f"The PDF could not be made: {error.message}.{hints}{where}"
