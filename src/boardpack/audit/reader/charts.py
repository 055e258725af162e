"""Charts as drawn, held to their values: in proportion, in order, on the right side of nil.

A reader gives each mark as a passage of kind `chart`, all marks of a picture one after another with
the same `where`, and four cells:

- its series and its category as the picture names them, empty where it does not;
- the label beside it as printed, empty where there is none;
- how far along the value axis it is drawn, as shares of the axis that grow with the value, to three
  decimals: `0.250 to 0.731` for a bar, from where it starts to where it ends; `0.731` for a point.

The marks of one series stand in the order of their categories; a value that is absent has none. A
tick of the axis has the series `axis`, the reference line `target`, each with its words and its
place; so has `line` where a line runs beside its points. Other words in the picture are passages
with a label alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from statistics import median, median_high
from typing import NamedTuple

from boardpack.audit.reader.chart_spans import Span, spans_of
from boardpack.audit.reader.expected import Chart
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

Fault = tuple[str, str]
AXIS, TARGET, LINE = "axis", "target", "line"
OFF = 0.004
"""A mark may be this share of its axis from where it should be: less than the eye can tell."""
UNLABELLED = frozenset({"stacked", "line", "slope", "bullet"})
"""Shapes in which a mark may have no label: there is no room, or a table has them all."""
_AMOUNT = re.compile(r"\(?-?[\d,]+(?:\.\d+)?\)?")
CUT = "(the axis does not start at zero)"
FLOOR = re.compile(r"bars start at ([\d,]+), not at zero", re.IGNORECASE)
"""What is said of a walk that does not start at nil; it is held to the picture."""


class Mark(NamedTuple):
    """A mark as seen; `start` is None for a point, both are None for words alone."""

    where: str
    series: str
    category: str
    label: str
    start: float | None
    end: float | None


def hold_charts(
    file: str, passages: Iterable[Passage], charts: Sequence[Chart], whole: bool
) -> Iterator[Fault]:
    """What of the pictures is not as the charts' values say, and which chart is not met."""
    met: set[int] = set()
    for where, group in groupby(passages, key=lambda passage: passage.where):
        marks = [_mark(passage) for passage in group]
        place, faults = _nearest(where, marks, charts, met)
        if place is not None:
            met.add(place)
            yield from faults
        elif any(says_something(mark.label) for mark in marks):
            yield where, "shows a picture with numbers that no chart of the blocks has."
    if whole:
        for place, chart in enumerate(charts):
            if place not in met:
                yield file, f"does not show the chart {chart.title!r}."


def _mark(passage: Passage) -> Mark:
    series, category, label, extent = (plain(cell) for cell in (*passage.cells, *[""] * 4)[:4])
    ends = [float(end) for end in extent.split(" to ")] if extent else []
    start = ends[0] if len(ends) == 2 else None
    return Mark(passage.where, series, category, label, start, ends[-1] if ends else None)


def _nearest(
    where: str, marks: Sequence[Mark], charts: Sequence[Chart], met: set[int]
) -> tuple[int | None, list[Fault]]:
    """The chart that a picture is of, and how it differs from it.

    It is the one that shares most names and labels with it; of several such, one with as many
    marks, and then the one from which it differs least.
    """
    count = len(_drawn(marks))
    seen = {cell for mark in marks for cell in (mark.series, mark.category, mark.label) if cell}
    shared = [len(seen & set(_said(chart))) for chart in charts]
    most = max(shared, default=0)
    found = [
        (abs(len(spans_of(charts[place])) - count), len(faults), place in met, place, faults)
        for place, names in enumerate(shared)
        if names and names == most
        for faults in [list(check_chart(where, marks, charts[place]))]
    ]
    if not found:
        return None, []
    *_, place, faults = min(found, key=lambda one: one[:4])
    return place, faults


