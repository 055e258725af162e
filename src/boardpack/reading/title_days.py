"""Days in a title: the end of a period (`YTD to 31/08/2024`), or when the report was run.

`Run on Oct 12, 2024` is no period, and no October 2012.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from boardpack.core.periods import Month
from boardpack.reading.calendar import month_of

_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
DAY = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?:of\s+)?|-){_NAME.format('m1')}[\s,.-]+'?"
    r"(?P<y1>\d{4}|\d\d)\b"
    rf"|\b{_NAME.format('m2')}\.?\s+(?P<d2>\d{{1,2}})(?:(?:st|nd|rd|th),?|,)?\s+(?P<y2>20\d\d)\b"
    r"(?!\s*[/-]\s*\d)"
    r"|\b(?P<d3>\d{1,2})(?P<sep>[/.-])(?P<m3>\d{1,2})(?P=sep)(?P<y3>\d{4}|\d\d)\b"
    r"|\b(?P<y4>20\d\d)-?(?P<m4>0[1-9]|1[0-2])-?(?P<d4>[0-2]\d|3[01])\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:to|ytd|ending|ended?|until|till|as (?:at|of)|at|period)\b[\s:.,-]*$", re.IGNORECASE
)
_ENDS_ANY_DAY = re.compile(
    r"\b(?:ytd|year[\s-]to[\s-]date|period|month|year|quarter)\s*(?:to|ending|ended|end)?\b"
    r"[\s:.,-]*$",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"\b(?:run|re-?run|printed|print|generated|created|extracted|produced|downloaded|exported|saved"
    r"|refreshed|issued|published|prepared|updated|report date)\b(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:for|of|period|month|ytd|to date|to|ending|ended|end)\b[\s:.,-]*$", re.IGNORECASE
)
_THEN_DAY = re.compile(r"\s*(?:to|-|–)\s*\d", re.IGNORECASE)
_LAST_OF_SPAN = re.compile(r"\d\s*(?:-|–|to)\s*$", re.IGNORECASE)


def month_name(group: str) -> str:
    """The pattern of a calendar month's name, whole or short, as a group of this name.

    >>> re.search(month_name("month"), "to sept 2024")["month"]
    'sept'
    """
    return _NAME.format(group)


def calendar_number(name: str) -> int:
    """The number of a calendar month by its name.

    >>> calendar_number("September"), calendar_number("sept")
    (9, 9)
    """
    return _SHORT.index(name[:3].lower()) + 1


def full_year(year: str) -> int:
    """2024 for `24` and for `2024`.

    >>> full_year("24"), full_year("2024")
    (2024, 2024)
    """
    return int(year) + (2000 if len(year) == 2 else 0)


def is_run(before: str) -> bool:
    """Whether the words before say that what follows is when the report was run.

    >>> is_run("Report run on "), is_run("Run for the period ")
    (True, False)
    """
    return _RUN.search(before) is not None and _FOR.search(before) is None


def end_of_period(text: str, day: re.Match[str]) -> tuple[Month, ...]:
    """The months that a day (a match of `DAY`) ends, in each way of reading it, if it ends any.

    What stands before it tells, or that it is the end of a span. After `to` or `as at` only the
    last day of a month counts: an accrual may be `to 12 October`.

    >>> def ends(text: str) -> list[str]:
    ...     return [month.period for month in end_of_period(text, DAY.search(text))]
    >>> ends("YTD to 31/08/2024"), ends("Run on 31/08/2024"), ends("Accrued to 12/10/2024")
    (['2024/25 M05'], [], [])
    """
    before = text[: day.start()]
    if is_run(before) or _THEN_DAY.match(text, day.end()):
        return ()
    any_day = _ENDS_ANY_DAY.search(before) is not None
    if not (any_day or _LAST_OF_SPAN.search(before) or _ENDS.search(before)):
        return ()
    said = (one for one in _days(day) if any_day or _ends_month(one))
    return tuple(dict.fromkeys(map(month_of, said)))


def _days(found: re.Match[str]) -> Iterator[dt.date]:
    """The days that a date may mean, day first; none for a day that does not exist."""
    for way in "1234":
        if found[f"d{way}"]:
            month, day, year = found[f"m{way}"], int(found[f"d{way}"]), full_year(found[f"y{way}"])
            number = int(month) if month.isdigit() else calendar_number(month)
            for one, other in [(number, day), (day, number)] if way == "3" else [(number, day)]:
                try:
                    yield dt.date(year, one, other)
                except ValueError:
                    continue


def _ends_month(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1
