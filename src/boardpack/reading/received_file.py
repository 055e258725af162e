"""A file as received, to look a cell up again by the line and column that lineage names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from boardpack.reading.files import find_file, read_book, seal
from boardpack.reading.grids import Book
from boardpack.reading.headers import Wanted, wanted_columns
from boardpack.reading.layouts import layout_of
from boardpack.reading.table_shape import Column

KEPT = 64
_READ: dict[tuple[object, ...], Received] = {}
"""Files by their bytes and by what was looked for: each month's corrections ask for many cells."""


@dataclass(frozen=True)
class Received:
    """A header by the names that the contract gives its columns, and the rows below by line.

    A heading that is not one of the columns asked for is given as it stands.
    """

    header: tuple[str, ...]
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def text(self, line: int, column: str) -> str | None:
        """What a cell says; None where there is no such row or column."""
        row = self.rows.get(line)
        if row is None or column not in self.header:
            return None
        place = self.header.index(column)
        return row[place] if place < len(row) else ""


def read_received(
    home: Path, file: Path, columns: Iterable[str], sheet: str | None = None
) -> Received:
    """The header of `file` (a path below `home`) that names `columns`, and all rows below it.

    Headings may be those of `params/layouts.yml`. InputFaults where the file cannot be read.
    """
    shape = tuple(Column(name, "text") for name in dict.fromkeys(columns))
    wanted = wanted_columns(file.name, shape, layout_of(home, file))
    found = find_file(home, file.parent, file.name)
    key = (home.resolve(), found, seal(home / found), repr(wanted), sheet)
    if key not in _READ:
        if len(_READ) >= KEPT:
            del _READ[next(iter(_READ))]
        _READ[key] = _received(read_book(home, found, wanted.score), wanted, sheet)
    return _READ[key]


def _received(book: Book, wanted: Wanted, sheet: str | None) -> Received:
    for grid in book.grids:
        header = wanted.find(grid.rows) if sheet in (None, grid.sheet) else None
        if header is not None and wanted.holds(header):
            names = zip(header.names, header.headings, strict=True)
            head = tuple(name or heading for name, heading in names)
            width = len(head)
            rows = {n: (*row, *[""] * (width - len(row))) for n, row in grid.rows[header.end :]}
            return Received(head, rows)
    return Received(())
