"""A DataFrame that a notebook shows, as a table in the house style."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from boardpack.document.blocks import Column, Row, Table
from boardpack.document.chapter import SUPPRESSED
from boardpack.figures.figure import Figure
from boardpack.figures.frames import Traced
from boardpack.figures.labels import capital, chapter_label
from boardpack.notebook.cells import (
    FEW_POUNDS,
    house_cell,
    is_figure,
    is_number,
    key_of,
    kind_of,
    label_of,
    words_of,
)
from boardpack.notebook.named_figures import Made, Spot
from boardpack.notebook.withheld import NOTE, withheld_cells

TITLE = "title"
"""Where a frame says what it is called: `df.attrs["title"]`."""


def frame_table(frame: pd.DataFrame, made: Made) -> Table:
    """A frame as it stands: its index is the stub, the upper levels of its columns are groups.

    A frame with a plain running index has its first column of words as its stub. Numbers that are
    no figures are carried as untraced.
    """
    identity = made.block_id("table")
    stub, body = stub_of(frame)
    columns = tuple(_column(name, body.iloc[:, at], made) for at, name in enumerate(body.columns))
    head = Column(label_of(stub.name, made) if stub.name is not None else "", "left")
    whole = _are_few_pounds(body)
    name = identity.rpartition(f"{made.chapter}-")[2]
    rows = []
    matrix = [[body.iat[r, c] for c in range(body.shape[1])] for r in range(body.shape[0])]
    withheld = withheld_cells([*stub], [*body.columns], matrix, made.known)
    for at, (key, elements) in enumerate(zip(stub, matrix, strict=True)):
        label = label_of(key, made, figures_of(elements))
        pairs = zip(body.columns, elements, strict=True)
        spot = Spot(key_of(key), "", label, name)
        cells = (
            SUPPRESSED
            if (at, place) in withheld
            else house_cell(made, e, spot._replace(column=key_of(c)), whole)
            for place, (c, e) in enumerate(pairs)
        )
        rows.append(Row((label, *cells), kind_of(label)))
    unit = ("£" if whole else "£000s") if _has_pounds(body) else ""
    caption = frame.attrs.get(TITLE) or capital(chapter_label(made.own_chapter()))
    notes = (NOTE,) if withheld else ()
    return Table(identity, words_of(caption), (head, *columns), tuple(rows), unit, notes)


def stub_of(frame: pd.DataFrame) -> tuple[pd.Index[Any], pd.DataFrame]:
    """The labels of a frame's rows, and the rest of it."""
    index = frame.index
    if not isinstance(index, pd.RangeIndex) or index.name is not None:
        return index, frame
    for at in range(frame.shape[1]):
        if not any(is_figure(one) or is_number(one) for one in frame.iloc[:, at]):
            words = pd.Index(frame.iloc[:, at], name=frame.columns[at])
            return words, frame.iloc[:, [n for n in range(frame.shape[1]) if n != at]]
    return index, frame


def figures_of(elements: list[Any]) -> tuple[Figure, ...]:
    """The figures that elements of a row are themselves."""
    own = (element.figure for element in elements if is_figure(element))
    return tuple(figure for figure in own if figure is not None)


def _column(name: Hashable, values: pd.Series[Any], made: Made) -> Column:
    *above, last = name if isinstance(name, tuple) else (name,)
    group = ", ".join(label_of(part, made) for part in above if part != "") or None
    numeric = any(is_figure(one) or is_number(one) for one in values)
    return Column(label_of(last, made), "right" if numeric else "left", group)


def _pounds(body: pd.DataFrame) -> list[Traced]:
    elements = (body.iat[r, c] for r in range(body.shape[0]) for c in range(body.shape[1]))
    return [element for element in elements if is_figure(element) and element.unit == "GBP"]


def _has_pounds(body: pd.DataFrame) -> bool:
    return bool(_pounds(body))


def _are_few_pounds(body: pd.DataFrame) -> bool:
    return all(abs(element.value) < FEW_POUNDS for element in _pounds(body))
