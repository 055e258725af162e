"""What rows of prescriptions add up to, exact: by key, and in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from boardpack.periods import Month

ItemKey = tuple[Month, str, str, str]
OtherKey = tuple[Month, str, str]
DIGITS = 50
_ZERO = Decimal(0)
Running = list[Any]  # rows, items, quantity, NIC, actual cost


@dataclass(frozen=True, slots=True)
class ItemSums:
    """What a set of rows adds up to: `quantity` of TOTAL_QUANTITY, money in pounds, all exact."""

    rows: int = 0
    items: int = 0
    quantity: Decimal = _ZERO
    nic: Decimal = _ZERO
    actual_cost: Decimal = _ZERO


def sum_items(sums: Iterable[ItemSums]) -> ItemSums:
    """The sum of sums, exact."""
    total = nothing()
    with localcontext() as context:
        context.prec = DIGITS
        for one in sums:
            add(total, one.rows, one.items, one.quantity, one.nic, one.actual_cost)
    return frozen(total)


@dataclass(frozen=True)
class OddRows:
    """Rows in which something is odd: how many, and the lines of the first of them."""

    count: int = 0
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class EpdSums:
    """A file added up: by month, practice, BNF and SNOMED code for the practices of the lookup.

    `others` has the rest by month, practice and PCO. `pcos` are those of the lookup's practices.
    """

    detail: Mapping[ItemKey, ItemSums]
    others: Mapping[OtherKey, ItemSums]
    pcos: frozenset[str]
    practice_names: Mapping[str, str]
    descriptions: Mapping[str, str]
    quantity_breaches: OddRows
    odd_snomed: OddRows
    odd_chemical: OddRows

    @property
    def months(self) -> list[Month]:
        """The months of the file, in order."""
        return sorted({month for month, *_ in self.detail} | {month for month, *_ in self.others})

    @property
    def own(self) -> dict[OtherKey, ItemSums]:
        """Practices that the lookup lacks in a PCO of the lookup: the ICB's own, then."""
        return {key: sums for key, sums in self.others.items() if self._is_own(key)}

    @property
    def outside(self) -> dict[OtherKey, ItemSums]:
        """Practices of PCOs that the lookup has none of."""
        return {key: sums for key, sums in self.others.items() if not self._is_own(key)}

    def _is_own(self, key: OtherKey) -> bool:
        return not key[2] or key[2] in self.pcos


def nothing() -> Running:
    """Running sums at their start."""
    return [0, 0, _ZERO, _ZERO, _ZERO]


def add(
    sums: Running, rows: int, items: int, quantity: Decimal, nic: Decimal, cost: Decimal
) -> None:
    """Add to running sums, in place."""
    sums[0] += rows
    sums[1] += items
    sums[2] += quantity
    sums[3] += nic
    sums[4] += cost


def frozen(sums: Running) -> ItemSums:
    """Running sums at their end."""
    return ItemSums(*sums)
