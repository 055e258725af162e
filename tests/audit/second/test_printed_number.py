"""The plain reader of printed numbers: what a print shows, and what it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.audit.second.printed_number import Printed, read_print, scales_of


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
        ("less than £1k", "2.5", "GBP"),
        ("less than £1k", "-999.99", "GBP"),
        ("less than £1k overspent", "-400", "GBP"),
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
        ("less than £1k", "1000", "GBP"),
        ("less than £1k", "0", "GBP"),
        ("less than £1k overspent", "400", "GBP"),
    ],
)
def test_a_wrong_print_does_not(text: str, value: str, unit: str) -> None:
    assert not shows(text, value, unit)


def test_a_bare_negative_in_a_table_needs_its_brackets() -> None:
    assert shows("£404k", "-404000")
    assert not shows("404", "-404000", in_table=True)
    assert shows("(404)", "-404000", in_table=True)


ONE, THOUSAND, MILLION = Decimal(1), Decimal(1000), Decimal(1_000_000)
ANY = {ONE, THOUSAND, MILLION}


@pytest.mark.parametrize(
    ("text", "size", "step", "negative", "scale"),
    [
        ("£2.21m overspent", "2.21", "0.01", True, 1_000_000),
        ("£404k", "404", "1", None, 1000),
        ("£404", "404", "1", None, 1),
        ("404", "404", "1", None, None),
        ("1,234,567", "1234567", "1", None, None),
        ("12.50%", "12.50", "0.01", None, 1),
        ("12 %", "12", "1", None, 1),
        ("(404)", "404", "1", True, None),
        ("( 404)", "404", "1", True, None),
        ("-£4", "4", "1", True, 1),
        ("- 4 ahead", "4", "1", True, None),  # the mark counts, not the word
        ("4 BEHIND plan", "4", "1", True, None),
        ("4 Ahead of plan", "4", "1", False, None),
        ("a rise that is no fall of 4", "4", "1", True, None),
        ("7 and 9", "7", "1", None, None),
    ],
)
def test_what_a_print_says(
    text: str, size: str, step: str, negative: bool | None, scale: int | None
) -> None:
    found = Printed(Decimal(size), Decimal(step), negative, Decimal(scale) if scale else None)
    assert read_print(text) == found


@pytest.mark.parametrize("text", ["none", "", "£", "on budget"])
def test_a_print_without_a_number_has_none(text: str) -> None:
    assert read_print(text) is None


@pytest.mark.parametrize(
    ("value", "scale", "is_shown"),
    [
        ("1.4999", 1, False),
        ("1.5", 1, True),
        ("2.4999", 1, True),
        ("2.5", 1, False),
        ("-1.5", 1, True),
        ("-2.5", 1, False),
        ("1500", 1000, True),
        ("2500", 1000, False),
        ("2", 1000, False),
    ],
)
def test_the_size_rounds_to_the_print(value: str, scale: int, is_shown: bool) -> None:
    assert Printed(Decimal(2), ONE, None, None).shows(Decimal(value), Decimal(scale)) is is_shown


@pytest.mark.parametrize(
    ("text", "value", "unit", "in_table", "scales"),
    [
        # no unit in print: pounds or thousands, and a count as it is
        ("404", "404", "GBP", False, {ONE}),
        ("404", "404000", "GBP", False, {THOUSAND}),
        ("404", "404000", "GBP_PER_MONTH", False, {THOUSAND}),
        ("2.21", "2212865", "GBP", True, {MILLION}),
        ("(0.24)", "-239000", "GBP", True, {MILLION}),
        ("(0.24)", "239000", "GBP", True, set()),
        ("2", "2212865", "GBP", True, set()),  # a table in millions has decimals
        ("404", "404", "COUNT", False, {ONE}),
        ("404", "404000", "COUNT", False, set()),
        ("£404", "404000", "GBP", False, set()),
        ("0", "0", "GBP", False, {ONE, THOUSAND}),
        ("(0)", "0", "GBP", True, {ONE, THOUSAND}),  # nil has no sign
        ("0 ahead", "0", "COUNT", False, {ONE}),
        ("0", "0", "GBP", True, {ONE, THOUSAND}),
        ("0", "0.4", "GBP", True, {ONE, THOUSAND}),  # a few pence are not negative
        ("0 ahead", "0.4", "COUNT", False, {ONE}),
        # a sign in print is that of the value; without one a table's is positive
        ("(404)", "-404", "GBP", True, {ONE}),
        ("(404)", "404", "GBP", True, set()),
        ("404", "-404", "GBP", True, set()),
        ("404", "-404", "GBP", False, {ONE}),
        ("404", "404", "GBP", True, {ONE}),
        ("404 ahead", "404", "GBP", True, {ONE}),
        ("404 ahead", "-404", "GBP", False, set()),
        ("404 behind", "404", "GBP", False, set()),
        # a per cent is of a share only
        ("4%", "4", "PCT", False, {ONE}),
        ("4%", "4", "COUNT", False, set()),
        ("4%", "4", "GBP", False, set()),
        ("4", "4", "PCT", False, {ONE}),
        ("4", "4000", "PCT", False, set()),
        # words alone
        (" Nil ", "0", "GBP", False, ANY),
        ("nil", "1", "GBP", False, set()),
        ("level with", "0", "GBP", False, ANY),
        ("Overspent", "-1", "GBP", False, ANY),
        ("overspent", "1", "GBP", False, set()),
        ("overspent", "0", "GBP", False, set()),
        ("underspent", "1", "GBP", False, ANY),
        ("underspent", "-1", "GBP", False, set()),
        ("six", "6", "COUNT", False, {Decimal(1)}),
        ("Five", "5", "COUNT", False, {Decimal(1)}),
        ("five", "6", "COUNT", False, set()),
        ("five", "-5", "COUNT", False, set()),
        ("twenty", "20", "COUNT", False, {Decimal(1)}),
        ("amount", "1", "GBP", False, set()),
        ("amount", "-1", "GBP", False, set()),
    ],
)
def test_the_scales_in_which_a_print_shows_a_value(
    text: str, value: str, unit: str, in_table: bool, scales: set[Decimal]
) -> None:
    assert scales_of(text, Decimal(value), unit, in_table) == scales


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
