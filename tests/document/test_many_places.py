"""Which panels are drawn: all of eight, the largest of more, in the order that they have."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.document.blocks import Series
from boardpack.document.many_places import most_of


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ([], []),
        ([5], [0]),
        ([0] * 8, [0, 1, 2, 3, 4, 5, 6, 7]),
        ([9, 1, 8, 7, 6, 5, 4, 3, 2], [0, 2, 3, 4, 5, 6, 7, 8]),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], [1, 2, 3, 4, 5, 6, 7, 8]),
        ([4] * 9, [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_the_largest_are_kept(sizes: list[int], kept: list[int]) -> None:
    series = [Series(str(place), ()) for place in range(len(sizes))]
    found = most_of(series, lambda one: Decimal(sizes[int(one.name)]))
    assert [int(one.name) for one in found] == kept
