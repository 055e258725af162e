"""Every kind of plain output of a notebook stands in every output of the paper."""

from __future__ import annotations

import re
import zipfile
from base64 import b64encode
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from openpyxl import load_workbook
from pikepdf import Name, Pdf

import plain_notebook as plain
from boardpack.document.blocks import Picture
from boardpack.document.content import Heading
from boardpack.figures.register import Register
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.html.pages import page_notebook
from boardpack.outputs.notebook_pictures import pictures_of
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.pdf.tree import descendants
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.slides.plan import _notes
from boardpack.outputs.word.document import build_word
from boardpack.outputs.workbook.file import workbook
from boardpack.render.products import _without_words
from other_process import Call

META = PdfMeta("ICB", "Board", "Title", "Subtitle", "23 November 2023", "DRAFT", "Anytown", 0)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, own_process: Call) -> Path:
    """The folder of the documents."""
    folder = tmp_path_factory.mktemp("printed")
    for copy in ("", "again-"):
        own_process(build_pdf, plain.PARTS, META, folder / f"{copy}paper.pdf", {})
        own_process(build_word, plain.PARTS, META, folder / f"{copy}paper.docx")
    return folder


def _bare(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def _book() -> str:
    page = page_notebook(plain.CHAPTER, plain.PARTS, {}, {})
    texts = ("".join(o["data"]["text/html"] for o in c.get("outputs", ())) for c in page["cells"])
    return "\n".join((*texts, *(c["source"] for c in page["cells"])))


@pytest.mark.parametrize("word", plain.WORDS)
def test_words_stand_in_the_book_and_on_the_one_page(word: str) -> None:
    assert word in _bare(_book())
    assert word in _bare(one_page(plain.PARTS, META, {}))


@pytest.mark.parametrize("alt", plain.ALTS)
def test_pictures_stand_in_the_book_and_on_the_one_page(alt: str) -> None:
    picture = next(one for one in pictures_of(plain.PARTS) if one.alt == alt)
    source = f"data:{picture.media};base64,{b64encode(picture.content).decode()}"
    for page in (_book(), one_page(plain.PARTS, META, {})):
        assert f'<img src="{source}" alt="{alt}">' in page


def test_printed_lines_keep_their_columns() -> None:
    assert f"<pre><code>{plain.PRINTED}\nclinic open\n</code></pre>" in _book()


@pytest.mark.parametrize("word", plain.WORDS)
def test_words_stand_in_word(word: str, printed: Path) -> None:
    document = docx.Document(str(printed / "paper.docx"))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert word in "\n".join((*(p.text for p in document.paragraphs), *cells))


def test_pictures_stand_in_word(printed: Path) -> None:
    with zipfile.ZipFile(printed / "paper.docx") as archive:
        text = archive.read("word/document.xml").decode()
        media = {sha256(archive.read(n)).hexdigest() for n in archive.namelist() if "media/" in n}
    for picture in pictures_of(plain.PARTS):
        assert f'descr="{picture.alt}"' in text
        if picture.media == "image/png":
            assert sha256(picture.content).hexdigest() in media
    assert len(media) == len(plain.ALTS)
    assert plain.TITLE in text


def test_printed_lines_stay_lines_in_word(printed: Path) -> None:
    paragraphs = docx.Document(str(printed / "paper.docx")).paragraphs
    assert f"{plain.PRINTED}\nclinic open" in [one.text for one in paragraphs]


def test_words_stand_in_the_pdf(printed: Path) -> None:
    from pdfminer.high_level import extract_text

    text = " ".join(extract_text(printed / "paper.pdf").split())
    for word in (*plain.WORDS, plain.TITLE):
        assert word in text


def test_pictures_stand_in_the_pdf_with_their_words(printed: Path) -> None:
    with Pdf.open(printed / "paper.pdf") as pdf:
        figures = descendants(pdf.Root.StructTreeRoot, Name.Figure)
        assert [str(figure.Alt) for figure in figures] == list(plain.ALTS)
        dots = [pikepdf.PdfImage(raw) for page in pdf.pages for raw in page.get_images().values()]
    assert len(dots) == len(plain.ALTS)


def test_documents_have_the_same_bytes_each_time(printed: Path) -> None:
    for name in ("paper.pdf", "paper.docx"):
        assert (printed / name).read_bytes() == (printed / f"again-{name}").read_bytes()


def test_the_presenter_is_told_words_and_pictures() -> None:
    notes = " ".join(_notes(plain.CHAPTER))
    for word in plain.WORDS:
        assert word in notes
    for alt in plain.ALTS:
        assert f"Picture: {alt}" in notes


def test_the_workbook_has_tables_alone() -> None:
    """A workbook has all of the paper but its words and its pictures."""
    parts = tuple(map(_without_words, plain.PARTS))
    sheets = load_workbook(BytesIO(workbook(parts, META, Register(), ())))
    assert "Own chapter" not in " ".join(sheets.sheetnames)


def test_a_markdown_cell_gives_headings_to_the_contents() -> None:
    headings = [item.text for item in plain.CHAPTER.items if isinstance(item, Heading)]
    assert headings == ["Own chapter", plain.HEADING, plain.LATER]
    assert all(isinstance(one, Picture) for one in pictures_of(plain.PARTS))
