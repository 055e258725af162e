"""Frames in the house style: a Great Tables object and a Plotly figure, to go on with."""

from __future__ import annotations

from typing import Any

import pandas as pd
from great_tables import GT

from boardpack.core.errors import UsageFault, nearest
from boardpack.core.money import THOUSAND, brackets, digits, signed_brackets
from boardpack.notebook.cells import FEW_POUNDS, is_figure, kind_of, label_of
from boardpack.notebook.frames_shown import figures_of, stub_of
from boardpack.notebook.named_figures import Made

STUB = "__row__"
_PLACES = {"PCT": 1, "COUNT": 0, "RATE": 2}


def house_table(frame: pd.DataFrame, made: Made, title: str, subtitle: str) -> GT:
    """A `GT` of a frame: its index as the stub, pounds in £000s, a negative number in brackets."""
    stub, body = stub_of(frame)
    elements = [[body.iat[r, c] for c in range(body.shape[1])] for r in range(len(body))]
    labels = [label_of(key, made, figures_of(row)) for key, row in zip(stub, elements, strict=True)]
    shown = body.copy()
    shown.columns = pd.Index([_flat(name) for name in body.columns])
    shown.insert(0, STUB, labels)
    money = [e for row in elements for e in row if is_figure(e) and e.unit == "GBP"]
    whole = all(abs(element) < FEW_POUNDS for element in money)
    table = GT(shown, rowname_col=STUB)
    columns: list[Any] = list(body.columns)
    for place, column in enumerate(columns):
        name = _flat(column)
        if any(is_figure(row[place]) for row in elements):
            table = table.fmt(lambda one: _text(one, whole), columns=[name])
            table = table.cols_align("right", [name])
        last = column[-1] if isinstance(column, tuple) else column
        table = table.cols_label({name: label_of(last, made)})
    for group in dict.fromkeys(c[:-1] for c in columns if isinstance(c, tuple)):
        own = [_flat(c) for c in columns if isinstance(c, tuple) and c[:-1] == group]
        table = table.tab_spanner(label_of(group, made), own)
    unit = ("£" if whole else "£000s") if money else ""
    said = ", ".join(filter(None, (subtitle, unit)))
    return table.tab_header(title, said or None) if title or said else table


def _flat(name: Any) -> str:
    return "_".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _text(element: Any, whole: bool) -> str:
    if not is_figure(element):
        return "" if pd.isna(element) else str(element)
    if element.unit == "GBP":
        return brackets(element.value, 1 if whole else THOUSAND)  # type: ignore[arg-type]
    text = digits(element.value, places=_PLACES.get(element.unit, 2))
    sign = "%" if element.unit == "PCT" else ""
    return signed_brackets(element.value < 0, f"{text}{sign}")


def house_chart(
    frame: pd.DataFrame, made: Made, kind: str, title: str, more: dict[str, Any]
) -> Any:
    """A Plotly Express figure of each column of figures over a frame's rows, but for totals."""
    import plotly.express as px

    draw = {"bar": px.bar, "line": px.line}
    if kind not in draw:
        raise UsageFault(f"paper.chart draws no {kind!r}. {nearest(kind, draw)}")
    stub, body = stub_of(frame)
    wanted = [n for n, column in body.items() if any(map(is_figure, column))]
    rows = [[body.iat[r, c] for c in range(body.shape[1])] for r in range(len(body))]
    labels = [label_of(key, made, figures_of(row)) for key, row in zip(stub, rows, strict=True)]
    long = pd.concat(
        pd.DataFrame({"row": labels, "value": body[name].array, "series": _flat(name)})
        for name in wanted
    )
    long = long[[kind_of(label) == "line" for label in long["row"]]]
    if len(wanted) == 1:
        long = long.rename(columns={"value": _flat(wanted[0])})
        return draw[kind](long, x="row", y=_flat(wanted[0]), title=title or None, **more)
    grouped = {"barmode": "group"} if kind == "bar" else {}
    return draw[kind](
        long, x="row", y="value", color="series", title=title or None, **{**grouped, **more}
    )
