"""The paper as one page: nothing beside it, every number tagged, the same bytes each time."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sample_paper as sample
from boardpack.document.blocks import Workings, numbers_in
from boardpack.outputs.charts.static_chart import charts_of, picture_name
from boardpack.outputs.html.chart import chart_html, inline_svg, set_pictures
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.pdf.typst_document import PdfMeta

META = PdfMeta("NHS <Anytown>", "Board", "Anytown report", "Month 6", "1 June", "DRAFT", "A", 0)
SVG = '<svg class="marks" role="img" aria-label="x &gt; y" viewBox="0 0 1 1"><text>1</text></svg>'
PICTURES = {chart.id: inline_svg(SVG) for chart in charts_of(sample.PARTS)}


class Elements(HTMLParser):
    """The ids, links, headings and tagged numbers of a page, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.figures: set[str] = set()
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "data":
            self.figures.add(found["data-figure"] or "")
        if tag in {"script", "link", "img", "iframe", "object"} or "src" in found:
            self.fetched.append(tag)


@pytest.fixture(scope="module")
def text() -> str:
    return one_page(sample.PARTS, META, PICTURES)


@pytest.fixture(scope="module")
def page(text: str) -> Elements:
    return Elements(text)


def test_the_page_needs_nothing_beside_it(page: Elements, text: str) -> None:
    assert page.fetched == []
    assert set(re.findall(r'url\("(.{5})', text)) == {"data:"}
    assert "@import" not in text


def test_each_id_stands_once_and_each_link_leads_somewhere(page: Elements) -> None:
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert {f"chapter-{c.name}" for part in sample.PARTS for c in part.chapters} <= inner


def test_every_number_that_is_shown_names_its_figure(page: Elements) -> None:
    shown = (
        block
        for part in sample.PARTS
        for chapter in part.chapters
        for block in chapter.blocks
        if not isinstance(block, Workings)
    )
    expected = {figure for block in shown for figure in numbers_in(block)}
    assert expected
    assert expected <= page.figures


def test_text_from_data_stays_text(text: str) -> None:
    assert "NHS &lt;Anytown&gt;" in text
    assert "<script" not in text
    assert "DRAFT" in text


def test_the_same_content_gives_the_same_page(text: str) -> None:
    assert one_page(sample.PARTS, META, PICTURES) == text


def test_a_picture_leaves_its_name_to_the_element_around_it() -> None:
    drawn = inline_svg(SVG)
    assert 'aria-hidden="true"' in drawn
    assert "aria-label" not in drawn
    assert 'role="img"' not in drawn


def test_a_page_of_the_book_takes_in_its_pictures(tmp_path: Path) -> None:
    chart = sample.BARS
    page, other = tmp_path / "html" / "a.html", tmp_path / "html" / "b.html"
    page.parent.mkdir()
    page.write_text(chart_html(chart, {}), encoding="utf-8")
    other.write_text("<p>no chart</p>", encoding="utf-8")
    for is_narrow in (False, True):
        (tmp_path / picture_name(chart.id, is_narrow)).write_text(SVG, encoding="utf-8")
    set_pictures(page.parent, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text.count('<div class="picture"><svg') == 1
    assert text.count('<div class="picture narrow"><svg') == 1
    assert "<!-- picture" not in text
    assert other.read_text(encoding="utf-8") == "<p>no chart</p>"
