"""The cells of a table, each read as its column says, with every fault of them at once.

Held with pandera, lazily: a cell that is not what its column holds, a word that is not known, a row
given twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.reading.amounts import Amount, Unreadable, read_amount
from boardpack.reading.cells import Cell, short
from boardpack.reading.corrections import Correction, is_of
from boardpack.reading.dates import EXPECTED as DATE
from boardpack.reading.dates import read_date
from boardpack.reading.extract import Row, Value
from boardpack.reading.layouts import Layout
from boardpack.reading.records import Records
from boardpack.reading.table_shape import NOT_AVAILABLE, Column, Contract
from boardpack.reading.tables import Line, Table
from boardpack.reading.title_periods import month_so_far

AGAIN = "Correct the cell in the source and export it again."
SUBTOTALS = "One total is read: leave the subtotals of its sections out."
_EXPECTED = {
    "thousands": "an amount in £000s, such as 1,234 or (1,234)",
    "pounds": "an amount in pounds, such as 1,234 or (1,234)",
    "millions": "an amount in £ millions, such as 1,234 or (1,234)",
    "percent": "a percentage, such as 9.5%",
    "plain_percent": "a percentage, such as 9.5",
    "decimal": "a number, such as 1.25",
    "thousands_or_percent": "an amount in £000s, or a percentage with its sign",
    "count": "a whole number",
    "any_amount": "an amount with its unit, such as £1.2m or 9.5%",
    "date": DATE,
    "word": "a word",
    "text": "some text",
}


class Reading:
    """The cells of a table, each read as its column says."""

    def __init__(
        self,
        table: Table,
        contract: Contract,
        layout: Layout,
        corrections: Sequence[Correction],
    ) -> None:
        self.table, self.contract, self.layout = table, contract, layout
        own = (c for c in corrections if is_of(c, contract.file))
        self.used = {(c.row, c.column): c for c in own}
        self._known: dict[tuple[str, str], Amount | str | Unreadable] = {}
        self.columns = [c for c in contract.columns if table.header.place(c.name) is not None]

    def faults(self, told: Records) -> Iterator[Fault]:
        """Every cell that does not hold what its column says, and every row given twice."""
        spoilt = {(fault.row, fault.column) for fault in told.faults}
        whole = [line for line in told.records if (line.line, None) not in spoilt]
        cases = list(self._cases(whole, self.contract.key))
        cases += list(self._cases(told.totals, (), is_total=True))
        for fault in cases:
            if (fault.row, fault.column) not in spoilt:
                yield fault

    def _cases(
        self, lines: Sequence[Line], key: tuple[str, ...], *, is_total: bool = False
    ) -> Iterator[Fault]:
        if not lines:
            return
        frame = self._frame(lines)
        columns = [c for c in self.columns if not is_total or c.is_amount]
        columns = [replace(c, empty=c.empty or is_total) for c in columns]
        schema = pa.DataFrameSchema(
            {column.name: pa.Column(checks=self._checks(column)) for column in columns},
            unique=list(key) or None,
        )
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as error:
            yield from self._told(frame, error)

    def _frame(self, lines: Sequence[Line]) -> pd.DataFrame:
        return pd.DataFrame(
            [[meant(c, self.table.text(line, c.name)) for c in self.columns] for line in lines],
            columns=[column.name for column in self.columns],
            index=pd.Index([line.line for line in lines], name="row"),
            dtype="object",
        )

    def _checks(self, column: Column) -> list[pa.Check]:
        checks = [pa.Check(lambda text: self.fits(column, text), element_wise=True, name="kind")]
        if column.words:
            known = (*column.words, "") if column.empty else column.words
            checks.append(pa.Check.isin(known, name="words"))
        return checks

    def fits(self, column: Column, text: str) -> bool:
        """Whether a cell holds what its column says."""
        if column.says_none(text):
            return column.empty
        if column.is_amount or column.kind == "date":
            return self._why_not(column, text) is None
        return column.kind == "text" or "\n" not in text

    def _why_not(self, column: Column, text: str) -> Unreadable | None:
        """Why an amount or a date cannot be read; None where it can."""
        found = self.read(column, text)
        return found if isinstance(found, Unreadable) else None

    def read(self, column: Column, text: str) -> Amount | str | Unreadable:
        """What a cell says, read once for all cells of the column that say the same."""
        known = self._known.get((column.name, text))
        if known is None:
            known = self._known[column.name, text] = self._read_anew(column, text)
        return known

    def _read_anew(self, column: Column, text: str) -> Amount | str | Unreadable:
        try:
            if column.is_amount:
                return read_amount(column, text, self.layout)
            return read_date(text, self.layout.dates, self.table.grid.epoch_1904)
        except Unreadable as error:
            return error

    def _told(self, frame: pd.DataFrame, error: SchemaErrors) -> Iterator[Fault]:
        columns = {column.name: column for column in self.columns}
        twice: set[int] = set()
        for case in error.failure_cases.to_dict("records"):
            line = int(case["index"])
            if case["check"] == "multiple_fields_uniqueness":
                twice.add(line)
                continue
            column = columns[str(case["column"])]
            text = str(frame.at[line, column.name])
            yield self._cell_fault(line, column, text, str(case["check"]))
        yield from self._repeated(frame, twice)

    def _repeated(self, frame: pd.DataFrame, twice: set[int]) -> Iterator[Fault]:
        """A fault for each row that says again what an earlier row is the record of."""
        first: dict[str, int] = {}
        names = self.contract.key
        for line in sorted(twice):
            key = ", ".join(str(frame.at[line, name]) for name in names)
            if first.setdefault(key, line) != line:
                expected = f"each row once; row {first[key]} has the same"
                words = {str(frame.at[line, name]).casefold() for name in names}
                remedy = SUBTOTALS if "total" in words else "Remove the row that is wrong."
                yield self._fault(expected, remedy, line, ", ".join(names), key)

    def _cell_fault(self, line: int, column: Column, text: str, check: str) -> Fault:
        told = self.table.told(column.name)
        if check.startswith(("isin", "words")):
            near = "Known: " + ", ".join(column.words) + "."
            if column.so_far is not None:
                expected = f"a known period: one month, up to {column.so_far.code}"
                remedy = f"Write it as {column.so_far.code} or {column.so_far.name}."
                return self._fault(expected, remedy, line, told, text)
            remedy = near if self.contract.client_level else nearest(text, column.words)
            return self._fault(f"a known {column.name}", remedy, line, told, text)
        why = None if text in NOT_AVAILABLE else self._why_not(column, text)
        expected, remedy = _EXPECTED[column.kind], AGAIN
        if why is not None:
            expected, remedy = why.expected or expected, why.remedy
        form = self.table.form(line, column.name)
        if form is not None:
            remedy = f"Its number format {form} shows it so. {remedy}"
        return self._fault(expected, remedy, line, told, text)

    def _fault(self, expected: str, remedy: str, line: int, column: str, text: str) -> Fault:
        sheet = self.table.grid.sheet
        return Fault(self.table.file, expected, remedy, line, column, short(text), sheet)

    def row(self, line: Line) -> Row:
        """The words and amounts of a row, with the cells they came from."""
        said = {c.name: self.table.text(line, c.name) for c in self.columns}
        sheet = self.table.grid.sheet
        cells = {
            name: Cell(self.table.file, sheet, line.line, name, text) for name, text in said.items()
        }
        words = {
            c.name: self.word(c, said.get(c.name, ""))
            for c in self.contract.columns
            if not c.is_amount
        }
        amounts = {
            c.name: self._value(c, cells[c.name], self.used.get((line.line, c.name)))
            for c in self.columns
            if c.is_amount and not c.says_none(said[c.name])
        }
        return Row(line.line, words, amounts, cells)

    def word(self, column: Column, text: str) -> str:
        """The word that a cell says, or its day as `2024-03-31`."""
        found = self.read(column, text) if column.kind == "date" else meant(column, text)
        return found if isinstance(found, str) else text

    def _value(self, column: Column, cell: Cell, correction: Correction | None) -> Value:
        printed = self._amount(column, cell.text)
        used = self._amount(column, correction.used) if correction else printed
        return Value(cell, used.value, printed.value, used.unit, used.step, correction)

    def _amount(self, column: Column, text: str) -> Amount:
        found = self.read(column, text)
        if isinstance(found, Amount):
            return found
        raise InputFaults(
            [Fault(self.table.file, _EXPECTED[column.kind], AGAIN, None, column.name)]
        )


def meant(column: Column, text: str) -> str:
    """A word of a cell, or the one that it is another label or form of, in capitals or not.

    >>> column = Column("line", "word", ("Acute", "Community"), also=(("Acute Services", "Acute"),))
    >>> meant(column, "ACUTE SERVICES"), meant(column, "Primary care")
    ('Acute', 'Primary care')
    """
    if text in column.words:
        return text
    if column.so_far is not None:
        found = month_so_far(text, column.so_far)
        return text if found is None else found.code
    if not column.also:
        return text
    return _labels(column).get(text.casefold(), text)


@lru_cache(maxsize=64)
def _labels(column: Column) -> dict[str, str]:
    own = {word.casefold(): word for word in column.words}
    return {**own, **{label.casefold(): word for label, word in column.also}}
