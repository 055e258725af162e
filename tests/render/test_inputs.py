"""What is wrong with a month's extracts: all of it at once, and each cause once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from homes import RAW, copied_home

from boardpack import cli
from boardpack.checks.check import in_words
from boardpack.checks.extracts import ARRIVED, extract_check
from boardpack.cli.findings import LINES
from boardpack.core.errors import INPUT, InputFaults
from boardpack.core.home import run_file
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading.readers import MADE_FROM
from boardpack.render import examine
from boardpack.render.inputs import arrivals, check_inputs
from boardpack.render.one_arrival import Arrival

PROVENANCE = """file,system,report,parameters,run_at,role,total_of,control_total
section75.csv,General ledger,Section 75,Period M06,2023-10-05 09:00,Finance Manager,,
"""


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    return copied_home(project, tmp_path / "home")


def faults_of(home: Path) -> list[str]:
    with pytest.raises(InputFaults) as told:
        check_inputs(load_paper(home, Month(2023, 6), "bromley"))
    return str(told.value).splitlines()


def test_a_month_without_any_file_is_one_fault_that_names_its_folder(home: Path) -> None:
    shutil.rmtree(home / RAW)
    (home / RAW).mkdir()
    (line,) = faults_of(home)
    assert line.startswith(f"{RAW.as_posix()}: expected the month's extracts")


def test_every_missing_extract_is_named_where_others_have_come(home: Path) -> None:
    for name in ("risks.csv", "bppc.csv"):
        (home / RAW / name).unlink()
    assert len(faults_of(home)) == 2


def test_schedules_that_one_file_gives_are_one_fault_where_none_of_them_has_come(
    home: Path, project: Path
) -> None:
    schedules = ("position.csv", "budget_overview.csv", "corporate_costs.csv")
    for name in (*schedules, "corrections.csv"):
        (home / RAW / name).unlink()
    (line,) = faults_of(home)
    assert line.startswith(f"{(RAW / 'ledger.csv').as_posix()}: expected this extract, or")
    assert all(name in line for name in schedules)
    shutil.copy(project / RAW / schedules[0], home / RAW / schedules[0])
    assert len(faults_of(home)) == 2


def test_what_lacks_the_extract_that_it_is_made_from_is_told_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("ledger", "position", "risks", "savings_tracker")
    open_ones = tuple(
        in_words(extract_check(name, ARRIVED), name, "extract", "error", "It has not come.", "")
        for name in names
    )
    monkeypatch.setattr(examine, "check_extracts", lambda paper: open_ones)
    paper = load_paper(home, Month(2023, 6), "bromley")
    arrived = (Arrival("position", None, is_missing=True), Arrival("efficiency_schemes", None))
    told = [check.id for check in examine.unexamined(paper, arrived)]
    assert told == ["extracts.risks.arrived", "extracts.savings_tracker.arrived"]


def test_a_missing_file_that_provenance_names_too_is_told_once(home: Path) -> None:
    (home / RAW / "section75.csv").unlink()
    (home / RAW / "provenance.csv").write_text(PROVENANCE, encoding="utf-8")
    (line,) = faults_of(home)
    assert "section75.csv: expected this extract" in line


def test_a_unit_level_extract_that_provenance_names_too_is_told_once(home: Path) -> None:
    gone = tuple(name for name, of in MADE_FROM.items() if of == "savings_tracker")
    assert len(gone) > 1
    for name in gone:
        (home / RAW / f"{name}.csv").unlink()
    text = PROVENANCE.replace("section75.csv", "savings_tracker.csv")
    (home / RAW / "provenance.csv").write_text(text, encoding="utf-8")
    (line,) = faults_of(home)
    assert line.startswith(f"{(RAW / 'savings_tracker.csv').as_posix()}: expected this extract, or")


@pytest.mark.parametrize("reason", ["", "The council has sent nothing new."])
def test_a_file_of_last_month_is_told_once_and_not_by_what_it_lacks(
    home: Path, reason: str
) -> None:
    file = home / RAW / "bppc.csv"
    head, first, *rows = file.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    wrong = ",".join((*cells[:-1], "many"))
    file.write_text("\n".join((head, wrong, *rows)) + "\n", encoding="utf-8")
    before = home / RAW.parent / "M05"
    before.mkdir()
    shutil.copy(file, before)
    if reason:
        run = home / run_file(Month(2023, 6))
        told = f'unchanged: {{bppc.csv: "{reason}"}}\n'
        run.write_text(run.read_text(encoding="utf-8") + told, encoding="utf-8")
    paper = load_paper(home, Month(2023, 6), "bromley")
    lines = faults_of(home)
    assert all("bppc.csv" in line for line in lines)
    is_told = lines == [
        f"{(RAW / 'bppc.csv').as_posix()}: expected this month's file; its content is last"
        " month's. Ask for this month's, or give the reason under unchanged in the month's"
        " parameters."
    ]
    assert is_told is not bool(reason)
    checks = [check.id for check in examine.unexamined(paper, arrivals(paper))]
    assert "extracts.bppc.renewed" not in checks


def test_more_faults_than_a_screen_holds_stand_in_a_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (home / RAW).glob("*.csv"):
        if path.stem not in ("risks", "corrections"):
            path.write_text("nothing,of\nthat,sort\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["boardpack", "check", "2023-24", "M06", "--home", str(home)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == INPUT
    *shown, last = capsys.readouterr().err.splitlines()
    kept = (home / "build" / "faults.txt").read_text(encoding="utf-8").splitlines()
    assert len(shown) == LINES
    assert [line.removeprefix("boardpack: ") for line in shown] == kept[:LINES]
    assert f"And {len(kept) - LINES} more to mend; all are in" in last
