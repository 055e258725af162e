"""The book as a place to work: found again, sorted, left for another paper, and published alone."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from boardpack.document.blocks import Column, Number, Row, Table
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.html.book import build_html, stage_book
from boardpack.outputs.html.search_passages import write_passages
from devtools import Page

PROJECT = Path(__file__).resolve().parents[2]
NAMES = (
    "Acute Community Mental Continuing Prescribing Primary Programme Delegated Corporate".split()
)
AMOUNTS = (38, 192, -348, -404, -2213, None, 18, 105, 212)
OTHERS = {
    "place": "anytown",
    "places": {"anytown": "Anytown", "othertown": "Othertown", "nowhere": "Nowhere", "icb": "ICB"},
    "year": "2023-24",
    "years": ["2022-23", "2023-24", "2024-25"],
    "month": "M06",
}


def cell(amount: int | None) -> str | Number:
    if amount is None:
        return "-"
    text = f"({-amount:,})" if amount < 0 else f"{amount:,}"
    return Number(text, "position.anytown.x.ytd_variance", str(amount * 1000), words="said")


def table(name: str, repeats: int = 1) -> Table:
    lines = [
        Row((f"{line} {turn}" if turn else line, cell(amount)))
        for turn in range(repeats)
        for line, amount in zip(NAMES, AMOUNTS, strict=True)
    ]
    rows = (*lines, Row(("Total", cell(-2400)), "total"))
    return Table(name, "Position", (Column("", "left"), Column("(Over) / under")), rows, "£000s")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month with two papers, and one of the year after."""
    folder = tmp_path_factory.mktemp("builds")
    chapters = (
        Chapter("01_summary", "Summary", (Heading(1, "Summary"), table("short"))),
        Chapter("02_position", "Position", (Heading(1, "Position"), table("long", 2))),
    )
    parts = (Part("Board paper", chapters),)
    book = folder / "2023-24" / "M06" / "anytown" / "html"
    staged = folder / "staged"
    stage_book(parts, PROJECT / "book", staged, "Anytown finance report", "Draft", others=OTHERS)
    build_html(staged, book, PROJECT / "_config.yml")
    write_passages(book)
    for other in ("2023-24/M06/othertown", "2024-25/M01/anytown"):
        copytree(book, folder / other / "html")
    return folder


@pytest.fixture
def book(builds: Path) -> Path:
    return builds / "2023-24" / "M06" / "anytown" / "html"


def texts(tab: Page, selector: str) -> list[str]:
    inner = f"[...document.querySelectorAll({json.dumps(selector)})].filter(it => it.offsetParent)"
    found: list[str] = tab.js(f"{inner}.map(it => it.textContent.trim())")
    return found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2,213", ["Prescribing (2,213)", "Prescribing (2,213)", "Prescribing 1 (2,213)"]),
        ("2213", ["Prescribing (2,213)", "Prescribing (2,213)", "Prescribing 1 (2,213)"]),
        ("(2,213)", ["Prescribing (2,213)", "Prescribing (2,213)", "Prescribing 1 (2,213)"]),
        ("213", []),
        ("2,21", []),
        ("prescrib 1", ["Prescribing 1 (2,213)"]),
        ("scribing", []),
        ("acute 38", ["Acute 38", "Acute 38", "Acute 1 38"]),
        ("acute 2,213", []),
        ('"acute 1"', ["Acute 1 38"]),
        ("<b>", []),
    ],
)
def test_the_search_finds_words_and_numbers_as_they_are_printed(
    book: Path, tab: Page, typed: str, found: list[str]
) -> None:
    tab.open((book / "search.html").as_uri())
    tab.js(f"location.search = '?q=' + encodeURIComponent({json.dumps(typed)})")
    tab.wait("document.getElementById('search-found')?.textContent")
    assert texts(tab, "#search-passages li p") == found
    said = tab.js("document.getElementById('search-found').textContent")
    assert said.startswith(f"{len(found)} passage" if found else "Nothing in this paper")
    marks = texts(tab, "#search-passages mark")
    assert len(marks) >= len(found)
    tab.close()


