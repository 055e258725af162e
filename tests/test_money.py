"""Amounts: reading what finance prints, and rounding half up for display."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.money import brackets, digits, parse_amount, plain, round_half_up

PRINTED = [
    ("3,430", "3430", "1"),
    ("(2,213)", "-2213", "1"),
    ("-", "0", "1"),
    ("0", "0", "1"),
    ("(0)", "0", "1"),
    ("£744,146", "744146", "1"),
    ("-£26,467", "-26467", "1"),
    ("(£1.50)", "-1.50", "0.01"),
    ("9.30%", "9.30", "0.01"),
    ("£64.100m", "64100000", "1000"),
    ("£439,075k", "439075000", "1000"),
    ("£1.2k", "1200", "100"),
    ("1234.5", "1234.5", "0.1"),
]


@pytest.mark.parametrize(("text", "value", "unit"), PRINTED)
def test_reads_what_is_printed(text: str, value: str, unit: str) -> None:
    assert parse_amount(text) == (Decimal(value), Decimal(unit))


@pytest.mark.parametrize(
    "text", ["", "n/a", "12,34", "1,2345", "(1", "1)", "--1", "-(1)", "1e3", "£", "12 p", "######"]
)
def test_refuses_what_is_not_an_amount(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_amount(text)


def test_halves_go_away_from_zero() -> None:
    assert round_half_up(Decimal("4812.5")) == 4813
    assert round_half_up(Decimal("-4812.5")) == -4813
    assert round_half_up(Decimal("0.125"), Decimal("0.01")) == Decimal("0.13")


def test_prints_as_a_finance_table_does() -> None:
    assert brackets(Decimal(-2213000)) == "(2,213)"
    assert brackets(Decimal(0)) == "-"
    assert brackets(Decimal(-400)) == "(0)"
    assert digits(Decimal("9.539"), places=1) == "9.5"
    assert plain(Decimal("-2.213E+6")) == "-2213000"
    assert plain(Decimal("9.5400")) == "9.54"


@given(st.integers(-(10**12), 10**12))
def test_what_is_printed_in_pounds_reads_back(value: int) -> None:
    assert parse_amount(brackets(Decimal(value), Decimal(1)))[0] == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_rounding_is_never_further_than_half_a_unit(value: Decimal) -> None:
    assert abs(round_half_up(value) - value) <= Decimal("0.5")
