"""Duties by their sense: what is met and what is missed, by how much, in every chapter."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW, copied_home

from boardpack.checks.check import Check
from boardpack.checks.patterns import Patterns
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.subjects.duties.checks import check_duties

HEAD = "indicator,ytd_target,ytd_actual,forecast_target,forecast_actual,sense"
VALE = """Achieve planned surplus,"2,959",132,"3,945","-7,351",reach
Programme spend within its allocation,"329,983","330,428","429,695","437,956",limit
Running costs within their allocation,"5,701","5,124","7,602","6,692",limit
Risk adjusted surplus,,,"3,945","-7,351",reach
Cash balance at month end is within 1.5% of monthly drawdown,464,16,,,limit
CCG cash drawdown does not exceed maximum cash drawdown,,,"437,321","437,321",limit
"""
"""A dashboard as a commissioning group published it in January 2016: both senses in one table."""
VALE_LEFT = {
    "achieve_planned_surplus.ytd": -2827,
    "achieve_planned_surplus.forecast": -11296,
    "programme_spend_within_its_allocation.ytd": -445,
    "programme_spend_within_its_allocation.forecast": -8261,
    "running_costs_within_their_allocation.ytd": 577,
    "running_costs_within_their_allocation.forecast": 910,
    "risk_adjusted_surplus.forecast": -11296,
    "cash_balance_at_month_end_is_within_1_5_of_monthly_drawdown.ytd": 448,
    "ccg_cash_drawdown_does_not_exceed_maximum_cash_drawdown.forecast": 0,
}


def paper_of(project: Path, target: Path, rows: str) -> Paper:
    """The real month with other indicators."""
    home = copied_home(project, target)
    (home / RAW / "key_indicators.csv").write_text(f"{HEAD}\n{rows}")
    return load_paper(home, parse_month("2023-24", "M06"))


def duties(paper: Paper) -> dict[str, Check]:
    """The checks on duties that could be made, by the figure that each is on."""
    found = check_duties(Patterns(compute(paper, "indicators"), paper))
    return {c.id.removeprefix("duty."): c for c in found if c.status != "not_applicable"}


CASES = [
    ("limit", "100", "99", "1", "pass"),
    ("limit", "100", "100", "0", "pass"),
    ("limit", "100", "101", "-1", "fail"),
    ("limit", "0", "0", "0", "pass"),
    ("limit", "0", "-1", "1", "pass"),
    ("limit", "-100", "-101", "1", "pass"),
    ("limit", "-100", "-100", "0", "pass"),
    ("limit", "-100", "-99", "-1", "fail"),
    ("reach", "100", "99", "-1", "fail"),
    ("reach", "100", "100", "0", "pass"),
    ("reach", "100", "101", "1", "pass"),
    ("reach", "0", "-1", "-1", "fail"),
    ("reach", "-100", "-101", "-1", "fail"),
    ("reach", "-100", "-100", "0", "pass"),
    ("reach", "-100", "-99", "1", "pass"),
    ("limit", "100", "", None, "fail"),
    ("reach", "100", "", None, "fail"),
    ("limit", "", "100", None, "fail"),
    ("reach", "", "100", None, "fail"),
    ("limit", "n/a", "n/a", None, None),
    ("reach", "", "", None, None),
]
"""Sense, target and actual in £000s, what is to spare, and the outcome of the check."""


@pytest.mark.parametrize("when", ["ytd", "forecast"])
def test_a_duty_is_judged_by_its_sense(when: str, project: Path, tmp_path: Path) -> None:
    rows = ""
    for number, (sense, target, actual, _, _) in enumerate(CASES):
        cells = f"{target},{actual},," if when == "ytd" else f",,{target},{actual}"
        rows += f"Case {number},{cells},{sense}\n"
    paper = paper_of(project, tmp_path, rows)
    register, checks = compute(paper, "indicators"), duties(paper)
    for number, (_, _, _, left, status) in enumerate(CASES):
        case = f"indicators.icb.case_{number}"
        check = checks.get(f"{case}.{when}_actual")
        assert (check and check.status) == status, CASES[number]
        name = f"{case}.{when}_variance"
        expected = None if left is None else Decimal(left) * 1000
        assert (register[name].value if name in register else None) == expected, CASES[number]


def test_both_senses_of_a_published_table(project: Path, tmp_path: Path) -> None:
    paper = paper_of(project, tmp_path, VALE)
    register, found = compute(paper, "indicators"), duties(paper)
    for name, left in VALE_LEFT.items():
        figure = f"indicators.icb.{name}_variance"
        assert register[figure].value == left * 1000
        check = found[f"indicators.icb.{name}_actual"]
        assert check.status == ("fail" if left < 0 else "pass")
    surplus = found["indicators.icb.achieve_planned_surplus.ytd_actual"]
    assert surplus.title == "Achieve planned surplus, to date"
    assert "it is £132k (key_indicators.csv row 2, ytd_actual) and must be at least £2,959k" in (
        surplus.sentence
    )
    over = found["indicators.icb.programme_spend_within_its_allocation.ytd_actual"]
    assert "and may be at most £329,983k" in over.sentence


def test_what_is_half_blank_says_what_is_missing(project: Path, tmp_path: Path) -> None:
    rows = "Floor,10,,,,reach\nCeiling,10,,,,limit\nNo floor,,10,,,reach\n"
    found = {
        name.split(".")[2]: c.sentence
        for name, c in duties(paper_of(project, tmp_path, rows)).items()
    }
    assert "it must be at least £10k" in found["floor"]
    assert "it may be at most £10k" in found["ceiling"]
    assert "the amount that it must be at least is left blank" in found["no_floor"]
