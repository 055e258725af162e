"""CSV as systems really write it: its encoding, its delimiter, its quotes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.inert import inert
from boardpack.reading.grids import HEAD, LONGEST, Grid, Rows, Score

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {";": "semicolons", "\t": "tabs", "|": "bars"}
_CONTROLS = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20)))
_CONTROL = re.compile(f"[{re.escape(_CONTROLS.decode())}]")
_MIXED = re.compile("[ÂÃ][\u0080-\u00bf]|â€")
LONG = 100_000
"""Characters of a file from which on it is read by column; a printed schedule is shorter."""
FIRST = 1 << 18
"""Characters among which the first rows are, as a rule."""
END_OF_FILE = "\x1a"
"""What programs of DOS write after the last row."""


def read_delimited(content: bytes, file: str, score: Score) -> tuple[Grid, tuple[str, ...]]:
    """The grid of a CSV file, and notes on how it was read.

    The delimiter is the one with which the rows fit best what is looked for, the comma first.
    Raises InputFaults for bytes that are no text, and for quotes that do not close.

    >>> grid, notes = read_delimited(b"line;actual", "a.csv", lambda rows: (len(rows[0][1]),))
    >>> [cells for _, cells in grid.rows], notes
    ([('line', 'actual')], ('cells are separated by semicolons',))
    """
    text, note = _decoded(content, file)
    delimiter = max(DELIMITERS, key=lambda mark: score(_head(text, mark)))
    notes = [note] if note else []
    if delimiter != ",":
        notes.append(f"cells are separated by {_NAMES[delimiter]}")
    rows = None if len(text) < LONG else _by_column(text, delimiter)
    return Grid(None, _records(text, delimiter, file) if rows is None else rows), tuple(notes)


def _by_column(text: str, delimiter: str) -> Rows | None:
    """The rows of a long text; what a short one can do without is not imported for it."""
    from boardpack.reading.long_rows import long_rows

    return long_rows(text, delimiter)


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    text, note = _text(content, file)
    if END_OF_FILE in text and text.rstrip().endswith(END_OF_FILE):
        text = text.rstrip(f"{END_OF_FILE}\r\n")
    told = text.encode()
    if len(told.translate(None, _CONTROLS)) < len(told):
        control = next(_CONTROL.finditer(text))
        row = text.count("\n", 0, control.start()) + 1
        expected = "text; these bytes are not the text of a CSV file"
        raise InputFaults([Fault(file, expected, "Save the file as CSV UTF-8.", row)])
    return inert(text), note


def _text(content: bytes, file: str) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), "the encoding is UTF-16"
        except UnicodeDecodeError:
            expected = "whole UTF-16 text"
            raise InputFaults([Fault(file, expected, "Save the file as CSV UTF-8.")]) from None
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        return _western(content, file, content[: error.start].count(b"\n") + 1)


def _western(content: bytes, file: str, row: int) -> tuple[str, str]:
    """The text of a file in the encoding of Windows; refused where it is half UTF-8."""
    try:
        text, name = content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = content.decode("latin-1"), "Latin-1"
    if _MIXED.search(text):
        expected = "one encoding; part of the file is UTF-8 and this row is not"
        raise InputFaults([Fault(file, expected, "Save the file as CSV UTF-8.", row)])
    return text, f"the encoding is {name}"


def _head(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    head = _first_rows(text[:FIRST], delimiter)
    return head if len(text) <= FIRST or len(head) == HEAD else _first_rows(text, delimiter)


def _first_rows(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head: list[tuple[int, tuple[str, ...]]] = []
    try:
        for fields in islice(rows, HEAD):
            head.append((rows.line_num, tuple(field.strip() for field in fields)))
    except csv.Error:
        pass
    return [(line, cells) for line, cells in head if any(cells)]


def _records(text: str, delimiter: str, file: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, tuple[str, ...]]] = []
    line, faults = 1, []
    try:
        for fields in reader:
            cells = tuple(field.strip() for field in fields)
            if any(cells):
                records.append((line, cells))
            faults += _long(file, line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(_broken(file, line, str(error)))
    if faults:
        raise InputFaults(faults)
    return tuple(records)


def _long(file: str, line: int, cells: tuple[str, ...]) -> list[Fault]:
    expected = f"at most {LONGEST:,} characters in a cell"
    remedy = "Look for a quotation mark that does not close, or shorten the text."
    return [Fault(file, expected, remedy, line) for cell in cells if len(cell) > LONGEST]


def _broken(file: str, line: int, problem: str) -> Fault:
    if "field larger" in problem:
        return _long(file, line, ("x" * (LONGEST + 1),))[0]
    expected = "quotation marks that open and close round a whole cell"
    remedy = 'Write a quotation mark inside a quoted cell twice (""), or export it again.'
    return Fault(file, expected, remedy, line)
