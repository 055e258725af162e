"""What Plotly charts share: colours, type, axes, labels and the numbers behind the marks.

Text is horizontal and every axis fixed, so that a page scrolls under a finger. Numbers are printed
as their `Number.text` says; an axis is only there to size the marks.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import Any

from boardpack.core.design import colours, design
from boardpack.document.blocks import Chart, Number, Series, scaled
from boardpack.outputs.prose import bare_text

SHAPES = ("circle", "square", "triangle-up", "diamond")

Spec = dict[str, Any]
Drawn = tuple[list[Spec], Spec]


def plain_layout() -> Spec:
    """What every chart's layout has."""
    paint, kind = colours(), design().type
    family = f'"{kind.family}", {kind.fallback}'
    return {
        "autosize": True,
        "showlegend": False,
        "dragmode": False,
        "font": {"family": family, "size": kind.chart_screen, "color": paint.ink},
        "paper_bgcolor": paint.white,
        "plot_bgcolor": paint.white,
        "hoverlabel": {
            "bgcolor": paint.white,
            "bordercolor": paint.ink,
            "font": {"color": paint.ink},
        },
    }


def plain_axis() -> Spec:
    """What every axis has."""
    return {
        "fixedrange": True,
        "automargin": True,
        "tickangle": 0,
        "gridcolor": colours().rule,
        "zerolinecolor": colours().ink,
        "zerolinewidth": 1,
    }


def label(text: str, width: int = 0) -> str:
    """Text for Plotly, which reads tags in it: escaped, and broken into lines of `width`.

    >>> label("R&D <net>"), label("Year to date variance", 12)
    ('R&amp;D &lt;net&gt;', 'Year to date<br>variance')
    """
    lines = wrap(bare_text(text), width) if width else [bare_text(text)]
    return "<br>".join(_escaped(line) for line in lines)


def value_label(number: Number | None) -> str:
    """What a mark says: the number as printed, in bold when it is bad news.

    >>> from boardpack.document.blocks import Number
    >>> value_label(Number("(50)", "a.b.c.d", "-50000", adverse=True)), value_label(None)
    ('<b>(50)</b>', '')
    """
    if number is None:
        return ""
    return f"<b>{label(number.text)}</b>" if number.is_red else label(number.text)


def label_ink(number: Number | None) -> str:
    """The colour of a mark's label.

    >>> from boardpack.document.blocks import Number
    >>> plain, bad = Number("50", "a.b.c.d", "50"), Number("(50)", "a.b.c.d", "-50", adverse=True)
    >>> label_ink(plain) == label_ink(None), label_ink(plain) == label_ink(bad)
    (True, False)
    """
    return colours().red if number is not None and number.is_red else colours().ink


def target_label(chart: Chart) -> str:
    """What the reference line says."""
    text = chart.target.text if chart.target else ""
    return f"{label(chart.target_label or 'Target')} {label(text)}"


def size(chart: Chart, number: Number | None) -> float | None:
    """A number in the chart's unit, as Plotly takes it.

    >>> from boardpack.document.blocks import Number
    >>> chart = Chart("c", "bar", "T", "", (), (), "£000s", scale="1000")
    >>> size(chart, Number("(50)", "a.b.c.d", "-50000")), size(chart, None)
    (-50.0, None)
    """
    return None if number is None else float(scaled(number, chart.scale))


def values(chart: Chart) -> list[float]:
    """All that the value axis must reach: the series' numbers and the target.

    >>> from boardpack.document.blocks import Number
    >>> series = Series("Actual", (Number("50", "a.b.c.d", "50000"), None))
    >>> values(Chart("c", "bar", "T", "", ("April", "May"), (series,), "£000s", scale="1000"))
    [50.0]
    """
    numbers = [number for series in chart.series for number in series.values]
    return [float(scaled(n, chart.scale)) for n in (*numbers, chart.target) if n is not None]


def identity(chart: Chart, series: Series) -> Spec:
    """Which figures a trace shows, and what it says under a pointer."""
    pairs = zip(chart.categories, series.values, strict=True)
    said = [f"{label(c)}, {label(series.name)}: {label(n.text if n else '')}" for c, n in pairs]
    ids = [number.figure or None if number else None for number in series.values]
    return {"customdata": ids, "hovertext": said, "hoverinfo": "text"}


def category_axis(names: list[str]) -> Spec:
    """An axis that names every category."""
    named = {"tickvals": list(range(len(names))), "ticktext": names, "ticklabelstandoff": 6}
    return {**plain_axis(), **named, "showgrid": False, "zeroline": False}


def rule(x0: float, x1: float, y0: float, y1: float, colour: str, dash: str = "solid") -> Spec:
    """A thin straight line."""
    line = {"color": colour, "width": 1.5, "dash": dash}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}


def note(text: str, x: float, y: float, **more: Any) -> Spec:
    """Text at a place, without an arrow."""
    return {"text": text, "x": x, "y": y, "showarrow": False, **more}


def series_colour(place: int) -> str:
    """The colour of the series at this place in the chart."""
    return design().series[place]


def _escaped(text: str) -> str:
    """Without tags, and without the dollar signs that Plotly reads as mathematics."""
    return escape(text, quote=False).replace("$", "&#36;")
