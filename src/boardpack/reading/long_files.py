"""Item-level files as they come: long, streamed, in UTF-8 or latin-1, with titles above the header.

For the shapes that a `Contract` cannot take: files too long to hold, prices in pence or in words,
a column without a heading.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.inert import inert
from boardpack.reading.cells import Cell
from boardpack.reading.csv_files import END_OF_FILE
from boardpack.reading.extract import Value
from boardpack.reading.files import WORKBOOKS, find_file
from boardpack.reading.folder import Folder

TITLE_LINES = 10
SHOWN = 20
CHUNK = 1 << 20
_EXACT = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
Record = tuple[int, list[str]]


@dataclass(frozen=True)
class ItemFile:
    """A file of the month's folder: its name below home, its SHA-256, and how its text is coded."""

    name: str
    path: Path
    sha256: str
    encoding: str

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet rather than CSV."""
        return self.path.suffix.lower() == ".parquet"

    def records(self) -> Iterator[Record]:
        """Each record that is not blank, with the line on which it begins, one at a time.

        The first of a Parquet file are the names of its columns, as if it had been written as CSV.
        """
        if self.is_parquet:
            yield from _parquet_records(self)
            return
        with self.path.open(encoding=self.encoding, newline="") as text:
            reader, line = csv.reader(text), 1
            try:
                for cells in reader:
                    if any(cells) and cells != [END_OF_FILE]:
                        yield line, list(map(inert, cells))
                    line = reader.line_num + 1
            except csv.Error:
                remedy = "Look for a quotation mark that is not closed, and export the file again."
                raise InputFaults([Fault(self.name, "CSV text", remedy, line)]) from None


@dataclass(frozen=True)
class Heading:
    """A column that is looked for, and the headings under which files give it."""

    name: str
    headings: tuple[str, ...]
    needed: bool = True


@dataclass(frozen=True)
class Table:
    """The header that was found: what stands above it, where each column stands, its width."""

    titles: tuple[str, ...]
    line: int
    header: tuple[str, ...]
    at: Mapping[str, int]

    @cached_property
    def width(self) -> int:
        """How many cells a record has: up to the last heading, whatever commas trail after it."""
        return max(place for place, cell in enumerate(self.header) if cell) + 1


@dataclass
class Complaints:
    """Faults of a long file: of each kind the first rows are told one by one, the rest counted."""

    file: str
    _kinds: dict[tuple[str, str | None], list[Fault]] = field(default_factory=dict)
    _more: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def add(self, expected: str, remedy: str, row: int, column: str | None, value: str) -> None:
        """One cell that is not what it should be."""
        kind = (expected, column)
        told = self._kinds.setdefault(kind, [])
        if len(told) < SHOWN:
            told.append(Fault(self.file, expected, remedy, row, column, value[:80]))
        else:
            self._more[kind] = self._more.get(kind, 0) + 1

    def refuse(self) -> None:
        """Raise all that was told (InputFaults), if anything was."""
        faults = [fault for told in self._kinds.values() for fault in told]
        for (expected, column), more in self._more.items():
            value = f"{more:,} more rows"
            faults.append(Fault(self.file, expected, "As above.", column=column, value=value))
        if faults:
            raise InputFaults(faults)


def open_items(folder: Folder, file: str) -> ItemFile | None:
    """The file of the month's folder, hashed and kept for lineage; None where it is not there."""
    if not folder.has(file):
        return None
    found = find_file(folder.paper.home, folder.path, file)
    if found.suffix.lower() in WORKBOOKS:
        expected = f"{found.stem}.csv; item-level files are read as CSV only"
        raise InputFaults([Fault(found.as_posix(), expected, "Save the sheet as CSV UTF-8.")])
    return sealed(folder, found.as_posix())


def sealed(folder: Folder, name: str) -> ItemFile:
    """A file, by its name below home, hashed and kept for lineage.

    It is the same file from within the home as from elsewhere, so that it is added up once.
    """
    sha256, encoding = _seal(folder.paper.home / name)
    folder.hashes[name] = sha256
    return ItemFile(name, folder.paper.home.resolve() / name, sha256, encoding)


