"""What the search finds of a page: what is read there, under its heading, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.outputs.html.search_passages import Passage, passages_of, write_passages

TABLE = (
    '<table id="t"><caption id="t-caption">Position, £000s</caption>'
    "<thead><tr><th>Budget</th></tr></thead><tbody>"
    '<tr><th>Prescribing</th><td><span aria-hidden="true"><data value="-2213000">(2,213)</data>'
    '</span><span class="spoken" data-words="minus 2,213, adverse"></span></td></tr>'
    "</tbody></table>"
)
CARD = '<div class="card bad"><dt>Prescribing</dt><dd>£2.21m over</dd><dd>! Adverse</dd></div>'


def read(folder: Path, body: str) -> list[tuple[str, str, str]]:
    page = f'<article><section id="s"><h1>Summary<a class="headerlink">#</a></h1>{body}</section>'
    (folder / "index.html").write_text(f"{page}</article>", encoding="utf-8")
    title, *rest = passages_of(folder, "index.html")
    assert title == Passage("index.html", "s", "Summary", "Summary")
    return [(one.anchor, one.heading, one.text) for one in rest]


@pytest.mark.parametrize(
    ("body", "passages"),
    [
        ("<p>It is <data>£2.4m</data>\n over.</p>", [("s", "Summary", "It is £2.4m over.")]),
        ("<ul><li>One</li><li>Two</li></ul>", [("s", "Summary", "One"), ("s", "Summary", "Two")]),
        ("<ul><li><p>One</p><p>Two</p></li></ul>", [("s", "Summary", w) for w in ("One", "Two")]),
        (CARD, [("s", "Summary", "Prescribing £2.21m over ! Adverse")]),
        (
            TABLE,
            [
                ("t", "Position, £000s", "Position, £000s"),
                ("t", "Position, £000s", "Prescribing (2,213)"),
            ],
        ),
        (
            '<section id="w"><h2>Why</h2><p>So.</p></section>',
            [("w", "Why", "Why"), ("w", "Why", "So.")],
        ),
        (
            "<p>It <em>is</em> <b class='visually-hidden'>not</b>.</p>",
            [("s", "Summary", "It is .")],
        ),
    ],
)
def test_a_passage_is_what_is_read(
    tmp_path: Path, body: str, passages: list[tuple[str, str, str]]
) -> None:
    assert read(tmp_path, body) == passages


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert('no')</script>",
        "<noscript><p>no</p></noscript>",
        '<details class="workings"><p>no</p></details>',
        '<div class="meanings" hidden><p>no</p></div>',
        "<p hidden>no</p>",
        "<!-- no -->",
        "<svg><text>no</text></svg>",
    ],
)
def test_what_nobody_reads_as_part_of_the_paper_is_not_found(tmp_path: Path, body: str) -> None:
    assert read(tmp_path, body) == []


def test_pages_come_in_the_order_of_the_contents_and_the_register_has_its_own_search(
    tmp_path: Path,
) -> None:
    links = ("#", "notebooks/b.html", "notebooks/a.html", "register.html", "notebooks/b.html")
    nav = "".join(f'<a href="{link}">x</a>' for link in links)
    page = "<nav aria-label='Main'>{}</nav><article><h1>{}</h1></article>"
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_static").mkdir()
    for name in ("index", "notebooks/a", "notebooks/b", "register"):
        (tmp_path / f"{name}.html").write_text(page.format(nav, name), encoding="utf-8")
    write_passages(tmp_path)
    script = (tmp_path / "_static" / "passages.js").read_text("utf-8")
    assert script == (
        "window.boardpackPassages=[\n"
        '["index.html","","index","index"],\n'
        '["notebooks/b.html","","notebooks/b","notebooks/b"],\n'
        '["notebooks/a.html","","notebooks/a","notebooks/a"]\n'
        "];\n"
    )