def _drawn(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that stand for values."""
    return [
        mark for mark in marks if mark.end is not None and mark.series not in (AXIS, TARGET, LINE)
    ]


def floors_of(passages: Iterable[Passage], charts: Sequence[Chart]) -> list[tuple[float, float]]:
    """Where the bars of walks are drawn to start, as the ends of what may be said of it."""
    found = []
    for where, group in groupby(passages, key=lambda passage: passage.where):
        marks = [_mark(passage) for passage in group]
        place, _ = _nearest(where, marks, charts, set())
        if place is not None and charts[place].shape == "waterfall":
            pairs = list(_paired(_drawn(marks), spans_of(charts[place]), charts[place]))
            found += [ends] if (ends := _floor(pairs)) else []
    return found


def _floor(pairs: Sequence[tuple[Mark, Span]]) -> tuple[float, float] | None:
    """Where the first bar of a walk starts, in the chart's unit, as exactly as can be seen."""
    fit = _fit([(span.end, mark.end) for mark, span in pairs if mark.end is not None])
    start = next((mark.start for mark, _ in pairs), None)
    if fit is None or fit[1] <= 0 or start is None:
        return None
    at, off = (start - fit[0]) / fit[1], OFF / fit[1]
    return at - off, at + off


def check_chart(where: str, marks: Sequence[Mark], chart: Chart) -> Iterator[Fault]:
    """What of one picture is not as its values say."""
    drawn = _drawn(marks)
    wanted = spans_of(chart)
    pairs = list(_paired(drawn, wanted, chart))
    if len(drawn) != len(wanted):
        yield where, f"{_of(chart)} shows {len(drawn)} marks where it has {len(wanted)} values."
    elif len(pairs) != len(wanted):
        names = " | ".join(dict.fromkeys(repr(mark.series) for mark in drawn))
        yield where, f"{_of(chart)} names its series {names}, not as its block does."
    for mark, span in pairs:
        yield from _names(mark, span, chart)
    yield from _lengths(where, pairs, [m for m in marks if m.series in (AXIS, TARGET)], chart)
    loose = [m for m in marks if m.end is None or m.series == TARGET]
    yield from _words(where, loose, chart)
    yield from _levels(where, pairs, loose, chart)
    if any(mark.series == LINE for mark in marks):
        yield where, f"In {_of(chart)} a line runs where it has no point."


def _paired(
    drawn: Sequence[Mark], wanted: Sequence[Span], chart: Chart
) -> Iterator[tuple[Mark, Span]]:
    """Each mark with the value it should show: by series, in order.

    A line may be named where it ends, with its last value, a panel with a word on its axis.
    """
    if len(chart.series) == 1 or chart.shape in ("waterfall", "bullet"):
        yield from zip(drawn, wanted, strict=False)
        return
    for series in dict.fromkeys(span.series for span in wanted):
        spans = [span for span in wanted if span.series == series]
        named = {series, f"{series} {spans[-1].label}", f"{series} {CUT}"}
        squeezed = {_squeezed(name) for name in named}
        own = [mark for mark in drawn if _squeezed(mark.series) in squeezed]
        yield from zip(own, spans, strict=False)


def _names(mark: Mark, span: Span, chart: Chart) -> Iterator[Fault]:
    if mark.category and _squeezed(mark.category) != _squeezed(span.category):
        yield mark.where, f"{_of(chart)} names {mark.category!r} where {span.category!r} stands."
    if mark.label and _squeezed(mark.label) != _squeezed(span.label):
        said = f"{span.category!r} is labelled {mark.label!r} where its value is {span.label!r}."
        yield mark.where, f"In {_of(chart)} {said}"
    if not mark.label and span.label and not _may_lack(chart):
        yield mark.where, f"In {_of(chart)} {span.category!r} has no label."


def _may_lack(chart: Chart) -> bool:
    return chart.shape in UNLABELLED or (chart.shape == "multiples" and chart.panel == "line")


def _lengths(
    where: str, pairs: Sequence[tuple[Mark, Span]], others: Sequence[Mark], chart: Chart
) -> Iterator[Fault]:
    """Marks that are not where a scale common to all of them has their values."""
    points = [(name, value, at) for pair in pairs for name, value, at in _points(*pair)]
    points += [point for mark in others for point in _reference(mark, chart)]
    fit = _fit([(value, at) for _, value, at in points])
    if fit is None:
        return
    base, per_unit = fit
    if per_unit <= 0:
        yield (
            where,
            f"{_of(chart)} is drawn the wrong way round, or without the signs of its values.",
        )
        return
    wrong = [name for name, value, at in points if abs(base + per_unit * value - at) > OFF]
    for name in dict.fromkeys(wrong):
        yield where, f"In {_of(chart)} {name!r} is not drawn in proportion to its value."


def _points(mark: Mark, span: Span) -> Iterator[tuple[str, float, float]]:
    name = f"{span.series}, {span.category}" if span.series else span.category
    if mark.end is not None:
        yield name, span.end, mark.end
    if mark.start is not None and span.start is not None:
        yield name, span.start, mark.start


def _reference(mark: Mark, chart: Chart) -> Iterator[tuple[str, float, float]]:
    """Where a tick of the axis, or the reference line, says it stands."""
    if mark.end is None:
        return
    if mark.series == AXIS and _AMOUNT.fullmatch(mark.label):
        size = Decimal(mark.label.strip("()-").replace(",", ""))
        below = mark.label[0] in "(-"
        yield mark.label, float(-size if below else size), mark.end
    elif mark.series == TARGET:
        yield mark.label, _target(chart), mark.end


def _target(chart: Chart) -> float:
    """Where the reference line stands in the chart's unit; in a bullet, at a whole target."""
    if chart.shape == "bullet" or chart.target is None or chart.target.value is None:
        return 1.0
    return float(chart.target.value / chart.scale)


def _fit(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Base and length of a unit on which most points agree; None where no two values differ.

    The half of all pairs that are furthest apart tell it: places are given to a thousandth, so that
    two values close together tell little.
    """
    pairs = [(a, b) for place, a in enumerate(points) for b in points[place + 1 :] if a[0] != b[0]]
    if not pairs:
        return None
    apart = median_high(abs(a[0] - b[0]) for a, b in pairs)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs if abs(a[0] - b[0]) >= apart]
    per_unit = median(slopes)
    return median(at - per_unit * value for value, at in points), per_unit


def _words(where: str, marks: Sequence[Mark], chart: Chart) -> Iterator[Fault]:
    """Words in the picture that hold a number which is not the chart's."""
    known = {_squeezed(words) for words in _said(chart)}
    for mark in marks:
        is_known = _squeezed(mark.label) in known or FLOOR.search(mark.label)
        if says_something(mark.label) and not is_known:
            yield where, f"In {_of(chart)} stands {mark.label!r}, which its block does not say."


def _said(chart: Chart) -> Iterator[str]:
    """What may stand in the picture beside the marks: names, units, what a line says at its end."""
    yield from (*chart.categories, chart.unit, f"{chart.unit} {CUT}")
    for series in chart.series:
        numbers = [number for number in series.values if number is not None]
        yield series.name
        yield from (f"{series.name} {number.text}" for number in numbers[-1:])
        yield from (number.text for number in numbers)
    if chart.target is not None:
        yield from (f"{chart.target_label} {chart.target.text}", chart.target.text)
    yield from (span.category for span in spans_of(chart))


def _levels(
    where: str, pairs: Sequence[tuple[Mark, Span]], loose: Sequence[Mark], chart: Chart
) -> Iterator[Fault]:
    """The first and the last bar of a walk start at one level, which is what the picture says."""
    if chart.shape != "waterfall":
        return
    levels = [mark.start for mark, span in pairs if span.start is None and mark.start is not None]
    if levels and max(levels) - min(levels) > OFF:
        yield where, f"In {_of(chart)} the first and the last bar start at different levels."
    ends = _floor(pairs)
    for found in filter(None, (FLOOR.search(mark.label) for mark in loose)):
        if ends and not ends[0] <= float(found[1].replace(",", "")) <= ends[1]:
            yield where, f"In {_of(chart)} {found[0]!r} is said, and they start elsewhere."


def _squeezed(text: str) -> str:
    """Text without spaces: where a name is broken into lines is the picture's own affair."""
    return "".join(text.split())


def _of(chart: Chart) -> str:
    return f"the chart {chart.title!r}"
