"""`boardpack prose`: what it says, what it writes, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MONTH = ("--year", "2023-24", "--month", "M06", "--place", "bromley")


def _prose(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "boardpack", "prose", *arguments, *MONTH]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "words.md"
    path.write_text("Prescribing is £2,213k overspent.\n", encoding="utf-8")
    return path


def test_true_words_end_well(project: Path, text: Path) -> None:
    done = _prose(project, str(text))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 claims: 1 supported" in done.stdout


def test_a_contradiction_is_a_finding_and_is_written(project: Path, text: Path) -> None:
    text.write_text("# Words\n\nPrescribing is £2,313k overspent.\n", encoding="utf-8")
    out = text.with_name("claims.json")
    done = _prose(project, str(text), "--json", str(out))
    assert done.returncode == 1
    assert f"{text}:3: contradicted" in done.stdout
    (claim,) = json.loads(out.read_text(encoding="utf-8"))["claims"]
    assert (claim["line"], claim["value"], claim["unit"]) == (3, "2313000", "GBP")
    assert claim["status"] == "contradicted"
    assert "position.bromley.prescribing.ytd_variance" in claim["figures"]


def test_a_file_that_cannot_be_read_is_an_input_fault(project: Path, text: Path) -> None:
    text.write_bytes(b"\xff\xfe\xa3")
    for name in (str(text), str(text.with_name("none.md")), str(text.parent)):
        done = _prose(project, name)
        assert done.returncode == 3, done
        assert "Traceback" not in done.stderr
