"""What the made-up finance team estimates each month, and what it later proves to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from boardpack_demo.care import last_day
from boardpack_demo.chance import Chance, pounds
from boardpack_demo.icb import DIRECTORATES
from boardpack_demo.table import Cell, Table, table
from boardpack_demo.truth import Truth

MARGIN = Decimal("0.08")
"""How far from the amount the team thinks that the actual may lie, either way."""


@dataclass(frozen=True)
class Matter:
    """Something that is estimated from one month until it is known in another."""

    ref: str
    directorate: str
    what: str
    method: str
    monthly: int
    begins: int
    settled: int
    places: tuple[str, ...] = ()
    """Where it is estimated; everywhere if none is named."""


MATTERS = (
    Matter(
        "PAY",
        "community_health_services",
        "Pay award in the community contract",
        "The national offer on the contract's pay bill",
        21_000,
        1,
        4,
        ("alderwick", "caldenhurst"),
    ),
    Matter(
        "UPL",
        "mental_health_services",
        "Price uplift of placements not yet agreed",
        "Two per cent on placements in the ledger",
        14_000,
        3,
        6,
    ),
    Matter(
        "INF",
        "community_health_services",
        "Inflation not agreed with equipment supplier",
        "Last year's increase on this year's orders",
        9_000,
        5,
        10,
        ("alderwick", "brockmere"),
    ),
    Matter(
        "NCA",
        "acute_services",
        "Treatment away from home not yet billed",
        "Average of last year's bills for these months",
        17_000,
        8,
        12,
        ("brockmere", "caldenhurst", "eddlestow"),
    ),
)


def estimates(truth: Truth, number: int) -> Table | None:
    """The estimates that stand in a month, and those of the year that are known by now."""
    rows = [row for place in truth.body.places for row in _rows(truth, place, number)]
    header = "ref place directorate what method amount low high months expected actual"
    return table(header, rows) if rows else None


def _rows(truth: Truth, place: str, number: int) -> Iterator[tuple[Cell, ...]]:
    seed, year = truth.seed, f"-{truth.month(1).start % 100}" if truth.years else ""
    for matter in MATTERS:
        if place in (matter.places or (place,)) and matter.begins <= number:
            is_known = number >= matter.settled
            last = min(number, matter.settled - 1)
            amount = _amount(seed, (place, truth.body.sizes[place]), matter, last)
            yield (
                f"{matter.ref}-{place[:3].upper()}{year}",
                place,
                DIRECTORATES[matter.directorate],
                matter.what,
                matter.method,
                f"{amount}.00",
                f"{pounds(amount * (1 - MARGIN))}.00",
                f"{pounds(amount * (1 + MARGIN))}.00",
                _months(truth, matter.begins, last),
                f"{last_day(truth.counted(matter.settled)):%Y-%m-%d}",
                f"{_actual(seed, place, matter, amount)}.00" if is_known else "",
            )


def _months(truth: Truth, first: int, last: int) -> str:
    """`April` or `April to June`, without the year, which the file's folder says."""
    names = [truth.month(number).name.split()[0] for number in (first, last)]
    return " to ".join(dict.fromkeys(names))


def _amount(seed: int, at: tuple[str, Decimal], matter: Matter, last: int) -> Decimal:
    place, size = at
    chance = Chance(seed, "estimate", place, matter.ref)
    monthly = matter.monthly * size * chance.share("0.85", "1.15")
    return pounds(monthly * (last - matter.begins + 1))


def _actual(seed: int, place: str, matter: Matter, amount: Decimal) -> Decimal:
    """What it proves to be, which is not always within the team's range."""
    chance = Chance(seed, "known estimate", place, matter.ref)
    return pounds(amount * chance.share("0.90", "1.12"))
