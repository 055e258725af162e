"""Checks: printed against computed, one quantity in two tables, duties, and waivers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from boardpack.checks import Check, run_checks
from boardpack.errors import InputFaults
from boardpack.figures.figure import PRINTED
from boardpack.figures.register import Register
from boardpack.params import Paper, Waiver


def test_every_printed_figure_is_checked(register: Register, checks: tuple[Check, ...]) -> None:
    printed = {f.id for f in register if f.id.endswith(f".{PRINTED}")}
    checked = {figure for check in checks for figure in check.figures}
    assert len(printed) > 500
    assert printed <= checked


def test_check_ids_are_unique(checks: tuple[Check, ...]) -> None:
    assert len({check.id for check in checks}) == len(checks)


def test_every_failure_explains_itself(checks: tuple[Check, ...]) -> None:
    failed = [check for check in checks if check.is_open]
    assert failed
    for check in failed:
        assert check.sentence.endswith((".", ")")), check.id
        assert any(character.isdigit() for character in check.sentence), check.id


def test_known_errors_of_the_published_paper_are_found(checks: tuple[Check, ...]) -> None:
    failed = {check.id for check in checks if check.is_open}
    assert "agreement.position.bromley.continuing_care_services.ytd_actual" in failed
    assert "printed.overview.central.programme_wide_projects.ytd_budget" in failed


def test_a_total_changed_beyond_rounding_fails(register: Register, paper: Paper) -> None:
    name = "position.bromley.total.ytd_actual.printed"
    changed = Register(replace(f, value=f.value + 90_000) if f.id == name else f for f in register)
    (check,) = [c for c in run_checks(changed, paper) if c.id == f"printed.{name[:-8]}"]
    assert check.status == "fail"
    assert check.difference == Decimal(88_000)


def _waiver(check: str, expires: str) -> Waiver:
    return Waiver(
        check=check,
        reason="agreed with audit",
        owner_role="Finance lead",
        expires=dt.date.fromisoformat(expires),
    )


def _with_waiver(paper: Paper, waiver: Waiver) -> Paper:
    run = paper.run.model_copy(update={"waivers": [waiver]})
    return paper.model_copy(update={"run": run})


def test_a_waiver_answers_until_it_expires(register: Register, paper: Paper) -> None:
    name = "agreement.position.bromley.total.ytd_actual"
    for expires, status in (("2023-12-31", "waived"), ("2023-10-30", "fail")):
        told = run_checks(register, _with_waiver(paper, _waiver(name, expires)))
        assert {check.id: check.status for check in told}[name] == status


def test_a_waiver_for_no_check_is_refused(register: Register, paper: Paper) -> None:
    with pytest.raises(InputFaults, match="the id of a check"):
        run_checks(register, _with_waiver(paper, _waiver("printed.nothing", "2023-12-31")))
