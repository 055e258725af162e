"""Movement between two points on paper: a line for each series, its values at both ends."""

from __future__ import annotations

from boardpack.document.blocks import Chart, scaled
from boardpack.outputs.charts.static_head import head_of
from boardpack.outputs.charts.static_labels import GAP, Label, beside_ends, spread
from boardpack.outputs.charts.static_lines import HEIGHT, Lines, end_texts, label_layers
from boardpack.outputs.charts.static_style import FONT_SIZE, LINE_HEIGHT, Frame, Layer, text_of
from boardpack.outputs.typeface import width

LEAST_LEFT = 28.0
"""Room for the half of the first point's name that stands left of it."""


def slope_spec(chart: Chart, total: float) -> Layer:
    """Two points for each series; the labels give the numbers, so no axis is drawn."""
    sizes = [float(scaled(n, chart.scale)) for s in chart.series for n in s.values if n]
    low, high = min(sizes, default=0.0), max(sizes, default=0.0)
    starts = [width(text_of(s.values[0].text), FONT_SIZE) for s in chart.series if s.values[0]]
    left = max([LEAST_LEFT, *(start + GAP for start in starts)])
    ends = [width(line, FONT_SIZE) for lines in end_texts(chart, total) for line in lines]
    right = max(ends, default=0.0) + GAP + 4
    head = head_of(chart, text_of(chart.unit), total)
    top = head.height + LINE_HEIGHT + 5
    frame = Frame(total - left - right, HEIGHT, left, right, top, 3 * LINE_HEIGHT + 2)
    marks = (low, high if high > low else low + 1)
    return _Slope(chart, frame, head, marks, total).roomy().spec()


class _Slope(Lines):
    """The layers of a slope chart: those of lines, without an axis and with labels at both ends."""

    def x(self) -> Layer:
        """The names of the two points, below the lowest label that was moved to stand clear."""
        found = super().x()
        return {**found, "axis": {**found["axis"], "labelPadding": LINE_HEIGHT + 4}}

    def y(self) -> Layer:
        """No number axis."""
        return {**super().y(), "axis": None}

    def labels(self) -> list[Layer]:
        """The values where the lines start, and their names and values where they end."""
        starts = [path[0] for path in self.paths]
        before = [
            Label(p.x - GAP, p.y - LINE_HEIGHT / 2, (p.text,), p.ink, "right") for p in starts if p
        ]
        after = beside_ends(self.paths, end_texts(self.chart, self.total), self.frame)
        return label_layers([*spread(before, self.frame.height), *after])
