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
from boardpack.outputs.static_style import ADVERSE, INK
from boardpack.paper.blocks import Chart, Number, Series

BAR, GAP, LINE = 26, 14, 24
ROOM = 0.028  # of the bars' length, for each character of a label
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
        mark = {"marker": {"color": series_colour(place), "line": {"color": "#ffffff", "width": 1}}}
        traces.append({**_trace(chart, series), **inside, **colours, **mark})
    layout = _layout(chart, 1, _stack_ends(chart), room=0)
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


def _layout(chart: Chart, lanes: int, reached: Sequence[float], room: float = ROOM) -> Spec:
    rows = [max(lanes * BAR + GAP, name.count("<br>") * LINE + LINE) for name in _names(chart)]
    count, step = len(chart.categories), max(rows, default=BAR)
    target = size(chart, chart.target)
    above = LINE if target is not None else 0
    value_axis = {"showticklabels": False, "showgrid": False}
    return {
        "height": count * step + above + 16,
        "margin": {"l": 8, "r": 16, "t": 8 + above, "b": 8},
        "bargap": 1 - lanes * BAR / step,
        "xaxis": {**AXIS, **value_axis, "range": _range(chart, reached, room)},
        "yaxis": {**category_axis(chart, _NAME), "range": [count - 0.5, -0.5]},
        "shapes": [] if target is None else [rule(target, target, -0.5, count - 0.5, INK, "dash")],
        "annotations": []
        if target is None
        else [note(target_label(chart), target, -0.5, yanchor="bottom")],
    }


def _range(chart: Chart, reached: Sequence[float], room: float) -> list[float]:
    """From the lowest to the highest end, with room beyond it for the longest label."""
    low, high = min([0.0, *reached]), max([0.0, *reached])
    labels = [len(n.text) for series in chart.series for n in series.values if n is not None]
    space = (high - low or 1.0) * room * max(labels, default=0)
    return [low and low - space, high and high + space]


def _names(chart: Chart) -> list[str]:
    return [label(category, _NAME) for category in chart.categories]


def _stack_ends(chart: Chart) -> list[float]:
    columns = zip(*(series.values for series in chart.series), strict=True)
    sizes = [[size(chart, number) or 0.0 for number in column] for column in columns]
    return [sum(x for x in column if (x > 0) == up) for column in sizes for up in (True, False)]
