"""An extract's table out of its file: the sheet and header, its records, and what is no record.

Nothing is left out in silence: what stands above, between or below the records is a title, the same
header again, a total or a note, each told in `notes`; or it is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import overload

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.reading.amounts import Unreadable, column_scale, plain_amount
from boardpack.reading.cells import ranges
from boardpack.reading.files import find_file, read_book
from boardpack.reading.grids import Book, Flaw, Grid
from boardpack.reading.headers import (
    Header,
    Wanted,
    plain_heading,
    unit_mark,
    unit_name,
    wanted_columns,
)
from boardpack.reading.layouts import AS_AGREED, FILE, Layout
from boardpack.reading.long_rows import LongRows
from boardpack.reading.table_shape import Contract

NEAR = 0.75


@dataclass(frozen=True)
class Line:
    """A row of the table: its line in the file, its cells by place, those that have a flaw."""

    line: int
    cells: tuple[str, ...]

    def at(self, place: int | None) -> str:
        """The text at a place of the row; blank beyond its end."""
        return "" if place is None or place >= len(self.cells) else self.cells[place]


class LongLines(Sequence[Line]):
    """The rows of a long file from one on, each made when it is asked for."""

    def __init__(self, rows: LongRows, start: int) -> None:
        self.rows, self.start = rows, start

    def __len__(self) -> int:
        return max(0, len(self.rows) - self.start)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        return Line(*self.rows[self.start + range(len(self))[at]])

    def __iter__(self) -> Iterator[Line]:
        return (Line(*row) for row in islice(self.rows, self.start, None))


@dataclass(frozen=True)
class Table:
    """The sheet that holds an extract, its header, the titles above and all the rows below."""

    book: Book
    grid: Grid
    header: Header
    titles: tuple[Line, ...]
    lines: Sequence[Line]

    @property
    def file(self) -> str:
        """The file's path below home."""
        return self.book.file

    def text(self, line: Line, name: str) -> str:
        """What a row says in a column of the contract; blank where the file has no such column."""
        return line.at(self.header.place(name))

    def flaw(self, line: Line, name: str) -> Flaw | None:
        """Why the cell of a row cannot be taken as it stands, if it cannot."""
        place = self.header.place(name)
        return None if place is None else self.grid.flaws.get((line.line, place))

    def form(self, line: int, name: str) -> str | None:
        """The number format of a cell that says more by it than a number."""
        place = self.header.place(name)
        return None if place is None else self.grid.forms.get((line, place))

    def told(self, name: str) -> str:
        """A column for a message: its name, and its heading where that says something else."""
        place = self.header.place(name)
        heading = "" if place is None else " ".join(self.header.headings[place].split())
        if plain_heading(heading) in ("", plain_heading(name)):
            return name
        return f"{name} (headed {heading!r})"


def find_table(home: Path, folder: Path, contract: Contract, layout: Layout) -> Table:
    """The table of an extract; InputFaults where its file, sheet or header is wrong."""
    file = find_file(home, folder, contract.file)
    wanted = wanted_columns(contract.file, contract.columns, layout)
    book = read_book(home, file, wanted.score)
    table = _table(book, *_sheet(book, wanted, contract, layout))
    faults = [*_missing(table, wanted, contract), *_unknown(table, contract)]
    faults += [*_units(table, contract, layout), *_hidden(table), *_untitled(table)]
    faults += [] if table.lines or contract.may_be_empty else [_empty(table)]
    if faults:
        raise InputFaults(faults)
    return table


def _table(book: Book, grid: Grid, header: Header) -> Table:
    titles = tuple(Line(*row) for row in grid.rows[: header.start])
    if isinstance(grid.rows, LongRows):
        return Table(book, grid, header, titles, LongLines(grid.rows, header.end))
    return Table(book, grid, header, titles, tuple(Line(*r) for r in grid.rows[header.end :]))


def _sheet(book: Book, wanted: Wanted, contract: Contract, layout: Layout) -> tuple[Grid, Header]:
    grids = _chosen(book, layout)
    if not any(grid.rows for grid in grids):
        remedy = "The file is empty: export it again."
        raise InputFaults([Fault(book.file, "a header row", remedy)])
    hidden = [grid for grid in book.grids if grid.is_hidden and grid.rows]
    if hidden:
        remedy = "Unhide the sheet, or delete it, so that all can see what the file holds."
        raise InputFaults(
            Fault(book.file, "no hidden sheet that holds data", remedy, sheet=grid.sheet)
            for grid in hidden
        )
    return _only(book, _found(grids, wanted), wanted, contract)


def _chosen(book: Book, layout: Layout) -> tuple[Grid, ...]:
    if layout.sheet is None or book.grids[0].sheet is None:
        return book.grids
    found = tuple(grid for grid in book.grids if grid.sheet == layout.sheet)
    if not found:
        names = [str(grid.sheet) for grid in book.grids]
        expected = f"a sheet {layout.sheet!r}, as {FILE.as_posix()} says"
        raise InputFaults([Fault(book.file, expected, nearest(layout.sheet, names))])
    return found


def _found(grids: Iterable[Grid], wanted: Wanted) -> list[tuple[Grid, Header]]:
    found = [(grid, wanted.find(grid.rows)) for grid in grids]
    return [(grid, header) for grid, header in found if header is not None]


