"""The rows of a table of HTML, each with a cell for every column, as printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element

from boardpack.audit.reader.html_look import hidden_by, is_element, looks_of
from boardpack.audit.reader.html_text import Inline, all_words, line_of

MOST = 200
"""No cell of a paper spans more columns or rows than this."""


class Row(NamedTuple):
    """The cells of a row, a spanning one in each of its columns; the words of each; what is hidden.

    A row that is hidden has no cells.
    """

    cells: tuple[str, ...]
    lines: tuple[Inline, ...]
    looks: tuple[tuple[str, ...], ...]


def card_of(card: _Element) -> Row:
    """A headline: its label, its number and the lines below, each as a cell."""
    looks: list[tuple[str, ...]] = list(looks_of(card))
    if not is_element(card):
        return Row((), (), tuple(looks))
    if reason := hidden_by(card):
        return Row((), (), (*looks, ("hidden", reason, all_words(card))))
    lines = []
    for part in card:
        looks += looks_of(part)
        if is_element(part) and (reason := hidden_by(part)):
            looks.append(("hidden", reason, all_words(part)))
        elif is_element(part):
            lines.append(line_of(part))
    return Row(tuple(line.words for line in lines), tuple(lines), tuple(looks))


def rows_of(table: _Element) -> Iterator[Row]:
    """The rows of a table in order, without its caption."""
    bare: list[_Element] = []
    for part in table:
        if is_element(part) and part.tag == "tr":
            bare.append(part)  # rows without a body around them are one body
            continue
        yield from _rows(bare)
        bare = []
        looks = tuple(looks_of(part))
        if not is_element(part) or part.tag == "caption":
            continue
        if reason := hidden_by(part):
            yield Row((), (), (*looks, ("hidden", reason, all_words(part))))
            continue
        if looks:
            yield Row((), (), looks)
        yield from _rows(list(part))
    yield from _rows(bare)


def _rows(rows: list[_Element]) -> Iterator[Row]:
    """The rows of a head, a body or a foot; a cell may reach down within it."""
    below: dict[int, tuple[int, str]] = {}
    for row in rows:
        looks: list[tuple[str, ...]] = list(looks_of(row))
        if not is_element(row):
            yield Row((), (), tuple(looks))
            continue
        if reason := hidden_by(row):
            hidden = ("hidden", reason, all_words(row))
            yield Row((), (), (*looks, hidden))
            continue
        cells: list[str] = []
        lines: list[Inline] = []
        for cell in row:
            looks += looks_of(cell)
            if not is_element(cell):
                continue
            _carry(cells, below)
            if reason := hidden_by(cell):
                looks.append(("hidden", reason, all_words(cell)))
                continue
            line = line_of(cell)
            lines.append(line)
            words = line.words
            for _ in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    below[len(cells)] = (down - 1, words)
                cells.append(words)
        _carry(cells, below)
        yield Row(tuple(cells), tuple(lines), tuple(looks))


def _carry(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """The cells from rows above that reach down to the next places of this one."""
    while len(cells) in below:
        place = len(cells)
        rows, words = below.pop(place)
        if rows > 1:
            below[place] = (rows - 1, words)
        cells.append(words)


def _span(cell: _Element, name: str) -> int:
    given = str(cell.get(name) or "")
    return min(max(int(given), 1), MOST) if given.isdecimal() else 1
