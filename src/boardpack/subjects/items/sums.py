"""What rows of prescriptions add up to, exact: by key, and in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from boardpack.core.money import plain

DIGITS = 50
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemSums:
    """What a set of rows adds up to: `quantity` of TOTAL_QUANTITY, money in pounds, all exact."""

    rows: int = 0
    items: int = 0
    quantity: Decimal = _ZERO
    nic: Decimal = _ZERO
    actual_cost: Decimal = _ZERO


def sum_items(sums: Iterable[ItemSums]) -> ItemSums:
    """The sum of sums, exact.

    >>> sum_items([ItemSums(1, 2, nic=Decimal("1.10")), ItemSums(2, 3, nic=Decimal("0.05"))]).nic
    Decimal('1.15')
    """
    rows, items, quantity, nic, cost = 0, 0, _ZERO, _ZERO, _ZERO
    with localcontext() as context:
        context.prec = DIGITS
        for one in sums:
            rows, items = rows + one.rows, items + one.items
            quantity, nic, cost = quantity + one.quantity, nic + one.nic, cost + one.actual_cost
    return ItemSums(rows, items, quantity, nic, cost)


@dataclass(frozen=True)
class OddRows:
    """Rows in which something is odd: how many, and the lines of the first of them."""

    count: int = 0
    lines: tuple[int, ...] = ()


def exact_sum(amount: Decimal) -> Decimal:
    """A sum of an engine, which pads it with noughts, as its shortest exact decimal.

    >>> exact_sum(Decimal("12.5000"))
    Decimal('12.5')
    """
    return Decimal(plain(amount))


def read_sums(told: Sequence[Any]) -> ItemSums:
    """Rows, items, quantity, NIC and actual cost as an engine gives them.

    >>> read_sums(["2", None, Decimal("12.500"), None, Decimal("1.00")])
    ItemSums(rows=2, items=0, quantity=Decimal('12.5'), nic=Decimal('0'), actual_cost=Decimal('1'))
    """
    rows, items, *amounts = told
    return ItemSums(int(rows), int(items or 0), *(exact_sum(a or _ZERO) for a in amounts))
