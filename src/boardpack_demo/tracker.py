"""The truth of savings: each place's schemes, planned late in the year and delivered later still.

A scheme falls behind until the autumn and catches up, so that its year comes to its plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack_demo.chance import Chance, pounds, shared

CATCHES_UP = 9
PHASING = tuple(map(Decimal, (4, 5, 6, 7, 8, 8, 9, 9, 10, 11, 11, 12)))
UNIDENTIFIED = "unidentified"
TARIFF = "Tariff Efficiency & Convergence"
_SCHEMES = (
    ("Tariff efficiency", TARIFF, True, "fully developed", "low", 1_900),
    ("Generic medicines and switches", "Prescribing", True, "in progress", "medium", 900),
    ("Self-care and low priority medicines", "Prescribing", True, "fully developed", "low", 450),
    ("Package reviews", "Continuing Care Services", True, "in progress", "high", 600),
    ("Community contract review", "Community Health Services", True, "fully developed", "low", 500),
    ("Placement step-down", "Mental Health Services", True, "opportunity", "high", 250),
    ("Vacancy factor", "Corporate Budgets", False, "fully developed", "low", 150),
    ("Still to be found", "Other Programme Services", False, UNIDENTIFIED, "high", 300),
)
FULL = frozenset({"eddlestow"})
"""The places whose schemes cover their whole requirement."""


@dataclass(frozen=True)
class Scheme:
    """A scheme with its plan and its delivery by month, in pounds; one not found delivers nil."""

    name: str
    place: str
    directorate: str
    is_recurrent: bool
    status: str
    risk: str
    plan: tuple[Decimal, ...]
    actual: tuple[Decimal, ...]

    @property
    def is_found(self) -> bool:
        """Whether anybody knows how it will be saved."""
        return self.status != UNIDENTIFIED


class Savings:
    """Every scheme of every place."""

    def __init__(self, seed: int, sizes: Mapping[str, Decimal]) -> None:
        self.schemes = tuple(
            scheme
            for place, size in sizes.items()
            for scheme in _of_place(Chance(seed, "savings", place), place, size)
            if scheme.is_found or place not in FULL
        )

    def of(self, place: str) -> tuple[Scheme, ...]:
        """A place's schemes."""
        return tuple(scheme for scheme in self.schemes if scheme.place == place)

    def requirement(self, place: str) -> Decimal:
        """What a place must save in the year: the plan of all its schemes."""
        return self.plan(place, 12)

    def plan(self, place: str, number: int) -> Decimal:
        """The plan to date."""
        return sum((sum(s.plan[:number], Decimal(0)) for s in self.of(place)), Decimal(0))

    def actual(self, place: str, number: int) -> Decimal:
        """What was saved to date."""
        return sum((sum(s.actual[:number], Decimal(0)) for s in self.of(place)), Decimal(0))

    def identified(self, place: str) -> Decimal:
        """The year's plan of the schemes that somebody has found."""
        found = (scheme for scheme in self.of(place) if scheme.is_found)
        return sum((sum(scheme.plan, Decimal(0)) for scheme in found), Decimal(0))


def _of_place(chance: Chance, place: str, size: Decimal) -> list[Scheme]:
    schemes = []
    for name, directorate, is_recurrent, status, risk, thousands in _SCHEMES:
        year = pounds(thousands * 1000 * size * chance.share("0.9000", "1.1000"))
        plan = shared(year, PHASING)
        actual = _delivered(chance, plan, name == "Tariff efficiency")
        if status == UNIDENTIFIED:
            actual = (Decimal(0),) * 12
        schemes.append(Scheme(name, place, directorate, is_recurrent, status, risk, plan, actual))
    return schemes


def _delivered(chance: Chance, plan: tuple[Decimal, ...], is_certain: bool) -> tuple[Decimal, ...]:
    if is_certain:
        return plan
    behind = [pounds(month * chance.share("0.8000", "0.9800")) for month in plan[:CATCHES_UP]]
    left = sum(plan, Decimal(0)) - sum(behind, Decimal(0))
    return (*behind, *shared(left, plan[CATCHES_UP:]))
