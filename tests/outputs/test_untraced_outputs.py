"""A draft marks in every output the numbers that no figure stands behind, until accepted."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from boardpack.figures.register import Register
from boardpack.outputs.charts.static_chart import charts_of, write_pictures
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.html.chart import specs
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.html.pages import page_notebook
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.slides.presentation import slides
from boardpack.outputs.word.document import build_word
from boardpack.outputs.workbook.file import workbook
from other_process import Call
from untraced_paper import ACCEPTED, CHARTED, DRAFT, SAID

META = PdfMeta("ICB", "Board", "Title", "Subtitle", "23 November 2023", "DRAFT", "Anytown", 0)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, own_process: Call) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    for name, paper in (("draft", DRAFT), ("accepted", ACCEPTED)):
        own_process(build_pdf, paper, META, folder / f"{name}.pdf", {})
        own_process(build_word, paper, META, folder / f"{name}.docx")
    own_process(write_pictures, DRAFT, folder)
    return folder


def _bare(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def test_pages_mark_each_number_and_say_what_it_means() -> None:
    drawn = {chart.id: "<svg></svg>" for chart in charts_of(DRAFT)}
    text = one_page(DRAFT, META, drawn)
    assert text.count('<data value="-7.5">(7.5)†</data>') == 3
    assert "data-figure" not in text
    bare = _bare(text)
    assert bare.count(SAID) == 3
    assert CHARTED in bare
    assert 'data-words="minus 7.5, untraced"' in text
    assert "No figure stands behind 1 of its 1 numbers." in text
    assert "†" not in one_page(ACCEPTED, META, drawn)


def test_the_book_opens_no_panel_on_an_untraced_number() -> None:
    chapter = DRAFT[0].chapters[1]
    cells = page_notebook(chapter, DRAFT, exact_values(chapter.blocks), {})["cells"]
    text = "".join(o["data"]["text/html"] for c in cells for o in c.get("outputs", ()))
    assert "(7.5)†" in text
    assert "data-figure" not in text
    assert CHARTED in text
    (spec,) = specs(charts_of(DRAFT)[0])
    assert [trace["customdata"] for trace in spec["data"]] == [[None]]


def test_the_pdf_marks_them(printed: Path) -> None:
    from pdfminer.high_level import extract_text

    text = " ".join(extract_text(printed / "draft.pdf").split())
    assert text.count("(7.5)†") == 3
    assert text.count(SAID) == 3
    assert CHARTED in text
    assert "†" not in extract_text(printed / "accepted.pdf")


def test_word_marks_them(printed: Path) -> None:
    document = docx.Document(str(printed / "draft.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert sum("(7.5)†" in cell for cell in cells) == 3
    assert SAID in "\n".join((*cells, *(one.text for one in document.paragraphs)))
    with zipfile.ZipFile(printed / "draft.docx") as archive:
        assert 'figure=""' not in archive.read("customXml/boardpack-numbers.xml").decode()
        assert (
            "No figure stands behind 1 of its 1 numbers."
            in archive.read("word/document.xml").decode()
        )
    with zipfile.ZipFile(printed / "accepted.docx") as archive:
        assert "†" not in archive.read("word/document.xml").decode()


def test_the_drawn_chart_says_it(printed: Path) -> None:
    chart = charts_of(DRAFT)[0]
    assert "No figure stands behind" in (printed / f"{chart.id}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_number_without_a_figure_is_text_in_the_workbook(is_draft: bool) -> None:
    """No formula may rest on what no figure stands behind."""
    paper = DRAFT if is_draft else ACCEPTED
    book = load_workbook(BytesIO(workbook(paper, META, Register(), ())))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert values.count("(7.5)†" if is_draft else "(7.5)") == 5  # the cover has each headline twice
    assert (SAID in values) is is_draft


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_slides_mark_them(is_draft: bool) -> None:
    with zipfile.ZipFile(BytesIO(slides(DRAFT if is_draft else ACCEPTED, META))) as archive:
        text = "".join(
            archive.read(name).decode() for name in archive.namelist() if "slides/slide" in name
        )
    assert text.count("(7.5)†" if is_draft else "(7.5)") >= 2
    assert ("†" in text) is is_draft
