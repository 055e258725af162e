"""The truth of continuing healthcare: packages of care, what each costs, and the budget set.

The clients are nobody. Their identifiers and names exist to prove that none of them ever leaves.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack_demo.chance import Chance, pence, pounds, shared
from boardpack_demo.icb import month_of
from boardpack_demo.sizes import AS_EVER, Body

FNC, ONE_OFF = "FNC", "One-off"
CARES = ("CHC standard", "Fast track", "Joint", "Personal health budget")
"""The kinds of care that count among clients and prices."""
KINDS = (*CARES, ONE_OFF, FNC)
GROUPS = ("PD", "LD", "MH", "Palliative")
SHARE_OF = {"CHC standard": 62, "Fast track": 14, "Joint": 14, "Personal health budget": 10}
RATES = {
    "CHC standard": (800, 2300),
    "Fast track": (700, 1500),
    "Joint": (900, 2600),
    "Personal health budget": (600, 2000),
}
OVER = {
    "alderwick": Decimal("0.13"),
    "brockmere": Decimal("0.15"),
    "caldenhurst": Decimal("0.14"),
    "eddlestow": Decimal("-0.05"),
}
"""By how much the year costs more than its budget; elsewhere it is drawn."""
DEARER = Decimal("1.08")
"""What a package that begins this year costs, beside one that ran before."""
BESIDE = (
    ("brockmere", 2, "accrual", "Respite invoices that are not entered yet", Decimal(24_000)),
    ("alderwick", 5, "adjustment", "Deposits that a provider has returned", Decimal(-9_000)),
)
"""What the ledger has from a month on that the packages have not: place, month, kind, item."""
FNC_RATE = Decimal("235.88")
FAMILY_NAMES = ("Quillfeather", "Thistlewhisk", "Umberpatch", "Vandersnip", "Wobbleton")
GIVEN_NAMES = ("Zephyrina", "Oswaldine", "Peregrin", "Tamsel", "Ysolt")


@dataclass(frozen=True)
class Rate:
    """A rate period of a package: pounds a week (or at once), the NHS's share, and its days."""

    client: str
    package: str
    place: str
    kind: str
    group: str
    provider: str
    begins: dt.date
    ends: dt.date | None
    weekly: Decimal
    share: int
    starts: dt.date
    stops: dt.date | None
    has_died: bool
    name: str
    nhs_number: str
    born: str

    def days(self, first: dt.date, last: dt.date) -> int:
        """How many of some days it runs on, both ends included."""
        ends = min(self.ends or last, self.stops or last, last)
        return max(0, (ends - max(self.starts, first)).days + 1)

    def cost(self, first: dt.date, last: dt.date) -> Decimal:
        """What the NHS pays for it in some days, both ends included."""
        due = self.weekly * self.share / 100
        if self.kind == ONE_OFF:
            return due if first <= self.starts <= last else Decimal(0)
        return due * self.days(first, last) / 7


@cache
def first_day(number: int) -> dt.date:
    """The first day of a month, counted on from the first of the demonstration."""
    month = month_of(number)
    return dt.date(month.start + (month.number > 9), (month.number + 2) % MONTHS_IN_YEAR + 1, 1)


@cache
def last_day(number: int) -> dt.date:
    """The last day of a month, counted on from the first of the demonstration."""
    first = first_day(number)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def beside(place: str, number: int) -> Decimal:
    """What the ledger of a place has to date beside its packages."""
    amounts = (
        amount for where, first, _, _, amount in BESIDE if where == place and first <= number
    )
    return sum(amounts, Decimal(0))


def over(place: str) -> Decimal:
    """By how much a year at a place costs more than its budget."""
    return OVER.get(place, Chance(0, "over of care", place).share("-0.0600", "0.1500"))


