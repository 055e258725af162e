"""What the test command does about programs that the machine lacks."""

from __future__ import annotations

import importlib
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LOCK = '{"packages": {}}'
Program = Callable[[str, str], None]


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("_tools")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Put a program into a PATH that has no other; it writes its arguments into `called`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, does: str) -> None:
        file = folder / name
        file.write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/called\n{does}\n')
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    return put


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "browser"
    (folder / "node_modules").mkdir(parents=True)
    (folder / "package-lock.json").write_text(LOCK)
    return folder


def called(tmp_path: Path) -> list[str]:
    file = tmp_path / "called"
    return file.read_text().splitlines() if file.exists() else []


def test_the_locked_packages_are_installed_once(
    tools: Any, program: Program, packages: Path, tmp_path: Path
) -> None:
    program("npm", "exit 0")
    assert tools.npm_packages(packages)
    assert tools.npm_packages(packages)
    assert called(tmp_path) == [" ".join(("npm", *tools.NPM_CI))]
    (packages / "package-lock.json").write_text(LOCK + " ")
    assert tools.npm_packages(packages)
    assert len(called(tmp_path)) == 2


def test_packages_that_could_not_be_installed_are_tried_again(
    tools: Any, program: Program, packages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program("npm", "exit 1")
    assert not tools.npm_packages(packages)
    assert not tools.npm_packages(packages)
    assert len(called(tmp_path)) == 2
    assert "npm did not install them" in capsys.readouterr().out


def test_a_machine_without_npm_is_told_what_is_not_tried(
    tools: Any, program: Program, packages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not tools.npm_packages(packages)
    assert "npm is not on this machine" in capsys.readouterr().out


def test_only_what_is_missing_is_installed_and_only_where_ci_is_set(
    tools: Any, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("chromium", "lowriter", "localc", "pdftoppm", "node", "npm"):
        program(name, "exit 0")
    program("apt-get", "exit 0")
    monkeypatch.setattr(tools, "TYPEFACE", tmp_path / "none")
    monkeypatch.setattr(tools, "npm_packages", lambda folder: True)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.delenv("CI", raising=False)
    tools.prepare()
    assert called(tmp_path) == []
    monkeypatch.setenv("CI", "1")
    tools.prepare()
    install = "apt-get install -qq -y --no-install-recommends libreoffice-impress fonts-liberation"
    assert called(tmp_path) == ["apt-get update -qq", install]


def test_a_user_who_may_not_install_is_told_what_is_missing(
    tools: Any,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    program("apt-get", "exit 0")
    monkeypatch.setattr(tools, "npm_packages", lambda folder: True)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("CI", "1")
    tools.prepare()
    assert "takes apt-get and root: chromium, libreoffice-writer" in capsys.readouterr().out


def test_the_locks_name_no_registry_and_hold_every_package_to_a_hash(tools: Any) -> None:
    for folder in tools.NPM_FOLDERS:
        lock = (folder / "package-lock.json").read_text("utf-8")
        assert '"resolved"' not in lock
        packages = json.loads(lock)["packages"]
        taken = [one for name, one in packages.items() if name and _is_for_linux(one)]
        assert taken
        assert all(one["integrity"].startswith("sha512-") for one in taken)


def _is_for_linux(package: dict[str, Any]) -> bool:
    """Whether npm takes a package where the tests run: of other platforms the lock has names alone.

    npm wants every platform of an optional package named, whether the registry has it or not.
    """
    on = package.get("os", ["linux"]), package.get("cpu", ["x64"])
    return "linux" in on[0] and "x64" in on[1]
