"""The plain reader of printed numbers: what a print shows, and what it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.audit.printed_number import scales_of


def shows(text: str, value: str, unit: str = "GBP", in_table: bool = False) -> bool:
    return bool(scales_of(text, Decimal(value), unit, in_table))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("(2,213)", "-2213000", "GBP"),
        ("(2,212,865)", "-2212865", "GBP"),
        ("£2.21m overspent", "-2213000", "GBP"),
        ("£404k over", "-404000", "GBP"),
        ("an underspend of £6.11m", "6110000", "GBP"),
        ("risen by 66.5%", "66.5158371", "PCT"),
        ("(11.3%)", "-11.29089", "PCT"),
        ("2.0% over budget", "-1.98577", "PCT"),
        ("4,813", "4812500", "GBP"),
        ("(0)", "-400", "GBP"),
        ("-", "0", "GBP"),
        ("on budget", "0", "GBP"),
        ("nil", "0", "GBP"),
        ("overspent", "-1", "GBP"),
        ("£4,224", "4224", "GBP_PER_CLIENT_MONTH"),
        ("a fall of 30", "-30", "COUNT"),
        ("−£404,000", "-404000", "GBP"),
    ],
)
def test_a_right_print_shows_its_value(text: str, value: str, unit: str) -> None:
    assert shows(text, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("(2,214)", "-2213000", "GBP"),
        ("(2,213)", "2213000", "GBP"),
        ("£2.21m underspent", "-2213000", "GBP"),
        ("£2.21k overspent", "-2213000", "GBP"),
        ("4,812", "4812500", "GBP"),
        ("risen by 66.5%", "-66.5158371", "PCT"),
        ("66.6%", "66.5158371", "PCT"),
        ("66.5%", "66.5", "COUNT"),
        ("1,041", "1042", "COUNT"),
        ("-", "400", "GBP"),
        ("on budget", "-400", "GBP"),
        ("underspent", "-1", "GBP"),
        ("some amount", "5", "GBP"),
        ("2,213,000", "2213", "COUNT"),
    ],
)
def test_a_wrong_print_does_not(text: str, value: str, unit: str) -> None:
    assert not shows(text, value, unit)


def test_a_bare_negative_in_a_table_needs_its_brackets() -> None:
    assert shows("£404k", "-404000")
    assert not shows("404", "-404000", in_table=True)
    assert shows("(404)", "-404000", in_table=True)


@given(st.integers(1, 10**9), st.integers(1, 50))
def test_a_print_that_is_a_unit_or_more_away_never_shows_a_value(size: int, away: int) -> None:
    assert shows(f"£{size:,}k", str(size * 1000))
    assert not shows(f"£{size + away:,}k", str(size * 1000))


@given(st.decimals(0, 10**6, places=4), st.integers(0, 3))
def test_halves_are_away_from_zero(value: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    lower = (value / step).to_integral_value("ROUND_FLOOR") * step
    nearest = lower + step if value - lower >= step / 2 else lower
    other = lower if nearest != lower else lower + step
    assert shows(f"{nearest:,.{places}f}%", str(value), "PCT")
    assert not shows(f"{other:,.{places}f}%", str(value), "PCT")
