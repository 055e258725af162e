"""Top-side entries: refused unless answered for, beside the ledger, carried or reversed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW, copied_home
from ledger_home import ADJUSTMENTS, folder_of, ledger_home, paper_of, write_extract
from month_six import whole_register

from boardpack.checks import Check
from boardpack.checks.patterns import Patterns
from boardpack.core.errors import InputFaults
from boardpack.figures.chapters import compute
from boardpack.subjects.adjustments.checks import check_adjustments
from boardpack.subjects.adjustments.extract import read_adjustments

BEFORE = Path("data/raw/2023-24/M05")
ROLES = "Management Accountant,Director of Finance"
LATE = f'A1,bromley,Prescribing,ytd_actual,"1,000.00",Invoice not posted,{ROLES},reverse'
CARRIED = f"B1,bromley,Prescribing,ytd_actual,500.25,Dispute with a provider,{ROLES},carry"
INCOME = f"C1,bexley,Acute Services,annual_budget,(200.50),Budget to move,{ROLES},carry"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path / "home")


def _checks(home: Path, before: Sequence[str], now: Sequence[str]) -> list[Check]:
    write_extract(home / BEFORE, "adjustments.csv", ADJUSTMENTS, before)
    (home / RAW / "adjustments.csv").unlink(missing_ok=True)
    if now:
        write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, now)
    paper = paper_of(home)
    return list(check_adjustments(Patterns(compute(paper, "adjustments"), paper)))


def test_an_entry_must_be_answered_for(home: Path) -> None:
    alone = "Director of Finance,director of finance"
    write_extract(
        home / RAW,
        "adjustments.csv",
        ADJUSTMENTS,
        [
            f"A1,bromley,Prescribing,ytd_actual,0.00,Nil,{ROLES},reverse",
            f"A2,bromley,Prescribing,ytd_actual,1.00,Alone,{alone},reverse",
        ],
    )
    with pytest.raises(InputFaults) as caught:
        read_adjustments(folder_of(home))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "amount"),
        (3, "approver_role"),
    ]
    write_extract(
        home / RAW,
        "adjustments.csv",
        ADJUSTMENTS,
        [
            f"A3,bromley,Prescribing,ytd_actual,1.00,,{ROLES},reverse",
            f"A4,bromley,Savings,ytd_actual,1.00,Why,{ROLES},reverse",
            f"A5,bromley,Prescribing,ytd_variance,1.00,Why,{ROLES},kept",
        ],
    )
    with pytest.raises(InputFaults) as caught:
        read_adjustments(folder_of(home))
    assert {(fault.row, fault.column) for fault in caught.value.faults} == {
        (2, "reason"),
        (3, "directorate"),
        (4, "measure"),
        (4, "treatment"),
    }


def test_entries_stand_beside_the_ledger_and_change_nothing_in_it(home: Path) -> None:
    write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, [LATE, CARRIED, INCOME])
    register = compute(paper_of(home), "adjustments")
    for figure in register:
        if figure.chapter != "adjustments":
            assert figure == whole_register()[figure.id]
    value = lambda name: register[f"adjustments.{name}"].value  # noqa: E731
    ledger = register.agreed("position.bromley.prescribing.ytd_actual").value
    assert value("bromley.prescribing.ytd_actual.ref_a1") == 1000
    assert value("bromley.prescribing.ytd_actual") == Decimal("1500.25")
    assert value("bromley.prescribing.adjusted_ytd_actual") == ledger + Decimal("1500.25")
    assert value("bromley.total.ytd_variance") == Decimal("-1500.25")
    assert value("bexley.acute_services.forecast_variance") == Decimal("-200.50")
    assert value("icb.total.ytd_actual") == Decimal("1500.25")
    variance = register.agreed("position.bromley.prescribing.ytd_variance").value
    assert value("bromley.prescribing.adjusted_ytd_variance") == variance - Decimal("1500.25")


def test_on_ledger_lines_the_adjusted_position_is_exact(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home")
    write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, [INCOME])
    register = compute(paper_of(home), "adjustments")
    adjusted = register["adjustments.icb.total.adjusted_annual_budget"]
    assert adjusted.value == Decimal("3751.10") - Decimal("200.50")
    assert adjusted.margin == 0


def test_a_carried_entry_stands_again_or_is_declared_reversed(home: Path) -> None:
    gone = CARRIED.replace(",carry", ",reversed")
    assert [c.status for c in _checks(home, [CARRIED], [CARRIED])] == ["pass"]
    assert [c.status for c in _checks(home, [CARRIED], [gone])] == ["pass"]
    (lost,) = _checks(home, [CARRIED], [LATE])
    assert (lost.status, lost.severity, lost.figures) == ("fail", "error", ())
    assert "Entry B1 (Prescribing, bromley) was carried last month (row 2 there)" in lost.sentence
    (moved,) = _checks(home, [CARRIED], [CARRIED.replace("500.25", "600")])
    assert "carried at £500.25 and stands at £600.00 (row 2)" in moved.sentence


def test_a_declared_reversal_counts_nothing_and_needs_something_carried(home: Path) -> None:
    gone = CARRIED.replace(",carry", ",reversed")
    went, check = _checks(home, [LATE], [gone])
    assert went.status == "pass"
    assert "last month's entries do not carry it" in check.sentence
    assert not [f for f in compute(paper_of(home), "adjustments") if f.chapter == "adjustments"]


def test_an_entry_that_reverses_may_not_recur_under_its_reference(home: Path) -> None:
    assert [c.status for c in _checks(home, [LATE], [])] == ["pass"]
    assert [c.status for c in _checks(home, [LATE], [LATE.replace("A1", "A2")])] == ["pass"]
    (check,) = _checks(home, [LATE], [LATE])
    assert "was to reverse this month and stands again (row 2)" in check.sentence
    assert check.figures == ("adjustments.bromley.prescribing.ytd_actual.ref_a1",)


def test_without_last_months_entries_there_is_nothing_to_hold_them_to(home: Path) -> None:
    write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, [CARRIED])
    paper = paper_of(home)
    assert not list(check_adjustments(Patterns(compute(paper, "adjustments"), paper)))
