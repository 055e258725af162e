"""Pages read as they are seen: what is printed, what is said, what is hidden, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.audit.reader.html import read_html
from boardpack.audit.reader.passage import Passage


def passages(folder: Path, body: str) -> list[Passage]:
    """The passages of a page but for what it is built of as a whole."""
    page = folder / "page.html"
    page.write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", encoding="utf-8")
    frame = ("source", "elements", "classes", "tables beside the paper")
    return [one for one in read_html(page) if one.cells[0] not in frame]


def seen(folder: Path, body: str) -> list[tuple[str, ...]]:
    return [(one.kind, *one.cells) for one in passages(folder, body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One\n two <b>3</b>.</p><p>Four</p>", [("text", "One two 3."), ("text", "Four")]),
        ("<div>Before<p>within</p>after</div>",
         [("text", "Before"), ("text", "within"), ("text", "after")]),
        ("<ul><li>One<li>Two</ul>", [("text", "One"), ("text", "Two")]),
        ("<p>a<br>b<wbr>c</p>", [("text", "a bc")]),
        ("<h2>Head<a class='headerlink' href='#h'>#</a></h2>", [("text", "Head")]),
        ("<p>&pound;5&nbsp;m</p>", [("text", "£5 m")]),
        ("<p hidden>No</p>", [("look", "hidden", "hidden", "No")]),
        ("<p style='opacity: 0'>No</p>",
         [("look", "inline style of p", "opacity: 0"), ("look", "hidden", "opacity: 0", "No")]),
        ("<p>a<span hidden>No</span>b</p>", [("text", "ab"), ("look", "hidden", "hidden", "No")]),
        ("<p>a<span class='visually-hidden'>said</span></p>", [("text", "a"), ("aid", "said")]),
        ("<p>It is <data value='5000' data-figure='a.b'>5</data><span class='visually-hidden'>"
         " (adverse)</span> now</p>",
         [("text", "It is 5 now"), ("aid", "5", "(adverse)"), ("look", "tag", "5", "a.b", "5000")]),
        ("<p><span aria-hidden='true'><data value='-5' data-figure='a.b'>(5)</data></span>"
         "<span class='visually-hidden'>minus 5</span></p>",
         [("text", "(5)"), ("aid", "(5)", "minus 5"), ("look", "tag", "(5)", "a.b", "-5"),
          ("look", "unsaid", "(5)")]),
        ("<p><data value='5' data-figure='a.b'>5</data> and <b class='visually-hidden'>x</b></p>",
         [("text", "5 and"), ("aid", "x"), ("look", "tag", "5", "a.b", "5")]),
        ("<p title='Why'>a</p>", [("aid", "Why"), ("text", "a")]),
        ("<p>a <mark title='Why'>b</mark> c</p>", [("text", "a b c"), ("aid", "Why")]),
        ("<!-- away --><p>a</p>", [("look", "comment", "away"), ("text", "a")]),
        ("<a href='https://x.example/'>there</a>",
         [("text", "there"), ("look", "address of a", "https://x.example/")]),
        ("<a href='page.html#x'>here</a>", [("text", "here")]),
        ("<noscript><p>without</p></noscript>",
         [("look", "hidden", "shown without scripts alone", "without")]),
        ("<dialog>5</dialog><dialog open>6</dialog>",
         [("look", "hidden", "a dialog that is not open", "5"), ("text", "6")]),
        ("<details><summary>More</summary><p>5</p></details>", [("text", "More"), ("text", "5")]),
        ("<dl><div class='card'><dt>Year</dt><dd class='number'>(5)</dd><dd>over</dd></div></dl>",
         [("row", "Year", "(5)", "over")]),
    ],
)  # fmt: skip
def test_words(tmp_path: Path, body: str, expected: list[tuple[str, ...]]) -> None:
    assert seen(tmp_path, body) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><th>A<td>1<td>2", [("A", "1", "2")]),
        ("<tr><th rowspan=2>A<td colspan=2>G<tr><td>1<td>2", [("A", "G", "G"), ("A", "1", "2")]),
        ("<tr><td>1<td rowspan=3>B<td>3<tr><td>1<td>3<tr><td>1<td>3",
         [("1", "B", "3"), ("1", "B", "3"), ("1", "B", "3")]),
        ("<tr><td rowspan=2 colspan=2>A<td>3<tr><td>3", [("A", "A", "3"), ("A", "A", "3")]),
        ("<tbody><tr><td rowspan=9>A<td>1<tbody><tr><td>2", [("A", "1"), ("2",)]),
        ("<tr><td colspan=x>A<td colspan=0>B", [("A", "B")]),
        ("<tr><td>a<p>b</p><td>", [("a b", "")]),
        ("<tr hidden><td>1<tr><td>2", [("2",)]),
        ("<tr><td>1<td hidden>2<td>3", [("1", "3")]),
        ("<tbody style='visibility:collapse'><tr><td>1<tbody><tr><td>2", [("2",)]),
        ("<caption>C</caption><tr><td>1", [("1",)]),
    ],
)  # fmt: skip
def test_rows(tmp_path: Path, rows: str, expected: list[tuple[str, ...]]) -> None:
    """A row has a cell for each column, also where a cell spans or reaches down."""
    found = passages(tmp_path, f"<table>{rows}</table>")
    assert [one.cells for one in found if one.kind == "row"] == expected


def test_where_a_passage_stands(tmp_path: Path) -> None:
    body = "<p>a</p><h2>Head</h2><table><tr><td>1<tr><td>2</table><table><tr><td>3</table>"
    assert [one.where for one in passages(tmp_path, body)] == [
        "the top of the page",
        "‘Head’",
        "‘Head’, table 1, row 1",
        "‘Head’, table 1, row 2",
        "‘Head’, table 2, row 1",
    ]


@pytest.mark.parametrize(
    ("style", "is_hidden"),
    [
        ("display:none", True),
        ("DISPLAY : NONE", True),
        ("visibility:hidden", True),
        ("opacity:0", True),
        ("opacity: 0.0", True),
        ("opacity: 0.5", False),
        ("font-size:0", True),
        ("clip-path: inset(100%)", True),
        ("background:#12436D", False),
    ],
)
def test_styles_that_hide(tmp_path: Path, style: str, is_hidden: bool) -> None:
    found = seen(tmp_path, f"<p style='{style}'>a</p>")
    assert (("text", "a") not in found) == is_hidden


def test_two_pages_that_differ_in_spaces_alone_are_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    first.write_text('<html><head><script src="a.js?v=12ab"></script></head> <p>a b</p></html>')
    second.write_text('<html><head><script src="a.js?v=34cd"></script></head>\n<p>a\n b</p></html>')
    assert read_html(first) == read_html(second)


@pytest.mark.parametrize("content", [b"\xff\xfe<p>", b"", b"   "])
def test_what_is_no_page_is_refused(tmp_path: Path, content: bytes) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(content)
    with pytest.raises(ValueError, match=r"page\.html is damaged"):
        read_html(page)
