"""What a Plotly figure says: its kind, and its traces as runs of values over categories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from boardpack.document.blocks import ChartKind
from boardpack.document.plain_outputs import CannotCarry
from boardpack.figures.frames import FigureDtype
from boardpack.notebook.cells import is_figure, is_missing, is_number, label_of, words_of_html
from boardpack.notebook.named_figures import Made

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


def runs_of(figure: Any, kind: ChartKind, horizontal: bool, made: Made) -> list[Run]:
    """The figure's traces in order; CannotCarry for what is no run of values over categories."""
    runs = [_run(trace, horizontal, made) for trace in figure.data]
    return [_walk(figure.data[0], runs[0])] if kind == "waterfall" else runs


def kind_of(figure: Any) -> ChartKind:
    """Which kind of chart the traces make up together."""
    kinds = {_trace_kind(trace) for trace in figure.data}
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


def _trace_kind(trace: Any) -> str:
    if trace.type not in (
        "scatter",
        "scattergl",
    ):  # Plotly Express takes the second for many points
        return str(trace.type)
    if trace.stackgroup or trace.fill not in (None, "none"):
        return "area"
    if "lines" in (trace.mode or "lines"):
        return "line"
    names = [plain_value(one) for one in _given(trace.x) if not is_missing(plain_value(one))]
    return "scatter" if any(is_figure(one) or is_number(one) for one in names) else "points"


def _given(values: Any) -> Any:
    return () if values is None else values


def is_horizontal(figure: Any) -> bool:
    """Whether bars lie on their side: then the values are along x."""
    return any(getattr(trace, "orientation", None) == "h" for trace in figure.data)


def refuse_more(figure: Any) -> None:
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


def _run(trace: Any, horizontal: bool, made: Made) -> Run:
    if trace.type == "pie":
        values, names = trace.values, trace.labels
    else:
        values, names = (trace.x, trace.y) if horizontal else (trace.y, trace.x)
    if values is None or names is None:
        raise CannotCarry("a chart with one axis alone", "give it x and y")
    categories = tuple(label_of(plain_value(name), made) for name in names)
    twice = next((one for one in categories if categories.count(one) > 1), None)
    if twice is not None:
        what = f"a chart with {twice} twice in one series"
        raise CannotCarry(what, "add the rows up first, with groupby(...).sum()")
    name = words_of_html(trace.name or "", "the name of a series")
    return Run(name, categories, tuple(plain_value(value) for value in values))


def plain_value(value: Any) -> Any:
    """A NumPy number or date as Python's or pandas' own."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    return value.item() if isinstance(value, np.generic) else value


def _walk(trace: Any, run: Run) -> Run:
    """A waterfall whose last level is what its steps come to, as Plotly draws it."""
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
