"""The rows of a long table told apart, by the rules of `records` and by distinct texts.

Those rules are asked only of rows that could be no record: the last, those that say what the header
says, and those with a word for a total.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from boardpack.reading.headers import plain_heading
from boardpack.reading.layouts import Layout
from boardpack.reading.long_rows import rows_by_column
from boardpack.reading.records import (
    header_rows,
    is_note,
    labels,
    said_by,
    total_label,
    total_words,
)
from boardpack.reading.table_shape import Contract
from boardpack.reading.tables import Line, Table

NOTES = 200
"""So many rows from the end are looked at for notes."""


class Unanswered(Exception):
    """Columns cannot tell: the careful reader must."""


class LongTable:
    """The rows below a header, a code for each cell and the texts by code.

    `apart` are those that are no records; `others` are rows of another width.
    """

    def __init__(self, table: Table, contract: Contract, layout: Layout) -> None:
        self.table, self.contract, self.layout = table, contract, layout
        self.rows = rows_by_column(table.grid.rows, is_padded=table.grid.sheet is not None)
        last = table.header.line
        self.start = int(np.searchsorted(self.rows.lines, last, side="right"))
        self.lines = self.rows.lines[self.start :]
        self.others = [Line(*row) for row in self.rows.others if row[0] > last]
        self.texts = [column.dictionary for column in self.rows.columns]
        self.codes = [np.asarray(c.indices)[self.start :] for c in self.rows.columns]
        self.apart = np.zeros(len(self.lines), dtype=bool)

    def lines_at(self, places: np.ndarray) -> Iterator[Line]:
        """Rows as the careful reader has them, by their places."""
        return (Line(*row) for row in self.rows.plain_rows(self.start + places))

    def _line(self, place: int) -> Line:
        return Line(*self.rows.plain_row(self.start + int(place)))

    def _take(self, places: np.ndarray) -> list[Line]:
        """Rows that are no records, by their places."""
        self.apart[places] = True
        return list(self.lines_at(places))

    def repeated(self) -> list[Line]:
        """The rows of the header, where they stand again."""
        named = header_rows(self.table)
        found = [line for line in self.others if line.cells in named]
        self.others = [line for line in self.others if line.cells not in named]
        for cells in named:
            if len(cells) == self.rows.width:
                same = np.ones(len(self.lines), dtype=bool)
                for codes, texts, cell in zip(self.codes, self.texts, cells, strict=True):
                    same &= codes == pc.index(texts, cell).as_py()
                found += self._take(np.flatnonzero(same))
        return sorted(found, key=lambda line: line.line)

    def notes(self) -> list[Line]:
        """The notes below the last record, from the end upwards."""
        plain, others = list(np.flatnonzero(~self.apart)[-NOTES:]), list(self.others)
        found: list[Line] = []
        while plain or others:
            is_other = bool(others) and (not plain or others[-1].line > self.lines[plain[-1]])
            line = others[-1] if is_other else self._line(plain[-1])
            if not is_note(self.table, self.contract, line):
                break
            found.append(line)
            if is_other:
                others.pop()
            else:
                self.apart[plain.pop()] = True
        else:
            raise Unanswered  # nothing but notes, as far as is looked
        self.others = others
        return found[::-1]

    def totals(self) -> tuple[list[Line], list[Line]]:
        """The total rows, and the rows of another width that are none."""
        words = total_words(self.layout)
        likely = np.zeros(len(self.lines), dtype=bool)
        names = self.table.header.names
        places = [n for n, name in enumerate(names) if name in self._labels]
        blank = np.ones(len(self.lines), dtype=bool)
        for place in places:
            texts = self.texts[place]
            held = np.asarray(_may_total(texts, words))
            likely |= held[self.codes[place]]
            blank &= np.asarray(pc.equal(texts, ""))[self.codes[place]]
        likely = np.flatnonzero((likely | blank) & ~self.apart)
        seen = _Seen(lambda: self._first_said(likely))
        found, left = [], []
        at = {int(self.lines[place]): place for place in likely}
        lines = sorted([*self.lines_at(likely), *self.others], key=lambda line: line.line)
        for line in lines:
            seen.line = line.line
            if total_label(self.table, self.contract, line, words, seen):
                found.append(line)
                if line.line in at:
                    self.apart[at[line.line]] = True
            else:
                seen.more |= said_by(self.table, self.contract, line)
                left += [] if line.line in at else [line]
        return found, left

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(column.name for column in labels(self.contract))

    def _first_said(self, likely: np.ndarray) -> dict[str, int]:
        """The line on which a record first says something beside its amounts, by plain heading."""
        counted = ~self.apart
        counted[likely] = False
        lines, first = self.lines[counted], dict[str, int]()
        for place, name in enumerate(self.table.header.names):
            if name is None or name in self._labels:
                held, where = np.unique(self.codes[place][counted], return_index=True)
                said = self.texts[place].take(pa.array(held)).to_pylist()
                for text, line in zip(said, lines[where].tolist(), strict=True):
                    plain = plain_heading(text)
                    first[plain] = min(line, first.get(plain, line))
        return first


class _Seen:
    """What records above a line say: looked up only where a row may be a total of something."""

    def __init__(self, first_said: Callable[[], dict[str, int]]) -> None:
        self._first_said, self.more, self.line = first_said, set[str](), 0

    def __contains__(self, plain: object) -> bool:
        return plain in self.more or self._first.get(str(plain), self.line) < self.line

    @cached_property
    def _first(self) -> dict[str, int]:
        return self._first_said()


def _may_total(texts: pa.Array, words: frozenset[str]) -> list[bool]:
    """Which texts begin or end with a word for a total, once they are plain headings.

    A text without the letters of such a word in their order cannot; most are not looked at.
    """
    letters = "|".join(".*".join(map(re.escape, word)) for word in sorted(words) if word)
    other = r"[^\x00-\x7f]"
    likely = pc.match_substring_regex(texts, f"(?is){letters}|{other}").to_pylist()
    return [
        is_likely and _touches(plain_heading(text), words)
        for is_likely, text in zip(likely, texts.to_pylist(), strict=True)
    ]


def _touches(plain: str, words: frozenset[str]) -> bool:
    return any(plain.startswith(word) or plain.endswith(word) for word in words if word)
