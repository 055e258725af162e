"""Bars, stacked bars, waterfalls and bullets on paper: spans in rows, one for each category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from boardpack.core.design import colours
from boardpack.document.blocks import Chart
from boardpack.outputs.charts.static_head import Head, head_of
from boardpack.outputs.charts.static_spans import Span, Spans, floor_note, row_numbers
from boardpack.outputs.charts.static_style import (
    FONT_SIZE,
    LINE_HEIGHT,
    ONCE,
    Frame,
    Layer,
    bold_when_adverse,
    halo,
    number_axis,
    paint,
    pixels,
    scale,
    text_of,
    ticks,
)
from boardpack.outputs.typeface import width, wrapped

BAR, GROUPED_BAR, GAP = 9.5, LINE_HEIGHT, 4.0
LABEL_SHARE = 0.36
LANE: Layer = {"field": "lane", "type": "ordinal", "scale": {"paddingOuter": 0}}


def spans_spec(chart: Chart, spans: Spans, total: float, like: Spans | None = None) -> Layer:
    """The chart, `total` points wide, as tall as its rows need.

    `like` are the spans whose scale it takes, where it stands beside others of its kind.
    """
    names = _row_names(chart, total * LABEL_SHARE)
    thickness = BAR if spans.lanes == 1 else GROUPED_BAR * spans.lanes
    step = max(thickness + GAP, LINE_HEIGHT * max(len(lines) for lines in names) + GAP / 2)
    left = max(width(line, FONT_SIZE) for lines in names for line in lines) + 6
    head = head_of(chart, _unit(chart), total)
    top = head.height + LINE_HEIGHT * (spans.target is not None) + 3
    frame = Frame(total - left - 6, step * len(names), left, 6, top, 2)
    return _Bars(frame, head, names, thickness / step, like or spans).spec(spans)


def _row_names(chart: Chart, limit: float) -> list[list[str]]:
    names = [wrapped(text_of(name), FONT_SIZE, limit) for name in chart.categories]
    if chart.shape != "bullet":
        return names
    numbers = (wrapped(text_of(said), FONT_SIZE, limit) for said in row_numbers(chart))
    return [[*name, *said] for name, said in zip(names, numbers, strict=True)]


def _unit(chart: Chart) -> str:
    unit, note = text_of(chart.unit), floor_note(chart)
    return f"{unit} ({note})" if unit and note else unit


@dataclass(frozen=True)
class _Bars:
    """The layers of one chart of spans, within its frame; `like` sets its scale."""

    frame: Frame
    head: Head
    names: Sequence[Sequence[str]]
    share: float
    like: Spans

    def spec(self, spans: Spans) -> Layer:
        """The whole chart: links, bars, labels, zero line, target and key."""
        low, high, unit = self._range()
        shown = [self._labelled(span, unit) for span in spans.bars]
        domain = scale(low, high)
        axis = {**number_axis([m for m in ticks(low, high) if low <= m <= high]), "labels": False}
        layers = [
            self._links(spans, domain),
            self._bars(shown, domain, axis),
            self._zero(domain),
            *self._target(spans.target, low, high),
            *self._labels(shown, domain),
            self._names(),
            *self.head.layers(self.frame),
        ]
        return self.frame.spec(layers)

    def _range(self) -> tuple[float, float, float]:
        """The axis' ends, with room beyond the bars for their labels, and points per unit."""
        spans = self.like.bars
        target = [] if self.like.target is None else [self.like.target[0]]
        ends = [self.like.floor, *target, *(s.start for s in spans), *(s.end for s in spans)]
        low, high = min(ends), max(ends)
        outside = [s for s in spans if not s.inside]
        before = max((self._room(s) for s in outside if s.end < s.start), default=0.0)
        beyond = max((self._room(s) for s in outside if s.end >= s.start), default=0.0)
        unit = (self.frame.width - before - beyond) / ((high - low) or 1.0)
        return low - before / unit, (high if high > low else 1.0) + beyond / unit, unit

    def _room(self, span: Span) -> float:
        return width(span.text, FONT_SIZE, bold=True) + 6

    def _labelled(self, span: Span, unit: float) -> Span:
        """The span, without its label where that would not fit inside."""
        if span.inside and abs(span.end - span.start) * unit < self._room(span):
            return replace(span, text="")
        return span

    def _bars(self, spans: Sequence[Span], domain: Layer, axis: Layer) -> Layer:
        x: Layer = {"field": "start", "type": "quantitative", "scale": domain, "axis": axis}
        ends: Layer = {"x": x, "x2": {"field": "end"}, "y": self._rows(), "yOffset": LANE}
        mark = {"type": "bar", "stroke": colours().white, "strokeWidth": 0.5}
        encoding = {**ends, "fill": paint("fill")}
        return {"data": _rows_of(spans), "mark": mark, "encoding": encoding}

    def _labels(self, spans: Sequence[Span], domain: Layer) -> list[Layer]:
        """Labels within parts, or beside bars, there over a halo that parts them from lines."""
        value = {"type": "quantitative", "scale": domain}
        place: Layer = {"y": self._rows(), "yOffset": LANE, "text": {"field": "text"}}
        within: Layer = {**place, "x": {"field": "mid", **value}, "color": paint("ink")}
        beside: Layer = {**place, "x": {"field": "end", **value}}
        before = "datum.end < datum.start"
        sides = {
            "align": {"expr": f"{before} ? 'right' : 'left'"},
            "dx": {"expr": f"{before} ? -3 : 3"},
        }
        mark = {"type": "text", "fontWeight": bold_when_adverse(), **sides}
        inside = _rows_of([span for span in spans if span.inside])
        outside = _rows_of([span for span in spans if not span.inside])
        inked = {**beside, "color": paint("ink")}
        return [
            {"data": inside, "mark": {"type": "text", "align": "center"}, "encoding": within},
            {"data": outside, "mark": {**mark, **halo()}, "encoding": beside},
            {"data": outside, "mark": mark, "encoding": inked},
        ]

    def _rows(self) -> Layer:
        gaps = {"paddingInner": 1 - self.share, "paddingOuter": (1 - self.share) / 2}
        places = list(range(len(self.names)))
        kept = {"domain": places, **gaps}
        return {"field": "row", "type": "ordinal", "scale": kept, "axis": None}

    def _names(self) -> Layer:
        """The names of the rows, each in the middle of its row, however many lines it has."""
        step = self.frame.height / len(self.names)
        rows = [
            {
                "x": -6,
                "y": (place + 0.5) * step - LINE_HEIGHT * len(lines) / 2 + 0.5,
                "text": "\n".join(lines),
            }
            for place, lines in enumerate(self.names)
        ]
        mark = {"type": "text", "align": "right", "baseline": "top", "lineBreak": "\n"}
        encoding = {"x": pixels("x"), "y": pixels("y"), "text": {"field": "text"}}
        return {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    def _links(self, spans: Spans, domain: Layer) -> Layer:
        steps = pairwise(spans.bars) if spans.linked else ()
        links = [{"row": a.row, "next": b.row, "at": a.end} for a, b in steps]
        x = {"field": "at", "type": "quantitative", "scale": domain}
        mark = {"type": "rule", "color": colours().quiet, "strokeWidth": 0.5}
        encoding = {"x": x, "y": self._rows(), "y2": {"field": "next"}}
        return {"data": {"values": links}, "mark": mark, "encoding": encoding}

    def _zero(self, domain: Layer) -> Layer:
        x = {"datum": self.like.floor, "type": "quantitative", "scale": domain}
        mark = {"type": "rule", "color": colours().ink, "strokeWidth": 0.75}
        return {"data": ONCE, "mark": mark, "encoding": {"x": x}}

    def _target(self, target: tuple[float, str] | None, low: float, high: float) -> list[Layer]:
        if target is None:
            return []
        value, text = target
        at = (value - low) / (high - low) * self.frame.width
        half = width(text, FONT_SIZE) / 2
        middle = min(max(at, half - self.frame.left), self.frame.width + self.frame.right - half)
        dashed = {"type": "rule", "color": colours().ink, "strokeDash": [3, 2], "strokeWidth": 1}
        label = {"type": "text", "text": text, "align": "center", "dy": -LINE_HEIGHT / 2}
        above = {"x": {"value": middle}, "y": {"value": 0}}
        return [
            {"data": ONCE, "mark": dashed, "encoding": {"x": {"value": at}}},
            {"data": ONCE, "mark": label, "encoding": above},
        ]


def _rows_of(spans: Sequence[Span]) -> Layer:
    return {"values": [{**asdict(span), "mid": (span.start + span.end) / 2} for span in spans]}
