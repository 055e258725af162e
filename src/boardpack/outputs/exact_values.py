"""The exact values of the figures that blocks carry, for outputs that tag their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import is_dataclass
from typing import Any

from boardpack.document.blocks import Block, Number, Workings


def exact_values(blocks: Iterable[Block]) -> dict[str, str]:
    """The exact values, by figure id, that these blocks carry: their numbers and workings.

    >>> from boardpack.document.blocks import Column, Number, Row, Table
    >>> row = Row(("Acute", Number("(50)", "a.b.c.d", "-50123")))
    >>> exact_values([Table("t", "T", (Column("Line"), Column("£000")), (row,))])
    {'a.b.c.d': '-50123'}
    """
    found: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Workings):
            for figure in block.figures:
                if figure["value"] is not None:
                    found.setdefault(figure["id"], figure["value"])
        else:
            _collect(block, found)
    return found


def _collect(data: Any, found: dict[str, str]) -> None:
    if isinstance(data, Number):
        if data.is_traced:
            found.setdefault(data.figure, data.value)
    elif isinstance(data, list | tuple):
        _collect_each(data, found)
    elif is_dataclass(data):
        _collect_each(vars(data).values(), found)


def _collect_each(data: Iterable[Any], found: dict[str, str]) -> None:
    for inner in data:
        if type(inner) is not str:
            _collect(inner, found)
