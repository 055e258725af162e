"""Which figures are bad news below nil: by what they are called, or by how they are computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from made_figures import made_figure

from boardpack.document.numbers import (
    as_said,
    is_adverse,
    is_adverse_below_nil,
    percent,
    pounds,
    short_money,
    thousands,
)

A, B = "beds.elm.oak", "beds.elm.ash"
CASES = [
    (f"{A}.budget - {A}.actual", True),
    (f"{A}.ytd_budget - {A}.ytd_actual", True),
    (f"{A}.annual_budget - {A}.forecast_outturn", True),
    (f"{A}.budget.m05 - {A}.spend.m05", True),
    (f"({A}.budget + {B}.budget) - ({A}.actual + {B}.actual)", True),
    (f"{A}.budget - {A}.actual + {B}.budget - {B}.actual", True),
    (f"{A}.budget - ({A}.actual - {B}.budget)", True),
    (f"-{A}.actual + {A}.budget", True),
    (f"{A}.actual - {A}.budget", False),
    (f"{A}.budget", False),
    (f"{A}.budget + {B}.budget", False),
    (f"{A}.budget - {B}.budget", False),
    (f"{A}.actual - {B}.actual", False),
    (f"-{A}.actual", False),
    (f"{A}.budget + {A}.actual", False),
    (f"{A}.budget - ({A}.actual - {B}.actual)", False),
    (f"{A}.budget - ({A}.actual + {B}.budget)", False),
    (f"{A}.plan - {A}.actual", False),
    (f"{A}.target - {A}.actual", False),
    (f"{A}.budget - {A}.saved", False),
    (f"{A}.budget - {A}.forecast_target", False),
    (f"{A}.budget - ward.elm.oak.actual", False),
    (f"{A}.budget - {A}.actual - 5", False),
    (f"({A}.budget - {A}.actual) / {A}.budget", False),
    (f"min({A}.budget - {A}.actual, 0)", False),
    ("budget.elm.oak.beds - actual.elm.oak.beds", False),
]


@pytest.mark.parametrize(("formula", "is_bad"), CASES)
def test_a_budget_less_what_is_spent_of_it_is_a_variance_whatever_it_is_called(
    formula: str, is_bad: bool
) -> None:
    for value, shown in (("-1", is_bad), ("0", False), ("1", False)):
        figure = made_figure(f"{A}.against", value, source=formula)
        assert is_adverse_below_nil(figure) == is_bad
        assert is_adverse(figure) == shown
    assert is_adverse_below_nil(replace(figure, measure="variance"))
    assert is_adverse(replace(figure, measure="ytd_variance", value=Decimal(-1)))


@pytest.mark.parametrize(
    ("value", "is_red"),
    [("-501", True), ("-500", True), ("-499", False), ("-1", False), ("0", False), ("900", False)],
)
def test_what_prints_as_nil_is_no_bad_news(value: str, is_red: bool) -> None:
    figure = made_figure("position.elm.wards.ytd_variance", value)
    assert thousands(figure).adverse is is_red
    assert pounds(figure).adverse is (Decimal(value) < 0)


def test_a_share_that_prints_as_nil_is_no_bad_news() -> None:
    shares = (
        made_figure("a.elm.b.variance_share", value, unit="PCT") for value in ("-0.04", "-0.05")
    )
    assert [percent(share).adverse for share in shares] == [False, True]


@pytest.mark.parametrize(
    ("value", "printed", "said"),
    [
        ("-949.4", "£949", "-949"),
        ("999.5", "£1k", "1000"),
        ("-1499", "£1k", "-1000"),
        ("1500", "£2k", "2000"),
        ("999499", "£999k", "999000"),
        ("-999500", "£1.00m", "-1000000"),
        ("2213000", "£2.21m", "2210000"),
        ("9994999", "£9.99m", "9990000"),
        ("9995000", "£10.0m", "10000000"),
        ("-241749999", "£241.7m", "-241700000"),
        ("0", "nil", "0"),
    ],
)
def test_an_amount_is_said_in_one_rounding_and_known_as_said(
    value: str, printed: str, said: str
) -> None:
    assert short_money(Decimal(value)) == printed
    assert as_said(Decimal(value)) == Decimal(said)
