"""Formulas: exact, closed to anything but arithmetic over figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.figures.formula import FormulaError, evaluate, operands

VALUES = {"a.b": Decimal(3), "a.c1": Decimal("0.1"), "corporate.icb.929002.ytd_budget": Decimal(7)}


def test_names_its_operands_once_in_order() -> None:
    assert operands("a.c1 - a.b + a.c1") == ("a.c1", "a.b")
    assert operands("corporate.icb.929002.ytd_budget * 1.25 / 100") == (
        "corporate.icb.929002.ytd_budget",
    )


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a.b - a.c1", "2.9"),
        ("-(a.b + a.b) * 2", "-12"),
        ("a.b / 4", "0.75"),
        ("max(a.b, a.c1) - min(a.b, a.c1)", "2.9"),
        ("abs(0 - corporate.icb.929002.ytd_budget)", "7"),
        ("a.b * 1.25 / 100", "0.0375"),
        ("round(a.b / 2, 0)", "2"),
        ("round(-a.b / 2, 0)", "-2"),
        ("round(a.b * 0.49, 0)", "1"),
        ("round(a.c1 / 3, 2)", "0.03"),
        ("round(a.c1 / 2, 1)", "0.1"),
        ("round(a.b * 5, -1)", "20"),
        ("round(a.b * 4.99, -1)", "10"),
    ],
)
def test_is_exact(formula: str, value: str) -> None:
    assert evaluate(formula, VALUES) == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        *("__import__('os')", "a.b ** 9", "[a.b]", "a.b if a.b else 1", "a.b -", "a.b / 0"),
        *("round(a.b)", "round(a.b, 0.5)", "round(a.b, 21)", "abs(a.b, a.b)", "max()", "sqrt(a.b)"),
    ],
)
def test_evaluates_nothing_but_arithmetic(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, VALUES)


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=2, max_size=8))
def test_a_sum_is_the_sum(values: list[Decimal]) -> None:
    named = {f"x.v{number}": value for number, value in enumerate(values)}
    assert evaluate(" + ".join(named), named) == sum(values)


@pytest.mark.parametrize("addends", [1_500, 5_000])
def test_a_sum_that_is_too_long_to_be_followed_is_told(addends: int) -> None:
    with pytest.raises(FormulaError, match="put parts of it in brackets"):
        evaluate(" + ".join(["a.b"] * addends), VALUES)


def test_formulas_of_one_shape_keep_their_own_figures() -> None:
    assert [evaluate(text, VALUES) for text in ("a.b - a.c1", "a.c1 - a.b", "a.b - a.b")] == [
        Decimal("2.9"),
        Decimal("-2.9"),
        Decimal(0),
    ]
    with pytest.raises(KeyError):
        evaluate("a.b - a.unknown", VALUES)
