"""Formulas reckoned a second time, and figures and checks held to what they rest on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from boardpack.audit.second.checks import wrong_checks
from boardpack.audit.second.formulas import wrong_formulas
from boardpack.audit.second.values import wrong_values

INPUTS = {"a.b": "7", "a.c": "-2", "a.d": "0", "a.e": "0.1"}


def figures(formula: str, value: str | None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: {"value": said, "source": {"cells": []}} for name, said in INPUTS.items()
    }
    return {**found, "x.y": {"value": value, "source": {"formula": formula}, **more}}


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
def test_a_formula_comes_to_its_value_and_to_no_other(formula: str, value: str) -> None:
    assert wrong_formulas(figures(formula, value)) == (1, [], 0)
    for other in (str(Decimal(value) + Decimal("0.001")), str(Decimal(value) - 100)):
        count, wrong, _ = wrong_formulas(figures(formula, other))
        assert (count, [name for name, _ in wrong]) == (1, ["x.y"])
        assert f"the register says {other}; its formula {formula} comes to" in wrong[0][1]


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
    _, ((name, fault),), _ = wrong_formulas(figures(formula, "1"))
    assert name == "x.y"
    assert said in fault


def test_a_figure_that_rests_on_itself_is_told_by_whatever_way() -> None:
    found = figures("a.b", "7")
    found["a.b"] = {"value": "7", "source": {"formula": "x.y + a.d"}}
    _, wrong, _ = wrong_formulas(found)
    assert [said for _, said in wrong] == ["rests on itself, by its own formula or those below it."]
    assert wrong_formulas(figures("x.y", "1"))[1][0][0] == "x.y"


def test_what_is_suppressed_is_not_reckoned_and_is_counted() -> None:
    found = figures("a.b + a.c", "5")
    found["a.c"] = {"value": None, "suppressed": True, "source": {"cells": []}}
    assert wrong_formulas(found) == (0, [], 1)
    assert wrong_formulas(figures("a.b", None, suppressed=True)) == (0, [], 1)


def test_what_is_missing_has_no_formula_and_a_value_may_not_rest_on_it() -> None:
    found = figures("a.b + a.c", "5")
    found["a.c"] = {"value": None, "missing": ["a.c"], "source": {"cells": []}}
    _, wrong, _ = wrong_formulas(found)
    assert "a.c is no figure with a value" in wrong[0][1]


def read(text: str, value: str | None, **more: Any) -> dict[str, Any]:
    cell = {"file": "data/f.csv", "row": 2, "column": "ytd", "text": text, **more}
    return {"x.y": {"value": value, "source": {"cells": [cell]}}}


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("(2,213)", "-2213000", True),
        ("(2,213)", "2213000", False),
        ("2,213", "2213000", True),
        ("2,213", "-2213000", False),
        ("2,213", "2213", True),
        ("2.213", "2213000", True),
        ("2,213", "22130", False),
        ("2,213", "2231000", False),
        ("-", "0", True),
        ("-", "1", False),
        ("0", "0", True),
        ("9.54%", "9.54", True),
        ("£1.2m", "1200000", True),
        ("£1.2m", "1300000", False),
        ("-0.347478305084745762711864406779661", "-0.347478305084745762711864406779661", True),
        ("-0.347478305084745762711864406779661", "-0.347478305084745762711864406779662", False),
    ],
)
def test_a_figure_is_what_its_cell_says_in_ones_thousands_or_millions(
    text: str, value: str, holds: bool
) -> None:
    count, wrong, left = wrong_values(read(text, value))
    assert (count, len(wrong), left) == (1, 0 if holds else 1, 0)


def test_a_column_whose_signs_are_turned_may_turn_them_and_no_other() -> None:
    for column, faults in (("ytd", 0), ("budget", 1)):
        _, wrong, _ = wrong_values(read("2,213", "-2213000"), {("data/f.csv", column)})
        assert len(wrong) == faults


def test_a_corrected_cell_is_held_to_what_was_used_and_many_rows_are_left() -> None:
    assert wrong_values(read("9", "8", used="8"))[1] == []
    assert wrong_values(read("9", "9", used="8"))[1] != []
    assert wrong_values(read("9", "8", method="sum of rows")) == (0, [], 1)
    assert wrong_values(read("many", "8")) == (0, [], 1)
    assert wrong_values(read("9", None)) == (0, [], 0)


def check(**changes: Any) -> dict[str, Any]:
    found = {
        "kind": "identity",
        "status": "pass",
        "expected": "10",
        "actual": "10",
        "difference": "0",
        "tolerance": "1",
        "figures": ["a.b", "a.b.printed"],
    }
    return {"printed.a.b": {**found, **changes}}


REGISTER = {"a.b": {"value": "10"}, "a.b.printed": {"value": "10"}}


@pytest.mark.parametrize(
    ("apart", "status", "holds"),
    [
        ("0", "pass", True),
        ("1", "rounding", True),
        ("-1", "rounding", True),
        ("1.1", "rounding", False),
        ("1.0000000000000000000001", "rounding", True),
        ("1.000001", "rounding", False),
        ("1.1", "pass", False),
        ("-1.1", "pass", False),
        ("1.1", "not_applicable", False),
        ("1.1", "fail", True),
        ("1.1", "waived", True),
        ("1.1", "documented", True),
        ("1", "fail", False),
        ("0", "fail", False),
    ],
)
def test_an_outcome_follows_from_the_difference_and_the_tolerance(
    apart: str, status: str, holds: bool
) -> None:
    actual = str(10 + Decimal(apart))
    register = {**REGISTER, "a.b.printed": {"value": actual}}
    changed = check(actual=actual, difference=apart, status=status)
    assert (wrong_checks(changed, register)[1] == []) == holds


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"difference": "1"}, "states a difference of 1; it is 0."),
        ({"expected": "9", "difference": "1"}, "compares 9 as a.b; the register says 10."),
        ({"actual": "9", "difference": "-1"}, "compares 9 as a.b.printed; the register says 10."),
        ({"figures": ["a.z"]}, "names a.z, which the register does not have."),
        ({"tolerance": None}, "cannot be read as a check."),
        ({"figures": None}, "cannot be read as a check."),
    ],
)
def test_a_check_compares_what_it_says_it_compares(changes: dict[str, Any], said: str) -> None:
    assert [fault for _, fault in wrong_checks(check(**changes), REGISTER)[1]] == [said]


@pytest.mark.parametrize(
    ("printed", "value", "holds"),
    [
        ("6122", "6121.52", True),
        ("6122", "6122", True),
        ("6122", "6122.5", True),
        ("6122", "6122.51", False),
        ("6122", "6121.4", False),
        ("62.37", "62.36559", True),
        ("62.37", "62.376", False),
        ("62.37", "-62.37", False),
    ],
)
def test_a_check_with_an_earlier_paper_compares_the_figure_as_it_prints(
    printed: str, value: str, holds: bool
) -> None:
    earlier = check(actual=printed, expected=printed, figures=["a.b"])["printed.a.b"]
    _, wrong, _ = wrong_checks({"released.a.b": earlier}, {"a.b": {"value": value}})
    assert (wrong == []) == holds


def test_what_is_judged_by_a_rule_of_its_own_is_counted_and_not_judged() -> None:
    odd = check(kind="plausibility", tolerance="0", actual="9", difference="-1")
    register = {**REGISTER, "a.b.printed": {"value": "9"}}
    assert wrong_checks(odd, register) == (0, [], 1)
    blank = check(actual=None, difference=None, status="fail")
    assert wrong_checks(blank, REGISTER) == (0, [], 1)
