"""The ledger's figures: the golden position to the penny, and control totals of their own."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW
from ledger_home import (
    BALANCE,
    BALANCES,
    GOLDEN,
    PROVENANCE,
    folder_of,
    ledger_home,
    paper_of,
    write_extract,
)
from month_six import whole_register

from boardpack.core.errors import InputFaults
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.reading.provenance_extract import read_provenance, without_provenance
from boardpack.subjects.ledger.trial_balance_extract import read_trial_balance

KEYED = (
    "ledger.csv,ISFE2,Position by cost centre,M06,2023-10-10,Management Accountant,"
    'ytd_actual,"1,801.31"'
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    home = ledger_home(tmp_path_factory.mktemp("control") / "home")
    write_extract(home / RAW, "trial_balance.csv", BALANCE, BALANCES)
    write_extract(home / RAW, "provenance.csv", PROVENANCE, [KEYED])
    return compute(paper_of(home), "control", "corporate")


def test_the_position_of_every_place_and_of_the_icb_is_the_golden_one(register: Register) -> None:
    with (GOLDEN / "position.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        line = row["directorate"].lower().replace(" ", "_")
        for measure in list(row)[2:]:
            figure = register.agreed(f"position.{row['place']}.{line}.{measure}")
            assert figure.value == Decimal(row[measure]), figure.id
            assert figure.margin == 0
    assert len(rows) == 11


def test_control_totals_name_their_lines_and_no_text(register: Register) -> None:
    total = register["control.icb.ledger.ytd_actual"]
    assert total.value == Decimal("1801.31")
    (cell,) = total.cells
    assert cell.lines == tuple(range(2, 14))
    assert cell.cell.text == ""
    assert register["control.bromley.cost_centres.ytd_actual"].value == Decimal("1250.55")
    assert register["control.icb.trial_balance.ytd"].value == 0
    assert register["control.bromley.cost_centre_929101.trial_balance_ytd"].value == Decimal(
        "250.45"
    )
    keyed = register["control.icb.ledger.ytd_actual_keyed"]
    assert keyed.value == Decimal("1801.31")
    assert keyed.cells[0].cell.file.endswith("provenance.csv")


def test_a_month_of_schedules_has_no_control_totals() -> None:
    assert not [f for f in whole_register() if f.chapter in ("control", "adjustments")]
    assert "position.icb.total.annual_budget" not in whole_register()


def test_running_costs_come_from_the_ledger_too(register: Register) -> None:
    assert register["corporate.icb.admin_total.ytd_actual"].value == Decimal("45.50")
    assert register["corporate.icb.corporate_total.ytd_variance"].value == Decimal("4.50")


def test_a_trial_balance_of_another_month_is_refused(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home")
    earlier = [line.replace("M06", "M05") for line in BALANCES]
    write_extract(home / RAW, "trial_balance.csv", BALANCE, earlier)
    with pytest.raises(InputFaults, match="expected rows of this month, M06"):
        read_trial_balance(folder_of(home))
    later = [line.replace("M06", "M07") for line in BALANCES]
    write_extract(home / RAW, "trial_balance.csv", BALANCE, later)
    with pytest.raises(InputFaults, match="expected a known period"):
        read_trial_balance(folder_of(home))


def test_faults_of_provenance_are_told_all_at_once(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home")
    who = "ISFE2,Position,M06,2023-10-10,Accountant"
    write_extract(
        home / RAW,
        "provenance.csv",
        PROVENANCE,
        [
            f"ledgre.csv,{who},,",
            f"ledger.csv,{who},ytd_actual,",
            f"bppc.csv,{who},ytd_bugdet,12",
        ],
    )
    with pytest.raises(InputFaults) as caught:
        read_provenance(folder_of(home))
    told = [str(fault) for fault in caught.value.faults]
    assert "Did you mean 'ledger.csv'?" in told[0]
    assert "expected a control total and its column" in told[1]
    assert "found 'ytd_bugdet'; expected a column of amounts in bppc.csv" in told[2]


def test_extracts_without_provenance_are_listed(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home")
    write_extract(home / RAW, "provenance.csv", PROVENANCE, [KEYED])
    missing = without_provenance(folder_of(home))
    assert "bppc.csv" in missing
    assert not {"ledger.csv", "provenance.csv", "corrections.csv"}.intersection(missing)
