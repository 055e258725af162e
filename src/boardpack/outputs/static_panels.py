"""Small multiples on paper: one small picture for each series, all on one scale, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from itertools import batched

from boardpack.outputs.static_bars import spans_spec
from boardpack.outputs.static_lines import line_spec
from boardpack.outputs.static_spans import bar_spans
from boardpack.outputs.static_style import FONT_SIZE, LINE_HEIGHT, QUIET, Layer, text_of
from boardpack.outputs.typeface import FAMILY, wrapped
from boardpack.paper.blocks import Chart, Series

LINE_PANEL = 46.0
LEAST_WIDTH = 150.0
GAP = 13.0
