"""The paper's charts as native ones, which the presenter can edit: bars, parts, walks, lines.

What each bar says and how it is painted comes from the spans of the printed chart, so that a slide
cannot say other than the paper. Labels bear the printed text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn

from boardpack.core.design import colours
from boardpack.document.blocks import Chart
from boardpack.outputs.charts.static_spans import Span, Spans, waterfall_spans
from boardpack.outputs.charts.static_style import colour as series_colour
from boardpack.outputs.charts.static_style import target_text
from boardpack.outputs.slides.bars import Bars, bars_of
from boardpack.outputs.slides.data import Run, chart_data, workbook_of
from boardpack.outputs.slides.deck import Box, Words, colour, describe, set_font
from boardpack.outputs.slides.text import WIDER, fitted, plain, text_width
from boardpack.outputs.typeface import wrapped

SIZE, LEAST = 14.0, 9.0
LEGEND = 28.0
NAMES, NAME_LINES = 0.34, 3
"""The most of a chart's width that the names of its bars take, and the most lines of one."""
GAP, THICKEST = 0.45, 40.0
"""The gap between bars, in their thickness, and the most that one is thick."""


def unit_of(chart: Chart) -> str:
    """What stands over a chart: its unit, its target, and where its bars do not start at zero."""
    spans = waterfall_spans(chart) if chart.shape == "waterfall" else Spans(())
    floor = f" (bars start at {spans.floor:,.0f}, not at zero)" if spans.floor else ""
    is_line = chart.shape == "line"
    target = "" if chart.target is None or is_line else f" · {target_text(chart)}"
    return f"{plain(chart.unit)}{floor}{target}"


def add_bars(slide: Any, chart: Chart, box: Box, timestamp: int) -> None:
    """A chart of bars of any kind; the names of bars stand at its left."""
    size = _size(chart, box)
    left = min(NAMES * box.width, _name_width(chart, size)) + 10
    bars = bars_of(chart, box.width - left - 8, size)
    kind = XL_CHART_TYPE.BAR_STACKED if bars.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    shown = ["\n".join(_name(plain(name), size, left - 10)) for name in chart.categories]
    made = native(slide, kind, chart, shown, bars.runs, box, timestamp)
    plot = made.plots[0]
    plot.gap_width, plot.overlap = _gap_width(chart, box), 100 if bars.stacked else 0
    names, values = made.category_axis, made.value_axis
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _quiet_axis(names, size)
    values.minimum_scale, values.maximum_scale = bars.low, bars.high
    values.has_major_gridlines = values.visible = False
    _paint(plot, bars, size)
    has_key = len(chart.series) > 1
    if has_key:
        key(made, size)
    place_plot(made, Box(left, 4, box.width - left - 8, box.height - 8 - LEGEND * has_key), box)


def native(
    slide: Any,
    kind: Any,
    chart: Chart,
    categories: Sequence[str],
    runs: Sequence[Run],
    box: Box,
    timestamp: int,
) -> NativeChart:
    """A native chart as it comes, with its data, its workbook and its text alternative."""
    frame = slide.shapes.add_chart(kind, *box.emu(), chart_data(categories, runs))
    describe(frame, f"Chart: {chart.id}", plain(f"{chart.title}. {chart.alt}"))
    made: NativeChart = frame.chart
    _number_axes(made)
    part: Any = made.part
    part.chart_workbook.update_from_xlsx_blob(workbook_of(categories, runs, timestamp))
    made.has_title, made.has_legend = False, False
    set_font(made.font, Words("", SIZE))
    return made


def _number_axes(made: NativeChart) -> None:
    """The axes' ids as the schema wants them: the library's are below nil, which no id may be."""
    known: dict[str, str] = {}
    for axis in made.element.iter(qn("c:axId"), qn("c:crossAx")):
        axis.set("val", known.setdefault(axis.get("val"), str(len(known) + 1)))


def key(made: NativeChart, size: float) -> None:
    """The names of the series, below the plot."""
    made.has_legend = True
    if made.legend is not None:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
        set_font(made.legend.font, Words("", size))


