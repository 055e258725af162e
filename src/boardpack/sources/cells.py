"""A file as text cells with coordinates, and the file's SHA-256. No type is guessed here."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from boardpack.errors import Fault, InputFaults


@dataclass(frozen=True)
class Cell:
    """One cell as received: where it stands and what it says.

    `row` is the file's own line number, from 1; `sheet` is None for a CSV file.
    """

    file: str
    sheet: str | None
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A header and its records, each record with the line on which it begins."""

    file: str
    sha256: str
    header: tuple[str, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]


def ranges(lines: Iterable[int]) -> str:
    """Line numbers in short, in order: `2-15, 17`."""
    told: list[list[int]] = []
    for line in sorted(set(lines)):
        if told and told[-1][1] == line - 1:
            told[-1][1] = line
        else:
            told.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in told)


def from_ranges(text: str) -> tuple[int, ...]:
    """The line numbers that `ranges` told."""
    parts = (part.strip().split("-") for part in text.split(",") if part.strip())
    return tuple(line for part in parts for line in range(int(part[0]), int(part[-1]) + 1))


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_sheet(home: Path, file: Path) -> Sheet:
    """The CSV `file` (a path below `home`); InputFaults when it is missing, empty or unreadable."""
    name = file.as_posix()
    try:
        content = (home / file).read_bytes()
    except FileNotFoundError:
        remedy = "Put it there, or name it under not_supplied in the month's parameters."
        raise InputFaults([Fault(name, "this extract", remedy)]) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        fault = Fault(name, "UTF-8 text", "Save the file as CSV UTF-8.", row=row)
        raise InputFaults([fault]) from None
    lines = _records(text)
    if not lines:
        raise InputFaults([Fault(name, "a header row", "The file is empty: export it again.")])
    (_, header), *records = lines
    _refuse_ragged(name, header, records)
    return Sheet(name, hashlib.sha256(content).hexdigest(), header, tuple(records))


def _records(text: str) -> list[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text))
    records, line = [], 1
    for fields in reader:
        cells = tuple(field.strip() for field in fields)
        if any(cells):
            records.append((line, cells))
        line = reader.line_num + 1
    return records


def _refuse_ragged(
    name: str, header: tuple[str, ...], records: list[tuple[int, tuple[str, ...]]]
) -> None:
    expected = f"{len(header)} cells, as in the header"
    faults = [
        Fault(
            name, expected, "Check for a missing or extra comma.", row=line, value=f"{len(r)} cells"
        )
        for line, r in records
        if len(r) != len(header)
    ]
    if faults:
        raise InputFaults(faults)