def _only(
    book: Book, found: list[tuple[Grid, Header]], wanted: Wanted, contract: Contract
) -> tuple[Grid, Header]:
    """The sheet that holds the header, or the likeliest where none does."""
    holding = [pair for pair in found if wanted.holds(pair[1])]
    if len(holding) > 1:
        names = " and ".join(repr(grid.sheet) for grid, _ in holding)
        remedy = f"Delete the others, or name the sheet in {FILE.as_posix()}."
        raise InputFaults([Fault(book.file, f"one sheet with these columns, not {names}", remedy)])
    likely = [*holding, *sorted(found, key=lambda pair: _share(pair[1], wanted), reverse=True)]
    if not likely or (not holding and _share(likely[0][1], wanted) < 0.5):
        names = ", ".join(name for name in contract.names if name in wanted.required)
        remedy = (
            f"Check that it is the right file; other headings are declared in {FILE.as_posix()}."
        )
        raise InputFaults([Fault(book.file, f"a header row with the columns {names}", remedy)])
    return likely[0]


def _share(header: Header, wanted: Wanted) -> float:
    """How much of the needed columns a row names."""
    return len(wanted.required & set(header.names)) / max(len(wanted.required), 1)


def _empty(table: Table) -> Fault:
    remedy = "It holds a heading only: export it again, or name it under not_supplied."
    if Path(table.file).parent.name == "reference":
        remedy = "It holds a heading only: fill it in."
    line, sheet = table.header.line, table.grid.sheet
    return Fault(table.file, "records below the header", remedy, line, sheet=sheet)


def _missing(table: Table, wanted: Wanted, contract: Contract) -> Iterator[Fault]:
    """Columns that are needed and not there, unless a heading nearly names them (`_unknown`)."""
    header = table.header
    unknown = _unnamed(table)
    named = [_near(heading, _absent(table, contract)) for heading in unknown]
    for name in contract.names:
        times = header.names.count(name)
        if name in wanted.required and not times and name not in named:
            hint = nearest(name, unknown) if unknown else "Export it with this column."
            yield _at_header(table, f"a column {name!r}", hint, name)
        if times > 1:
            yield _at_header(table, "each column once", "Remove the second one.", name)


def _absent(table: Table, contract: Contract) -> list[str]:
    return [name for name in contract.names if name not in table.header.names]


def _unnamed(table: Table) -> list[str]:
    """The headings that name no column of the contract."""
    header = table.header
    return [h for h, name in zip(header.headings, header.names, strict=True) if h and not name]


def _at_header(table: Table, expected: str, remedy: str, column: str) -> Fault:
    return Fault(table.file, expected, remedy, table.header.line, column, sheet=table.grid.sheet)


def _unknown(table: Table, contract: Contract) -> Iterator[Fault]:
    """Columns that the contract does not name, unless they may stand there.

    One that looks like a column of the contract that is absent is refused all the same.
    """
    absent = _absent(table, contract)
    for heading in _unnamed(table):
        if near := _near(heading, absent):
            remedy = f"Correct the heading, or declare it in {FILE.as_posix()}."
            yield _at_header(table, f"the column {near!r}", remedy, heading)
        elif not contract.allows_extra:
            known = ", ".join(contract.names)
            remedy = f"Nothing reads it: take the column out. Read are {known}."
            yield _at_header(table, "a known column", remedy, heading)


def _near(heading: str, absent: list[str]) -> str | None:
    plain = {plain_heading(name): name for name in absent}
    hint = nearest(plain_heading(heading), plain)
    return next((n for p, n in plain.items() if hint == f"Did you mean {p!r}?"), None)


def _units(table: Table, contract: Contract, layout: Layout) -> Iterator[Fault]:
    """A money column whose heading says another unit than the one it is read in."""
    for column in contract.columns:
        place, scale = table.header.place(column.name), column_scale(column, layout)
        said = None if place is None else unit_mark(table.header.headings[place])
        if said is not None and scale is not None and said != scale:
            expected = f"amounts in {unit_name(scale)}; the heading says {unit_name(said)}"
            remedy = (
                f"Declare the `scale` in {FILE.as_posix()}, or export it in {unit_name(scale)}."
            )
            yield _at_header(table, expected, remedy, table.told(column.name))


def _hidden(table: Table) -> Iterator[Fault]:
    for what in table.grid.hidden:
        remedy = "Unhide them, or delete them, so that all can see what the file holds."
        yield Fault(table.file, f"nothing hidden; {what} hold data", remedy, sheet=table.grid.sheet)


def _untitled(table: Table) -> Iterator[Fault]:
    """Rows above the header that hold amounts: they would be records that nobody reads."""
    for line in table.titles:
        if sum(_is_amount(text) for text in line.cells) > 1:
            expected = "nothing but titles above the header"
            remedy = "Delete the row, or put the header above it."
            yield Fault(table.file, expected, remedy, line.line, sheet=table.grid.sheet)


def _is_amount(text: str) -> bool:
    try:
        plain = plain_amount(text, AS_AGREED)
    except Unreadable:
        return True
    return any(c.isdigit() for c in plain) and not any(c.isalpha() or c in "/:" for c in plain)


def told_lines(lines: Iterable[int]) -> str:
    """Lines for a note: `row 7`, `rows 7-9, 12`.

    >>> told_lines([7]), told_lines([7, 8, 9, 12])
    ('row 7', 'rows 7-9, 12')
    """
    text = ranges(lines)
    return f"row {text}" if text.isdigit() else f"rows {text}"
