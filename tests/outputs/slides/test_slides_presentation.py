"""The slides of a small paper: what they show, that they can be read and edited, the same bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

import sample_paper as sample
from boardpack.core.design import usual_design
from boardpack.document.blocks import Chart, KeyFigure, KeyFigures, Narrative, mark
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.slides.plan import MOST, plan
from boardpack.outputs.slides.presentation import slides
from boardpack.outputs.slides.text import plain

META = PdfMeta(
    "NHS <Anytown>",
    "Anytown Board",
    "Anytown finance report, September 2023 (illustrative data)",
    "Finance report, Month 6 2023/24",
    "23 November 2023",
    "ILLUSTRATIVE DATA · DRAFT",
    "Anytown",
    1_697_000_000,
)
FORMULA = '=HYPERLINK("http://example.org","x")'
RED = usual_design().colours.red.lstrip("#").upper()


def chapter(name: str, title: str, *blocks: Any) -> Chapter:
    return Chapter(name, title, (Heading(1, title), *blocks))


def words(id: str, text: str) -> Narrative:
    return Narrative(id, text)


TELLS = {"Year to date": "position", "Continuing care": "chc", "Mental health": "mental_health"}


def headline(label: str, figure: str, value: str, tone: Any = "bad") -> KeyFigure:
    number = replace(sample.number("£2.21m over", "x", value), figure=figure)
    tells = TELLS.get(label, label.lower().split()[0])
    return KeyFigure(label, number, "To date; 9.6% over budget", tone, chapter=tells)


KEYS = KeyFigures(
    "summary-key-figures",
    (
        headline("Year to date", "position.anytown.total.ytd_variance", "-2405000"),
        headline("Continuing care", "position.anytown.continuing_care_services.v", "-404000"),
        headline("Prescribing", "position.anytown.prescribing.ytd_variance", "-2213000"),
        headline("Mental health", "position.anytown.mental_health_services.v", "9000", "good"),
        headline("Savings", "savings.anytown.total.ytd_variance", "-9000000"),
    ),
)
ANSWER = words(
    "summary-answer",
    f"**Anytown is {mark(sample.TOTAL.figure, '£2.41m')} overspent** to date. It is St. Mary's.\n"
    "To land on it, spend less.",
)
CARE = replace(sample.WALK, categories=(FORMULA, *sample.WALK.categories[1:]))
PARTS = (
    Part(
        "Board paper",
        (
            chapter(
                "01_summary",
                "Summary",
                ANSWER,
                KEYS,
                Heading(2, "What the board is asked to do"),
                words("summary-asked", "The board is asked to note it."),
            ),
            chapter("02_position", "Position", sample.TABLE, sample.BARS),
            chapter("03_prescribing", "Prescribing", words("p", "It grew."), sample.GROUPED),
            chapter("04_chc", "Care", words("c", f"Care cost more. {sample.HOSTILE}"), CARE),
            chapter("05_mental_health", "Minds", words("m", "Well."), sample.STACKED),
            chapter("06_savings", "Savings", words("s", "Short."), sample.STACKED),
        ),
    ),
    Part(
        "Appendix",
        (chapter("24_forecast", "Forecast", words("f", "It ends over."), sample.LINE),),
    ),
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return slides(PARTS, META)


@pytest.fixture(scope="module")
def deck(made: bytes) -> Any:
    return Presentation(BytesIO(made))


def charts(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def title(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def test_the_slides_follow_the_money(deck: Any) -> None:
    assert [title(slide) for slide in deck.slides] == [
        META.title,
        "Anytown is £2.41m overspent to date.",
        plain(sample.BARS.title),
        "Prescribing: £2.21m over",
        "Care: £2.21m over",
        "Savings: £2.21m over",
        plain(sample.LINE.title),
        "What the board is asked to do",
    ]
    assert len(deck.slides) <= MOST


def test_what_is_not_there_has_no_slide() -> None:
    assert plan(()) == ()
    only = [Part("Board paper", (chapter("02_position", "Position", sample.TABLE),))]
    assert [slide.title for slide in plan(only)] == ["Position"]
    assert len(Presentation(BytesIO(slides((), META))).slides) == 1


def test_without_the_forecast_chapter_the_run_rate_of_the_summary_stands_for_it() -> None:
    summary = chapter("01_summary", "Summary", ANSWER, KEYS, sample.BARS)
    position = chapter("02_position", "Position", words("position-forecast", "It ends over."))
    found = plan([Part("Board paper", (summary, position))])
    assert [slide.title for slide in found] == [found[0].title, plain(sample.BARS.title)]
    assert found[1].passages[0].sentences == ("It ends over.",)


def test_each_shape_that_is_no_text_says_what_it_shows_and_the_title_is_read_first(
    deck: Any,
) -> None:
    described = 0
    for slide in deck.slides:
        shapes = list(slide.shapes)
        assert shapes[0] == slide.shapes.title
        assert len({shape.shape_id for shape in shapes}) == len(shapes)
        assert [s.placeholder_format.type for s in shapes[-2:]] == [15, 13]  # footer, slide number
        for shape in shapes:
            if shape.has_chart or shape.has_table:
                assert shape.element._nvXxPr.cNvPr.get("descr")
                described += 1
            else:
                assert shape.has_text_frame
    assert described == len(charts(deck)) + 1


def test_every_slide_bears_the_marks(deck: Any) -> None:
    for slide in deck.slides:
        foot = [s for s in slide.placeholders if s.placeholder_format.type == 15]
        assert foot[0].text_frame.text == f"{META.title}  {META.mark}"


def labels(chart: Any) -> set[str]:
    return {t.text for t in chart.element.iter(qn("a:t")) if t.text}


def test_the_cover_of_a_later_version_says_what_it_replaces() -> None:
    said = "Version 2. It replaces version 1. Why: An invoice."
    first = Presentation(BytesIO(slides((), replace(META, replaces=said)))).slides[0]
    assert said in " ".join(shape.text_frame.text for shape in first.placeholders)


def test_numbers_are_those_of_the_blocks(deck: Any) -> None:
    assert len(charts(deck)) == 5
    for frame, block in zip(
        charts(deck), (sample.BARS, sample.GROUPED, CARE, sample.STACKED), strict=False
    ):
        printed = {n.text for s in block.series for n in s.values if n is not None}
        assert labels(frame.chart) == printed
    table = next(s.table for slide in deck.slides for s in slide.shapes if s.has_table)
    shown = {cell.text for row in table.rows for cell in row.cells}
    assert {"23,172", "(2,213)", "(4,450)", "(404)", "Total"} <= shown
    assert "25,385" not in shown  # between the first and the last column of its group


def test_adverse_numbers_are_red_and_bold(deck: Any) -> None:
    table = next(s.table for slide in deck.slides for s in slide.shapes if s.has_table)
    runs = [r for row in table.rows for c in row.cells for r in c.text_frame.paragraphs[0].runs]
    adverse = [run for run in runs if run.text.startswith("(") and run.text.endswith(")")]
    assert adverse
    assert all(run.font.bold and str(run.font.color.rgb) == RED for run in adverse)


def test_an_empty_cell_is_set_in_the_type_of_the_others(deck: Any) -> None:
    table = next(s.table for slide in deck.slides for s in slide.shapes if s.has_table)
    cells = [cell for row in list(table.rows)[1:] for cell in row.cells]
    size = next(c.text_frame.paragraphs[0].runs[0].font.size for c in cells if c.text)
    empty = [cell for cell in cells if not cell.text]
    assert empty
    for cell in empty:
        end = cell.text_frame.paragraphs[0]._p.find(qn("a:endParaRPr"))
        assert int(end.get("sz")) == round(size.pt * 100)


@pytest.mark.parametrize(("place", "block"), [(0, sample.BARS), (1, sample.GROUPED)])
def test_bars_are_native_and_hold_the_exact_values(deck: Any, place: int, block: Chart) -> None:
    for series, told in zip(charts(deck)[place].chart.plots[0].series, block.series, strict=True):
        exact = [Decimal(n.value) / Decimal(block.scale) for n in told.values if n is not None]
        assert [Decimal(repr(v)) for v in series.values] == pytest.approx(exact)


def test_a_walk_stands_on_a_base_that_is_not_shown(deck: Any) -> None:
    base, above, below, _ = charts(deck)[2].chart.plots[0].series
    levels, total = [], Decimal(0)
    for place, number in enumerate(n for n in CARE.series[0].values if n is not None):
        value = Decimal(number.value) / 1000
        start = Decimal(0) if place in (0, len(CARE.categories) - 1) else total
        total = start + value
        levels.append(sorted((start, total)))
    assert base.format.fill.type == 5  # no fill
    for place, (near, far) in enumerate(levels):
        parts = [Decimal(repr(s.values[place] or 0.0)) for s in (base, above, below)]
        assert parts == [far, 0, near - far]


def test_the_target_of_a_line_is_a_series_of_its_own(deck: Any) -> None:
    assert sample.LINE.target is not None
    series = list(charts(deck)[-1].chart.plots[0].series)
    assert len(series) == len(sample.LINE.series) + 1
    assert set(series[-1].values) == {float(sample.LINE.target.value)}


def test_the_workbook_of_a_chart_has_plain_cells(deck: Any) -> None:
    blob = charts(deck)[2].chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(BytesIO(blob)).active
    assert "".join(str(sheet["A2"].value).split()) == "".join(FORMULA.split())
    assert sheet["A2"].data_type == "s"
    assert [cell.value for cell in sheet[1]][1:] == [
        s.name for s in charts(deck)[2].chart.plots[0].series
    ]


def test_nothing_stands_outside_its_slide_or_upon_another(deck: Any) -> None:
    for slide in deck.slides:
        boxes = []
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + Pt(1)
            assert shape.top + shape.height <= deck.slide_height
            if not shape.is_placeholder:
                boxes.append(
                    (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
                )
        for n, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[n + 1 :]:
                apart = right <= other[0] + Pt(1) or other[2] <= left + Pt(1)
                assert apart or bottom <= other[1] + Pt(1) or other[3] <= top + Pt(1)


def test_the_notes_have_the_chapter_and_its_words(deck: Any) -> None:
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert notes[3] == "From the chapter “Prescribing”.\nIt grew."
    assert "What the board is asked to do:\nThe board is asked to note it." in notes[1]


def test_everything_is_in_british_english_and_in_the_sheets_colours(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml")]
        texts = {name: archive.read(name).decode() for name in names}
    assert not [name for name, text in texts.items() if "en-US" in text]
    for name in names:
        if re.match("ppt/(slides|notesSlides)/", name):
            for run in etree.fromstring(texts[name].encode()).iter(qn("a:r")):
                assert run.find(qn("a:rPr")).get("lang") == "en-GB"
    colours = {
        v.lstrip("#").upper()
        for v in (*usual_design().colours.model_dump().values(), *usual_design().series)
    }
    used = {
        c for n, t in texts.items() if "/slides/" in n for c in re.findall('srgbClr val="(.+?)"', t)
    }
    assert used
    assert used <= colours


def test_hostile_text_stays_text(deck: Any, made: bytes) -> None:
    told = " ".join(s.text_frame.text for s in deck.slides[4].shapes if s.has_text_frame)
    assert "<script>alert(1)</script>" in told
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        rels = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels"))
    assert "External" not in rels


def test_text_that_is_far_too_long_is_cut_or_left_to_the_notes() -> None:
    long = "word " * 900 + "end. "
    parts = [
        Part(
            "Board paper",
            (
                chapter(
                    "01_summary", "Summary", words("summary-answer", long + "Then more."), KEYS
                ),
                chapter("03_prescribing", "W" * 400, words("p", long), sample.GROUPED),
            ),
        )
    ]
    deck = Presentation(BytesIO(slides(parts, replace(META, title=long))))
    assert [title(slide)[-1] for slide in deck.slides] == ["…", "…", "…"]
    assert "end." in deck.slides[2].notes_slide.notes_text_frame.text


def test_the_same_paper_gives_the_same_bytes(made: bytes) -> None:
    assert slides(PARTS, META) == made
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"20\d\d-\d\d-\d\d", core)) == {"2023-10-11"}


def test_nothing_of_the_librarys_template_is_left_but_what_slides_need(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = archive.namelist()
        relations = archive.read("ppt/_rels/presentation.xml.rels").decode()
    assert not [name for name in names if name.endswith((".bin", ".jpeg"))]
    assert "printerSettings" not in relations
