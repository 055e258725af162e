"""A number traced to its cell by keyboard alone, in a real browser, from a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardpack.checks import Check
from boardpack.document.blocks import (
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    Row,
    Table,
    Workings,
    mark,
)
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.numbers import thousands
from boardpack.figures.register import Register
from boardpack.outputs.html.book import build_html, stage_book
from boardpack.outputs.html.pages import page_of
from boardpack.outputs.html.register_page import owned_figures, write_register_scripts
from devtools import Page, browser

PROJECT = Path(__file__).resolve().parents[2]
LINES = ("prescribing", "continuing_care_services", "acute_services")
MEASURES = ("ytd_budget", "ytd_actual", "ytd_variance")
VARIANCE = "position.bromley.prescribing.ytd_variance"
PANEL = "document.getElementById('lineage-panel')"
THEME_SAYS = "[PST]: "
HEADLINE = "here.matches('.key-figures data')"
IN_TABLE = "here.matches('table data')"
SWITCH = "here.textContent === 'Trace numbers'"


def paper_parts(register: Register) -> tuple[Part, ...]:
    """A summary and a chapter of the real position's numbers; the chapter owns every figure."""
    variance = thousands(register[VARIANCE])
    rows = tuple(
        Row((line, *(thousands(register[f"position.bromley.{line}.{m}"]) for m in MEASURES)))
        for line in LINES
    )
    columns = (Column("Line", "left"), *(Column(measure) for measure in MEASURES))
    every = Workings("workings", (), tuple(figure.to_json() for figure in register))
    words = Narrative("words", f"Prescribing is {mark(VARIANCE, '£2.2m overspent')} to date.")
    summary = (KeyFigures("key", (KeyFigure("Prescribing", variance, chapter="position"),)), words)
    chapters = (
        Chapter(
            "01_summary", "Summary", (Heading(1, "Summary"), *summary, *_tables(rows, columns))
        ),
        Chapter("02_position", "Position", (Heading(1, "Position"), words, every)),
    )
    return (Part("Board paper", chapters),)


def _tables(rows: tuple[Row, ...], columns: tuple[Column, ...]) -> tuple[Table, ...]:
    return tuple(Table(name, f"Table {name}", columns, rows) for name in ("one", "two"))


