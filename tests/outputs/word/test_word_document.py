"""The Word paper: real headings, tables, captions and contents; every number tagged; safe text."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from lxml import etree
from required import required_tool

import sample_paper as sample
from boardpack.core.design import usual_design
from boardpack.core.errors import InputFaults
from boardpack.document.blocks import (
    Column,
    KeyFigures,
    Narrative,
    Number,
    Row,
    Table,
    Workings,
    doubt,
    mark,
    numbers_in,
)
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.charts.static_chart import charts_of
from boardpack.outputs.word.document import build_word, word_bytes
from boardpack.outputs.word.numbers import printed_numbers
from boardpack.outputs.word.pages import BODY
from boardpack.outputs.word.reference import TEMPLATES, reference_docx
from boardpack.outputs.word.table import WORD_SETTINGS
from other_process import Call
from small_word import CHARTS, META, small_word

COLOUR = re.compile(r'(?:fill|color|val)="[0-9a-fA-F]{6}"')
LONGEST = "A line with the longest name that a directorate of any board has ever had in print"


@pytest.fixture(scope="module")
def content() -> bytes:
    return small_word()


@pytest.fixture(scope="module")
def paper(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def opened(*items: Heading | Narrative | Table) -> Document:
    """A paper of one chapter with these items."""
    parts = [Part("Board paper", (Chapter("c", "C", (Heading(1, "C"), *items)),))]
    return docx.Document(io.BytesIO(word_bytes(parts, META, {})))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def found(document: Document, tag: str) -> list[etree._Element]:
    return list(document.element.body.iter(qn(tag)))


def said(element: etree._Element) -> str:
    return "".join(element.itertext(qn("w:t")))


def table_named(document: Document, words: str) -> WordTable:
    return next(t for t in document.tables if words in said(t._tbl) or words in title(t))


def title(table: WordTable) -> str:
    named = table._tbl.tblPr.find(qn("w:tblCaption"))
    return "" if named is None else str(named.get(qn("w:val")))


def test_headings_are_real_and_step_down_one_by_one(paper: Document) -> None:
    names = [p.style.name for p in paper.paragraphs if p.style is not None]
    levels = [int(name[-1]) for name in names if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    shown = [(p.style.name, p.text) for p in paper.paragraphs if p.style is not None]
    assert ("Title", META.title) in shown
    assert ("Heading 1", "Board paper") in shown
    assert ("Heading 1", "Appendix: the ICB report") in shown
    assert ("Heading 2", "Position") in shown
    assert ("Heading 3", "Charts") in shown


def test_the_contents_are_a_field_that_is_filled_in_with_links(paper: Document) -> None:
    told = [i.text for i in found(paper, "w:instrText")]
    assert sum("TOC " in str(text) for text in told) == 1
    kinds = Counter(e.get(qn("w:fldCharType")) for e in found(paper, "w:fldChar"))
    assert kinds["begin"] == kinds["separate"] == kinds["end"] > 1
    links = [h for h in found(paper, "w:hyperlink") if h.get(qn("w:anchor"))]
    assert [re.fullmatch(r"(.+?)(\d+)", said(link)).groups() for link in links] == [  # type: ignore[union-attr]
        *(("Board paper", "1"), ("Summary", "1"), ("Position", "1")),
        *(("Appendix: the ICB report", "5"), ("Cash", "5")),
    ]
    marks = {b.get(qn("w:name")) for b in found(paper, "w:bookmarkStart")}
    assert {link.get(qn("w:anchor")) for link in links} <= marks


def test_every_table_has_header_rows_that_repeat_and_rows_that_stay_whole(paper: Document) -> None:
    assert len(paper.tables) == 3
    for table in paper.tables:
        heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) for row in table._tbl.tr_lst]
        count = len([head for head in heads if head is not None])
        assert count in (1, 2)
        assert all(head is not None for head in heads[:count])
        rows = table._tbl.tr_lst
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_a_table_shows_every_cell_under_its_heads(paper: Document) -> None:
    table = table_named(paper, "Position of Anytown")
    assert title(table) == sample.TABLE.caption
    above, below, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    assert above[1:4] == ["Year to date"] * 3
    assert below[1:] == [column.label for column in sample.TABLE.columns[1:]]
    printed = [[c.text if isinstance(c, Number) else c for c in r.cells] for r in sample.TABLE.rows]
    for shown, row in zip(rows, printed, strict=True):
        assert shown == (row if len(row) > 1 else row * len(below))


def test_captions_and_notes_stand_beside_their_tables(paper: Document) -> None:
    styles = {p.text: p.style.name for p in paper.paragraphs if p.style is not None}
    assert styles[f"{sample.TABLE.caption}, £000s"] == "Caption"
    for note in sample.TABLE.notes[:1]:
        assert styles[note] == "Table note"
    for chart in charts_of(sample.PARTS):
        assert styles[chart.title] == "Caption"


def test_a_table_stays_with_its_notes(paper: Document) -> None:
    table = table_named(paper, "Position of Anytown")
    assert sample.TABLE.notes
    for cell in table.rows[-1].cells:
        assert cell.paragraphs[0].paragraph_format.keep_with_next
    notes = [p for p in paper.paragraphs if p.style is not None and p.style.name == "Table note"]
    first = notes[: len(sample.TABLE.notes)]
    assert [bool(p.paragraph_format.keep_with_next) for p in first] == [
        place < len(first) - 1 for place in range(len(first))
    ]


def test_every_chart_has_its_picture_and_its_alternative(paper: Document, content: bytes) -> None:
    charts = charts_of(sample.PARTS)
    drawn = found(paper, "wp:docPr")
    assert [one.get("descr") for one in drawn] == [chart.alt for chart in charts]
    assert len({one.get("id") for one in drawn}) == len(charts)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        media = [n for n in archive.namelist() if n.startswith("word/media/")]
        assert sorted(map(archive.read, media)) == sorted(p.content for p in CHARTS.values())


def test_every_number_names_its_figure_and_stands_as_printed(
    content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    numbers = list(printed_numbers(file))
    shown = [b for p in sample.PARTS for c in p.chapters for b in c.blocks]
    drawn = [b for b in shown if not isinstance(b, Workings) and b not in charts_of(sample.PARTS)]
    assert {number.figure for number in numbers} == {f for b in drawn for f in numbers_in(b)}
    in_table = [n for n in numbers if n.table is not None and n.figure == sample.VARIANCE.figure]
    assert {(n.text, n.value) for n in in_table} == {("(2,213)", "-2213000")}
    prose = next(n for n in numbers if n.text == "£2.21m overspent")
    assert prose == (sample.VARIANCE.figure, "£2.21m overspent", "-2213000", None)


def test_a_number_that_was_changed_in_word_is_read_as_it_now_stands(
    content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(file, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(b">(2,213)<", b">(2,231)<"))
    texts = {n.text for n in printed_numbers(file) if n.figure == sample.VARIANCE.figure}
    assert "(2,231)" in texts
    assert "(2,213)" not in texts


def test_bad_news_is_said_without_colour_alone() -> None:
    late = Number("93.1%", "a.b", "93.1", adverse=True)
    plain = Number("95.0%", "a.c", "95")
    columns = (Column("Line", "left"), Column("Paid"))
    rows = (Row(("Late", late)), Row(("In time", plain)), Row(("Over", sample.TOTAL)))
    document = opened(Table("t", "Paid", columns, rows))
    assert [row.cells[1].text for row in document.tables[0].rows] == [
        *("Paid", "! 93.1%", "95.0%", "(2,405)"),
    ]
    red = [r for r in found(document, "w:rStyle") if r.get(qn("w:val")) == "Adverse"]
    assert len(red) == 3


def test_hostile_text_is_shown_and_is_never_markup(paper: Document, content: bytes) -> None:
    body = part(content, "word/document.xml")
    assert "<script" not in body
    assert "javascript:" not in part(content, "word/_rels/document.xml.rels")
    headings = [p.text for p in paper.paragraphs if p.style is not None]
    assert f"In words {sample.HOSTILE}" in headings
    assert sample.HOSTILE in said(table_named(paper, "Position of Anytown")._tbl)


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\ud800b", "a\x0bb", "a\ufffeb"])
def test_what_no_file_may_hold_is_dropped(text: str) -> None:
    document = opened(Narrative("n", f"Words {text} here"), Table("t", text, (Column(text),), ()))
    shown = "".join(said(p._p) for p in document.paragraphs)
    assert "\u202e" not in shown
    assert "Words a" in shown


def test_prose_keeps_its_lists_tables_and_links() -> None:
    words = (
        "One **bold** and *slanted* [page](https://example.org/a?b=1&c=2) [chapter](02.html)\n\n"
        "- first\n- second\n  - below\n\n3. three\n4. four\n\n> said\n\n"
        f"| Line | Sum |\n|---|---:|\n| A | {mark('a.b', '12')} |\n"
    )
    document = opened(Narrative("n", words), Narrative("m", "1. again"))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert ("List Bullet", "second") in styles
    assert ("List Number", "four") in styles
    assert ("Quote", "said") in styles
    levels = {said(p._p): p._p.pPr.numPr for p in document.paragraphs if p._p.pPr.numPr is not None}
    assert levels["below"].ilvl.val == levels["first"].ilvl.val + 1
    assert levels["three"].numId.val != levels["again"].numId.val
    outside = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert outside == ["https://example.org/a?b=1&c=2"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        *(["Line", "Sum"], ["A", "12"]),
    ]


def test_commentary_has_its_own_style_and_its_doubts_are_said() -> None:
    words = f"It was {doubt('contradicted', '£9m', 'the register says £8m')}.\n\n- one"
    document = opened(Narrative("n", words, "commentary"))
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None}
    assert styles["Finance team commentary"] == "Commentary label"
    assert styles["It was £9m [contradicted by the figures]."] == "Commentary"
    assert styles["one"] == "Commentary"


def test_every_page_says_its_mark_its_number_and_its_paper(paper: Document) -> None:
    for section in paper.sections:
        assert "DRAFT" in said(section.header._element)
        assert META.organisation in said(section.header._element)
        told = [i.text.split()[0] for i in section.footer._element.iter(qn("w:instrText"))]
        assert told == ["PAGE", "NUMPAGES"]
    first = paper.sections[0]
    assert first.different_first_page_header_footer
    assert said(first.first_page_header._element) == "DRAFT"
    assert META.place in said(first.first_page_footer._element)


def test_a_released_paper_has_no_mark() -> None:
    content = word_bytes(sample.PARTS, replace(META, mark=""), CHARTS)
    document = docx.Document(io.BytesIO(content))
    assert "DRAFT" not in said(document.sections[0].first_page_header._element)
    assert "DRAFT" not in said(document.sections[-1].header._element)


def test_a_wide_table_lies_on_a_page_on_its_side() -> None:
    columns = (Column("Line", "left"), *(Column(f"2023/24 M{m:02}") for m in range(1, 13)))
    amount = Number("(1,234,567)", "a.b", "-1234567", adverse=True)
    wide = Table("t", "By month", columns, (Row((LONGEST, *[amount] * 12), "total"),))
    document = opened(sample.TABLE, Heading(2, "Wide"), wide, Heading(2, "After"), sample.WORDS)
    assert [s.page_width.pt > s.page_height.pt for s in document.sections if s.page_width] == [
        *(False, True, False),
    ]
    landscape = document.sections[1]
    shown = landscape.page_width.pt - landscape.left_margin.pt - landscape.right_margin.pt
    grid = document.tables[1]._tbl.tblGrid
    assert sum(int(c.get(qn("w:w"))) for c in grid) / 20 <= shown + 0.5
    assert "(1,234,567)" in said(document.tables[1]._tbl)


def test_no_table_is_wider_than_its_page(paper: Document) -> None:
    room = BODY.width
    for table in paper.tables:
        assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid) / 20 <= room + 0.5


def test_no_type_is_smaller_than_eight_points() -> None:
    styles = part(reference_docx(usual_design()), "word/styles.xml")
    sizes = [int(size) for size in re.findall(r'<w:sz w:val="(\d+)"', styles)]
    assert min(sizes) >= 16
    assert min(setting.size for setting in WORD_SETTINGS) >= 8


def test_the_file_says_what_it_is_and_when_its_data_was_cut(paper: Document) -> None:
    said_ = paper.core_properties
    assert (said_.title, said_.author) == (META.title, META.organisation)
    assert said_.language == "en-GB"
    assert said_.created == said_.modified
    assert said_.created == dt.datetime(2023, 10, 17, tzinfo=dt.UTC)
    assert 'w:lang w:val="en-GB"' in etree.tostring(paper.styles.element).decode()


def test_the_same_paper_has_the_same_bytes(content: bytes) -> None:
    assert small_word() == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_ids_are_not_repeated(content: bytes) -> None:
    body = part(content, "word/document.xml")
    for kind in ("id", "name"):
        starts = re.findall(rf'<w:bookmarkStart [^>]*w:{kind}="([^"]+)"', body)
        assert starts
        assert len(starts) == len(set(starts))


def test_colours_come_from_the_design_sheet() -> None:
    assert not [f.name for f in TEMPLATES.iterdir() if COLOUR.findall(f.read_text())]
    changed = usual_design().model_copy(
        update={"colours": usual_design().colours.model_copy(update={"blue": "#123456"})}
    )
    assert "123456" in part(reference_docx(changed), "word/styles.xml")


def own_reference(folder: Path) -> Path:
    """An organisation's document: a style of its own, words, and a picture's worth of history."""
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Frutiger"
    document.styles["Title"].font.name = "Frutiger"
    document.add_paragraph("SECRET OF LAST MONTH", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "OLD HEADER"
    file = folder / "word-reference.docx"
    document.save(str(file))
    return file


def test_an_organisation_has_its_own_styles_and_nothing_else_of_its_document(
    tmp_path: Path,
) -> None:
    content = small_word(own_reference(tmp_path))
    document = docx.Document(io.BytesIO(content))
    assert document.styles["Heading 1"].font.name == "Frutiger"
    assert document.styles["Commentary"].base_style.name == "Body Text"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(map(archive.read, archive.namelist()))
    assert b"SECRET" not in everything
    assert b"OLD HEADER" not in everything
    used = {
        s.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for s in found(document, tag)
    }
    assert used <= {style.style_id for style in document.styles}
    numbers = {n.get(qn("w:val")) for n in found(document, "w:numId")}
    known = {
        n.get(qn("w:numId")) for n in document.part.numbering_part.element if n.tag == qn("w:num")
    }
    assert numbers <= known


@pytest.mark.parametrize("wrong", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_reference_that_is_no_word_document_is_told(tmp_path: Path, wrong: bytes) -> None:
    file = tmp_path / "word-reference.docx"
    file.write_bytes(wrong)
    with pytest.raises(InputFaults, match=r"params/word-reference\.docx: expected a Word document"):
        small_word(file)


def test_charts_are_drawn_with_their_words(own_process: Call, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    own_process(build_word, sample.PARTS, META, out)
    with zipfile.ZipFile(out) as archive:
        sizes = [len(archive.read(n)) for n in archive.namelist() if n.startswith("word/media/")]
    assert len(sizes) == len(charts_of(sample.PARTS))
    assert min(sizes) > 6_000  # without its letters the smallest has a third of this


def test_libreoffice_shows_it_whole(content: bytes, tmp_path: Path) -> None:
    office = required_tool("libreoffice")
    file = tmp_path / "paper.docx"
    file.write_bytes(content)
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [str(office), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=240)
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        assert len(pdf.pages) >= 3
    shown = _text(tmp_path / "paper.pdf")
    for words in ("Board paper", "Position", "Cash", "Prescribing", "25,385", "DRAFT"):
        assert words in shown


def _text(pdf: Path) -> str:
    reader = required_tool("pdftotext")
    read = subprocess.run([reader, str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return read.stdout.decode()


def test_a_headline_leads_to_its_chapter_where_the_paper_has_it() -> None:
    keys = sample.KEY_FIGURES.items
    led = (replace(keys[0], chapter="cash"), replace(keys[1], chapter="nowhere"), *keys[2:])
    first = Chapter("01_summary", "Summary", (Heading(1, "Summary"), KeyFigures("k", led)))
    cash = Chapter("18_cash", "Cash", (Heading(1, "Cash"), Narrative("c", "It is there.")))
    paper = docx.Document(
        io.BytesIO(word_bytes([Part("Board", (first,)), Part("More", (cash,))], META, {}))
    )
    anchors = [h.get(qn("w:anchor")) for h in found(paper, "w:hyperlink")]
    assert [name for name in anchors if not name.startswith("_Toc")] == ["_Ref_cash"]
    marks = {b.get(qn("w:name")) for b in found(paper, "w:bookmarkStart")}
    assert set(anchors) <= marks
