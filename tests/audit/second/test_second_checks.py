"""The outcomes of checks, judged a second time from what they compare."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from boardpack.audit.second.checks import wrong_checks


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
