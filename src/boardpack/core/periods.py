"""Financial years and months: April is Month 1, and `2023/24 M06` is September 2023."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from boardpack.core.errors import UsageFault

_MONTHS = (
    "April May June July August September October November December January February March"
).split()
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, order=True)
class Month:
    """One month of a financial year; `start` is the calendar year in which the year begins.

    >>> sixth = Month(2023, 6)
    >>> sixth.name, sixth.period, sixth.year_folder, sixth.months_left
    ('September 2023', '2023/24 M06', '2023-24', 6)
    >>> Month(2024, 1).earlier(1)
    Month(start=2023, number=12)
    """

    start: int
    number: int

    @property
    def year(self) -> str:
        """The financial year as figures name it: `2023/24`."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def year_folder(self) -> str:
        """The financial year as folders name it: `2023-24`."""
        return self.year.replace("/", "-")

    @property
    def code(self) -> str:
        """The month as folders name it: `M06`."""
        return f"M{self.number:02d}"

    @property
    def period(self) -> str:
        """The period of a year-to-date figure: `2023/24 M06`."""
        return f"{self.year} {self.code}"

    @property
    def written(self) -> str:
        """The month as parameters and reference files write it: `2023-24 M06`."""
        return f"{self.year_folder} {self.code}"

    @property
    def name(self) -> str:
        """The calendar month in words: `September 2023`."""
        calendar_year = self.start if self.number <= 9 else self.start + 1
        return f"{_MONTHS[self.number - 1]} {calendar_year}"

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends."""
        year = self.start if self.number <= 9 else self.start + 1
        number = (self.number + 2) % MONTHS_IN_YEAR + 1
        return dt.date(year, number, calendar.monthrange(year, number)[1])

    @property
    def months_left(self) -> int:
        """How many months of the year are still to come."""
        return MONTHS_IN_YEAR - self.number

    @property
    def is_year_end(self) -> bool:
        """Whether the year is over: what is known of it is its outturn, and nothing is forecast."""
        return self.months_left == 0

    def earlier(self, months: int) -> Month:
        """The month `months` before this one, across the turn of the year.

        >>> Month(2024, 2).earlier(3).written
        '2023-24 M11'
        """
        position = self.start * MONTHS_IN_YEAR + self.number - 1 - months
        return Month(position // MONTHS_IN_YEAR, position % MONTHS_IN_YEAR + 1)

    def since(self, before: Month) -> int:
        """How many months this one lies after another, across the turn of the year.

        >>> Month(2024, 1).since(Month(2023, 12))
        1
        """
        return (self.start - before.start) * MONTHS_IN_YEAR + self.number - before.number

    def suffix_in(self, paper: Month) -> str:
        """The last part of an id of this month in a paper of another month.

        A month of the same year is `m05`, one of another year `2024_25_m12`.

        >>> paper = Month(2025, 6)
        >>> Month(2025, 5).suffix_in(paper), Month(2024, 12).suffix_in(paper)
        ('m05', '2024_25_m12')
        """
        code = self.code.lower()
        return code if self.start == paper.start else f"{self.year.replace('/', '_')}_{code}"


_SUFFIX = re.compile(r"(?:(\d{4})_\d{2}_)?m(\d{2})")


def month_of_suffix(suffix: str, paper: Month) -> Month | None:
    """The month that the last part of an id means in a paper of a month; None for other parts.

    >>> month_of_suffix("2024_25_m12", Month(2025, 6)).name
    'March 2025'
    >>> print(month_of_suffix("printed", Month(2025, 6)))
    None
    """
    found = _SUFFIX.fullmatch(suffix)
    if found is None or not 1 <= int(found[2]) <= MONTHS_IN_YEAR:
        return None
    return Month(int(found[1] or paper.start), int(found[2]))


def parse_month(year: str, month: str) -> Month:
    """The month that `2023-24 M06` names; UsageFault says what is wrong with anything else.

    >>> parse_month("2023-24", "M06").name
    'September 2023'
    >>> parse_month("2023-25", "M06")
    Traceback (most recent call last):
        ...
    boardpack.core.errors.UsageFault: '2023-25' is not a financial year. Write it as 2023-24.
    """
    found = re.fullmatch(r"(\d{4})[-/](\d{2})", year)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise UsageFault(f"{year!r} is not a financial year. Write it as 2023-24.")
    number = re.fullmatch(r"[Mm]?(\d{1,2})", month)
    if number is None or not 1 <= int(number[1]) <= MONTHS_IN_YEAR:
        raise UsageFault(
            f"{month!r} is not a month of the financial year. Write M01 (April) to M12 (March)."
        )
    return Month(int(found[1]), int(number[1]))


def named_month(text: str) -> Month | None:
    """The month that `2023-24 M06` names; None for anything else.

    >>> named_month("2023-24 M12").name
    'March 2024'
    >>> print(named_month("March 2024"))
    None
    """
    found = re.fullmatch(r"(\d{4}-\d{2}) (M\d{2})", text)
    try:
        return parse_month(found[1], found[2]) if found else None
    except UsageFault:
        return None
