"""A chart of lines as a native one: points marked and told apart by shape, a target dashed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from boardpack.core.design import colours
from boardpack.document.blocks import Chart
from boardpack.outputs.charts.static_spans import amount
from boardpack.outputs.charts.static_style import colour as series_colour
from boardpack.outputs.charts.static_style import target_text, ticks
from boardpack.outputs.slides.chart import LEGEND, SIZE, key, label, native, place_plot
from boardpack.outputs.slides.data import Run
from boardpack.outputs.slides.deck import Box, Words, colour, set_font
from boardpack.outputs.slides.text import plain, text_width

MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
)
NUMBERS = "#,##0.##;(#,##0.##)"
_PLAIN_NUMBERS = "#,##0;(#,##0)"
CLEAR = 6.0
"""How many points a label stands above its point."""
Spot = tuple[int, int]
"""A point: its series and its place in it."""
Side = tuple[Any, float]
"""Where a label stands: its position, and how many points it is moved to the right of it."""


def add_lines(slide: Any, chart: Chart, box: Box, timestamp: int) -> None:
    """The lines over time; a missing value breaks its line, unless the chart is joined."""
    runs = tuple(
        Run(plain(s.name) or " ", tuple(None if n is None else amount(chart, n) for n in s.values))
        for s in chart.series
    )
    if chart.target is not None:
        level = amount(chart, chart.target)
        runs += (Run(target_text(chart), (level,) * len(chart.categories)),)
    names = [plain(name) for name in chart.categories]
    made = native(slide, XL_CHART_TYPE.LINE_MARKERS, chart, names, runs, box, timestamp)
    if chart.joined:
        made.element.find(f".//{qn('c:dispBlanksAs')}").set("val", "span")
    marks = ticks(*_reach([v for run in runs for v in run.values if v is not None]))
    left = max(text_width(f"({mark:,g})", SIZE) for mark in marks) + 8
    _axes(made, marks)
    has_key = len(runs) > 1
    room = Box(left, 18, box.width - left - 44, box.height - 18 - 24 - LEGEND * has_key)
    said = _said(chart, room.width, room.height / (marks[-1] - marks[0]), marks[0])
    for n, series in enumerate(made.plots[0].series):
        series.smooth = False
        if n < len(chart.series):
            _line(series, n, chart, said, box.width)
        else:
            _target(series)
    if has_key:
        key(made, SIZE)
    place_plot(made, room, box)


def starts_above_zero(chart: Chart) -> bool:
    """Whether the number axis begins above zero, which the chart then says."""
    shown = [amount(chart, n) for s in chart.series for n in s.values if n is not None]
    target = [] if chart.target is None else [amount(chart, chart.target)]
    return bool(shown) and ticks(*_reach([*shown, *target]))[0] > 0


def _reach(values: list[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (low, high) if high > low else (min(low, 0.0), max(high, 1.0))


def _axes(made: Any, marks: list[float]) -> None:
    names, values = made.category_axis, made.value_axis
    values.minimum_scale, values.maximum_scale = marks[0], marks[-1]
    values.major_unit = marks[1] - marks[0]
    values.major_gridlines.format.line.color.rgb = colour(colours().rule)
    values.format.line.fill.background()
    is_whole = all(mark == int(mark) for mark in marks)
    values.tick_labels.number_format = _PLAIN_NUMBERS if is_whole else NUMBERS
    values.tick_labels.number_format_is_linked = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(colours().ink)
    for axis in (names, values):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        set_font(axis.tick_labels.font, Words("", SIZE))


def _line(series: Any, n: int, chart: Chart, said: Mapping[Spot, Side], width: float) -> None:
    paint = colour(series_colour(n))
    series.format.line.color.rgb, series.format.line.width = paint, Pt(2.25)
    series.marker.style, series.marker.size = MARKERS[n % len(MARKERS)], 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = paint
    series.marker.format.line.color.rgb = paint
    for place, number in enumerate(chart.series[n].values):
        if number is not None and (n, place) in said:
            ink = colours().red if number.is_red else colours().ink
            position, aside = said[n, place]
            label(series.points[place], plain(number.text), ink, SIZE, position, aside / width)


def _said(chart: Chart, width: float, unit: float, lowest: float) -> dict[Spot, Side]:
    """Which points are labelled, and on which side: all of one line, else where each line ends.

    `unit` is how many points of height a unit takes, `lowest` where the axis starts.
    """
    if len(chart.series) > 1:
        return {spot: (side, 0.0) for spot, side in _said_at_ends(chart, unit).items()}
    known = [(place, n) for place, n in enumerate(chart.series[0].values) if n is not None]
    widest = max((text_width(plain(n.text), SIZE, True) for _, n in known), default=0.0)
    if (widest + 8) * len(chart.categories) > width:
        known = known[-1:]
    levels = [None if n is None else amount(chart, n) for n in chart.series[0].values]
    floor = lowest + 1.5 * SIZE / unit
    steep = 2 * CLEAR * width / len(chart.categories) / max(widest, 1.0) / unit
    return {
        (0, place): (
            _beside_line(levels, place, floor),
            _aside(levels, place, steep) * text_width(plain(number.text), SIZE) / 2,
        )
        for place, number in known
    }


def _aside(levels: Sequence[float | None], place: int, steep: float) -> int:
    """To which side of its point a label stands clear of a line that goes on steeply: -1 is left.

    `steep` is how much the line may rise or fall to the next point without touching a label.
    """
    around = levels[max(place - 1, 0) : place + 2]
    if len(around) < 3 or None in around:
        return 0
    before, here, after = (level or 0.0 for level in around)
    if before < here < after - steep:
        return -1
    return 1 if before - steep > here > after else 0


def _beside_line(levels: Sequence[float | None], place: int, floor: float) -> Any:
    """Below a point where the line turns up, unless it would run into the axis; else above it."""
    here = levels[place]
    around = [*levels[max(place - 1, 0) : place], *levels[place + 1 : place + 2]]
    is_low = here is not None and here > floor and all(v is not None and v > here for v in around)
    return XL_LABEL_POSITION.BELOW if is_low and around else XL_LABEL_POSITION.ABOVE


def _said_at_ends(chart: Chart, unit: float) -> dict[Spot, Any]:
    """The last points of several lines: those too near one another part, or go without a label."""
    ends = []
    for n, series in enumerate(chart.series):
        known = [(amount(chart, v), at) for at, v in enumerate(series.values) if v is not None]
        ends += [(known[-1][0], (n, known[-1][1]))] if known else []
    ends.sort(reverse=True)
    found = {}
    for order, (level, spot) in enumerate(ends):
        near_above = order > 0 and (ends[order - 1][0] - level) * unit < SIZE
        near_below = order + 1 < len(ends) and (level - ends[order + 1][0]) * unit < SIZE
        if near_above and near_below:
            continue
        side = XL_LABEL_POSITION.BELOW if near_above else XL_LABEL_POSITION.RIGHT
        found[spot] = XL_LABEL_POSITION.ABOVE if near_below else side
    return found


def _target(series: Any) -> None:
    series.format.line.color.rgb, series.format.line.width = colour(colours().ink), Pt(1.25)
    series.format.line.dash_style = MSO_LINE.DASH
    series.marker.style = XL_MARKER_STYLE.NONE
