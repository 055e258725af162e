"""Charts drawn as SVG without a browser, for print and for pages without scripts.

The renderer starts threads of its own, so it must never run in a process that later forks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from types import ModuleType

from boardpack.outputs.static_bars import spans_spec
from boardpack.outputs.static_lines import line_spec
from boardpack.outputs.static_spans import bar_spans, stacked_spans, waterfall_spans
from boardpack.outputs.static_style import text_of
from boardpack.outputs.typeface import FONTS
from boardpack.paper.blocks import Chart
from boardpack.paper.content import Part

FULL_WIDTH = 493.0
HALF_WIDTH = 240.0
"""The text of a page, and half of it less the gap between two charts (see `paper.typ`)."""
SCREEN_WIDTH = 340.0
"""A chart on a screen: shown at twice this size, and no smaller than this on a phone."""

_SPANS = {"bar": bar_spans, "stacked": stacked_spans, "waterfall": waterfall_spans}


@lru_cache(maxsize=256)
def chart_svg(chart: Chart, width: float = FULL_WIDTH) -> str:
    """The chart as SVG, `width` points wide, with its text alternative; always the same bytes."""
    if chart.shape == "line":
        spec = line_spec(chart, width)
    else:
        spec = spans_spec(chart, _SPANS[chart.shape](chart), width)
    svg: str = _renderer().vegalite_to_svg(spec)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(text_of(chart.alt))}" ', 1)


def write_pictures(parts: Sequence[Part], folder: Path) -> None:
    """Each chart of the paper as `<its id>.svg`, for a screen."""
    folder.mkdir(parents=True, exist_ok=True)
    for chart in charts_of(parts):
        (folder / f"{chart.id}.svg").write_text(screen_svg(chart), encoding="utf-8")


def screen_svg(chart: Chart) -> str:
    """The chart as a page shows it, which has said the unit above it."""
    return chart_svg(replace(chart, unit=""), SCREEN_WIDTH)


def charts_of(parts: Sequence[Part]) -> tuple[Chart, ...]:
    """The paper's charts in order."""
    chapters = (chapter for part in parts for chapter in part.chapters)
    return tuple(b for chapter in chapters for b in chapter.blocks if isinstance(b, Chart))


@cache
def _renderer() -> ModuleType:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
