"""What every page of the whole paper asks for: nothing that waits, and no more than 3 MB in all."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from devtools import Page
from standards import settle

MOST = 3_000_000
"""Bytes of a page with all that it loads, the register of its first number included."""
WAITING = {"plotly.min.js", "fontawesome.js"}
PANEL = "document.getElementById('lineage-panel')"
NUMBER = """document.querySelector("article data[data-figure]:not([data-figure=''])")"""


def loaded(tab: Page) -> set[Path]:
    """The files that a page has asked for since it was opened."""
    asked = (urlsplit(url) for url in tab.requests)
    return {Path(unquote(url.path)) for url in asked if url.scheme == "file"}


def opened(tab: Page, file: Path) -> set[Path]:
    """Open a page: the files that it asked for."""
    tab.requests.clear()
    tab.open(file.as_uri())
    settle(tab)
    return loaded(tab)


def weight(files: set[Path]) -> int:
    """The bytes of files."""
    return sum(file.stat().st_size for file in files)


def test_no_page_weighs_more_than_a_browser_can_hold(whole_paper: Path, tab: Page) -> None:
    book = sorted((whole_paper / "html").rglob("*.html"))
    assert len(book) > 25
    weights, traced = {}, 0
    downloads = whole_paper / "html" / "downloads"
    book = [file for file in book if file.parent != downloads]  # a copy of what stands beside
    for file in [*book, whole_paper / "board-paper.html"]:
        found = opened(tab, file)
        assert not [one for one in found if one.name in WAITING or "webfonts" in one.parts]
        assert not [one for one in found if one.parent.name == "register"]
        if file in book and tab.js(f"Boolean({NUMBER})"):
            tab.js(f"{NUMBER}.click()")
            tab.wait(f"!{PANEL}.hidden && document.activeElement.id === 'lineage-title'")
            traced += 1
            assert len([one for one in loaded(tab) if one.parent.name == "register"]) == 1
        weights[file.name] = weight(loaded(tab))
        tab.close()
    assert traced > 20
    assert {name: bytes_ for name, bytes_ in weights.items() if bytes_ > MOST} == {}


def test_the_register_opened_and_searched_is_no_heavier(whole_paper: Path, tab: Page) -> None:
    file = whole_paper / "html" / "register.html"
    assert [one for one in opened(tab, file) if one.parent.name == "register"] == []
    tab.wait("document.querySelectorAll('.register-group').length > 10")
    tab.js("document.querySelector('.register-group').open = true")
    tab.wait("document.querySelectorAll('.register-group tbody tr').length > 100")
    first = {one.name for one in loaded(tab) if one.parent.name == "register"}
    assert {name.rpartition("-")[0] for name in first} == {"02_position"}
    tab.tab_to("here.id === 'register-words'")
    tab.write("nothing has these words")
    found = "document.getElementById('register-found').textContent"
    tab.wait(f"{found}.startsWith('0 of ')")
    parts = {one for one in loaded(tab) if one.parent.name == "register"}
    assert parts == set((file.parent / "_static" / "register").iterdir())
    assert weight(loaded(tab)) <= MOST
    tab.close()


def test_a_page_with_charts_asks_for_what_a_page_without_asks(whole_paper: Path, tab: Page) -> None:
    notebooks = whole_paper / "html" / "notebooks"
    asked = []
    for name in ("02_position.html", "09_risks.html"):
        file = notebooks / name
        asked.append(opened(tab, file) - {file})
        has_chart = tab.js("Boolean(document.querySelector('.chart svg'))")
        assert has_chart == (name == "02_position.html")
        tab.close()
    assert asked[0] == asked[1]
