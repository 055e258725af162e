"""The changes that slips are made of: of a column, of rows, of a file as a whole.

Amounts keep the form in which a file prints them: `£1.38`, `(1,234)`, `8.5%`, `£159,204k`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from boardpack_demo.month import MonthFiles
from boardpack_demo.table import Table
from slip import MONTH, FileChange, Row, true_files

_AMOUNT = re.compile(r"(?P<before>\(?-?£?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<after>[km%]?\)?)")


def amount_of(text: str) -> Decimal | None:
    """The number that a cell prints, without its unit; None where it prints none."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    number = Decimal(found["digits"].replace(",", ""))
    return -number if "(" in found["before"] or "-" in found["before"] else number


def printed_like(text: str, amount: Decimal) -> str:
    """An amount in the form that a cell has, to as many decimals where it has any."""
    found = _AMOUNT.fullmatch(text.strip())
    assert found is not None, text
    _, _, decimals = found["digits"].partition(".")
    plain = f"{abs(amount):.{len(decimals)}f}" if decimals else f"{abs(amount):f}"
    if "," in found["digits"] or ("£" not in text and "," in text):
        plain = f"{Decimal(plain):,}"
    sign = found["before"].replace("-", "").replace("(", "")
    after = found["after"].replace(")", "")
    if amount >= 0:
        return f"{sign}{plain}{after}"
    brackets = "," in found["digits"] or "(" in found["before"]
    return f"({sign}{plain}{after})" if brackets else f"-{sign}{plain}{after}"


def amounts(
    column: str, change: Callable[[Decimal], Decimal], row: int | None = None
) -> FileChange:
    """Change the amounts of a column: all of them, or the one of a row counted from 0."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        for number in range(len(found.rows)) if row is None else (row,):
            text = found.at(number, column)
            amount = amount_of(text)
            if amount is not None:
                found.put(number, column, printed_like(text, change(amount)))

    return apply


def times(column: str, factor: int | str, row: int | None = None) -> FileChange:
    """Multiply a column, or one cell of it; by -1 its sign is lost."""
    return amounts(column, lambda amount: amount * Decimal(factor), row)


def shifted(column: str) -> FileChange:
    """Each row has what belongs to the row above it: a month too late where rows are months."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        texts = [found.at(row, column) for row in range(len(found.rows))]
        for row, text in enumerate([texts[-1], *texts[:-1]]):
            found.put(row, column, text)

    return apply


def shifted_months(columns: Iterable[str]) -> FileChange:
    """Each month's column has what belongs to the month before; the first keeps its own."""
    names = list(columns)

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        for row in range(len(found.rows)):
            texts = [found.at(row, name) for name in names]
            for name, text in zip(names[1:], texts, strict=False):
                if text and found.at(row, name):
                    found.put(row, name, text)

    return apply


def exchanged(one: str, other: str) -> FileChange:
    """Two columns have changed places under headings that stay."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        for row in range(len(found.rows)):
            first, second = found.at(row, one), found.at(row, other)
            found.put(row, one, second)
            found.put(row, other, first)

    return apply


def without(column: str) -> FileChange:
    """A column is not in the file."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        place = found.header.index(column)
        for row in (found.header, *found.rows):
            del row[place]

    return apply


def blank(column: str, row: int | None = None) -> FileChange:
    """The cells of a column are empty, or the one of a row."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        for number in range(len(found.rows)) if row is None else (row,):
            found.put(number, column, "")

    return apply


def twice(said: Callable[[Row], bool] = lambda row: True) -> FileChange:
    """Rows stand twice, below the others; all of them, or those of which something is said."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        found.rows = [*found.rows, *(list(row) for row in found.rows if said(row))]

    return apply


def without_rows(said: Callable[[Row], bool]) -> FileChange:
    """Rows are gone of which something is said."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        found.rows = [row for row in found.rows if not said(row)]

    return apply


def part_gone(one_in: int, seed: int, said: Callable[[Row], bool] = lambda row: True) -> FileChange:
    """One row in so many is gone, and at least one; which, by chance."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        rows = [number for number, row in enumerate(found.rows) if said(row)]
        gone = set(random.Random(seed).sample(rows, max(1, len(rows) // one_in)))
        found.rows = [row for number, row in enumerate(found.rows) if number not in gone]

    return apply


def cut_off(one_in: int) -> FileChange:
    """The last rows are gone, one in so many: the download broke off."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        count = max(1, len(found.rows) // one_in)
        found.rows = found.rows[:-count]

    return apply


def last_months(files: MonthFiles, file: str) -> None:
    """The file of the month before stands there."""
    before = true_files(MONTH.number - 1).tables[file]
    files.tables[file] = Table(list(before.header), [list(r) for r in before.rows], before.titles)


def titled(*titles: str) -> FileChange:
    """Lines of title stand above the header."""

    def apply(files: MonthFiles, file: str) -> None:
        files.tables[file].titles = titles

    return apply


def worded(column: str, old: str, new: str) -> FileChange:
    """A word of a column is said otherwise in every row."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        for row in range(len(found.rows)):
            found.put(row, column, found.at(row, column).replace(old, new))

    return apply


def gone(files: MonthFiles, file: str) -> None:
    """The file has not come, and nobody says where it came from."""
    del files.tables[file]
    origins = files.tables.get("provenance.csv")
    if origins is not None:
        origins.rows = [row for row in origins.rows if row[0] != file]


def as_bytes(make: Callable[[bytes], bytes]) -> FileChange:
    """The file as a whole is written otherwise."""

    def apply(files: MonthFiles, file: str) -> None:
        files.raw[file] = make(files.tables[file].bytes())

    return apply


def copied(column: str, source: str, target: str) -> FileChange:
    """The rows of a month are those of another, under its own name."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables[file]
        place = found.header.index(column)
        others = [row for row in found.rows if row[place] != target]
        again = [list(row) for row in found.rows if row[place] == source]
        for row in again:
            row[place] = target
        found.rows = [*others, *again]

    return apply


def each(*changes: FileChange) -> FileChange:
    """Several changes, one after the other."""

    def apply(files: MonthFiles, file: str) -> None:
        for change in changes:
            change(files, file)

    return apply
