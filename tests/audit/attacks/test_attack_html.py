"""Attacks on pages of HTML: each is seen by the reader, and named where a block says otherwise."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import small_pages as small

from boardpack.audit.reader.downloads import hold_tables
from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_html import Found, hold_all_html, hold_html, pages_of
from boardpack.audit.reader.html import read_html

Change = Callable[[str], str]
HIDDEN_ROW = '<tr class="line">\n    <th scope="row" class="gt_row gt_left gt_stub">Prescribing'
ROW = re.compile(r'  <tr class="line">\n    <th[^>]*>Prescribing</th>.*?</tr>\n', re.DOTALL)
TABLE = re.compile(r'<table class="gt_table" id="position-table">.*?</table>', re.DOTALL)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.drawn_pictures(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    return small.write_build(tmp_path_factory.mktemp("honest"), pictures)


@pytest.fixture(scope="module")
def expected(honest: Path) -> Expected:
    return read_expected(honest)


def put(old: str, new: str) -> Change:
    """Other words in the place of the first that are found."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def swap(one: str, other: str) -> Change:
    """Two things that stand in the place of one another."""

    def change(text: str) -> str:
        assert text.index(one) < text.index(other)
        return text.replace(one, "\0", 1).replace(other, one, 1).replace("\0", other, 1)

    return change


def at(pattern: re.Pattern[str], make: Callable[[str], str]) -> Change:
    """Something else made of the first that is found."""

    def change(text: str) -> str:
        assert pattern.search(text)
        return pattern.sub(lambda found: make(found[0]), text, count=1)

    return change


def into_body(new: str) -> Change:
    """Something more at the end of the paper."""
    return put("</article>", f"{new}</article>")


def altered(honest: Path, folder: Path, file: str, change: Change) -> Path:
    """A copy of the build with one page altered."""
    build = folder / "build"
    shutil.copytree(honest, build)
    page = build / file
    page.write_text(change(page.read_text("utf-8")), encoding="utf-8", newline="\n")
    return build


def found_in(build: Path, expected: Expected) -> list[Found]:
    return hold_all_html(build, expected)[0]


def test_honest_pages_have_no_finding_whatever_their_text(honest: Path, expected: Expected) -> None:
    found, count = hold_all_html(honest, expected)
    assert found == []
    assert count > 1000


