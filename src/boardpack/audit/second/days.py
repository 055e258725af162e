"""Days as extracts write them, for verification alone. Shares no code with the product."""

from __future__ import annotations

import re
from decimal import Decimal

from boardpack.audit.second.files import Layout
from boardpack.audit.second.workbook import day_of

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
        return day_of(Decimal(plain), from_1904=layout.is_from_1904)
    if parts := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)", plain):
        first, second, year = parts.groups()
        day, month = (second, first) if layout.is_month_first else (first, second)
        return f"{_year(year)}-{int(month):02d}-{int(day):02d}"
    said = WORDED.fullmatch(plain.lower())
    if said is None or said[2] not in NAMES:
        raise ValueError("a cell that should say a day says none")
    return f"{_year(said[3])}-{NAMES.index(said[2]) + 1:02d}-{int(said[1]):02d}"


def month_code(text: str, start: int, last: int) -> str:
    """`M06` for a month of the year that begins in `start`, up to the month `last`, however said.

    The text as it stands where it says no such month, or two.
    """
    plain = text.strip().lower()
    found: set[int] = set()
    if name := re.search(r"\b(" + "|".join(NAMES) + r")[a-z]*", plain):
        found.add((NAMES.index(name[1]) - 3) % 12 + 1)
    elif iso := re.fullmatch(r"(20\d\d)-(\d\d)-\d\d", plain):
        found |= _of(int(iso[1]), int(iso[2]), start)
    elif day := re.fullmatch(r"\d\d?/(\d\d?)/(20\d\d)", plain):
        found |= _of(int(day[2]), int(day[1]), start)
    elif run := re.fullmatch(r"(20\d\d)[-_/. ]?(\d\d)", plain):
        found |= _of(int(run[1]), int(run[2]), start)
        found |= {int(run[2])} if int(run[1]) in (start, start + 1) else set()
    elif number := re.search(
        r"(?:^(?=\d\d?$)|\b(?:m|p|months?|mths?|periods?)[\s:.-]*)0?(\d\d?)\b", plain
    ):
        found.add(int(number[1]))
    so_far = {number for number in found if 1 <= number <= last}
    return f"M{so_far.pop():02d}" if len(so_far) == 1 else text


def _of(year: int, month: int, start: int) -> set[int]:
    """A calendar month as a month of the financial year; none where it is of another."""
    own = year - (month < 4)
    return {(month - 4) % 12 + 1} if own == start else set()


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"