def _parquet_records(item: ItemFile) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(item.path)
        yield 1, list(file.schema_arrow.names)
        line = 2
        for batch in file.iter_batches(use_threads=False):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield line, ["" if cell is None else str(cell) for cell in cells]
                line += 1
    except (pa.ArrowException, OSError):
        remedy = "Write it again, or put the CSV file there in its place."
        raise InputFaults([Fault(item.name, "a whole Parquet file", remedy)]) from None


def _seal(path: Path) -> tuple[str, str]:
    """The SHA-256 and the encoding, in one pass that holds no more than a chunk.

    Bytes that are not UTF-8 are latin-1, in which NHSBSA writes its files.
    """
    seal, decoder, encoding = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), "utf-8-sig"
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            seal.update(chunk)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                encoding = "latin-1"
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        encoding = "latin-1"
    return seal.hexdigest(), encoding


def find_table(item: ItemFile, records: Iterator[Record], wanted: Iterable[Heading]) -> Table:
    """The header among the first lines of `records`, which is left at the first line after it.

    Raises InputFaults that names every column that the likeliest line lacks.
    """
    headings, titles = tuple(wanted), list[str]()
    best: tuple[int, list[str], dict[str, int]] | None = None
    for line, cells in records:
        found = _positions(cells, headings)
        if not _lacking(found, headings):
            _refuse_twice(item.name, line, cells, headings)
            return Table(tuple(titles), line, tuple(cell.strip() for cell in cells), found)
        if best is None or len(found) > len(best[2]):
            best = (line, cells, found)
        titles.append(" ".join(cell.strip() for cell in cells if cell.strip()))
        if len(titles) == TITLE_LINES:
            break
    if best is None:
        raise InputFaults([Fault(item.name, "a header row", "The file is empty: export it again.")])
    line, cells, found = best
    raise InputFaults(
        Fault(item.name, f"a column {h.headings[0]!r}", nearest(h.headings[0], cells), row=line)
        for h in _lacking(found, headings)
    )


def _positions(cells: list[str], headings: tuple[Heading, ...]) -> dict[str, int]:
    at: dict[str, int] = {}
    for position, cell in enumerate(cells):
        for heading in headings:
            if heading.name not in at and _plain(cell) in map(_plain, heading.headings):
                at[heading.name] = position
    return at


def _lacking(found: Mapping[str, int], headings: tuple[Heading, ...]) -> list[Heading]:
    return [heading for heading in headings if heading.needed and heading.name not in found]


def _refuse_twice(name: str, line: int, cells: list[str], headings: tuple[Heading, ...]) -> None:
    said = [_plain(cell) for cell in cells]
    twice = [h for h in headings if sum(said.count(_plain(one)) for one in h.headings) > 1]
    if twice:
        raise InputFaults(
            Fault(name, "each column once", "Remove the second one.", line, h.headings[0])
            for h in twice
        )


def _plain(heading: str) -> str:
    return " ".join(heading.lower().replace("_", " ").split()) or "\0"


def fits(table: Table, cells: list[str]) -> bool:
    """Whether a record is as wide as the header, empty cells after its end left out."""
    return len(cells) == table.width or (len(cells) > table.width and not any(cells[table.width :]))


def is_whole(
    table: Table, line: int, cells: list[str], complaints: Complaints, remedy: str
) -> bool:
    """Whether a record is as wide as the header; a complaint where it is not."""
    if fits(table, cells):
        return True
    expected = f"{table.width} cells, as in the header"
    complaints.add(expected, remedy, line, None, f"{len(cells)} cells")
    return False


def exact(text: str) -> Decimal:
    """A number as a database prints it, digits only; ValueError for `1.2E+05` and other texts.

    A spreadsheet's exponent hides digits, so it is no exact number.

    >>> exact("1234.50")
    Decimal('1234.50')
    >>> exact("1,23")
    Traceback (most recent call last):
        ...
    ValueError: 1,23
    """
    stripped = text.strip()
    if _EXACT.fullmatch(stripped) is None:
        raise ValueError(text)
    return Decimal(stripped)


def exact_value(file: str, line: int, column: str, text: str, amount: Decimal, unit: str) -> Value:
    """An amount that was read exactly from one cell."""
    return Value(Cell(file, None, line, column, text), amount, amount, unit, Decimal(0))


def note(file: str, expected: str, remedy: str, value: str, column: str | None = None) -> Fault:
    """What is odd in a file and yet could be read exactly, so that it is told and stops nothing."""
    return Fault(file, expected, remedy, column=column, value=value)
