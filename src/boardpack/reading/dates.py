"""Dates as extracts write them, given as `2024-03-31`; the order of day and month is declared."""

from __future__ import annotations

import datetime as dt
import re

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel  # type: ignore[import-untyped]

from boardpack.reading.amounts import WIDEN, Unreadable
from boardpack.reading.calendar import DateOrder, date_order, read_day
from boardpack.reading.layouts import FILE

OPEN_END = "9999-12-31"
"""What systems write for an end that is not known yet."""

EXPECTED = "a date, such as 2024-03-31, 31/03/2024 or 31-Mar-24"
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_MIDNIGHT = re.compile(r"(?<=\d)[ T]0?0:00(:00(\.0+)?)?$")
_SERIAL = re.compile(r"[1-9]\d{4,6}(?!\d)")
_ORDER = {
    "day first": "31/03/2024",
    "month first": "03/31/2024",
}
IMPOSSIBLE = "There is no such day: correct it in the source and export it again."


def read_date(text: str, order: DateOrder, epoch_1904: bool | None = None) -> str:
    """The day that a cell states, as ISO text; Unreadable where it states none.

    `31/12/9999` is an open end. `epoch_1904` is None where a bare number cannot be a date.

    >>> read_date("31/03/2024 00:00", "day first")
    '2024-03-31'
    >>> read_date("45382", "day first", epoch_1904=False)
    '2024-03-31'
    >>> read_date("31/06/2024", "day first")
    Traceback (most recent call last):
        ...
    boardpack.reading.amounts.Unreadable: There is no such day: correct it in the source and export
    it again.
    """
    plain = _MIDNIGHT.sub("", text.strip().lstrip("'’").strip())
    if re.fullmatch(r"#{2,}", plain):
        raise Unreadable(WIDEN)
    if epoch_1904 is not None and _SERIAL.fullmatch(plain):
        return _within(_from_serial(int(plain), epoch_1904)).isoformat()
    said = date_order(plain)
    if said is not None and said != order:
        remedy = f"Dates are read {order}, as {_ORDER[order]}: correct the cell, or declare `dates`"
        raise Unreadable(f"{remedy} in {FILE.as_posix()}.")
    try:
        return _within(read_day(plain, order)).isoformat()
    except (ValueError, OverflowError):
        raise Unreadable(IMPOSSIBLE) from None


def _from_serial(number: int, epoch_1904: bool) -> dt.date:
    epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900
    try:
        found = from_excel(number, epoch)
    except (ValueError, OverflowError):
        raise Unreadable(IMPOSSIBLE) from None
    if not isinstance(found, dt.datetime):
        raise Unreadable(IMPOSSIBLE)
    return found.date()


def _within(day: dt.date) -> dt.date:
    if day.isoformat() != OPEN_END and not _FIRST <= day <= _LAST:
        raise Unreadable(IMPOSSIBLE)
    return day
