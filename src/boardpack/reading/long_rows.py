"""The rows of a long file by column, so that no row becomes an object unless it is asked for.

Arrow parts the cells of a file that is plain: rows of one width, and quotes round whole cells. What
it would read otherwise than the careful reader of `csv_files` is not given to it, or is handed back
(`others`): titles, and rows of another width.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from boardpack.reading.grids import HEAD, LONGEST

MANY = 1_000
"""Rows of a sheet from which on they are held to their contract by column."""
BLOCK = 1 << 24
"""Bytes that are parted at once: a row is shorter."""

PlainRow = tuple[int, tuple[str, ...]]
_QUOTED = re.compile(r'"[^"\r\n]*(?:""[^"\r\n]*)*"')
_BLANK = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
"""What `str.strip` takes away."""


class LongRows(Sequence[PlainRow]):
    """Rows that are not blank, each with its line, made into texts when they are asked for.

    `columns` hold the rows of one width, whose lines are `lines`; `others` are the rest.
    """

    def __init__(
        self,
        columns: Sequence[pa.DictionaryArray],
        lines: np.ndarray,
        others: Sequence[PlainRow],
    ) -> None:
        self.columns, self.lines, self.others = tuple(columns), lines, tuple(others)
        before = np.searchsorted(lines, [line for line, _ in self.others])
        self._places = [int(place) + n for n, place in enumerate(before)]

    def __len__(self) -> int:
        return len(self.lines) + len(self.others)

    @overload
    def __getitem__(self, at: int) -> PlainRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[PlainRow, ...]: ...
    def __getitem__(self, at: int | slice) -> PlainRow | tuple[PlainRow, ...]:
        if isinstance(at, slice):
            wanted = range(*at.indices(len(self)))
            if len(wanted) > HEAD and wanted.step == 1:
                return tuple(islice(self, wanted.start, wanted.stop))
            return tuple(self[place] for place in wanted)
        place = range(len(self))[at]
        earlier = bisect_left(self._places, place)
        if earlier < len(self._places) and self._places[earlier] == place:
            return self.others[earlier]
        return self.plain_row(place - earlier)

    def plain_row(self, place: int) -> PlainRow:
        """A row of the one width, by its place among those."""
        return next(self.plain_rows(np.array([place])))

    def plain_rows(self, places: np.ndarray) -> Iterator[PlainRow]:
        """Some rows of the one width, by their places among those."""
        for some in np.array_split(places, len(places) // MANY + 1):
            texts = (c.dictionary.take(c.indices.take(pa.array(some))) for c in self.columns)
            cells = zip(*(column.to_pylist() for column in texts), strict=True)
            yield from zip(self.lines[some].tolist(), cells, strict=True)

    def __iter__(self) -> Iterator[PlainRow]:
        plain = self.plain_rows(np.arange(len(self.lines)))
        start = 0
        for number, place in enumerate(self._places):
            yield from islice(plain, place - number - start)
            yield self.others[number]
            start = place - number
        yield from plain

    @cached_property
    def width(self) -> int:
        """How many cells a row of the one width has."""
        return len(self.columns)


def long_rows(text: str, delimiter: str) -> LongRows | None:
    """The rows of the text of a CSV file; None where it is not plain enough."""
    if not text or text.isspace() or not _is_plain(text, delimiter):
        return None
    odd: list[tuple[int, str]] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip"

    names = [str(place) for place in range(_width(text, delimiter))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text.encode()),
            arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=BLOCK),
            arrow_csv.ParseOptions(
                delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=keep
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:  # a row longer than a block
        return None
    return _told_apart(table, odd, delimiter)


def _is_plain(text: str, delimiter: str) -> bool:
    """Whether each quote opens or closes a whole cell of one line, and each line ends as usual."""
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return False
    quotes, before, after = 0, ("", delimiter, "\n"), ("", delimiter, "\r", "\n")
    for cell in _QUOTED.finditer(text):
        start, end = cell.span()
        if text[max(0, start - 1) : start] not in before or text[end : end + 1] not in after:
            return False
        quotes += cell[0].count('"')
    return quotes == text.count('"')


def _width(text: str, delimiter: str) -> int:
    """How many cells most of the first rows have."""
    end = 0
    for _ in range(HEAD * 2):
        end = text.find("\n", end) + 1 or len(text)
    rows = csv.reader(io.StringIO(text[:end], newline=""), delimiter=delimiter)
    return Counter(map(len, rows)).most_common(1)[0][0] or 1


def _told_apart(table: pa.Table, odd: Sequence[tuple[int, str]], delimiter: str) -> LongRows | None:
    if any(_longest(column) > LONGEST for column in table.columns):
        return None
    columns = [_trimmed(column.combine_chunks()) for column in table.columns]
    numbers = np.delete(np.arange(1, len(table) + len(odd) + 1), [number - 1 for number, _ in odd])
    filled = np.zeros(len(table), dtype=bool)
    for column in columns:
        filled |= np.asarray(pc.not_equal(column.dictionary, ""))[np.asarray(column.indices)]
        if filled.all():
            break
    else:
        keep = pa.array(filled)
        columns, numbers = [column.filter(keep) for column in columns], numbers[filled]
    others = []
    for number, text in odd:
        if len(text) > LONGEST:
            return None
        cells = tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), ()))
        if any(cells):
            others.append((number, cells))
    return LongRows(columns, numbers, others)


def _trimmed(column: pa.Array) -> pa.DictionaryArray:
    """The cells of a column, cut of the blanks around them, by code."""
    found = column.dictionary_encode()
    trimmed = pc.utf8_trim(found.dictionary, _BLANK)
    if trimmed.equals(found.dictionary):
        return found
    return pc.utf8_trim(column, _BLANK).dictionary_encode()


def _longest(column: pa.ChunkedArray) -> int:
    """Bytes of the longest cell: no more characters than that."""
    return pc.max(pc.binary_length(column)).as_py() or 0


def rows_by_column(rows: Sequence[PlainRow], *, is_padded: bool) -> LongRows:
    """Rows by column that came as texts; those of a sheet are short where their last cells are."""
    if isinstance(rows, LongRows):
        return rows
    widths = Counter(len(cells) for _, cells in rows)
    width = max(widths) if is_padded else widths.most_common(1)[0][0]
    blank = ("",) * width
    others = [] if is_padded else [row for row in rows if len(row[1]) != width]
    held = rows if is_padded else [row for row in rows if len(row[1]) == width]
    texts = zip(*((*cells, *blank[len(cells) :]) for _, cells in held), strict=True)
    columns = [pa.array(column, pa.string()).dictionary_encode() for column in texts]
    return LongRows(columns, np.array([line for line, _ in held], dtype=np.int64), others)
