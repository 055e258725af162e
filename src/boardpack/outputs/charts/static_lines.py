"""Lines over time, each named and valued where it ends, so that no key is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

from boardpack.core.design import colours
from boardpack.document.blocks import Chart, Number, scaled
from boardpack.outputs.charts.static_head import Head, head_of
from boardpack.outputs.charts.static_labels import Label, Point, beside_ends, over_points
from boardpack.outputs.charts.static_style import (
    FONT_SIZE,
    LINE_HEIGHT,
    ONCE,
    SHAPES,
    Frame,
    Layer,
    bold_when_adverse,
    colour,
    halo,
    number_axis,
    paint,
    pixels,
    scale,
    target_text,
    text_of,
    ticks,
)
from boardpack.outputs.typeface import width, wrapped

HEIGHT, JOINED_HEIGHT = 86.0, 60.0
"""How high a plot is; one that leads over missing values has few points, and shares its page."""
TICK_HEIGHT = 17.0
NAME_SHARE = 0.24
"""The most of a chart's width that the names at the lines' ends may take."""
INDENT = 10.0
"""How far from the number axis the first point stands."""


def line_spec(
    chart: Chart, total: float, like: Chart | None = None, height: float | None = None
) -> Layer:
    """Lines with marked points; a missing value breaks its line, unless the chart is joined.

    `like` is the chart whose scale it takes, where it stands beside others of its kind.
    """
    height = height or (JOINED_HEIGHT if chart.joined else HEIGHT)
    values = _values(like or chart)
    marks = ticks(*_reach(values), count=max(2, int(height // TICK_HEIGHT)))
    left = max(width(f"({value:,g})", FONT_SIZE) for value in marks) + 6
    texts = [line for lines in end_texts(chart, total) for line in lines]
    right = max((width(text, FONT_SIZE) for text in texts), default=0.0) + 10
    head = head_of(chart, _unit(chart, marks[0]), total)
    top = head.height + LINE_HEIGHT + 5
    frame = Frame(total - left - right, height, left, right, top, 2 * LINE_HEIGHT + 2)
    return Lines(chart, frame, head, marks, total).roomy().spec()


def _values(chart: Chart) -> list[float]:
    """All that the number axis must reach."""
    numbers = [number for series in chart.series for number in series.values]
    return [float(scaled(n, chart.scale)) for n in (*numbers, chart.target) if n is not None]


def _unit(chart: Chart, lowest: float) -> str:
    """The unit, and whether the axis starts elsewhere; a page that says the one says the other."""
    unit = text_of(chart.unit)
    return f"{unit} (the axis does not start at zero)" if lowest > 0 and unit else unit


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """The ends of the number axis, which starts at zero unless the lines vary little."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    steady = low > 0 and high - low <= high / 4
    low, high = (low if steady else min(low, 0.0)), max(high, 0.0)
    return low, high if high > low else low + 1


def end_texts(chart: Chart, total: float) -> list[tuple[str, ...]]:
    """What stands at the end of each line: its name, where there are several, and last value."""
    found = []
    for series in chart.series:
        name = [text_of(series.name)] if len(chart.series) > 1 else []
        last = [text_of(number.text) for number in series.values if number][-1:]
        text = " ".join([*name, *last])
        found.append(tuple(wrapped(text, FONT_SIZE, total * NAME_SHARE)))
    return found


def _half(lines: Sequence[str]) -> float:
    """Half of what a name is wide, and a little more: the renderer rounds."""
    return max((width(line, FONT_SIZE) for line in lines), default=0.0) / 2 + 1


