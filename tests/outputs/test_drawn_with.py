"""A home's colours stand in every output, and none of those that they replace is left."""

from __future__ import annotations

import json
import pickle
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from boardpack.core.design import Design, OwnDesign, drawn_with, own_design, usual_design
from boardpack.core.home import CHECKOUT
from boardpack.outputs.charts.plotly_alone import plotly_alone
from boardpack.outputs.charts.static_chart import charts_of, write_pictures
from boardpack.outputs.html.book import stage_book
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.html.standalone import html_alone
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.print_job import PrintJob
from boardpack.outputs.slides.presentation import build_slides
from boardpack.outputs.word.document import build_word
from boardpack.outputs.workbook.file import workbook
from other_process import Call
from sample_paper import PARTS
from small_workbook import small_checks, small_parts, small_register

META = PdfMeta("ICB", "Board", "Title", "Subtitle", "23 November 2023", "DRAFT", "Anytown", 0)
NAMES = (
    *("blue", "dark_blue", "ink", "quiet", "red", "green", "rule", "pale", "focus", "doubt"),
    *("input", "series_1", "series_2", "series_3", "series_4"),
)
OWN = own_design(OwnDesign(colours={name: f"#0{n:x}1b2c" for n, name in enumerate(NAMES)}))
COLOUR = re.compile(r"#[0-9a-f]{6}|(?<=\")[0-9a-f]{6,8}(?=\")")


def shown(sheet: Design) -> dict[str, str]:
    """The colours of a sheet by name, but white, which is nobody's own."""
    known = {**sheet.colours.model_dump(), **dict(zip(NAMES[-4:], sheet.series, strict=True))}
    return {name: value.lower().lstrip("#") for name, value in known.items() if name != "white"}


def drawn(make: Callable[..., Any], *told: Any) -> Any:
    """What is made, with the home's colours: in whichever process this is called."""
    with drawn_with(OWN):
        return make(*told)


def found_in(text: str) -> set[str]:
    """The colours in a text, as `rrggbb`; a workbook's begin with how opaque they are."""
    return {colour.lstrip("#")[-6:] for colour in COLOUR.findall(text.lower())}


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n.endswith((".xml", ".xlsx"))}
    return "\n".join(
        unpacked(data) if n.endswith("xlsx") else data.decode() for n, data in parts.items()
    )


def drawn_book(folder: Path) -> str:
    drawn(stage_book, PARTS, CHECKOUT / "book", folder / "book", "Title", "draft")
    kinds = (".ipynb", "design.css")
    files = (p for p in (folder / "book").rglob("*") if p.name.endswith(kinds))
    return "\n".join(p.read_text(encoding="utf-8") for p in files)


@dataclass(frozen=True)
class Made:
    """Each output as text in which colours can be found."""

    texts: dict[str, str]
    pdf: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, own_process: Call) -> Made:
    folder = tmp_path_factory.mktemp("drawn")
    own_process(drawn, write_pictures, PARTS, folder / "pictures")
    own_process(drawn, build_pdf, PARTS, META, folder / "paper.pdf", {})
    own_process(drawn, build_word, PARTS, META, folder / "paper.docx")
    own_process(drawn, build_slides, PARTS, META, folder / "paper.pptx")
    pictures = {c.id: (folder / "pictures" / f"{c.id}.svg").read_text() for c in charts_of(PARTS)}
    register = small_register()
    book = drawn(workbook, small_parts(register), META, register, small_checks())
    blocks = [block for part in PARTS for chapter in part.chapters for block in chapter.blocks]
    return Made(
        {
            "book": drawn_book(folder),
            "pictures": "\n".join(pictures.values()),
            "one page": drawn(one_page, PARTS, META, pictures),
            "notebook": json.dumps(
                [drawn(html_alone, one) for one in blocks]
                + [drawn(plotly_alone, one) for one in charts_of(PARTS)]
            ),
            "word": unpacked((folder / "paper.docx").read_bytes()),
            "slides": unpacked((folder / "paper.pptx").read_bytes()),
            "workbook": unpacked(book),
        },
        folder / "paper.pdf",
    )


BOTH = {"red", "ink"}
EXPECTED = {
    "book": {*NAMES},
    "pictures": {*BOTH, "series_1", "series_2", "rule", "quiet"},
    "one page": {*NAMES},
    "notebook": {*BOTH, "series_1", "series_2", "rule"},
    "word": {"dark_blue", "blue", "ink", "quiet", "red", "green", "rule", "pale", "doubt"},
    "slides": {"dark_blue", "ink", "quiet", "red", "rule", "pale", "series_1", "series_2"},
    "workbook": {"dark_blue", "quiet", "ink", "red", "green", "rule", "pale", "input"},
}
LIBRARY_S = {"slides": {"input"}, "workbook": {"input"}}
"""Colours of the project's that a library's file happens to have: of links, in a book's theme."""


@pytest.mark.parametrize("output", EXPECTED)
def test_a_home_s_colours_stand_in_each_output(output: str, made: Made) -> None:
    found = found_in(made.texts[output])
    own, usual = shown(OWN), shown(usual_design())
    assert {name for name, value in own.items() if value in found} >= EXPECTED[output]
    left = {name for name, value in usual.items() if value in found}
    assert left == LIBRARY_S.get(output, set())


def test_a_home_s_colours_stand_in_the_pdf(made: Made) -> None:
    found = set(_fills(made.pdf))
    own, usual = shown(OWN), shown(usual_design())
    expected = {"dark_blue", "blue", "ink", "quiet", "red", "green", "rule", "pale", "series_1"}
    assert {name for name, value in own.items() if value in found} >= expected
    assert [name for name, value in usual.items() if value in found] == []


def _fills(pdf: Path) -> Iterator[str]:
    """The colours that a PDF fills and strokes with, its pictures among them."""
    with pikepdf.open(pdf) as opened:
        forms = (one for one in opened.objects if isinstance(one, pikepdf.Stream))
        drawings = [f for f in forms if f.get("/Subtype") == "/Form"]
        for content in (*opened.pages, *drawings):
            for operands, operator in pikepdf.parse_content_stream(content):
                if str(operator) in ("rg", "RG", "sc", "SC", "scn", "SCN") and len(operands) == 3:
                    yield "".join(f"{round(float(part) * 255):02x}" for part in operands)


def test_a_job_for_another_process_takes_the_sheet_along() -> None:
    job = PrintJob(Path("n"), (), META, Path("o"), Path("p"), {}, design=OWN)
    assert pickle.loads(pickle.dumps(job)) == job
    with drawn_with(OWN):
        assert PrintJob(Path("n"), (), META, Path("o"), Path("p"), {}).design == OWN
