"""Lines over time, each named and valued where it ends, so that no key is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from boardpack.outputs.static_labels import Label, Point, beside_ends, over_points
from boardpack.outputs.static_style import (
    ADVERSE,
    FONT_SIZE,
    INK,
    LINE_HEIGHT,
    ONCE,
    SHAPES,
    Frame,
    Layer,
    colour,
    number_axis,
    paint,
    pixels,
    scale,
    text_of,
    ticks,
)
from boardpack.outputs.typeface import width, wrapped
from boardpack.paper.blocks import Chart, scaled

HEIGHT = 118.0
NAME_SHARE = 0.24
"""The most of a chart's width that the names at the lines' ends may take."""


def line_spec(chart: Chart, total: float) -> Layer:
    """Lines with marked points; a missing value breaks its line."""
    values = [float(scaled(n, chart.scale)) for s in chart.series for n in s.values if n]
    target = [] if chart.target is None else [float(scaled(chart.target, chart.scale))]
    marks = ticks(min([*values, *target], default=0.0), max([*values, *target], default=1.0))
    marks = marks if len(marks) > 1 else [marks[0], marks[0] + 1]
    left = max(width(f"({value:,g})", FONT_SIZE) for value in marks) + 6
    texts = [line for lines in _end_texts(chart, total) for line in lines]
    right = max((width(text, FONT_SIZE) for text in texts), default=0.0) + 10
    frame = Frame(total - left - right, HEIGHT, left, right, 18, 2 * LINE_HEIGHT + 6)
    return _Lines(chart, frame, marks, total).spec()


def _end_texts(chart: Chart, total: float) -> list[tuple[str, ...]]:
    """What stands at the end of each line: its name, where there are several, and last value."""
    found = []
    for series in chart.series:
        name = wrapped(text_of(series.name), FONT_SIZE, total * NAME_SHARE)
        last = [text_of(number.text) for number in series.values if number][-1:]
        found.append((*(name if len(chart.series) > 1 else ()), *last))
    return found


@dataclass(frozen=True)
class _Lines:
    """The layers of one line chart, within its frame."""

    chart: Chart
    frame: Frame
    marks: Sequence[float]
    total: float

    def spec(self) -> Layer:
        spec = self.frame.spec([*self._lines(), *self._target(), *self._labels()])
        spec["params"] = [{"name": "names", "value": self._names}]
        return spec

    @cached_property
    def _step(self) -> float:
        return self.frame.width / max(len(self.chart.categories) - 1, 1)

    @cached_property
    def _names(self) -> list[list[str]]:
        return [wrapped(text_of(c), FONT_SIZE, self._step) for c in self.chart.categories]

    @cached_property
    def _paths(self) -> list[list[Point | None]]:
        """Every line's points, at their places on the plot; None where a value is missing."""
        low, high = self.marks[0], self.marks[-1]
        size = self.frame.height / (high - low)
        return [
            [
                None
                if number is None
                else Point(
                    place * self._step,
                    (high - float(scaled(number, self.chart.scale))) * size,
                    text_of(number.text),
                    ADVERSE if number.adverse else INK,
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

    def _x(self) -> Layer:
        domain = scale(0, max(len(self.chart.categories) - 1, 1))
        names = {"values": self._shown(), "labelExpr": "names[datum.value]", "labelFlush": False}
        axis = {**names, "grid": False, "title": None}
        return {"field": "place", "type": "quantitative", "scale": domain, "axis": axis}

    def _y(self) -> Layer:
        above = {"titleX": -self.frame.left, "titleY": 3 - self.frame.top, "titleAngle": 0}
        axis = {**number_axis(self.marks, text_of(self.chart.unit)), **above}
        axis |= {"titleAlign": "left", "titleBaseline": "top"}
        domain = scale(self.marks[0], self.marks[-1])
        return {"field": "value", "type": "quantitative", "scale": domain, "axis": axis}

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
        ]
        at = {"x": self._x(), "y": self._y()}
        lines = {**at, "stroke": paint("stroke"), "detail": {"field": "series"}}
        dots = {**at, "fill": paint("stroke"), "shape": paint("shape")}
        dot = {"type": "point", "size": 22, "opacity": 1, "strokeWidth": 0}
        data = {"values": rows}
        return [
            {"data": data, "mark": {"type": "line", "strokeWidth": 1.75}, "encoding": lines},
            {"data": data, "mark": dot, "encoding": dots},
        ]

    def _labels(self) -> list[Layer]:
        if len(self._paths) == 1 and self._all_fit():
            return label_layers(over_points(self._paths[0]))
        texts = _end_texts(self.chart, self.total)
        return label_layers(beside_ends(self._paths, texts, self.frame))

    def _all_fit(self) -> bool:
        texts = [point.text for point in self._paths[0] if point]
        return max((width(text, FONT_SIZE) for text in texts), default=0.0) + 6 <= self._step

    def _target(self) -> list[Layer]:
        target = self.chart.target
        if target is None:
            return []
        y = {"datum": float(scaled(target, self.chart.scale)), "type": "quantitative"}
        text = f"{text_of(self.chart.target_label)} {text_of(target.text)}".strip()
        dashed = {"type": "rule", "color": INK, "strokeDash": [3, 2], "strokeWidth": 1}
        label = {"type": "text", "text": text, "align": "right", "dy": 6, "dx": -3}
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
    mark = {"type": "text", "align": align, "baseline": "top", "lineBreak": "\n"}
    halo = {**mark, "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}
    place = {"x": pixels("x"), "y": pixels("y"), "text": {"field": "text"}}
    data = {"values": rows}
    return [
        {"data": data, "mark": halo, "encoding": place},
        {"data": data, "mark": mark, "encoding": {**place, "color": paint("ink")}},
    ]