@dataclass(frozen=True)
class Lines:
    """The layers of one line chart, within its frame."""

    chart: Chart
    frame: Frame
    head: Head
    marks: Sequence[float]
    total: float

    def spec(self) -> Layer:
        """The whole chart: lines, target, labels and key."""
        head = self.head.layers(self.frame)
        spec = self.frame.spec([*self._lines(), *self._target(), *self.labels(), *head])
        spec["params"] = [{"name": "names", "value": self._names}]
        return spec

    def roomy(self) -> Lines:
        """The same with margins in which the first and the last category's name have room.

        A name stands in the middle below its point, so that half of it reaches beyond the plot.
        """
        left, right = self.frame.left, self.frame.right
        shown, names = self._shown(), self._names
        if 0 in shown:
            left = max(left, _half(names[0]) - INDENT)
        if shown:
            right = max(right, _half(names[-1]))
        if (left, right) == (self.frame.left, self.frame.right):
            return self
        plot = self.total - left - right
        return replace(self, frame=replace(self.frame, width=plot, left=left, right=right))

    @cached_property
    def _step(self) -> float:
        return (self.frame.width - INDENT) / max(len(self.chart.categories) - 1, 1)

    @cached_property
    def _names(self) -> list[list[str]]:
        return [wrapped(text_of(c), FONT_SIZE, self._step) for c in self.chart.categories]

    @cached_property
    def paths(self) -> list[list[Point | None]]:
        """Every line's points, at their places on the plot; None where a value is missing."""
        low, high = self.marks[0], self.marks[-1]
        size = self.frame.height / (high - low)
        return [
            [
                None
                if number is None
                else Point(
                    INDENT + place * self._step,
                    (high - float(scaled(number, self.chart.scale))) * size,
                    text_of(number.text),
                    colours().red if number.is_red else colours().ink,
                )
                for place, number in enumerate(series.values)
            ]
            for series in self.chart.series
        ]

    def _shown(self) -> list[int]:
        """The categories that are named: all, or as many as fit, counted from the latest."""
        widest = max(width(line, FONT_SIZE) for lines in self._names for line in lines)
        every = max(1, ceil((widest + 4) / self._step))
        last = len(self.chart.categories) - 1
        return [place for place in range(last + 1) if (last - place) % every == 0]

    def x(self) -> Layer:
        """The axis of the categories."""
        ends = scale(0, max(len(self.chart.categories) - 1, 1))
        domain = {**ends, "range": [INDENT, self.frame.width]}
        names = {"values": self._shown(), "labelExpr": "names[datum.value]", "labelFlush": False}
        axis = {**names, "grid": False, "title": None}
        return {"field": "place", "type": "quantitative", "scale": domain, "axis": axis}

    def y(self) -> Layer:
        """The number axis."""
        domain = scale(self.marks[0], self.marks[-1])
        kind = {"field": "value", "type": "quantitative", "scale": domain}
        return {**kind, "axis": number_axis(self.marks)}

    def _lines(self) -> list[Layer]:
        rows = [
            {
                "place": place,
                "series": index,
                "value": None if number is None else float(scaled(number, self.chart.scale)),
                "stroke": colour(index),
                "shape": SHAPES[index % len(SHAPES)],
            }
            for index, series in enumerate(self.chart.series)
            for place, number in enumerate(series.values)
            if number is not None or not self.chart.joined
        ]
        at = {"x": self.x(), "y": self.y()}
        lines = {**at, "stroke": paint("stroke"), "detail": {"field": "series"}}
        dots = {**at, "fill": paint("stroke"), "shape": paint("shape")}
        dot = {"type": "point", "size": 22, "opacity": 1, "strokeWidth": 0}
        data = {"values": rows}
        return [
            {"data": data, "mark": {"type": "line", "strokeWidth": 1.75}, "encoding": lines},
            {"data": data, "mark": dot, "encoding": dots},
        ]

    def labels(self) -> list[Layer]:
        """The values at the points of a single line, or what each line says at its end."""
        if len(self.paths) == 1 and self._all_fit():
            return label_layers(over_points(self.paths[0], self.frame))
        texts = end_texts(self.chart, self.total)
        paths = [[p for p in path if p or not self.chart.joined] for path in self.paths]
        return label_layers(beside_ends(paths, texts, self.frame))

    def _all_fit(self) -> bool:
        texts = [point.text for point in self.paths[0] if point]
        return max((width(text, FONT_SIZE) for text in texts), default=0.0) + 6 <= self._step

    def _is_low(self, target: Number) -> bool:
        """Whether a label below the target would run into the names of the categories."""
        low, high = self.marks[0], self.marks[-1]
        room = (float(scaled(target, self.chart.scale)) - low) / (high - low) * self.frame.height
        return room < 2 * LINE_HEIGHT

    def _target(self) -> list[Layer]:
        target = self.chart.target
        if target is None:
            return []
        y = {**self.y(), "datum": float(scaled(target, self.chart.scale))}
        del y["field"]
        dashed = {"type": "rule", "color": colours().ink, "strokeDash": [3, 2], "strokeWidth": 1}
        label = {
            "type": "text",
            "text": target_text(self.chart),
            "align": "right",
            "dy": -6 if self._is_low(target) else 6,
            "dx": -3,
        }
        edge = {"value": self.frame.width}
        return [
            {"data": ONCE, "mark": dashed, "encoding": {"y": y}},
            {"data": ONCE, "mark": label, "encoding": {"x": edge, "y": y}},
        ]


def label_layers(labels: Sequence[Label]) -> list[Layer]:
    """Labels over a white halo, so that a line behind a label does not cross it out."""
    rows = [
        {"x": at.x, "y": at.top, "text": "\n".join(at.lines), "ink": at.ink, "align": at.align}
        for at in labels
    ]
    align = {"expr": "datum.align"}
    mark: Layer = {"type": "text", "align": align, "baseline": "top", "lineBreak": "\n"}
    mark |= {"fontWeight": bold_when_adverse()}
    behind = {**mark, **halo()}
    place = {"x": pixels("x"), "y": pixels("y"), "text": {"field": "text"}}
    data = {"values": rows}
    return [
        {"data": data, "mark": behind, "encoding": place},
        {"data": data, "mark": mark, "encoding": {**place, "color": paint("ink")}},
    ]
