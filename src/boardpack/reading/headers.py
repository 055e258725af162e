"""Finding the header: which row names the columns, below which titles, in one row or several.

A heading is the same with other capitals, spaces, punctuation or unit marks. Columns may come in
any order. The header is the first row, or two or three rows together, that names every column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.grids import HEAD, Rows
from boardpack.reading.layouts import FILE, Layout
from boardpack.reading.table_shape import Column

DEEPEST = 3
_THOUSANDS = re.compile(
    r"[£$]\s*['’]?000['’]?s?|['’]000s?|\(\s*000['’]?s?\s*\)|£\s*k\b", re.IGNORECASE
)
_MILLIONS = re.compile(r"£\s*m\b|£\s*million", re.IGNORECASE)
_POUNDS = re.compile(r"\(\s*£\s*\)|£\s*$")
_NEITHER_LETTERS_NOR_DIGITS = re.compile(r"[\W_]+")
_YEAR_TO_DATE = re.compile(r"\byear[\s-]*to[\s-]*date\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """A heading without capitals, spaces, punctuation and unit marks.

    `Year to date Budget £000` is `ytdbudget`.

    >>> plain_heading("Year to date Budget £000"), plain_heading("YTD_Budget (£m)")
    ('ytdbudget', 'ytdbudget')
    """
    bare = _MILLIONS.sub(" ", _THOUSANDS.sub(" ", text))
    bare = _YEAR_TO_DATE.sub("ytd", bare).casefold()
    return _NEITHER_LETTERS_NOR_DIGITS.sub("", bare)


def column_name(heading: str) -> str:
    """A heading as the name of a column, which is the same heading to `plain_heading`.

    `Year to date Budget £000` is `ytd_budget`.

    >>> column_name("Year to date Budget £000")
    'ytd_budget'
    """
    bare = _MILLIONS.sub(" ", _THOUSANDS.sub(" ", heading))
    bare = _YEAR_TO_DATE.sub("ytd", bare).casefold()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def unit_name(scale: Decimal) -> str:
    """A unit of money in words: `pounds` for 1.

    >>> unit_name(Decimal(1000)), unit_name(Decimal("0.01"))
    ('£000s', 'pence')
    """
    return {"1": "pounds", "1000": "£000s", "0.01": "pence"}.get(str(scale), "£ millions")


def unit_mark(text: str) -> Decimal | None:
    """What a heading says its column is in, in pounds; None where it does not say.

    >>> unit_mark("Budget £'000"), unit_mark("Budget £m"), unit_mark("Budget (£)")
    (Decimal('1000'), Decimal('1000000'), Decimal('1'))
    >>> print(unit_mark("Budget"))
    None
    """
    if _THOUSANDS.search(text):
        return Decimal(1000)
    if _MILLIONS.search(text):
        return Decimal(1_000_000)
    return Decimal(1) if _POUNDS.search(text) else None


@dataclass(frozen=True)
class Header:
    """A header that was found, or the likeliest row where none names every column.

    It stands in `depth` rows from `start` on (places in the grid's rows); `line` is the line of its
    last row. `headings` are the texts over each column of the file, `names` the contract's names.
    """

    start: int
    depth: int
    line: int
    headings: tuple[str, ...]
    names: tuple[str | None, ...]

    def place(self, name: str) -> int | None:
        """Where a column of the contract stands, from 0."""
        return self._places.get(name)

    @cached_property
    def _places(self) -> dict[str, int]:
        named = [(name, place) for place, name in enumerate(self.names) if name is not None]
        return dict(reversed(named))

    @property
    def end(self) -> int:
        """The place of the first row below the header."""
        return self.start + self.depth


@dataclass(frozen=True)
class Wanted:
    """The columns that are looked for: each accepted heading with the name of its column."""

    accepted: Mapping[str, str]
    required: frozenset[str]

    def score(self, rows: Rows) -> tuple[int, ...]:
        """How many of the columns the likeliest header names: those that are needed come first."""
        header = self.find(rows)
        return (0, 0) if header is None else self._found(header)

    def holds(self, header: Header | None) -> bool:
        """Whether a header names every column that must be there."""
        return header is not None and self.required <= set(header.names)

    def find(self, rows: Rows) -> Header | None:
        """The first header that names every needed column, else the one that names most."""
        best: Header | None = None
        for depth in range(1, DEEPEST + 1):
            for header in self._headers(rows, depth):
                if self.holds(header):
                    return header
                if self._found(header) > (self._found(best) if best else (0, 0)):
                    best = header
        return best

    def _found(self, header: Header) -> tuple[int, int]:
        names = {name for name in header.names if name}
        return len(names & self.required), len(names)

    def _headers(self, rows: Rows, depth: int) -> Iterator[Header]:
        for start in range(min(HEAD, len(rows)) - depth + 1):
            part = [cells for _, cells in rows[start : start + depth]]
            headings = _joined(part)
            names = self._names(part, headings)
            yield Header(start, depth, rows[start + depth - 1][0], headings, names)

    def _names(
        self, part: list[tuple[str, ...]], headings: tuple[str, ...]
    ) -> tuple[str | None, ...]:
        """The whole heading counts first; then its last row alone, then any row alone."""
        names = [self.accepted.get(plain_heading(text)) for text in headings]
        for row in reversed(part) if len(part) > 1 else ():
            taken = set(names)
            for place, text in enumerate(row):
                name = self.accepted.get(plain_heading(text))
                if names[place] is None and name not in taken:
                    names[place] = name
        return tuple(names)


def _joined(part: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The heading over each column: a text of an upper row spans the blank cells after it."""
    width = max(len(row) for row in part)
    joined = [""] * width
    for number, row in enumerate(part):
        is_last = number == len(part) - 1
        cells = (*row, *[""] * (width - len(row)))
        for place, text in enumerate(cells if is_last else _carried(cells)):
            if text and text != joined[place]:
                joined[place] = f"{joined[place]} {text}".strip()
    return tuple(joined)


def _carried(row: Iterable[str]) -> Iterator[str]:
    text = ""
    for cell in row:
        text = cell or text
        yield text


def wanted_columns(file: str, columns: Iterable[Column], layout: Layout) -> Wanted:
    """The headings under which each column may come; InputFaults where two columns share one.

    >>> columns = [Column("line", "word"), Column("ytd_budget", "thousands")]
    >>> rows = [(1, ("Month 6", "")), (2, ("Line", "YTD Budget £000")), (3, ("Acute", "900"))]
    >>> wanted_columns("a.csv", columns, Layout()).find(rows).line
    2
    """
    accepted: dict[str, str] = {}
    required, faults = set(), []
    for column in columns:
        if not column.optional:
            required.add(column.name)
        for heading in (column.name, *layout.headings.get(column.name, ())):
            said = accepted.setdefault(plain_heading(heading), column.name)
            if said != column.name:
                remedy = f"Take it from {said} or from {column.name}."
                expected = f"a heading of one column of {file}"
                faults.append(Fault(FILE.as_posix(), expected, remedy, None, heading))
    if faults:
        raise InputFaults(faults)
    return Wanted(accepted, frozenset(required))
