"""Bars of a PDF held to their values: the long ones tell how long the others must be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.audit.reader.expected import Chart, Number, Series
from boardpack.audit.reader.hold_pictures import hold_pictures
from boardpack.audit.reader.passage import Passage

VALUES = {"300": 300, "310": 310, "320": 320, "(15,771)": -15771, "(16,737)": -16737}
TRUE = {"300": 6.3, "310": 6.5, "320": 6.7, "(15,771)": 328.0, "(16,737)": 348.1}
"""How long the bars are: the short ones were rounded up in drawing, by a hundredth of a point."""


def held(lengths: dict[str, float]) -> list[str]:
    numbers = tuple(
        Number(text, Decimal(value) * 1000, None, False) for text, value in VALUES.items()
    )
    names = tuple("abcde")
    chart = Chart(
        *("01", "c", "bar", "Ways", "", names, (Series("Year", numbers),), "£000s"),
        *(Decimal(1000), None, "", "", "bar"),
    )
    marks = [("", "", text, f"{length}") for text, length in lengths.items()]
    marks += [("", "", name, "") for name in names]
    passages = [Passage("page 1, picture 1", "chart", mark) for mark in marks]
    return [said for _, said in hold_pictures("paper.pdf", passages, [chart])]


def test_short_bars_that_are_coarse_do_not_say_that_long_ones_are_wrong() -> None:
    assert held(TRUE) == []


@pytest.mark.parametrize(
    ("label", "length", "named"),
    [("(15,771)", 300.0, "(15,771)"), ("(16,737)", 300.0, "(16,737)"), ("300", 12.0, "'300'")],
)
def test_a_bar_of_another_length_is_named(label: str, length: float, named: str) -> None:
    found = held({**TRUE, label: length})
    assert any(named in said and "points long" in said for said in found), found
