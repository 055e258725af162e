"""A month begun from the one before: nothing lost, nothing overwritten, every change told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from homes import PROJECT, RUN, copied_home

from boardpack.core.errors import UsageFault
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.new_month import begin_month

OCTOBER = Month(2023, 7)
WAIVERS = """waivers:
- {check: cast.down.one, reason: Rounding, owner_role: Director of Finance, expires: 2023-11-01}
- {check: cast.down.two, reason: Rounding, owner_role: Director of Finance, expires: 2024-03-31}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path)


def test_parameters_are_rolled_forward(home: Path) -> None:
    begin_month(home, OCTOBER)
    old, new = load_paper(home, Month(2023, 6)).run, load_paper(home, OCTOBER).run
    assert new.board_date == dt.date(2023, 12, 28), "the fourth Thursday, a month later"
    assert new.data_cut == dt.datetime(2023, 11, 30, 12, tzinfo=dt.UTC)
    assert new.compare_with == ["M06", "M05"]
    assert new.prescribing_months_of_data == 5
    assert new.cover == old.cover


def test_the_file_keeps_its_comments_and_says_what_to_confirm(home: Path) -> None:
    begin_month(home, OCTOBER)
    text = (home / "params/2023-24/M07.yml").read_text(encoding="utf-8")
    assert text.startswith("# The run for Month 7 (October 2023).\n")
    assert "# Earlier months whose published figures" in text
    assert text.count("# to be confirmed") == 2


def test_every_change_is_told_and_no_other(home: Path) -> None:
    begun = begin_month(home, OCTOBER)
    old = (home / RUN).read_text(encoding="utf-8").splitlines()
    new = (home / "params/2023-24/M07.yml").read_text(encoding="utf-8").splitlines()
    added = [line[1:] for line in begun.changes if line.startswith("+") and line[1] != "+"]
    assert sorted(added) == sorted(set(new) - set(old))


def test_last_month_s_words_stand_by_with_their_date(home: Path) -> None:
    begin_month(home, OCTOBER)
    before = home / "params/2023-24/M06/bromley/commentary/chc.md"
    after = home / "params/2023-24/M07/bromley/last_month/chc.md"
    said = after.read_text(encoding="utf-8")
    assert said.startswith("<!-- As said for September 2023 (Month 6). Not printed. -->")
    assert said.endswith(before.read_text(encoding="utf-8"))
    assert not list((home / "params/2023-24/M07/bromley/commentary").iterdir())


def test_expected_are_the_files_that_last_month_brought(home: Path) -> None:
    begun = begin_month(home, OCTOBER)
    names = {item.file for item in begun.expected}
    raw = {path.name for path in (home / "data/raw/2023-24/M06").iterdir()}
    assert names == raw - {"corrections.csv", "provenance.csv", "adjustments.csv"}


def test_a_waiver_that_has_run_out_is_left_behind_and_named(home: Path) -> None:
    run = home / RUN
    text = run.read_text(encoding="utf-8").replace("waivers: []\n", WAIVERS)
    run.write_text(text, encoding="utf-8")
    begun = begin_month(home, OCTOBER)
    assert [w.check for w in load_paper(home, OCTOBER).run.waivers] == ["cast.down.two"]
    assert any("cast.down.one has run out" in note for note in begun.notes)


def test_a_month_that_was_begun_is_not_touched(home: Path) -> None:
    begin_month(home, OCTOBER)
    file = home / "params/2023-24/M07.yml"
    file.write_text("mine\n", encoding="utf-8")
    with pytest.raises(UsageFault, match="begun already"):
        begin_month(home, OCTOBER)
    assert file.read_text(encoding="utf-8") == "mine\n"


def test_the_turn_of_the_year(home: Path) -> None:
    begun = begin_month(home, Month(2024, 1))
    run = load_paper(home, Month(2024, 1)).run
    assert (run.compare_with, run.prescribing_months_of_data) == ([], 0)
    assert run.board_date == dt.date(2024, 6, 27)
    assert any("months between have no paper" in note for note in begun.notes)


def test_with_no_month_to_go_from_the_way_on_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="no month before 2023/24 M07"):
        begin_month(tmp_path, OCTOBER)


def test_what_rightly_came_unchanged_is_to_be_said_anew(home: Path) -> None:
    run = home / RUN
    said = "unchanged:\n  risks.csv: They were reviewed.\nnot_supplied: {mhis_return.csv: Late.}\n"
    run.write_text(run.read_text(encoding="utf-8") + said, encoding="utf-8")
    begun = begin_month(home, OCTOBER)
    new = load_paper(home, OCTOBER).run
    assert (new.unchanged, new.not_supplied) == ({}, {"mhis_return.csv": "Late."})
    assert any(note.endswith("say why anew: risks.csv.") for note in begun.notes)


@pytest.mark.parametrize("written", ["compare_with:\n- M05\n- M04\n", "compare_with:\n  - M05\n"])
def test_a_list_written_line_by_line_is_rolled_forward_whole(home: Path, written: str) -> None:
    file = home / "params/2023-24/M06.yml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("compare_with: [M05, M04]\n", written), encoding="utf-8")
    begin_month(home, OCTOBER)
    assert load_paper(home, OCTOBER).run.compare_with == ["M06", "M05"]


def test_what_was_said_of_an_audit_holds_for_its_month_alone(home: Path) -> None:
    file = home / "params/2023-24/M06.yml"
    file.write_text(f"{file.read_text(encoding='utf-8')}audited: true\n", encoding="utf-8")
    begin_month(home, OCTOBER)
    assert not load_paper(home, OCTOBER).run.audited


def test_a_board_date_that_nobody_confirmed_says_so_in_print(home: Path) -> None:
    begin_month(home, OCTOBER)
    assert load_paper(home, OCTOBER).board_day == "28 December 2023, to be confirmed"
    file = home / "params/2023-24/M07.yml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("  # to be confirmed", ""), encoding="utf-8")
    assert load_paper(home, OCTOBER).board_day == "28 December 2023"
