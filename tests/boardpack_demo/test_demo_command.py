"""The command that writes the made-up ICB: what it says, and the exit codes of its failures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from boardpack_demo import __main__ as command


def _run(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["boardpack-demo", *arguments])
    with pytest.raises(SystemExit) as left:
        command.main()
    said = capsys.readouterr()
    code = left.value.code
    return (code if isinstance(code, int) else 0), said.out, said.err


def test_a_month_is_written_with_the_fault_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "demo"
    asked = [str(home), "--months", "1", "--plant", "misspelt-column"]
    code, out, error = _run(asked, monkeypatch, capsys)
    assert (code, error) == (0, "")
    assert out.startswith(f"Wrote 1 months of a made-up ICB to {home}\nIn Month 1, misspelt-column")
    assert (home / "data/raw/2024-25/M01").is_dir()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "Name a folder to write the demonstration to"),
        (["demo", "--months", "25"], "A demonstration has 1 to 24 months"),
        (["demo", "--plant", "misspelt-colum"], "misspelt-column"),
    ],
)
def test_what_cannot_be_written_is_told_plainly(
    asked: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, error = _run(asked, monkeypatch, capsys)
    assert code == 2
    assert error.startswith("boardpack: ")
    assert said in error
    assert not (tmp_path / "demo").exists()


def test_plants_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = _run(["--list-plants"], monkeypatch, capsys)
    assert code == 0
    assert "misspelt-column" in out
