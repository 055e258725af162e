"""What static charts share: colours, sizes, the frame around the plot, and axes.

Lengths are points, and a chart is placed at the size it was drawn, so 8.5 is 8.5 pt on paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from boardpack.core.design import colours, design, usual_design
from boardpack.document.blocks import Chart
from boardpack.outputs.prose import bare_text
from boardpack.outputs.typeface import FAMILY, printable

SHAPES = ("circle", "square", "triangle-up", "diamond")
FONT_SIZE = usual_design().type.chart_print
LINE_HEIGHT = 10.5
TICKS = 5
ONCE: dict[str, Any] = {"values": [{}]}
"""Data for a mark that is drawn once."""

Layer = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """The plot's size and the margins around it; all marks are placed within these."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    def spec(self, layers: Sequence[Layer]) -> Layer:
        """A whole Vega-Lite chart of these layers, of exactly this frame's size."""
        margins = {"left": self.left, "right": self.right, "top": self.top, "bottom": self.bottom}
        size = {"width": self.width, "height": self.height, "padding": margins, "autosize": "none"}
        return {**size, "background": None, "config": _config(), "layer": list(layers)}


def _config() -> Layer:
    paint = colours()
    return {
        "aria": False,
        "font": FAMILY,
        "view": {"stroke": None},
        "text": {
            "fontSize": FONT_SIZE,
            "color": paint.ink,
            "baseline": "middle",
            "lineHeight": LINE_HEIGHT,
        },
        "axis": {
            "labelFontSize": FONT_SIZE,
            "labelFontWeight": "normal",
            "labelColor": paint.ink,
            "labelLimit": 0,
            "labelLineHeight": LINE_HEIGHT,
            "labelOverlap": False,
            "labelAngle": 0,
            "labelPadding": 4,
            "gridColor": paint.rule,
            "gridWidth": 0.5,
            "domain": False,
            "ticks": False,
            "titleFontSize": FONT_SIZE,
            "titleFontWeight": "normal",
            "titleColor": paint.quiet,
        },
    }


def plain_ink() -> str:
    """The colour of what is neither good nor bad."""
    return colours().ink


def bold_when_adverse() -> Layer:
    """The weight of a label: bad news is bold."""
    return {"expr": f"datum.ink === '{colours().red}' ? 600 : 400"}


def halo() -> Layer:
    """White around a label, so that a line that passes does not cross it."""
    return {"stroke": colours().white, "strokeWidth": 3, "strokeJoin": "round"}


def text_of(text: str) -> str:
    """`text` as a chart shows it: numbers without their markers, characters that can be drawn.

    >>> text_of("Actual ⟦a.b.c.d|£2m⟧")
    'Actual £2m'
    """
    return printable(bare_text(text))


def colour(series: int) -> str:
    """The colour of the series at this place in the chart."""
    return design().series[series % len(design().series)]


def label_colour(series: int) -> str:
    """The colour of a label that stands on a mark of the series at this place."""
    return design().on_series[series % len(design().on_series)]


def ticks(low: float, high: float, count: int = TICKS) -> list[float]:
    """About `count` round values, from at or below `low` to at or above `high`.

    >>> ticks(-120, 900), ticks(0, 7)
    ([-250.0, 0.0, 250.0, 500.0, 750.0, 1000.0], [0.0, 2.0, 4.0, 6.0, 8.0])
    """
    rough = (high - low) / count or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


def number_axis(values: Sequence[float]) -> Layer:
    """An axis with a light grid, whose negative values stand in brackets as they do in tables."""
    places = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in values)
    size = f"format(abs(datum.value), ',.{places}f')"
    label = f"datum.value < 0 ? '(' + {size} + ')' : {size}"
    flat = {"title": None, "grid": True, "labelFlush": False}
    return {"values": list(values), "labelExpr": label, **flat}


def scale(low: float, high: float) -> Layer:
    """A linear scale over exactly this range."""
    return {"domain": [low, high], "nice": False, "zero": False}


def pixels(field: str) -> Layer:
    """A position that is already in points."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def paint(field: str) -> Layer:
    """A colour or a shape that the data names."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def target_text(chart: Chart) -> str:
    """What the reference line says.

    >>> from boardpack.document.blocks import Number
    >>> plan = Number("120", "a.b.c.d", "120")
    >>> target_text(Chart("c", "bar", "T", "", (), (), "£000s", target=plan))
    'Target 120'
    """
    value = chart.target.text if chart.target else ""
    return text_of(f"{chart.target_label or 'Target'} {value}")
