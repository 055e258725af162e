"""Where a month stands: what came, what last month brought, and what stands against a release."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, RAW, changed, copied_home

from boardpack.cli.progress import say_standing
from boardpack.core.errors import told_faults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import NEEDS, compute
from boardpack.prose.stale_words import record_written
from boardpack.render.layout import Layout
from boardpack.render.month_state import Standing, standing
from boardpack.render.new_month import begin_month

SEPTEMBER, OCTOBER = Month(2023, 6), Month(2023, 7)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path)


def stands(home: Path, month: Month = SEPTEMBER) -> Standing:
    return standing(Layout(PROJECT, load_paper(home, month, "bromley")))


def test_a_new_month_is_told_what_last_month_brought(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_month(home, OCTOBER)
    say_standing(stands(home, OCTOBER), home / "findings.txt")
    told = capsys.readouterr().out
    assert told.count("brought position.csv") == 1
    assert "Extracts still missing: 24" in told
    assert "missing; last month brought position.csv" in told
    assert "Checks: not run until the extracts are complete" in told
    assert "board_date is still to be confirmed" in told
    assert "Lines of the month's parameters to be confirmed: 2" in told


def test_what_has_come_is_no_longer_missing(home: Path) -> None:
    begin_month(home, OCTOBER)
    new = home / "data/raw/2023-24/M07"
    (new / "risks.csv").write_bytes((home / RAW / "risks.csv").read_bytes())
    missing = {item.stem for item in stands(home, OCTOBER).missing}
    assert "risks" not in missing
    assert "position" in missing


def test_failing_checks_stand_against_a_release_and_so_does_a_paper_not_made(home: Path) -> None:
    blocks = stands(home).blocks
    assert any(line.startswith("Failing checks to mend or to waive: ") for line in blocks)
    assert "The paper is not rendered yet" in blocks
    assert not any("Faults" in line for line in blocks)


def test_words_against_the_figures_and_stale_words_stand_against_it(home: Path) -> None:
    paper = load_paper(home, SEPTEMBER, "bromley")
    words = home / "params/2023-24/M06/bromley/commentary/position.md"
    words.write_text("Mental health is overspent by £348k to date.\n", encoding="utf-8")
    record_written(paper, compute(paper, *NEEDS))
    where = {"place": "bromley", "directorate": "Mental Health Services"}
    changed(home, "position.csv", where, {"ytd_actual": "7,600"})
    found = stands(home)
    assert [item.split(":")[0] for item in found.stale] == ["position"]
    assert "Sentences whose figures have moved since they were written: 1" in found.blocks


def test_a_schedule_that_neither_came_nor_can_be_made_names_both(home: Path) -> None:
    (home / RAW / "position.csv").unlink()
    (arrival,) = [item for item in stands(home).arrivals if item.name == "position"]
    assert arrival.is_missing
    assert "or ledger.csv, from which it is made" in str(arrival.faults[0])


def test_what_last_month_brought_and_no_reason_answers_for_is_missing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_month(home, OCTOBER)
    run = home / "params/2023-24/M07.yml"
    said = "not_supplied: {stated.csv: No report states anything.}\n"
    run.write_text(run.read_text(encoding="utf-8") + said, encoding="utf-8")
    (home / "data/raw/2023-24/M07/risk.csv").touch()
    found = stands(home, OCTOBER)
    assert "stated" not in {item.stem for item in found.missing}
    say_standing(found, home / "findings.txt")
    told = capsys.readouterr().out
    assert "risk.csv is not used: it may be meant for risks.csv." in told
    assert f"Extracts still missing: {len(found.missing)}" in told


def test_what_is_wrong_in_a_file_is_told_of_it_once_and_what_is_made_from_it_waits(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / RAW / "bppc.csv").unlink()
    (home / RAW / "invoices.csv").write_text("nothing,of\nthat,sort\n", encoding="utf-8")
    found = stands(home)
    say_standing(found, home / "findings.txt")
    told = capsys.readouterr().out
    lines = {line.split()[0]: line for line in told.splitlines() if line.startswith("  ")}
    assert lines["bppc"].endswith("waits for invoices.csv, which has faults")
    assert "arrived, with " in lines["invoices"]
    (wrong,) = [item for item in found.arrivals if item.name == "invoices"]
    assert f"Faults in the extracts to mend: {len(wrong.faults)}" in told
    assert told.count(str(wrong.faults[0])) == 1


def test_a_column_that_is_wrong_in_many_rows_is_one_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / RAW / "risks.csv"
    head = file.read_text(encoding="utf-8").splitlines()[0]
    rows = (f"X{number},nowhere,A risk,prescribing,Team,A plan,open" for number in range(12))
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    found = stands(home)
    (wrong,) = [item for item in found.arrivals if item.name == "risks"]
    say_standing(found, home / "findings.txt")
    told = capsys.readouterr().out
    assert len(told_faults(wrong.faults)) < len(wrong.faults)
    assert all(line in told for line in told_faults(wrong.faults))
