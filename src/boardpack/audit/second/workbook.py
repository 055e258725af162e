"""Workbooks as text, for verification alone: what openpyxl reads, as their cells are seen.

A number is text at Excel's fifteen digits with what its format says of it, a date is 2023-09-30.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

from boardpack.audit.second.formats import section_of, shown

STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
LARGEST = 300_000_000
"""Bytes of a workbook, unpacked, beyond which it is not read."""


class Sheet(NamedTuple):
    """A sheet: its texts by line (from 1) and place (from 0), and whether days count from 1904."""

    name: str
    cells: dict[tuple[int, int], str]
    from_1904: bool


def sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook in order; ValueError where it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: print, validation, links
            book = openpyxl.load_workbook(_as_usual(path), data_only=True)
    except (
        *(zipfile.BadZipFile, AttributeError, KeyError, OSError),
        *(SyntaxError, TypeError, ValueError),  # what a file that is none makes of openpyxl
    ) as error:
        raise ValueError(f"{path.name} cannot be read as a workbook ({error})") from None
    from_1904 = book.epoch == CALENDAR_MAC_1904
    return [Sheet(sheet.title, _cells(sheet), from_1904) for sheet in book.worksheets]


def _as_usual(path: Path) -> io.BytesIO:
    """The bytes of a workbook; one saved as Strict Open XML with the names that openpyxl knows."""
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise ValueError("it is too large to be read")
        if STRICT.search(parts.read("xl/workbook.xml")) is None:
            return content
        usual = io.BytesIO()
        with zipfile.ZipFile(usual, "w") as renamed:
            for name in parts.namelist():
                renamed.writestr(name, STRICT.sub(USUAL, parts.read(name)))
        return usual


def _cells(sheet: Any) -> dict[tuple[int, int], str]:
    """The texts of a sheet; that of a merged cell stands in every line that it covers."""
    found: dict[tuple[int, int], str] = {}
    for row in sheet.iter_rows():
        for cell in row:
            text = "" if cell.value is None else _text(cell.value, cell.number_format).strip()
            if text:
                found[cell.row, cell.column - 1] = text
    for area in sheet.merged_cells.ranges:
        text = found.get((area.min_row, area.min_col - 1), "")
        for line in range(area.min_row + 1, min(area.max_row, sheet.max_row) + 1) if text else ():
            found[line, area.min_col - 1] = text
    return found


def _text(value: Any, form: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, int | float):
        exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
        return shown(exact, *section_of(form, exact))
    return str(value)
