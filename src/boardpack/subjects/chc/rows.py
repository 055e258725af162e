"""Whether figures may name the rows of the package database: what rows have in common is a count.

The rows of a place and of a kind of care have in common those of the kind at the place; the rows of
two months tell who came and who left; those of high-cost packages tell the others. Where any such
group of a month to date is few people, no figure names its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from boardpack.figures.draft import Draft
from boardpack.figures.small_numbers import forget_rows
from boardpack.subjects.chc.from_packages import distinct_clients, months_to_date
from boardpack.subjects.chc.kinds import by_kind
from boardpack.subjects.chc.movers import movers_of
from boardpack.subjects.chc.packages import Package
from boardpack.subjects.chc.packages_extract import FILE, database_of
from boardpack.subjects.chc.two_months import may_tell, packages_in


def keep_rows_quiet(draft: Draft) -> None:
    """Leave the rows of the database out of every figure where a group of them is few people."""
    if draft.folder.has(FILE) and not may_name_rows(draft):
        forget_rows(draft.register, {database_of(draft.folder).file})


def may_name_rows(draft: Draft) -> bool:
    """Whether nobody is one of few in any group that the rows of two figures have in common."""
    places = draft.paper.report.places
    return all(may_tell(draft, map(distinct_clients, _groups(draft, p))) for p in places)


def _groups(draft: Draft, place: str) -> Iterator[list[Package]]:
    limit = draft.paper.report.high_cost_weekly_rate
    months = [packages_in(draft, place, month) for month in months_to_date(draft.paper.month)]
    for own in months:
        yield from by_kind(own).values()
        yield [one for one in own if one.weekly_rate > limit]
        yield [one for one in own if one.weekly_rate <= limit]
    for before, now in pairwise(months):
        yield from movers_of(before, now).values()
