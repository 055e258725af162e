"""Small multiples on paper: a small picture of each series, all on one scale, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape

from boardpack.core.design import colours
from boardpack.document.blocks import Chart
from boardpack.outputs.charts.static_bars import spans_spec
from boardpack.outputs.charts.static_lines import line_spec
from boardpack.outputs.charts.static_spans import bar_spans
from boardpack.outputs.charts.static_style import FONT_SIZE, LINE_HEIGHT, Layer, text_of
from boardpack.outputs.typeface import FAMILY, wrapped

LINE_PANEL = 40.0
LEAST_WIDTH = 150.0
GAP = 13.0

Draw = Callable[[Layer], str]


def panels_of(chart: Chart) -> tuple[Chart, ...]:
    """The chart of each panel; its unit is the panel's name, which stands above it."""
    return tuple(
        replace(
            chart,
            id=f"{chart.id}-{place}",
            shape=chart.panel,
            title=series.name,
            series=(series,),
            unit=series.name,
        )
        for place, series in enumerate(chart.series)
    )


def panels_svg(chart: Chart, total: float, draw: Draw) -> str:
    """The panels in rows, as many side by side as have room, under the unit of them all."""
    across = max(1, int((total + GAP) // (LEAST_WIDTH + GAP)))
    room = (total - GAP * (across - 1)) / across
    lines = wrapped(text_of(chart.unit), FONT_SIZE, total) if chart.unit else []
    top = LINE_HEIGHT * len(lines) + (6 if lines else 0)
    specs = [_panel(chart, panel, room) for panel in panels_of(chart)]
    parts = [*_head(lines)]
    for start in range(0, len(specs), across):
        row = specs[start : start + across]
        for place, spec in enumerate(row):
            corner = f'<svg x="{place * (room + GAP):g}" y="{top:g}" '
            parts.append(draw(spec).replace("<svg ", corner, 1))
        top += max(_height(spec) for spec in row) + GAP / 2
    return _svg(total, top, parts)


def _panel(chart: Chart, panel: Chart, room: float) -> Layer:
    if chart.panel == "line":
        return line_spec(panel, room, chart, LINE_PANEL)
    return spans_spec(panel, bar_spans(panel), room, bar_spans(chart))


def _head(lines: Sequence[str]) -> Iterator[str]:
    style = f'font-family="{escape(FAMILY)}" font-size="{FONT_SIZE:g}px" fill="{colours().quiet}"'
    for place, line in enumerate(lines):
        y = LINE_HEIGHT * (place + 1) - 2
        yield f'<text x="0" y="{y:g}" {style}>{escape(line)}</text>'


def _height(spec: Layer) -> float:
    around = spec["padding"]
    return float(spec["height"] + around["top"] + around["bottom"])


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
