"""A correction is documented: what it alone makes differ is listed, and everything else is open."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from homes import RAW, changed
from ledger_home import BALANCE, BALANCES, ledger_home, paper_of, write_extract
from month_six import paper_for

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.figures.chapters import NEEDS, compute

HEAD = "file,row,column,printed,used,why"
LEDGER = "ledger.csv,2,ytd_actual,{printed},{used},Keyed short"
CENTRE = "control.trial_balance."


def _failing(home: Path, *chapters: str) -> dict[str, Check]:
    paper = paper_of(home)
    found = run_checks(compute(paper, *chapters), paper, complete=False)
    return {check.id: check for check in found if check.status in ("fail", "documented")}


def _ledger(target: Path, corrections: Sequence[str]) -> Path:
    home = ledger_home(target)
    write_extract(home / RAW, "trial_balance.csv", BALANCE, BALANCES)
    write_extract(home / RAW, "corrections.csv", HEAD, corrections)
    return home


def test_the_corrections_of_the_published_month_are_listed_and_not_open() -> None:
    paper = paper_for()
    checks = run_checks(compute(paper, *NEEDS), paper)
    listed = {check.id: check for check in checks if check.status == "documented"}
    assert set(listed) == {
        "printed.overview.central.programme_wide_projects.ytd_budget",
        "printed.mental_health.icb.mhis.forecast_outturn",
    }
    assert all(
        check.cause.startswith("Documented in corrections.csv:") for check in listed.values()
    )
    assert not any(check.is_open for check in listed.values())
    assert sum(check.is_open and check.severity == "error" for check in checks) == 20


def test_what_a_corrected_ledger_line_makes_differ_names_the_correction(tmp_path: Path) -> None:
    clean = _failing(_ledger(tmp_path / "clean", []), "control")
    printed = _printed(tmp_path / "clean")
    row = LEDGER.format(printed=printed, used="99999.00")
    found = _failing(_ledger(tmp_path / "corrected", [row]), "control")
    questions = ("plausible.", "duty.")
    new = found.keys() - clean.keys()
    added = {name: found[name] for name in new if not name.startswith(questions)}
    assert any(name.startswith(CENTRE) for name in added)
    assert {check.status for check in added.values()} == {"documented"}
    assert all("ledger.csv row 2, ytd_actual: Keyed short." in c.cause for c in added.values())
    assert not [name for name in clean if not name.startswith(questions)]


def _printed(home: Path) -> str:
    head, first = (home / RAW / "ledger.csv").read_text(encoding="utf-8").splitlines()[:2]
    return first.split(",")[head.split(",").index("ytd_actual")]


@pytest.mark.parametrize(
    ("used", "status"),
    [("12,925", None), ("12,926", None), ("13,000", "documented")],
    ids=["as printed", "within rounding", "more than rounding"],
)
def test_a_schedule_corrected_away_from_its_total(
    tmp_path: Path, used: str, status: str | None
) -> None:
    home = _corrected(tmp_path, "position.csv", 5, "ytd_actual", used, "Said by the team")
    found = _failing(home, "position")
    cast = found.get("printed.position.bromley.total.ytd_actual")
    assert (cast.status if cast else None) == status


def test_a_difference_that_stands_either_way_stays_open(tmp_path: Path) -> None:
    """The care line differs from the overview by 2k; a correction to 3k answers for nothing."""
    home = _corrected(tmp_path, "position.csv", 5, "ytd_actual", "12,926", "Said by the team")
    found = _failing(home, "overview", "position")
    name = "agreement.position.bromley.continuing_care_services.ytd_actual"
    assert (found[name].status, found[name].severity) == ("fail", "error")


def test_a_duty_that_a_correction_shows_to_be_missed_stays_open(tmp_path: Path) -> None:
    """Payment of invoices: 95% is the duty; a corrected return that falls below it is a miss."""
    home = _corrected(tmp_path, "bppc.csv", 2, "ytd_actual", "90.0%", "Counted again")
    duties = {n: c for n, c in _failing(home, *NEEDS).items() if n.startswith("duty.")}
    assert duties
    assert {check.status for check in duties.values()} == {"fail"}


def _corrected(target: Path, file: str, row: int, column: str, used: str, why: str) -> Path:
    home = changed(target, file, {}, {})
    with (home / RAW / file).open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines))
    printed = table[row - 1][table[0].index(column)]
    path = home / RAW / "corrections.csv"
    kept = path.read_text(encoding="utf-8")
    path.write_text(f'{kept}{file},{row},{column},"{printed}","{used}",{why}\n', encoding="utf-8")
    return home
