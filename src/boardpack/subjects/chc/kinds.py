"""Kinds of care: packages by care type and client group, and how finely they may be told apart.

A kind with few people may not be shown, and what is left of a total when all others are shown would
give it away. So kinds are taken off a total one by one, in an order that never changes, for as long
as the kind and the rest are both told; the rest stands as one line. Two months' papers then divide
the same people in ways of which each line of one is a sum of lines of the other, and no subtraction
gives a smaller group than is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from boardpack.subjects.chc.from_packages import client_weeks, distinct_clients, total_cost
from boardpack.subjects.chc.packages import GROUPS, Package

CARE_TYPES = (
    "CHC standard",
    "Joint",
    "Personal health budget",
    "Section 117",
    "Fast track",
    "Children",
)
GROUP_NAMES = tuple(dict.fromkeys(GROUPS.values()))
Kind = tuple[str, str]
"""A care type and a client group."""
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Amount:
    """Client-weeks of a kind in a month, and what they cost in pounds."""

    weeks: Fraction
    cost: Fraction


@dataclass(frozen=True)
class Line:
    """Kinds that are shown together, under one name."""

    label: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Effects:
    """A change in cost in three parts, in pounds; what adds to the cost is positive."""

    volume: Fraction
    mix: Fraction
    price: Fraction


def by_kind(packages: Iterable[Package]) -> dict[Kind, list[Package]]:
    """Packages by care type and client group."""
    found: dict[Kind, list[Package]] = defaultdict(list)
    for package in packages:
        found[package.care, package.group].append(package)
    return found


def kind_weeks(packages: Iterable[Package], days: Days) -> Decimal:
    """Client-weeks of packages; a day counts once for each client, kind of care and place."""
    found: dict[tuple[str, ...], list[Package]] = defaultdict(list)
    for package in packages:
        found[package.place, package.care, package.group].append(package)
    return sum((client_weeks(own, *days) for own in found.values()), Decimal(0))


def amounts(packages: Iterable[Package], days: Days) -> dict[Kind, Amount]:
    """Client-weeks and cost of each kind in a period."""
    return {
        kind: Amount(Fraction(kind_weeks(own, days)), Fraction(total_cost(own, *days)))
        for kind, own in by_kind(packages).items()
    }


def price_volume_mix(before: Mapping[Kind, Amount], now: Mapping[Kind, Amount]) -> Effects:
    """The change in cost between two months as volume, mix and price, which add up to it exactly.

    Volume is the change in client-weeks at the earlier average price. Price is each kind's weeks of
    now at the change of its own price. Mix is what dearer and cheaper kinds add as their shares of
    the weeks change. A kind without an earlier price is taken to have had its price of now: that is
    mix, because nobody was repriced. There must be client-weeks before.

    >>> home, nursing = ("home", "adult"), ("nursing", "adult")
    >>> weeks = Amount(Fraction(10), Fraction(10_000))
    >>> before = {home: weeks, nursing: Amount(Fraction(10), Fraction(20_000))}
    >>> now = {home: weeks, nursing: Amount(Fraction(12), Fraction(25_200))}
    >>> price_volume_mix(before, now)
    Effects(volume=Fraction(3000, 1), mix=Fraction(1000, 1), price=Fraction(1200, 1))
    """
    weeks, earlier = _weeks(now), _weeks(before)
    mean = _cost(before) / earlier
    at_old = sum((_at_old_price(before.get(kind), one) for kind, one in now.items()), Fraction(0))
    return Effects((weeks - earlier) * mean, at_old - weeks * mean, _cost(now) - at_old)


def _weeks(kinds: Mapping[Kind, Amount]) -> Fraction:
    return sum((one.weeks for one in kinds.values()), Fraction(0))


def _cost(kinds: Mapping[Kind, Amount]) -> Fraction:
    return sum((one.cost for one in kinds.values()), Fraction(0))


def _at_old_price(before: Amount | None, now: Amount) -> Fraction:
    if before is None or not before.weeks:
        return now.cost
    return now.weeks * before.cost / before.weeks


Told = Callable[[Iterable[Kind]], bool]


def told_lines(kinds: Iterable[Kind], is_told: Told) -> tuple[Line, ...]:
    """The lines in which kinds may be shown: care types, then client groups within each."""
    known = set(kinds)
    cares = [[k for k in _in_order(known) if k[0] == care] for care in CARE_TYPES]
    taken, rest = _taken_off([own for own in cares if own], is_told)
    found = [line for own in taken for line in _groups(own, is_told)]
    if len(rest) == 1:
        found += _groups(rest[0], is_told)
    elif rest:
        label = "Other kinds of care" if found else "All kinds of care"
        found.append(Line(label, tuple(kind for own in rest for kind in own)))
    return tuple(found)


def _in_order(kinds: set[Kind]) -> list[Kind]:
    return [(care, group) for care in CARE_TYPES for group in GROUP_NAMES if (care, group) in kinds]


def _groups(own: Sequence[Kind], is_told: Told) -> Iterator[Line]:
    """The client groups of one care type."""
    taken, rest = _taken_off([[kind] for kind in own], is_told)
    for (kind,) in taken:
        yield Line(", ".join(kind), (kind,))
    care = own[0][0]
    left = tuple(kind for (kind,) in rest)
    label = ", ".join(left[0]) if len(left) == 1 else f"{care}, other groups" if taken else care
    yield Line(label, left)


def _taken_off(
    parts: Sequence[list[Kind]], is_told: Told
) -> tuple[list[list[Kind]], list[list[Kind]]]:
    """The parts that can be shown one by one, and those that stand together after them."""
    taken, rest = [], list(parts)
    while len(rest) > 1 and is_told(rest[0]) and is_told(k for part in rest[1:] for k in part):
        taken.append(rest.pop(0))
    return taken, rest


def people(kinds: Mapping[Kind, Sequence[Package]], of: Iterable[Kind]) -> int:
    """How many people have care of some kinds."""
    return distinct_clients(package for kind in of for package in kinds.get(kind, ()))
