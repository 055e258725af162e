"""Whether the count of clients can be trusted to be one of people in care in the month.

A count that adds up everyone seen so far this year rises while the price per client falls, and
their product moves little. The paper calls that an inference. The product, which is the cost of a
month, is as good as before; a split of it into clients and price is not.
"""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.structure import ICB
from boardpack.figures.register import Register

LITTLE = Decimal("0.5")
"""The share of the growth in clients below which the growth in cost is little."""


def looks_cumulative(register: Register, place: str) -> bool:
    """Whether clients rise, the price falls and their product moves little.

    Clients that this product counts itself, from the packages of care, are those of the month.
    """
    counted = f"chc.{place}.accrued.ytd_actual"
    if counted in register or register.is_suppressed(counted):
        return False
    names = [f"chc.{place}.total.{name}_growth" for name in ("activity", "average_price", "cost")]
    if not all(name in register for name in names):
        return False
    activity, price, cost = (register.agreed(name).value for name in names)
    return activity > 0 > price and abs(cost) < activity * LITTLE


def is_split(register: Register, place: str) -> bool:
    """Whether a place's variance may be split into clients and price.

    It is not where the count of the place, or of all places together, looks cumulative: one extract
    counts in one way.
    """
    return not (looks_cumulative(register, place) or looks_cumulative(register, ICB))
