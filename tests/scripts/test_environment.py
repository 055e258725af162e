"""The launchers: when the environment is made, made again, or left alone."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LAUNCHERS = sorted(path for path in SCRIPTS.glob("*.py") if not path.name.startswith("_"))


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Machine:
    """A machine on which commands are only written down; `fails` names the one that fails."""

    def __init__(self, environment: Any) -> None:
        self._environment = environment
        self.fails = ""
        self.ran: list[str] = []

    def call(self, command: Sequence[str], **_: Any) -> int:
        line = " ".join(command)
        kinds = {"-m venv": "venv", "requirements.txt": "lock", "-e .": "package"}
        kind = next((kind for part, kind in kinds.items() if part in line), line)
        self.ran.append(kind)
        if kind == "venv":
            self._environment.VENV.mkdir()
        if kind == "lock":
            python = Path(self._environment.python())
            python.parent.mkdir(parents=True)
            python.touch()
        return int(kind == self.fails)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    module: Any = load("_environment")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.txt")
    (tmp_path / "requirements.txt").write_text("a==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return module


@pytest.fixture
def machine(environment: Any, monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine(environment)
    monkeypatch.setattr(environment.subprocess, "call", found.call)
    return found


def test_a_missing_environment_is_made_and_stamped_last(environment: Any, machine: Machine) -> None:
    environment.make()
    assert machine.ran == ["venv", "lock", "package"]
    assert environment.is_current()


def test_one_that_is_current_is_left_alone(environment: Any, machine: Machine) -> None:
    environment.make()
    machine.ran.clear()
    environment.make()
    assert machine.ran == []


@pytest.mark.parametrize("step", ["venv", "lock", "package"])
def test_a_half_made_one_is_told_and_made_again(
    environment: Any, machine: Machine, step: str
) -> None:
    machine.fails = step
    with pytest.raises(environment.NotMade):
        environment.make()
    assert not environment.is_current()
    machine.fails = ""
    machine.ran.clear()
    environment.make()
    assert machine.ran == ["venv", "lock", "package"]


def test_another_lock_makes_it_again(environment: Any, machine: Machine, tmp_path: Path) -> None:
    environment.make()
    machine.ran.clear()
    (tmp_path / "requirements.txt").write_text("a==2\n")
    environment.make()
    assert machine.ran == ["venv", "lock", "package"]


def test_another_python_makes_it_again(environment: Any, machine: Machine) -> None:
    environment.make()
    machine.ran.clear()
    stamp = environment.STAMP.read_text()
    environment.STAMP.write_text(stamp.replace("python 3.", "python 2."))
    environment.make()
    assert machine.ran == ["venv", "lock", "package"]


def test_a_changed_project_file_installs_the_package_alone(
    environment: Any, machine: Machine, tmp_path: Path
) -> None:
    environment.make()
    machine.ran.clear()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'b'\n")
    environment.make()
    assert machine.ran == ["package"]
    assert environment.is_current()


def test_the_verb_runs_in_the_environment_and_gives_its_exit_code(
    environment: Any, machine: Machine
) -> None:
    environment.make()
    verb = f"{environment.python()} -m boardpack check 2023-24 M06"
    machine.fails = verb
    assert environment.run("check", ["2023-24", "M06"]) == 1
    assert machine.ran[-1] == verb


def test_wheels_in_a_folder_stand_in_for_the_registry(
    environment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "some.whl").touch()
    lines: list[str] = []
    machine = Machine(environment)

    def call(command: Sequence[str], **more: Any) -> int:
        lines.append(" ".join(command))
        return machine.call(command, **more)

    monkeypatch.setattr(environment.subprocess, "call", call)
    environment.run("check", ["2023-24", "--wheels", str(tmp_path), "M06"])
    (locked,) = [line for line in lines if "requirements.txt" in line]
    assert f"--no-index --find-links {tmp_path}" in locked
    assert lines[-1].endswith("boardpack check 2023-24 M06")


@pytest.mark.parametrize("arguments", [["--wheels"], ["--wheels", "nowhere"]])
def test_a_folder_without_wheels_is_refused(
    environment: Any, machine: Machine, arguments: list[str]
) -> None:
    assert environment.run("check", arguments) == 2
    assert machine.ran == []


def test_a_failure_is_told_in_a_line(
    environment: Any, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.fails = "lock"
    assert environment.run("check", []) == 4
    assert "the locked requirements were not installed" in capsys.readouterr().err


@pytest.mark.parametrize("path", [*LAUNCHERS, SCRIPTS / "_launch.py"], ids=lambda path: path.stem)
def test_an_old_python_can_read_the_launchers(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 4))


def test_an_old_python_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    launch: Any = load("_launch")
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or later, and this is Python 3.9"):
        launch.run("render")
