"""Concessions, Category M and deductions by date: worked examples, and rules for all numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.core.money import round_half_up
from boardpack.core.periods import Month
from boardpack.subjects.items.tariff_methods import (
    APPLIANCE,
    Change,
    Paid,
    carried_forward,
    effect_from_nic,
    ncso_cost,
    paid,
    tariff_effect,
    tariff_month,
)

JULY_2023 = Month(2023, 4)
PRICES = st.decimals("0.01", "500", places=2)
QUANTITIES = st.integers(0, 10**7).map(Decimal)
SIZES = st.sampled_from([Decimal(n) for n in ("1", "7", "28", "30", "2.5", "100")])
SHARES = st.sampled_from([paid(Month(year, 1), "M") for year in (2022, 2023, 2024)])
CHANGES = st.builds(Change, SIZES, PRICES, PRICES, SHARES)


def _change(size: str, before: str, now: str, share: Paid) -> Change:
    return Change(Decimal(size), Decimal(before), Decimal(now), share)


def test_a_concession_costs_what_the_worked_example_says() -> None:
    granted = _change("28", "0.91", "3.38", paid(JULY_2023, "M"))
    assert round_half_up(ncso_cost(Decimal(100_000), [granted])) == 9055


def test_the_share_of_nic_is_of_the_new_price_as_in_the_worked_example() -> None:
    effect = effect_from_nic(Decimal(10_107), Decimal("0.86"), Decimal("2.83"))
    assert round_half_up(effect) == 7036
    assert round_half_up(Decimal(10_107) * Decimal("1.97") / Decimal("0.86")) != 7036


@pytest.mark.parametrize(
    ("year", "number", "category", "concession", "tariff"),
    [
        (2022, 12, "M", "0.928", "0.928"),
        (2022, 12, "C", "0.928", "0.928"),
        (2023, 1, "A", "1", "0.928"),
        (2023, 12, APPLIANCE, "1", "0.928"),
        (2024, 1, "A", "1", "0.80"),
        (2024, 1, "M", "1", "0.80"),
        (2024, 1, APPLIANCE, "1", "0.9015"),
        (2024, 1, "C", "1", "0.95"),
        (2026, 3, "H", "1", "0.95"),
    ],
)
def test_deductions_change_on_their_dates(
    year: int, number: int, category: str, concession: str, tariff: str
) -> None:
    assert paid(Month(year, number), category) == Paid(Decimal(concession), Decimal(tariff))


def test_a_concession_below_the_tariff_costs_nothing_and_never_saves() -> None:
    share = paid(JULY_2023, "M")
    assert ncso_cost(Decimal(500), [_change("28", "3.00", "2.00", share)]) == 0
    assert ncso_cost(Decimal(500), []) == 0
    assert tariff_effect(Decimal(500), [_change("28", "3.00", "2.00", share)]) < 0


def test_of_several_packs_the_largest_rise_for_a_unit_counts() -> None:
    share = paid(JULY_2023, "M")
    small, large = _change("7", "1.00", "2.00", share), _change("28", "1.00", "4.00", share)
    assert ncso_cost(Decimal(28), [large, small]) == ncso_cost(Decimal(28), [small])
    assert ncso_cost(Decimal(28), [small]) == 4 * (Decimal(2) - Decimal("0.928"))


@given(QUANTITIES, st.lists(CHANGES, max_size=4))
def test_a_plain_sum_in_fractions_agrees(quantity: Decimal, changes: list[Change]) -> None:
    ncso, category_m = [Fraction(0)], list[Fraction]()
    for one in changes:
        of_concession, of_tariff = Fraction(one.share.concession), Fraction(one.share.tariff)
        rise = Fraction(one.now) * of_concession - Fraction(one.before) * of_tariff
        ncso.append(Fraction(quantity) / Fraction(one.pack_size) * rise)
        change = (Fraction(one.now) - Fraction(one.before)) * of_tariff
        category_m.append(Fraction(quantity) / Fraction(one.pack_size) * change)
    tiny = Fraction(1, 10**30)
    assert abs(Fraction(ncso_cost(quantity, changes)) - max(ncso)) < tiny
    expected = max(category_m, default=Fraction(0))
    assert abs(Fraction(tariff_effect(quantity, changes)) - expected) < tiny


@given(QUANTITIES, PRICES, PRICES, SIZES)
def test_the_effect_from_nic_is_the_effect_before_deductions(
    quantity: Decimal, before: Decimal, now: Decimal, size: Decimal
) -> None:
    gross = tariff_effect(quantity, [Change(size, before, now, Paid(Decimal(1), Decimal(1)))])
    nic = quantity * now / size
    assert abs(effect_from_nic(nic, before, now) - gross) < Decimal("0.000001")


def test_category_a_follows_the_tariff_of_the_month_after() -> None:
    assert tariff_month(Month(2023, 12), "A") == Month(2024, 1)
    assert tariff_month(Month(2023, 12), "M") == Month(2023, 12)


def test_months_without_data_take_the_last_quantity_and_are_estimated() -> None:
    known = {Month(2023, 2): Decimal(20), Month(2023, 4): Decimal(40)}
    months = [Month(2023, number) for number in range(1, 7)]
    assert carried_forward(known, months) == {
        Month(2023, 2): (Decimal(20), False),
        Month(2023, 3): (Decimal(20), True),
        Month(2023, 4): (Decimal(40), False),
        Month(2023, 5): (Decimal(40), True),
        Month(2023, 6): (Decimal(40), True),
    }
