"""What outputs must show, read from the blocks of notebooks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from made_blocks import BARS, CARDS, TABLE, made, made_build, number

from boardpack.audit.reader.expected import read_expected


def test_a_table_is_its_rows_as_printed(tmp_path: Path) -> None:
    [table] = made(tmp_path, TABLE).tables
    assert table.caption == "Position, Bromley, £000s"
    assert table.heads == (
        ("", "To date", "To date", "Forecast"),
        ("", "Budget", "Variance", "Forecast"),
    )
    assert [line.cells for line in table.rows] == [
        ("Care",),
        ("Prescribing", "23,100", "(2,213)", ""),
        ("Acute", "900", "18", "-"),
        ("Total", "24,000", "(2,195)", ""),
    ]
    assert table.rows[1].numbers[2].value == Decimal(-2213000)
    assert table.rows[1].numbers[2].adverse
    assert table.needed


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("It is ⟦a.b|£2m⟧ *over*.", ["It is £2m over."]),
        ("It is ⟦a.b|(2|3)⟧\nover.", ["It is (2|3) over."]),
        ("Up ⟦a.b|*5*⟧ [here](x.html).", ["Up *5* here."]),
        ("One.\n\n- Two ⟦a.b|3⟧\n- Four", ["One.", "Two 3", "Four"]),
        ("## Bold\n\nPlain", ["Bold", "Plain"]),
        ("<b>As it is</b>", ["<b>As it is</b>"]),
        (
            "It is ⟪contradicted\ue001£3m over\ue001the figure is £2m⟫.",
            ["It is £3m over [contradicted by the figures]."],
        ),
        ("It is ⟪unsupported\ue001£3m\ue001none⟫.", ["It is £3m [no such figure]."]),
        ("Non\u00a0breaking soft\u00adhyphen", ["Non breaking softhyphen"]),
    ],
)
def test_prose_is_its_words(tmp_path: Path, markdown: str, words: list[str]) -> None:
    expected = made(tmp_path, {"kind": "narrative", "id": "a", "markdown": markdown})
    assert [text.words for text in expected.texts if text.needed] == words


def test_a_table_in_prose_is_a_table(tmp_path: Path) -> None:
    markdown = "Before.\n\n| A | B |\n|---|---|\n| x | ⟦a.b|(4)⟧ |\n\nAfter."
    expected = made(tmp_path, {"kind": "narrative", "id": "a", "markdown": markdown})
    [table] = expected.tables
    assert table.heads == (("A", "B"),)
    assert [line.cells for line in table.rows] == [("x", "(4)")]
    assert [text.words for text in expected.texts if text.needed] == ["Before.", "After."]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (number("(5)", "-5000", "minus 5", True), "minus 5, adverse"),
        (number("(5)", "-5000", "minus 5", False), "minus 5"),
        (number("5", "5000", None, True), "(adverse)"),
        (number("5", "5000", None, False), None),
    ],
)
def test_words_of_a_print(tmp_path: Path, shown: dict[str, object], said: str | None) -> None:
    rows = [{"kind": "line", "cells": ["Row", shown]}]
    columns = [{"label": "A"}, {"label": "B"}]
    expected = made(tmp_path, {**TABLE, "columns": columns, "rows": rows, "notes": []})
    assert expected.aids.get(str(shown["text"]), frozenset()) == ({said} if said else frozenset())


def test_headlines_and_charts(tmp_path: Path) -> None:
    expected = made(tmp_path, CARDS, BARS)
    [card], [chart] = expected.cards, expected.charts
    assert (card.label, card.number.text, card.words) == (
        "Year to date",
        "£2.2m over",
        ("9.6% over budget",),
    )
    assert chart.alt in expected.aids[chart.title]
    assert [table.needed for table in expected.tables] == [False]


def test_what_was_not_supplied_has_no_page_where_nothing_was(tmp_path: Path) -> None:
    blocks = [
        {"kind": "not_supplied", "id": name, "what": f"The {name}", "why": "No file."}
        for name in ("one", "other")
    ]
    alone = made(tmp_path / "alone", *blocks)
    beside = made(tmp_path / "beside", *blocks, TABLE)
    said = ["Not supplied: The one. No file.", "Not supplied: The other. No file."]
    assert not [text.words for text in alone.texts if text.needed]  # the assurance chapter names it
    assert [text.words for text in beside.texts if text.needed][:2] == said


def test_one_chapter_of_several(tmp_path: Path) -> None:
    expected = made(tmp_path)
    assert expected.of_chapters(["02_made"]) == expected
    other = expected.of_chapters(["03_other"])
    assert (other.tables, other.cards, other.charts) == ((), (), ())
    assert [text.words for text in other.texts] == [text.words for text in expected.texts]
    assert not any(text.needed for text in other.texts)


@pytest.mark.parametrize("damage", ["{", '{"cells": 3}', '{"cells": [{"cell_type": "code"}, 4]}'])
def test_a_damaged_notebook_is_named(tmp_path: Path, damage: str) -> None:
    build = made_build(tmp_path, TABLE)
    (build / "notebooks" / "02_made.ipynb").write_text(damage)
    with pytest.raises(ValueError, match=r"notebooks/02_made\.ipynb is damaged"):
        read_expected(build)
