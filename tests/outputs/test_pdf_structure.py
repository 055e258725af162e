"""The PDF of the whole Month 6 paper: what a reader of the page has, and a listener too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Name, Object, Pdf
from whole_build import built

from boardpack.document.blocks import Chart, Narrative, Table
from boardpack.document.content import Chapter, Heading, Item, Part, read_chapter
from boardpack.document.language import printed as as_printed
from boardpack.document.language import sentences
from boardpack.outputs.pdf.bookmarks import first_part_pages
from boardpack.outputs.pdf.document import MOST_PAGES
from boardpack.outputs.pdf.tree import children, descendants
from boardpack.outputs.print_job import PDF
from boardpack.outputs.reading_order import shown
from boardpack.outputs.typeface import printable
from boardpack.render.chapter_plan import plan_of
from boardpack.render.layout import CHECKOUT
from printed_page import fonts_of, printed, read_aloud, text_of

SMALLEST = 8.0
"""In points."""
CONTENTS = "Contents"


@pytest.fixture(scope="module")
def parts(whole_home: Path) -> tuple[Part, ...]:
    return tuple(
        Part(part.title, tuple(chapter(built(whole_home), one.name) for one in part.chapters))
        for part in plan_of(CHECKOUT, CHECKOUT, {})
    )


def chapter(build: Path, name: str) -> Chapter:
    path = build / "notebooks" / f"{name}.ipynb"
    return read_chapter(name, json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def pdf(whole_home: Path) -> Iterator[Pdf]:
    with pikepdf.open(built(whole_home) / "board-paper.pdf") as opened:
        yield opened


@pytest.fixture(scope="module")
def aloud(pdf: Pdf) -> list[tuple[str, str]]:
    return read_aloud(pdf)


def letters(text: str) -> str:
    """A text without what a line break or a hyphen may change."""
    return re.sub(r"[^\w£%]", "", text)


def in_order(parts: tuple[Part, ...]) -> list[Item]:
    """What the paper shows, as its notebooks have it."""
    found: list[Item] = []
    for part in parts:
        found.append(Heading(0, part.title))
        found += [item for one in part.chapters for item in shown(one)]
    return found


def test_it_is_known_by_its_title_and_speaks_british_english(pdf: Pdf) -> None:
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    title = "Bromley finance report, September 2023"
    assert str(pdf.docinfo.Title) == pdf.open_metadata()["dc:title"] == title


def test_headings_are_the_papers_own_in_order_and_none_is_skipped(
    pdf: Pdf, parts: tuple[Part, ...], aloud: list[tuple[str, str]]
) -> None:
    kinds = [kind for kind, _ in levels(pdf)]
    assert kinds[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(kinds))
    told = [title for _, title in levels(pdf) if title != CONTENTS]
    wanted = [printable(item.text) for item in in_order(parts) if isinstance(item, Heading)]
    assert told == wanted


def levels(pdf: Pdf) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []

    def walk(element: Object) -> None:
        for child in children(element):
            kind = str(child.S)
            if re.fullmatch(r"/H\d", kind):
                found.append((int(kind[2:]), str(child.get(Name.T, ""))))
            walk(child)

    walk(pdf.Root.StructTreeRoot)
    return found


def test_bookmarks_are_the_headings(pdf: Pdf) -> None:
    marked: list[str] = []

    def walk(items: list[pikepdf.OutlineItem]) -> None:
        for item in items:
            marked.append(str(item.title))
            walk(item.children)

    with pdf.open_outline() as outline:
        walk(outline.root)
    assert marked == [title for _, title in levels(pdf) if title != CONTENTS]


def test_no_words_stand_outside_a_paragraph(pdf: Pdf) -> None:
    """Words in a line that no element holds are read on into the next paragraph."""
    (document,) = children(pdf.Root.StructTreeRoot)
    kinds = {str(one.S) for one in children(document)}
    assert not kinds & {"/Span", "/Strong", "/Em", "/Link"}


def test_it_is_read_aloud_in_the_order_of_its_content(
    parts: tuple[Part, ...], aloud: list[tuple[str, str]]
) -> None:
    spoken, at = letters("".join(text for _, text in aloud)), 0
    for words in wanted_words(parts):
        found = spoken.find(letters(printable(words)), at)
        assert found >= 0, words
        at = found + 1


def wanted_words(parts: tuple[Part, ...]) -> Iterator[str]:
    """Words that must follow each other: headings, captions, titles, and each first sentence."""
    for item in in_order(parts):
        match item:
            case Heading():
                yield item.text
            case Table():
                yield item.caption
            case Chart():
                yield as_printed(item.title)
            case Narrative(voice="generated"):
                yield next(sentences(as_printed(item.markdown)))
            case _:
                continue


def test_every_picture_has_its_words(pdf: Pdf, parts: tuple[Part, ...]) -> None:
    charts = [item for item in in_order(parts) if isinstance(item, Chart)]
    told = [str(figure.Alt) for figure in descendants(pdf.Root.StructTreeRoot, Name.Figure)]
    assert told == [printable(chart.alt or chart.title) for chart in charts]
    assert all(told)


def test_every_table_has_heads_of_columns_and_of_rows(pdf: Pdf) -> None:
    tables = list(descendants(pdf.Root.StructTreeRoot, Name.Table))
    assert len(tables) > 30
    for table in tables:
        scopes = [scope(cell) for cell in descendants(table, Name.TH)]
        assert {"/Column", "/Row"} >= set(scopes)
        body = [row for part in children(table, Name.TBody) for row in children(part)]
        assert all(Name.TH == children(row)[0].S for row in body)
        assert "/Column" in scopes


def scope(cell: Object) -> str:
    return next(str(owner.Scope) for owner in list(cell.A) if Name.Table == owner.O)


def test_every_typeface_is_in_the_file_with_its_characters(pdf: Pdf) -> None:
    fonts = fonts_of(pdf)
    assert fonts
    for font in fonts.values():
        described = font.DescendantFonts[0].FontDescriptor
        assert Name.FontFile2 in described or Name.FontFile3 in described
        assert Name.ToUnicode in font


def test_no_word_is_too_small_to_read_or_cannot_be_read_out(pdf: Pdf) -> None:
    words = [words for page in pdf.pages for words in printed(page)]
    assert len(words) > 5000
    assert min(one.size for one in words) >= SMALLEST - 0.01
    assert not [one for one in words if "\ufffd" in one.text]


def test_every_page_says_its_number_and_that_it_is_a_draft(pdf: Pdf) -> None:
    count = len(pdf.pages)
    for number, one in enumerate(pdf.pages, start=1):
        running = text_of(one, furniture=True)
        assert f"Bromley Page {number} of {count}" in running
        assert "DRAFT" in (running if number > 1 else text_of(one, furniture=False))
        assert ("Bromley finance report, September 2023" in running) == (number > 1)


def test_the_contents_lead_to_their_chapters(pdf: Pdf, parts: tuple[Part, ...]) -> None:
    links = [link for link in pdf.pages[1].obj.Annots if Name.Link == link.Subtype]
    chapters = [one for part in parts for one in part.chapters]
    assert len(links) >= len(chapters) + len(parts)
    assert all(Name.StructParent in link and link.get(Name.Contents) for link in links)


def test_the_board_paper_keeps_to_its_pages(pdf: Pdf, parts: tuple[Part, ...]) -> None:
    """A board reads eight pages; what is behind them stands in the appendix."""
    assert len(parts) > 1
    assert first_part_pages(pdf) <= MOST_PAGES


def test_a_validator_of_pdf_ua_finds_nothing_wrong(whole_home: Path) -> None:
    assert faults(built(whole_home) / PDF) == []


def faults(file: Path) -> list[str]:
    """What a validator that is nobody's of this project finds against PDF/UA-1."""
    report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{one.rule_id} {one.message}" for one in report.failures]