def place_plot(made: NativeChart, plot: Box, box: Box) -> None:
    """The plot's own place in the chart, so that its labels have the room reckoned for them."""
    area = made.element.find(f".//{qn('c:plotArea')}")
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    layout = etree.Element(qn("c:layout"))
    area.insert(0, layout)
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    parts = {
        "layoutTarget": "inner",
        "xMode": "edge",
        "yMode": "edge",
        "x": f"{plot.left / box.width:.4f}",
        "y": f"{plot.top / box.height:.4f}",
        "w": f"{plot.width / box.width:.4f}",
        "h": f"{plot.height / box.height:.4f}",
    }
    for name, value in parts.items():
        etree.SubElement(manual, qn(f"c:{name}"), val=value)


def label(point: Any, text: str, ink: str, size: float, position: Any, aside: float = 0.0) -> None:
    """A point's label with its printed text, bold where it is adverse.

    `aside` is how far it stands to the right of its position, in the chart's widths.
    """
    frame = point.data_label.text_frame
    run = frame.paragraphs[0].add_run()
    run.text = text
    set_font(run.font, Words("", size, ink == colours().red, ink))
    if position is not None:
        point.data_label.position = position
    if aside:
        layout = etree.Element(qn("c:layout"))
        moved = etree.SubElement(layout, qn("c:manualLayout"))
        etree.SubElement(moved, qn("c:x"), val=f"{aside:.4f}")
        point.data_label._dLbl.find(qn("c:idx")).addnext(layout)


def _paint(plot: Any, bars: Bars, size: float) -> None:
    for n, series in enumerate(plot.series):
        series.invert_if_negative = False
        if n in bars.hidden:
            series.format.fill.background()
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour(series_colour(n))
        for row in range(len(bars.runs[n].values)):
            if bars.runs[n].values[row] is None:
                continue
            point, span = series.points[row], bars.painted.get((n, row))
            if span is not None and span.fill != series_colour(n):
                _paint_point(point, series, row, span.fill)
            if (n, row) in bars.said:
                _say(point, bars, n, bars.said[n, row], size)


def _paint_point(point: Any, series: Any, row: int, ink: str) -> None:
    """A bar in a colour of its own, below zero too: else some programs show it white there."""
    point.format.fill.solid()
    point.format.fill.fore_color.rgb = colour(ink)
    own = series._element.get_or_add_dPt_for_point(row)
    own.find(qn("c:idx")).addnext(etree.Element(qn("c:invertIfNegative"), val="0"))


def _say(point: Any, bars: Bars, series: int, span: Span, size: float) -> None:
    if series in bars.hidden:
        position = XL_LABEL_POSITION.INSIDE_BASE
    else:
        position = XL_LABEL_POSITION.CENTER if bars.stacked else XL_LABEL_POSITION.OUTSIDE_END
    label(point, span.text, span.ink, size, position)


def _quiet_axis(axis: Any, size: float) -> None:
    axis.has_major_gridlines = False
    axis.format.line.color.rgb = colour(colours().ink)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    set_font(axis.tick_labels.font, Words("", size))


def _gap_width(chart: Chart, box: Box) -> int:
    """The gap between the bars of two categories, in per cent of one bar's thickness."""
    step = (box.height - LEGEND) / max(1, len(chart.categories))
    return min(500, round(100 * max(GAP, step / THICKEST - _lanes(chart))))


def _size(chart: Chart, box: Box) -> float:
    """The type's size: smaller where there are many bars, or where their names are long."""
    step = (box.height - LEGEND) / max(1, len(chart.categories))
    room = NAMES * box.width
    for size in range(int(min(SIZE, step / _lanes(chart) * 0.68)), int(LEAST), -1):
        depth = max((len(_name(plain(c), size, room)) for c in chart.categories), default=1)
        if size <= step / depth * 0.8:
            return float(size)
    return LEAST


def _name(text: str, size: float, room: float) -> list[str]:
    """The name of a bar in lines, of which there are three at most."""
    return wrapped(fitted(text, (size,), room, NAME_LINES)[0], size * WIDER, room)


def _lanes(chart: Chart) -> int:
    return max(1, len(chart.series)) if chart.shape == "bar" else 1


def _name_width(chart: Chart, size: float) -> float:
    return max((text_width(plain(name), size) for name in chart.categories), default=0.0)
