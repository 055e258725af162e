"""Who changed what of a month's papers, and when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from homes import PROJECT, copied_home

from boardpack.audit.releases.log_of_month import runs_of, versions_of
from boardpack.cli.record_lines import say_runs
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.core.run_log import Run, log_run
from boardpack.render.layout import Layout
from boardpack.render.proposal import Person, Proposal, write_proposal

MONTH = "2023-24 M06"


def ran(home: Path, when: str, place: str, month: str = MONTH, **files: str) -> None:
    log_run(home, Run("render", month, place, when=when, files=files, made_from=str(files)))


def test_a_run_names_what_had_changed_since_the_run_before_on_that_paper(tmp_path: Path) -> None:
    ran(tmp_path, "1", "bromley", ledger="a", risks="a")
    ran(tmp_path, "2", "bexley", ledger="z")
    ran(tmp_path, "3", "bromley", ledger="b", words="a")
    changed = [run.changed for run in runs_of(tmp_path, MONTH, None)]
    assert changed == [(), (), ("ledger", "risks (gone)", "words (new)")]


def test_a_run_that_got_to_no_paper_breaks_no_comparison(tmp_path: Path) -> None:
    ran(tmp_path, "1", "bromley", ledger="a")
    ran(tmp_path, "2", "bromley")
    ran(tmp_path, "3", "bromley", ledger="a")
    assert [run.changed for run in runs_of(tmp_path, MONTH, "bromley")] == [(), (), ()]


def test_another_program_is_named_where_no_file_changed(tmp_path: Path) -> None:
    for seal in ("a", "b"):
        log_run(tmp_path, Run("render", MONTH, "bromley", files={"x": "1"}, made_from=seal))
    assert runs_of(tmp_path, MONTH, "bromley")[1].changed == ("the program",)


def test_a_paper_is_told_its_own_runs_and_those_of_the_whole_month(tmp_path: Path) -> None:
    for place in ("bromley", "bexley", ""):
        ran(tmp_path, "1", place)
    ran(tmp_path, "1", "bromley", month="2023-24 M05")
    assert [found.run.place for found in runs_of(tmp_path, MONTH, "bromley")] == ["bromley", ""]


def test_runs_are_said_with_who_and_how_they_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run("check", MONTH, "bromley", 3, "2 to mend in ledger.csv", when="9", who="Ann Lee")
    log_run(tmp_path, run)
    say_runs(runs_of(tmp_path, MONTH, None))
    told = capsys.readouterr().out
    assert "9  Ann Lee  check bromley: 2 to mend in ledger.csv [exit code 3]" in told


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    home = copied_home(PROJECT, tmp_path)
    return Layout(PROJECT, load_paper(home, Month(2023, 6), "bromley"))


def test_versions_are_told_with_their_people_and_reasons(layout: Layout) -> None:
    folder = layout.paper.home / "data/released/2023-24/M06/bromley"
    ann, sam = ({"name": n, "role": "Manager", "when": "9"} for n in ("Ann Lee", "Sam Roy"))
    records = {
        folder: {"preparer": "Finance Manager", "reviewer": "Director of Finance"},
        folder / "v2": {"prepared": ann, "approved": sam, "replaces": {"reason": "An invoice"}},
    }
    for place, record in records.items():
        place.mkdir(parents=True)
        (place / "figures.json").write_text("{}")
        (place / "release.json").write_text(json.dumps(record))
    proposal = Proposal(3, Person("Ann Lee", "Manager"), "10", "Another", "seal", "seal")
    write_proposal(layout, proposal)
    first, second, waiting = versions_of(layout)
    assert first == (
        "Version 1: prepared by the Finance Manager, reviewed by the Director of Finance"
    )
    assert "prepared by Ann Lee, Manager, 9, approved by Sam Roy, Manager, 9" in second
    assert second.endswith("Why: An invoice")
    assert waiting.startswith("Version 3 waits for approval; prepared by Ann Lee, Manager, 10")
