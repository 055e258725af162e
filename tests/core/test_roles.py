"""Roles of directorates: declared or usual, held to the directorates that there are, over time."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT

from boardpack.core.errors import Fault
from boardpack.core.home import REPORT
from boardpack.core.periods import parse_month
from boardpack.core.report import Report, load_report
from boardpack.core.roles import ROLES, line_of, with_lines

BEGIN = "directorates:\n"
USUAL = dict(ROLES)


def report(
    target: Path, directorates: str, roles: str = "", more: str = "", month: str = "M06"
) -> tuple[Report | None, list[Fault]]:
    """The project's parameters with these directorates and roles, and their faults."""
    text = (PROJECT / REPORT).read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    kept = rest[rest.index("# Variance is budget less actual") :]
    said = f"roles: {{{roles}}}\n" if roles else ""
    (target / REPORT).parent.mkdir(parents=True, exist_ok=True)
    (target / REPORT).write_text(f"{head}{BEGIN}{directorates}{said}{more}{kept}", encoding="utf-8")
    faults: list[Fault] = []
    return load_report(target, parse_month("2023-24", month), faults), faults


def lines(*slugs: str) -> str:
    return "".join(f"  {slug}: {slug.replace('_', ' ').title()}\n" for slug in slugs)


ALL = lines(*ROLES.values())
RENAMED = lines("hospitals", "medicines", "mind", "care", "head_office")
DECLARED = (
    "acute: hospitals, prescribing: medicines, mental_health: mind, continuing_care: care,"
    " corporate: head_office"
)


def test_the_usual_names_bear_their_roles_without_a_word(tmp_path: Path) -> None:
    found, faults = report(tmp_path, ALL)
    assert not faults
    assert found is not None
    assert found.roles == USUAL
    assert found.line("corporate") == "corporate_budgets"


def test_a_body_declares_which_directorate_bears_a_role(tmp_path: Path) -> None:
    found, faults = report(tmp_path, RENAMED, DECLARED)
    assert not faults
    assert found is not None
    assert found.line("prescribing") == "medicines"
    named = found.with_lines("position.{place}.@continuing_care.ytd_actual")
    assert named == "position.{place}.care.ytd_actual"


def test_directorates_renamed_without_roles_are_one_fault_that_names_all(tmp_path: Path) -> None:
    found, faults = report(tmp_path, RENAMED)
    assert found is None
    (fault,) = faults
    assert fault.column == "roles"
    assert all(role in fault.expected for role in ROLES)
    assert "none" in fault.remedy


def test_a_role_that_no_directorate_bears_is_declared_as_none(tmp_path: Path) -> None:
    without = lines(*(line for line in ROLES.values() if line != "corporate_budgets"))
    assert len(report(tmp_path, without)[1]) == 1
    found, faults = report(tmp_path, without, "corporate: none")
    assert not faults
    assert found is not None
    assert found.line("corporate") == "no_corporate"


@pytest.mark.parametrize(
    ("roles", "column", "said"),
    [
        ("prescribing: medicine", "roles.prescribing", "the key of a directorate"),
        ("medicines: prescribing", "roles.medicines", "a known role"),
        ("acute: prescribing", "roles.acute", "prescribing bears the role prescribing too"),
    ],
)
def test_roles_that_do_not_hold_are_refused(
    roles: str, column: str, said: str, tmp_path: Path
) -> None:
    faults = report(tmp_path, ALL, roles)[1]
    assert [(f.column, said in f"{f.expected}") for f in faults if f.column == column] == [
        (column, True)
    ]


@pytest.mark.parametrize("named", ["prescribing", "medicines"])
@pytest.mark.parametrize(("month", "line"), [("M06", "prescribing"), ("M07", "medicines")])
def test_a_role_goes_on_with_a_directorate_that_begins_under_another_key(
    named: str, month: str, line: str, tmp_path: Path
) -> None:
    change = "changes:\n- {from: 2023-24 M07, directorate: prescribing, becomes: medicines}\n"
    both = ALL + lines("medicines")
    found, faults = report(tmp_path, both, f"prescribing: {named}", change, month)
    assert not faults
    assert found is not None
    assert found.line("prescribing") == line


@pytest.mark.parametrize(("month", "line"), [("M06", "acute_services"), ("M07", "no_acute")])
def test_a_role_ends_with_a_directorate_that_goes_into_a_larger_one(
    month: str, line: str, tmp_path: Path
) -> None:
    change = "changes:\n- {from: 2023-24 M07, directorate: acute_services, into: all_else}\n"
    found, faults = report(tmp_path, ALL + lines("all_else"), "", change, month)
    assert not faults
    assert found is not None
    assert found.line("acute") == line


def test_a_misspelt_role_fails_where_it_is_asked() -> None:
    with pytest.raises(KeyError, match="There is no role prescribers"):
        line_of("prescribers", USUAL)
    with pytest.raises(KeyError, match="There is no role prescribers"):
        with_lines("position.{place}.@prescribers.ytd_actual", USUAL)
