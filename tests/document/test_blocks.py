"""The content model: what a block carries comes back whole, untraced numbers among it."""

from __future__ import annotations

import json

import pytest

from boardpack.document.blocks import (
    Block,
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    Number,
    Row,
    Series,
    Table,
    Working,
    Workings,
    block_from_json,
    block_json,
    numbers_in,
    untraced,
    untraced_in,
)

TRACED = Number("(2)", "position.bromley.total.ytd_variance", "-2000", "minus 2", True)
TYPED = untraced("(7.5)", "-7.5", "minus 7.5")
WITH_BOTH: tuple[Block, ...] = (
    Table(
        "spend",
        "Spend",
        (Column("Line", "left"), Column("Variance")),
        (Row(("Beds", TRACED)), Row(("Nurses", TYPED)), Row(("Total", ""), "total")),
    ),
    Chart("spend-chart", "bar", "Spend", "Spend", ("a", "b"), (Series("x", (TRACED, TYPED)),), "£"),
    KeyFigures("heads", (KeyFigure("Spend", TRACED), KeyFigure("Beds", TYPED))),
)


@pytest.mark.parametrize("block", WITH_BOTH, ids=lambda block: block.kind)
def test_an_untraced_number_comes_back_as_it_was(block: Block) -> None:
    assert block_from_json(json.loads(json.dumps(block_json(block)))) == block
    assert untraced_in(block) == (TYPED,)
    assert numbers_in(block) == (TRACED.figure,)


def test_an_untraced_number_is_none_of_a_figure() -> None:
    assert not TYPED.is_traced
    assert TRACED.is_traced


def test_each_untraced_number_counts_as_often_as_it_is_shown() -> None:
    rows = (Row(("a", TYPED, TYPED)), Row(("b", TYPED)))
    table = Table("t", "T", (Column("L", "left"), Column("x"), Column("y")), rows)
    assert untraced_in(table) == (TYPED,) * 3


def test_words_and_workings_hold_no_untraced_number() -> None:
    said = Narrative("n", "Seven beds cost 7.5.")
    workings = Workings("w", (Working("a.b", "A", "1", "= a.c"),), ({"figure": "", "id": "a.b"},))
    assert untraced_in(said) == ()
    assert untraced_in(workings) == ()
