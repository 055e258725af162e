"""Chance that is the same for a seed: each part of the truth draws from a stream of its own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from boardpack.core.money import round_half_up

POUND, PENNY = Decimal(1), Decimal("0.01")
T = TypeVar("T")


class Chance:
    """A stream of draws for one seed and one purpose: no other stream changes it."""

    def __init__(self, seed: int, *purpose: object) -> None:
        self._random = random.Random(":".join(map(str, (seed, *purpose))))

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def share(self, least: str, most: str) -> Decimal:
        """A share with four decimals, both ends included."""
        low, high = (int(Decimal(end) * 10_000) for end in (least, most))
        return Decimal(self.between(low, high)) / 10_000

    def one_of(self, choices: Sequence[T]) -> T:
        """One of several, each as likely."""
        return choices[self.between(0, len(choices) - 1)]

    def split(self, whole: Decimal, parts: int, unit: Decimal = POUND) -> tuple[Decimal, ...]:
        """A whole in uneven parts of whole units that add up to it exactly."""
        weights = [Decimal(self.between(60, 140)) for _ in range(parts)]
        return shared(whole, weights, unit)


def shared(
    whole: Decimal, weights: Sequence[Decimal], unit: Decimal = POUND
) -> tuple[Decimal, ...]:
    """A whole by weights, in whole units; the last part takes what rounding leaves."""
    total = sum(weights, Decimal(0))
    parts = [round_half_up(whole * weight / total, unit) for weight in weights[:-1]]
    return (*parts, whole - sum(parts, Decimal(0)))


def pounds(amount: Decimal) -> Decimal:
    """To the nearest pound."""
    return round_half_up(amount, POUND)


def pence(amount: Decimal) -> Decimal:
    """To the nearest penny."""
    return round_half_up(amount, PENNY)
