"""Workbooks (XLSX, XLSM) as text cells, read as they are seen: nothing hidden, no formula run.

A number is the shortest text that Excel itself would show at its fifteen digits, so that the noise
of binary arithmetic (0.1 + 0.2) does not come through, with what its format says of it: a unit, a
percentage, the noughts before a code. A date is ISO text.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel  # type: ignore[import-untyped]

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.inert import inert
from boardpack.reading.cells import ranges
from boardpack.reading.grids import LONGEST, Flaw, Grid
from boardpack.reading.number_formats import is_day, plain_digits, shown_number, shown_text
from boardpack.reading.workbook_parts import Parts, StoredCell, StoredSheet, Surroundings

UNPACKED_LIMIT = 300_000_000
"""Bytes of a workbook's parts, unpacked, beyond which it is not opened."""

_DIGITS = 15
_WORDY = re.compile(r"[^-£\d.%]|\d-")

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


def read_workbook(content: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of a workbook; InputFaults where it cannot be opened."""
    _refuse_large(content, file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            parts = Parts(zipped)
            return tuple(_grid(parts, sheet) for sheet in parts.sheets())
    except Exception:  # a parser of any bytes may fail in any way, and all mean the same
        raise InputFaults([_unreadable(file)]) from None


def _refuse_large(content: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputFaults([_unreadable(file)]) from None
    if size > UNPACKED_LIMIT:
        expected = f"a workbook of at most {UNPACKED_LIMIT // 1_000_000} MB when unpacked"
        raise InputFaults([Fault(file, expected, "Save the one sheet as CSV UTF-8.")])


def _unreadable(file: str) -> Fault:
    return Fault(file, "a workbook that opens", "Open it in Excel and save it as .xlsx again.")


def _grid(parts: Parts, sheet: StoredSheet) -> Grid:
    texts: dict[tuple[int, int], str] = {}
    flaws: dict[tuple[int, int], Flaw] = {}
    forms: dict[tuple[int, int], str] = {}
    around = Surroundings(set(), [], [])
    for cell in parts.cells(sheet, around):
        at = cell.row, cell.place
        shown, flaw = _shown(cell, parts.is_from_1904)
        text = inert(shown)
        if flaw is not None:
            flaws[at] = flaw
        if text or flaw is not None:
            texts[at] = text or "="
        if cell.kind == "n" and _WORDY.search(text):
            forms[at] = cell.form
    hidden = tuple(_hidden(around, texts))
    spread = _spread(around, texts)
    return Grid(
        sheet=sheet.name,
        rows=_rows(texts),
        flaws=flaws,
        forms=forms,
        hidden=hidden,
        is_hidden=sheet.is_hidden,
        spread=frozenset(spread),
        epoch_1904=parts.is_from_1904,
    )


def _rows(texts: dict[tuple[int, int], str]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    lines: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        lines.setdefault(row, {})[column] = text
    return tuple(
        (row, tuple(cells.get(place, "") for place in range(max(cells) + 1)))
        for row, cells in sorted(lines.items())
    )


def _shown(cell: StoredCell, is_from_1904: bool) -> tuple[str, Flaw | None]:
    """What a cell shows, and why it cannot be taken so, if it cannot."""
    if cell.text is None:
        return "", NO_RESULT
    if cell.kind == "n":
        return _number(cell, is_from_1904)
    if cell.kind == "e":
        return cell.text, ERROR
    if cell.kind == "b":
        return "TRUE" if cell.text in ("1", "true") else "FALSE", None
    if cell.kind == "d":
        return _day(dt.datetime.fromisoformat(cell.text)), None
    if len(cell.text) > LONGEST:
        return cell.text.strip(), TOO_LONG
    shown = shown_text(cell.text.strip(), cell.form)
    return (cell.text.strip(), shown) if isinstance(shown, Flaw) else (shown, None)


def _number(cell: StoredCell, is_from_1904: bool) -> tuple[str, Flaw | None]:
    number = _held(cell)
    if not number.is_finite():
        return str(cell.text), None
    plain = plain_digits(number)
    if is_day(cell.form, number):
        day = _from_serial(number, is_from_1904)
        expected = f"a day that there is (number format {cell.form})"
        return (day, None) if day else (plain, Flaw(expected, "Give the cells a number format."))
    shown = shown_number(number, cell.form)
    if isinstance(shown, Flaw):
        return plain, shown
    return shown, LOST_DIGITS if abs(number) >= 10**_DIGITS else None


def _held(cell: StoredCell) -> Decimal:
    """The number that a cell holds, at the digits that Excel keeps."""
    text = str(cell.text)
    return Decimal(text) if re.fullmatch(r"-?\d+", text) else Decimal(f"{float(text):.{_DIGITS}g}")


def _from_serial(number: Decimal, is_from_1904: bool) -> str:
    """The day or time that a number counts to; blank where Excel would show none."""
    epoch = CALENDAR_MAC_1904 if is_from_1904 else CALENDAR_WINDOWS_1900
    try:
        found = from_excel(float(number), epoch) if number >= 0 else None
    except (ValueError, OverflowError):
        return ""
    return _day(found) if isinstance(found, dt.datetime) else str(found or "")


def _day(when: dt.datetime) -> str:
    return when.date().isoformat() if when.time() == dt.time() else when.isoformat(" ")


def _spread(around: Surroundings, texts: dict[tuple[int, int], str]) -> set[tuple[int, int]]:
    """Fill the rows below the first of each merged cell; the cells that were filled."""
    filled = set()
    end = max((row for row, _ in texts), default=0)
    for top, bottom, place in around.areas:
        text = texts.get((top, place))
        for row in range(top + 1, min(bottom, end) + 1) if text else ():
            texts[row, place] = str(text)
            filled.add((row, place))
    return filled


def _hidden(around: Surroundings, texts: Iterable[tuple[int, int]]) -> Iterator[str]:
    places = list(texts)
    held = {row for row, _ in places if row in around.hidden_rows}
    if held:
        yield f"rows {ranges(held)}"
    shut = around.hidden_places
    columns = sorted({c for _, c in places if any(a <= c <= b for a, b in shut)})
    if columns:
        yield "columns " + ", ".join(get_column_letter(c + 1) for c in columns)
