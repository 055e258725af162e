"""What is seen of charts and tables on paper, on a phone and in colours of the reader's own."""

from __future__ import annotations

import re
import subprocess
from base64 import b64decode
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from required import required_tool

from boardpack.core.design import usual_design
from devtools import Page
from standards import drawn, open_details, settle

PHONE = 390
PRINTED = 718
"""What A4 leaves between a browser's margins, in CSS pixels."""
A4 = {"paperWidth": 8.27, "paperHeight": 11.69}
SHOWN = "[...document.querySelectorAll('.chart .picture')].filter(it => it.checkVisibility())"
MARKS = f"""{SHOWN}.map(picture => {{
  const svg = picture.querySelector('svg'), frame = svg.getBoundingClientRect();
  const within = it => (b => b.left >= frame.left - 1 && b.right <= frame.right + 1 &&
    b.top >= frame.top - 1 && b.bottom <= frame.bottom + 1)(it.getBoundingClientRect());
  const bars = [...svg.querySelectorAll('.mark-rect path, .mark-symbol path')];
  const texts = [...svg.querySelectorAll('text')].filter(it => it.textContent.trim());
  return {{
    classes: picture.className, width: frame.width, right: frame.right,
    bars: bars.length,
    beyond: [...bars, ...texts].filter(it => !within(it)).map(it => it.outerHTML),
    words: texts.flatMap(it => it.children.length ? [...it.children] : [it])
      .map(it => it.textContent),
  }};
}})"""
CUT = "it => it.scrollWidth > it.clientWidth + 1"
TABLES = "[...document.querySelectorAll('.table-wrap')].filter(it => it.checkVisibility())"


def pages_with(whole_paper: Path, kind: str) -> list[Path]:
    """The pages that have a kind of thing; the paper as one page is one of them."""
    files = [*sorted((whole_paper / "html").rglob("*.html")), whole_paper / "board-paper.html"]
    found = [file for file in files if kind in file.read_text(encoding="utf-8")]
    assert len(found) > 15
    return found


