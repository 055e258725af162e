"""One number in two roundings on one page: `£2.2m` in a sentence and `£2.21m` in the next.

A page is a chapter. Sentences print a number in one way, and so do tables of one unit. A sentence
may say `£2.21m` where the table beside it has `(2,213)` under `£000s`: each has its own style
(`document/numbers.py`). Numbers are one where they are one figure, or two of the same exact size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boardpack.document.blocks import (
    MARKER,
    Block,
    Chart,
    KeyFigures,
    Narrative,
    NotSupplied,
    Number,
    Table,
)
from boardpack.document.content import Chapter

_PRINTED = re.compile(r"£?\d[\d,]*(?:\.\d+)?(?:bn|[mk%](?!\w))?")
_PROSE = "sentences"
_SIGNIFICANT = 4
"""The digits that two figures must share before they are taken for one number."""


@dataclass(frozen=True)
class Twice:
    """A number that a chapter prints in two ways: its figures, where, and the ways."""

    chapter: str
    figures: tuple[str, ...]
    where: str
    printed: tuple[str, ...]


@dataclass(frozen=True)
class _Print:
    figure: str
    where: str
    text: str


def two_roundings(chapter: Chapter, sizes: Mapping[str, str]) -> Iterator[Twice]:
    """The numbers of a chapter in two roundings; `sizes` has each figure's exact value."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for block in chapter.blocks:
        for one in _prints(block):
            number = _number(one.figure, sizes.get(one.figure, ""))
            ways = found.setdefault((number, one.where), {})
            ways.setdefault(one.text, set()).add(one.figure)
    for (_, where), ways in found.items():
        if len(ways) > 1:
            figures = sorted(set().union(*ways.values()))
            yield Twice(chapter.name, tuple(figures), where, tuple(sorted(ways)))


def _number(figure: str, size: str) -> str:
    """What makes two prints one number: the exact size, or the figure where that says little."""
    digits = re.sub(r"[-.]", "", size).strip("0")
    return size.lstrip("-") if len(digits) >= _SIGNIFICANT else figure


def _prints(block: Block) -> Iterator[_Print]:
    match block:
        case Narrative():
            if block.voice == "generated":
                yield from _in_prose(block.markdown)
        case Table():
            yield from _in_notes(block)
            for row in block.rows:
                for cell in row.cells:
                    if isinstance(cell, Number):
                        yield from _said(cell.figure, _unit(block, cell.text), cell.text)
        case Chart():
            yield from _in_prose(f"{block.title}\n{block.alt}")
        case KeyFigures():
            for item in block.items:
                yield from _said(item.number.figure, _PROSE, item.number.text)
                yield from _in_prose(f"{item.context}\n{item.movement}")
        case NotSupplied():
            yield from _in_prose(block.why)


def _unit(table: Table, text: str) -> str:
    return f"tables in {table.unit or 'no unit'}{', per cent' if '%' in text else ''}"


def _in_notes(table: Table) -> Iterator[_Print]:
    """A note quotes its table in the table's own style, or speaks as sentences do."""
    for figure, said in MARKER.findall("\n".join(table.notes)):
        yield from _said(figure, _PROSE if "£" in said else _unit(table, said), said)


def _in_prose(text: str) -> Iterator[_Print]:
    for figure, said in MARKER.findall(text):
        yield from _said(figure, _PROSE, said)


def _said(figure: str, where: str, text: str) -> Iterator[_Print]:
    found = _PRINTED.search(text)
    if found:
        yield _Print(figure, where, found[0])
