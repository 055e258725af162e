"""Whether a file is of the paper's month and place: what its titles and its period column say.

Only a clear word counts: `Month 5`, `M05`, `Aug-23`, `August 2023`, the name of one place. A day
(`12 October 2023`) is when a report was run, and no month that it is of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from boardpack.errors import Fault
from boardpack.periods import Month
from boardpack.sources.calendar import month_of

_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NUMBER = re.compile(
    r"\b(?:Month|Period|Mth)\s*(\d{1,2})\b(?!\s*[-/]\s*\d)|\bM(\d{1,2})\b", re.IGNORECASE
)
_CALENDAR = re.compile(
    r"(?<!\d)(?<!\d[\s-])(?<!(?:st|nd|rd|th)[\s-])\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?[\s'’-]+(20\d\d|\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20\d\d)\s?[-/]\s?(?:20)?(\d\d)\b")
_COMPACT = re.compile(r"(20\d\d)[-_/ ]?(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Occasion:
    """What a paper's extracts are of: its month, the place's slug, all places by slug."""

    month: Month
    place: str
    places: Mapping[str, str]


def check_titles(
    file: str,
    sheet: str | None,
    titles: Iterable[tuple[int, str]],
    occasion: Occasion,
    months_in_arrears: int = 0,
) -> Iterator[Fault]:
    """A fault where the titles clearly name months, and the paper's is not among them."""
    allowed = {occasion.month.earlier(n) for n in range(months_in_arrears + 1)}
    found = [(line, month) for line, text in titles for month in months_said(text, occasion.month)]
    if found and not allowed & {month for _, month in found}:
        line, month = found[0]
        expected = f"{_told(occasion.month)}; the title says {_told(month)}"
        yield Fault(file, expected, "Put the right month's file there.", line, sheet=sheet)


def months_said(text: str, near: Month) -> tuple[Month, ...]:
    """The months that a title names; one without a year is of the financial year of `near`."""
    said = [_calendar(name, year) for name, year in _CALENDAR.findall(text)]
    year = _YEAR.search(text)
    start = int(year[1]) if year and (int(year[1]) + 1) % 100 == int(year[2]) else near.start
    numbers = (int(one or other) for one, other in _NUMBER.findall(text))
    said += [Month(start, number) for number in numbers if 1 <= number <= 12]
    return tuple(dict.fromkeys(said))


def _calendar(name: str, year: str) -> Month:
    number = _NAMES.index(name[:3].title()) + 1
    return month_of(dt.date(int(year) + (2000 if len(year) == 2 else 0), number, 1))


def check_period(
    file: str,
    sheet: str | None,
    column: str,
    cells: Iterable[tuple[int, str]],
    occasion: Occasion,
) -> Iterator[Fault]:
    """A fault for the first row of each other month that a period column says."""
    told = set()
    for line, text in cells:
        said = {*months_said(text, occasion.month), *_compact(text)}
        if said != {occasion.month} and text not in told:
            told.add(text)
            expected = f"{_told(occasion.month)} in every row"
            remedy = "Run the extract for this month and replace the file."
            yield Fault(file, expected, remedy, line, column, text, sheet)


def _compact(text: str) -> Iterator[Month]:
    found = _COMPACT.fullmatch(text.strip())
    if found:
        yield month_of(dt.date(int(found[1]), int(found[2]), 1))


def check_places(
    file: str,
    sheet: str | None,
    titles: Iterable[tuple[int, str]],
    held: Iterable[str] | None,
    occasion: Occasion,
) -> Iterator[Fault]:
    """A fault where the titles name one place, and the file is not of it.

    `held` are the places in the file's own rows; None where it does not say, and then it must be
    of the paper's place.
    """
    said = [
        (line, slug)
        for line, text in titles
        for slug, name in occasion.places.items()
        if re.search(rf"\b{re.escape(name)}\b", text)
    ]
    if len({slug for _, slug in said}) != 1:
        return
    line, slug = said[0]
    own = {occasion.place} & set(occasion.places) if held is None else set(held)
    if own and slug not in own:
        wanted = " and ".join(occasion.places.get(one, one) for one in sorted(own))
        expected = f"a file of {wanted}; the title says {occasion.places[slug]}"
        yield Fault(file, expected, "Put the right place's file there.", line, sheet=sheet)


def _told(month: Month) -> str:
    return f"{month.name} ({month.code} {month.year})"