def test_a_printed_page_has_every_bar_and_every_label_of_its_charts(
    whole_paper: Path, tab: Page, tmp_path: Path
) -> None:
    pdftotext = required_tool("pdftotext")
    charts = 0
    for file in pages_with(whole_paper, 'class="chart"'):
        tab.open(file.as_uri(), PRINTED)
        due = tab.js("document.querySelectorAll('.chart').length")
        tab.call("Emulation.setEmulatedMedia", media="print")
        settle(tab)
        marks: list[dict[str, Any]] = tab.js(MARKS)
        assert len(marks) == due, file.name
        charts += due
        for one in marks:
            assert one["classes"] == "picture", file.name
            assert one["right"] <= PRINTED, file.name
            assert one["beyond"] == [], file.name
            assert one["bars"], file.name
        printed = tab.call("Page.printToPDF", **A4)["data"]
        (tmp_path / "page.pdf").write_bytes(b64decode(printed))
        tab.call("Emulation.setEmulatedMedia", media="")
        tab.close()
        command = [pdftotext, "-layout", str(tmp_path / "page.pdf"), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        sheets = [words_of(sheet) for sheet in text.split("\f")]
        for one in marks:
            wanted = words_of(" ".join(one["words"]))
            assert any(wanted <= sheet for sheet in sheets), (file.name, one["words"])
    assert charts > 20


def words_of(text: str) -> set[str]:
    """The words and numbers of a text; a label over its halo may be read as one that is doubled."""
    found = re.findall(r"[\w£%,.()&'-]+", text)
    return {
        *found,
        *(word[: len(word) // 2] for word in found if word == word[: len(word) // 2] * 2),
    }


@pytest.mark.parametrize("page", ["html/notebooks/02_position.html", "board-paper.html"])
def test_bars_are_printed_in_their_colours(
    whole_paper: Path, tab: Page, tmp_path: Path, page: str
) -> None:
    tab.open((whole_paper / page).as_uri(), PRINTED)
    (tmp_path / "page.pdf").write_bytes(b64decode(tab.call("Page.printToPDF", **A4)["data"]))
    tab.close()
    command = [required_tool("pdftoppm"), "-r", "48", "-png", "page.pdf", "sheet"]
    subprocess.run(command, cwd=tmp_path, check=True)
    seen: Counter[tuple[int, ...]] = Counter()
    for sheet in tmp_path.glob("sheet*.png"):
        with Image.open(sheet) as dots:
            seen.update(dots.convert("RGB").get_flattened_data())
    for name in (usual_design().series[0], usual_design().series[1], usual_design().colours.red):
        assert seen[tuple(bytes.fromhex(name.removeprefix("#")))] > 100, name


def test_a_table_that_is_cut_on_a_phone_says_so_and_no_other_does(
    whole_paper: Path, tab: Page
) -> None:
    cut_tables = whole_tables = 0
    for file in pages_with(whole_paper, 'class="table-wrap"'):
        tab.open(file.as_uri(), PHONE)
        open_details(tab)
        settle(tab)
        cut: list[bool] = tab.js(f"{TABLES}.map({CUT})")
        for place, is_cut in enumerate(cut):
            if cut_tables > 60 and whole_tables > 60 and file.name == "board-paper.html":
                break  # the same tables as in the book
            table = f"{TABLES}[{place}]"
            assert says_more(tab, table) == is_cut, (file.name, place)
            cut_tables, whole_tables = cut_tables + is_cut, whole_tables + (not is_cut)
        tab.close()
    assert cut_tables > 20
    assert whole_tables > 20


def says_more(tab: Page, table: str) -> bool:
    """Whether the words at the edge of a table are seen: blue below its last row."""
    tab.js(f"{table}.scrollIntoView({{block: 'end', behavior: 'instant'}})")
    drawn(tab)  # on a busy machine a picture would be of the page before it moved
    box = tab.js(f"(b => [b.left, b.bottom - 17, b.width, 16])({table}.getBoundingClientRect())")
    x, y, width, height = box
    scrolled = tab.js("[scrollX, scrollY]")
    clip = {"x": x + scrolled[0], "y": y + scrolled[1], "width": width, "height": height}
    shot = tab.call("Page.captureScreenshot", clip={**clip, "scale": 1})["data"]
    with Image.open(BytesIO(b64decode(shot))) as dots:
        return any(
            blue > 150 and red < 60 for red, _, blue in dots.convert("RGB").get_flattened_data()
        )


def test_the_main_table_on_a_phone_never_ends_as_if_it_were_whole(
    whole_paper: Path, tab: Page
) -> None:
    tab.open((whole_paper / "html" / "notebooks" / "02_position.html").as_uri(), PHONE)
    settle(tab)
    first = f"{TABLES}[0]"
    assert tab.js(f"({CUT})({first})")
    assert says_more(tab, first)
    tab.close()


def test_charts_and_signs_are_seen_in_colours_of_the_readers_own(
    whole_paper: Path, tab: Page
) -> None:
    forced = [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-color-scheme", "value": "dark"},
    ]
    tab.open((whole_paper / "html" / "notebooks" / "02_position.html").as_uri())
    tab.call("Emulation.setEmulatedMedia", features=forced)
    settle(tab)
    ground = "getComputedStyle({}).backgroundColor"
    assert tab.js(ground.format("document.body")) == "rgb(0, 0, 0)"
    assert tab.js(ground.format("document.querySelector('.chart')")) == "rgb(255, 255, 255)"
    signs = "[...document.querySelectorAll('.fa-solid')].filter(it => it.checkVisibility())"
    assert tab.js(f"{signs}.length") >= 2
    painted = f"{signs}.map(it => getComputedStyle(it, '::before').backgroundColor)"
    assert set(tab.js(painted)) == {"rgb(255, 255, 255)"}
    tab.call("Emulation.setEmulatedMedia", features=[])
    tab.close()
