"""Months of items that hold their rows more than once, or another month's.

Rows of a practice, presentation and pack quantity repeat within a month for good reason, so alike
rows prove nothing one by one. That every presentation of a practice has an even number of rows and
of items does: the practice's rows stand there twice.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from boardpack.core.periods import Month
from boardpack.reading.calendar import read_month
from boardpack.subjects.items.epd_extract import Epd
from boardpack.subjects.items.sums import ItemSums

FEWEST_PRESENTATIONS = 6
"""By chance all of so few may have an even number of rows: half of rows are single."""
FEWEST_ITEMS = 50
"""A practice with so few items may have a month like another by chance."""
TIMES = (2, 3)


def practices_repeated(epd: Epd) -> Mapping[Month, dict[str, int]]:
    """The practices of each month whose rows all stand there twice or three times, and how often.

    The engine looks at the sums by presentation: the rows themselves are not read again.
    """
    from boardpack.subjects.items.engines import open_sums, rows_of

    if not epd.practice_sums:
        return {}
    with tempfile.TemporaryDirectory(prefix="boardpack-spill-") as scratch:
        connection = open_sums(epd.folder, Path(scratch))
        try:
            rows = rows_of(connection, _asked())
        finally:
            connection.close()
    found: dict[Month, dict[str, int]] = {}
    for month, practice, presentations, *whole in sorted(rows):
        key = read_month(month), practice
        if key in epd.practice_sums and presentations >= FEWEST_PRESENTATIONS:
            times = [n for n, count in zip(TIMES, whole, strict=True) if count == presentations]
            if times:
                found.setdefault(key[0], {})[practice] = times[-1]
    return found


def _asked() -> object:
    """How many presentations a practice has in a month, and how many in whole multiples."""
    from boardpack.subjects.items.epd_sums import sums_table

    sums = sums_table()
    whole = {
        f"in_{n}": ((sums.rows % n == 0) & (sums["items"] % n == 0)).cast("int64").sum()
        for n in TIMES
    }
    return sums.group_by(["month", "practice"]).agg(presentations=sums.count(), **whole)


def months_alike(epd: Epd) -> Mapping[tuple[Month, Month], tuple[str, ...]]:
    """The practices that have in a later month what they had in an earlier one, to the last penny.

    A practice of a few items is not counted: its months may be alike by chance.
    """
    by_month: dict[Month, dict[str, ItemSums]] = {}
    for (month, practice), sums in epd.practice_sums.items():
        if sums.items >= FEWEST_ITEMS:
            by_month.setdefault(month, {})[practice] = sums
    found = {}
    for first, later in combinations(sorted(by_month), 2):
        before, after = by_month[first], by_month[later]
        same = tuple(code for code in after if _amounts(after[code]) == _amounts(before.get(code)))
        if same:
            found[first, later] = same
    return found


def _amounts(sums: ItemSums | None) -> tuple[object, ...]:
    return () if sums is None else (sums.items, sums.quantity, sums.nic, sums.actual_cost)
