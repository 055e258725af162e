"""Days as extracts write them, for verification alone."""

from __future__ import annotations

import datetime as dt
import re

from boardpack.audit.second.files import Layout

NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]*[ -](\d{4}|\d\d)")
NEVER = "9999-12-31"
"""An end that is not known."""


def day_of_text(text: str, layout: Layout) -> str:
    """The day of a cell as 2023-09-30, which sorts as it should; ValueError for no day.

    A bare number is the count of days that a workbook keeps.
    """
    plain = re.sub(r"[ T]0?0:00(:00(\.0+)?)?$", "", text.strip().lstrip("'’").strip())
    if iso := re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", plain):
        return "-".join(iso.groups())
    if re.fullmatch(r"\d{5,6}", plain):
        zero = dt.date(1904, 1, 1) if layout.is_from_1904 else dt.date(1899, 12, 30)
        return (zero + dt.timedelta(days=int(plain))).isoformat()
    if parts := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)", plain):
        first, second, year = parts.groups()
        day, month = (second, first) if layout.is_month_first else (first, second)
        return f"{_year(year)}-{int(month):02d}-{int(day):02d}"
    said = WORDED.fullmatch(plain.lower())
    if said is None or said[2] not in NAMES:
        raise ValueError("a cell that should say a day says none")
    return f"{_year(said[3])}-{NAMES.index(said[2]) + 1:02d}-{int(said[1]):02d}"


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"
