"""Bars, stacked bars and waterfalls in Plotly: all horizontal, one row for each category."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from boardpack.outputs.plotly_style import (
    AXIS,
    ON_SERIES,
    Drawn,
    Spec,
    category_axis,
    identity,
    label,
    label_ink,
    note,
    rule,
    series_colour,
    size,
    target_label,
    value_label,
    values,
)
from boardpack.outputs.static_style import ADVERSE, INK, WHITE
from boardpack.paper.blocks import Chart, Number, Series

BAR, GAP, LINE = 26, 14, 24
LETTER = 8.5
USUAL_WIDTH = 480
ABOVE = {"yanchor": "bottom"}
_EDGE = BAR / (BAR + GAP) / 2
_NAME = 24


def bar(chart: Chart) -> Drawn:
    """Bars from nil; among several series a bar keeps its own colour, which the key names."""
    single = len(chart.series) == 1
    traces = []
    for place, series in enumerate(chart.series):
        own = series_colour(place)
        marks = [ADVERSE if single and n and n.adverse else own for n in series.values]
        traces.append({**_trace(chart, series), "marker": {"color": marks}})
    return traces, {"barmode": "group", **_layout(chart, len(chart.series), values(chart))}


def stacked(chart: Chart) -> Drawn:
    """Parts end to end, each labelled inside where there is room; the table has them all."""
    inside: Spec = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
    traces = []
    for place, series in enumerate(chart.series):
        colours = {"textfont": {"color": ON_SERIES[place]}}
        mark = {"marker": {"color": series_colour(place), "line": {"color": WHITE, "width": 1}}}
        traces.append({**_trace(chart, series), **inside, **colours, **mark})
    layout = _layout(chart, 1, _stack_ends(chart), beside=False)
    return traces, {"barmode": "relative", "uniformtext": {"minsize": 12, "mode": "hide"}, **layout}


def waterfall(chart: Chart) -> Drawn:
    """A walk from the first level to the last, each step from where the one before it ended."""
    series = chart.series[0]
    sizes = [size(chart, number) or 0.0 for number in series.values]
    last = len(sizes) - 1
    ends = [*accumulate(sizes[:-1]), sizes[-1]]
    starts = [0.0 if place in (0, last) else ends[place - 1] for place in range(last + 1)]
    marks = [_step_colour(number, p in (0, last)) for p, number in enumerate(series.values)]
    trace = {**_trace(chart, series), "base": starts, "marker": {"color": marks}}
    layout = _layout(chart, 1, [*starts, *ends])
    links = [rule(x, x, p + _EDGE, p + 1 - _EDGE, INK) for p, x in enumerate(ends[:-1])]
    return [trace], {**layout, "shapes": [*links, *layout["shapes"]]}


def _step_colour(number: Number | None, is_level: bool) -> str:
    if is_level or number is None:
        return series_colour(0)
    return ADVERSE if number.adverse else series_colour(1)


def _trace(chart: Chart, series: Series) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "name": label(series.name),
        "y": list(range(len(series.values))),
        "x": [size(chart, number) for number in series.values],
        "text": [value_label(number) for number in series.values],
        "textposition": "outside",
        "textfont": {"color": [label_ink(number) for number in series.values]},
        "cliponaxis": False,
        **identity(chart, series),
    }


def _layout(chart: Chart, lanes: int, reached: Sequence[float], beside: bool = True) -> Spec:
    rows = [max(lanes * BAR + GAP, name.count("<br>") * LINE + LINE) for name in _names(chart)]
    count, step = len(chart.categories), max(rows, default=BAR)
    target = size(chart, chart.target)
    above = LINE if target is not None else 0
    room = _room(chart, reached, beside)
    value_axis = {"showticklabels": False, "showgrid": False, "range": _range(**room)}
    return {
        "height": count * step + above + 16,
        "margin": {"l": 8, "r": 8, "t": 8 + above, "b": 8},
        "bargap": 1 - lanes * BAR / step,
        "xaxis": {**AXIS, **value_axis},
        "yaxis": {**category_axis(_names(chart)), "range": [count - 0.5, -0.5]},
        "meta": room,
        **_target(chart, target),
    }


def _target(chart: Chart, target: float | None) -> Spec:
    if target is None:
        return {"shapes": [], "annotations": []}
    line = rule(target, target, -0.5, len(chart.categories) - 0.5, INK, "dash")
    return {"shapes": [line], "annotations": [note(target_label(chart), target, -0.5, **ABOVE)]}


def _room(chart: Chart, reached: Sequence[float], beside: bool) -> dict[str, float]:
    """How far the bars reach, and the width of the labels beside them, which the page fits in."""
    numbers = [n for series in chart.series for n in series.values if n is not None and beside]
    widths = {
        down: [LETTER * len(n.text) for n in numbers if n.value.startswith("-") == down]
        for down in (True, False)
    }
    return {
        "low": min([0.0, *reached]),
        "high": max([0.0, *reached]) or (0.0 if min(reached, default=0.0) < 0 else 1.0),
        "before": max(widths[True], default=0.0),
        "beyond": max(widths[False], default=0.0),
    }


def _range(low: float, high: float, before: float, beyond: float) -> list[float]:
    unit = (high - low) / (USUAL_WIDTH - before - beyond)
    return [low - before * unit, high + beyond * unit]


def _names(chart: Chart) -> list[str]:
    return [label(category, _NAME) for category in chart.categories]


def _stack_ends(chart: Chart) -> list[float]:
    columns = zip(*(series.values for series in chart.series), strict=True)
    sizes = [[size(chart, number) or 0.0 for number in column] for column in columns]
    return [sum(x for x in column if (x > 0) == up) for column in sizes for up in (True, False)]
