"""A wheel works by itself: what it holds, and the commands of an installation without a checkout.

With `--all-months` a month of the made-up ICB is rendered, bundled and verified by it too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from boardpack.audit.bundles.bundle import ALONGSIDE
from boardpack.core.home import CHECKOUT
from boardpack.render.manifest import code_places, hashes

MONTH = ("2024-25", "M02")


@dataclass(frozen=True)
class Installed:
    """An environment that has boardpack from its wheel, and the folder its user works in."""

    bin: Path
    project: Path
    work: Path

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the environment, called where no home and no checkout is."""
        told = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
        told |= {"NO_COLOR": "1", "PYTHONUTF8": "1"}
        words = [str(self.bin / command), *arguments]
        return subprocess.run(
            words, cwd=self.work, env=told, capture_output=True, text=True, check=False
        )

    def does(self, command: str, *arguments: str, code: int = 0) -> str:
        """All that the command says, which ends with this exit code."""
        done = self.run(command, *arguments)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


def _say(*words: str) -> None:
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Made without a network: the locked packages are those of the environment of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    _say(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (wheel,) = folder.glob("*.whl")
    home = folder / "env"
    venv.create(home, symlinks=os.name != "nt")
    own = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    packages, programs = Path(own["purelib"]), Path(own["scripts"])
    shared = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (packages / "locked.pth").write_text("\n".join(shared))  # without what their .pth files add
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "-q"]
    _say(*pip, "--no-deps", "--no-index", "--no-compile", str(wheel))
    (folder / "work").mkdir()
    return Installed(programs, packages / "boardpack_project", folder / "work")


def test_a_wheel_has_every_file_of_the_code_as_the_checkout_has_it(installed: Installed) -> None:
    assert hashes(installed.project, code_places(installed.project)) == hashes(
        CHECKOUT, code_places(CHECKOUT)
    )
    alongside = [CHECKOUT / name for name in ALONGSIDE]
    there = [installed.project / name for name in ALONGSIDE]
    assert hashes(installed.project, there) == hashes(CHECKOUT, alongside)
    told = installed.does("python", "-c", "import boardpack; print(boardpack.__file__)").strip()
    assert Path(told).is_relative_to(installed.project)
    left = [path.name for path in installed.project.iterdir()]
    assert not {"params", "tests", "docs", "requirements-dev.txt"} & set(left)


def test_a_home_is_begun_and_goes_on(installed: Installed) -> None:
    assert "team is begun" in installed.does("boardpack", "init", "team", "2025-26", "M01")
    told = installed.does("boardpack", "new-month", "2025-26", "M02", "--home", "team")
    assert told.startswith("2025/26 M02 is begun")
    told = installed.does("boardpack", "check", "2025-26", "M01", "--home", "team", code=3)
    assert "team/data/raw/2025-26/M01/ledger.csv, row 1: expected records below" in told


def test_a_command_outside_a_home_asks_for_one_and_writes_nothing(installed: Installed) -> None:
    before = sorted(installed.project.rglob("*"))
    told = installed.does("boardpack", "check", "2025-26", "M01", code=2)
    assert "No params/report.yml is here or in a folder above" in told
    assert not list(installed.project.rglob("*.jsonl"))
    assert {p for p in installed.project.rglob("*") if "__pycache__" not in p.parts} <= {*before}


def test_a_month_is_made_and_verified_by_it(
    installed: Installed, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--all-months"):
        pytest.skip("a whole paper, made and verified: asked for with --all-months")
    installed.does("boardpack-demo", "demo", "--months", "2")
    place = ("--place", "alderwick", "--home", "demo")
    installed.does("boardpack", "render", *MONTH, *place)
    assert "Nothing has changed since" in installed.does("boardpack", "render", *MONTH, *place)
    build = Path("demo/build", *MONTH, "alderwick")
    told = installed.does("boardpack", "verify", str(build), "--static")
    assert "Result: no differences" in told
    installed.does("boardpack", "bundle", str(build), "--out", "bundle.zip")
    told = installed.does("boardpack", "verify", "bundle.zip", "--static")
    assert "Result: no differences" in told
