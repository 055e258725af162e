"""Labels of a line chart: none stands over another, whatever the lines do."""

from __future__ import annotations

from itertools import pairwise

import pytest

from boardpack.outputs.charts.static_labels import Point, beside_ends
from boardpack.outputs.charts.static_style import LINE_HEIGHT, Frame

HEIGHT = 120


@pytest.mark.parametrize("heights", [(60.0, 60.0), (60.0, 61.0, 60.0), (0.0, 0.0), (118.0, 118.0)])
def test_lines_that_end_early_at_one_place_have_labels_apart(heights: tuple[float, ...]) -> None:
    frame = Frame(300, HEIGHT, 0, 0, 0, 0)
    paths = [(Point(10.0, y, "50"), None) for y in heights]
    texts = [(f"line {number}", "50") for number in range(len(heights))]
    tops = sorted(label.top for label in beside_ends(paths, texts, frame))
    assert len(tops) == len(heights)
    assert all(below - above >= LINE_HEIGHT for above, below in pairwise(tops))
    assert tops[0] >= 0
    assert tops[-1] + LINE_HEIGHT <= HEIGHT
