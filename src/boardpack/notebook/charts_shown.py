"""A Plotly figure that a notebook shows, as a chart of the paper.

Carried are bars (grouped and stacked), lines, areas, waterfalls, pies, and points over words, with
their title, the names of their series, the unit, and one reference line. Colours, fonts and sizes
are the house's own. Whatever else a figure says is refused by name: a chart never says less than
its author drew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from boardpack.figures.figure import Figure
from boardpack.figures.labels import capital, measure_label
from boardpack.frames import FigureDtype
from boardpack.notebook.cells import (
    FEW_POUNDS,
    house_cell,
    is_figure,
    is_missing,
    is_number,
    label_of,
    words_of_html,
)
from boardpack.notebook.made import Made, Spot
from boardpack.paper.blocks import Chart, ChartKind, Number, Series
from boardpack.paper.numbers import is_adverse_below_nil
from boardpack.paper.plain_outputs import CannotCarry

MOST_SERIES = 4
UNITS = {"PCT": "%", "COUNT": "", "RATE": "ratio"}
ALONE = ("waterfall", "pie")
DRAWN_AS: dict[str, ChartKind] = {
    "bar": "bar",
    "points": "bar",
    "pie": "bar",
    "line": "line",
    "waterfall": "waterfall",
}
"""The kind in which each is drawn: lengths are compared more surely than slices and places are."""
IN_PLACE = {
    "histogram": "count with groupby, and draw bars",
    "box": "show a table of df.describe()",
    "violin": "show a table of df.describe()",
    "heatmap": "show the frame as a table",
    "sunburst": "draw bars, one row for each part",
    "treemap": "draw bars, one row for each part",
    "funnel": "draw bars",
    "scatter": "show the two columns as a table, or bars of one of them",
    "table": "show the frame, or a GT",
    "indicator": "say it in words with paper.say",
}


@dataclass(frozen=True)
class Run:
    """One trace of a figure: its name, its categories as words, and its values."""

    name: str
    categories: tuple[str, ...]
    values: tuple[Any, ...]


def tell_plotly_of_figures() -> None:
    """Have Plotly Express take a column of figures for numbers, in which it looks at dtypes alone.

    Without it, `px.bar(frame, y="variance")` counts the rows instead of drawing the variance.
    """
    from plotly.express import _core

    plain: Callable[[Any, str], bool] = _core._is_continuous
    if getattr(plain, "knows_figures", False):
        return

    def knowing(df: Any, col_name: str) -> bool:
        native = df.to_native()
        is_frame = isinstance(native, pd.DataFrame) and col_name in native
        return (is_frame and isinstance(native[col_name].dtype, FigureDtype)) or plain(df, col_name)

    knowing.knows_figures = True  # type: ignore[attr-defined]
    _core._is_continuous = knowing


def plotly_chart(figure: Any, made: Made) -> Chart:
    """A Plotly figure as a chart; CannotCarry names what in it no output could draw."""
    _refuse_more(figure)
    kind = _kind(figure)
    level = _is_level(figure)
    runs = [_run(trace, level, made) for trace in figure.data]
    if kind == "waterfall":
        runs = [_walk(figure.data[0], runs[0])]
    if len(runs) > MOST_SERIES:
        what = f"a chart of {len(runs)} series"
        raise CannotCarry(what, "a reader tells four apart: draw fewer, or show a table")
    return _Drawn(figure, made, kind, level, runs).chart()


def _kind(figure: Any) -> ChartKind:
    """Which kind of chart the traces make up together."""
    kinds = {_kind_of(trace) for trace in figure.data}
    if len(kinds) > 1:
        what = f"a chart of {' and '.join(sorted(kinds))} in one"
        raise CannotCarry(what, "draw each by itself")
    if not kinds:
        raise CannotCarry("a chart without anything in it", "give it something to draw")
    kind, many = kinds.pop(), len(figure.data) > 1
    if kind in ALONE and many:
        raise CannotCarry(f"a chart of several {kind}s", "draw each by itself")
    if kind == "bar" and many and figure.layout.barmode == "overlay":
        raise CannotCarry("a chart of bars that cover each other", 'say barmode="group"')
    if kind == "bar" and many and figure.layout.barmode != "group":
        return "stacked"
    if kind == "area":
        return "stacked" if many else "line"
    if kind in DRAWN_AS:
        return DRAWN_AS[kind]
    known = "known are bar, line, area, waterfall, pie, and points over words or months"
    raise CannotCarry(f"a chart of the kind {kind}", IN_PLACE.get(kind, known))


def _kind_of(trace: Any) -> str:
    if trace.type != "scatter":
        return str(trace.type)
    if trace.stackgroup or trace.fill not in (None, "none"):
        return "area"
    if "lines" in (trace.mode or "lines"):
        return "line"
    names = [_plain(one) for one in trace.x if not is_missing(_plain(one))]
    return "scatter" if any(is_figure(one) or is_number(one) for one in names) else "points"


def _is_level(figure: Any) -> bool:
    """Whether bars lie on their side: then the values are along x."""
    return any(getattr(trace, "orientation", None) == "h" for trace in figure.data)


def _refuse_more(figure: Any) -> None:
    """Refuse what a figure says beside its traces and no chart of the paper says."""
    layout = figure.layout
    axes = {
        (getattr(t, "xaxis", None) or "x", getattr(t, "yaxis", None) or "y") for t in figure.data
    }
    said: dict[str, tuple[Any, str]] = {
        "a chart that moves": (figure.frames, "draw the one month that is meant"),
        "a chart of several panels or axes": (len(axes) > 1, "draw each by itself"),
        "a picture in a chart": (layout.images, "leave it out"),
        "a scale of powers of ten": (
            "log" in (layout.xaxis.type, layout.yaxis.type),
            "draw it on a plain scale",
        ),
        "an error bar": (
            any(
                getattr(t, name, None) and getattr(t, name).array is not None
                for t in figure.data
                for name in ("error_x", "error_y")
            ),
            "show low and high as series of their own",
        ),
    }
    for what, (found, instead) in said.items():
        if found:
            raise CannotCarry(what, instead)


def _run(trace: Any, level: bool, made: Made) -> Run:
    if trace.type == "pie":
        values, names = trace.values, trace.labels
    else:
        values, names = (trace.x, trace.y) if level else (trace.y, trace.x)
    if values is None or names is None:
        raise CannotCarry("a chart with one axis alone", "give it x and y")
    categories = tuple(label_of(_plain(name), made) for name in names)
    twice = next((one for one in categories if categories.count(one) > 1), None)
    if twice is not None:
        what = f"a chart with {twice} twice in one series"
        raise CannotCarry(what, "add the rows up first, with groupby(...).sum()")
    name = words_of_html(trace.name or "", "the name of a series")
    return Run(name, categories, tuple(_plain(value) for value in values))


def _plain(value: Any) -> Any:
    """A NumPy number or date as Python's or pandas' own."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    return value.item() if isinstance(value, np.generic) else value


