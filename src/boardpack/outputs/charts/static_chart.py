"""Charts drawn as SVG without a browser, for print and for pages without scripts."""

from __future__ import annotations

import hashlib
import json
import platform
import struct
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from html import escape
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from boardpack.core.design import Design, colours, design
from boardpack.core.stored import stored
from boardpack.document.blocks import Chart
from boardpack.document.content import Part
from boardpack.outputs.charts.static_bars import spans_spec
from boardpack.outputs.charts.static_lines import line_spec
from boardpack.outputs.charts.static_panels import panels_svg
from boardpack.outputs.charts.static_slope import slope_spec
from boardpack.outputs.charts.static_spans import (
    bar_spans,
    bullet_spans,
    stacked_spans,
    waterfall_spans,
)
from boardpack.outputs.charts.static_style import Layer, text_of
from boardpack.outputs.typeface import FAMILY, FONTS

FULL_WIDTH = 493.0
HALF_WIDTH = 240.0
"""The text of a page, and half of it less the gap between two charts (see `paper.typ`)."""
SCREEN_WIDTH = 340.0
"""A chart on a screen, where it is shown at twice this size; on a phone it is half a page wide."""
PNG_SCALE = 2.0
PNG_SIZE = 16
"""Where a PNG says how many dots it is wide and high."""

_SPANS = {
    "bar": bar_spans,
    "bullet": bullet_spans,
    "stacked": stacked_spans,
    "waterfall": waterfall_spans,
}
_LINES = {"line": line_spec, "slope": slope_spec}


def chart_svg(chart: Chart, width: float = FULL_WIDTH) -> str:
    """The chart as SVG, `width` points wide, with its text alternative; always the same bytes."""
    return _svg(chart, width, design())


@lru_cache(maxsize=256)
def _svg(chart: Chart, width: float, _drawn_with: Design) -> str:
    if chart.shape == "multiples":
        svg = panels_svg(chart, width, _drawn)
    elif chart.shape in _LINES:
        svg = _drawn(_LINES[chart.shape](chart, width))
    else:
        svg = _drawn(spans_spec(chart, _SPANS[chart.shape](chart), width))
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(text_of(chart.alt))}" ', 1)


def _drawn(spec: Layer) -> str:
    given = json.dumps(spec).encode()
    return stored(_renderer_seal(), given, lambda: _svg_of(spec)).decode()


def chart_png(chart: Chart) -> tuple[bytes, float]:
    """The chart as a PNG at the width of a page's text, and its height in points.

    It is drawn finer than it is shown, for print, and on white. The renderer needs the typeface's
    name in quotes, because it has a digit.
    """
    named = chart_svg(chart).replace(f'"{FAMILY}"', f"\"'{FAMILY}'\"")
    ground = f'<rect width="100%" height="100%" fill="{colours().white}"/>'
    start, end, rest = named.partition(">")
    svg = f"{start}{end}{ground}{rest}"
    png = svg_png(svg)
    across, down = struct.unpack_from(">II", png, PNG_SIZE)
    return png, FULL_WIDTH * down / across


def svg_png(svg: str, scale: float = PNG_SCALE) -> bytes:
    """An SVG as a PNG, drawn so many times as fine as it is shown."""
    return stored(_renderer_seal(), f"{scale} {svg}".encode(), lambda: _png_of(svg, scale))


def write_pictures(parts: Sequence[Part], folder: Path) -> None:
    """Each chart of the paper for a screen, and for a narrow one (see `picture_name`)."""
    folder.mkdir(parents=True, exist_ok=True)
    for chart in charts_of(parts):
        for is_narrow in (False, True):
            file = folder / picture_name(chart.id, is_narrow)
            file.write_text(_screen_svg(chart, is_narrow), encoding="utf-8")


def draw_charts(parts: Sequence[Part]) -> None:
    """Draw each chart as the pages, the PDF and Word show it, for whoever asks for it next."""
    for chart in charts_of(parts):
        for is_narrow in (False, True):
            _screen_svg(chart, is_narrow)
        chart_png(chart)


def picture_name(chart: str, is_narrow: bool) -> str:
    """The file of a chart's picture in the folder of pictures.

    >>> picture_name("position_variances", False), picture_name("position_variances", True)
    ('position_variances.svg', 'position_variances.narrow.svg')
    """
    return f"{chart}.narrow.svg" if is_narrow else f"{chart}.svg"


def _screen_svg(chart: Chart, is_narrow: bool) -> str:
    """The chart as a page shows it, which has said the unit above it."""
    return chart_svg(replace(chart, unit=""), HALF_WIDTH if is_narrow else SCREEN_WIDTH)


def charts_of(parts: Sequence[Part]) -> tuple[Chart, ...]:
    """The paper's charts in order."""
    chapters = (chapter for part in parts for chapter in part.chapters)
    return tuple(b for chapter in chapters for b in chapter.blocks if isinstance(b, Chart))


@cache
def _renderer() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _svg_of(spec: Layer) -> bytes:
    svg: str = _renderer().vegalite_to_svg(spec)
    return svg.encode()


def _png_of(svg: str, scale: float) -> bytes:
    png: bytes = _renderer().svg_to_png(svg, scale=scale)
    return png


@cache
def _renderer_seal() -> bytes:
    """What tells this renderer, with its typeface and its machine, from any other."""
    spec = find_spec("vl_convert")
    folder = Path(spec.origin).parent if spec and spec.origin else FONTS
    code = [(file.name, file.stat()) for file in sorted(folder.iterdir()) if file.is_file()]
    told = [version("vl-convert-python"), platform.platform(), platform.machine()]
    told += [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in code]
    told += [hashlib.sha256(font.read_bytes()).hexdigest() for font in sorted(FONTS.iterdir())]
    return "\n".join(told).encode()
