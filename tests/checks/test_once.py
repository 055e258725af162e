"""What checks read of files is kept while what they looked at stands, and no longer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from homes import PROJECT, RAW
from ledger_home import paper_of

from boardpack.checks.once import once
from boardpack.core.params import Paper


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "params", tmp_path / "params")
    (tmp_path / RAW).mkdir(parents=True)
    for name in ("risks.csv", "other.csv"):
        (tmp_path / RAW / name).write_text("one", encoding="utf-8")
    return tmp_path


def read(home: Path, made: list[str]) -> str:
    """The risks as a check reads them; `made` grows each time that they are read."""

    def make(paper: Paper) -> str:
        made.append(str(paper.report.materiality.amount))
        return (home / RAW / "risks.csv").read_text(encoding="utf-8")

    return once(paper_of(home), "a test", make)


def test_it_is_read_again_only_where_what_was_looked_at_changed(home: Path) -> None:
    made: list[str] = []
    assert [read(home, made), read(home, made), len(made)] == ["one", "one", 1]
    (home / RAW / "other.csv").write_text("changed", encoding="utf-8")
    assert [read(home, made), len(made)] == ["one", 1]
    (home / RAW / "risks.csv").write_text("another", encoding="utf-8")
    assert [read(home, made), len(made)] == ["another", 2]


def test_it_is_read_again_where_a_file_comes_or_goes(home: Path) -> None:
    made: list[str] = []
    read(home, made)
    (home / RAW / "third.csv").write_text("new", encoding="utf-8")
    read(home, made)
    (home / RAW / "third.csv").unlink()
    read(home, made)
    assert len(made) == 3


def test_it_is_read_again_where_a_parameter_is_another_that_was_asked_for(home: Path) -> None:
    made: list[str] = []
    read(home, made)
    report = home / "params/report.yml"
    text, was = report.read_text(encoding="utf-8"), paper_of(home).report.materiality.amount
    report.write_text(text.replace(f"amount: {was}", "amount: 77000"), encoding="utf-8")
    read(home, made)
    assert made == [str(was), "77000"]
