"""What another value of a number would settle: the way a difference moves, by kind of check."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.checks.check import Check
from boardpack.checks.repairs import ANNUAL_BUDGETS, Tree
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.subjects.ledger.totals_checks import RESERVES, SURPLUS

BUDGET = "position.icb.total.annual_budget"
LIMIT = "indicators.icb.limit.forecast_target"
SHARES = tuple(f"prescribing.icb.phasing.quarter_{number}" for number in (1, 2))


def made_figure(identity: str, value: int, unit: str = "GBP") -> Figure:
    _, place, line, measure = identity.split(".")
    where = {"place": place, "line": line, "measure": measure, "label": identity}
    told = {"period": "2023/24", "basis": "ledger", "is_estimate": False, "source": ()}
    return Figure(id=identity, value=Decimal(value), unit=unit, **where, **told)  # type: ignore[arg-type]


def check(identity: str, actual: int, expected: int, *figures: str) -> Check:
    return Check(
        id=identity,
        title="One against another",
        kind="control total",
        severity="error",
        status="fail",
        expected=Decimal(expected),
        actual=Decimal(actual),
        tolerance=Decimal(0),
        figures=figures,
        sentence="They differ.",
        cause="",
    )


@pytest.mark.parametrize(
    ("repair", "is_settled"),
    [
        ({BUDGET: 90}, True),
        ({BUDGET: 110}, False),
        ({LIMIT: 130}, True),
        ({LIMIT: 110}, False),
        ({RESERVES: 20}, True),
        ({RESERVES: 40}, False),
        ({RESERVES: 21}, False),
        ({LIMIT: 125, RESERVES: 25}, True),
    ],
)
def test_annual_budgets_are_the_limit_less_reserves(
    repair: dict[str, int], is_settled: bool
) -> None:
    values = {BUDGET: 100, LIMIT: 120, RESERVES: 30}
    tree = Tree(Register(made_figure(name, value) for name, value in values.items()))
    found = check(ANNUAL_BUDGETS, 100, 90, BUDGET, LIMIT, RESERVES)
    assert tree.settles({one: Decimal(value) for one, value in repair.items()}, found) is is_settled


@pytest.mark.parametrize(
    ("repair", "is_settled"), [({SURPLUS: 20}, True), ({SURPLUS: 0}, False), ({RESERVES: 20}, True)]
)
def test_budgets_that_hold_a_surplus_are_above_the_limit(
    repair: dict[str, int], is_settled: bool
) -> None:
    values = {BUDGET: 100, LIMIT: 110, SURPLUS: 10, RESERVES: 30}
    tree = Tree(Register(made_figure(name, value) for name, value in values.items()))
    found = check(ANNUAL_BUDGETS, 100, 90, BUDGET, LIMIT, SURPLUS, RESERVES)
    assert tree.settles({one: Decimal(value) for one, value in repair.items()}, found) is is_settled


@pytest.mark.parametrize(
    ("repair", "is_settled"),
    [
        ({SHARES[0]: 40}, True),
        ({SHARES[1]: 60}, True),
        ({SHARES[0]: 20}, False),
        ({SHARES[1]: 40}, False),
        ({SHARES[0]: 100}, False),
        ({SHARES[0]: 35, SHARES[1]: 55}, True),
        ({SHARES[0]: 45, SHARES[1]: 55}, False),
    ],
)
def test_parts_of_a_whole_are_added_up(repair: dict[str, int], is_settled: bool) -> None:
    register = Register(
        made_figure(name, value, "PCT") for name, value in zip(SHARES, (30, 50), strict=True)
    )
    tree, found = Tree(register), check("whole.prescribing.icb.phasing", 80, 90, *SHARES)
    offered = list(tree.repairs(found))
    assert offered == [{SHARES[0]: Decimal(40)}, {SHARES[1]: Decimal(60)}]
    assert all(tree.settles(one, found) for one in offered)
    assert tree.settles({one: Decimal(value) for one, value in repair.items()}, found) is is_settled
