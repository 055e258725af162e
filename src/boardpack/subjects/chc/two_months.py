"""The month and the one before it in the package database, and who may be counted in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.from_packages import distinct_clients, month_days
from boardpack.subjects.chc.packages import Package
from boardpack.subjects.chc.packages_extract import database_of

Belongs = Callable[[Package], bool]


def is_counted(package: Package) -> bool:
    """Whether a package counts among clients and prices."""
    return package.is_counted


def months_of(draft: Draft) -> tuple[Month, Month]:
    """The month before, and the month of the paper."""
    return draft.paper.month.earlier(1), draft.paper.month


def packages_in(
    draft: Draft, place: str, month: Month, belongs: Belongs = is_counted
) -> tuple[Package, ...]:
    """The packages of a place, or of all places, that cost something or give care in a month."""
    return tuple(
        one
        for one in database_of(draft.folder).during(*month_days(month))
        if belongs(one) and place in (one.place, ICB)
    )


def may_tell(draft: Draft, counts: Iterable[int]) -> bool:
    """Whether none of these counts of people is too small to show."""
    rule = draft.paper.report.small_numbers
    return not any(rule.lowest <= count <= rule.highest for count in counts)


def is_told(draft: Draft, place: str, belongs: Belongs = is_counted) -> bool:
    """Whether a place's people of both months are nobody, or enough to show."""
    months = (packages_in(draft, place, month, belongs) for month in months_of(draft))
    return may_tell(draft, map(distinct_clients, months))


def all_told(draft: Draft, belongs: Belongs = is_counted) -> bool:
    """Whether that holds for every place: otherwise a total would give one place away."""
    return all(is_told(draft, place, belongs) for place in draft.paper.report.places)


def scope_of(draft: Draft, place: str, line: str, month: Month, label: str = "") -> Scope:
    """The scope of one line of one month: an earlier month adds its code to the ids."""
    name = draft.paper.report.place_name(place)
    suffix = draft.period_suffix(month.period)
    return draft.scope(
        "chc", place, line, f"{name}, {label}", basis="packages", period=month.period, suffix=suffix
    )
