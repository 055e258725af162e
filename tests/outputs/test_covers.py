"""The head of each output says whose paper it is and for which board, and no name twice."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

import sample_paper as sample
from boardpack.outputs.charts.static_chart import charts_of
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.pdf.typst_document import PdfMeta, document_typst
from boardpack.outputs.slides.presentation import slides
from boardpack.outputs.word.document import word_bytes
from boardpack.outputs.workbook.file import workbook
from small_word import CHARTS, META
from small_workbook import small_checks, small_parts, small_register

NAME = "Oakshire Integrated Care Board"
ICB, BOARD = f"NHS {NAME}", "Ash Place Board"


@pytest.mark.parametrize(
    ("organisation", "board", "shown"),
    [
        (ICB, BOARD, (ICB, BOARD)),
        (ICB, ICB, (ICB,)),
        (ICB, NAME, (ICB,)),
        (NAME, ICB, (NAME,)),
        (ICB, NAME.upper(), (ICB,)),
        (ICB, f"Board of NHS {NAME}", (f"Board of NHS {NAME}",)),
        (ICB, "Board", (ICB,)),
        (ICB, "Oak", (ICB, "Oak")),
        ("Ash", BOARD, (BOARD,)),
        ("As", BOARD, ("As", BOARD)),
        (ICB, "", (ICB, "")),
    ],
)
def test_a_name_that_stands_in_the_other_is_said_once(
    organisation: str, board: str, shown: tuple[str, ...]
) -> None:
    assert replace(META, organisation=organisation, board=board).names == shown


def _part(content: bytes, part: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(part).decode()


def _page(meta: PdfMeta) -> str:
    pictures = {chart.id: "" for chart in charts_of(sample.PARTS)}
    return one_page(sample.PARTS, meta, pictures).partition("</header>")[0]


def _pdf(meta: PdfMeta) -> str:
    (band,) = re.findall(r"^#band\(.*$", document_typst(sample.PARTS, meta), re.MULTILINE)
    return str(band)


def _book(meta: PdfMeta) -> str:
    """The words of the cover's cells, which stand among those of all sheets, each once."""
    register = small_register()
    made = workbook(small_parts(register), meta, register, small_checks())
    return _part(made, "xl/sharedStrings.xml")


HEADS: dict[str, Callable[[PdfMeta], str]] = {
    "one page": _page,
    "PDF": _pdf,
    "Word": lambda m: _part(word_bytes(sample.PARTS, m, CHARTS), "word/document.xml"),
    "slides": lambda meta: _part(slides(sample.PARTS, meta), "ppt/slides/slide1.xml"),
    "workbook": _book,
}


@pytest.mark.parametrize("output", HEADS)
@pytest.mark.parametrize(
    ("board", "others"), [(BOARD, (ICB, BOARD)), (NAME, (ICB,)), (ICB, (ICB,))]
)
def test_each_output_says_each_name_once(output: str, board: str, others: tuple[str, ...]) -> None:
    said = HEADS[output](replace(META, organisation=ICB, board=board))
    assert [said.count(name) for name in others] == [1] * len(others)
    assert said.count(NAME) == 1
