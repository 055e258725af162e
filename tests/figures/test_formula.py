"""Formulas: exact, closed to anything but arithmetic over figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.figures import formula
from boardpack.figures.formula import FormulaError, evaluate, margin_of, operands

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


@pytest.mark.parametrize(
    ("said", "a", "b", "margin"),
    [
        ("x.a + x.b", "3", "4", "7"),
        ("x.a - x.b", "3", "4", "7"),
        ("x.a - x.a", "3", "4", "0"),  # one figure moves wherever it stands
        ("x.a + x.a", "3", "4", "2"),
        ("-(x.b - x.a)", "3", "4", "7"),
        ("x.a * 3 - (x.b + 1) / 2", "3", "4", "6"),
        ("x.a * x.b", "3", "4", "22"),
        ("abs(x.b)", "-9", "10", "6"),
        ("abs(x.b)", "-9", "-10", "6"),
        ("abs(x.b)", "-9", "-3", "6"),  # on to nil and back: as far away as it began
        ("abs(x.b)", "-9", "0", "6"),
        ("abs(x.b)", "-9", "3", "6"),
        ("abs(x.a - x.b)", "2", "2", "7"),
        ("max(0, x.b)", "-9", "-7", "0"),
        ("max(0, x.b)", "-9", "-5", "1"),
        ("max(0, 0 - x.b)", "-9", "5", "1"),
        ("min(x.a, x.b)", "0", "5", "2"),
        ("round(x.a, 0)", "3", "4", "1"),
        ("x.a / 4", "3", "4", "0.25"),
    ],
)
def test_a_margin_is_what_each_figure_moves_the_value_by(
    said: str, a: str, b: str, margin: str
) -> None:
    values = {"x.a": Decimal(a), "x.b": Decimal(b)}
    found = margin_of(said, values, {"x.a": Decimal(1), "x.b": Decimal(6)})
    assert found == Decimal(margin)


def test_figures_without_a_margin_move_nothing() -> None:
    assert margin_of("a.b / (a.c1 - a.c1)", VALUES, {"a.b": Decimal(0)}) == 0


def test_a_figure_that_a_margin_makes_nil_divides_by_nothing() -> None:
    with pytest.raises(FormulaError, match="division by nothing"):
        margin_of("1 / a.b", {"a.b": Decimal(-2)}, {"a.b": Decimal(2)})


def test_every_figure_of_a_long_sum_is_moved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"x.y{number}" for number in range(600)]
    walked = []
    was = formula._moved
    monkeypatch.setattr(formula, "_moved", lambda *told: walked.append(1) or was(*told))
    whole = Decimal(1)
    assert margin_of(" + ".join(ids), dict.fromkeys(ids, whole), dict.fromkeys(ids, whole)) == 600
    assert len(walked) <= 601
