"""What an extract must look like, and how its cells become values.

A `Contract` lists the columns of one extract and what each holds. `read_extract` holds the file
against it with pandera, lazily, so that every fault of the file is told at once, and gives the rows
with each amount in its own unit: money in pounds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from boardpack.errors import Fault, InputFaults, nearest
from boardpack.money import parse_amount
from boardpack.sources.cells import Cell, Sheet, read_sheet
from boardpack.sources.corrections import Correction
from boardpack.sources.extract import Extract, Row, Value

Kind = Literal["text", "word", "thousands", "pounds", "percent", "count", "date", "any_amount"]
AMOUNTS: dict[str, tuple[str, int]] = {
    "thousands": ("GBP", 1000),
    "pounds": ("GBP", 1),
    "percent": ("PCT", 1),
    "count": ("COUNT", 1),
    "any_amount": ("", 1),
}
NOT_AVAILABLE = frozenset({"", "na", "n/a", "NA", "N/A"})


@dataclass(frozen=True)
class Column:
    """One column: what it holds, whether a cell may be empty, and which words it may say.

    `thousands` holds £000s and `pounds` whole pounds; both are read into pounds. `any_amount`
    carries its own unit in its text (`£1.2m`, `9.22%`). `step` overrules the last printed unit,
    where a system pads its print with zeros (`9.30%` that was rounded to 9.3%); "0" says that the
    cells are exact. An `optional` column may be absent from the file.
    """

    name: str
    kind: Kind
    empty: bool = False
    words: tuple[str, ...] = ()
    step: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Contract:
    """The shape of one extract: its file, its columns, and the columns that tell rows apart.

    Rows of an extract without a `key` may repeat. A fault of a `client_level` extract never tells
    the value of a cell.
    """

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    client_level: bool = False

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]


def read_extract(
    home: Path, folder: Path, contract: Contract, corrections: Sequence[Correction] = ()
) -> Extract:
    """The extract that `contract` describes, from `folder` below `home`.

    Raises InputFaults with every fault of the file: missing or unknown columns, cells that are not
    what their column holds, words that are not known, and rows given twice.
    """
    sheet = read_sheet(home, folder / contract.file)
    _check_header(sheet, contract)
    frame = pd.DataFrame(
        [cells for _, cells in sheet.records],
        columns=list(sheet.header),
        index=pd.Index([line for line, _ in sheet.records], name="row"),
        dtype="object",
    )
    check_frame(sheet.file, frame, contract)
    used = {(c.row, c.column): c for c in corrections if c.file == contract.file}
    rows = tuple(
        _row(sheet.file, line, dict(zip(sheet.header, cells, strict=True)), contract, used)
        for line, cells in sheet.records
    )
    return Extract(sheet.file, sheet.sha256, rows)


def _check_header(sheet: Sheet, contract: Contract) -> None:
    faults = [
        Fault(sheet.file, f"a column {name!r}", nearest(name, sheet.header), row=1, column=name)
        for name in contract.names
        if name not in sheet.header
    ]
    faults += [
        Fault(sheet.file, "a known column", nearest(name, contract.names), row=1, column=name)
        for name in sheet.header
        if name not in contract.names
    ]
    twice = sorted({n for n in sheet.header if sheet.header.count(n) > 1})
    faults += [
        Fault(sheet.file, "each column once", "Remove the second one.", row=1, column=name)
        for name in twice
    ]
    if faults:
        raise InputFaults(faults)


def check_frame(file: str, frame: pd.DataFrame, contract: Contract) -> None:
    """Hold a frame of text cells, indexed by file line, against its contract (InputFaults)."""
    schema = pa.DataFrameSchema(
        {column.name: pa.Column(object, _checks(column)) for column in contract.columns},
        unique=list(contract.key) or None,
    )
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise InputFaults(_faults(file, frame, contract, error)) from None


def _checks(column: Column) -> list[pa.Check]:
    checks = [pa.Check(lambda text: _fits(column, text), element_wise=True, name="kind")]
    if column.words:
        known = (*column.words, "") if column.empty else column.words
        checks.append(pa.Check.isin(known, name="words"))
    return checks


def _fits(column: Column, text: str) -> bool:
    if text in NOT_AVAILABLE:
        return column.empty
    if column.kind in AMOUNTS:
        return _is_amount(column.kind, text)
    if column.kind == "date":
        return _is_date(text)
    return column.kind == "text" or "\n" not in text


def _is_amount(kind: str, text: str) -> bool:
    try:
        parse_amount(text)
    except ValueError:
        return False
    has_suffix = text.rstrip(")")[-1:].lower() in ("k", "m")
    is_percent = text.endswith("%")
    return kind == "any_amount" or (not has_suffix and (is_percent == (kind == "percent")))


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


_EXPECTED = {
    "thousands": "an amount in £000s, such as 1,234 or (1,234)",
    "pounds": "an amount in pounds, such as 1,234 or (1,234)",
    "percent": "a percentage, such as 9.5%",
    "count": "a whole number",
    "any_amount": "an amount with its unit, such as £1.2m or 9.5%",
    "date": "a date as 2023-11-23",
    "word": "a word",
    "text": "some text",
}


def _faults(
    file: str, frame: pd.DataFrame, contract: Contract, error: SchemaErrors
) -> Iterator[Fault]:
    columns = {column.name: column for column in contract.columns}
    told = set()
    for case in error.failure_cases.to_dict("records"):
        if case["check"] == "multiple_fields_uniqueness":
            told.add((int(case["index"]), None))
            continue
        column = columns[str(case["column"])]
        line, text = int(case["index"]), str(frame.at[case["index"], column.name])
        if case["check"] == "isin" or str(case["check"]).startswith(("isin", "words")):
            remedy = nearest(text, column.words)
            yield Fault(file, f"a known {column.name}", remedy, line, column.name, text)
        else:
            remedy = "Correct the cell in the source and export it again."
            yield Fault(file, _EXPECTED[column.kind], remedy, line, column.name, text)
    for line in sorted(line for line, _ in told):
        key = ", ".join(str(frame.at[line, name]) for name in contract.key)
        remedy = "Remove the row that is wrong."
        yield Fault(file, "each row once", remedy, line, ", ".join(contract.key), key)


def _row(
    file: str,
    line: int,
    record: dict[str, str],
    contract: Contract,
    used: dict[tuple[int, str], Correction],
) -> Row:
    cells = {c.name: Cell(file, None, line, c.name, record[c.name]) for c in contract.columns}
    words = {c.name: record[c.name] for c in contract.columns if c.kind not in AMOUNTS}
    amounts = {
        c.name: _value(c, cells[c.name], used.get((line, c.name)))
        for c in contract.columns
        if c.kind in AMOUNTS and record[c.name] not in NOT_AVAILABLE
    }
    return Row(line, words, amounts, cells)


def _value(column: Column, cell: Cell, correction: Correction | None) -> Value:
    unit, scale = AMOUNTS[column.kind]
    printed, step = parse_amount(cell.text)
    amount = printed
    if correction is not None:
        amount, step = parse_amount(correction.used)
    if not unit:
        unit = _own_unit(correction.used if correction else cell.text)
    if column.step is not None:
        step = Decimal(column.step)
    return Value(cell, amount * scale, printed * scale, unit, step * scale, correction)


def _own_unit(text: str) -> str:
    if text.endswith("%"):
        return "PCT"
    return "GBP" if "£" in text else "COUNT"
