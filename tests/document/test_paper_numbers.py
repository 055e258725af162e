"""Which figures are bad news below nil: by what they are called, or by how they are computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from made_figures import made_figure

from boardpack.document.numbers import is_adverse, is_adverse_below_nil

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
