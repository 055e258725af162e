"""What commands leave in the run log, and how words and parameters of before are brought back."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from boardpack import cli
from boardpack.core.earlier import kept_of
from boardpack.core.errors import BuildFault
from boardpack.core.params import load_paper, unconfirmed
from boardpack.core.periods import Month
from boardpack.core.run_log import Run, read_log
from boardpack.figures.register import Register
from boardpack.render import examine
from boardpack.render.new_month import begin_month
from boardpack.render.words import keep_all

Command = Callable[..., tuple[int, str]]
JUNE = ("2023-24", "M06")
WORDS = Path("params/2023-24/M06/bromley")


@pytest.fixture
def command(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    monkeypatch.setenv("BOARDPACK_USER", "Ann Lee")
    monkeypatch.setattr(examine, "examine", lambda *told: (Register(), ()))

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["boardpack", *arguments, "--home", str(project)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    return run


def last(project: Path) -> Run:
    return read_log(project)[-1]


def test_a_check_is_logged_with_what_it_read(project: Path, command: Command) -> None:
    assert command("check", *JUNE)[0] == 0
    run = last(project)
    assert (run.command, run.month, run.place, run.code) == ("check", "2023-24 M06", "bromley", 0)
    assert (run.who, run.said) == ("Ann Lee", "0 checks, 0 stop a release")
    assert len(run.made_from) == 64
    assert "params/2023-24/M06.yml" in run.files
    assert "data/raw/2023-24/M06/position.csv" in run.files


def test_each_paper_of_a_month_has_a_line(project: Path, command: Command) -> None:
    command("check", *JUNE, "--all")
    assert len({run.place for run in read_log(project)}) == 7


def test_a_run_that_fails_is_logged_with_its_code(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*told: object) -> None:
        raise BuildFault("A chapter broke.\nMore of it.")

    monkeypatch.setattr(examine, "examine", fail)
    assert command("check", *JUNE)[0] == 4
    run = last(project)
    assert (run.place, run.code, run.said) == ("bromley", 4, "A chapter broke. (lines more: 1)")


def test_faults_in_the_parameters_are_logged_before_there_is_a_paper(
    project: Path, command: Command
) -> None:
    (project / "params/2023-24/M06.yml").write_text("status: draft\n")
    assert command("check", *JUNE, "--place", "bexley")[0] == 3
    run = last(project)
    assert (run.month, run.place, run.code) == ("2023-24 M06", "bexley", 3)
    assert run.said.endswith("to mend in M06.yml")


def test_a_command_for_what_does_not_exist_is_not_logged(project: Path, command: Command) -> None:
    assert command("check", *JUNE, "--place", "bromly")[0] == 2
    assert read_log(project) == ()


def test_a_month_begun_is_logged(project: Path, command: Command) -> None:
    command("new-month", "2023-24", "M07")
    assert (last(project).month, last(project).said) == ("2023-24 M07", "begun from 2023/24 M06")


def test_the_log_is_told_with_versions_and_runs(project: Path, command: Command) -> None:
    command("check", *JUNE)
    (project / "data/raw/2023-24/M06/risks.csv").write_text("changed")
    command("check", *JUNE)
    code, said = command("log", *JUNE, "--place", "bromley")
    assert code == 0
    assert said.count("Ann Lee  check bromley") == 2
    assert "changed since the run before: data/raw/2023-24/M06/risks.csv" in said


def test_undo_lists_and_brings_back_words_and_can_be_undone(
    project: Path, command: Command
) -> None:
    paper = load_paper(project, Month(2023, 6), "bromley")
    keep_all(paper, "as rendered")
    file = project / WORDS / "commentary/position.md"
    before = file.read_text(encoding="utf-8")
    file.write_text("Other words.\n")
    said = command("undo", *JUNE, "--list")[1]
    assert "Ann Lee  as rendered" in said
    code, said = command("undo", *JUNE)
    assert (code, file.read_text(encoding="utf-8")) == (0, before)
    assert f"Changed {WORDS.as_posix()}/commentary/position.md" in said
    assert last(project).command == "undo"
    command("undo", *JUNE)
    assert file.read_text() == "Other words.\n"


def test_undo_brings_back_the_parameters_of_the_month(project: Path, command: Command) -> None:
    keep_all(load_paper(project, Month(2023, 6), "bromley"), "as rendered")
    file = project / "params/2023-24/M06.yml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before + "# Another remark.\n")
    assert command("undo", *JUNE, "--of", "month")[0] == 0
    assert file.read_text(encoding="utf-8") == before


def test_undo_without_anything_kept_says_so(project: Path, command: Command) -> None:
    code, said = command("undo", *JUNE)
    assert code == 2
    assert "Nothing earlier is kept" in said


def test_what_is_kept_is_not_taken_into_a_new_month(project: Path) -> None:
    keep_all(load_paper(project, Month(2023, 6), "bromley"), "as rendered")
    begin_month(project, Month(2023, 7))
    assert kept_of(project, WORDS)
    assert not (project / "params/2023-24/M07/.earlier").exists()


def test_a_new_month_is_to_be_confirmed_until_its_remarks_are_taken_off(project: Path) -> None:
    assert unconfirmed(project, Month(2023, 6)) == ()
    begin_month(project, Month(2023, 7))
    told = unconfirmed(project, Month(2023, 7))
    assert ["board_date" in told[0], "data_cut" in told[1], len(told)] == [True, True, 2]
    assert "params/2023-24/M07.yml, line " in told[0]
    file = project / "params/2023-24/M07.yml"
    file.write_text(file.read_text().replace("  # to be confirmed", ""))
    assert unconfirmed(project, Month(2023, 7)) == ()


def test_the_figures_months_come_by_command(
    project: Path, command: Command, tmp_path: Path
) -> None:
    released = project / "data/released/2023-24"
    shutil.rmtree(released / "M04")
    name = "position.icb.total.ytd_variance"
    target = tmp_path / "months.csv"
    code, said = command(
        "history", name, "--year", "2023-24", "--month", "M06", "--csv", str(target)
    )
    assert code == 0, said
    assert "August 2023" in said
    assert len(target.read_text().splitlines()) == 13
