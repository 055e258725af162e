"""Charts for paper: a Chart drawn as SVG without a browser, for the PDF and the Word file.

The renderer starts threads of its own, so it must never run in a process that later forks.
"""

from __future__ import annotations

from functools import cache
from html import escape
from types import ModuleType

from boardpack.outputs.static_bars import spans_spec
from boardpack.outputs.static_lines import line_spec
from boardpack.outputs.static_spans import bar_spans, stacked_spans, waterfall_spans
from boardpack.outputs.static_style import text_of
from boardpack.outputs.typeface import FONTS
from boardpack.paper.blocks import Chart

FULL_WIDTH = 493.0
HALF_WIDTH = 240.0
"""The text of a page, and half of it less the gap between two charts (see `paper.typ`)."""

_SPANS = {"bar": bar_spans, "stacked": stacked_spans, "waterfall": waterfall_spans}


def chart_svg(chart: Chart, width: float = FULL_WIDTH) -> str:
    """The chart as SVG, `width` points wide, with its text alternative; always the same bytes."""
    if chart.shape == "line":
        spec = line_spec(chart, width)
    else:
        spec = spans_spec(chart, _SPANS[chart.shape](chart), width)
    svg: str = _renderer().vegalite_to_svg(spec)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(text_of(chart.alt))}" ', 1)


@cache
def _renderer() -> ModuleType:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
