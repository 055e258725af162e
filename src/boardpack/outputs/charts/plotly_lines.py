"""Lines over time in Plotly, each named and valued where it ends, so that no key is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boardpack.core.design import colours
from boardpack.document.blocks import Chart, Number, Series
from boardpack.outputs.charts.plotly_style import (
    SHAPES,
    Drawn,
    Spec,
    category_axis,
    identity,
    label,
    note,
    plain_axis,
    rule,
    series_colour,
    size,
    value_label,
    values,
)

HEIGHT, PANEL_HEIGHT, TEXT_LINE, LETTER = 330, 170, 20, 8.5
ABOVE, BELOW, PANEL_EDGE = 24, 8, 20
FEW_POINTS = 6

End = tuple[float, int, str, str]
"""A label at a line's end: its height, its category, what it says and in which colour."""


def line(chart: Chart) -> Drawn:
    """Lines with marked points; a missing value breaks its line, unless the chart is joined."""
    traces = [_points(chart, place, series) for place, series in enumerate(chart.series)]
    target = size(chart, chart.target)
    ends = list(_end_labels(chart))
    names = [label(category, 12) for category in chart.categories]
    widest = max((len(line) for name in names for line in name.split("<br>")), default=0)
    bottom = "tozero" if starts_at_zero(chart) else "normal"
    numbers = {"tickformat": f"(,.{chart.places + 1}~f", "nticks": 6, "rangemode": bottom}
    return traces, {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 110 if ends else 40, "t": ABOVE, "b": BELOW},
        "xaxis": {**category_axis(names), "range": [-0.25, len(names) - 0.9]},
        "yaxis": {**plain_axis(), **numbers},
        "shapes": [] if target is None else [_target_rule(target)],
        "annotations": ends,
        "meta": {"names": names, "widest": widest * LETTER},
    }


def slope(chart: Chart) -> Drawn:
    """Two points for each series; the labels give the numbers, so no axis is drawn."""
    traces = [{**_points(chart, p, s), "text": ""} for p, s in enumerate(chart.series)]
    found = values(chart)
    low, high = min(found, default=0.0), max(found, default=0.0)
    spare = (high - low or 1.0) * 0.08
    names = [label(category, 12) for category in chart.categories]
    named = TEXT_LINE * max((name.count("<br>") + 1 for name in names), default=1) + 6
    per_unit = (HEIGHT - ABOVE - BELOW - named) / (high - low + 2 * spare)
    starts = [*_starts(chart)]
    ends = [*_spread(_line_ends(chart), per_unit, "left")]
    more = max((_reach(end, per_unit) for end in ends), default=0.0) - (high + spare) * per_unit
    above = ABOVE + max(round(more - ABOVE), 0)
    room = max((len(text) for _, _, text, _ in starts), default=0) * LETTER
    return traces, {
        "height": HEIGHT - ABOVE + above,
        "margin": {"l": max(48, room + 18), "r": 120, "t": above, "b": BELOW},
        "xaxis": {**category_axis(names), "range": [-0.03, 1.03]},
        "yaxis": {**plain_axis(), "visible": False, "range": [low - spare, high + spare]},
        "annotations": [*_spread(starts, per_unit, "right"), *ends],
    }


def small_line(chart: Chart, like: Chart) -> Drawn:
    """A single line in a panel, on the scale of all; its ends say their values, not an axis."""
    [trace], layout = line(chart)
    low, high = min(values(like), default=0.0), max(values(like), default=0.0)
    low = min(low, 0.0) if starts_at_zero(like) else low
    spare = (high - low or 1.0) * 0.2
    room = [low - spare if low else 0.0, high + spare]
    reach = {"range": room, "nticks": 3, "showticklabels": False}
    known = [p for p, number in enumerate(chart.series[0].values) if number is not None]
    ends = {*known[:1], *known[-1:]}
    texts = [text if place in ends else "" for place, text in enumerate(trace["text"])]
    layout |= {"height": PANEL_HEIGHT, "yaxis": {**layout["yaxis"], **reach}}
    layout["margin"] = {**layout["margin"], "l": PANEL_EDGE}
    return [{**trace, "text": texts, "textposition": "top center"}], layout


