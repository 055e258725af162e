"""A chart is a picture until it is touched, and printed it is the picture again.

Between, its values are read one by one, with what the register has of the same line.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_figures import made_figure

from boardpack.core.home import CHECKOUT
from boardpack.document.blocks import Chart, Number, Series, Workings
from boardpack.document.content import Chapter, Heading, Part
from boardpack.figures.register import Register
from boardpack.outputs.charts.static_chart import picture_name
from boardpack.outputs.html.book import build_html, stage_book
from boardpack.outputs.html.chart import set_pictures
from boardpack.outputs.html.register_page import Group, write_register_scripts
from devtools import Page
from standards import violations

LINE = "position.anytown.prescribing"
MONTHS = 36
SVG = '<svg role="img" aria-label="x" viewBox="0 0 340 90"><text y="40">A picture</text></svg>'
SLIDER = "document.querySelector('input[type=range]')"
BUTTON = "here.textContent === 'Explore this chart'"
PICTURES = "[...document.querySelectorAll('.chart .picture')].filter(it => it.checkVisibility())"
DRAWN = "[...document.querySelectorAll('.chart .main-svg')].filter(it => it.checkVisibility())"
THEME_SAYS = "[PST]: "


def chapters() -> tuple[Chapter, Chapter]:
    """A chart of three bars, one of them missing, and one of many months."""
    names = ("Prescribing", "Nothing", "Acute")
    variance = Number("(2,213)", f"{LINE}.ytd_variance", "-2213000")
    bars = Series("Variance", (variance, None, Number("75", "", "75000")))
    short = Chart("short", "bar", "Bars", "Bars", names, (bars,), "£000s", "1000")
    months = tuple(f"Month {place}" for place in range(MONTHS))
    items = Series("Items", tuple(Number(f"{n}", "", f"{n}") for n in range(MONTHS)))
    long = Chart("long", "line", "Months", "Months", months, (items,), "items")
    return (
        Chapter("01_summary", "Summary", (Heading(1, "Summary"), short, Workings("w", (), ()))),
        Chapter("02_months", "Months", (Heading(1, "Months"), long)),
    )


def register() -> Register:
    return Register(
        (
            made_figure(f"{LINE}.ytd_variance", -2213000, label="Prescribing, variance"),
            made_figure(f"{LINE}.ytd_budget", 23172000, label="Prescribing, budget <b>$"),
            made_figure(f"{LINE}_extra.ytd_budget", 5, label="Another, budget"),
        )
    )


@pytest.fixture(scope="module")
def unpictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book as `watch` compiles it: nobody has drawn its pictures."""
    folder = tmp_path_factory.mktemp("touched")
    parts = (Part("Board paper", chapters()),)
    stage_book(parts, CHECKOUT / "book", folder / "staged", "Paper", "Draft", True)
    build_html(folder / "staged", folder / "html", CHECKOUT / "_config.yml")
    group = Group("Summary", "index", tuple(figure.id for figure in register()))
    write_register_scripts(folder / "html", [group], register(), [])
    return folder / "html"


@pytest.fixture(scope="module")
def book(unpictured: Path) -> Path:
    """The same with its pictures."""
    pictures = unpictured.parent / "pictures"
    pictures.mkdir()
    for chart in ("short", "long"):
        for is_narrow in (False, True):
            (pictures / picture_name(chart, is_narrow)).write_text(SVG, encoding="utf-8")
    pictured = Path(shutil.copytree(unpictured, unpictured.parent / "pictured"))
    set_pictures(pictured, pictures)
    return pictured


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The browser, which stays quiet and off the network; its page is closed in the end."""
    tab.console.clear()
    tab.requests.clear()
    yield tab
    tab.call("Emulation.setEmulatedMedia", media="")
    tab.close()
    assert [line for line in tab.console if not line.startswith(THEME_SAYS)] == []
    assert [url for url in tab.requests if url.startswith(("http", "ws"))] == []


def has_plotly(page: Page) -> bool:
    return any(url.endswith("plotly.min.js") for url in page.requests)


def move_to(page: Page, selector: str) -> None:
    """The pointer goes over an element."""
    page.js(f"document.querySelector('{selector}').scrollIntoView({{block: 'center'}})")
    at = page.js(
        f"(b => [b.x + b.width / 2, b.y + b.height / 2])"
        f"(document.querySelector('{selector}').getBoundingClientRect())"
    )
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=at[0], y=at[1])


def explored(page: Page) -> None:
    """Press the chart's button, by keyboard, and wait until its values can be read."""
    page.tab_to(BUTTON, 90)
    page.press("Enter")
    page.wait(f"document.activeElement === {SLIDER}")


