"""The PDF: tagged for readers who do not see it, complete, and the same every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Object, Pdf

import sample_paper as sample
from boardpack.core.errors import INPUT, BoardpackError, BuildFault
from boardpack.core.home import WORD_REFERENCE
from boardpack.core.workers import Here
from boardpack.document.blocks import (
    MIME,
    Block,
    Column,
    KeyFigures,
    Narrative,
    Number,
    Row,
    Table,
    block_json,
)
from boardpack.document.content import Chapter, Heading, Item, Part
from boardpack.outputs.charts.static_chart import charts_of
from boardpack.outputs.html.one_page import build_one_page
from boardpack.outputs.pdf.bookmarks import first_part_pages
from boardpack.outputs.pdf.document import MOST_PAGES, _compiled, build_pdf
from boardpack.outputs.pdf.tags import tagged_numbers
from boardpack.outputs.pdf.tree import children, descendants
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.print_job import (
    ONE_PAGE,
    PDF,
    WORD,
    PrintJob,
    drawn,
    printed,
)
from boardpack.outputs.typeface import printable
from other_process import Call
from printed_page import text_of

META = PdfMeta(
    organisation="NHS Anywhere ICB",
    board=f"Anytown Board {sample.HOSTILE}",
    title=f"Anytown finance report {sample.HOSTILE}",
    subtitle="Month 6 of 2023/24",
    date="23 November 2023",
    mark="DRAFT",
    place="Anytown",
    timestamp=1698753600,
)
REGISTER = b'{"schema": "boardpack/figures/1"}'
MANY = Table(
    "many",
    "Long, wide and unnamed",
    (Column("", "left"), *(Column(f"Measure {i}", group=f"Group {i // 3}") for i in range(24))),
    tuple(
        Row((f"Line {i}", *(Number("1,234,567", f"a.b{i}.c{j}", "1") for j in range(24))))
        for i in range(60)
    ),
)
GROUPS = Table(
    "groups",
    "A group that runs over a page",
    (Column("Line", "left"), Column("Amount")),
    tuple(
        Row((f"Group {i}",), "heading") if i % 10 == 0 else Row((f"Line {i}", "-"))
        for i in range(120)
    ),
    notes=("- a list\n- in a note",),
)
PARTS = (*sample.PARTS, Part("Assurance", (Chapter("21", "A", (Heading(1, "A"), MANY, GROUPS)),)))


@dataclass(frozen=True)
class Made:
    """A PDF that was made, and what the maker said."""

    file: Path
    unknown: tuple[str, ...]


Make = Callable[[tuple[Part, ...]], Made]


@pytest.fixture(scope="module")
def make(own_process: Call, tmp_path_factory: pytest.TempPathFactory) -> Make:
    def made(parts: tuple[Part, ...]) -> Made:
        file = tmp_path_factory.mktemp("pdf") / "paper.pdf"
        return Made(file, own_process(build_pdf, parts, META, file, {"figures.json": REGISTER}))

    return made


@pytest.fixture(scope="module")
def made(make: Make) -> Made:
    return make(PARTS)


@pytest.fixture(scope="module")
def pdf(made: Made) -> Pdf:
    return pikepdf.open(made.file)


def elements(pdf: Pdf, kind: Name) -> list[Object]:
    return list(descendants(pdf.Root.StructTreeRoot, kind))


def table_attributes(cell: Object) -> Object:
    return next(owner for owner in list(cell.A) if Name.Table == owner.O)


def test_it_says_what_it_is(pdf: Pdf) -> None:
    root = pdf.Root
    assert root.Lang == "en-GB"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo.Title == printable(META.title)
    assert pdf.docinfo.Author == META.organisation
    assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_every_row_and_column_has_its_header(pdf: Pdf) -> None:
    tables = elements(pdf, Name.Table)
    assert len(tables) >= 5
    for table in tables:
        heads = [c for h in children(table, Name.THead) for r in children(h) for c in children(r)]
        assert heads
        assert all(Name.TH == c.S and Name.Column == table_attributes(c).Scope for c in heads)
        named = {str(c.ID) for c in heads}
        for row in (r for body in children(table, Name.TBody) for r in children(body)):
            first, *others = children(row)
            assert Name.TH == first.S
            assert table_attributes(first).Scope == (Name.Row if others else Name.Column)
            named.add(str(first.ID))
            for cell in others:
                headers = [str(h) for h in table_attributes(cell).Headers]
                assert headers[-1] == str(first.ID)
                assert set(headers) <= named


def test_headers_can_be_found_by_their_names(pdf: Pdf) -> None:
    identities = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
    for head in elements(pdf, Name.TH):
        assert identities[str(head.ID)].objgen == head.objgen


def test_every_table_has_its_caption_and_every_row_is_there(pdf: Pdf) -> None:
    tables = [t for t in elements(pdf, Name.Table) if children(t, Name.Caption)]
    counts = [sum(len(children(b)) for b in children(t, Name.TBody)) for t in tables]
    assert counts[0] == len(sample.TABLE.rows)
    assert counts[1:3] == [60, 60]
    assert counts[3] == 120


def test_brackets_and_unnamed_columns_have_words(pdf: Pdf) -> None:
    spans = [span for span in elements(pdf, Name.Span) if Name.ActualText in span]
    assert "minus 2,213, adverse" in {str(span.ActualText) for span in spans}
    held = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for span in spans:
        assert Name.TD == span.P.S
        assert Name.Alt not in span.P
        owners = [held[int(span.Pg.StructParents)][int(piece)] for piece in span.K]
        assert {owner.objgen for owner in owners} == {span.objgen}
    assert [str(c.Alt) for c in elements(pdf, Name.TH) if Name.Alt in c] == ["Item", "Item"]


def test_bookmarks_are_shown_and_open_down_to_the_chapters(pdf: Pdf) -> None:
    assert Name.UseOutlines == pdf.Root.PageMode
    first = pdf.Root.Outlines.First
    assert int(first.Count) == len(PARTS[0].chapters)
    assert int(pdf.Root.Outlines.Count) == sum(1 + len(part.chapters) for part in PARTS)
    assert int(first.First.get(Name.Count, 0)) <= 0


def long(count: int) -> tuple[Part, ...]:
    """A board part of so many paragraphs, and an appendix."""
    words = "The overspend grew by a little more than was planned for the year so far. " * 5
    said = (Narrative(f"n{n}", f"{n}. {words}") for n in range(count))
    end = Chapter("02", "End", (Heading(1, "End"), Narrative("e", "It ends.")))
    return (
        Part("Board", (Chapter("01", "Long", (Heading(1, "Long"), *said)),)),
        Part("More", (end,)),
    )


@pytest.mark.parametrize(
    ("count", "page", "shares"), [(5, 1, False), (16, 1, True), (18, 2, False)]
)
def test_no_part_leaves_a_page_two_thirds_empty(
    make: Make, count: int, page: int, shares: bool
) -> None:
    """The next part begins where this one ends, if that is in the first third of a page."""
    with pikepdf.open(make(long(count)).file) as pdf:
        where, _, _, top, *_ = pdf.Root.Outlines.First.Next.Dest
        assert [one.obj.objgen for one in pdf.pages].index(where.objgen) == page
        assert (float(top) < 790) is shares
        assert first_part_pages(pdf) == page + shares


def test_the_pages_of_a_paper_of_many_parts_are_numbered_to_the_last(make: Make) -> None:
    """Where each part begins rests on where all before it end: nothing may be asked of that."""
    one = long(13)
    parts = tuple(Part(f"{part.title} {n}", part.chapters) for n in range(9) for part in one)
    with pikepdf.open(make(parts).file) as pdf:
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages, start=1):
            assert f"Page {number} of {count}" in text_of(page, furniture=True)


def test_pages_that_never_come_to_rest_are_no_paper(tmp_path: Path) -> None:
    source = tmp_path / "restless.typ"
    source.write_text(
        '#set document(title: "A paper")\n#heading("Pages")\n'
        "#context { for n in range(counter(page).final().first()) { pagebreak(); [More.] } }",
        encoding="utf-8",
    )
    with pytest.raises(BuildFault, match="would be numbered wrongly"):
        _compiled(source, META.timestamp)


def test_a_board_part_of_more_than_eight_pages_is_set_closer(make: Make) -> None:
    with pikepdf.open(make(long(150)).file) as pdf:
        assert first_part_pages(pdf) <= MOST_PAGES
    with pikepdf.open(make(long(400)).file) as pdf:
        assert first_part_pages(pdf) > MOST_PAGES  # nothing is left out for it


def test_a_headline_leads_to_its_chapter_where_the_paper_has_it(make: Make) -> None:
    keys = sample.KEY_FIGURES.items
    led = (replace(keys[0], chapter="cash"), replace(keys[1], chapter="nowhere"), *keys[2:])
    first = Chapter("01_summary", "Summary", (Heading(1, "Summary"), KeyFigures("k", led)))
    cash = Chapter("18_cash", "Cash", (Heading(1, "Cash"), Narrative("c", "It is there.")))
    file = make((Part("Board", (first,)), Part("More", (cash,)))).file
    with pikepdf.open(file) as pdf:
        links = [link for link in pdf.pages[0].obj.Annots if "Section" in str(link.Contents)]
        target = pdf.Root.Outlines.First.Next.First.Dest[0].objgen
        page = [one.obj.objgen for one in pdf.pages].index(target) + 1
        assert [str(link.Contents) for link in links] == [f"Section, page {page}"]


def test_numbers_in_tables_name_their_figures(made: Made) -> None:
    found = tagged_numbers(made.file)
    assert (sample.VARIANCE.figure, "(2,213)") in found
    assert ("a.b59.c23", "1,234,567") in found


def test_every_picture_has_its_alternative(pdf: Pdf) -> None:
    charts = [item for item in sample.POSITION.items if getattr(item, "kind", "") == "chart"]
    told = [str(figure.Alt) for figure in elements(pdf, Name.Figure)]
    assert told == [printable(chart.alt) for chart in charts]  # type: ignore[union-attr]


def test_headings_are_bookmarks_and_none_is_skipped(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [part.title for part in PARTS]
        assert [item.title for item in outline.root[0].children] == ["Summary", "Position"]
    kinds = [str(e.S) for e in everything(pdf.Root.StructTreeRoot)]
    levels = [int(kind[2]) for kind in kinds if kind in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def everything(element: Object) -> list[Object]:
    found: list[Object] = []
    for child in children(element):
        found += [child, *everything(child)]
    return found


def test_wide_tables_lie_on_their_side_and_the_rest_is_upright(pdf: Pdf) -> None:
    lying = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
    assert not lying[0]
    assert any(lying)


def test_the_register_is_attached(pdf: Pdf) -> None:
    assert pdf.attachments["figures.json"].get_file().read_bytes() == REGISTER


def test_the_same_paper_is_the_same_file(made: Made, make: Make) -> None:
    assert make(PARTS).file.read_bytes() == made.file.read_bytes()


def test_characters_that_cannot_be_shown_are_told(make: Make) -> None:
    note = replace(sample.MISSING, why="漢 and 😀")
    part = Part("Board paper", (Chapter("01", "S", (Heading(1, "S"), note)),))
    assert make((part,)).unknown == ("漢", "😀")


def test_a_chapter_of_which_nothing_was_supplied_is_still_a_chapter(make: Make) -> None:
    with pikepdf.open(make((Part("Board paper", (sample.CASH,)),)).file) as pdf:
        assert len(pdf.pages) == 1


def test_the_cover_sheet_is_page_2(make: Make) -> None:
    items = (Heading(1, "Summary"), sample.WORDS, Heading(2, "Cover sheet"), sample.GROUPED)
    with pikepdf.open(make((Part("Board paper", (Chapter("01", "Summary", items),)),)).file) as pdf:
        assert len(pdf.pages) == 2
        titles = [element.get(Name.T) for element in elements(pdf, Name.H3)]
        assert titles == ["Cover sheet", "Contents"]


def test_a_fault_is_told_in_plain_words(make: Make) -> None:
    silent = replace(sample.BARS, alt="", title="")
    part = Part("Board paper", (Chapter("01", "S", (Heading(1, "S"), silent)),))
    with pytest.raises(BuildFault, match="The PDF could not be made: PDF/UA-1 error"):
        make((part,))


def cell(item: Item) -> dict[str, object]:
    """A notebook's cell that shows an item."""
    if isinstance(item, Heading):
        return {"cell_type": "markdown", "source": f"{'#' * item.level} {item.text}"}
    block: Block = item
    return {"cell_type": "code", "outputs": [{"data": {MIME: block_json(block)}}]}