def starts_at_zero(chart: Chart) -> bool:
    """Whether the value axis starts at nil; only lines that vary little do without it.

    >>> from boardpack.document.blocks import Number, Series
    >>> def chart_of(*texts: str) -> Chart:
    ...     numbers = tuple(Number(text, "a.b.c.d", text) for text in texts)
    ...     return Chart("c", "line", "Trend", "", tuple(texts), (Series("", numbers),), "£000s")
    >>> starts_at_zero(chart_of("10", "900")), starts_at_zero(chart_of("890", "900"))
    (True, False)
    """
    found = values(chart)
    low, high = min(found, default=0.0), max(found, default=0.0)
    return low <= 0 or high - low > high / 4


def _points(chart: Chart, place: int, series: Series) -> Spec:
    labelled = _labelled(series) if len(chart.series) == 1 else ()
    sizes = [size(chart, number) for number in series.values]
    texts = [value_label(n) if p in labelled else "" for p, n in enumerate(series.values)]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": label(series.name),
        "x": list(range(len(sizes))),
        "y": sizes,
        "text": texts,
        "textposition": [_free_side(sizes, p) for p in range(len(sizes))],
        "cliponaxis": False,
        **({"connectgaps": True} if chart.joined else {}),
        "line": {"color": series_colour(place), "width": 3},
        "marker": {"symbol": SHAPES[place], "size": 9, "color": series_colour(place)},
        **identity(chart, series),
    }


def _labelled(series: Series) -> list[int]:
    """The points of a single line that say their value: all if few, else the first and last."""
    known = [place for place, number in enumerate(series.values) if number is not None]
    return known if len(known) <= FEW_POINTS else [known[0], known[-1]]


def _free_side(values: Sequence[float | None], place: int) -> str:
    """Where a label stands clear of the line that passes through its point."""
    here = values[place] or 0.0
    before, after = (values[p] if 0 <= p < len(values) else None for p in (place - 1, place + 1))
    rises = after is not None and after > here, before is not None and before > here
    return {
        (False, False): "top center",
        (True, True): "bottom center",
        (True, False): "top left",
        (False, True): "top right",
    }[rises]


def _end_labels(chart: Chart) -> Iterable[Spec]:
    """What each line and the target say at their end, moved up where it would cover another."""
    found = values(chart)
    bottom = 0.0 if starts_at_zero(chart) else min(found, default=0.0)
    span = max(found, default=0.0) - min(bottom, min(found, default=0.0))
    yield from _spread(_ends(chart), HEIGHT * 0.7 / (span or 1.0), "left")


def _spread(labels: Iterable[End], per_unit: float, side: str) -> Iterable[Spec]:
    """Labels beside their points, moved up where one would cover another."""
    away = 10 if side == "left" else -10
    lowest = float("-inf")
    for y, x, text, ink in sorted(labels):
        height = TEXT_LINE * (text.count("<br>") + 1)
        middle = max(y * per_unit, lowest + height / 2)
        lowest = middle + height / 2
        beside = {"xanchor": side, "yanchor": "middle", "xshift": away, "align": side}
        moved = {"yshift": round(middle - y * per_unit), "font": {"color": ink}}
        yield note(text, x, y, **beside, **moved)


def _reach(label: Spec, per_unit: float) -> float:
    """How high the top of a label stands, in points above nil."""
    lines: int = label["text"].count("<br>") + 1
    middle: float = label["y"] * per_unit + label["yshift"]
    return middle + TEXT_LINE * lines / 2


def _ends(chart: Chart) -> Iterable[End]:
    last = len(chart.categories) - 1
    if chart.target is not None:
        name = label(chart.target_label or "Target", 14)
        said = f"{name}<br>{value_label(chart.target)}"
        yield size(chart, chart.target) or 0.0, last, said, colours().ink
    if len(chart.series) > 1:
        yield from _line_ends(chart)


def _line_ends(chart: Chart) -> Iterable[End]:
    for place, series in enumerate(chart.series):
        known = [(x, number) for x, number in enumerate(series.values) if number is not None]
        if known:
            x, number = known[-1]
            text = f"{label(series.name, 14)}<br>{value_label(number)}"
            yield size(chart, number) or 0.0, x, text, _ink(place, number)


def _starts(chart: Chart) -> Iterable[End]:
    for place, series in enumerate(chart.series):
        number = series.values[0]
        if number is not None:
            yield size(chart, number) or 0.0, 0, value_label(number), _ink(place, number)


def _ink(place: int, number: Number) -> str:
    """The line's own colour where it is dark enough to be read."""
    if number.is_red:
        return colours().red
    return series_colour(place) if place in (0, 2) else colours().ink


def _target_rule(target: float) -> Spec:
    return {**rule(0, 1, target, target, colours().ink, "dash"), "xref": "paper"}
