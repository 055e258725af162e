"""A render asked of a watch: the same paper, made by the process that has all of it at hand."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import pytest
from whole_build import built, render

from boardpack import cli
from boardpack.build.asking import asked_of_watch
from boardpack.build.layout import CHECKOUT, Layout
from boardpack.build.notebooks import can_fork
from boardpack.errors import INPUT, BoardpackError
from boardpack.params import load_paper
from boardpack.periods import Month
from small_notebooks import WriteNotebook
from watch_home import WORDS, browser_of, save, watched, watching, write_small

pytestmark = pytest.mark.skipif(not can_fork(), reason="a render is forked on Linux only")
EDITS = (
    (WORDS.as_posix(), "The three chapters", "These three chapters"),
    ("data/raw/2023-24/M06/position.csv", '"3,393"', '"3,394"'),
    ("params/report.yml", "rag: {amber: 0.5,", "rag: {amber: 0.6,"),
)
"""A word, a cell and a parameter of the paper, changed one after another."""


@dataclass
class Heard:
    """The stages that a render told of."""

    stages: list[str] = field(default_factory=list)

    def stage(self, title: str, steps: int) -> None:
        self.stages.append(title)

    def step(self, what: str) -> None:
        pass


@pytest.fixture
def small(project: Path, write_notebook: WriteNotebook) -> Path:
    write_small(project, write_notebook)
    return project


@pytest.fixture
def running(small: Path, layout: Layout) -> Iterator[Popen[str]]:
    """A watch that can be asked."""
    with watched(small) as process:
        browser_of(process).until(lambda event: event["ready"])
        yield process


def ask(layout: Layout) -> tuple[tuple[str, ...], list[str]]:
    """What has changed, as the watch says, and the stages of the render."""
    heard = Heard()
    with asked_of_watch(layout) as answer:
        assert answer is not None
        assert answer.follow(heard)
        return answer.changed, heard.stages


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_watch_makes_the_paper_of_what_was_just_saved(
    running: Popen[str], small: Path, layout: Layout
) -> None:
    changed, stages = ask(layout)
    assert changed == ("manifest.json",)
    assert stages[0] == "Reading the extracts"
    assert stages[-1] == "Sealing the build"
    for words in ("It stands otherwise.", "It stands higher."):
        save(small / WORDS, words)
        assert ask(layout)[0] == (WORDS.as_posix(),)
        kept = (layout.target / "html/notebooks/02_position.html").read_text()
        assert words in kept
    assert ask(layout) == ((), [])


def test_a_fault_is_told_with_its_code_and_the_good_build_stands(
    running: Popen[str], small: Path, layout: Layout
) -> None:
    ask(layout)
    before = files(layout.target)
    save(small / "data/raw/2023-24/M06/position.csv", "no,such\ntable,here\n")
    with asked_of_watch(layout) as answer:
        assert answer is not None
        with pytest.raises(BoardpackError, match=r"position\.csv") as told:
            answer.follow(Heard())
    assert told.value.exit_code == INPUT
    assert files(layout.target) == before


def test_the_command_asks_the_watch(
    running: Popen[str], small: Path, layout: Layout, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["render", "2023-24", "M06", "--place", "bromley", "--home", str(small)]
    ask(layout)
    with pytest.raises(SystemExit, match="0"):
        cli.app(command)
    assert "Nothing has changed since this paper was made" in capfd.readouterr().err


def test_one_who_has_not_read_the_note_is_not_answered(running: Popen[str], layout: Layout) -> None:
    note = json.loads(layout.watched.read_text())
    assert layout.watched.stat().st_mode & 0o077 == 0
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(f"\0{note['listens']}")
        line.sendall(b"0" * len(note["token"]) + b"\n")
        assert line.recv(1) == b""
    assert not layout.target.exists()
    note["program"]["boardpack"] = "another"
    layout.watched.write_text(json.dumps(note))
    with asked_of_watch(layout) as answer:
        assert answer is None


def test_a_watch_that_has_gone_is_not_asked(small: Path, layout: Layout) -> None:
    with watched(small) as process:
        browser_of(process).until(lambda event: event["ready"])
        note = layout.watched.read_text()
        process.terminate()
        process.wait()
    assert not layout.watched.exists()
    for left in (note, "", "{", "[]", '{"program": 1}'):  # what a killed watch may leave
        layout.watched.write_text(left)
        with asked_of_watch(layout) as answer:
            assert answer is None


def test_a_program_that_has_changed_leaves_the_render_to_who_asked(
    running: Popen[str], small: Path, layout: Layout
) -> None:
    design = small / "templates" / "design.yml"
    design.parent.mkdir()
    design.write_text("other")
    with asked_of_watch(layout) as answer:
        assert answer is None
    shutil.rmtree(design.parent)


def test_a_paper_made_by_its_watch_is_the_same_bytes(whole_home: Path, tmp_path: Path) -> None:
    watched_home = tmp_path / "watched"
    shutil.copytree(whole_home, watched_home)
    layout = Layout(CHECKOUT, load_paper(watched_home, Month(2023, 6), "bromley"))
    with watching("2023-24", "M06", "--home", str(watched_home)) as process:
        browser_of(process).until(lambda event: event["ready"])
        for file, before, after in EDITS:
            text = (watched_home / file).read_text(encoding="utf-8")
            assert before in text
            save(watched_home / file, text.replace(before, after, 1))
            changed, _ = ask(layout)
            assert changed == (file,)
    alone = tmp_path / "alone"
    for name in ("params", "data"):
        shutil.copytree(watched_home / name, alone / name)
    render(alone)
    made = files(built(alone))
    assert files(layout.target) == made
