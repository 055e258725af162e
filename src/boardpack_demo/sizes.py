"""How large the made-up ICB is: its places, and how many rows tell its one truth.

The truth is the same lines of budget whatever the size. At a real ICB's size each is written as
many accounts, each of those under several analysis codes, and the care database keeps packages
that ended years ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from boardpack.core.errors import UsageFault
from boardpack_demo.icb import MORE_PLACES, PLACES, SIZES

FEWEST, MOST = len(PLACES), len(PLACES) + len(MORE_PLACES)
LONGEST_ITEMS = 36


class Size(StrEnum):
    """Small enough to look at, or a real ICB's."""

    SMALL = "small"
    REAL = "real"


@dataclass(frozen=True)
class Body:
    """How large it is; people, payments and practices are made up whatever their number.

    `clients`, `nursed` and `past` are people of a place of size one: with care, with funded nursing
    care, and with packages that ended before the first year. `one_offs` are a place's single
    payments a month, `networks` its networks with their practices, `payments` those over the
    published threshold in a month. `ledger_rows` and `balance_rows` say about how many rows the
    lines are written as; nil is one each. `months_of_items` goes back from the latest month that
    is known; nil is from the March before the year.
    """

    places: Mapping[str, str] = field(default_factory=lambda: PLACES)
    sizes: Mapping[str, Decimal] = field(default_factory=lambda: SIZES)
    networks: Mapping[str, int] = field(default_factory=lambda: {"North": 3, "South": 2})
    clients: int = 130
    nursed: int = 45
    past: int = 0
    one_offs: int = 9
    payments: int = 24
    ledger_rows: int = 0
    balance_rows: int = 0
    months_of_items: int = 0

    @property
    def whole(self) -> Decimal:
        """The size of all places together, where Alderwick is one."""
        return sum(self.sizes.values(), Decimal(0))


AS_EVER = Body()
"""Four places, and a row for each line: small enough to look at."""


def body_of(size: Size = Size.SMALL, places: int = FEWEST, items: int = 0, times: int = 1) -> Body:
    """The body of a size and number of places, with so many months of items.

    `times` is how many times a real one its ledger and its packages are, to see how cost grows.
    Raises UsageFault for what there is not.
    """
    if not FEWEST <= places <= MOST:
        raise UsageFault(f"The made-up ICB has {FEWEST} to {MOST} places.")
    if not 0 <= items <= LONGEST_ITEMS:
        raise UsageFault(f"Items go back {LONGEST_ITEMS} months at most.")
    more = MORE_PLACES[: places - FEWEST]
    names = {**PLACES, **{slug: name for slug, name, _ in more}}
    sizes = {**SIZES, **{slug: size_of for slug, _, size_of in more}}
    if size is Size.SMALL:
        return Body(names, sizes, months_of_items=items)
    whole = sum(sizes.values(), Decimal(0))

    def shared_out(people: int) -> int:
        """People of a place of size one, so that all places have as many whatever their number."""
        return int(people * times / whole)

    return Body(
        names,
        sizes,
        {"North": 12, "South": 10, "East": 9, "West": 9} if places == FEWEST else {"North": 8},
        clients=shared_out(2_500),
        nursed=shared_out(1_500),
        past=shared_out(13_500),
        one_offs=120 // places,
        payments=1_500,
        ledger_rows=40_000 * times,
        balance_rows=200_000 * times,
        months_of_items=items,
    )
