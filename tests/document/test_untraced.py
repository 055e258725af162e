"""Numbers that no figure stands behind: named for the reviewer, marked in a draft."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from boardpack.document.blocks import (
    Block,
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Number,
    Picture,
    Row,
    Series,
    Table,
    Workings,
    untraced,
)
from boardpack.document.untraced import UNIT, marked_untraced, untraced_claim

TRACED = Number("(2)", "position.bromley.total.ytd_variance", "-2000", "minus 2", True)
TYPED = untraced("(7.5)", "-7.5", "minus 7.5")
COLUMNS = (Column("Line", "left"), Column("Variance"))
TABLE = Table("spend", "Spend", COLUMNS, (Row(("A", TRACED)), Row(("B", TYPED))), notes=("Note.",))
CHART = Chart(
    "c", "bar", "Spend by line", "Two bars.", ("A", "B"), (Series("x", (TRACED, TYPED)),), "£"
)
CARDS = KeyFigures(
    "heads", (KeyFigure("Spend", TRACED, "so far"), KeyFigure("Beds", TYPED, "so far"))
)
PICTURE = Picture("p", "image/png", "", "Beds fall", "Beds")
PRINTED = Narrative("t", "```\nbeds  1,204\nnurses 7.5 in Q2\n```")


@pytest.mark.parametrize(
    ("block", "count", "text"),
    [
        (TABLE, 1, "Table “Spend”: 1 untraced: (7.5)"),
        (
            replace(TABLE, rows=TABLE.rows * 4),
            4,
            "Table “Spend”: 4 untraced: (7.5), (7.5), (7.5) and more",
        ),
        (CHART, 1, "Chart “Spend by line”: 1 untraced: (7.5)"),
        (replace(CHART, target=TYPED), 2, "Chart “Spend by line”: 2 untraced: (7.5), (7.5)"),
        (CARDS, 1, "Headlines: 1 untraced: (7.5)"),
        (PICTURE, 1, "Picture “Beds”: a picture"),
        (replace(PICTURE, title=""), 1, "Picture “Beds fall”: a picture"),
        (PRINTED, 2, "Printed text: 2 untraced: 1,204, 7.5"),
    ],
)
def test_a_block_says_what_is_to_be_accepted(block: Block, count: int, text: str) -> None:
    claim = untraced_claim(block, 3)
    assert claim is not None
    assert (claim.line, claim.text, claim.value, claim.unit) == (3, text, Decimal(count), UNIT)
    assert claim.sentence.startswith(f"{text} (seal ")
    assert claim.status == "unsupported"


@pytest.mark.parametrize(
    "block",
    [
        replace(TABLE, rows=TABLE.rows[:1]),
        replace(CHART, series=(Series("x", (TRACED, None)),)),
        replace(CARDS, items=CARDS.items[:1]),
        Narrative("t", "```\nno number\n```"),
        Narrative("t", "Seven beds, 7.5 in all."),
        NotSupplied("n", "Beds", "7 beds"),
        Workings("w", (), ({"figure": "", "text": "7", "value": "7"},)),
    ],
)
def test_a_block_whose_numbers_are_all_figures_asks_for_nothing(block: Block) -> None:
    assert untraced_claim(block, 1) is None


def test_what_has_changed_is_to_be_accepted_anew() -> None:
    other = replace(TABLE, rows=(*TABLE.rows[:1], Row(("B", untraced("(7.5)", "-7.51")))))
    first, second = untraced_claim(TABLE, 1), untraced_claim(other, 1)
    assert first is not None
    assert second is not None
    assert first.text == second.text
    assert first.sentence != second.sentence


def test_a_table_is_marked_at_each_number_and_below() -> None:
    (marked,) = marked_untraced(TABLE)
    assert isinstance(marked, Table)
    assert [row.cells[1] for row in marked.rows] == [
        TRACED,
        replace(TYPED, text="(7.5)†", words="minus 7.5, untraced"),
    ]
    assert marked.notes == ("Note.", "† No figure stands behind this number.")


def test_a_chart_says_it_as_a_whole_to_eye_and_ear() -> None:
    (marked,) = marked_untraced(CHART)
    assert isinstance(marked, Chart)
    assert marked.unit == "£, † 1 of 2 numbers untraced"
    assert marked.alt == "Two bars. No figure stands behind 1 of its 2 numbers."
    assert marked.series == CHART.series


def test_a_headline_says_it_below() -> None:
    (marked,) = marked_untraced(CARDS)
    assert isinstance(marked, KeyFigures)
    assert marked.items[0] == CARDS.items[0]
    assert marked.items[1].number.text == "(7.5)†"
    assert marked.items[1].context == "so far † No figure stands behind this number."


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (PICTURE, "† No figure stands behind what this picture shows."),
        (PRINTED, "† No figure stands behind the numbers above."),
        (Narrative("t", "```\n7\n```"), "† No figure stands behind the number above."),
    ],
)
def test_a_picture_and_printed_text_are_followed_by_what_is_to_be_known(
    block: Block, said: str
) -> None:
    first, second = marked_untraced(block)
    assert first == block
    assert isinstance(second, Narrative)
    assert second.markdown == said