def test_a_passage_leads_to_where_it_stands(book: Path, tab: Page) -> None:
    tab.open(f"{(book / 'search.html').as_uri()}?q=prescribing%201")
    tab.wait("Boolean(document.querySelector('#search-passages a'))")
    tab.js("document.querySelector('#search-passages a').click()")
    tab.wait("location.pathname.endsWith('/02_position.html') && location.hash === '#long'")
    tab.wait("Boolean(document.querySelector('.highlighted'))")
    tab.close()


def column(tab: Page, name: str) -> list[str]:
    return texts(tab, f"#{name} tbody td")


def test_a_column_sorts_by_its_exact_values_and_the_total_stays_below(
    book: Path, tab: Page
) -> None:
    tab.open((book / "index.html").as_uri())
    printed = column(tab, "short")
    orders = []
    tab.tab_to("here.matches('th:last-child .sort')")
    for _ in range(3):
        tab.press("Enter")
        head = "document.activeElement.closest('th')"
        orders.append((tab.js(f"{head}.getAttribute('aria-sort')"), column(tab, "short")))
    down = ["212", "192", "105", "38", "18", "(348)", "(404)", "(2,213)"]
    assert orders == [
        ("descending", [*down, "-", "(2,400)"]),
        ("ascending", [*reversed(down), "-", "(2,400)"]),
        ("none", printed),
    ]
    tab.close()


def test_lines_are_chosen_and_all_are_printed(book: Path, tab: Page) -> None:
    tab.open((book / "notebooks" / "02_position.html").as_uri())
    assert tab.js("document.querySelectorAll('.lines-with').length") == 1
    whole = texts(tab, "#long tbody th")
    tab.tab_to("here.matches('.lines-with input')")
    assert tab.spoken() == ("searchbox", "Show lines with")
    tab.write("ACUTE")
    tab.wait("document.querySelector('.lines-with [role=status]').textContent === '2 of 18 lines'")
    assert texts(tab, "#long tbody th") == ["Acute", "Acute 1", "Total"]
    tab.js("window.dispatchEvent(new Event('beforeprint'))")
    assert texts(tab, "#long tbody th") == whole
    tab.close()


def test_a_table_too_short_to_choose_from_has_no_box(book: Path, tab: Page) -> None:
    tab.open((book / "index.html").as_uri())
    assert tab.js("document.querySelectorAll('.lines-with').length") == 0
    tab.close()


def test_papers_that_stand_beside_are_offered_and_no_others(book: Path, tab: Page) -> None:
    tab.open((book / "notebooks" / "02_position.html").as_uri())
    tab.tab_to("here.matches('.other-papers summary')")
    tab.press("Enter")
    tab.wait("document.querySelectorAll('.other-papers a').length")
    assert texts(tab, ".other-papers a") == ["Othertown", "April 2024"]
    tab.js("document.querySelectorAll('.other-papers a')[1].click()")
    tab.wait("location.pathname.endsWith('/2024-25/M01/anytown/html/index.html')")
    tab.close()


def test_where_pages_are_published_alone_no_other_paper_is_offered(
    book: Path, tab: Page, tmp_path: Path
) -> None:
    copytree(book, tmp_path / "a" / "b" / "c" / "html")
    tab.open((tmp_path / "a" / "b" / "c" / "html" / "index.html").as_uri())
    tab.js("document.querySelector('.other-papers').open = true")
    tab.wait("document.querySelector('.other-papers div').textContent.startsWith('No other paper')")
    tab.close()


def test_a_cell_has_its_number_as_text_and_its_words_for_a_screen_reader(
    book: Path, tab: Page
) -> None:
    tab.open((book / "index.html").as_uri())
    cell = "[...document.querySelectorAll('#short td')].at(-1)"
    assert tab.js(f"{cell}.textContent") == "(2,400)"
    assert tab.js(f"{cell}.innerText") == "(2,400)"
    handle = tab.call("Runtime.evaluate", expression=cell)["result"]["objectId"]
    node = tab.call("Accessibility.getPartialAXTree", objectId=handle, fetchRelatives=False)
    assert node["nodes"][0]["name"]["value"] == "said"
    tab.close()
