"""Amounts: reading what finance prints, and rounding half up for display."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.core.money import (
    brackets,
    digits,
    exact_pounds,
    parse_amount,
    plain,
    round_half_up,
    signed_brackets,
)

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
    ("–", "0", "1"),
    (" 1 234 ", "1234", "1"),
    ("£1.5M", "1500000", "100000"),
    ("2K", "2000", "1000"),
    ("(0.5k)", "-500", "100"),
    ("-0.25", "-0.25", "0.01"),
    ("1,234,567.80", "1234567.80", "0.01"),
]


@pytest.mark.parametrize(("text", "value", "unit"), PRINTED)
def test_reads_what_is_printed(text: str, value: str, unit: str) -> None:
    assert parse_amount(text) == (Decimal(value), Decimal(unit))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "12,34",
        "1,2345",
        "(1",
        "1)",
        "--1",
        "-(1)",
        "1e3",
        "£",
        "12 p",
        "######",
        "(-)",
        "(-1)",
        "1%%",
        "1x",
    ],
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


@pytest.mark.parametrize(
    ("value", "unit", "rounded"),
    [
        ("0.5", "1", "1"),
        ("0.4999", "1", "0"),
        ("-0.5", "1", "-1"),
        ("1500", "1000", "2000"),
        ("2500", "1000", "3000"),
        ("-2500", "1000", "-3000"),
        ("2499.99", "1000", "2000"),
        ("12345678901234567890123456789012345678.5", "1", "12345678901234567890123456789012345679"),
    ],
)
def test_rounding_is_to_the_nearest_unit(value: str, unit: str, rounded: str) -> None:
    assert round_half_up(Decimal(value), Decimal(unit)) == Decimal(rounded)


def test_without_a_unit_rounding_is_to_the_pound() -> None:
    assert str(round_half_up(Decimal("4812.5"))) == "4813"


def test_very_long_amounts_are_rounded_to_fifty_digits_and_no_more() -> None:
    assert round_half_up(Decimal("9" * 49 + ".5")) == Decimal(10) ** 49
    assert round_half_up(Decimal("1" + "0" * 49)) == Decimal(10) ** 49
    with pytest.raises(InvalidOperation):
        round_half_up(Decimal("1" + "0" * 50))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0.50", "0.5"),
        ("-0.50", "-0.5"),
        ("1000", "1000"),
        ("1E+3", "1000"),
        ("100.00", "100"),
        ("1E-7", "0.0000001"),
    ],
)
def test_an_exact_decimal_has_no_exponent_and_no_trailing_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [
        ("1", "1000", 0, "0"),
        ("-1", "1000", 0, "(0)"),
        ("-1", "1", 0, "(1)"),
        ("1", "1", 0, "1"),
        ("-1234567", "1000", 1, "(1,234.6)"),
        ("0.00", "1", 2, "-"),
        ("0.4", "1", 0, "0"),
        ("499", "1000", 0, "0"),
        ("500", "1000", 0, "1"),
        ("-0.5", "1", 0, "(1)"),
    ],
)
def test_a_number_of_a_table(value: str, unit: str, places: int, text: str) -> None:
    assert brackets(Decimal(value), Decimal(unit), places) == text


def test_a_table_is_in_thousands_without_decimals_unless_it_says_otherwise() -> None:
    assert brackets(Decimal("-1234567")) == "(1,235)"
    assert brackets(Decimal(1_234_567), places=2) == "1,234.57"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234.5", "£1,234.50"),
        ("-0.05", "minus £0.05"),
        ("0", "£0.00"),
        ("0.005", "£0.01"),
        ("-1", "minus £1.00"),
    ],
)
def test_pounds_and_pence_of_a_sentence(value: str, text: str) -> None:
    assert exact_pounds(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [("-9.55", "1", 1, "9.6"), ("1234.5", "1", 0, "1,235"), ("2500000", "1000000", 1, "2.5")],
)
def test_digits_have_no_sign(value: str, unit: str, places: int, text: str) -> None:
    assert digits(Decimal(value), Decimal(unit), places) == text
    assert digits(Decimal("1.5")) == "2"


def test_what_is_negative_stands_in_brackets() -> None:
    assert signed_brackets(True, "12%") == "(12%)"
    assert signed_brackets(False, "12%") == "12%"


@given(st.integers(-(10**12), 10**12))
def test_what_is_printed_in_pounds_reads_back(value: int) -> None:
    assert parse_amount(brackets(Decimal(value), Decimal(1)))[0] == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_rounding_is_never_further_than_half_a_unit(value: Decimal) -> None:
    assert abs(round_half_up(value) - value) <= Decimal("0.5")
