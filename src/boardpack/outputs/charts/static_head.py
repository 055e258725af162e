"""What stands above the plot of a static chart: its unit, and the key to its colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from boardpack.core.design import colours
from boardpack.document.blocks import Chart
from boardpack.outputs.charts.static_style import (
    FONT_SIZE,
    LINE_HEIGHT,
    ONCE,
    Frame,
    Layer,
    colour,
    paint,
    pixels,
    text_of,
)
from boardpack.outputs.typeface import width, wrapped

KEY_HEIGHT = 15.0
SWATCH, GAP = 12.0, 14.0
KEYLESS = frozenset({"line", "slope", "bullet", "multiples"})
"""Shapes whose marks are named where they stand."""
STEP_NAMES = ("Start and end", "Step", "Adverse step")


@dataclass(frozen=True)
class Entry:
    """One colour of the key, and where it stands."""

    x: float
    row: int
    fill: str
    name: str


@dataclass(frozen=True)
class Head:
    """The lines above a plot."""

    unit: tuple[str, ...]
    key: tuple[Entry, ...]

    @property
    def height(self) -> float:
        """The room that it needs."""
        rows = self.key[-1].row + 1 if self.key else 0
        return LINE_HEIGHT * len(self.unit) + KEY_HEIGHT * rows

    def layers(self, frame: Frame) -> list[Layer]:
        """The unit and the key, from the chart's left edge."""
        return [self._unit(frame), *self._key(frame)]

    def _unit(self, frame: Frame) -> Layer:
        style = {"align": "left", "baseline": "top", "lineBreak": "\n", "color": colours().quiet}
        mark = {"type": "text", "text": "\n".join(self.unit), **style}
        place = {"x": {"value": -frame.left}, "y": {"value": 1 - frame.top}}
        return {"data": ONCE, "mark": mark, "encoding": place}

    def _key(self, frame: Frame) -> list[Layer]:
        top = LINE_HEIGHT * len(self.unit) + 7 - frame.top
        rows = [
            {
                "x": entry.x + 4 - frame.left,
                "tx": entry.x + SWATCH - frame.left,
                "y": top + KEY_HEIGHT * entry.row,
                "text": entry.name,
                "fill": entry.fill,
            }
            for entry in self.key
        ]
        data = {"values": rows}
        swatch = {"x": pixels("x"), "y": pixels("y"), "fill": paint("fill")}
        label = {"x": pixels("tx"), "y": pixels("y"), "text": {"field": "text"}}
        mark = {"type": "point", "shape": "square", "size": 64, "strokeWidth": 0, "opacity": 1}
        return [
            {"data": data, "mark": mark, "encoding": swatch},
            {"data": data, "mark": {"type": "text", "align": "left"}, "encoding": label},
        ]


def head_of(chart: Chart, unit: str, total: float) -> Head:
    """The head of a chart that is `total` points wide; long lines run on below."""
    lines = tuple(wrapped(unit, FONT_SIZE, total)) if unit else ()
    return Head(lines, tuple(_placed(key_of(chart), total)))


def key_of(chart: Chart) -> list[tuple[str, str]]:
    """The colours that a reader must be told, each with its name; a single series needs none."""
    if chart.shape == "waterfall":
        steps = chart.series[0].values[1:-1]
        kinds = [True, *(any(n and n.adverse is bad for n in steps) for bad in (False, True))]
        names = zip((colour(0), colour(1), colours().red), STEP_NAMES, strict=True)
        return list(compress(names, kinds))
    if chart.shape in KEYLESS or len(chart.series) == 1:
        return []
    return [(colour(k), text_of(series.name)) for k, series in enumerate(chart.series)]


def _placed(key: Sequence[tuple[str, str]], total: float) -> Iterator[Entry]:
    x, row = 0.0, 0
    for fill, name in key:
        room = SWATCH + width(name, FONT_SIZE)
        if x and x + room > total:
            x, row = 0.0, row + 1
        yield Entry(x, row, fill, name)
        x += room + GAP