def test_a_pointer_that_passes_loads_nothing_and_one_that_rests_draws_the_chart(
    book: Path, page: Page
) -> None:
    page.open((book / "index.html").as_uri())
    assert page.js(f"{PICTURES}.length") == 1
    move_to(page, ".chart")
    move_to(page, "h1")
    page.js("new Promise(done => setTimeout(done, 600))")
    assert not has_plotly(page)
    assert page.js(f"{PICTURES}.length") == 1
    move_to(page, ".chart")
    page.wait(f"{DRAWN}.length > 0 && Boolean({SLIDER})")
    assert has_plotly(page)
    assert page.js(f"{PICTURES}.length") == 0


def test_its_values_are_read_by_keyboard_with_what_the_register_has(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    explored(page)
    assert page.spoken()[0] == "slider"
    said = f"{SLIDER}.getAttribute('aria-valuetext')"
    told = "document.querySelector('.chart-value').innerText.trim().split(/\\n+/)"
    assert page.js(said) == "Prescribing, Variance: (2,213)"
    assert page.js(told) == [
        "Prescribing, Variance: (2,213)",
        "Variance: −£2,213,000",
        "Budget <b>$: £23,172,000",
    ]
    for key, value in (
        ("ArrowDown", "Acute, Variance: 75"),
        ("ArrowDown", "Acute, Variance: 75"),
        ("ArrowUp", "Prescribing, Variance: (2,213)"),
        ("End", "Acute, Variance: 75"),
        ("Home", "Prescribing, Variance: (2,213)"),
    ):
        page.press(key)
        assert page.js(said) == value, key
    page.wait("Boolean(document.querySelector('.hoverlayer text'))")
    page.press("Tab")
    page.press("Enter")
    page.wait("document.activeElement.id === 'lineage-title'")
    assert f"{LINE}.ytd_variance" in page.js("document.getElementById('lineage-panel').innerText")
    page.press("Escape")
    assert page.js("document.activeElement.matches('.chart-value data')")


def test_a_tap_draws_the_chart_as_wide_as_a_phone(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri(), 390)
    shown = page.js(f"{PICTURES}.map(it => it.className)")
    assert shown == ["picture narrow"]
    page.js("document.querySelector('.chart').click()")
    page.wait(f"Boolean({SLIDER})")
    assert page.js("document.scrollingElement.scrollWidth") <= 390
    assert page.js("document.querySelector('.chart').scrollWidth") <= 390


@pytest.mark.usefixtures("npm_packages")
def test_a_chart_that_was_touched_breaks_no_accessibility_rule(book: Path, tab: Page) -> None:
    tab.open((book / "index.html").as_uri())
    explored(tab)
    assert violations(tab) == []
    tab.close()


def test_in_print_it_is_the_picture_again(book: Path, page: Page) -> None:
    page.open((book / "index.html").as_uri())
    explored(page)
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.js(f"{DRAWN}.length") == 0
    assert page.js(f"{PICTURES}.map(it => it.className)") == ["picture"]
    assert not page.js(f"{SLIDER}.checkVisibility()")


def test_a_long_series_is_looked_at_closer_and_a_short_one_is_not(book: Path, page: Page) -> None:
    page.open((book / "notebooks/02_months.html").as_uri())
    explored(page)
    axis = "document.querySelector('.live > div')._fullLayout.xaxis"
    span = f"({axis}.range[1] - {axis}.range[0])"
    names = "document.querySelectorAll('.xtick text').length"
    whole, few = page.js(span), page.js(names)
    page.tab_to("here.textContent === 'Closer'", 5)
    for _ in range(2):
        page.press("Enter")
    page.wait(f"{span} < {whole} / 3")
    page.wait(f"[...document.querySelectorAll('.xtick text')].length > 1 && {names} !== {few}")
    page.tab_to("here.textContent === 'Later'", 5)
    before = page.js(f"{axis}.range[0]")
    page.press("Enter")
    page.wait(f"{axis}.range[0] > {before}")
    page.tab_to("here.textContent === 'Wider'", 5, shift=True)
    for _ in range(3):
        page.press("Enter")
    page.wait(f"Math.abs({span} - {whole}) < 0.01")


def test_a_chart_without_its_picture_is_drawn_at_once(unpictured: Path, page: Page) -> None:
    page.open((unpictured / "index.html").as_uri())
    page.wait(f"{DRAWN}.length > 0 && Boolean({SLIDER})")


def test_a_book_without_the_library_says_so_and_keeps_its_picture(
    book: Path, page: Page, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(book, tmp_path / "copy"))
    (copy / "_static" / "plotly.min.js").unlink()
    page.open((copy / "index.html").as_uri())
    page.tab_to(BUTTON, 90)
    page.press("Enter")
    tools = "document.querySelector('.chart-tools').innerText"
    page.wait(f"{tools}.includes('_static/plotly.min.js of this book is missing')")
    page.press("Enter")
    page.js("new Promise(done => setTimeout(done, 300))")
    assert page.js(f"{tools}.split('is missing').length") == 2, "it is said once"
    assert page.js(f"{PICTURES}.length") == 1
