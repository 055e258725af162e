"""A plain reader of tables in files, for verification alone: the file, its header, its rows.

A file may come as CSV in UTF-8, UTF-16 or a Windows encoding, with commas, semicolons, tabs or
bars, or as a workbook; titles may stand above the header. What suppliers call their columns is
told, as declared in `params/layouts.yml`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from boardpack.audit.second.workbook import sheets

ENDINGS = (".csv", ".xlsx", ".xlsm")
HEAD, DEEPEST = 60, 3
UNIT_MARKS = re.compile(r"[£$]?\s*\(?\s*['’]?\b000['’]?s?\b\)?|£\s*(k|m|million)\b")

Line = tuple[int, list[str]]
"""A line that is not blank: its number in the file, from 1, and its cells."""


class Layout(NamedTuple):
    """How a supplier's file differs: other headings, sheet, unit, signs, dates, total words.

    `is_from_1904` is no declaration: it is what a workbook says of how it counts days.
    """

    headings: Mapping[str, tuple[str, ...]] = {}
    sheet: str | None = None
    unit: Decimal | None = None
    reversed: frozenset[str] = frozenset()
    debit_is_positive: bool | None = None
    is_month_first: bool = False
    totals: tuple[str, ...] = ()
    is_from_1904: bool = False


AS_AGREED = Layout()


class Table(NamedTuple):
    """The lines below a header, by the names of their columns; `header` are its own lines.

    A column whose heading is not asked for has its heading as its name. `is_from_1904` says how a
    workbook counts days.
    """

    sheet: str | None
    header: list[list[str]]
    names: list[str]
    lines: list[Line]
    is_from_1904: bool = False

    def named(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each line with its cells by column."""
        width = len(self.names)
        for line, cells in self.lines:
            filled = [*cells, *[""] * (width - len(cells))]
            yield line, dict(zip(self.names, filled, strict=False))


def delivered(folder: Path, name: str) -> Path | None:
    """The file in a folder that brings an extract, such as `ledger`; None where there is none."""
    if not folder.is_dir():
        return None
    for path in sorted(folder.iterdir()):
        is_it = path.stem.lower() == name and path.suffix.lower() in ENDINGS
        if is_it and path.is_file():
            return path
    return None


def best_table(path: Path, wanted: Iterable[str], layout: Layout, sheet: str | None) -> Table:
    """The table in a file whose header names the most of the columns that are wanted."""
    names = tuple(dict.fromkeys(wanted))
    best, most = Table(None, [], [], []), -1
    for found in _tables(path, names, layout):
        count = len(set(names) & set(found.names))
        if sheet in (None, found.sheet) and count > most:
            best, most = found, count
    return best


def _tables(path: Path, names: tuple[str, ...], layout: Layout) -> Iterator[Table]:
    """What the file holds, in each of the ways in which it may be read."""
    is_book = path.suffix.lower() != ".csv"
    for sheet, lines, from_1904 in _book(path) if is_book else _delimited(path):
        start, depth, named = _header(lines, names, layout)
        header = [cells for _, cells in lines[start : start + depth]]
        yield Table(sheet, header, named, lines[start + depth :], from_1904)


def _book(path: Path) -> Iterator[tuple[str, list[Line], bool]]:
    for sheet in sheets(path):
        lines: dict[int, list[str]] = {}
        for (line, place), text in sorted(sheet.cells.items()):
            row = lines.setdefault(line, [])
            row += [""] * (place - len(row)) + [text.translate(SIGNS)]
        yield sheet.name, list(lines.items()), sheet.from_1904


def _delimited(path: Path) -> Iterator[tuple[None, list[Line], bool]]:
    text = decoded(path.read_bytes())
    for mark in (",", ";", "\t", "|"):
        yield None, list(_lines(text, mark)), False


def _lines(text: str, mark: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"line {line} cannot be read ({error})") from None


SIGNS = str.maketrans({"⟦": "(", "⟧": ")", "⟪": "<<", "⟫": ">>", "\ue000": "", "\ue001": ""})
"""The paper's own signs, which are no signs where a file holds them."""


def decoded(content: bytes) -> str:
    """The text of a file, without the paper's own signs and DOS's byte for its end."""
    return _text(content).rstrip("\x1a").translate(SIGNS)


def _text(content: bytes) -> str:
    """UTF-16 by its mark, else UTF-8, else what Windows writes."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _header(
    lines: list[Line], wanted: tuple[str, ...], layout: Layout
) -> tuple[int, int, list[str]]:
    """Where the header begins, in how many lines it stands, and the names of the columns."""
    accepted = {
        heading(text): name for name in wanted for text in (*layout.headings.get(name, ()), name)
    }
    best: tuple[int, int, list[str]] = (0, 0, [])
    most = -1
    for depth in range(1, DEEPEST + 1):
        for start in range(min(HEAD, len(lines)) - depth + 1):
            names = _names([cells for _, cells in lines[start : start + depth]], accepted)
            count = len(set(names) & set(wanted))
            if count > most:
                best, most = (start, depth, names), count
    return best


def _names(rows: list[list[str]], accepted: Mapping[str, str]) -> list[str]:
    """The name over each place: of its whole heading, else of its last line, else of another."""
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    whole = [_joined([_carried(row) for row in filled[:-1]], filled[-1], n) for n in range(width)]
    names = [accepted.get(heading(text), "") for text in whole]
    for row in reversed(filled) if len(rows) > 1 else ():
        taken = set(names)
        for place, text in enumerate(row):
            name = accepted.get(heading(text), "")
            if not names[place] and name not in taken:
                names[place] = name
    return [name or text for name, text in zip(names, whole, strict=True)]


def _joined(upper: list[list[str]], last: list[str], place: int) -> str:
    text = ""
    for part in (*(row[place] for row in upper), last[place]):
        if part and part != text:
            text = f"{text} {part}".strip()
    return text


def _carried(row: list[str]) -> list[str]:
    """A line of a header in which a text stands over the blank cells after it too."""
    found, text = [], ""
    for cell in row:
        text = cell or text
        found.append(text)
    return found


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """A heading without capitals, spaces, punctuation and units: `ytdbudget`.

    >>> heading("YTD Budget £000")
    'ytdbudget'
    """
    bare = re.sub(r"\byear[\s-]*to[\s-]*date\b", "ytd", text.lower())
    return "".join(letter for letter in UNIT_MARKS.sub(" ", bare) if letter.isalnum())
