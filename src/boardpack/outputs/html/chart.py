"""A chart in HTML: a figure with its message, its key, the picture, and its data as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from itertools import compress
from pathlib import Path

from boardpack.core.design import colours
from boardpack.core.errors import BuildFault
from boardpack.document.blocks import MOST_PANELS, Chart
from boardpack.outputs.charts.plotly_bars import bar, bullet, stacked, waterfall
from boardpack.outputs.charts.plotly_lines import line, slope, small_line, starts_at_zero
from boardpack.outputs.charts.plotly_style import Drawn, Spec, plain_layout, series_colour
from boardpack.outputs.charts.static_chart import picture_name
from boardpack.outputs.charts.static_head import KEYLESS
from boardpack.outputs.charts.static_panels import panels_of
from boardpack.outputs.charts.static_spans import floor_note
from boardpack.outputs.html.number import number_html
from boardpack.outputs.html.surroundings import NOWHERE, Surroundings
from boardpack.outputs.html.table import table_html
from boardpack.outputs.prose import Values, bare_text, text_html

_SHAPES: dict[str, Callable[[Chart], Drawn]] = {
    "bar": bar,
    "line": line,
    "stacked": stacked,
    "waterfall": waterfall,
    "slope": slope,
    "bullet": bullet,
}
MOST_SERIES = 4

_PLACE = re.compile(r"<!-- picture (\S+) -->")
_NAMED = re.compile(r' role="img"| aria-label="[^"]*"')
_STEPS = ("Start and end", "Step", "Adverse step")


def chart_html(chart: Chart, values: Values, around: Surroundings = NOWHERE) -> str:
    """A chart whose picture has its text alternative, and whose data stands below as a table.

    The picture is SVG, as in print, so that a page is there at once. In the book `set_pictures`
    sets it in, and what Plotly would draw stands beside it as data, for a reader who touches the
    chart (`charts.js`).
    """
    _hold_count(chart)
    title = escape(f"{chart.id}-title")
    picture = None if around.pictures is None else around.pictures[chart.id]
    return (
        f'<figure class="paper-chart" aria-labelledby="{title}">\n'
        f'<figcaption><p class="chart-title" id="{title}">{text_html(chart.title, values)}</p>\n'
        f"{_reading(chart, values)}{'' if picture else _key(chart, values)}</figcaption>\n"
        f'<div class="chart" role="img" aria-label="{escape(bare_text(chart.alt))}">\n'
        f"{picture or f'<!-- picture {escape(chart.id)} -->'}\n</div>\n"
        f"{'' if picture else _data(chart)}"
        f'<details class="chart-data"><summary>Data as a table</summary>\n'
        f"{table_html(chart.table(), values, around)}</details>\n</figure>\n"
    )


def specs(chart: Chart) -> list[Spec]:
    """The chart as Plotly's data and layout: of one picture, or of each panel."""
    if chart.shape != "multiples":
        return [_spec(_SHAPES[chart.shape](chart))]
    draw = bar if chart.panel == "bar" else small_line
    return [_spec(draw(panel, chart)) for panel in panels_of(chart)]


def _spec(drawn: Drawn) -> Spec:
    data, layout = drawn
    return {"data": data, "layout": {**plain_layout(), **layout}}


def _hold_count(chart: Chart) -> None:
    count = len(chart.series)
    if chart.shape == "multiples" and count > MOST_PANELS:
        raise BuildFault(f"Chart {chart.id} has {count} panels; a page holds eight at most.")
    if chart.shape != "multiples" and count > MOST_SERIES:
        raise BuildFault(f"Chart {chart.id} has {count} series; a reader tells four apart at most.")


def set_pictures(html: Path, pictures: Path) -> None:
    """Set the pictures of each chart into the pages of a built book."""
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if _PLACE.search(text):
            filled = _PLACE.sub(lambda found: pictures_html(pictures, found[1]), text)
            page.write_text(filled, encoding="utf-8", newline="\n")


def pictures_html(folder: Path, chart: str) -> str:
    """A chart as drawn for a screen, and for a narrow one: styles show one of the two."""
    wide, narrow = (
        inline_svg((folder / picture_name(chart, is_narrow)).read_text(encoding="utf-8"))
        for is_narrow in (False, True)
    )
    return f'<div class="picture">{wide}</div>\n<div class="picture narrow">{narrow}</div>'


def inline_svg(svg: str) -> str:
    """An SVG as it stands in a page: the element around it has the text alternative.

    >>> inline_svg('<?xml version="1.0"?><svg width="10"></svg>')
    '<svg aria-hidden="true" focusable="false" width="10"></svg>'
    """
    start = svg.index("<svg ")
    drawn = _NAMED.sub("", svg[start:].strip(), count=2)
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _data(chart: Chart) -> str:
    """What Plotly draws when a reader touches the chart: of one picture, or of each panel."""
    told = json.dumps(specs(chart), ensure_ascii=False, separators=(",", ":"))
    plain = told.replace("<", "\\u003c").replace(">", "\\u003e")  # no tag may end the script
    return f'<script type="application/json">{plain}</script>\n'


def reading_of(chart: Chart) -> tuple[str, ...]:
    """How to read it, in sentences without their stops: the unit, an axis that starts elsewhere."""
    unit = (chart.unit,) if chart.unit else ()
    return (*unit, *_axis_notes(chart))


def _axis_notes(chart: Chart) -> tuple[str, ...]:
    from_zero = chart.shape != "line" or starts_at_zero(chart)
    cut = floor_note(chart)
    said = () if from_zero else ("The axis does not start at zero",)
    return (*said, f"{cut[:1].upper()}{cut[1:]}") if cut else said


def _reading(chart: Chart, values: Values) -> str:
    """How to read it: the unit, the reference line, an axis that does not start at nil."""
    parts = [text_html(chart.unit, values)] if chart.unit else []
    if chart.target is not None:
        name = text_html(chart.target_label or "Target", values)
        parts.append(f"{name} {number_html(chart.target)} (dashed line)")
    said = ". ".join((*parts, *_axis_notes(chart)))
    return f'<p class="chart-unit">{said}</p>\n' if said else ""


def key_of(chart: Chart) -> tuple[tuple[str, str], ...]:
    """What the colours mean, for charts whose marks do not say it: each colour and its name."""
    if chart.shape == "waterfall":
        steps = [step.adverse for step in chart.series[0].values[1:-1] if step is not None]
        kinds = (True, False in steps, True in steps)
        fills = (series_colour(0), series_colour(1), colours().red)
        return tuple(compress(zip(fills, _STEPS, strict=True), kinds))
    if chart.shape in KEYLESS or len(chart.series) == 1:
        return ()
    return tuple((series_colour(place), s.name) for place, s in enumerate(chart.series))


def _key(chart: Chart, values: Values) -> str:
    swatch = '<li><span class="swatch" style="background:{}"></span>{}</li>'
    named = ((colour, text_html(name, values)) for colour, name in key_of(chart))
    entries = "".join(swatch.format(colour, name) for colour, name in named)
    return f'<ul class="chart-key">{entries}</ul>\n' if entries else ""
