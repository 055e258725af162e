"""A long extract held to its contract column by column: what is plain never becomes an object.

Every distinct text is read once, as the careful reader of `cell_values` reads it. What is not
plain is handed to that reader: total rows, notes, and every row in which something is amiss, so
that each fault is told as it is of a short file. Where a file is such that columns cannot tell,
there is no answer, and the careful reader has all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from boardpack.reading.amounts import Amount, Unreadable, column_scale, excel_error
from boardpack.reading.cell_values import Reading, meant
from boardpack.reading.layouts import Layout
from boardpack.reading.long_rows import MANY
from boardpack.reading.long_table import LongTable, Unanswered
from boardpack.reading.records import Records, flawed, left_out, wide
from boardpack.reading.row_view import PLACES, Amounts, Columns, OwnUnits, RowView, Words
from boardpack.reading.table_shape import ADDITIVE, AMOUNTS, NOT_AVAILABLE, Column, Contract
from boardpack.reading.tables import Table

_WHOLE = 12
_DIGITS = rf"(?:[0-9]{{1,{_WHOLE}}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}})(?:\.[0-9]{{1,{PLACES}}})?"
_PLAIN = rf"^(?:-?{_DIGITS}|\({_DIGITS}\))$"
"""Amounts that are read as they stand: `1234.5`, `-1,234.50`, `(1,234)`."""
_LARGEST = 1 << 62
_BY_DIGITS = (*ADDITIVE, "decimal")
"""Kinds whose plain digits mean the same in every row."""


@dataclass(frozen=True)
class Sorted:
    """A long table told apart: `told` is what the careful reader has to look at, `rows` the rest.

    `places` are what the records say of places, `periods` the first row of each period they say.
    """

    told: Records
    rows: RowView
    places: frozenset[str] | None
    periods: tuple[tuple[int, str], ...]


def is_long(table: Table, contract: Contract) -> bool:
    """Whether a table is held to its contract by column: it is long, and of a system's records."""
    if contract.is_declared or not contract.is_unit_level or len(table.lines) < MANY:
        return False
    return all(column.is_exact for column in contract.columns if column.kind in _BY_DIGITS)


def sort_by_column(
    table: Table, contract: Contract, layout: Layout, reading: Reading
) -> Sorted | None:
    """The records of a long table by column, and what is left to the careful reader.

    `reading` reads each distinct text. None where the columns cannot tell.
    """
    try:
        return _Sorting(table, contract, layout, reading).sorted()
    except Unanswered:
        return None


