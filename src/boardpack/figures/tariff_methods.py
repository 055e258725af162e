"""What prices of medicines cost: price concessions (NCSO) and changes of Category M prices.

The methods are those of OpenPrescribing for concessions and of NHS Business Services Authority
(NHSBSA) for Category M, as the Drug Tariff dates the pharmacies' deductions. Prices are pounds for
a pack, quantities are in the pack's unit, and results are exact pounds, a cost being positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

from boardpack.periods import Month

DIGITS = 50
NIL = Decimal(0)
APPLIANCE = "IX"
"""The part of the Drug Tariff that lists appliances, which have a deduction of their own."""
CONCESSION_IN_FULL_FROM = Month(2023, 1)
"""April 2023: from here on nothing is deducted from a concession."""
BY_CATEGORY_FROM = Month(2024, 1)
"""April 2024: from here on the deduction from the tariff price depends on the category."""
ONE_DEDUCTION = Decimal("0.928")
IN_FULL = Decimal(1)
BY_CATEGORY = {"A": Decimal("0.80"), "M": Decimal("0.80"), APPLIANCE: Decimal("0.9015")}
OTHERWISE = Decimal("0.95")
FOLLOWING_MONTH = "A"
"""The category that is paid at the following month's tariff."""


@dataclass(frozen=True)
class Paid:
    """The share that pharmacies are paid of a concession, and of a tariff price."""

    concession: Decimal
    tariff: Decimal


@dataclass(frozen=True)
class Change:
    """Two prices of one pack (VMPP), both before deductions, and what is paid of them.

    For a concession `before` is the tariff price and `now` the concession, in one month.
    """

    pack_size: Decimal
    before: Decimal
    now: Decimal
    share: Paid


@cache
def paid(month: Month, category: str) -> Paid:
    """What is paid of the prices of a month, for a tariff category or `APPLIANCE`.

    Source: Drug Tariff Part V, deduction scale, as the project's domain notes date it.
    """
    if month < CONCESSION_IN_FULL_FROM:
        return Paid(ONE_DEDUCTION, ONE_DEDUCTION)
    if month < BY_CATEGORY_FROM:
        return Paid(IN_FULL, ONE_DEDUCTION)
    return Paid(IN_FULL, BY_CATEGORY.get(category, OTHERWISE))


def ncso_cost(quantity: Decimal, concessions: Iterable[Change]) -> Decimal:
    """What concessions add to the cost of a quantity; never negative.

    Where several packs have one, the largest increase for a unit counts: prescriptions do not tell
    the pack.
    """
    increases = (
        (max(NIL, c.now * c.share.concession - c.before * c.share.tariff), c.pack_size)
        for c in concessions
    )
    return _largest(quantity, increases)


def category_m_effect(quantity: Decimal, changes: Iterable[Change]) -> Decimal:
    """What changed tariff prices add to the cost of a quantity, or take away (negative).

    For packs in Category M in both months, without those on concession, which `ncso_cost` counts.
    Where several packs match, the largest increase for a unit counts, as for concessions.
    """
    return _largest(quantity, (((c.now - c.before) * c.share.tariff, c.pack_size) for c in changes))


def effect_from_nic(nic: Decimal, before: Decimal, now: Decimal) -> Decimal:
    """The part of a net ingredient cost (NIC) at the new price that the change of price makes.

    Gross, before deductions. The share is of the new price, at which the NIC was priced.
    """
    with localcontext() as context:
        context.prec = DIGITS
        return nic * (now - before) / now


def tariff_month(month: Month, category: str) -> Month:
    """The month whose tariff prices the items of a month: Category A follows the next one."""
    return month.earlier(-1) if category == FOLLOWING_MONTH else month


def carried_forward(
    quantities: Mapping[Month, Decimal], months: Iterable[Month]
) -> dict[Month, tuple[Decimal, bool]]:
    """The quantity of each month, and whether it is estimated.

    A month without data takes the last known quantity before it; before the first there is none,
    and the month is left out.
    """
    found: dict[Month, tuple[Decimal, bool]] = {}
    for month in sorted(months):
        known = [one for one in quantities if one <= month]
        if known:
            last = max(known)
            found[month] = quantities[last], last != month
    return found


def _largest(quantity: Decimal, increases: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The quantity at the largest rise for a unit, to many digits."""
    with localcontext() as context:
        context.prec = DIGITS
        return max((quantity * increase / size for increase, size in increases), default=NIL)
