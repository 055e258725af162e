"""Prices of items a second time, in the plainest way: fractions, loops, and no product.

It takes the rows of the tests' home as they were meant, and nothing of what it checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from items_home import PRACTICES, Granted, Item, TariffPack, bnf_code

PAID_OF_TARIFF = Fraction(928, 1000)
"""Of the year 2023/24, when a concession was paid in full."""
PLACES = sorted(set(PRACTICES.values()))
NOW, THEN = "202307", "202306"


@dataclass(frozen=True)
class Prices:
    """The tariffs of July, of the baseline and of August, and all concessions."""

    tariff: Sequence[TariffPack]
    baseline: Sequence[TariffPack]
    following: Sequence[TariffPack]
    granted: Sequence[Granted]


def plain_effects(items: Sequence[Item], prices: Prices) -> dict[str, dict[str, Fraction]]:
    """By place: what concessions cost, and what each category's prices did, in pounds and pence."""
    found = {}
    for place in PLACES:
        lines = plain_lines(items, prices, place)
        found[place.lower()] = {
            name: sum((amount for kind, amount in lines if kind == name), Fraction(0))
            for name in ("ncso", "M", "A", "C")
        }
    return found


def plain_lines(items: Sequence[Item], prices: Prices, place: str) -> list[tuple[str, Fraction]]:
    """Each practice's presentation of July in a place: what it comes under, and its amount."""
    found = []
    for practice, name in sorted({(item.practice, item.name) for item in items}):
        if PRACTICES.get(practice) == place:
            mine = [i for i in items if (i.practice, i.name, i.month) == (practice, name, NOW)]
            quantity = sum(item.quantity * item.items for item in mine)
            kind, rise = plain_rise(name, prices)
            found.append((kind, penny(quantity * rise)))
    return found


def plain_rise(name: str, prices: Prices) -> tuple[str, Fraction]:
    """What the prices of July add to a unit of a medicine, and what that comes under."""
    packs = [pack for pack in prices.tariff if pack.medicine == name]
    conceded = concession_rises(packs, prices.granted, "2023-07")
    if conceded:
        return "ncso", max(conceded)
    for category in "MAC":
        now = prices.following if category == "A" else prices.tariff
        rises = []
        for pack in packs:
            for old in prices.baseline:
                for new in now:
                    same = {(one.product, one.number) for one in (pack, old, new)}
                    kinds = {pack.category, old.category, new.category}
                    if len(same) == 1 and kinds == {category}:
                        change = Fraction(new.price - old.price, 100) * PAID_OF_TARIFF
                        rises.append(change / pack.size)
        if rises:
            return category, max(rises)
    return "", Fraction(0)


def concession_rises(
    packs: Iterable[TariffPack], granted: Iterable[Granted], month: str
) -> list[Fraction]:
    """What each concession of a month adds to a unit of its pack."""
    rises = []
    for pack in packs:
        for one in granted:
            is_its = one.drug == pack.medicine and one.size in ("", str(pack.size))
            if is_its and one.month == month:
                rise = Fraction(one.price) - Fraction(pack.price, 100) * PAID_OF_TARIFF
                rises.append(max(Fraction(0), rise / pack.size))
    return rises


def plain_other_price(items: Sequence[Item], prices: Prices, place: str) -> Fraction:
    """What the bridge of a place leaves unexplained, from each presentation's own prices.

    The price of a unit now less then, at the quantity of now, less what the tariff and the change
    of concessions explain of it; nothing for what nobody prescribed then.
    """
    left = Fraction(0)
    named = {(bnf_code(item), item.name) for item in items}
    for code, name in sorted(named):
        cost_now, now = _of(items, code, place, NOW)
        before = [_of(items, code, place, THEN), _of(items, code, "", THEN)]
        known = [(cost, quantity) for cost, quantity in before if quantity]
        if not known:
            continue
        cost_then, then = known[0]
        own = [i for i in items if bnf_code(i) == code]
        explained = sum((amount for _, amount in plain_lines(own, prices, place)), Fraction(0))
        packs = [pack for pack in prices.baseline if pack.medicine == name]
        conceded = max(concession_rises(packs, prices.granted, "2023-06"), default=Fraction(0))
        left += cost_now - penny(now * cost_then / then) - explained + penny(now * conceded)
    return left


def _of(items: Sequence[Item], code: str, place: str, month: str) -> tuple[Fraction, Fraction]:
    """Cost and quantity of a presentation in a month, in a place or in all that are known."""
    cost = quantity = Fraction(0)
    for item in items:
        where = PRACTICES.get(item.practice)
        is_its = item.month == month and bnf_code(item) == code
        if is_its and where in ([place] if place else PLACES):
            cost += Fraction(item.cost)
            quantity += item.quantity * item.items
    return cost, quantity


def penny(amount: Fraction) -> Fraction:
    """To the penny, halves away from nil."""
    size = floor(abs(amount) * 100 + Fraction(1, 2))
    return Fraction(size if amount >= 0 else -size, 100)
