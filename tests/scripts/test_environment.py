"""The launchers: when the environment is made, made again, or left alone."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from shutil import rmtree
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LAUNCHERS = sorted(path for path in SCRIPTS.glob("*.py") if not path.name.startswith("_"))


def load(name: str) -> ModuleType:
    """A module of the scripts, which find one another in their folder."""
    if str(SCRIPTS) not in sys.path:
        sys.path.append(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Machine:
    """A machine on which commands are only written down; `fails` names the one that fails.

    What it then says is `says`. `packages` are what the lock installs.
    """

    def __init__(self, environment: Any) -> None:
        self._environment = environment
        self.fails = self.says = ""
        self.packages = ("a", "a-1.dist-info")
        self.ran: list[str] = []
        self.surroundings: dict[str, str] = {}

    def run(self, command: Sequence[str], **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, self.call(command, **more), self.says)

    def call(self, command: Sequence[str], **more: Any) -> int:
        self.surroundings = more["env"]
        line = " ".join(command)
        kinds = {
            "-m venv": "venv",
            "requirements.txt": "lock",
            "requirements-dev.txt": "dev",
            "-e .": "package",
        }
        kind = next((kind for part, kind in kinds.items() if part in line), line)
        self.ran.append(kind)
        if kind == "venv":
            self._environment.VENV.mkdir()
        if kind == "lock":
            python = Path(self._environment.python())
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            for name in self.packages if self.fails != "lock" else ():
                (self.held / name).mkdir(parents=True, exist_ok=True)
            (self.held / "a-1.dist-info" / "RECORD").write_text("a/__init__.py,,\n")
        return int(kind == self.fails)

    @property
    def held(self) -> Path:
        """The folder of what is installed."""
        found: Path = self._environment.VENV / "lib" / "python3.11" / "site-packages"
        (found / "a-1.dist-info").mkdir(parents=True, exist_ok=True)
        return found


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    module: Any = load("_environment")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.txt")
    (tmp_path / "requirements.txt").write_text("a==1\n")
    (tmp_path / "requirements-dev.txt").write_text("b==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return module


@pytest.fixture
def machine(environment: Any, monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine(environment)
    monkeypatch.setattr(environment.subprocess, "call", found.call)
    monkeypatch.setattr(environment.subprocess, "run", found.run)
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


def test_what_work_on_the_program_needs_is_added_when_it_is_asked_for(
    environment: Any, machine: Machine, tmp_path: Path
) -> None:
    environment.make()
    assert not environment.is_current(dev=True)
    machine.ran.clear()
    environment.make(dev=True)
    assert machine.ran == ["dev", "package"]
    assert environment.is_current()
    assert environment.is_current(dev=True)
    machine.ran.clear()
    environment.make()  # and stays, for a command that does not need it
    assert machine.ran == []
    (tmp_path / "requirements-dev.txt").write_text("b==2\n")
    environment.make()
    assert machine.ran == []
    environment.make(dev=True)
    assert machine.ran == ["dev", "package"]


def test_a_new_environment_for_work_on_the_program_has_both_locks(
    environment: Any, machine: Machine
) -> None:
    environment.make(dev=True)
    assert machine.ran == ["venv", "lock", "dev", "package"]
    machine.ran.clear()
    rmtree(machine.held / "a")
    environment.make()
    assert machine.ran == ["lock", "dev", "package"]
    assert environment.is_current(dev=True)


@pytest.mark.parametrize("stands", ["stamped", "by hand"])
def test_what_is_made_anew_keeps_what_work_on_the_program_needs(
    environment: Any, machine: Machine, tmp_path: Path, stands: str
) -> None:
    environment.make(dev=stands == "stamped")
    if stands == "by hand":
        (machine.held / "b-1.dist-info").mkdir()
    machine.ran.clear()
    (tmp_path / "requirements.txt").write_text("a==2\n")
    environment.make()
    assert machine.ran == ["venv", "lock", "dev", "package"]
    assert environment.is_current(dev=True)


def test_a_changed_project_file_says_nothing_of_another_lock(
    environment: Any, machine: Machine, tmp_path: Path
) -> None:
    environment.make(dev=True)
    (tmp_path / "requirements-dev.txt").write_text("b==2\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'b'\n")
    environment.make()
    assert environment.is_current()
    assert not environment.is_current(dev=True)


@pytest.mark.parametrize(
    "verb", ["test", "test-spark", "test-scheduler", "test-mutations", "test-year", "slips"]
)
def test_a_verb_of_work_on_the_program_asks_for_what_it_needs(
    environment: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    ran: list[Sequence[str]] = []
    module = ModuleType("a module of scripts")
    module.run = lambda arguments: ran.append(arguments) or 7  # type: ignore[attr-defined, func-returns-value]
    monkeypatch.setitem(sys.modules, environment.DEVELOPING[verb], module)
    assert environment.run(verb, ["-x"]) == 7
    assert ran == [["-x"]]
    assert machine.ran == ["venv", "lock", "dev", "package"]
    assert (SCRIPTS / f"{environment.DEVELOPING[verb]}.py").is_file()


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

    def run(command: Sequence[str], **more: Any) -> subprocess.CompletedProcess[str]:
        lines.append(" ".join(command))
        return machine.run(command, **more)

    monkeypatch.setattr(environment.subprocess, "call", call)
    monkeypatch.setattr(environment.subprocess, "run", run)
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
    machine.fails, machine.says = "lock", "OSError: [Errno 28] No space left on device\n"
    assert environment.run("check", []) == 4
    said = capsys.readouterr().err
    assert "requirements.txt was not installed. The disk is full" in said


@pytest.mark.parametrize("lost", ["a", "a-1.dist-info"])
def test_a_lost_package_is_told_and_installed_again(
    environment: Any, machine: Machine, capsys: pytest.CaptureFixture[str], lost: str
) -> None:
    environment.make()
    machine.ran.clear()
    rmtree(machine.held / lost)
    assert not environment.is_current()
    environment.make()
    assert machine.ran == ["lock", "package"]
    assert f".venv lacks {lost}: mending it" in capsys.readouterr().err
    assert environment.is_current()


def test_what_cannot_be_mended_is_made_anew(environment: Any, machine: Machine) -> None:
    environment.make()
    machine.ran.clear()
    rmtree(machine.held / "a")
    machine.packages = ("b",)
    environment.make()
    assert machine.ran == ["lock", "venv", "lock", "package"]


def test_a_package_of_the_users_own_does_no_harm(environment: Any, machine: Machine) -> None:
    environment.make()
    (machine.held / "theirs").mkdir()
    assert environment.is_current()


def test_other_code_is_kept_from_every_process_that_is_started(
    environment: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    for verb in ("check", "pictures"):
        environment.run(verb, [])
        assert not {"PYTHONPATH", "PYTHONHOME"} & set(machine.surroundings)
    environment.run("check", [])
    assert machine.surroundings["PYTHONSAFEPATH"] == "1"


@pytest.mark.parametrize("program", ["launcher", "boardpack"])
def test_code_that_pythonpath_names_does_not_take_the_programs_place(
    tmp_path: Path, program: str
) -> None:
    for name in ("boardpack", "yaml", "typer"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('another program')\n")
    environment: Any = load("_environment")
    installed = Path(environment.python()).with_name("boardpack")
    if not (installed.exists() and environment.is_current()):
        pytest.skip("the project's own environment is not there, or not whole")
    launcher = [sys.executable, str(SCRIPTS / "check.py")]
    command = launcher if program == "launcher" else [str(installed), "check"]
    done = subprocess.run(
        [*command, "2023-24", "M99"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "M99" in done.stderr


@pytest.mark.parametrize("path", [*LAUNCHERS, SCRIPTS / "_launch.py"], ids=lambda path: path.stem)
def test_an_old_python_can_read_the_launchers(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 4))


def test_an_old_python_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    launch: Any = load("_launch")
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or later, and this is Python 3.9"):
        launch.run("render")


def test_every_word_on_the_oldest_python_is_the_same(project: Path) -> None:
    launch: Any = load("_launch")
    said = "{}.{}".format(*launch.OLDEST)
    told = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert told["project"]["requires-python"] == f">={said}"
    assert told["tool"]["mypy"]["python_version"] == said
    assert told["tool"]["ruff"]["target-version"] == f"py{said.replace('.', '')}"
    for name, words in (
        ("README.md", f"You need Python {said} or newer"),
        (".ci/run", f"Python {said} or later"),
        ("CONTRIBUTING.md", f"--python-version {said} "),
    ):
        assert words in (project / name).read_text("utf-8"), name


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_serves_the_oldest_python_and_every_one_since(project: Path, lock: str) -> None:
    """Each package has one pin for each Python, and none that this Python is too new for."""
    launch: Any = load("_launch")
    pins = _pins(project / lock)
    newest = {pin.name: str(pin.specifier) for pin in pins if _serves(pin, "3.13.0")}
    for version in ("{}.{}.0".format(*launch.OLDEST), "3.11.7", "3.12.1", "3.13.0"):
        found = Counter(pin.name for pin in pins if _serves(pin, version))
        assert set(found.values()) == {1}, version
        assert set(newest) <= set(found), version
    for pin in pins:
        if _serves(pin, "{}.{}.0".format(*launch.OLDEST)):
            assert _can(pin, "{}.{}.0".format(*launch.OLDEST)), pin


def test_what_both_locks_have_is_the_same_in_both(project: Path) -> None:
    """So what the tests need changes nothing of what the program runs with."""
    run = {str(pin) for pin in _pins(project / "requirements.txt")}
    dev = {str(pin) for pin in _pins(project / "requirements-dev.txt")}
    names = {Requirement(pin).name for pin in run}
    assert {pin for pin in dev if Requirement(pin).name in names} <= run
    assert not {"pytest", "mypy", "ruff", "hypothesis"} & names


def _pins(lock: Path) -> list[Requirement]:
    lines = lock.read_text("utf-8").splitlines()
    return [Requirement(x.rstrip("\\ ")) for x in lines if x and x[0] not in " #"]


def _serves(pin: Requirement, version: str) -> bool:
    surroundings = {"python_full_version": version, "python_version": version.rpartition(".")[0]}
    return pin.marker is None or pin.marker.evaluate(surroundings)


def _can(pin: Requirement, version: str) -> bool:
    """Whether the package that is installed at this pin may be used with a Python."""
    try:
        found = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        return True
    needs = found.metadata.get("Requires-Python") or ""
    return found.version not in pin.specifier or version in SpecifierSet(needs)


def test_verify_removes_what_python_keeps_of_code_before_any_of_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copyfile(SCRIPTS / "verify.py", tmp_path / "scripts" / "verify.py")
    (tmp_path / "scripts" / "_launch.py").write_text("run = print\n")
    kept = [tmp_path / part / "__pycache__" for part in ("scripts", "src/boardpack", "book/_ext")]
    for folder in kept:
        folder.mkdir(parents=True)
    (kept[0] / f"_launch.{sys.implementation.cache_tag}.pyc").write_bytes(b"planted")
    command = [sys.executable, "-B", str(tmp_path / "scripts" / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "verify\n", done.stderr
    assert not [folder for folder in kept if folder.exists()]
