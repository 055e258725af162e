"""What a plant is, and the small changes that plants are made of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook  # type: ignore[import-untyped]

from boardpack_demo.month import MonthFiles
from boardpack_demo.table import Table

LONG_AGO = (1980, 1, 1, 0, 0, 0)
Change = Callable[[MonthFiles], None]


@dataclass(frozen=True)
class Plant:
    """A fault: its name, the file it stands in, what it does, and words that must be told of it.

    `is_check` says that the files read well and a check must fail; else the input is refused.
    """

    name: str
    file: str
    does: str
    says: str
    apply: Change
    is_check: bool = False


def cell(file: str, column: str, text: str, row: int = 0) -> Change:
    """Write one cell anew; rows count from 0 below the header."""
    return lambda files: files.tables[file].put(row, column, text)


def changed(file: str, column: str, change: Callable[[str], str], /, **words: str) -> Change:
    """Change one cell of the first row that says some words."""

    def apply(files: MonthFiles) -> None:
        found = files.tables[file]
        row = found.find(**words)
        found.put(row, column, change(found.at(row, column)))

    return apply


def added(amount: str) -> Callable[[str], str]:
    """Add an amount to what a cell says, in pounds and pence or in printed thousands."""

    def change(text: str) -> str:
        plain = Decimal(text.replace(",", "").replace("(", "-").replace(")", ""))
        return str(plain + Decimal(amount))

    return change


def headed(file: str, old: str, new: str) -> Change:
    """Write a heading otherwise."""

    def apply(files: MonthFiles) -> None:
        header = files.tables[file].header
        header[header.index(old)] = new

    return apply


def rows(file: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Change:
    """Change the rows of a file as a whole."""

    def apply(files: MonthFiles) -> None:
        files.tables[file].rows = change(files.tables[file].rows)

    return apply


def raw(file: str, make: Callable[[bytes], bytes], stands_as: str = "") -> Change:
    """Write a file's bytes anew, under its own name or another beside it."""

    def apply(files: MonthFiles) -> None:
        files.raw[stands_as or file] = make(files.tables[file].bytes())

    return apply


def with_hidden_sheet(files: MonthFiles) -> None:
    """The ledger as a workbook, with a sheet of amounts that nobody can see."""
    book = Workbook()
    ledger = files.tables.pop("ledger.csv")
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "Position"
    for line in (ledger.header, *ledger.rows):
        sheet.append(line)
    hidden = book.create_sheet("Journals")
    hidden.append(["cost_centre", "amount"])
    hidden.append([ledger.rows[0][0], 125000])
    hidden.sheet_state = "hidden"
    files.raw["ledger.xlsx"] = _workbook(book)
    origin = files.tables["provenance.csv"]
    origin.put(origin.find(file="ledger.csv"), "file", "ledger.xlsx")


def _workbook(book: Workbook) -> bytes:
    """The bytes of a workbook, the same at any time of day."""
    kept, out = io.BytesIO(), io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept) as saved, zipfile.ZipFile(out, "w") as new:
        for name in saved.namelist():
            if name != "docProps/core.xml":
                new.writestr(zipfile.ZipInfo(name, LONG_AGO), saved.read(name))
            else:
                new.writestr(zipfile.ZipInfo(name, LONG_AGO), _CORE)
    return out.getvalue()


_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)


def totalled(found: Table, column: str, apart: str) -> None:
    """Write a total row below the records that does not agree."""
    place = found.header.index(column)
    total = sum((Decimal(row[place]) for row in found.rows), Decimal(apart))
    line = [""] * len(found.header)
    line[0], line[place] = "Total", f"{total:.2f}"
    found.rows.append(line)
