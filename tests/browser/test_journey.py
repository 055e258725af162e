"""The paper read by keyboard alone, from the summary to a cell and back; and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools import Page

PANEL = "document.getElementById('lineage-panel')"
MEANING = "document.getElementById('term-shown')"
THEME_SAYS = "[PST]: "


@pytest.fixture
def summary(whole_paper: Path, tab: Page) -> Page:
    tab.console.clear()
    tab.requests.clear()
    tab.open((whole_paper / "html" / "index.html").as_uri())
    return tab


def quiet(tab: Page) -> bool:
    """Whether the page has said nothing and asked nothing of the network since it was opened."""
    said = [line for line in tab.console if not line.startswith(THEME_SAYS)]
    asked = [url for url in tab.requests if url.startswith(("http", "ws"))]
    return not said and not asked


def test_from_the_summary_to_the_cells_of_a_number_and_back(summary: Page) -> None:
    tab = summary
    tab.tab_to("here.matches('.key-figures dt a') && here.textContent === 'Prescribing'", 90)
    assert tab.spoken() == ("link", "Prescribing")
    chapter = tab.js("document.activeElement.href")
    assert "/notebooks/" in chapter
    tab.press("Enter")
    tab.wait(f"location.href === '{chapter}'")
    tab.arrived()
    tab.tab_to("here.textContent === 'Trace numbers'", 90)
    tab.press("Enter")
    tab.tab_to("here.matches('article data[data-figure]')", 90)
    number = tab.js("document.activeElement.dataset.figure")
    tab.press("Enter")
    tab.wait(f"!{PANEL}.hidden && document.activeElement.id === 'lineage-title'")
    words = tab.js(f"{PANEL}.innerText")
    tab.tab_to("here.matches('#lineage-panel .lineage-follow')")
    tab.press("Enter")
    tab.wait(f"{PANEL}.innerText.includes('← Back to')")
    tab.tab_to("here.matches('#lineage-panel .lineage-back')")
    tab.press("Enter")
    tab.wait(f"!{PANEL}.innerText.includes('← Back to')")
    assert tab.js(f"{PANEL}.innerText") == words
    tab.press("Escape")
    assert tab.js(f"{PANEL}.hidden")
    assert tab.js("document.activeElement.dataset.figure") == number
    tab.tab_to("here.textContent.trim() === 'Summary'", 90, shift=True)
    tab.press("Enter")
    tab.wait("location.pathname.endsWith('/index.html')")
    assert quiet(tab)


def test_the_first_stop_leads_past_the_list_of_chapters(summary: Page) -> None:
    summary.press("Tab")
    assert summary.spoken() == ("link", "Skip to main content")
    summary.press("Enter")
    summary.wait("location.hash === '#main-content'")
    summary.tab_to("here.closest('main')", 1)


def test_the_search_is_opened_used_and_left_by_keyboard(summary: Page) -> None:
    tab = summary
    tab.tab_to("here.matches('.search-button__button')", 5)
    assert tab.spoken()[1].startswith("Search")
    tab.press("Enter")
    tab.wait("document.activeElement.matches('dialog[open] input')")
    tab.press("Escape")
    tab.wait("!document.querySelector('dialog[open]')")
    tab.tab_to("here.matches('.search-button__button')", 150)
    tab.press("Enter")
    tab.wait("document.activeElement.matches('dialog[open] input')")
    tab.write("prescribing")
    tab.tab_to("here.matches('.search-submit')", 3)
    tab.press("Enter")
    tab.wait("location.pathname.endsWith('/search.html')")
    tab.wait("Boolean(document.querySelector('#search-passages a[href*=\"03_prescribing\"]'))")
    assert quiet(tab)


def test_a_word_says_what_it_means_while_it_has_the_focus(summary: Page) -> None:
    summary.tab_to("here.matches('a.term')", 120)
    described = summary.js(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert summary.js(f"!{MEANING}.hidden && {MEANING}.textContent") == described
    assert summary.js(
        f"(b => b.left >= 0 && b.right <= innerWidth)({MEANING}.getBoundingClientRect())"
    )
    summary.press("Escape")
    assert summary.js(f"{MEANING}.hidden")
    assert summary.js("document.activeElement.matches('a.term')")
    summary.press("Tab")
    summary.press("Tab", shift=True)
    assert not summary.js(f"{MEANING}.hidden")
    summary.tab_to("!here.matches('a.term')")
    assert summary.js(f"{MEANING}.hidden")


@pytest.mark.parametrize(
    "name", ["html/index.html", "html/notebooks/03_prescribing.html", "board-paper.html"]
)
def test_without_scripts_the_words_and_the_charts_are_there(
    whole_paper: Path, tab: Page, name: str
) -> None:
    tab.requests.clear()
    tab.open((whole_paper / name).as_uri(), scripts=False)
    charts = "[...document.querySelectorAll('.picture:not(.narrow) > svg')]"
    assert tab.js(f"{charts}.length") >= 1
    assert tab.js(f"{charts}.every(it => it.getBoundingClientRect().height > 50)")
    assert tab.js("document.querySelectorAll('.chart').length") == tab.js(f"{charts}.length")
    assert "overspent" in tab.js("document.querySelector('.bd-article').innerText")
    assert [url for url in tab.requests if url.startswith(("http", "ws"))] == []
    tab.close()


def test_the_paper_in_one_file_asks_nothing_of_the_network(whole_paper: Path, tab: Page) -> None:
    tab.console.clear()
    tab.requests.clear()
    tab.open((whole_paper / "board-paper.html").as_uri())
    asked = [url for url in tab.requests if not url.startswith("data:")]
    assert asked == [(whole_paper / "board-paper.html").as_uri()]
    assert quiet(tab)
    tab.press("Tab")
    assert tab.spoken() == ("link", "Skip to the paper")
    tab.press("Enter")
    tab.wait("location.hash === '#content'")
    tab.close()
