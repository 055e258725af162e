"""Bars, stacked bars and waterfalls: lengths that lie side by side, one row for each category.

All three are spans from a start to an end; what differs is where a span starts and whether its
label stands inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate, pairwise

from boardpack.outputs.static_style import (
    ADVERSE,
    DARK,
    FONT_SIZE,
    INK,
    KEY_HEIGHT,
    LINE_HEIGHT,
    ONCE,
    QUIET,
    TICKS,
    Frame,
    Layer,
    colour,
    key_layers,
    key_names,
    number_axis,
    paint,
    scale,
    text_of,
    ticks,
)
from boardpack.outputs.typeface import width, wrapped
from boardpack.paper.blocks import Chart, Number, scaled

GOOD_STEP = "#28A197"
BAR, GROUPED_BAR, GAP = 12.0, 11.0, 6.0
LABEL_SHARE = 0.36


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


def bar_spec(chart: Chart, total: float) -> Layer:
    """Horizontal bars from zero, grouped where there are several series."""
    spans = [
        Span(row, lane, 0.0, _value(chart, number), text_of(number.text), *paints)
        for lane, series in enumerate(chart.series)
        for row, number in enumerate(series.values)
        if number is not None
        for paints in [_colours(chart, lane, number)]
    ]
    return _draw(chart, spans, total, lanes=len(chart.series))


def stacked_spec(chart: Chart, total: float) -> Layer:
    """Parts laid end to end; negative parts run to the other side of zero."""
    spans: list[Span] = []
    for row in range(len(chart.categories)):
        ends = {False: 0.0, True: 0.0}
        for lane, series in enumerate(chart.series):
            number = series.values[row]
            if number is None:
                continue
            value = _value(chart, number)
            start = ends[value < 0]
            ends[value < 0] = start + value
            fill = colour(lane)
            ink = "white" if fill in DARK else INK
            text = text_of(number.text)
            spans.append(Span(row, 0, start, start + value, text, fill, ink, inside=True))
    return _draw(chart, spans, total, lanes=1)


def waterfall_spec(chart: Chart, total: float) -> Layer:
    """A walk from the first level to the last, each step from where the one before it ended."""
    spans: list[Span] = []
    numbers = chart.series[0].values
    level = floor = _floor([_value(chart, n) for n in numbers if n is not None])
    for row, number in enumerate(numbers):
        if number is None:
            continue
        value = _value(chart, number)
        is_level = row in (0, len(numbers) - 1)
        start, level = (floor, value) if is_level else (level, level + value)
        fill = colour(0) if is_level else ADVERSE if number.adverse else GOOD_STEP
        ink = ADVERSE if number.adverse else INK
        spans.append(Span(row, 0, start, level, text_of(number.text), fill, ink))
    links = [{"row": a.row, "next": b.row, "at": a.end} for a, b in pairwise(spans)]
    return _draw(chart, spans, total, lanes=1, links=links, floor=floor)


def _floor(values: Sequence[float]) -> float:
    """Where the bars of a waterfall start: at zero, unless that would hide all its steps.

    The chart says so when they do not start at zero.
    """
    first, *steps, last = values if len(values) > 1 else (*values, 0.0)
    levels = [first, *accumulate(steps, initial=first), last]
    low, high = min(levels), max(levels)
    return ticks(low - (high - low), high)[0] if low - (high - low) * 4 > 0 else 0.0


def _value(chart: Chart, number: Number) -> float:
    return float(scaled(number, chart.scale))


def _colours(chart: Chart, lane: int, number: Number) -> tuple[str, str]:
    """Fill and label colour: among several series the bar keeps its own, which the key names."""
    if not number.adverse:
        return colour(lane), INK
    return (ADVERSE if len(chart.series) == 1 else colour(lane)), ADVERSE


def _draw(
    chart: Chart,
    spans: Sequence[Span],
    total: float,
    lanes: int,
    links: Sequence[Layer] = (),
    floor: float = 0.0,
) -> Layer:
    names = [wrapped(text_of(c), FONT_SIZE, total * LABEL_SHARE) for c in chart.categories]
    thickness = BAR if lanes == 1 else GROUPED_BAR * lanes
    step = max(thickness + GAP, LINE_HEIGHT * max(len(lines) for lines in names) + GAP / 2)
    left = max(width(line, FONT_SIZE) for lines in names for line in lines) + 6
    top = KEY_HEIGHT * bool(key_names(chart)) + LINE_HEIGHT * (chart.target is not None) + 2
    bottom = 2 * LINE_HEIGHT + 4
    frame = Frame(total - left - 4, step * len(names), left, 4, top, bottom)
    return _Bars(chart, frame, names, thickness / step, floor).spec(spans, links)


@dataclass(frozen=True)
class _Bars:
    """The layers of one chart of spans, within its frame."""

    chart: Chart
    frame: Frame
    names: Sequence[Sequence[str]]
    share: float
    floor: float

    def spec(self, spans: Sequence[Span], links: Sequence[Layer]) -> Layer:
        low, high, unit = self._range(spans)
        shown = [self._labelled(span, unit) for span in spans]
        domain = scale(low, high)
        axis = number_axis(self._marks(low, high, unit), self._unit())
        layers = [
            self._links(links, domain),
            *self._spans(shown, domain, axis),
            self._zero(domain),
            *self._target(domain),
            *key_layers(key_names(self.chart), self.frame),
        ]
        spec = self.frame.spec(layers)
        spec["params"] = [{"name": "names", "value": [list(lines) for lines in self.names]}]
        return spec

    def _range(self, spans: Sequence[Span]) -> tuple[float, float, float]:
        """The axis' ends, with room beyond the bars for their labels, and points per unit."""
        target = [] if self.chart.target is None else [_value(self.chart, self.chart.target)]
        ends = [self.floor, *target, *(s.start for s in spans), *(s.end for s in spans)]
        low, high = min(ends), max(ends)
        outside = [s for s in spans if not s.inside]
        before = max((self._room(s) for s in outside if s.end < s.start), default=0.0)
        beyond = max((self._room(s) for s in outside if s.end >= s.start), default=0.0)
        unit = (self.frame.width - before - beyond) / ((high - low) or 1.0)
        return low - before / unit, (high if high > low else 1.0) + beyond / unit, unit

    def _marks(self, low: float, high: float, unit: float) -> list[float]:
        """The values that the axis names: about five, or fewer where they would touch."""
        for count in range(TICKS, 0, -1):
            marks = [mark for mark in ticks(low, high, count) if low <= mark <= high]
            widest = max((width(f"({mark:,g})", FONT_SIZE) for mark in marks), default=0.0)
            if len(marks) < 2 or (marks[1] - marks[0]) * unit > widest + 8:
                break
        return marks

    def _unit(self) -> str:
        unit = text_of(self.chart.unit)
        return f"{unit} (the bars start at {self.floor:,g})" if self.floor else unit

    def _room(self, span: Span) -> float:
        return width(span.text, FONT_SIZE) + 6

    def _labelled(self, span: Span, unit: float) -> Span:
        """The span, without its label where that would not fit inside."""
        if span.inside and abs(span.end - span.start) * unit < self._room(span):
            return replace(span, text="")
        return span

    def _spans(self, spans: Sequence[Span], domain: Layer, axis: Layer) -> list[Layer]:
        data = {"values": [{**asdict(s), "mid": (s.start + s.end) / 2} for s in spans]}
        y = {**self._rows(), "axis": {"labelExpr": "names[datum.value]", "title": None}}
        lane = {"field": "lane", "type": "ordinal", "scale": {"paddingOuter": 0}}
        x = {"field": "start", "type": "quantitative", "scale": domain, "axis": axis}
        bars = {"y": y, "x": x, "x2": {"field": "end"}, "yOffset": lane, "fill": paint("fill")}
        mark = {"type": "bar", "stroke": "white", "strokeWidth": 0.5}
        outside = "datum.inside ? 'center' : datum.end < datum.start ? 'right' : 'left'"
        shift = "datum.inside ? 0 : datum.end < datum.start ? -3 : 3"
        place = {"type": "text", "align": {"expr": outside}, "dx": {"expr": shift}}
        at = {"type": "quantitative", "scale": domain}
        label: Layer = {"y": y, "yOffset": lane, "text": {"field": "text"}, "color": paint("ink")}
        inside = {"filter": "datum.inside"}, {"field": "mid", **at}
        beside = {"filter": "!datum.inside"}, {"field": "end", **at}
        labels = [
            {"data": data, "transform": [kept], "mark": place, "encoding": {**label, "x": position}}
            for kept, position in (inside, beside)
        ]
        return [{"data": data, "mark": mark, "encoding": bars}, *labels]

    def _rows(self) -> Layer:
        gaps = {"paddingInner": 1 - self.share, "paddingOuter": (1 - self.share) / 2}
        places = list(range(len(self.names)))
        return {"field": "row", "type": "ordinal", "scale": {"domain": places, **gaps}}

    def _links(self, links: Sequence[Layer], domain: Layer) -> Layer:
        x = {"field": "at", "type": "quantitative", "scale": domain}
        mark = {"type": "rule", "color": QUIET, "strokeWidth": 0.5}
        encoding = {"x": x, "y": self._rows(), "y2": {"field": "next"}}
        return {"data": {"values": list(links)}, "mark": mark, "encoding": encoding}

    def _zero(self, domain: Layer) -> Layer:
        x = {"datum": self.floor, "type": "quantitative", "scale": domain}
        mark = {"type": "rule", "color": INK, "strokeWidth": 0.75}
        return {"data": ONCE, "mark": mark, "encoding": {"x": x}}

    def _target(self, domain: Layer) -> list[Layer]:
        target = self.chart.target
        if target is None:
            return []
        x = {"datum": _value(self.chart, target), "type": "quantitative", "scale": domain}
        text = f"{text_of(self.chart.target_label)} {text_of(target.text)}".strip()
        dashed = {"type": "rule", "color": INK, "strokeDash": [3, 2], "strokeWidth": 1}
        label = {"type": "text", "text": text, "align": "center", "dy": -LINE_HEIGHT / 2}
        return [
            {"data": ONCE, "mark": dashed, "encoding": {"x": x}},
            {"data": ONCE, "mark": label, "encoding": {"x": x, "y": {"value": 0}}},
        ]
