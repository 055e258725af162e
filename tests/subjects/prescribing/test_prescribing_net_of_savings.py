"""Prescribing and the savings in it: each pound of saving is counted once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, changed, copied_home, leave_out

from boardpack.checks.engine import run_checks
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

M06 = parse_month("2023-24", "M06")
NAME = "prescribing_savings.bromley.net_of_savings."
BILL, DELIVERED = Decimal(23_654_428 + 1_128_386), Decimal(422_000)


def register_of(home: Path) -> Register:
    return compute(load_paper(home, M06), "prescribing_savings")


def with_a_line_of_its_own(target: Path, amount: str) -> Path:
    return changed(
        target, "prescribing_summary.csv", {"place": "bromley"}, {"qipp_savings": amount}
    )


def test_savings_in_the_bill_are_added_back_once() -> None:
    register = register_of(PROJECT)
    assert register[f"{NAME}medicines_bill"].value == BILL
    assert register[f"{NAME}spend_after_savings"].value == BILL
    assert register[f"{NAME}spend_without_savings"].value == BILL + DELIVERED
    assert register[f"{NAME}spend_after_savings"].is_estimate
    assert not register[f"{NAME}savings_delivered"].is_estimate
    assert f"{NAME}savings_taken_apart" not in register
    assert "prescribing_savings.icb.net_of_savings.medicines_bill" not in register


@pytest.mark.parametrize(("amount", "apart"), [("(422,000)", 422_000), ("(300,000)", 300_000)])
def test_savings_taken_off_apart_are_the_same_savings(
    amount: str, apart: int, tmp_path: Path
) -> None:
    home = with_a_line_of_its_own(tmp_path, amount)
    register = register_of(home)
    assert register[f"{NAME}savings_taken_apart"].value == apart
    assert register[f"{NAME}savings_difference"].value == apart - DELIVERED
    assert register[f"{NAME}spend_after_savings"].value == BILL - apart
    without = register[f"{NAME}spend_without_savings"].value
    in_the_bill = DELIVERED - apart
    assert without == BILL + in_the_bill
    checks = run_checks(register, load_paper(home, M06), complete=False)
    (check,) = (c for c in checks if c.id == f"agreement.{NAME}savings_taken_apart")
    assert check.severity == "warning"
    assert check.status == ("pass" if apart == DELIVERED else "fail")


def test_without_savings_by_directorate_nothing_is_said(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "place_savings.csv")
    assert not [f.id for f in register_of(home) if f.line == "net_of_savings"]
