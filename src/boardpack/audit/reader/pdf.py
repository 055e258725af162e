"""A PDF as it is seen: the glyphs that are printed, in lines and rows by where they stand.

What is printed is told by the shapes of the glyphs and by their places, never by the tags that the
writer wrote. Beside it stands what is told to a screen reader (", read aloud"), so that the two can
be held to the same blocks; what is drawn and cannot be seen; and whatever lies over the pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel

from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_canvas import Canvas, Fonts, Interpreter
from boardpack.audit.reader.pdf_drawn import Drawn, Glyph
from boardpack.audit.reader.pdf_layout import laid_out
from boardpack.audit.reader.pdf_lines import follows
from boardpack.audit.reader.pdf_sight import overlaid, seen_and_hidden
from boardpack.audit.reader.pdf_spoken import Spoken, read_spoken
from boardpack.audit.reader.pdf_things import read_things

_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


def read_pdf(path: Path) -> list[Passage]:
    """All that a PDF shows, says and holds; ValueError where it cannot be read."""
    quiet = logging.getLogger("pdfminer")
    before, quiet.disabled = quiet.disabled, True
    try:
        content = path.read_bytes()
        with Pdf.open(BytesIO(content)) as pdf:
            pages = _draw(pdf)
            spoken = read_spoken(pdf, _parts(pages))
            passages = [passage for page in pages for passage in _seen(page, spoken)]
            return [
                *passages,
                *spoken.passages,
                *read_things(pdf),
                *_revisions(content, pdf.is_linearized),
            ]
    except Exception as error:  # a file made to mislead may fail in any way in any of the libraries
        told = str(error) or type(error).__name__
        raise ValueError(f"{path.name} cannot be read as a PDF: {told}.") from error
    finally:
        quiet.disabled = before


def _draw(pdf: Pdf) -> list[Drawn]:
    """The pages as drawn, from a copy written in one plain way, which all programs read alike."""
    plain = BytesIO()
    pdf.save(
        plain,
        compress_streams=False,
        object_stream_mode=ObjectStreamMode.disable,
        stream_decode_level=StreamDecodeLevel.generalized,
    )
    fonts = Fonts()
    canvas = Canvas(fonts)
    interpreter = Interpreter(fonts, canvas)
    pages = []
    for page in PDFPage.create_pages(PDFDocument(PDFParser(plain))):
        interpreter.process_page(page)
        pages.append(canvas.page)
    if len(pages) != len(pdf.pages):
        raise ValueError("its pages are not listed in one way")
    return pages


def _parts(pages: list[Drawn]) -> dict[tuple[int, int], str]:
    """The words of each tagged part as the file says them; a new line or a blank parts words."""
    parts: dict[tuple[int, int], str] = {}
    for page in pages:
        last: Glyph | None = None
        for glyph in _without_halo(glyph for string in page.strings for glyph in string):
            if glyph.part is not None:
                at = page.number, glyph.part
                between = "" if last is None or follows(last, glyph) else " "
                parts[at] = parts.get(at, "") + between + glyph.said.translate(_UNSEEN)
                last = glyph
    return parts


def _seen(page: Drawn, spoken: Spoken) -> Iterator[Passage]:
    where = f"page {page.number}"
    seen, hidden = seen_and_hidden(page)
    seen = _without_halo(seen)
    in_picture = {part for number, part in spoken.pictures if number == page.number}
    yield from laid_out(where, page.box, seen, page.patches, in_picture)
    for why, words in hidden:
        yield Passage(where, "look", ("words that are not seen", why, words))
    for words in overlaid(seen):
        yield Passage(where, "look", ("words over other words", words))
    for what, name in page.others:
        yield Passage(where, "look", (what, name))
    for box, dots in page.pictures:
        yield Passage(where, "look", ("picture", box, dots))
    drawing = sha256("\n".join(page.lines).encode()).hexdigest()
    yield Passage(where, "look", ("drawing", drawing))
    yield from _told_otherwise(where, page, spoken)


def _without_halo(glyphs: Iterator[Glyph] | list[Glyph]) -> list[Glyph]:
    """Each glyph once: labels of charts are drawn twice in one place, to stand out."""
    found: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        found[glyph.shown, round(glyph.left * 4), round(glyph.base * 4)] = glyph
    return list(found.values())


def _told_otherwise(where: str, page: Drawn, spoken: Spoken) -> Iterator[Passage]:
    """Where the file says other characters than the glyphs show, or none at all."""
    for string in page.strings:
        shown = "".join(glyph.shown for glyph in string)
        said = "".join(glyph.said for glyph in string).translate(_UNSEEN)
        if _letters(shown) != _letters(said):
            yield Passage(where, "look", ("words copied and read aloud as others", shown, said))
        if not all(glyph.upright for glyph in string) and shown.strip():
            yield Passage(where, "look", ("words that are turned", shown))
        if foreign := next((glyph.typeface for glyph in string if glyph.typeface), ""):
            yield Passage(where, "look", ("words in a typeface of its own", foreign, shown))
        lost = [
            g for g in string if g.part is not None and (page.number, g.part) not in spoken.told
        ]
        if words := "".join(glyph.shown for glyph in lost).strip():
            yield Passage(where, "look", ("words that are not read aloud", words))
    for said in page.aids:
        yield Passage(where, "aid", (said,))
    for glyphs, said in page.replaced:
        shown = "".join(glyph.shown for glyph in glyphs)
        if _letters(shown) != _letters(said.translate(_UNSEEN)):
            yield Passage(where, "aid", (" ".join(shown.split()), said))


def _letters(text: str) -> str:
    return "".join(text.split())


def _revisions(content: bytes, is_linearized: bool) -> Iterator[Passage]:
    """A file that was written upon after it was made keeps what it was before."""
    count = content.count(b"startxref") - (2 if is_linearized else 1)
    if count > 0:
        yield Passage("the document", "look", ("written upon", f"{count} times"))