def _walk(trace: Any, run: Run) -> Run:
    """a waterfall whose last level is what its steps come to, as Plotly draws it."""
    kinds = list(trace.measure if trace.measure is not None else ())
    steps = kinds[1:-1]
    if kinds[-1:] != ["total"] or "total" in kinds[:-1] or "absolute" in steps:
        what = "a waterfall that does not walk from its first level over steps to one total"
        said = 'give it measure=["absolute", "relative", ..., "total"]'
        raise CannotCarry(what, said)
    total = run.values[0]
    for value in run.values[1:-1]:
        total = total + value
    return Run(run.name, run.categories, (*run.values[:-1], total))


class _Drawn:
    """One figure being carried: its runs, over the categories of all of them."""

    def __init__(
        self, figure: Any, made: Made, kind: ChartKind, level: bool, runs: list[Run]
    ) -> None:
        self.figure, self.made, self.kind, self.level, self.runs = figure, made, kind, level, runs
        self.identity = made.block_id("chart")
        self.frame = self.identity.rpartition(f"{made.chapter}-")[2]
        self.categories = tuple(dict.fromkeys(one for run in runs for one in run.categories))
        self.measure = self._axis("x" if level else "y") or "value"
        values = [value for run in runs for value in run.values if not is_missing(value)]
        self.figures = [value for value in values if is_figure(value)]
        self.whole = all(abs(value) < FEW_POUNDS for value in values)

    def chart(self) -> Chart:
        """The whole chart."""
        unit, scale = self._unit()
        series = tuple(self._series(run) for run in self.runs)
        title = self._title()
        return Chart(
            self.identity,
            self.kind,
            title,
            f"{title}. {self._said(series)}",
            self.categories,
            series,
            unit,
            scale=scale,
            places=0 if all(_is_whole(n) for run in series for n in run.values) else 1,
            better="higher" if self._is_variance(series) else "none",
            **self._target(),
        )

    def _axis(self, letter: str) -> str:
        text = self.figure.layout[f"{letter}axis"].title.text
        return words_of_html(text or "", "the title of an axis")

    def _title(self) -> str:
        text = self.figure.layout.title.text
        if text:
            return words_of_html(text, "the title of the chart") if not _marked(text) else text
        over = self._axis("y" if self.level else "x")
        said = capital(measure_label(self.measure))
        return f"{said} by {measure_label(over)}" if over else said

    def _unit(self) -> tuple[str, str]:
        units = {value.unit for value in self.figures}
        if len(units) > 1:
            raise CannotCarry("a chart of two units", "draw each by itself, on its own scale")
        unit = units.pop() if units else ""
        money, scale = ("£", "1") if self.whole else ("£000s", "1000")
        said = money if unit == "GBP" else UNITS.get(unit, "")
        axis = capital(measure_label(self.measure)) if self.measure != "value" else ""
        return ", ".join(filter(None, (axis, said))), scale if unit == "GBP" else "1"

    def _series(self, run: Run) -> Series:
        found = dict(zip(run.categories, run.values, strict=True))
        name = run.name or self.measure
        numbers = (self._number(found.get(one), one, name) for one in self.categories)
        return Series(label_of(name, self.made), tuple(numbers))

    def _number(self, value: Any, row: str, column: str) -> Number | None:
        cell = house_cell(self.made, value, Spot(row, column, row, self.frame), self.whole)
        if isinstance(cell, str) and cell:
            raise CannotCarry(f"{cell!r} among the values of a chart", "draw numbers")
        return cell or None

    def _said(self, series: tuple[Series, ...]) -> str:
        """What the picture shows, in words, for who does not see it."""
        many = len(series) > 1
        said = (
            f"{name}{f', {run.name}' if many else ''}: {number.words or number.text}"
            for at, name in enumerate(self.categories)
            for run in series
            if (number := run.values[at]) is not None
        )
        return "; ".join(said) + "."

    def _is_variance(self, series: tuple[Series, ...]) -> bool:
        """Whether what is drawn is better the higher it is, as a variance is."""
        ids = [number.figure for run in series for number in run.values if number is not None]
        figures = (self.made.known_figure(identity) for identity in ids if identity)
        found: list[Figure] = [figure for figure in figures if figure is not None]
        return bool(found) and all(map(is_adverse_below_nil, found))

    def _target(self) -> dict[str, Any]:
        """The one reference line (`add_hline`, `add_vline`) with its label."""
        layout = self.figure.layout
        lines = [shape for shape in layout.shapes if self._is_reference(shape)]
        if len(lines) < len(layout.shapes) or len(lines) > 1:
            what = "a shape in a chart that is not its one reference line"
            raise CannotCarry(what, "draw one line, with add_hline(y=...)")
        if len(layout.annotations) > len(lines):
            raise CannotCarry("a note in a chart", "say it in the title, or in words below")
        if not lines:
            return {}
        value = lines[0].x0 if self.level else lines[0].y0
        texts = [words_of_html(note.text or "", "a note") for note in layout.annotations]
        label = next(iter(texts), "") or "Target"
        return {"target": self._number(_plain(value), label, self.measure), "target_label": label}

    def _is_reference(self, shape: Any) -> bool:
        across, along = ("x", "y") if self.level else ("y", "x")
        is_straight = shape[f"{across}0"] == shape[f"{across}1"]
        return shape.type == "line" and is_straight and str(shape[f"{along}ref"]).endswith("domain")


def _marked(text: str) -> bool:
    return "⟦" in text


def _is_whole(number: Number | None) -> bool:
    return number is None or "." not in number.text
