"""Every page of the whole paper held to WCAG 2.2 AA and to HTML, wide and narrow, and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools import Page
from standards import NARROW, WIDE, faults, open_details, settle, shorten, violations

PRINTED = 718
"""What A4 leaves between a browser's margins, in CSS pixels."""
SCROLLED = "document.scrollingElement.scrollWidth"
PANEL = "document.getElementById('lineage-panel')"
OPENERS = (".search-button__button", ".primary-toggle")


def seen(selector: str) -> str:
    """The element of a kind that is on the screen, in the page's language."""
    return f"[...document.querySelectorAll('{selector}')].find(it => it.checkVisibility())"


def pages_of(build: Path) -> list[Path]:
    return [*sorted((build / "html").rglob("*.html")), build / "board-paper.html"]


@pytest.fixture
def pages(whole_paper: Path) -> list[Path]:
    found = pages_of(whole_paper)
    assert len(found) > 25
    return found


@pytest.mark.usefixtures("npm_packages")
def test_no_page_breaks_an_accessibility_rule_wide_or_narrow(pages: list[Path], tab: Page) -> None:
    found: dict[str, list[str]] = {}
    for file in pages:
        tab.open(file.as_uri())
        open_details(tab)
        shorten(tab)
        for width in (WIDE, NARROW):
            tab.size(width, 900)
            settle(tab)
            broken = violations(tab)
            if broken:
                found[f"{file.name}, {width} wide"] = broken
        tab.close()
    assert found == {}


def test_a_narrow_page_scrolls_down_only(pages: list[Path], tab: Page) -> None:
    found: dict[str, int] = {}
    for file in pages:
        tab.open(file.as_uri(), NARROW)
        open_details(tab)
        settle(tab)
        found[file.name] = tab.js(SCROLLED)
        tab.close()
    assert {name: width for name, width in found.items() if width > NARROW} == {}


@pytest.mark.usefixtures("npm_packages")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_rule_is_broken_by_the_panel_and_the_chapters_opened(
    whole_paper: Path, tab: Page, width: int
) -> None:
    tab.open((whole_paper / "html" / "index.html").as_uri(), width)
    tab.tab_to("here.matches('.key-figures data')")
    tab.press("Enter")
    tab.wait(f"!{PANEL}.hidden && document.activeElement.id === 'lineage-title'")
    assert violations(tab) == []
    tab.press("Escape")
    for opener in OPENERS:
        if tab.js(f"Boolean({seen(opener)})"):
            tab.js(f"{seen(opener)}.click()")
            tab.wait("Boolean(document.querySelector('dialog[open]'))")
            assert violations(tab) == []
            tab.press("Escape")
            tab.wait("!document.querySelector('dialog[open]')")
    tab.close()


@pytest.mark.usefixtures("npm_packages")
def test_every_page_is_valid_html(pages: list[Path]) -> None:
    assert faults(pages) == []


@pytest.mark.usefixtures("npm_packages")
def test_the_rules_see_a_page_that_breaks_them(tmp_path: Path, tab: Page) -> None:
    page = tmp_path / "bad.html"
    words = '<p id="a">Text<div id="a" style="color: #ddd">Pale</div><img src="x.png">'
    page.write_text(f"<!DOCTYPE html><html><head><title>Bad</title></head><body>{words}")
    tab.open(page.as_uri())
    broken = " ".join(violations(tab))
    tab.close()
    for rule in ("image-alt", "html-has-lang", "color-contrast"):
        assert rule in broken
    assert "no-dup-id" in " ".join(faults([page]))


def test_a_printed_page_cuts_no_table(pages: list[Path], tab: Page) -> None:
    found: dict[str, int] = {}
    for file in pages:
        tab.open(file.as_uri(), PRINTED)
        tab.call("Emulation.setEmulatedMedia", media="print")
        settle(tab)
        found[file.name] = tab.js(SCROLLED)
        tab.close()
    assert {name: width for name, width in found.items() if width > PRINTED} == {}
