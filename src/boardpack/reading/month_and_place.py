"""Whether a file is of the paper's month and place: what its titles and its period column say.

Only a clear word counts: a period in one of the forms of `title_periods`, the name of one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpack.core.errors import Fault
from boardpack.core.periods import Month
from boardpack.reading.cells import short
from boardpack.reading.title_periods import compact_months, periods_said

Title = tuple[int | None, Sequence[str]]
"""A row above the header: its line, and its cells. The name of a sheet is one too, of no line."""


@dataclass(frozen=True)
class Occasion:
    """What a paper's extracts are of: its month, the place's slug, all places by slug."""

    month: Month
    place: str
    places: Mapping[str, str]


def check_titles(
    file: str,
    sheet: str | None,
    titles: Iterable[Title],
    occasion: Occasion,
    months_in_arrears: int = 0,
) -> Iterator[Fault]:
    """A fault where the titles clearly name months, and the paper's is not among them.

    >>> here = Occasion(Month(2023, 6), "bromley", {"bromley": "Bromley", "bexley": "Bexley"})
    >>> for fault in check_titles("ledger.csv", None, [(1, ["Month 5 2023/24"])], here):
    ...     print(fault)
    ledger.csv, row 1: found 'Month 5 2023/24'; expected September 2023 (M06 2023/24); the title
    says August 2023 (M05 2023/24). Put the right month's file there.
    >>> list(check_titles("ledger.csv", None, [(1, ["Month 6 2023/24"])], here))
    []
    """
    allowed = {occasion.month.earlier(n) for n in range(months_in_arrears + 1)}
    found = [
        (line, cells, readings)
        for line, cells in titles
        for readings in periods_said(cells, occasion.month)
    ]
    if found and not any(allowed & set(readings) for _, _, readings in found):
        line, cells, readings = found[0]
        expected = f"{_told(occasion.month)}; the title says {_told(readings[0])}"
        remedy = "Put the right month's file there."
        value = short(" ".join(cell for cell in cells if cell))
        yield Fault(file, expected, remedy, line, None, value, sheet)


def check_period(
    file: str,
    sheet: str | None,
    column: str,
    cells: Iterable[tuple[int, str]],
    occasion: Occasion,
) -> Iterator[Fault]:
    """A fault for the first row of each other month that a period column says.

    >>> here, cells = Occasion(Month(2023, 6), "bromley", {}), [(2, "202309"), (3, "202308")]
    >>> [fault.row for fault in check_period("ledger.csv", None, "period", cells, here)]
    [3]
    """
    told = set()
    for line, text in cells:
        said = {compact_months(text), *periods_said([text], occasion.month)} - {()}
        if text not in told and not any(occasion.month in readings for readings in said):
            told.add(text)
            expected = f"{_told(occasion.month)} in every row"
            remedy = "Run the extract for this month and replace the file."
            yield Fault(file, expected, remedy, line, column, text, sheet)


def check_places(
    file: str,
    sheet: str | None,
    titles: Iterable[Title],
    held: Iterable[str] | None,
    occasion: Occasion,
) -> Iterator[Fault]:
    """A fault where the titles name one place, and the file is not of it.

    `held` are the places in the file's own rows; None where it does not say, and then it must be
    of the paper's place.

    >>> here = Occasion(Month(2023, 6), "bromley", {"bromley": "Bromley", "bexley": "Bexley"})
    >>> for fault in check_places("a.csv", None, [(1, ["Bexley ledger"])], None, here):
    ...     print(fault)
    a.csv, row 1: expected a file of Bromley; the title says Bexley. Put the right place's file
    there.
    """
    said = [
        (line, slug)
        for line, cells in titles
        for slug, name in occasion.places.items()
        if re.search(rf"\b{re.escape(name)}\b", " ".join(cells))
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
