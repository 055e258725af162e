"""The truth of prescribing: what each place's practices prescribe month by month, and the budget.

Data comes two months in arrears, so the year to date carries the months known at their average.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from boardpack_demo.chance import Chance, pence, pounds
from boardpack_demo.icb import GROWTH
from boardpack_demo.sizes import AS_EVER, Body

ARREARS = 2
CENTRAL_DRUGS = Decimal("3.3")
CAT_M = Decimal("0.045")
FLU_FROM = 8
EARLIER = Decimal("0.003")
"""By how much less of a March's cost each month before it has."""
OVER = {
    "alderwick": Decimal("0.071"),
    "brockmere": Decimal("0.054"),
    "caldenhurst": Decimal("0.043"),
    "eddlestow": Decimal("-0.012"),
}
PARTS = (
    "pmd_excl_cat_m_ncso",
    "cat_m_ncso",
    "central_drugs",
    "flu_income",
    "prior_year",
    "pmd_ipp_difference",
)


@dataclass(frozen=True)
class Spend:
    """A place's year to date in whole pounds, by part; forecast for the year, exact."""

    parts: dict[str, Decimal]
    months: int

    @property
    def total(self) -> Decimal:
        """All parts together."""
        return sum(self.parts.values(), Decimal(0))

    def forecast(self, part: str) -> Decimal:
        """What a part comes to at this pace by the end of the year; the prior year stands once."""
        held = self.parts[part]
        return held if part == "prior_year" else pence(held * 12 / self.months)


class Medicines:
    """Monthly cost of each place's prescriptions, in pounds and pence, and the annual budgets.

    A year after the first grows on the one `before`, and begins from its last month.
    """

    def __init__(self, seed: int, before: Medicines | None = None, body: Body = AS_EVER) -> None:
        self._seed, self._before = seed, before
        self._sizes = body.sizes
        self._chance = Chance(seed, "medicines")
        self._base: Decimal = Decimal(2_950_000) if before is None else before._base * GROWTH
        self.monthly = {place: self._months(place) for place in self._sizes}
        march = Chance(seed, "medicines of March")
        self.march = {
            place: pence(self._base * self._sizes[place] * march.share("0.9350", "0.9650"))
            if before is None
            else before.monthly[place][-1]
            for place in self._sizes
        }
        self.prior = {
            place: -Decimal(self._chance.between(12_000, 40_000)) for place in self._sizes
        }
        self.difference = {place: Decimal(self._chance.between(300, 900)) for place in self._sizes}

    def _months(self, place: str) -> tuple[Decimal, ...]:
        base = self._base * self._sizes[place]
        return tuple(pence(base * self._chance.share("0.9800", "1.0200")) for _ in range(12))

    def annual_budget(self, place: str) -> Decimal:
        """The year's budget, a whole number of pounds a month."""
        year = sum(self.monthly[place], Decimal(0)) * (1 + CENTRAL_DRUGS / 100)
        over = OVER.get(place, Chance(0, "over of medicines", place).share("-0.0200", "0.0700"))
        return pounds(year / (1 + over) / 12) * 12

    def cost(self, place: str, number: int) -> Decimal:
        """What was prescribed in a month, Category M and concessions included.

        0 is the March before the year; earlier months grow towards it.
        """
        if number == 0:
            return self.march[place]
        if number < 0 and self._before is not None:
            return self._before.cost(place, number + 12)
        if number < 0:
            noise = Chance(self._seed, "medicines before", place, number).share("0.9850", "1.0150")
            return pence(self.march[place] * (1 + number * EARLIER) * noise)
        return self.monthly[place][number - 1]

    def spend(self, place: str, number: int) -> Spend | None:
        """The year to date as it is known in a month; None while no data has come."""
        known = number - ARREARS
        if known < 1:
            return None
        medicines = sum(self.monthly[place][:known], Decimal(0)) * number / known
        cat_m = pounds(medicines * CAT_M)
        pmd = pounds(medicines) - cat_m
        flu = -pounds(10_000 * self._sizes[place]) * (number - FLU_FROM + 1)
        found = (
            pmd,
            cat_m,
            pounds((pmd + cat_m) * CENTRAL_DRUGS / 100),
            flu if number >= FLU_FROM else Decimal(0),
            self.prior[place],
            self.difference[place] * number,
        )
        return Spend(dict(zip(PARTS, found, strict=True)), number)
