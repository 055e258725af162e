"""Workbooks (XLSX, XLSM) as text cells: values as Excel holds them, nothing hidden, no formula run.

A number is the shortest text that Excel itself would show at its fifteen digits, so that the noise
of binary arithmetic (0.1 + 0.2) does not come through. A date is ISO text, a percentage keeps its
sign, and a code keeps the noughts that its format puts before it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

from boardpack.errors import Fault, InputFaults
from boardpack.sources.cells import ranges
from boardpack.sources.grids import LONGEST, Flaw, Grid

UNPACKED_LIMIT = 300_000_000
"""Bytes of a workbook's parts, unpacked, beyond which it is not opened."""

_DIGITS = 15
_SCALED = re.compile(r"[0#?],+(?![0#?])")
_PADDED = re.compile(r"0{2,}")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')

ERROR = Flaw("a value; the cell holds an error of Excel", "Mend the formula and save it again.")
NO_RESULT = Flaw(
    "a value; the cell holds a formula whose result was never saved",
    "Open the workbook in Excel, let it calculate, and save it; or paste the values.",
)
TOO_LONG = Flaw(f"at most {LONGEST:,} characters in a cell", "Shorten the text.")
LOST_DIGITS = Flaw(
    "a code stored as text; Excel keeps only fifteen digits of a number",
    "Format the column as text before the codes are put in, and export it again.",
)
SCALED = Flaw(
    "a number that shows all its digits; its format shows thousands and holds pounds",
    "Give the cells a plain number format and save it again.",
)


def read_workbook(content: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of a workbook; InputFaults where it cannot be opened."""
    _refuse_large(content, file)
    held = _opened(content, file, data_only=False)
    saved = _opened(content, file, data_only=True) if _has_formulas(held) else held
    return tuple(_grid(sheet, saved[sheet.title], saved.epoch) for sheet in held.worksheets)


def _refuse_large(content: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputFaults([_unreadable(file)]) from None
    if size > UNPACKED_LIMIT:
        expected = f"a workbook of at most {UNPACKED_LIMIT // 1_000_000} MB when unpacked"
        raise InputFaults([Fault(file, expected, "Save the one sheet as CSV UTF-8.")])


def _opened(content: bytes, file: str, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
    except Exception:  # a parser of any bytes may fail in any way, and all mean the same
        raise InputFaults([_unreadable(file)]) from None


def _unreadable(file: str) -> Fault:
    return Fault(file, "a workbook that opens", "Open it in Excel and save it as .xlsx again.")


def _cells(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    """The cells that a sheet holds; one far away does not make all those between."""
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None:
            yield row, column - 1, cell


def _has_formulas(book: Any) -> bool:
    return any(cell.data_type == "f" for s in book.worksheets for _, _, cell in _cells(s))


def _grid(sheet: Any, saved: Any, epoch: dt.datetime) -> Grid:
    texts: dict[tuple[int, int], str] = {}
    flaws: dict[tuple[int, int], Flaw] = {}
    for row, column, cell in _cells(sheet):
        if cell.data_type == "f":
            cell = saved.cell(row, column + 1)
        flaw = _flaw(cell)
        if flaw is not None:
            flaws[row, column] = flaw
        text = _text(cell)
        if text or flaw is not None:
            texts[row, column] = text or "="
    hidden = tuple(_hidden(sheet, texts))
    spread = _spread(sheet, texts)
    return Grid(
        sheet=sheet.title,
        rows=_rows(texts),
        flaws=flaws,
        hidden=hidden,
        is_hidden=sheet.sheet_state != "visible",
        spread=frozenset(spread),
        epoch_1904=epoch == CALENDAR_MAC_1904,
    )


def _rows(texts: dict[tuple[int, int], str]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    lines: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        lines.setdefault(row, {})[column] = text
    return tuple(
        (row, tuple(cells.get(place, "") for place in range(max(cells) + 1)))
        for row, cells in sorted(lines.items())
    )


def _flaw(cell: Any) -> Flaw | None:
    value = cell.value
    if value is None:
        return None if cell.data_type == "str" else NO_RESULT
    if cell.data_type == "e":
        return ERROR
    if isinstance(value, str):
        return TOO_LONG if len(value) > LONGEST else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if _SCALED.search(_bare(cell)):
            return SCALED
        return LOST_DIGITS if abs(value) >= 10**_DIGITS else None
    return None


def _bare(cell: Any) -> str:
    """A number format without its words and colours, its first section."""
    return _QUOTED.sub("", str(cell.number_format)).split(";")[0]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, _bare(cell))
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat(" ")
    return str(value).strip()


def _number(value: float, form: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    if not number.is_finite():
        return str(value)
    if "%" in form:
        return _plain(number.scaleb(2)) + "%"
    text = _plain(number)
    if _PADDED.fullmatch(form) and text.isdigit():
        return text.zfill(len(form))
    return text


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _spread(sheet: Any, texts: dict[tuple[int, int], str]) -> set[tuple[int, int]]:
    """Fill the rows below the first of each merged cell; the cells that were filled."""
    filled = set()
    last = max((row for row, _ in texts), default=0)
    for area in sheet.merged_cells.ranges:
        text = texts.get((area.min_row, area.min_col - 1))
        for row in range(area.min_row + 1, min(area.max_row, last) + 1) if text else ():
            texts[row, area.min_col - 1] = str(text)
            filled.add((row, area.min_col - 1))
    return filled


def _hidden(sheet: Any, texts: Iterable[tuple[int, int]]) -> Iterator[str]:
    places = list(texts)
    rows = {n for n, d in sheet.row_dimensions.items() if d.hidden or d.height == 0}
    held = {row for row, _ in places if row in rows}
    if held:
        yield f"rows {ranges(held)}"
    shut = [d for d in sheet.column_dimensions.values() if d.hidden or d.width == 0]
    columns = sorted({c for _, c in places if any(d.min <= c + 1 <= d.max for d in shut)})
    if columns:
        yield "columns " + ", ".join(get_column_letter(c + 1) for c in columns)