@pytest.fixture
def job(tmp_path: Path) -> PrintJob:
    for chapter in (chapter for part in sample.PARTS for chapter in part.chapters):
        notebook = {"cells": [cell(item) for item in chapter.items]}
        (tmp_path / f"{chapter.name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    register = tmp_path / "figures.json"
    register.write_bytes(REGISTER)
    names = tuple((p.title, tuple(c.name for c in p.chapters)) for p in sample.PARTS)
    attached = {"figures.json": register}
    return PrintJob(tmp_path, names, META, tmp_path, tmp_path / "pictures", attached)


def test_the_paper_is_made_from_the_executed_notebooks(job: PrintJob, own_process: Call) -> None:
    for makes in ("office", "pdf"):
        assert own_process(printed, replace(job, makes=makes)) == ()
    with pikepdf.open(job.out / PDF) as pdf:
        assert len(pdf.pages) >= 2
    assert (job.out / WORD).read_bytes().startswith(b"PK")


def test_the_pictures_are_a_job_apart_of_which_the_one_page_is_made(
    job: PrintJob, own_process: Call
) -> None:
    stored = job.out / "stored"
    assert own_process(printed, replace(job, makes="pictures", stored=stored)) == ()
    assert not (job.out / PDF).exists()
    ids = [chart.id for chart in charts_of(sample.PARTS)]
    charts = {f"{name}{width}.svg" for name in ids for width in ("", ".narrow")}
    assert charts
    assert {path.name for path in job.pictures.iterdir()} == charts
    assert len(list(stored.iterdir())) >= len(charts)
    build_one_page(sample.PARTS, META, job.pictures, job.out / ONE_PAGE)
    assert "<svg" in (job.out / ONE_PAGE).read_text(encoding="utf-8")


def test_a_wrong_reference_document_is_told_as_an_input(
    job: PrintJob, tmp_path: Path, own_process: Call
) -> None:
    reference = tmp_path / WORD_REFERENCE
    reference.write_bytes(b"not a document")
    wrong = replace(job, reference=reference, makes="office")
    with pytest.raises(BoardpackError, match=r"params/word-reference\.docx: expected") as told:
        own_process(printed, wrong)
    assert told.value.exit_code == INPUT


def test_whatever_else_goes_wrong_is_a_fault_of_the_build(job: PrintJob) -> None:
    (job.notebooks / "01_summary.ipynb").unlink()
    with pytest.raises(BuildFault, match=r"could not be drawn: .*01_summary\.ipynb"):
        drawn(Here().submit(printed, job))