class Care:
    """All packages of a year, and what they come to by place and kind; months are of the year.

    A year after the first holds what was there `before`, which runs on, ends, or had ended.
    """

    def __init__(self, seed: int, before: Care | None = None, body: Body = AS_EVER) -> None:
        self.seed = seed
        self.body = body
        self._past: int = 0 if before is None else before._past + MONTHS_IN_YEAR
        self.rates: tuple[Rate, ...] = tuple(
            rate
            for place in self.body.places
            for rate in (
                _of_place(seed, place, self.body)
                if before is None
                else _a_year_on(seed, place, before, self._past + 1)
            )
        )
        self._costs = self._added()

    def _days(self, first: int, last: int) -> tuple[dt.date, dt.date]:
        """From the first day of a month of the year to the last of another."""
        return first_day(self._past + first), last_day(self._past + last)

    def _added(self) -> dict[tuple[str, str, int], Decimal]:
        costs: dict[tuple[str, str, int], Decimal] = {}
        april, _ = self._days(1, 1)
        for rate in self.rates:
            if rate.ends is None or rate.ends >= april:
                for number in range(1, 13):
                    key = (rate.place, rate.kind, number)
                    cost = rate.cost(*self._days(number, number))
                    costs[key] = costs.get(key, Decimal(0)) + cost
        return costs

    def cost(self, place: str, kind: str, first: int, last: int) -> Decimal:
        """What a kind of care costs a place from one month to another."""
        months = range(first, last + 1)
        return sum((self._costs.get((place, kind, n), Decimal(0)) for n in months), Decimal(0))

    def counted(self, place: str, number: int) -> int:
        """The people with a day of care in a month, without FNC and one-off costs."""
        return self._people.get((place, number), 0)

    @cached_property
    def _people(self) -> Counter[tuple[str, int]]:
        months = {number: self._days(number, number) for number in range(1, 13)}
        april, _ = months[1]
        cared = (r for r in self.rates if r.kind in CARES and (r.ends is None or r.ends >= april))
        found = {
            (rate.place, number, rate.client)
            for rate in cared
            for number, (first, last) in months.items()
            if rate.cost(first, last)
        }
        return Counter((place, number) for place, number, _ in found)

    def basis(self, place: str) -> tuple[int, Decimal]:
        """The clients and the monthly price, in whole pounds, on which the budget was set."""
        year = sum((self.cost(place, kind, 1, 12) for kind in CARES), Decimal(0))
        people = sum((self.counted(place, n) for n in range(1, 13)), 0)
        dearer = 1 + over(place)
        clients = int(pounds(Decimal(people) / 12 / (1 + over(place) / 2)))
        return clients, pounds(year / 12 / dearer / clients)

    def budget(self, place: str) -> dict[str, Decimal]:
        """The year's budget by kind of care: the basis over twelve months, and FNC as it costs."""
        clients, price = self.basis(place)
        weights = [self.cost(place, kind, 1, 12) for kind in CARES]
        found = dict(zip(CARES, shared(12 * clients * price, weights), strict=True))
        found[ONE_OFF] = pounds(self.cost(place, ONE_OFF, 1, 12))
        found[FNC] = pounds(self.cost(place, FNC, 1, 12))
        return found

    def planned(self, place: str) -> Iterator[tuple[str, str, Decimal, Decimal]]:
        """The year's budget by kind of care: care type, client group, client-weeks, weekly price.

        It comes to the budget of each kind but for pence of the price; the plan took another mix of
        client groups than the year brings. One-off costs are payments, at so much each.
        """
        budget = self.budget(place)
        for kind in CARES:
            yield from self._planned_groups(place, kind, budget[kind])
        payments = self.body.one_offs * 12
        yield ONE_OFF, "", Decimal(payments), pence(budget[ONE_OFF] / payments)
        yield FNC, "", pence(budget[FNC] / FNC_RATE), FNC_RATE

    def _planned_groups(
        self, place: str, kind: str, budget: Decimal
    ) -> Iterator[tuple[str, str, Decimal, Decimal]]:
        """A kind's budget by client group: fewer weeks than will come, at a lower price."""
        given = {group: self._given(place, kind, group) for group in GROUPS}
        drawn = [Chance(self.seed, "plan", place, kind, group) for group in GROUPS]
        weights = [
            given[group][1] * one.share("0.9300", "1.0700")
            for group, one in zip(GROUPS, drawn, strict=True)
        ]
        fewer = 1 + over(place) / 2
        costs = shared(budget, weights)
        for group, one, cost in zip(GROUPS, drawn, costs, strict=True):
            weeks = pence(given[group][0] / fewer * one.share("0.9700", "1.0300"))
            if weeks:
                yield kind, group, weeks, pence(cost / weeks)

    def _given(self, place: str, kind: str, group: str) -> tuple[Decimal, Decimal]:
        """Weeks of care that the year brings, and what they cost."""
        first, last = self._days(1, MONTHS_IN_YEAR)
        own = [
            rate
            for rate in self.rates
            if (rate.place, rate.kind, rate.group) == (place, kind, group)
        ]
        weeks = sum((Decimal(rate.days(first, last)) / 7 for rate in own), Decimal(0))
        return weeks, sum((rate.cost(first, last) for rate in own), Decimal(0))

    def known(self, number: int) -> Iterator[tuple[Rate, dt.date | None, dt.date | None]]:
        """The rates that began by the end of a month, with the ends that are known by then."""
        _, today = self._days(number, number)
        for rate in self.rates:
            if rate.starts <= today:
                ends, stops = (
                    day if day and day <= today else None for day in (rate.ends, rate.stops)
                )
                yield rate, ends, stops


def _of_place(seed: int, place: str, body: Body) -> Iterator[Rate]:
    chance = Chance(seed, "care", place)
    size = body.sizes[place]
    clients = int(body.clients * size)
    for number in range(clients):
        yield from _package(chance, place, number, _kind(chance), number % 6 == 0)
    for number in range(int(body.nursed * size)):
        yield from _package(chance, place, max(1000, clients) + number, FNC, False)
    for number in range(1, 13):
        for each in range(body.one_offs):
            yield _one_off(chance, place, number, each)
    for number in range(int(body.past * size)):
        yield from _past(chance, place, number)


