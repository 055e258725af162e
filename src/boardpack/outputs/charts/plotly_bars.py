"""Bars, stacked bars, waterfalls and bullets in Plotly: horizontal, a row for each category."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from boardpack.core.design import colours, design
from boardpack.document.blocks import Chart, Number, Series
from boardpack.outputs.charts.plotly_style import (
    Drawn,
    Spec,
    category_axis,
    identity,
    label,
    label_ink,
    note,
    plain_axis,
    rule,
    series_colour,
    size,
    target_label,
    value_label,
    values,
)
from boardpack.outputs.charts.static_spans import row_numbers, shares, signed, walk_floor

BAR, GAP, LINE = 26, 14, 24
LETTER = 8.5
USUAL_WIDTH = 480
ABOVE = {"yanchor": "bottom"}
LEAST_WIDTH, FITTED = 40, 20
_EDGE = BAR / (BAR + GAP) / 2
_NAME, _PANEL_NAME, _BULLET_NAME = 24, 16, 32

Beside = tuple[float, bool, str]
"""A label beside a bar: where the bar ends, whether the label stands to its left, and its words."""


def bar(chart: Chart, like: Chart | None = None) -> Drawn:
    """Bars from nil; among several series a bar keeps its own colour, which the key names.

    `like` is the chart whose scale it takes, where it stands beside others of its kind.
    """
    single = len(chart.series) == 1
    traces = []
    for place, series in enumerate(chart.series):
        own = series_colour(place)
        marks = [colours().red if single and n and n.is_red else own for n in series.values]
        traces.append({**_trace(chart, series), "marker": {"color": marks}})
    scale = like or chart
    room = _room(values(scale), _bar_labels(scale))
    names = _names(chart, _PANEL_NAME if like else _NAME)
    layout = _layout(names, len(chart.series), room, _target(chart))
    return traces, {"barmode": "group", **layout}


def stacked(chart: Chart) -> Drawn:
    """Parts end to end, each labelled inside where there is room; the table has them all."""
    inside: Spec = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
    traces = []
    for place, series in enumerate(chart.series):
        label_colour = {"textfont": {"color": design().on_series[place]}}
        edge = {"color": colours().white, "width": 1}
        mark = {"marker": {"color": series_colour(place), "line": edge}}
        traces.append({**_trace(chart, series), **inside, **label_colour, **mark})
    layout = _layout(_names(chart), 1, _room(_stack_ends(chart)), _target(chart))
    return traces, {"barmode": "relative", "uniformtext": {"minsize": 12, "mode": "hide"}, **layout}


def waterfall(chart: Chart) -> Drawn:
    """A walk from the first level to the last, each step from where the one before it ended.

    It starts where the printed one does, so that its levels do not dwarf its steps.
    """
    series, floor = chart.series[0], walk_floor(chart)
    sizes = [size(chart, number) or 0.0 for number in series.values]
    last = len(sizes) - 1
    steps = [signed(chart, step) for step in sizes[1:-1]]
    ends = [*accumulate(steps, initial=sizes[0]), sizes[-1]] if last else sizes
    starts = [floor if place in (0, last) else ends[place - 1] for place in range(last + 1)]
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    marks = [_step_colour(number, p in (0, last)) for p, number in enumerate(series.values)]
    bars = {"x": lengths, "base": starts, "marker": {"color": marks}}
    trace = {**_trace(chart, series), **bars}
    beside = [
        (end, length < 0, number.text)
        for end, length, number in zip(ends, lengths, series.values, strict=True)
        if number is not None
    ]
    layout = _layout(_names(chart), 1, _room([*starts, *ends], beside, floor))
    links = [rule(x, x, p + _EDGE, p + 1 - _EDGE, colours().ink) for p, x in enumerate(ends[:-1])]
    return [trace], {**layout, "shapes": [*links, *layout["shapes"]]}


def bullet(chart: Chart) -> Drawn:
    """Each value as a share of its own target; a mark across every row stands for the targets."""
    found, goals = chart.series
    marks = [colours().red if n and n.is_red else series_colour(0) for n in found.values]
    reached = shares(chart)
    bars: Spec = {"x": reached, "text": "", "marker": {"color": marks}}
    known = [None if number is None else 1.0 for number in goals.values]
    stroke = {"color": colours().ink, "width": 4}
    symbol = {"symbol": "line-ns-open", "size": BAR, "color": colours().ink, "line": stroke}
    goal: Spec = {"type": "scatter", "mode": "markers", "x": known, "y": list(range(len(known)))}
    goal |= {"name": label(goals.name), "marker": symbol, **identity(chart, goals)}
    room = _room([1.0, *(share for share in reached if share is not None)])
    name = note(label(goals.name), 1.0, -0.5, xanchor="right", **ABOVE)
    numbers = (label(said, _BULLET_NAME) for said in row_numbers(chart))
    rows = zip(_names(chart, _BULLET_NAME), numbers, strict=True)
    names = ["<br>".join(filter(None, pair)) for pair in rows]
    layout = _layout(names, 1, room, {"shapes": [], "annotations": [name]})
    return [{**_trace(chart, found), **bars}, goal], layout


def _step_colour(number: Number | None, is_level: bool) -> str:
    if is_level or number is None:
        return series_colour(0)
    return colours().red if number.adverse else series_colour(1)


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


def _layout(names: list[str], lanes: int, room: Spec, around: Spec | None = None) -> Spec:
    around = around or {"shapes": [], "annotations": []}
    rows = [max(lanes * BAR + GAP, name.count("<br>") * LINE + LINE) for name in names]
    step = max(rows, default=BAR)
    above = LINE if around["annotations"] else 0
    value_axis = {"showticklabels": False, "showgrid": False, "range": _range(**room)}
    return {
        "height": len(names) * step + above + 16,
        "margin": {"l": 8, "r": 8, "t": 8 + above, "b": 8},
        "bargap": 1 - lanes * BAR / step,
        "xaxis": {**plain_axis(), **value_axis},
        "yaxis": {**category_axis(names), "range": [len(names) - 0.5, -0.5]},
        "meta": room,
        **around,
    }


def _target(chart: Chart) -> Spec:
    target = size(chart, chart.target)
    if target is None:
        return {"shapes": [], "annotations": []}
    line = rule(target, target, -0.5, len(chart.categories) - 0.5, colours().ink, "dash")
    return {"shapes": [line], "annotations": [note(target_label(chart), target, -0.5, **ABOVE)]}


def _room(
    reached: Sequence[float], labels: Sequence[Beside] = (), floor: float = 0.0
) -> dict[str, Any]:
    """How far the bars reach, and the labels beside them with their widths, which the page fits."""
    return {
        "low": min([floor, *reached]),
        "high": max([floor, *reached]) or (0.0 if min(reached, default=0.0) < 0 else 1.0),
        "before": [[end, LETTER * len(text)] for end, is_left, text in labels if is_left],
        "beyond": [[end, LETTER * len(text)] for end, is_left, text in labels if not is_left],
    }


def _bar_labels(chart: Chart) -> list[Beside]:
    """What each bar from nil says, where it ends; the bar of a negative number runs to the left."""
    return [
        (size(chart, number) or 0.0, number.value.startswith("-"), number.text)
        for series in chart.series
        for number in series.values
        if number is not None
    ]


def _range(
    low: float, high: float, before: Sequence[list[float]], beyond: Sequence[list[float]]
) -> list[float]:
    """The axis on which every label has its room; `fitBars` of charts.js does it for any width."""
    first, last = low, high
    for _ in range(FITTED):
        unit = min((last - first) / USUAL_WIDTH, (high - low) / LEAST_WIDTH)
        first = min([low, *(end - width * unit for end, width in before)])
        last = max([high, *(end + width * unit for end, width in beyond)])
    return [first, last]


def _names(chart: Chart, width: int = _NAME) -> list[str]:
    return [label(category, width) for category in chart.categories]


def _stack_ends(chart: Chart) -> list[float]:
    columns = zip(*(series.values for series in chart.series), strict=True)
    sizes = [[size(chart, number) or 0.0 for number in column] for column in columns]
    return [sum(x for x in column if (x > 0) == up) for column in sizes for up in (True, False)]
