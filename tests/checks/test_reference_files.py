"""Files that hold for longer than a month, beside what last month's paper took from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from small_books import derive, read

from boardpack.checks import Check
from boardpack.checks import reference_files as rule
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell
from boardpack.reading.released import ReleasedFigure

FILE = "data/reference/chc_budgets.csv"
ONE, OTHER = "chc.bexley.all_clients.budget_clients", "chc.lambeth.all_clients.budget_clients"
THEN = ReleasedFigure(
    file="figures.json",
    sha256="",
    row=2,
    id=ONE,
    label="Bexley, budgeted clients",
    value=Decimal(100),
    unit="COUNT",
    place="bexley",
    line="all_clients",
    measure="budget_clients",
    period="2023/24",
    basis="budget",
    margin=Decimal(0),
    origin=(FILE,),
)
Released = Callable[[Paper, Month], tuple[ReleasedFigure, ...]]


@pytest.fixture
def opened(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Check]]:
    """The open checks on a register, given what last month's had."""

    def found(register: Register, *then: ReleasedFigure) -> list[Check]:
        monkeypatch.setattr(rule, "read_comparable", lambda paper, month: then)
        monkeypatch.setattr(rule, "once", lambda paper, name, make: make(paper))
        return [one for one in rule.check_reference_files(register, paper) if one.is_open]

    return found


def now(value: str = "100", identity: str = ONE, period: str = "2023/24") -> Register:
    """A register of one figure, read from the file."""
    cell = Cell(FILE, None, 2, "clients", value)
    return Register([read(identity, value, unit="COUNT", step="1", cell=cell, period=period)])


@pytest.mark.parametrize(
    ("register", "then", "is_open"),
    [
        (now("100"), THEN, False),
        (now("101"), THEN, True),
        (now("99"), THEN, True),
        (now("101"), replace(THEN, margin=Decimal(1)), False),  # as it was printed then
        (now("101", period="2024/25"), THEN, False),  # another year's
        (now("100", OTHER), THEN, True),  # gone
        (now("101"), replace(THEN, origin=("data/raw/2023-24/M05/chc_budgets.csv",)), False),
        (now("101"), replace(THEN, origin=(FILE, "data/raw/2023-24/M05/a.csv")), False),
        (now("101"), replace(THEN, formula="a + b"), False),
        (now("101"), replace(THEN, origin=()), False),
        (now("101"), replace(THEN, origin=("data/reference/prescribing_profiles.csv",)), False),
    ],
)
def test_what_a_file_says_of_a_period_stands(
    opened: Callable[..., list[Check]], register: Register, then: ReleasedFigure, is_open: bool
) -> None:
    assert [one.id for one in opened(register, then)] == (
        ["extracts.chc_budgets.stands"] if is_open else []
    )


def test_what_is_computed_now_is_there(opened: Callable[..., list[Check]]) -> None:
    register = now("100", OTHER)
    derive(register, ONE, OTHER)
    assert opened(register, THEN) == []


@pytest.mark.parametrize(
    ("there", "is_open"),
    [
        ("forecast.bexley.acute.past_actual.2022_23_m05", True),
        ("forecast.bexley.acute.past_actual.2021_22_m06", False),
        ("forecast.bexley.acute.past_forecast.2022_23_m05", False),
        ("forecast.bexley.total.past_actual.2022_23_m05", False),
    ],
)
def test_what_each_paper_takes_of_its_own_month_is_not_gone(
    opened: Callable[..., list[Check]], there: str, is_open: bool
) -> None:
    then = replace(THEN, id="forecast.bexley.acute.past_actual.2021_22_m05")
    assert bool(opened(now("100", there), then)) == is_open


def test_in_april_what_ended_with_the_year_is_not_asked_about(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule, "read_comparable", lambda paper, month: (THEN,))
    monkeypatch.setattr(rule, "once", lambda paper, name, make: make(paper))
    april = paper.model_copy(update={"month": Month(2023, 1)})
    for register, is_open in ((now("100", OTHER), False), (now("101"), True)):
        (check,) = rule.check_reference_files(register, april)
        assert check.is_open == is_open


def test_many_figures_of_a_file_are_one_finding_that_names_the_first(
    opened: Callable[..., list[Check]],
) -> None:
    (check,) = opened(now("1000"), THEN, replace(THEN, id=OTHER, label="Lambeth, clients"))
    assert check.severity == "warning"
    assert check.sentence.startswith("2 figures of last month's paper from chc_budgets.csv: ")
    assert "is 1,000 (chc_budgets.csv row 2, clients), and was 100." in check.sentence


def test_without_a_register_of_last_month_nothing_is_asked(
    opened: Callable[..., list[Check]],
) -> None:
    assert opened(now("1000")) == []


def test_a_finding_says_what_is_gone_or_was_and_what_to_do(
    opened: Callable[..., list[Check]],
) -> None:
    gone = replace(THEN, id=OTHER, label="Lambeth, budgeted clients", value=Decimal(70))
    (check,) = opened(now(), THEN, gone)
    assert check.sentence == (
        "A figure of last month's paper from chc_budgets.csv: Lambeth, budgeted clients is gone,"
        f" and was 70. {rule.STANDS.why}"
    )
    assert (check.cause, check.severity) == (rule.ASK, "warning")
    (check,) = opened(now("90"), gone, THEN)
    assert check.sentence.startswith(
        "2 figures of last month's paper from chc_budgets.csv: Lambeth"
    )