def without_words(pdf: Pdf) -> None:
    del next(descendants(pdf.Root.StructTreeRoot, Name.Figure)).Alt


def without_a_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def untagged(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def with_a_heading_left_out(pdf: Pdf) -> None:
    next(descendants(pdf.Root.StructTreeRoot, Name.H2)).S = Name.H4


def with_a_link_that_says_nothing(pdf: Pdf) -> None:
    del next(one for one in pdf.pages[1].obj.Annots if Name.Link == one.Subtype).Contents


def with_a_head_of_nothing(pdf: Pdf) -> None:
    for head in descendants(pdf.Root.StructTreeRoot, Name.TH):
        head.A = pikepdf.Array([])
    for cell in descendants(pdf.Root.StructTreeRoot, Name.TD):
        cell.A = pikepdf.Array([])


def with_its_title_hidden(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@pytest.mark.parametrize(
    "spoil",
    [
        without_words,
        without_a_language,
        untagged,
        with_a_heading_left_out,
        with_a_link_that_says_nothing,
        with_a_head_of_nothing,
        with_its_title_hidden,
    ],
)
def test_the_validator_names_what_was_spoilt(
    whole_home: Path, tmp_path: Path, spoil: Callable[[Pdf], None]
) -> None:
    with pikepdf.open(built(whole_home) / PDF) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / PDF)
    assert faults(tmp_path / PDF)