ATTACKS: dict[str, tuple[str, Change, str]] = {
    "a style sheet that hides a row": (
        small.POSITION,
        put("</head>", "<style>tr:nth-child(2){display:none}</style></head>"),
        "has a style sheet within it",
    ),
    "a second style sheet in the one page": (
        small.ONE_PAGE,
        into_body("<style>tbody{direction:rtl}</style>"),
        "has a style sheet within it",
    ),
    "a linked style sheet": (
        small.POSITION,
        put("</head>", '<link rel="stylesheet" href="more.css"></head>'),
        "style sheet (stylesheet): more.css: missing",
    ),
    "columns swapped by a style": (
        small.POSITION,
        put('<table class="gt_table"', '<table style="direction:rtl" class="gt_table"'),
        "inline style of table: direction:rtl",
    ),
    "a row hidden by its style": (
        small.POSITION,
        put(HIDDEN_ROW, HIDDEN_ROW.replace("<tr", '<tr style="display: none"')),
        "row 'Prescribing' of the table",
    ),
    "a row with the attribute hidden": (
        small.POSITION,
        put(HIDDEN_ROW, HIDDEN_ROW.replace("<tr", "<tr hidden")),
        "row 'Prescribing' of the table",
    ),
    "a row hidden by a class": (
        small.POSITION,
        put(HIDDEN_ROW, HIDDEN_ROW.replace('class="line"', 'class="line d-none"', 1)),
        "row 'Prescribing' of the table",
    ),
    "a row in a comment": (
        small.POSITION,
        at(ROW, lambda row: f"<!-- {row} -->"),
        "row 'Prescribing' of the table",
    ),
    "a number in white": (
        small.POSITION,
        put('<td class="gt_row gt_right"><data', '<td style="color:#fff" class="gt_row"><data'),
        "inline style of td: color:#fff",
    ),
    "an inline script": (
        small.POSITION,
        into_body("<script>document.body.innerHTML = '';</script>"),
        "inline script",
    ),
    "a script in the one page": (
        small.ONE_PAGE,
        into_body('<script>document.title = "x";</script>'),
        "inline script",
    ),
    "a script file": (
        small.POSITION,
        into_body('<script src="../_static/more.js"></script>'),
        "script: ../_static/more.js",
    ),
    "a script from elsewhere": (
        small.POSITION,
        into_body('<script src="https://x.example/a.js"></script>'),
        "script: /a.js: elsewhere",
    ),
    "a script more beside a chart": (
        small.POSITION,
        put("}]</script>", "}];document.title = ''</script>"),
        "inline script",
    ),
    "an event": (
        small.POSITION,
        put("<h1>", '<h1 onmouseover="this.remove()">'),
        "event onmouseover of h1",
    ),
    "a frame": (small.POSITION, into_body('<iframe src="x.html"></iframe>'), "embedded: iframe"),
    "a picture over the page": (
        small.POSITION,
        into_body('<img src="x.png" alt="">'),
        "embedded: img",
    ),
    "another base": (small.POSITION, put("<head>", '<head><base href="/x/">'), "address of base"),
    "another page at once": (
        small.POSITION,
        put("<head>", '<head><meta http-equiv="refresh" content="0;url=x.html">'),
        "instruction to the browser",
    ),
    "a link that runs a script": (
        small.POSITION,
        into_body('<a href="javascript:x()">more</a>'),
        "address of a",
    ),
    "an untagged number": (
        small.POSITION,
        into_body("<p>Reserves of £3.1m will cover it.</p>"),
        "reads 'Reserves of £3.1m will cover it.', which no block says.",
    ),
    "an untagged word": (small.INDEX, put("overspent", "underspent"), "underspent"),
    "a number of the commentary": (
        small.INDEX,
        put("The position worsened.", "The position worsened by £4m."),
        "worsened by £4m.",
    ),
    "a number in a table": (
        small.POSITION,
        put(">25,385</data>", ">24,385</data>"),
        "'24,385' where it should read '25,385'",
    ),
    "a number in a table with another tag": (
        small.POSITION,
        put(
            '"position.anytown.prescribing.ytd_actual">25,385',
            '"position.anytown.chc.ytd_actual">25,385',
        ),
        "'25,385' is tagged as position.anytown.chc.ytd_actual",
    ),
    "a number in the one page": (
        small.ONE_PAGE,
        put(">25,385</data>", ">24,385</data>"),
        "'24,385' where it should read '25,385'",
    ),
    "a lost sign": (
        small.POSITION,
        put(">(2,213)</data>", ">2,213</data>"),
        "'2,213' where it should read '(2,213)'",
    ),
    "the value of a tag": (
        small.POSITION,
        put('value="25385000"', 'value="24385000"'),
        "'25,385' carries the value 24385000",
    ),
    "a tag removed": (
        small.POSITION,
        at(re.compile(r"<data [^>]*>25,385</data>"), lambda _: "25,385"),
        "'25,385' is not tagged as position.anytown.prescribing.ytd_actual",
    ),
    "an alternative text": (
        small.POSITION,
        put('aria-label="Prescribing is far larger', 'aria-label="Prescribing is better'),
        "is said to a screen reader as 'Prescribing is better",
    ),
    "words for screen readers": (
        small.POSITION,
        put("minus 2,213, adverse", "2,213"),
        "'(2,213)' is said to a screen reader as '2,213'",
    ),
    "words for screen readers put elsewhere": (
        small.POSITION,
        put("minus 2,213, adverse", "minus 404, adverse"),
        "'(2,213)' is said to a screen reader as 'minus 404, adverse'",
    ),
    "a number kept from screen readers": (
        small.POSITION,
        at(
            re.compile(r"<data [^>]*>25,385</data>"),
            lambda data: f'<span aria-hidden="true">{data}</span>',
        ),
        "keeps '25,385' from screen readers",
    ),
    "row labels swapped": (
        small.POSITION,
        swap(">Prescribing</th>", ">Continuing Care Services</th>"),
        "reads 'Continuing Care Services' where it should read 'Prescribing'",
    ),
    "column heads swapped": (
        small.POSITION,
        swap('scope="col">Budget</th>', 'scope="col">Actual</th>'),
        "reads 'Actual' | 'Budget' where it should read 'Budget' | 'Actual'",
    ),
    "a second table with the first hidden": (
        small.POSITION,
        at(
            TABLE,
            lambda t: t.replace("<table", "<table hidden", 1) + t.replace(">25,385<", ">24,385<"),
        ),
        "'24,385' where it should read '25,385'",
    ),
    "the same table twice": (small.POSITION, at(TABLE, lambda t: t + t), "is shown a second time"),
    "a table left out": (
        small.POSITION,
        at(TABLE, lambda _: ""),
        "does not show the table 'Position of Anytown",
    ),
    "a headline": (
        small.INDEX,
        put(">(2,405)</data>", ">(1,405)</data>"),
        "does not show the headline 'Year to date', '(2,405)'",
    ),
    "good news flagged as bad": (
        small.POSITION,
        put(
            '<td class="gt_row gt_right"><data value="212000"',
            '<td><span class="flag" aria-hidden="true">!</span><data value="212000"',
        ),
        "'212' is flagged as bad news and is none",
    ),
    "hidden words": (
        small.POSITION,
        into_body("<p hidden>A surplus of £9m.</p>"),
        "has words that are hidden (hidden)",
    ),
    "a title that is shown under a pointer": (
        small.POSITION,
        put("<h1>", '<h1 title="The surplus is £9m.">'),
        "'The surplus is £9m.'",
    ),
    "a table that scripts put away": (
        small.POSITION,
        at(TABLE, lambda t: f"<noscript>{t}</noscript>"),
        "does not show the table 'Position of Anytown",
    ),
    "a table in a dialog that nobody opens": (
        small.POSITION,
        at(TABLE, lambda t: f"<dialog>{t}</dialog>"),
        "does not show the table 'Position of Anytown",
    ),
    "a table folded away": (
        small.POSITION,
        at(TABLE, lambda t: f"<details><summary>More</summary>{t}</details>"),
        "has details. among its classes",
    ),
    "a table beside the paper": (
        small.POSITION,
        put('<article class="bd-article">', '<table><tr><td>A</table><article class="bd-article">'),
        "tables beside the paper: 1",
    ),
    "a class that is not the paper's": (
        small.POSITION,
        put('<tr class="line">', '<tr class="line onlyprint">'),
        "has tr.onlyprint among its classes",
    ),
    "a class of another element": (
        small.POSITION,
        put('<tr class="line">', '<tr class="line meanings">'),
        "has tr.meanings among its classes",
    ),
    "an element that is not the paper's": (
        small.POSITION,
        into_body("<marquee>All is well.</marquee>"),
        "has marquee among its elements",
    ),
    "an element by the name of a part of the reader": (
        small.POSITION,
        into_body("<row>1</row><beside>2</beside>"),
        "has beside among its elements",
    ),
    "a script that begins as one of the book's": (
        small.POSITION,
        into_body(
            "<script>// Activate the search field on page load\n"
            'let searchInput = document.querySelector("form.bd-search input"); x();</script>'
        ),
        "inline script",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_seen_and_named(
    name: str, honest: Path, expected: Expected, tmp_path: Path
) -> None:
    file, change, said = ATTACKS[name]
    page = tmp_path / "page.html"
    page.write_text(change((honest / file).read_text("utf-8")), encoding="utf-8", newline="\n")
    passages = read_html(page)
    assert passages != read_html(honest / file)
    chapters = dict(pages_of(honest, expected))[file]
    found = hold_html(file, passages, expected.of_chapters(chapters))
    assert any(said in what for _, what in found), found


SEEN: dict[str, tuple[str, Change]] = {
    "words without a number": (small.POSITION, into_body("<p>All is well.</p>")),
    "a class": (small.POSITION, put('class="gt_row gt_right"', 'class="gt_row gt_left"')),
    "where a link leads": (small.ONE_PAGE, put('href="#chapter-02_position"', 'href="#content"')),
    "the colour of a bar": (small.ONE_PAGE, put('fill="#d5281b"', 'fill="#12436D"')),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_no_block_tells_is_seen(name: str, honest: Path, tmp_path: Path) -> None:
    """No block says how a page is made, so only another page can show the difference."""
    file, change = SEEN[name]
    page = tmp_path / "page.html"
    page.write_text(change((honest / file).read_text("utf-8")), encoding="utf-8", newline="\n")
    assert read_html(page) != read_html(honest / file)


def test_a_style_sheet_that_was_changed_is_seen_and_not_known(
    honest: Path, expected: Expected, tmp_path: Path
) -> None:
    link = '<link rel="stylesheet" href="../_static/content.css?v=1234"></head>'
    build = altered(honest, tmp_path, small.POSITION, put("</head>", link))
    sheet = build / "html" / "_static" / "content.css"
    sheet.parent.mkdir()
    sheet.write_text("td { color: red }")
    before = read_html(build / small.POSITION)
    known = {one.cells[2] for one in before if one.cells[0] == "style sheet (stylesheet)"}
    assert not [f for f in hold_all_html(build, expected, known)[0] if f[0] == small.POSITION]
    sheet.write_text("td { display: none }")
    assert read_html(build / small.POSITION) != before
    found = hold_all_html(build, expected, known)[0]
    assert any("../_static/content.css" in what for _, _, what in found)


def test_places_in_a_picture_that_nobody_sees_make_no_difference(
    honest: Path, tmp_path: Path
) -> None:
    number = re.compile(r'(?<=<path d="M)(\d+\.\d{4,})')
    moved = at(number, lambda found: f"{float(found) + 0.0000001}")
    build = altered(honest, tmp_path, small.ONE_PAGE, moved)
    page = build / small.ONE_PAGE
    assert page.read_bytes() != (honest / small.ONE_PAGE).read_bytes()
    assert read_html(page) == read_html(honest / small.ONE_PAGE)


def test_a_page_that_is_missing_and_one_that_is_damaged(
    honest: Path, expected: Expected, tmp_path: Path
) -> None:
    build = altered(honest, tmp_path, small.POSITION, lambda text: text)
    (build / small.ONE_PAGE).unlink()
    (build / small.POSITION).write_bytes(b"\xff\xfe\x00")
    found = found_in(build, expected)
    assert (small.ONE_PAGE, small.ONE_PAGE, "is missing.") in found
    assert any(file == small.POSITION and "is damaged" in what for file, _, what in found)


def test_a_chapter_without_its_page_is_looked_for_on_the_first(
    honest: Path, expected: Expected, tmp_path: Path
) -> None:
    build = altered(honest, tmp_path, small.POSITION, lambda text: text)
    (build / small.POSITION).unlink()
    found = found_in(build, expected)
    said = "does not show the table 'Position of Anytown"
    assert any(file == small.INDEX and said in what for file, _, what in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("25385000", "24385000", "reads '24385000' where the exact value is 25385000."),
        ("-2213000", "2213000", "reads '2213000' where the exact value is -2213000."),
        ("Prescribing", "Acute", "reads 'Acute' where its block says 'Prescribing'."),
        (
            "Budget",
            "Actual",
            "reads 'Year to date: Actual' where its block says 'Year to date: Budget'.",
        ),
        (",25385000", "", "has 5 cells where its block has 6."),
        (
            "\nPrescribing",
            "\nNew,1,2,3,4,5\nPrescribing",
            "has 9 lines where its block has 8 rows.",
        ),
    ],
)
def test_a_table_as_csv(
    old: str, new: str, said: str, honest: Path, expected: Expected, tmp_path: Path
) -> None:
    build = altered(honest, tmp_path, "html/tables/position-table.csv", put(old, new))
    assert ("html/tables/position-table.csv", said) in [
        (file, what) for file, _, what in hold_tables(build, expected)
    ]


def test_tables_as_csv_that_are_missing_or_more(
    honest: Path, expected: Expected, tmp_path: Path
) -> None:
    build = altered(honest, tmp_path, "html/tables/position-table.csv", lambda text: text)
    file = build / "html" / "tables" / "position-table.csv"
    file.rename(file.with_name("another.csv"))
    assert [(file, what) for file, _, what in hold_tables(build, expected)] == [
        ("html/tables/another.csv", "is a table that no block has."),
        ("html/tables/position-table.csv", "is missing."),
    ]
