"""What each mark of a chart stands for: where it starts and ends in the chart's own unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.reader.expected import Chart, Number


class Span(NamedTuple):
    """A mark as it should be: its names, its label, and from where to where it is drawn.

    `start` is None for a point, and for the levels of a walk, which start where the picture says.
    """

    series: str
    category: str
    label: str
    start: float | None
    end: float


def spans_of(chart: Chart) -> tuple[Span, ...]:
    """All marks of a chart, series by series."""
    return tuple(_SHAPES.get(chart.shape, _from_nil)(chart))


def amount(number: Number, chart: Chart) -> float:
    """A number in the chart's unit; nil where it is suppressed and has no value."""
    return float((number.value or Decimal(0)) / chart.scale)


def _from_nil(chart: Chart) -> Iterator[Span]:
    is_line = chart.shape == "multiples" and chart.panel == "line"
    for series in chart.series:
        for category, number in zip(chart.categories, series.values, strict=True):
            if number is not None:
                start = None if is_line else 0.0
                yield Span(series.name, category, number.text, start, amount(number, chart))


def _points(chart: Chart) -> Iterator[Span]:
    return (span._replace(start=None) for span in _from_nil(chart))


def _stacked(chart: Chart) -> Iterator[Span]:
    """Parts end to end, those below nil to its other side."""
    ends: dict[tuple[str, bool], float] = {}
    for span in _from_nil(chart):
        side = span.category, span.end < 0
        start = ends.get(side, 0.0)
        ends[side] = start + span.end
        yield span._replace(start=start, end=ends[side])


def _walk(chart: Chart) -> Iterator[Span]:
    """From the first level to the last, each step from where the one before it ended."""
    series = chart.series[0]
    level, last = 0.0, len(series.values) - 1
    for place, (category, number) in enumerate(zip(chart.categories, series.values, strict=True)):
        if number is None:
            continue
        value = amount(number, chart)
        is_level = place in (0, last)
        start = None if is_level else level
        level = value if is_level else level + (-value if chart.steps == "taken" else value)
        yield Span(series.name, category, number.text, start, level)


def _shares(chart: Chart) -> Iterator[Span]:
    """Each value over its own target; both numbers stand with the name of the row."""
    found, targets = chart.series
    for category, value, target in zip(chart.categories, found.values, targets.values, strict=True):
        numbers = [number.text for number in (value, target) if number is not None]
        name = f"{category} {' against '.join(numbers)}"
        if value and target and value.value is not None and target.value and target.value > 0:
            yield Span(found.name, name, "", 0.0, float(value.value / target.value))


_SHAPES = {
    "line": _points,
    "slope": _points,
    "stacked": _stacked,
    "waterfall": _walk,
    "bullet": _shares,
}
