"""`accept` at the command line: a list with numbers, and a record of who accepts what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from homes import PROJECT, copied_home

from boardpack import cli
from boardpack.core.earlier import kept_of
from boardpack.core.run_log import read_log

WORDS = Path("params/2023-24/M06/bromley")
HALL = "We saw 4,612 patients in the hall."
ONE = ("--sentence", "1")
LEE = ("--reviewer", "Ann Lee, Director of Finance", "--reason", "Counted at the door")
Accept = Callable[..., tuple[int, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = copied_home(PROJECT, tmp_path / "home")
    for path in (home / WORDS / "commentary").iterdir():
        path.unlink()
    (home / WORDS / "commentary" / "position.md").write_text(HALL + "\n", encoding="utf-8")
    return home


@pytest.fixture
def accept(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Accept:
    def run(*arguments: str) -> tuple[int, str]:
        told = ("accept", "2023-24", "M06", "--home", str(home), *arguments)
        monkeypatch.setattr(sys, "argv", ["boardpack", *told])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    return run


def test_a_sentence_is_listed_accepted_and_listed_as_accepted(home: Path, accept: Accept) -> None:
    code, said = accept()
    assert code == 1
    assert f"1. {WORDS.as_posix()}/commentary/position.md, line 1: “{HALL}”" in said
    code, said = accept(*ONE, *LEE)
    assert code == 0
    assert f"Ann Lee, Director of Finance accepts 1: “{HALL}”" in said
    assert [run.command for run in read_log(home)] == ["accept"]
    assert len(kept_of(home, WORDS)) == 1
    code, said = accept()
    assert code == 0
    assert "Accepted by Ann Lee, Director of Finance, on " in said


def test_an_acceptance_that_answers_for_nothing_is_told(home: Path, accept: Accept) -> None:
    accept(*ONE, *LEE)
    (home / WORDS / "commentary" / "position.md").write_text("All is well.\n", encoding="utf-8")
    code, said = accept()
    assert code == 0
    assert "Every number and direction in the paper's own words agrees" in said
    assert f"position: “{HALL}”, accepted by Ann Lee" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*ONE, "--reviewer", "Ann Lee", "--reason", "Counted"), "a person and a role"),
        ((*ONE, *LEE[:2]), "Say with --reason"),
        (LEE, "Say with --sentence"),
        (("--sentence", "9", *LEE), "There is no sentence 9"),
    ],
    ids=["no role", "no reason", "no sentence", "unknown"],
)
def test_what_is_not_said_in_full_is_refused(
    home: Path, accept: Accept, arguments: tuple[str, ...], told: str
) -> None:
    code, said = accept(*arguments)
    assert code == 2
    assert told in said
    assert not (home / WORDS / "accepted.csv").exists()
