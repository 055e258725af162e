"""Monetary-unit sampling: every pound of a population has the same chance to be drawn.

The interval is the materiality divided by the reliability factor of the confidence, where no
misstatement is expected. Whatever is as large as the interval is taken; of the rest, in the order
of their names, every interval-th pound from a start that the seed gives. Amounts are counted in
pence and without their sign, so that an overspend counts like an underspend.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from boardpack.core.errors import UsageFault

LOWEST, HIGHEST = 50, 99
"""The per cent of confidence that may be asked for."""
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Plan:
    """What a sample is to give: the confidence in per cent, and the materiality in pounds.

    The seed says where drawing begins; the same seed draws the same.
    """

    confidence: int
    materiality: Decimal
    seed: int

    def __post_init__(self) -> None:
        if not LOWEST <= self.confidence <= HIGHEST:
            raise UsageFault(f"A confidence is from {LOWEST} to {HIGHEST} per cent.")
        if not self.materiality.is_finite() or self.interval < PENNY:
            raise UsageFault("A materiality is an amount in pounds, larger than nil.")

    @property
    def factor(self) -> Decimal:
        """The reliability factor for no expected misstatement, as tables give it: 3.00 for 95%.

        It is -ln(1 - confidence), rounded up to two places, so that the sample is never too small.
        """
        exact = -math.log((100 - self.confidence) / 100)
        return Decimal(math.ceil(round(exact * 100, 9))) / 100

    @property
    def interval(self) -> Decimal:
        """One pound in so many is drawn: materiality over factor, rounded down to the penny."""
        return (self.materiality / self.factor).quantize(PENNY, ROUND_DOWN)

    @property
    def start(self) -> Decimal:
        """The first pound that is drawn: from a penny to the interval, as the seed gives it."""
        digest = hashlib.sha256(f"boardpack monetary units {self.seed}".encode()).hexdigest()
        return Decimal(int(digest, 16) % _pence(self.interval) + 1) * PENNY


@dataclass(frozen=True)
class Drawn:
    """What was drawn: the items as large as the interval, and those that a drawn pound fell into.

    `hits` are of the rest, each with its pound, counted from the beginning. `nil` is how many items
    have no pound and so no chance. `gross` is the sum of all, `rest` that of what is smaller than
    the interval, both without signs.
    """

    whole: tuple[str, ...]
    hits: Mapping[str, Decimal]
    nil: int
    gross: Decimal
    rest: Decimal

    @property
    def items(self) -> tuple[str, ...]:
        """All that was drawn: the whole first, then the others."""
        return (*self.whole, *self.hits)


def monetary_units(amounts: Mapping[str, Decimal], plan: Plan) -> Drawn:
    """A sample of items by their amounts in pounds; an amount counts to the penny.

    >>> amounts = {"acute": Decimal(900_000), "community": Decimal(60_000), "nil": Decimal(0)}
    >>> drawn = monetary_units(amounts, Plan(95, Decimal(250_000), 1))
    >>> drawn.whole, list(drawn.hits), drawn.nil
    (('acute',), ['community'], 1)
    """
    pence = {name: _pence(abs(amounts[name])) for name in sorted(amounts)}
    interval = _pence(plan.interval)
    whole = tuple(name for name, amount in pence.items() if amount >= interval)
    rest = {name: amount for name, amount in pence.items() if 0 < amount < interval}
    hits = dict(_hits(rest, interval, _pence(plan.start)))
    return Drawn(
        whole,
        {name: Decimal(at) * PENNY for name, at in hits.items()},
        sum(not amount for amount in pence.values()),
        Decimal(sum(pence.values())) * PENNY,
        Decimal(sum(rest.values())) * PENNY,
    )


def _hits(rest: Mapping[str, int], interval: int, start: int) -> Iterator[tuple[str, int]]:
    """The items that hold a drawn penny, with that penny; none is as large as the interval."""
    passed, due = 0, start
    for name, amount in rest.items():
        passed += amount
        if due <= passed:
            yield name, due
            due += interval


def _pence(pounds: Decimal) -> int:
    return int((pounds / PENNY).quantize(Decimal(1), ROUND_HALF_UP))


def read_materiality(text: str) -> Decimal:
    """An amount in pounds as a person types it: `250000`, `250,000` or `£250,000.00`.

    >>> read_materiality("£250,000.00")
    Decimal('250000.00')
    """
    if not re.fullmatch(r"£?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]{1,2})?", text.strip()):
        raise UsageFault(f"A materiality is an amount in pounds, such as 250,000: {text!r}.")
    return Decimal(text.strip().lstrip("£").replace(",", ""))
