"""What prices of medicines cost: price concessions (NCSO) and changes of Drug Tariff prices.

The methods are those of OpenPrescribing for concessions and of NHS Business Services Authority
(NHSBSA) for Category M, as the Drug Tariff dates the pharmacies' deductions. Prices are pounds for
a pack, quantities are in the pack's unit, and results are exact pounds, a cost being positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import cache

from boardpack.core.periods import Month

DIGITS = 50
_EXACT = Context(prec=DIGITS)
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

    >>> paid(Month(2023, 6), "M"), paid(Month(2015, 1), "M")
    (Paid(concession=Decimal('1'), tariff=Decimal('0.928')), Paid(concession=Decimal('0.928'),
    tariff=Decimal('0.928')))
    """
    if month < CONCESSION_IN_FULL_FROM:
        return Paid(ONE_DEDUCTION, ONE_DEDUCTION)
    if month < BY_CATEGORY_FROM:
        return Paid(IN_FULL, ONE_DEDUCTION)
    return Paid(IN_FULL, BY_CATEGORY.get(category, OTHERWISE))


@dataclass(frozen=True)
class Rise:
    """By how many pounds a pack of a size costs more (or less) than before."""

    amount: Decimal = NIL
    pack_size: Decimal = Decimal(1)

    def of(self, quantity: Decimal) -> Decimal:
        """What the rise adds to the cost of a quantity, to many digits."""
        return _EXACT.divide(_EXACT.multiply(quantity, self.amount), self.pack_size)


def concession_rise(concessions: Iterable[Change]) -> Rise:
    """The largest rise for a unit that concessions make; never below nil.

    Prescriptions do not tell the pack: where several packs have a concession, the dearest counts.
    """
    return _largest(
        Rise(max(NIL, c.now * c.share.concession - c.before * c.share.tariff), c.pack_size)
        for c in concessions
    )


def tariff_rise(changes: Iterable[Change]) -> Rise:
    """The largest rise for a unit that changed tariff prices make; below nil where all fell.

    For packs in one category in both months, without those on concession.
    """
    return _largest(Rise((c.now - c.before) * c.share.tariff, c.pack_size) for c in changes)


def ncso_cost(quantity: Decimal, concessions: Iterable[Change]) -> Decimal:
    """What concessions add to the cost of a quantity; never negative (see `concession_rise`)."""
    return concession_rise(concessions).of(quantity)


def tariff_effect(quantity: Decimal, changes: Iterable[Change]) -> Decimal:
    """What changed tariff prices add to the cost of a quantity, or take away (negative)."""
    return tariff_rise(changes).of(quantity)


def effect_from_nic(nic: Decimal, before: Decimal, now: Decimal) -> Decimal:
    """The part of a net ingredient cost (NIC) at the new price that the change of price makes.

    Gross, before deductions. The share is of the new price, at which the NIC was priced.

    >>> effect_from_nic(Decimal(1200), Decimal("10.00"), Decimal("12.00"))
    Decimal('200')
    """
    with localcontext() as context:
        context.prec = DIGITS
        return nic * (now - before) / now


def tariff_month(month: Month, category: str) -> Month:
    """The month whose tariff prices the items of a month: Category A follows the next one.

    >>> tariff_month(Month(2023, 6), "M").code, tariff_month(Month(2023, 6), "A").code
    ('M06', 'M07')
    """
    return month.earlier(-1) if category == FOLLOWING_MONTH else month


def carried_forward(
    quantities: Mapping[Month, Decimal], months: Iterable[Month]
) -> dict[Month, tuple[Decimal, bool]]:
    """The quantity of each month, and whether it is estimated.

    A month without data takes the last known quantity before it; before the first there is none,
    and the month is left out.

    >>> months = [Month(2023, number) for number in (1, 2, 3)]
    >>> found = carried_forward({Month(2023, 2): Decimal(90)}, months)
    >>> {month.code: said for month, said in found.items()}
    {'M02': (Decimal('90'), False), 'M03': (Decimal('90'), True)}
    """
    found: dict[Month, tuple[Decimal, bool]] = {}
    for month in sorted(months):
        known = [one for one in quantities if one <= month]
        if known:
            last = max(known)
            found[month] = quantities[last], last != month
    return found


def _largest(rises: Iterable[Rise]) -> Rise:
    return max(rises, key=lambda rise: _EXACT.divide(rise.amount, rise.pack_size), default=Rise())