class _Sorting(LongTable):
    """The cells of a long table, each distinct text read once; `bad` are rows with one amiss."""

    def __init__(self, table: Table, contract: Contract, layout: Layout, reading: Reading) -> None:
        super().__init__(table, contract, layout)
        self.reading = reading
        self.bad = np.zeros(len(self.lines), dtype=bool)

    def sorted(self) -> Sorted:
        if len(self.table.header.headings) > self.rows.width:
            raise Unanswered
        repeated = self.repeated()
        notes = self.notes()
        totals, left = self.totals()
        words = {c.name: self._words(c) for c in self.contract.columns if not c.is_amount}
        held = [column for column in self.reading.columns if column.is_amount]
        amounts = {c.name: self._amounts(c) for c in held if c.kind in _BY_DIGITS}
        own_units = {c.name: self._own_units(c) for c in held if c.kind not in _BY_DIGITS}
        self._mark_cells_beside()
        self._mark_flaws()
        records = np.flatnonzero(~self.apart)
        if not len(records):
            raise Unanswered
        self._mark_repeated_keys(records)
        odd = [*self.lines_at(records[self.bad[records]]), *left]
        odd.sort(key=lambda line: line.line)
        faults = (*wide(self.table, odd), *flawed(self.table, self.contract, (*odd, *totals)))
        told = tuple(left_out(self.table, repeated, notes))
        columns = Columns(
            self.lines,
            words,
            amounts,
            own_units,
            lambda places: map(self.reading.row, self.lines_at(places)),
        )
        return Sorted(
            Records(tuple(odd), tuple(totals), told, faults, tuple(notes)),
            RowView(columns, records),
            self._places(words, records),
            tuple(self._periods(records)),
        )

    def _of(self, column: Column) -> tuple[np.ndarray, pa.Array]:
        """A code for each row, and the texts by code; blank where the file has no such column."""
        place = self.table.header.place(column.name)
        if place is None:
            return np.zeros(len(self.lines), dtype=np.int32), pa.array([""])
        return self.codes[place], self.texts[place]

    def _words(self, column: Column) -> Words:
        codes, texts = self._of(column)
        said = texts.to_pylist()
        is_any = not (column.words or column.also) and column.kind != "date"
        if column.name in self.table.header.names:
            asked = _could_be_amiss(texts) if is_any else range(len(said))
            spoilt = np.zeros(len(said), dtype=bool)
            for code in asked:
                spoilt[code] = not self._fits(column, said[code])
            self.bad |= spoilt[codes]
        words = [self.reading.word(column, text) for text in said] if not is_any else said
        return Words(codes, words, said)

    def _fits(self, column: Column, text: str) -> bool:
        said = meant(column, text)
        if not self.reading.fits(column, said) or excel_error(text) is not None:
            return False
        known = (*column.words, "") if column.empty else column.words
        return not column.words or said in known

    def _amounts(self, column: Column) -> Amounts:
        """The amounts of a column whose plain digits mean the same in every row."""
        codes, texts = self._of(column)
        plain = np.asarray(pc.match_substring_regex(texts, _PLAIN))
        units, there = np.zeros(len(texts), dtype=np.int64), plain.copy()
        units[plain] = _whole(texts.filter(pa.array(plain)))
        units = self._scaled(column, units)
        spoilt = np.zeros(len(texts), dtype=bool)
        for code in np.flatnonzero(~plain):
            found = self._amount(column, texts[code].as_py())
            spoilt[code] = isinstance(found, Unreadable)
            if isinstance(found, Amount):
                there[code], units[code] = True, _held(found)
        self.bad |= spoilt[codes]
        unit = AMOUNTS[column.kind][0]
        return Amounts(units[codes], there[codes], self._corrected(column), unit)

    def _own_units(self, column: Column) -> OwnUnits:
        codes, texts = self._of(column)
        found = [self._amount(column, text) for text in texts.to_pylist()]
        self.bad |= np.array([isinstance(one, Unreadable) for one in found], dtype=bool)[codes]
        amounts = [(one.value, one.unit) if isinstance(one, Amount) else None for one in found]
        return OwnUnits(codes, amounts, self._corrected(column))

    def _amount(self, column: Column, text: str) -> Amount | Unreadable | None:
        """What a cell says; None for a blank where there may be one."""
        found = self.reading.read(column, text) if not column.says_none(text) else None
        is_amiss = not self.reading.fits(column, text) or excel_error(text) is not None
        return Unreadable("") if is_amiss else found  # type: ignore[return-value]

    def _corrected(self, column: Column) -> np.ndarray:
        lines = [line for line, name in self.reading.used if name == column.name]
        found: np.ndarray = np.isin(self.lines, lines)
        return found

    def _scaled(self, column: Column, units: np.ndarray) -> np.ndarray:
        scale = column_scale(column, self.layout) or Decimal(1)
        factor = int(scale) * (-1 if column.name in self.layout.reversed else 1)
        if int(np.abs(units).max(initial=0)) * abs(factor) > _LARGEST:
            raise Unanswered
        return units * factor

    def _mark_cells_beside(self) -> None:
        """Cells beyond the header, or in a column without a heading."""
        headings = self.table.header.headings
        for place, (texts, codes) in enumerate(zip(self.texts, self.codes, strict=True)):
            if place >= len(headings) or not headings[place]:
                self.bad |= np.asarray(pc.not_equal(texts, ""))[codes]

    def _mark_flaws(self) -> None:
        """Cells of a workbook that cannot be taken as they stand."""
        grid, header = self.table.grid, self.table.header
        held = {header.place(c.name): c.is_amount for c in self.reading.columns}
        rows = {line for line, place in grid.flaws if place in held}
        rows |= {line for line, place in grid.spread if held.get(place)}
        if rows:
            self.bad |= np.isin(self.lines, sorted(rows))

    def _mark_repeated_keys(self, records: np.ndarray) -> None:
        if not self.contract.key:
            return
        columns = {column.name: column for column in self.reading.columns}
        key, size = np.zeros(len(records), dtype=np.int64), 1
        for name in self.contract.key:
            codes, texts = self._of(columns[name])
            words = [meant(columns[name], text) for text in texts.to_pylist()]
            one, many = _as_codes(words, codes[records])
            if size * many > _LARGEST:
                key, size = pd.factorize(key)[0].astype(np.int64), len(records)
            key, size = key * many + one, size * many
        if not np.diff(np.sort(key)).all():
            self.bad[records[pd.Series(key).duplicated(keep=False).to_numpy()]] = True

    def _places(self, words: dict[str, Words], records: np.ndarray) -> frozenset[str] | None:
        if self.table.header.place("place") is None:
            return None
        place = words["place"]
        return frozenset(place.words[code] for code in np.unique(place.codes[records]))

    def _periods(self, records: np.ndarray) -> list[tuple[int, str]]:
        name = self.contract.period
        if name is None or self.table.header.place(name) is None:
            return []
        codes, texts = self._of(next(c for c in self.reading.columns if c.name == name))
        held, where = np.unique(codes[records], return_index=True)
        first = self.lines[records[where]].tolist()
        return sorted(zip(first, texts.take(pa.array(held)).to_pylist(), strict=True))


def _could_be_amiss(texts: pa.Array) -> Sequence[int]:
    """Which of many texts could be no word: blanks, what Excel shows for no value, two lines."""
    found = pc.match_substring_regex(texts, r"^$|^#|\n")
    none = pc.is_in(texts, pa.array(sorted(NOT_AVAILABLE)))
    codes: list[int] = np.flatnonzero(pc.or_(found, none)).tolist()
    return codes


def _whole(texts: pa.Array) -> np.ndarray:
    """Plain amounts as whole millionths; they fit, since `_PLAIN` takes no more digits."""
    for mark, instead in ((",", ""), ("(", "-"), (")", "")):
        texts = pc.replace_substring(texts, mark, instead)
    exact = texts.cast(pa.decimal128(_WHOLE + PLACES, PLACES))
    return np.frombuffer(exact.buffers()[1], dtype="<i8")[::2][exact.offset :][: len(exact)]


def _held(found: Amount) -> int:
    """An amount as whole millionths; Unanswered where it is no such number."""
    units = found.value.scaleb(PLACES)
    if units != int(units) or abs(units) > _LARGEST:
        raise Unanswered
    return int(units)


def _as_codes(words: Sequence[str], codes: np.ndarray) -> tuple[np.ndarray, int]:
    """A number for each row that is the same where its word is, and how many numbers there are."""
    numbers, found = pd.factorize(np.array(words, dtype=object))
    return numbers.astype(np.int64)[codes], len(found)
