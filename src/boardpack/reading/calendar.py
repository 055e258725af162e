"""Months and days as files write them: `202311`, `2017_09`, `January 2024`, `3/31/2021`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from boardpack.core.periods import MONTHS_IN_YEAR, Month

DateOrder = Literal["day first", "month first"]
_NAMES = (
    "january february march april may june july august september october november december"
).split()
_MONTH = re.compile(r"(\d{4})[-_/]?(\d{2})")
_IN_WORDS = re.compile(r"\b([A-Z][a-z]{2,8})[ -](\d{4}|\d{2})\b")
_WORDED = re.compile(r"([A-Za-z]{3,9})[ '’-]{0,2}(\d{4}|\d{2})")
_DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4}|\d{2})")
_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_NUMERIC_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")


def month_of(day: dt.date) -> Month:
    """The month of the financial year in which a day falls.

    >>> month_of(dt.date(2024, 3, 31)).period, month_of(dt.date(2024, 4, 1)).period
    ('2023/24 M12', '2024/25 M01')
    """
    shift = day.month - 4
    return Month(day.year - (shift < 0), shift % MONTHS_IN_YEAR + 1)


def month_key(month: Month) -> str:
    """A calendar month as words of an extract name it: `2023-11`.

    >>> month_key(Month(2023, 10))
    '2024-01'
    """
    year = month.start + (month.number > 9)
    return f"{year}-{(month.number + 2) % MONTHS_IN_YEAR + 1:02d}"


def read_month(text: str) -> Month:
    """The month of `202311`, `2017_09` or `2023-11`; ValueError for anything else.

    >>> read_month("202311").period, read_month("2017_09").period
    ('2023/24 M08', '2017/18 M06')
    """
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return month_of(dt.date(int(found[1]), int(found[2]), 1))


def read_month_said(text: str) -> Month:
    """The month of `2023-11`, `November 2023`, `NOV-23` or its first day; ValueError for others.

    A spreadsheet makes a day of `Nov-23` when it is typed: 01/11/2023.

    >>> {read_month_said(text).period for text in ("2023-11", "NOV-23", "01/11/2023")}
    {'2023/24 M08'}
    >>> read_month_said("02/11/2023")
    Traceback (most recent call last):
        ...
    ValueError: 02/11/2023
    """
    stripped = text.strip()
    if _MONTH.fullmatch(stripped):
        return read_month(stripped)
    if (found := _WORDED.fullmatch(stripped)) and (number := _month_number(found[1])):
        return month_of(dt.date(_year(found[2]), number, 1))
    day = read_day(stripped.removesuffix("00:00:00").strip())
    if day.day != 1:
        raise ValueError(text)
    return month_of(day)


def month_in_words(text: str) -> Month | None:
    """The first month that stands in a heading, as in `granted for January 2024` or `Mar 23`.

    >>> month_in_words("granted for January 2024").period
    '2023/24 M10'
    >>> print(month_in_words("granted for 2024"))
    None
    """
    for name, year in _IN_WORDS.findall(text):
        number = _month_number(name)
        if number:
            return month_of(dt.date(_year(year), number, 1))
    return None


def day_in_words(text: str) -> dt.date | None:
    """The first day that stands in a heading, as in `19th January 2024`.

    >>> day_in_words("Published 19th January 2024")
    datetime.date(2024, 1, 19)
    """
    for day, name, year in _DAY_IN_WORDS.findall(text):
        number = _month_number(name)
        if number:
            return dt.date(_year(year), number, int(day))
    return None


def date_order(text: str) -> DateOrder | None:
    """Which of day and month a numeric date puts first, where its own numbers tell.

    >>> date_order("31/03/2024"), date_order("03/31/2024"), date_order("03/04/2024")
    ('day first', 'month first', None)
    """
    found = _NUMERIC_DAY.fullmatch(text.strip())
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if first == second or first > MONTHS_IN_YEAR < second:
        return None
    if first > MONTHS_IN_YEAR:
        return "day first"
    return "month first" if second > MONTHS_IN_YEAR else None


def is_ambiguous(text: str) -> bool:
    """Whether a numeric date may be read in two ways, such as `03/04/2021`.

    >>> is_ambiguous("03/04/2021"), is_ambiguous("04/04/2021"), is_ambiguous("31/03/2021")
    (True, False, False)
    """
    found = _NUMERIC_DAY.fullmatch(text.strip())
    return found is not None and date_order(text) is None and found[1].zfill(2) != found[2].zfill(2)


def read_day(text: str, order: DateOrder = "day first") -> dt.date:
    """The day of `2021-03-31`, `20210331`, `31/03/2021`, `3/31/2021` or `31-Mar-21`.

    A numeric date is read in the order that its own numbers tell, else in `order`. ValueError for
    anything else.

    >>> read_day("03/04/2021"), read_day("03/04/2021", "month first")
    (datetime.date(2021, 4, 3), datetime.date(2021, 3, 4))
    >>> read_day("3/31/2021")
    datetime.date(2021, 3, 31)
    """
    stripped = text.strip()
    if found := _ISO_DAY.fullmatch(stripped):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC_DAY.fullmatch(stripped):
        day, month = int(found[1]), int(found[2])
        if (date_order(stripped) or order) == "month first":
            day, month = month, day
        return dt.date(_year(found[3]), month, day)
    said = day_in_words(stripped) if _DAY_IN_WORDS.fullmatch(stripped) else None
    if said is None:
        raise ValueError(text)
    return said


def months_missing(months: Iterable[Month], every: int = 1) -> tuple[Month, ...]:
    """The months between the first and the last that are not there, `every` so many months.

    >>> [month.code for month in months_missing([Month(2023, 1), Month(2023, 4)])]
    ['M02', 'M03']
    >>> months_missing([Month(2023, 1), Month(2023, 4)], every=3)
    ()
    """
    there = set(months)
    if not there:
        return ()
    last, found, step = max(there), [], min(there)
    while step < last:
        if step not in there:
            found.append(step)
        step = step.earlier(-every)
    return tuple(found)


def _month_number(name: str) -> int:
    """The number of a calendar month, by its name or the first letters of it; 0 for no month."""
    said = [number for number, full in enumerate(_NAMES, 1) if full.startswith(name.lower())]
    return said[0] if len(said) == 1 and len(name) >= 3 else 0


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)
