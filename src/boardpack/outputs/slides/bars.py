"""Bars, parts and walks as the series of a native chart, with room for their labels.

What each bar says and how it is painted comes from the spans of the printed chart, so that a slide
cannot say other than the paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from boardpack.document.blocks import Chart
from boardpack.outputs.charts.static_spans import (
    Span,
    Spans,
    bar_spans,
    stacked_spans,
    waterfall_spans,
)
from boardpack.outputs.slides.data import Run
from boardpack.outputs.slides.text import plain, text_width

BASE, ABOVE, BELOW, ROOM = ("Base, not shown", "Above zero", "Below zero", "Room for labels")
Labels = Mapping[tuple[int, int], Span]


@dataclass(frozen=True)
class Bars:
    """A chart of bars in the terms of a native one.

    `painted` are the spans by series and row, where each is drawn; `said` those whose text stands
    at a point of a series. `hidden` are the series that only hold a place.
    """

    runs: tuple[Run, ...]
    painted: Labels
    said: Labels
    low: float
    high: float
    hidden: tuple[int, ...] = ()
    stacked: bool = False


def bars_of(chart: Chart, width: float, size: float) -> Bars:
    """The bars of a chart whose plot is `width` points wide, with labels of this type size."""
    if chart.shape == "waterfall":
        return _walk(waterfall_spans(chart), len(chart.categories), width, size)
    is_stacked = chart.shape == "stacked"
    spans = stacked_spans(chart) if is_stacked else bar_spans(chart)
    places = _places(chart)
    order = sorted(places, key=lambda place: (place[1], place[0])) if is_stacked else places
    painted = dict(zip(order, spans.bars, strict=True))
    runs = tuple(
        Run(
            plain(series.name) or " ",
            tuple(
                None if (span := painted.get((lane, row))) is None else span.end - span.start
                for row in range(len(chart.categories))
            ),
        )
        for lane, series in enumerate(chart.series)
    )
    low, high, unit = _range(spans, width, size)
    fits = {
        place: span
        for place, span in painted.items()
        if not span.inside or abs(span.end - span.start) * unit >= text_width(span.text, size, True)
    }
    return Bars(runs, painted, fits, low, high, stacked=is_stacked)


def _places(chart: Chart) -> list[tuple[int, int]]:
    """Every value that is there, by series and row."""
    lanes = enumerate(chart.series)
    return [(n, row) for n, s in lanes for row, v in enumerate(s.values) if v is not None]


def _walk(spans: Spans, rows: int, width: float, size: float) -> Bars:
    """A walk as stacked bars upon a base that is not shown; labels stand in a room beyond them."""
    low, high, unit = _range(spans, width, size)
    values: list[list[float | None]] = [[None] * rows for _ in (BASE, ABOVE, BELOW, ROOM)]
    painted, said = {}, {}
    for span in spans.bars:
        near, far = sorted((span.start, span.end))
        is_below = far <= 0 and near < 0
        room = (text_width(span.text, size, True) + 10) / unit
        base = far if is_below else max(near, 0.0)
        if base and base != spans.floor:
            values[0][span.row] = base
        else:
            base = 0.0
        if far > 0:
            values[1][span.row] = far - base
        if near < 0:
            values[2][span.row] = near - (base if is_below else 0.0)
        values[3][span.row] = -room if is_below else room
        painted.update({(1, span.row): span, (2, span.row): span})
        said[(3, span.row)] = span
    runs = tuple(Run(n, tuple(v)) for n, v in zip((BASE, ABOVE, BELOW, ROOM), values, strict=True))
    return Bars(runs, painted, said, low, high, hidden=(0, 3), stacked=True)


def _range(spans: Spans, width: float, size: float) -> tuple[float, float, float]:
    """The ends of the axis, with room for the labels beyond the bars, and points to a unit."""
    ends = [spans.floor, *(end for s in spans.bars for end in (s.start, s.end))]
    low, high = min(ends), max(ends)
    outside = [s for s in spans.bars if not s.inside]
    rooms = dict.fromkeys((False, True), 0.0)
    for span in outside:
        is_left = max(span.start, span.end) <= 0 and min(span.start, span.end) < 0
        rooms[is_left] = max(rooms[is_left], text_width(span.text, size, True) + 12)
    unit = max(width - sum(rooms.values()), width / 4) / ((high - low) or 1.0)
    return low - rooms[True] / unit, (high if high > low else low + 1.0) + rooms[False] / unit, unit
