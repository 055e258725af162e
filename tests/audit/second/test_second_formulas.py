"""Formulas worked out a second time: what they come to, and what is none."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from boardpack.audit.second.formulas import operands, worked_out
from boardpack.audit.second.numbers import is_same

VALUES = {n: Decimal(v) for n, v in {"a.b": "7", "a.c": "-2", "a.d": "0", "a.e": "0.1"}.items()}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a.b - a.c", "9"),
        ("a.b - a.c - a.b", "2"),
        ("a.b - (a.c - a.b)", "16"),
        ("a.b + a.c * 3", "1"),
        ("(a.b + a.c) * 3", "15"),
        ("-a.b", "-7"),
        ("--a.b", "7"),
        ("-a.c * a.b", "14"),
        ("a.b / a.c / 2", "-1.75"),
        ("a.c / a.b * 100", "-28.57142857142857142857142857142857"),
        ("abs(a.c)", "2"),
        ("abs(a.c - 1) + max(a.b, a.c, 9)", "12"),
        ("min(a.b, a.c)", "-2"),
        ("max(a.d, a.c)", "0"),
        ("round(a.b / 2, 0)", "4"),
        ("round(-a.b / 2, 0)", "-4"),
        ("round(a.b / 3, 2)", "2.33"),
        ("round(a.c / 3, 1) * 10", "-7"),
        ("round(a.b * 5, -1)", "40"),
        ("round(a.b * 4.99, -1)", "30"),
        ("a.e * 3", "0.3"),
        ("100", "100"),
        ("0.5 * a.b", "3.5"),
    ],
)
def test_a_formula_comes_to_its_value(formula: str, value: str) -> None:
    assert is_same(worked_out(formula, VALUES), Decimal(value))


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("a.b / a.d", "comes to nothing that is a number"),
        ("a.b +", "it ends too early"),
        ("(a.b", "a bracket is not closed"),
        ("a.b)", "')' may not stand where it stands"),
        ("a.b a.c", "'a.c' may not stand where it stands"),
        ("a.b ** 2", "* is no figure with a value"),
        ("sqrt(a.b)", "sqrt is no figure with a value"),
        ("round(a.b)", "round is given 1 numbers"),
        ("round(a.b, a.e)", "0.1 is no number of places"),
        ("round(a.b, 21)", "21 is no number of places"),
        ("abs(a.b, a.c)", "abs is given 2 numbers"),
        ("abs", "abs is given nothing"),
        ("a.b; a.c", "'; a.c' may not stand in it"),
        ("a.z + 1", "a.z is no figure with a value"),
        ("__import__", "may not stand in it"),
        ("", "it ends too early"),
        ("(" * 5000 + "1", "comes to nothing that is a number"),
    ],
)
def test_what_is_no_formula_is_told(formula: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        worked_out(formula, VALUES)


def test_the_figures_of_a_formula_are_told_and_no_function_is_one() -> None:
    assert operands("max(a.b, 2) - round(a.c / a.d, 1)") == ["a.b", "a.c", "a.d"]
