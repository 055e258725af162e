"""What a figure's period and id say to a table of many months: year, month, last day, quantity."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from boardpack.figures.figure import PRINTED

_PERIOD = re.compile(
    r"(?:\d{4}/\d{2}-)?(?P<year>\d{4}/\d{2})(?: (?P<part>[MQ])(?P<number>\d{1,2}))?"
)
_SUFFIX = re.compile(r"(?:(?:\d{4}_\d{2}|all_years)(?:_(?:m\d{2}|q\d))?|m\d{2}|q\d)")
_NAMED = 4
"""How many parts of an id name the quantity before a period may follow."""


@dataclass(frozen=True)
class Period:
    """A period taken apart; of a span of years, the last. `month` is None for a year or quarter."""

    year: str
    month: int | None
    end: dt.date


@lru_cache(maxsize=1024)
def read_period(text: str) -> Period | None:
    """The period that a figure names: `2023/24`, `2023/24 M06`, `2023/24 Q2`, a span of years.

    None for words of any other form.

    >>> read_period("2023/24 M06")
    Period(year='2023/24', month=6, end=datetime.date(2023, 9, 30))
    >>> read_period("2023/24 Q2").end, read_period("the month")
    (datetime.date(2023, 9, 30), None)
    """
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    number = int(found["number"] or 12)
    months = number * 3 if found["part"] == "Q" else number
    if not 1 <= months <= 12:
        return None
    month = number if found["part"] == "M" else None
    return Period(found["year"], month, _last_day(int(found["year"][:4]), months))


def _last_day(start: int, months: int) -> dt.date:
    """The last day of a month of the financial year that begins in April of `start`."""
    year, month = (start, months + 3) if months <= 9 else (start + 1, months - 9)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def quantity(identity: str) -> str:
    """What a figure is of, whenever: its id without its period and without `.printed`.

    `position.icb.total.ytd_variance.m05` is of `position.icb.total.ytd_variance`.

    >>> quantity("position.icb.total.ytd_variance.m05")
    'position.icb.total.ytd_variance'
    >>> quantity("position.icb.total.ytd_actual.printed")
    'position.icb.total.ytd_actual'
    """
    parts = identity.split(".")
    named, rest = parts[:_NAMED], parts[_NAMED:]
    kept = [part for part in rest if part != PRINTED and not _SUFFIX.fullmatch(part)]
    return ".".join([*named, *kept])
