"""Concessions and Category M a second time, in the plainest way: fractions, loops, and no product.

It takes the rows of the tests' home as they were meant, and nothing of what it checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from items_home import PRACTICES, Granted, Item, TariffPack

PAID_OF_TARIFF = Fraction(928, 1000)
"""Of July 2023, when a concession was paid in full."""


def plain_effects(
    items: Sequence[Item],
    tariff: Sequence[TariffPack],
    concessions: Sequence[Granted],
    baseline: Sequence[TariffPack],
) -> dict[str, tuple[Fraction, Fraction]]:
    """By place: what concessions cost, and what Category M prices did, in pounds and pence."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for place in sorted(set(PRACTICES.values())):
        ncso = category_m = Fraction(0)
        for medicine in sorted({pack.medicine for pack in tariff}):
            quantity = sum(
                item.quantity
                for item in items
                if item.name == medicine and PRACTICES.get(item.practice) == place
            )
            packs = [pack for pack in tariff if pack.medicine == medicine]
            rises = _concession_rises(packs, concessions)
            if rises:
                ncso += _penny(quantity * max(rises))
            elif changes := _category_m_rises(packs, baseline):
                category_m += _penny(quantity * max(changes))
        found[place.lower()] = ncso, category_m
    return found


def _concession_rises(packs: list[TariffPack], granted: Sequence[Granted]) -> list[Fraction]:
    rises = []
    for pack in packs:
        for one in granted:
            if one.drug == pack.medicine and one.size in ("", str(pack.size)):
                rise = Fraction(one.price) - Fraction(pack.price, 100) * PAID_OF_TARIFF
                rises.append(max(Fraction(0), rise / pack.size))
    return rises


def _category_m_rises(packs: list[TariffPack], baseline: Sequence[TariffPack]) -> list[Fraction]:
    rises = []
    for pack in packs:
        for old in baseline:
            is_same = (old.product, old.number) == (pack.product, pack.number)
            if is_same and old.category == pack.category == "M":
                change = Fraction(pack.price - old.price, 100) * PAID_OF_TARIFF
                rises.append(change / pack.size)
    return rises


def _penny(amount: Fraction) -> Fraction:
    """To the penny, halves away from nil."""
    size = floor(abs(amount) * 100 + Fraction(1, 2))
    return Fraction(size if amount >= 0 else -size, 100)
