"""The months that a title names, in every form in which systems print a period.

`Month 5`, `P05 2024/25`, `M6 24-25`, `SEP-24`, `Months 1 to 5`, `YTD to 31/08/2024`, `202405`. A
form that may be read in two ways (`202405` is May 2024, or the fifth period of 2024/25) has both:
what contradicts a paper contradicts it however it is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.reading.calendar import month_of, read_day
from boardpack.reading.title_days import (
    DAY,
    calendar_number,
    end_of_period,
    full_year,
    is_run,
    month_name,
)

Readings = tuple[Month, ...]
"""The months that one form of a period may mean, the likeliest first."""

_MONTH = month_name("name")
_LABEL = re.compile(
    r"\b(?:period|periods|month|ytd|month of|to|ending|ended|end of)\b"
    r"[\s:.,-]*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:(?P<word>months?|mths?|periods?|pds?)(?:\s*no\.?)?[\s:.#-]*|(?P<letter>[mp]))"
    r"(?P<first>\d{1,2})(?!\d)"
    r"(?:\s*(?:to|through|[-–])\s*(?:months?|mths?|periods?|m|p)?\s*(?P<last>\d{1,2})(?![\d/]))?",
    re.IGNORECASE,
)
_YEARS = (
    r"(?:FY\s*)?(?P<{0}>20\d\d\s?[-/–]\s?(?:20)?\d\d|\d\d\s?[-/–]\s?\d\d|\d{{4}}(?!\d))"
    r"|FY\s*'?(?P<{0}fy>\d\d)(?!\d)"
)
_YEAR_AFTER = re.compile(
    rf"[\s,:(/-]*(?:{_YEARS.format('year')})|(?:\s*[-/'’])(?P<two>\d\d)(?!\d)", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(rf"(?<!\d)(?:{_YEARS.format('year')})[\s,:_/-]*$", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<![\d/-])(?:20)?(\d\d)\s?[-/–]\s?(?:20)?(\d\d)(?![\d/-])")
_CALENDAR = re.compile(
    rf"(?<!\d)(?<!\d[\s-])(?<!(?:st|nd|rd|th)[\s-])\b{_MONTH}"
    r"[\s'’,._-]*(?P<year>20\d\d\s?[-/]\s?(?:20)?\d\d|\d\d\s?[-/]\s?\d\d|20\d\d|\d\d)(?!\d)"
    rf"|\b(?P<before>20\d\d)[\s-]{month_name('after')}",
    re.IGNORECASE,
)
_THEN_MONTH = re.compile(rf"\s*(?:to|through|[-–])\s*(?:{_MONTH}|\0)", re.IGNORECASE)
_COMPACT = re.compile(
    r"(?<!\d)(?:(?P<y1>20\d\d)(?P<s>[-_/. ]?)(?P<n1>0[1-9]|1[0-2])"
    r"|(?P<n2>0?[1-9]|1[0-2])[-/.](?P<y2>20\d\d))(?![\d/-])"
)
_ALONE = re.compile(rf"{_MONTH}\.?", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:quarter|qtr)\s*([1-4])\b", re.IGNORECASE)


def periods_said(cells: Sequence[str], near: Month) -> list[Readings]:
    """The periods that the cells of a title row name; without a year, one about that of `near`.

    >>> near = Month(2024, 6)
    >>> [[month.period for month in said] for said in periods_said(["Month 5", "2024/25"], near)]
    [['2024/25 M05']]
    >>> [[month.period for month in said] for said in periods_said(["Period: 202405"], near)]
    [['2024/25 M02', '2024/25 M05', '2023/24 M05']]
    """
    text = " ".join(cells)
    said = [cell.strip() for cell in cells if cell.strip()]
    alone = said[0] if len(said) == 1 else ""
    found = [end_of_period(text, day) for day in DAY.finditer(text)]
    text = DAY.sub(lambda day: "\0" * len(day[0]), text)
    found += _numbered(text, near)
    text = _NUMBER.sub(lambda number: "\0" * len(number[0]), text)
    found += _calendar(text)
    found += _compact(text, alone)
    found += _without_year(text, alone, near)
    found += [_quarter(text, int(said[1]), near) for said in _QUARTER.finditer(text)]
    return [readings for readings in dict.fromkeys(found) if readings]


@lru_cache(maxsize=4096)
def month_so_far(text: str, month: Month) -> Month | None:
    """The one month of the year up to `month` that a cell means: `SEP-24`, `P06`, `6`, `202409`.

    None where it means none, or may mean two of them.

    >>> {month_so_far(text, Month(2024, 6)).code for text in ("SEP-24", "P06", "6", "202409")}
    {'M06'}
    >>> print(month_so_far("P07", Month(2024, 6)))
    None
    """
    plain = text.strip()
    said = {one for readings in periods_said([_labelled(plain)], month) for one in readings}
    with suppress(ValueError):
        said.add(month_of(read_day(plain)))
    so_far = {one for one in said if one.start == month.start and one.number <= month.number}
    return so_far.pop() if len(so_far) == 1 else None


def _labelled(text: str) -> str:
    return f"Period {text}" if text.isdigit() and len(text) <= 2 else text


def named_month(text: str, near: Month) -> Month | None:
    """The month that a title names by a word without a year (`July Drug Tariff`): the nearest.

    >>> named_month("July Drug Tariff", Month(2024, 6)).period
    '2024/25 M04'
    """
    for said in re.finditer(rf"\b{_MONTH}", DAY.sub(" ", text), re.IGNORECASE):
        if said[0][:1].isupper() and not is_run(text[: said.start()]):
            number = (calendar_number(said["name"]) - 4) % MONTHS_IN_YEAR + 1
            about = (Month(near.start + shift, number) for shift in (-1, 0, 1))
            return min(about, key=lambda month: (abs(_apart(month, near)), month))
    return None


def _apart(one: Month, other: Month) -> int:
    return (one.start - other.start) * MONTHS_IN_YEAR + one.number - other.number


def _numbered(text: str, near: Month) -> Iterator[Readings]:
    """`Month 5`, `P05 2024/25`, `2024-25 M06`, `Months 1 to 5`: the last month of a span counts."""
    for found in _NUMBER.finditer(text):
        number, end = int(found["first"]), found.end()
        last = int(found["last"] or 0)
        if number < last <= MONTHS_IN_YEAR:
            number = last
        elif found["last"]:
            end = found.end("first")
        after = _YEAR_AFTER.match(text, end)
        before = _YEAR_BEFORE.search(text, 0, found.start())
        starts = _starts(after) if after else _starts(before) if before else ()
        is_page = (found["letter"] or "").lower() == "p" and len(found["first"]) < 2
        if not 1 <= number <= MONTHS_IN_YEAR or (is_page and not starts):
            continue
        of_calendar = compact_months(text[found.start("first") : after.end()]) if after else ()
        numbered = (Month(start, number) for start in starts or _about(text, near))
        yield tuple(dict.fromkeys((*of_calendar[:1], *numbered)))


def _starts(said: re.Match[str]) -> tuple[int, ...]:
    """The years in which a financial year that is written so may begin."""
    groups = said.groupdict()
    text, short = groups.get("year"), groups.get("yearfy") or groups.get("two")
    if text is None:
        year = full_year(str(short))
        return (year - 1, year)
    digits = re.sub(r"\D", "", text)
    if len(digits) != 4:
        return (int(digits[:4]),) if (int(digits[:4]) + 1) % 100 == int(digits[-2:]) else ()
    one, other = int(digits[:2]), int(digits[2:])
    follows = (one + 1) % 100 == other
    if digits != text.strip():
        return (2000 + one,) if follows else ()
    year = int(digits)
    ways = (year, year - 1) if 2000 <= year < 2100 else ()
    return (*ways, *((2000 + one,) if follows else ()))


def _about(text: str, near: Month) -> tuple[int, ...]:
    """The years that the title names elsewhere, else the paper's own and the one before it."""
    years = [(int(one), int(other)) for one, other in _ANY_YEAR.findall(text)]
    said = [2000 + one for one, other in years if (one + 1) % 100 == other]
    return tuple(dict.fromkeys(said)) or (near.start, near.start - 1)