def _past(chance: Chance, place: str, number: int) -> list[Rate]:
    """A package that ended before the first year, which the database still holds."""
    ends = first_day(1) - dt.timedelta(days=chance.between(40, 900))
    begins = ends - dt.timedelta(days=chance.between(20, 700))
    return _rates(chance, place, f"{number:04d}P", _kind(chance), begins, ends)


def _a_year_on(seed: int, place: str, before: Care, april: int) -> Iterator[Rate]:
    """Last year's packages a year on, those of the people who follow, and new one-off costs."""
    chance = Chance(seed, "care", place)
    for number, rate in enumerate(rate for rate in before.rates if rate.place == place):
        if rate.ends or rate.stops:
            yield rate
        elif rate.kind != FNC and number % 6 == 0:
            month = april + chance.between(1, 8)
            yield replace(rate, ends=last_day(month), has_died=chance.between(1, 2) == 1)
            code = f"{month_of(april).start % 100}{number:04d}"
            begins = first_day(month + 1)
            yield from _rates(chance, place, code, rate.kind, begins, None, april)
        else:
            yield from _dearer_in_july(chance, rate, april)
    for number in range(april, april + MONTHS_IN_YEAR):
        for each in range(before.body.one_offs):
            yield _one_off(chance, place, number, each)


def _kind(chance: Chance) -> str:
    drawn = chance.between(1, 100)
    for kind, share in SHARE_OF.items():
        drawn -= share
        if drawn <= 0:
            return kind
    return CARES[0]


def _package(chance: Chance, place: str, number: int, kind: str, turns_over: bool) -> list[Rate]:
    """A package that runs all year, or one that ends and makes room for another client's."""
    begins = first_day(1) - dt.timedelta(days=chance.between(20, 900))
    if number % 70 == 1:
        begins = first_day(chance.between(4, 8))
    if not turns_over:
        return _rates(chance, place, f"{number:04d}A", kind, begins, None)
    month = chance.between(2, 9)
    ends, after = last_day(month), first_day(month + 1)
    return [
        *_rates(chance, place, f"{number:04d}A", kind, begins, ends),
        *_rates(chance, place, f"{number:04d}B", kind, after, None),
    ]


def _rates(
    chance: Chance,
    place: str,
    code: str,
    kind: str,
    begins: dt.date,
    ends: dt.date | None,
    april: int = 1,
) -> list[Rate]:
    weekly = FNC_RATE
    if kind != FNC:
        weekly = Decimal(chance.between(*RATES[kind])) + Decimal(chance.between(0, 99)) / 100
        weekly = pence(weekly * DEARER) if begins >= first_day(april) else weekly
    made = _rate(chance, place, code, kind, begins, ends, weekly)
    return _dearer_in_july(chance, made, april)


def _dearer_in_july(chance: Chance, rate: Rate, april: int) -> list[Rate]:
    """The rate periods of a package in a year: most of standard care costs more from July."""
    july = first_day(april + 3)
    is_raised = rate.kind == "CHC standard" and not rate.ends and rate.begins < july
    if not is_raised or chance.between(1, 4) == 1:
        return [rate]
    weekly = pence(rate.weekly * Decimal("1.06"))
    return [
        replace(rate, stops=july - dt.timedelta(days=1)),
        replace(rate, starts=july, weekly=weekly),
    ]


def _rate(
    chance: Chance,
    place: str,
    code: str,
    kind: str,
    begins: dt.date,
    ends: dt.date | None,
    weekly: Decimal,
) -> Rate:
    named = f"{place[:3].upper()}{code}"
    number = f"999{chance.between(1_000_000, 9_999_999)}"
    return Rate(
        client=f"WXC-{named}",
        package=f"WXP-{named}",
        place=place,
        kind=kind,
        group=chance.one_of(GROUPS),
        provider=chance.one_of(("Thornfold Care", "Mossgate House", "Larkrise Homecare")),
        begins=begins,
        ends=ends,
        weekly=weekly,
        share=50 if kind == "Joint" else 100,
        starts=begins,
        stops=None,
        has_died=ends is not None and chance.between(1, 2) == 1,
        name=f"{chance.one_of(GIVEN_NAMES)} {chance.one_of(FAMILY_NAMES)}",
        nhs_number=f"{number[:3]} {number[3:6]} {number[6:]}",
        born=f"19{chance.between(30, 59)}-0{chance.between(1, 9)}-1{chance.between(0, 9)}",
    )


def _one_off(chance: Chance, place: str, number: int, each: int) -> Rate:
    day = first_day(number) + dt.timedelta(days=chance.between(2, 20))
    amount = Decimal(chance.between(400, 1_700))
    return _rate(chance, place, f"9{number:02d}{each}X", ONE_OFF, day, day, amount)
