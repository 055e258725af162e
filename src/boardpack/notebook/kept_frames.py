"""A frame of what a notebook computed, named: each of its elements is a figure of the paper."""

from __future__ import annotations

from typing import Any

import pandas as pd

from boardpack.figures.frames import FigureDtype, Traced, column_of
from boardpack.figures.labels import slug
from boardpack.notebook.cells import is_figure, key_of, label_of
from boardpack.notebook.frames_shown import figures_of, stub_of
from boardpack.notebook.named_figures import Made, Spot


def kept_frame(frame: pd.DataFrame, made: Made, chapter: str, name: str) -> pd.DataFrame:
    """The frame with its figures named and recorded; a number without a trace stays as it is.

    What rests on another element of the frame is named after it, so that a variance says `budget -
    actual` by their names and not all cells of both again.
    """
    stub, body = stub_of(frame)
    called = name or str(frame.attrs.get("name", ""))
    spots: dict[Spot, Traced] = {}
    rows: list[list[Any]] = []
    for key, (_, row) in zip(stub, body.iterrows(), strict=True):
        label = label_of(key, made, figures_of(list(row)))
        begin = Spot(key_of(key), "", label, called, slug(chapter))
        own = [begin._replace(column=key_of(column)) for column in body.columns]
        spots |= {spot: one for spot, one in zip(own, row, strict=True) if is_figure(one)}
        rows.append(list(zip(own, row, strict=True)))
    for spot, element in sorted(spots.items(), key=lambda pair: _size(pair[1])):
        made.figure(element, spot)
    kept = frame.copy()
    for at, column in enumerate(body.columns):
        if isinstance(body.dtypes.iloc[at], FigureDtype):
            named = (_named(made, *row[at]) for row in rows)
            kept[column] = pd.Series(column_of(named), index=frame.index)
    return kept


def _named(made: Made, spot: Spot, element: Any) -> Any:
    return made.figure(element, spot) if is_figure(element) else element


def _size(element: Traced) -> int:
    """How much an element rests on: whatever rests on another one rests on more."""
    return sum(1 for _ in element.expression.walk())