def _calendar(text: str) -> Iterator[Readings]:
    """`SEP-24`, `August 2023`, `September 2024/25`; of a span (`Apr 24 - Aug 24`) the last."""
    for found in _CALENDAR.finditer(text):
        if is_run(text[: found.start()]) or _THEN_MONTH.match(text, found.end()):
            continue
        if found["before"]:
            yield (_of_calendar(int(found["before"]), calendar_number(found["after"])),)
            continue
        number, year = calendar_number(found["name"]), found["year"]
        digits = re.sub(r"\D", "", year)
        if digits == year:
            yield (_of_calendar(full_year(year), number),)
        else:
            start = int(digits[:4]) if len(digits) > 4 else 2000 + int(digits[:2])
            if (start + 1) % 100 == int(digits[-2:]):
                yield (Month(start, (number - 4) % MONTHS_IN_YEAR + 1),)


def _compact(text: str, alone: str) -> Iterator[Readings]:
    """`202405` and `05/2024`, labelled or alone in its row: a calendar month, or a period."""
    for found in _COMPACT.finditer(text):
        if found[0] == alone or _LABEL.search(text[: found.start()]):
            yield compact_months(found[0])


def compact_months(text: str) -> Readings:
    """The months that `202405`, `2024-05` or `05/2024` may mean; none for any other text.

    >>> [month.period for month in compact_months("202405")]
    ['2024/25 M02', '2024/25 M05', '2023/24 M05']
    >>> compact_months("2011/12")
    ()
    """
    found = _COMPACT.fullmatch(text.strip())
    if found is None:
        return ()
    year, number = int(found["y1"] or found["y2"]), int(found["n1"] or found["n2"])
    if found["s"] and number == (year + 1) % 100:
        return ()  # 2011/12 is a financial year
    return (_of_calendar(year, number), Month(year, number), Month(year - 1, number))


def _without_year(text: str, alone: str, near: Month) -> Iterator[Readings]:
    """`August`, alone or after a word such as `Period`: of this year or of the one before."""
    for found in re.finditer(rf"\b{_MONTH}(?![\s'’,.-]*\d)", text, re.IGNORECASE):
        before = text[: found.start()]
        if (_ALONE.fullmatch(alone) or _LABEL.search(before)) and not is_run(before):
            number = (calendar_number(found["name"]) - 4) % MONTHS_IN_YEAR + 1
            yield tuple(Month(start, number) for start in _about(text, near))


def _quarter(text: str, quarter: int, near: Month) -> Readings:
    return tuple(
        Month(start, number)
        for start in _about(text, near)
        for number in range(quarter * 3, quarter * 3 - 3, -1)
    )


def _of_calendar(year: int, number: int) -> Month:
    return month_of(dt.date(year, number, 1))
