"""Beside millions, nothing below a thousand pounds is told in a sentence."""

from __future__ import annotations

import pytest

from boardpack.document.blocks import mark
from boardpack.document.small_amounts import without_small_change

BIG = mark("a.b.c.d", "£2.21m overspent")


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("£950", "less than £1k"),
        ("£950 overspent", "less than £1k overspent"),
        ("an overspend of £3", "an overspend of less than £1k"),
        ("£1k", "£1k"),
        ("£950k", "£950k"),
        ("£9.50m", "£9.50m"),
        ("£1,950", "£1,950"),
        ("nil", "nil"),
        ("12", "12"),
    ],
)
def test_only_an_amount_below_a_thousand_is_said_less_exactly(printed: str, words: str) -> None:
    text = f"It is {BIG}, and {mark('a.b.c.e', printed)} beside."
    assert without_small_change(text, lambda _: True) == text.replace(printed, words)


def test_another_sentence_keeps_its_pounds() -> None:
    text = f"It is {BIG}. Another is {mark('a.b.c.e', '£950')}.\n- {mark('a.b.c.f', '£20')}"
    assert without_small_change(text, lambda _: True) == text


def test_a_price_keeps_its_pounds_and_so_does_a_paper_without_millions() -> None:
    text = f"It is {BIG} at {mark('a.b.c.e', '£950')} a week."
    assert without_small_change(text, lambda identity: identity == "a.b.c.d") == text
    small = f"{mark('a.b.c.e', '£950')} and {mark('a.b.c.f', '£4k')}"
    assert without_small_change(small, lambda _: True) == small