@pytest.fixture(scope="module")
def book(
    register: Register, checks: tuple[Check, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    register = Register(f for f in register if f.chapter in ("position", "overview"))
    folder, parts = tmp_path_factory.mktemp("traced"), paper_parts(register)
    stage_book(parts, PROJECT / "book", folder / "staged", "Paper", "Draft", True)
    build_html(folder / "staged", folder / "html", PROJECT / "_config.yml")
    groups = [owned_figures(c, page_of(c, parts)) for part in parts for c in part.chapters]
    said = [check.to_json() for check in checks]
    write_register_scripts(folder / "html", groups, register, said)
    return folder / "html"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(started: Page) -> Iterator[Page]:
    """The browser, which must stay quiet and off the network while a test uses it."""
    started.console.clear()
    started.requests.clear()
    yield started
    assert [line for line in started.console if not line.startswith(THEME_SAYS)] == []
    assert [url for url in started.requests if url.startswith(("http", "ws"))] == []


def opened_panel(page: Page) -> str:
    """The words of the panel, once the focus stands on its title."""
    page.wait(f"!{PANEL}.hidden && document.activeElement.id === 'lineage-title'")
    return str(page.js(f"{PANEL}.innerText"))


def test_a_headline_is_followed_to_its_cell_and_back_by_keyboard(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    page.tab_to(HEADLINE)
    assert page.spoken() == ("button", "minus 2,213, adverse")
    page.press("Enter")
    said = opened_panel(page)
    assert page.spoken() == ("heading", "Prescribing, year to date variance")
    for words in ("−£2,213,000", "(2,213)", "2023/24 M06", "ledger", "= A − B", "Agrees"):
        assert words in said
    assert "as published for July 2023" in said
    assert "−£1,326,000" in said
    page.tab_to("here.textContent === 'Prescribing, year to date budget'")
    page.press("Enter")
    cell = opened_panel(page)
    for words in ("£23,172,000", "data/raw/2023-24/M06/position.csv", "“23,172”", "SHA-256"):
        assert words in cell
    assert "Row\n6\nColumn\nytd_budget" in cell.replace("\n\n", "\n")
    page.tab_to("here.textContent.startsWith('← Back to Prescribing')")
    page.press("Enter")
    assert opened_panel(page) == said
    page.press("Escape")
    assert page.js(f"{PANEL}.hidden")
    assert page.js(f"document.activeElement.dataset.figure === '{VARIANCE}'")


def test_tab_leaves_the_panel_for_the_number_it_belongs_to(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    page.tab_to(HEADLINE)
    page.press(" ")
    opened_panel(page)
    page.press("Tab", shift=True)
    assert page.js("document.activeElement.matches('.key-figures data')")
    page.press("Enter")
    opened_panel(page)
    page.tab_to("here.matches('#lineage-panel a')")
    page.press("Tab")
    assert page.js("document.activeElement.matches('.key-figures data')")
    assert not page.js(f"{PANEL}.hidden")


def test_the_panel_is_a_named_dialog_that_leaves_the_page_alone(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    page.tab_to(HEADLINE)
    page.press("Enter")
    opened_panel(page)
    for name, expected in (("role", "dialog"), ("aria-labelledby", "lineage-title")):
        assert page.js(f"{PANEL}.getAttribute('{name}')") == expected
    assert not page.js(f"{PANEL}.hasAttribute('aria-modal')")
    assert page.js("document.querySelectorAll('article [inert]').length") == 0


def test_numbers_are_tab_stops_only_while_they_are_traced(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    stops = "[...document.querySelectorAll('article data[tabindex=\"0\"]')].length"
    before = page.js("document.querySelector('article section').outerHTML")
    assert page.js(stops) == 1
    page.tab_to(SWITCH)
    page.press("Enter")
    assert page.js(stops) == 1 + 1 + 2, "the headline, the number in prose, and each table once"
    page.tab_to(IN_TABLE)
    assert page.spoken() == ("button", "23,172")
    for key, name in (
        ("ArrowRight", "25,385"),
        ("ArrowRight", "minus 2,213, adverse"),
        ("ArrowRight", "minus 2,213, adverse"),
        ("ArrowDown", "minus 404, adverse"),
        ("Home", "12,521"),
        ("ArrowUp", "23,172"),
        ("End", "minus 2,213, adverse"),
    ):
        page.press(key)
        assert page.spoken() == ("button", name), key
    page.tab_to("here.closest('table')?.id === 'two'", 3)
    page.tab_to("here.closest('table')?.id === 'one'", 3, shift=True)
    assert page.spoken()[1] == "minus 2,213, adverse", "a table remembers where the reader was"
    page.press("Enter")
    assert "Prescribing, year to date variance" in opened_panel(page)
    page.press("Escape")
    page.tab_to(SWITCH, shift=True)
    page.press(" ")
    assert page.js("document.querySelector('article section').outerHTML") == before


def test_the_switch_is_kept_from_page_to_page(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    page.tab_to(SWITCH)
    page.press("Enter")
    page.js("location.assign('notebooks/02_position.html')")
    page.wait("document.title.startsWith('Position') && document.readyState === 'complete'")
    assert page.js("document.querySelector('.lineage-bar button').ariaPressed") == "true"


def test_a_click_opens_the_panel_on_the_side_away_from_the_number(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    for number, is_left in ((".key-figures data", False), ("#one td:last-child data", True)):
        x, y = middle_of(page, number)
        for event in ("mousePressed", "mouseReleased"):
            page.call("Input.dispatchMouseEvent", type=event, x=x, y=y, button="left", clickCount=1)
        opened_panel(page)
        assert (x > page.js("innerWidth") / 2) == is_left
        assert page.js(f"{PANEL}.classList.contains('on-left')") == is_left
        assert page.js(f"document.elementFromPoint({x}, {y}).tagName") == "DATA"
        page.press("Escape")


def in_window(page: Page, element: str) -> None:
    """Wait until an element is drawn, and all of it stands in the window.

    What is hidden has an empty box at the top of the window, so that a place alone says nothing.
    """
    page.wait(
        "(box => box.height > 0 && box.top >= 0 && box.bottom <= innerHeight)"
        f"({element}.getBoundingClientRect())"
    )


def middle_of(page: Page, selector: str) -> tuple[float, float]:
    """Where the middle of an element is in the window, once it is scrolled there."""
    found = f"document.querySelector('{selector}')"
    page.js(f"{found}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
    box = page.js(
        f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])"
        f"({found}.getBoundingClientRect())"
    )
    return box[0], box[1]


def test_the_panel_fits_a_narrow_screen_and_is_not_printed(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    page.size(320, 640)
    page.js("document.querySelector('.key-figures data').focus()")
    page.press("Enter")
    opened_panel(page)
    assert page.js(f"{PANEL}.scrollWidth <= {PANEL}.clientWidth")
    assert page.js("document.documentElement.scrollWidth") <= 320
    page.call("Emulation.setEmulatedMedia", media="print")
    for name in ("#lineage-panel", ".lineage-bar"):
        assert page.js(f"getComputedStyle(document.querySelector('{name}')).display") == "none"


def test_the_register_is_searched_and_followed_by_keyboard(book: Path, page: Page) -> None:
    page.open((book / "register.html").as_uri())
    found = "document.getElementById('register-found').textContent"
    page.wait(f"/^([\\d,]+) of \\1 figures$/.test({found})")
    total = page.js(f"{found}.split(' ')[0]")
    assert not page.js("document.querySelectorAll('#register-entries tr').length")
    page.tab_to("here.type === 'search' && here.id === 'register-words'")
    assert page.spoken() == ("searchbox", "Search the figures")
    page.write("Prescribing bromley YTD_variance")
    shown = "[...document.querySelectorAll('#register-entries tbody tr:not([hidden])')]"
    page.wait(f"!/^([\\d,]+) of \\1 figures$/.test({found})")
    assert page.js(f"{shown}.every(row => row.textContent.toLowerCase().includes('ytd_variance'))")
    ids = page.js(f"{shown}.map(row => row.id)")
    assert VARIANCE in ids
    assert 1 < len(ids) < 60
    assert page.js(found) == f"{len(ids)} of {total} figures"
    page.tab_to(f"here.closest('tr')?.id === '{VARIANCE}' && here.matches('a')", 120)
    page.press("Enter")
    budget = "position.bromley.prescribing.ytd_budget"
    page.wait(f"document.querySelector('.is-target')?.id === '{budget}'")
    assert page.js("document.activeElement.id") == budget
    in_window(page, "document.activeElement")
    assert page.js(f"document.getElementById('{budget}').innerText.includes('position.csv, row 6')")


def test_a_link_to_the_register_shows_the_entry(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    page.tab_to(HEADLINE)
    page.press("Enter")
    opened_panel(page)
    page.tab_to("here.matches('#lineage-panel a')")
    page.press("Enter")
    page.wait(f"document.querySelector('.is-target')?.id === '{VARIANCE}'")
    in_window(page, "document.activeElement")


def test_a_row_of_the_register_says_value_period_origin_and_checks(
    book: Path, page: Page, checks: tuple[Check, ...]
) -> None:
    page.open(f"{(book / 'register.html').as_uri()}#{VARIANCE}")
    page.wait(f"document.querySelector('.is-target')?.id === '{VARIANCE}'")
    cells = page.js("[...document.activeElement.cells].map(cell => cell.innerText)")
    assert cells[0].split() == ["Prescribing,", "year", "to", "date", "variance", VARIANCE]
    assert cells[1:3] == ["−£2,213,000", "2023/24 M06"]
    budget, actual = (VARIANCE.replace("variance", name) for name in ("budget", "actual"))
    assert cells[3] == f"{budget} - {actual}"
    agreed = [check for check in checks if VARIANCE in check.figures and check.status == "pass"]
    assert f"{len(agreed)} in agreement" in cells[4]
    failed = next(c for c in checks if c.status == "fail" and c.figures[0].startswith("overview."))
    page.js(f"location.hash = '{failed.figures[0]}'")
    page.wait(f"document.querySelector('.is-target')?.id === '{failed.figures[0]}'")
    assert f"not in agreement: {failed.title}" in page.js("document.activeElement.innerText")


def test_a_page_loads_of_the_register_what_it_shows(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    assert [url for url in page.requests if "/_static/register/" in url] == []
    page.tab_to(HEADLINE)
    page.press("Enter")
    opened_panel(page)
    parts = [url.rpartition("/")[2] for url in page.requests if "/_static/register/" in url]
    every = [file.name for file in (book / "_static" / "register").iterdir()]
    assert len(parts) == 1 < len(every)


@pytest.mark.parametrize("part", [False, True])
def test_a_book_without_its_register_says_so(
    book: Path, page: Page, tmp_path: Path, part: bool
) -> None:
    copy = shutil.copytree(book, tmp_path / "copy")
    static = copy / "_static"
    missing = sorted((static / "register").iterdir()) if part else [static / "register.js"]
    for file in missing:
        file.unlink()
    page.open((copy / "index.html").as_uri())
    page.tab_to(HEADLINE)
    page.press("Enter")
    name = "register/02_position" if part else "register.js"
    assert f"_static/{name}" in opened_panel(page)
    assert "of this book is missing" in opened_panel(page)
    page.press("Escape")
    assert page.js("document.activeElement.matches('.key-figures data')")
