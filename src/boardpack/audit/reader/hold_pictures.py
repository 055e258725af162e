"""Charts of a PDF held to their values: every label is the chart's own, bars are in proportion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from statistics import median

from boardpack.audit.reader.expected import Chart
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_picture import AXIS, amount
from boardpack.audit.reader.words import plain, says_something

Fault = tuple[str, str]
LONG = 0.25
"""The share of the longest bar from which a bar tells how long the others must be."""
OFF = 1.0
"""A bar may be this many points longer or shorter than its value says."""
_FLOOR = re.compile(r" \(bars start at [\d,]+, not at zero\)$")
_WALK = ("Start and end", "Step", "Adverse step")
_AXIS = " (the axis does not start at zero)"


def hold_pictures(
    file: str, passages: Sequence[Passage], charts: Sequence[Chart]
) -> Iterator[Fault]:
    """Labels that no chart has, bars out of proportion, charts that are not met."""
    left = list(charts)
    for where, group in groupby(passages, key=lambda passage: passage.where):
        marks = [tuple(map(plain, passage.cells)) for passage in group]
        labels = [label for series, _, label, _ in marks if series != AXIS]
        chart = max(left, key=lambda one: len(_said(one) & set(labels)), default=None)
        if chart is None or not _said(chart) & set(labels):
            if any(map(says_something, labels)):
                yield where, "shows a picture that is no chart of the blocks."
            continue
        left.remove(chart)
        yield from _words(where, labels, chart)
        yield from _lacking(where, labels, chart)
        yield from _lengths(where, marks, chart)
    for chart in left:
        yield file, f"does not show the chart {chart.title!r}."


def _words(where: str, labels: Sequence[str], chart: Chart) -> Iterator[Fault]:
    said = _said(chart)
    for label in labels:
        words = _FLOOR.sub("", label)
        if says_something(words) and not _is_made_of(words.split(), said):
            yield where, f"in the chart {chart.title!r} stands {label!r}, which its block lacks."


def _is_made_of(words: Sequence[str], said: frozenset[str]) -> bool:
    """Whether words are labels of a chart one after another: they may stand close together."""
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(" ".join(words[start:end]) in said for start in reached):
            reached.add(end)
    return len(words) in reached


def _lacking(where: str, labels: Sequence[str], chart: Chart) -> Iterator[Fault]:
    """Values of bars that have no label; other shapes leave out labels for want of room."""
    if chart.shape not in ("bar", "waterfall"):
        return
    seen = list(labels)
    for text in (n.text for series in chart.series for n in series.values if n is not None):
        if text in seen:
            seen.remove(text)
        elif text != "-":
            yield where, f"the chart {chart.title!r} does not show {text!r}."


def _lengths(where: str, marks: Sequence[tuple[str, ...]], chart: Chart) -> Iterator[Fault]:
    """Bars whose length is not their value's share of what the others show."""
    if chart.shape not in ("bar", "waterfall", "stacked"):
        return
    exact = _exact(chart)
    for _, _, label, extent in marks:
        if chart.shape != "stacked" and amount(label) and label in exact and not extent:
            yield where, f"in the chart {chart.title!r} no bar ends beside {label!r}."
    told = {label: sizes for label, sizes in exact.items() if label not in _ends(chart)}
    bars = [(label, float(extent)) for _, _, label, extent in marks if extent and label in told]
    bars = [(label, length) for label, length in bars if told[label][0]]
    if len(bars) < 2:
        return
    least = max(length for _, length in bars) * LONG  # a short bar is its print, coarsely
    rate = median(length / told[label][0] for label, length in bars if length >= least)
    for label, length in bars:
        due = min((rate * size for size in told[label]), key=partial(_apart, length))
        if _apart(length, due) > OFF:
            said = f"the bar of {label!r} is {length:g} points long where {due:.1f} are due"
            yield where, f"in the chart {chart.title!r} {said}."


def _ends(chart: Chart) -> frozenset[str]:
    """The first and the last bar of a walk, which may start above nil to show its steps better."""
    if chart.shape != "waterfall":
        return frozenset()
    values = chart.series[0].values
    return frozenset(number.text for number in (values[0], values[-1]) if number is not None)


def _apart(one: float, other: float) -> float:
    return abs(one - other)


def _exact(chart: Chart) -> dict[str, list[float]]:
    """How large the values are that are printed alike, in the chart's unit."""
    found: dict[str, list[float]] = {}
    for number in (n for series in chart.series for n in series.values if n is not None):
        if number.value is not None:
            found.setdefault(number.text, []).append(abs(float(number.value / chart.scale)))
    return found


def _said(chart: Chart) -> frozenset[str]:
    """Every label that a chart may have."""
    return frozenset(_labels(chart))


def _names(chart: Chart) -> Iterator[str]:
    yield from chart.categories
    yield from (series.name for series in chart.series)


def _labels(chart: Chart) -> Iterator[str]:
    yield from _names(chart)
    yield from (chart.unit, f"{chart.unit}{_AXIS}", *(_WALK if chart.shape == "waterfall" else ()))
    for series in chart.series:
        yield f"{series.name}{_AXIS}"
        for number in filter(None, series.values):
            yield from (number.text, f"{series.name} {number.text}")
    for place, category in enumerate(chart.categories):
        numbers = [series.values[place] for series in chart.series]
        texts = [number.text for number in numbers if number is not None]
        yield f"{category} {' against '.join(texts)}"
    if chart.target is not None:
        yield from (chart.target.text, chart.target_label)
        yield f"{chart.target_label} {chart.target.text}"
