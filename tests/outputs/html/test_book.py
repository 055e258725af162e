"""The book: staged from the content, compiled by Jupyter Book, the same bytes every time."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

import sample_paper as sample
from boardpack.core.errors import BuildFault
from boardpack.document.blocks import numbers_in
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.html.book import build_html, stage_book
from boardpack.outputs.html.pages import page_of

PROJECT = Path(__file__).resolve().parents[3]
BOOK, CONFIG = PROJECT / "book", PROJECT / "_config.yml"
ASSET = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=\"([^\"]*)\"")


def stage(folder: Path, parts: Iterable[Part] = sample.PARTS) -> Path:
    stage_book(tuple(parts), BOOK, folder, sample.TITLE, sample.STATUS)
    return folder


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stage(tmp_path_factory.mktemp("book") / "staged")


@pytest.fixture(scope="module")
def built(staged: Path) -> Path:
    out = staged.parent / "html"
    build_html(staged, out, CONFIG)
    return out


def pages(built: Path) -> dict[str, str]:
    found = sorted(built.rglob("*.html"))
    return {file.relative_to(built).as_posix(): file.read_text("utf-8") for file in found}


def test_the_first_chapter_is_the_first_page(staged: Path) -> None:
    assert page_of(sample.SUMMARY, sample.PARTS) == "index"
    assert page_of(sample.CASH, sample.PARTS) == "notebooks/18_cash"
    assert yaml.safe_load((staged / "_toc.yml").read_text("utf-8")) == {
        "format": "jb-book",
        "root": "index",
        "parts": [
            {"caption": "Board paper", "chapters": [{"file": "notebooks/02_position"}]},
            {"caption": "Appendix: the ICB report", "chapters": [{"file": "notebooks/18_cash"}]},
        ],
    }


def test_staged_notebooks_hold_html_alone(staged: Path) -> None:
    for file in staged.rglob("*.ipynb"):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            assert [list(o["data"]) for o in cell.get("outputs", ())] in ([], [["text/html"]])


def test_nothing_in_a_heading_is_markdown(staged: Path) -> None:
    notebook = json.loads((staged / "index.ipynb").read_text("utf-8"))
    assert notebook["cells"][2]["source"].startswith(
        r"## In words \<script\>alert\(1\)\<\/script\> \{\{ 1 \}\} \[x\]"
    )


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = Chapter("01_x", "X", (Heading(1, "X"), sample.TABLE, sample.TABLE))
    with pytest.raises(BuildFault, match="01_x has two tables or charts named 'position-table'"):
        stage(tmp_path / "staged", [Part("P", (twice,))])


def test_the_book_has_a_page_for_every_chapter(built: Path) -> None:
    found = pages(built)
    assert set(found) == {
        "index.html",
        "search.html",
        "notebooks/02_position.html",
        "notebooks/18_cash.html",
    }
    assert f"<title>Summary &#8212; {sample.TITLE}</title>" in found["index.html"]
    assert all('<html lang="en-GB"' in text for text in found.values())
    assert all(text.count("<h1") == 1 for text in found.values())


def test_every_page_says_its_status_and_is_read_on_white(built: Path) -> None:
    for name, text in pages(built).items():
        places = 1 if name == "search.html" else 2
        assert text.count(f'<p class="paper-status">{sample.STATUS}</p>') == places
        assert 'dataset.mode = "light"' in text
        assert "localStorage" not in text


def test_every_number_of_the_content_is_tagged_in_its_page(built: Path) -> None:
    for part in sample.PARTS:
        for chapter in part.chapters:
            text = (built / f"{page_of(chapter, sample.PARTS)}.html").read_text("utf-8")
            tagged = set(re.findall('data-figure="([^"]*)"', text))
            assert tagged == {name for block in chapter.blocks for name in numbers_in(block)}


def test_hostile_text_is_shown_and_not_run(built: Path) -> None:
    for name, text in pages(built).items():
        scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL)
        assert not [body for body in scripts if body.strip() == "alert(1)"], name
    index = pages(built)["index.html"]
    assert html.escape(sample.HOSTILE, quote=False) in index.replace("&quot;", '"')


def test_no_page_asks_the_network_for_anything(built: Path) -> None:
    for name, text in pages(built).items():
        for address in ASSET.findall(text):
            assert not re.match(r"(?:\w+:)?//", address), (name, address)
        assert "MathJax" not in text, name
        assert "thebe" not in text, name
    styles = [file.read_text("utf-8") for file in built.rglob("*.css")]
    assert not [rule for css in styles for rule in re.findall(r"url\(\s*[\"']?https?:", css)]
    assert not [css for css in styles if re.search(r"@import\s+[\"']https?:", css)]


def test_every_asset_is_in_the_folder(built: Path) -> None:
    for name, text in pages(built).items():
        for address in ASSET.findall(text):
            file = (built / name).parent / re.split("[?#]", address)[0]
            assert file.exists(), (name, address)


def test_no_page_loads_the_chart_library_or_the_script_of_signs(built: Path) -> None:
    for name, text in pages(built).items():
        assert "plotly.min.js" not in text, name
        assert "fontawesome" not in text, name
    assert not [file for file in built.rglob("*fontawesome*") if file.is_file()]
    assert (built / "_static" / "plotly.min.js").is_file()


def test_every_sign_of_the_themes_has_its_shape(built: Path) -> None:
    shown = {sign for text in pages(built).values() for sign in re.findall(r"\bfa-[a-z-]+", text)}
    styles = (BOOK / "_static" / "signs.css").read_text("utf-8")
    drawn = re.findall(r"^\.(fa-[a-z-]+) \{\n  --sign: url", styles, re.MULTILINE)
    assert shown - {"fa-solid", "fa-lg"} == set(drawn)


def test_ids_are_single_in_every_page(built: Path) -> None:
    for name, text in pages(built).items():
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name


def test_the_same_content_gives_the_same_bytes_elsewhere(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "another place" / "html"
    build_html(stage(tmp_path / "another place" / "deeper" / "staged"), again, CONFIG)
    first, second = (
        {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}
        for root in (built, again)
    )
    assert first == second
    folders = [str(PROJECT).encode(), str(built.parent).encode()]
    assert not [name for name, data in first.items() if any(f in data for f in folders)]


def test_a_fault_says_what_jupyter_book_said(tmp_path: Path) -> None:
    skipping = Chapter("01_x", "X", (Heading(1, "X"), Heading(3, "Y"), sample.WORDS))
    folder = stage(tmp_path / "staged", [Part("P", (skipping,))])
    with pytest.raises(BuildFault, match=r"index\.ipynb.*Non-consecutive header level") as fault:
        build_html(folder, tmp_path / "html", CONFIG)
    assert str(tmp_path) not in str(fault.value)
    assert "\x1b" not in str(fault.value)
    assert not (tmp_path / "html").exists()


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_pages_are_those_of_the_theme_that_lists_them_itself(
    tmp_path: Path, count: int
) -> None:
    """A book of one page, of one part and of more, with whatever a title may hold."""
    titles = ("Summary", 'What\'s "so" & <b>\xa0so</b>', "*A* `b` {{ c }}", "Care — più")
    chapters = [Chapter(f"0{n}_x", title, (Heading(1, title),)) for n, title in enumerate(titles)]
    parts = [
        Part("Board's <paper>", tuple(chapters[:2])),
        Part("Annex & more", tuple(chapters[2:])),
    ]
    wanted = [Part(part.title, part.chapters[:count]) for part in parts[: max(1, count // 2)]]
    staged = stage(tmp_path / "staged", wanted)
    shutil.copytree(BOOK / "_ext", tmp_path / "book" / "_ext")
    config = Path(shutil.copy(CONFIG, tmp_path))
    (tmp_path / "book" / "_ext" / "templates" / "sbt-sidebar-nav.html").unlink()
    build_html(staged, tmp_path / "ours", CONFIG)
    shutil.rmtree(staged / "_build")
    build_html(staged, tmp_path / "theirs", config)
    assert len(pages(tmp_path / "ours")) == count + 1
    assert pages(tmp_path / "ours") == pages(tmp_path / "theirs")


def test_no_page_brings_the_search_of_the_theme(built: Path) -> None:
    names = {file.name for file in built.rglob("*.js")}
    assert names.isdisjoint({"searchindex.js", "searchtools.js", "language_data.js"})
    assert not [text for text in pages(built).values() if "searchtools" in text]
