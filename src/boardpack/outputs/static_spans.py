"""Charts of lengths as spans: where every bar starts and ends, and what it says.

Bars, stacked bars and waterfalls differ only in where a span starts and whether its label stands
inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from boardpack.outputs.static_style import ADVERSE, DARK, INK, WHITE, colour, text_of, ticks
from boardpack.paper.blocks import Chart, Number, scaled

HIDDEN_STEPS = 4
"""A waterfall whose lowest level is this many times its range would hide its steps."""


@dataclass(frozen=True)
class Span:
    """One bar: its row and its place within it, where it starts and ends, what it says."""

    row: int
    lane: int
    start: float
    end: float
    text: str
    fill: str
    ink: str = INK
    inside: bool = False


@dataclass(frozen=True)
class Spans:
    """All bars of a chart: how many stand in a row, from where, and whether steps are linked."""

    bars: tuple[Span, ...]
    lanes: int = 1
    floor: float = 0.0
    linked: bool = False


def bar_spans(chart: Chart) -> Spans:
    """Horizontal bars from zero, grouped where there are several series."""
    spans = tuple(
        Span(row, lane, 0.0, amount(chart, number), text_of(number.text), *paints)
        for lane, series in enumerate(chart.series)
        for row, number in enumerate(series.values)
        if number is not None
        for paints in [_paints(chart, lane, number)]
    )
    return Spans(spans, lanes=len(chart.series))


def stacked_spans(chart: Chart) -> Spans:
    """Parts laid end to end; negative parts run to the other side of zero."""
    spans: list[Span] = []
    for row in range(len(chart.categories)):
        ends = {False: 0.0, True: 0.0}
        for lane, series in enumerate(chart.series):
            number = series.values[row]
            if number is None:
                continue
            value = amount(chart, number)
            start = ends[value < 0]
            ends[value < 0] = start + value
            fill = colour(lane)
            ink = WHITE if fill in DARK else INK
            text = text_of(number.text)
            spans.append(Span(row, 0, start, start + value, text, fill, ink, inside=True))
    return Spans(tuple(spans))


def waterfall_spans(chart: Chart) -> Spans:
    """A walk from the first level to the last, each step from where the one before it ended."""
    spans: list[Span] = []
    numbers = chart.series[0].values
    level = floor = _floor([amount(chart, n) for n in numbers if n is not None])
    for row, number in enumerate(numbers):
        if number is None:
            continue
        value = amount(chart, number)
        is_level = row in (0, len(numbers) - 1)
        start, level = (floor, value) if is_level else (level, level + value)
        fill = colour(0) if is_level else ADVERSE if number.adverse else colour(1)
        ink = ADVERSE if number.adverse else INK
        spans.append(Span(row, 0, start, level, text_of(number.text), fill, ink))
    return Spans(tuple(spans), floor=floor, linked=True)


def amount(chart: Chart, number: Number) -> float:
    """A number's value in the chart's unit, as a renderer takes it."""
    return float(scaled(number, chart.scale))


def _floor(values: Sequence[float]) -> float:
    """Where the bars of a waterfall start: at zero, unless that would hide all its steps.

    The chart says so when they do not start at zero.
    """
    if len(values) < 2:
        return 0.0
    first, *steps, last = values
    levels = [*accumulate(steps, initial=first), last]
    low, high = min(levels), max(levels)
    reach = high - low
    return ticks(low - reach, high)[0] if low > reach * HIDDEN_STEPS else 0.0


def _paints(chart: Chart, lane: int, number: Number) -> tuple[str, str]:
    """Fill and label colour: among several series the bar keeps its own, which the key names."""
    if not number.adverse:
        return colour(lane), INK
    return (ADVERSE if len(chart.series) == 1 else colour(lane)), ADVERSE
