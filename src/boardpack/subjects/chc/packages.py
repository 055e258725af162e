"""Packages of care as they are counted and priced, and what cannot be true of them together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from boardpack.core.errors import Fault

FNC = "FNC"
GROUPS = {
    "ld": "learning disability",
    "learning disability": "learning disability",
    "mh": "mental health",
    "mental health": "mental health",
    "pd": "physical disability",
    "physical disability": "physical disability",
    "palliative": "palliative",
    "<65": "under 65",
    "under 65": "under 65",
    "65+": "65 and over",
    "65 and over": "65 and over",
    "": "group not recorded",
}
"""Client groups as they come, and as they are named: the order is that of every table."""
END = dt.date.max
"""The end of a package whose end is not known."""
DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class Package:
    """One rate period of a package: pounds a week, the NHS's share of it, and when it runs.

    `client` and `package` are keyed hashes. The rate runs from `begins` to `ends`, both days
    included, within the dates of the package. A one-off has its whole amount as rate, on the day it
    begins.
    """

    line: int
    client: str = field(repr=False)
    package: str = field(repr=False)
    place: str
    care: str
    begins: dt.date
    ends: dt.date
    weekly_rate: Decimal
    nhs_share: Decimal
    is_one_off: bool
    has_died: bool = False
    group: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it counts among clients and prices: FNC and one-off costs are kept apart."""
        return self.care != FNC and not self.is_one_off

    def days(self, first: dt.date, last: dt.date) -> int:
        """How many days of a period the rate runs."""
        return max(0, (min(self.ends, last) - max(self.begins, first)).days + 1)

    def cost(self, first: dt.date, last: dt.date) -> Decimal:
        """What the NHS pays for it in a period, in pounds."""
        return self.cost_of_a_week_each_day(first, last) / DAYS_IN_WEEK

    def cost_of_a_week_each_day(self, first: dt.date, last: dt.date) -> Decimal:
        """Seven times that, which is exact, so that sums do not depend on their order."""
        amount = self.weekly_rate * self.nhs_share
        if self.is_one_off:
            return amount * DAYS_IN_WEEK if first <= self.begins <= last else Decimal(0)
        return amount * self.days(first, last)


@dataclass(frozen=True)
class Database:
    """The packages of a month, the file they came in, and what its reader found odd."""

    file: str
    sha256: str
    sheet: str | None
    packages: tuple[Package, ...]
    notes: tuple[Fault, ...] = ()
    _during: dict[tuple[dt.date, dt.date], tuple[Package, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def during(self, first: dt.date, last: dt.date) -> tuple[Package, ...]:
        """Packages that give care or are paid at once in a period, in the order of their rows.

        They are found once: most of a real database ended years ago, and a month is asked for by
        each place and line.
        """
        if (first, last) not in self._during:
            self._during[first, last] = tuple(
                one
                for one in self.packages
                if (one.cost(first, last) if one.is_one_off else one.days(first, last))
            )
        return self._during[first, last]


def package_faults(file: str, packages: Sequence[Package]) -> Iterator[Fault]:
    """Rows that cannot both be true: two rates of a package at once, or care after a death."""
    yield from _overlaps(file, [package for package in packages if not package.is_one_off])
    yield from _after_death(file, packages)


def _overlaps(file: str, packages: Iterable[Package]) -> Iterator[Fault]:
    found: dict[str, list[Package]] = defaultdict(list)
    for package in packages:
        if package.begins <= package.ends:
            found[package.package].append(package)
    for rates in (rates for rates in found.values() if len(rates) > 1):
        rates.sort(key=lambda rate: (rate.begins, rate.line))
        last = rates[0]
        for rate in rates[1:]:
            if rate.begins <= last.ends:
                yield _overlap(file, last, rate)
            last = max(last, rate, key=lambda one: one.ends)


def _overlap(file: str, first: Package, second: Package) -> Fault:
    if (first.begins, first.ends) == (second.begins, second.ends):
        expected = f"each rate of a package once; row {first.line} has this one for the same days"
        return Fault(file, expected, "Remove the row that is wrong.", second.line, "package_id")
    expected = f"no day in two rates of a package; the rate of row {first.line} runs on"
    remedy = "End the earlier rate on the day before the later one begins."
    return Fault(file, expected, remedy, second.line, "rate_start")


def _after_death(file: str, packages: Sequence[Package]) -> Iterator[Fault]:
    ended: dict[str, Package] = {}
    for package in packages:
        if package.has_died:
            last = ended.get(package.client, package)
            ended[package.client] = max(last, package, key=lambda one: one.ends)
    for package in packages:
        death = ended.get(package.client)
        if death is not None and not package.is_one_off and package.ends > death.ends:
            expected = f"no care after the death that row {death.line} tells of"
            yield Fault(file, expected, "End the package on that day.", package.line, "end_date")
