"""Extracts whose content is last month's, whatever their names, titles, form and order of rows.

The rows of the table are compared, cell by cell, and not the bytes: a file that was saved again, or
as a workbook, or under this month's title, holds what it held.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.reading.amounts import Unreadable
from boardpack.reading.cells import file_sha256
from boardpack.reading.dates import read_date
from boardpack.reading.file_names import last_month
from boardpack.reading.files import ENDINGS, read_book
from boardpack.reading.grids import HEAD, Rows
from boardpack.reading.long_rows import LongRows
from boardpack.reading.month_files import brought, brought_last_month
from boardpack.reading.readers import OF_THE_YEAR, carries_its_month
from boardpack.schedules.load import home_schedules

LONG = 20_000_000
"""Bytes of a file above which its bytes are compared: it is a system's own, without titles."""
BETWEEN_CELLS, BETWEEN_ROWS = "\x1f", "\x1e"
"""Marks that no cell holds."""
FEWEST = 3
"""Cells of a row of a table; a note or a title has fewer."""
_AMOUNT = re.compile(r"-?£?\d[\d,]{0,20}(\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{1,4}[-/ .]\w{1,9}[-/ .]\d{1,4}.*", re.ASCII)


def unchanged(paper: Paper) -> dict[str, bool]:
    """The extracts that came this month and last, each with whether its content is last month's.

    Those that are set for the year are compared over the turn of the year only; a tariff that is
    named after its month is not.
    """
    home, last = paper.home, last_month(paper.home, paper.month)
    before = brought_last_month(home, paper.month)
    now = brought(home, paper.raw.relative_to(home))
    within = last is not None and last.start == paper.month.start
    declared = home_schedules(home).items()
    yearly = OF_THE_YEAR | {name for name, schedule in declared if schedule.yearly}
    return {
        name: _contents(home, now[name]) == _contents(home, before[name]) != ()
        for name in before
        if name in now
        and f"{name}.csv" not in paper.run.not_supplied
        and not (within and name in yearly)
        and not carries_its_month(name)
    }


def _contents(home: Path, files: Sequence[Path]) -> tuple[str, ...]:
    """The seals of what some files hold, in order; nothing where they hold nothing."""
    found = (_content(home, file, file_sha256(home / file)) for file in files)
    return tuple(sorted(seal for seal in found if seal))


@lru_cache(maxsize=256)
def _content(home: Path, file: Path, sha256: str) -> str:
    """The SHA-256 of the rows of a file, in order; of its bytes where it cannot be compared."""
    if file.suffix.lower() not in ENDINGS or (home / file).stat().st_size > LONG:
        return sha256
    try:
        grids = read_book(home, file, _width).grids
    except InputFaults:
        return sha256  # its reader tells what is wrong
    rows = max((_table(grid.rows) for grid in grids), key=len, default=[])
    return hashlib.sha256(BETWEEN_ROWS.join(sorted(rows)).encode()).hexdigest() if rows else ""


def _width(rows: Rows) -> tuple[int, ...]:
    """By the delimiter that a file has, its rows are widest."""
    return (max((len(cells) for _, cells in rows), default=0),)


def _table(rows: Rows) -> list[str]:
    """The rows below the header, without notes: the header is the first of the fullest rows."""
    filled = [sum(map(bool, cells)) for _, cells in rows[:HEAD]]
    fullest = max(filled, default=0)
    start = filled.index(fullest) + 1 if filled else 0
    least = min(FEWEST, fullest)
    if isinstance(rows, LongRows):
        header = rows[start - 1][0]
        return [*_by_column(rows, header, least), *_by_row(rows.others, header, least)]
    return list(_by_row(rows[start:], 0, least))


def _by_row(rows: Rows, header: int, least: int) -> Iterator[str]:
    """Each row below a line that has so many cells, up to the last that says something."""
    for line, cells in rows:
        if line > header and sum(map(bool, cells)) >= least:
            yield BETWEEN_CELLS.join(map(_plain, cells)).rstrip(BETWEEN_CELLS)


def _by_column(rows: LongRows, header: int, least: int) -> list[str]:
    """The same of the rows of a long file: each text is brought to its form once."""
    first = int(np.searchsorted(rows.lines, header, side="right"))
    columns, filled = [], np.zeros(len(rows.lines) - first, dtype=np.int64)
    for column in rows.columns:
        codes = column.indices[first:]
        filled += np.asarray(pc.not_equal(column.dictionary, ""))[np.asarray(codes)]
        columns.append(pa.array(_plain_texts(column.dictionary), pa.string()).take(codes))
    joined = pc.binary_join_element_wise(*columns, BETWEEN_CELLS)
    kept = joined.filter(pa.array(filled >= least))
    return list(pc.utf8_rtrim(kept, BETWEEN_CELLS).to_pylist())


def _plain_texts(texts: pa.Array) -> list[str]:
    """Each text in the form that `_plain` gives it; of digits, all at once."""
    digits = pc.match_substring_regex(texts, r"^-?(0|[1-9][0-9]{0,14})\.[0-9]{1,6}$").to_pylist()
    cut = pc.utf8_rtrim(pc.utf8_rtrim(texts, "0"), ".").to_pylist()
    return [
        short if is_digits else _plain(text)
        for is_digits, short, text in zip(digits, cut, texts.to_pylist(), strict=True)
    ]


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    """A cell in the one form that its amount or date has in a CSV file and in a workbook."""
    if _AMOUNT.fullmatch(text):
        return f"{Decimal(text.replace(',', '').replace('£', '')).normalize():f}"
    if _DATE.fullmatch(text):
        try:
            return read_date(text, "day first")
        except Unreadable:
            pass
    return " ".join(text.split()).casefold()
