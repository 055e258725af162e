"""The run log: a line a run, only ever added, and never fatal."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from boardpack import __version__
from boardpack.core.errors import BuildFault, Fault, InputFaults
from boardpack.core.run_log import LOG, Run, log_run, message_of, read_log


def test_a_run_is_a_line_with_who_when_and_the_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARDPACK_USER", "A. Finance Manager")
    log_run(
        tmp_path, Run("check", "2024-25 M07", "alderwick", 1, "3 failing", "ab", {"x.csv": "1"})
    )
    (line,) = (tmp_path / LOG).read_text().splitlines()
    told = json.loads(line)
    assert told["who"] == "A. Finance Manager"
    assert told["boardpack"] == __version__
    assert told["when"].endswith("Z")
    assert (told["command"], told["code"], told["files"]) == ("check", 1, {"x.csv": "1"})


def test_the_account_of_the_machine_stands_where_nobody_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARDPACK_USER", " ")
    monkeypatch.setattr("getpass.getuser", lambda: "someone")
    log_run(tmp_path, Run("check", "2024-25 M07"))
    assert read_log(tmp_path)[0].who == "someone"


def test_runs_side_by_side_leave_whole_lines(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(lambda n: log_run(tmp_path, Run("check", str(n), said="x" * 500)), range(200))
        )
    assert sorted(int(run.month) for run in read_log(tmp_path)) == list(range(200))


def test_a_torn_line_spoils_no_other(tmp_path: Path) -> None:
    log_run(tmp_path, Run("check", "1"))
    with (tmp_path / LOG).open("a") as file:
        file.write('{"command": "ren')
    log_run(tmp_path, Run("check", "2"))
    assert [run.month for run in read_log(tmp_path)] == ["1", "2"]


def test_a_log_that_cannot_be_written_is_told_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "build").write_text("a file where the folder should be")
    log_run(tmp_path, Run("check", "2024-25 M07"))
    assert "this run is not in" in capsys.readouterr().err


def test_a_log_names_files_and_never_what_stands_in_a_cell() -> None:
    fault = Fault("data/raw/chc_packages.csv", "an amount", "Mend it.", row=3, value="A. Person")
    assert message_of(InputFaults([fault])) == "1 to mend in chc_packages.csv"
    assert message_of(BuildFault("The first line.\nMore.")) == "The first line. (lines more: 1)"
    assert message_of(KeyError("A. Person")) == "unexpected KeyError"
