"""Which packages of a database give care, or are paid at once, in a period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from boardpack.subjects.chc.packages import END, Database, Package

FIRST, LAST = dt.date(2024, 9, 1), dt.date(2024, 9, 30)
BEFORE, AFTER = dt.date(2024, 8, 31), dt.date(2024, 10, 1)


def package(
    begins: dt.date, ends: dt.date = END, rate: str = "700", once: bool = False, care: str = "FNC"
) -> Package:
    return Package(2, "c", "p", "p1", care, begins, ends, Decimal(rate), Decimal(1), once)


@pytest.mark.parametrize(
    ("one", "is_in"),
    [
        (package(BEFORE), True),
        (package(LAST), True),
        (package(AFTER), False),
        (package(BEFORE, FIRST), True),
        (package(BEFORE, BEFORE), False),
        (package(BEFORE, AFTER, rate="0"), True),
        (package(BEFORE, AFTER, care="Residential"), True),
        (package(FIRST, once=True), True),
        (package(LAST, once=True), True),
        (package(BEFORE, AFTER, once=True), False),
        (package(AFTER, once=True), False),
        (package(FIRST, rate="0", once=True), False),
    ],
)
def test_a_package_is_in_a_period_by_its_days_and_a_one_off_by_its_payment(
    one: Package, is_in: bool
) -> None:
    assert Database("chc_packages.csv", "", None, (one,)).during(FIRST, LAST) == (one,) * is_in


def test_each_period_has_its_own_packages_in_the_order_of_the_rows() -> None:
    ended, runs, later = package(BEFORE, BEFORE), package(BEFORE), package(LAST)
    database = Database("chc_packages.csv", "", None, (later, ended, runs))
    for _ in range(2):
        assert database.during(FIRST, LAST) == (later, runs)
        assert database.during(BEFORE, BEFORE) == (ended, runs)
        assert database.during(FIRST, FIRST) == (runs,)
