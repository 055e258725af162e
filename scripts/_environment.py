"""The environment of the project: `.venv`, made from the hash-locked requirements when needed.

The stamp is written last and says from what the environment was made, so that a half-made or stale
one is seen and made again. Only the standard library is used here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "boardpack-stamp.txt"
FAILED = 4
USAGE = 2
WHEELS = "--wheels"
LOCKED = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", "requirements.txt"]
PACKAGE = ["--no-deps", "--no-build-isolation", "-e", "."]


class NotMade(Exception):
    """The environment could not be made; the message says at which step."""


def run(verb: str, arguments: Sequence[str]) -> int:
    """Make the environment if need be, and run a verb in it; the exit code of the verb.

    `--wheels FOLDER` anywhere among the arguments makes the environment from the wheels in a
    folder, and from no registry.
    """
    try:
        wheels, arguments = without_wheels(arguments)
    except ValueError as fault:
        print(f"boardpack: {fault}", file=sys.stderr)
        return USAGE
    try:
        if not is_current() and Path(sys.prefix).resolve() == VENV.resolve():
            return subprocess.call([_base_python(), *sys.argv])
        make(wheels)
    except NotMade as fault:
        print(f"boardpack: {fault}", file=sys.stderr)
        return FAILED
    if verb == "test":
        import _tests

        return _tests.run(arguments)
    if verb == "test-spark":
        import _spark

        return _spark.run(arguments)
    if verb == "test-year":
        import _year

        return _year.run(arguments)
    if verb == "pictures":
        return subprocess.call([python(), str(ROOT / "scripts" / "_pictures.py"), *arguments])
    try:
        return subprocess.call([python(), "-m", "boardpack", verb, *arguments])
    except KeyboardInterrupt:
        return 130


def without_wheels(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The folder of wheels that the arguments name, and the arguments that are left."""
    left = list(arguments)
    if WHEELS not in left:
        return None, left
    at = left.index(WHEELS)
    folder = Path(left[at + 1]) if at + 1 < len(left) else None
    if folder is None or not any(folder.glob("*.whl")):
        raise ValueError(f"{WHEELS} needs a folder that holds wheels (*.whl).")
    del left[at : at + 2]
    return folder.resolve(), left


def python() -> str:
    """The interpreter of the environment."""
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def make(wheels: Path | None = None) -> None:
    """Make the environment, make it again, or only install the package again, as is needed."""
    wanted, found = wanted_stamp(), found_stamp()
    if found == wanted:
        return
    if found.get("python") != wanted["python"] or found.get("lock") != wanted["lock"]:
        _say("Making .venv from the locked requirements; this takes a few minutes, once.")
        _from_nothing(wheels)
    _say("Installing boardpack into .venv.")
    STAMP.unlink(missing_ok=True)
    _step([python(), "-m", "pip", "install", "-qq", *PACKAGE], "boardpack was not installed")
    STAMP.write_text("".join(f"{key} {value}\n" for key, value in wanted.items()), "utf-8")


def is_current() -> bool:
    """Whether the environment is whole, and made from what the project asks for now."""
    return found_stamp() == wanted_stamp()


def wanted_stamp() -> dict[str, str]:
    """From what the environment should be made."""
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "lock": _sha256(ROOT / "requirements.txt"),
        "package": _sha256(ROOT / "pyproject.toml"),
    }


def found_stamp() -> dict[str, str]:
    """From what the environment was made; nothing when it is missing or half made."""
    if not STAMP.is_file() or not Path(python()).exists():
        return {}
    lines = STAMP.read_text("utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if " " in line)


def _from_nothing(wheels: Path | None) -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    hint = "On Debian or Ubuntu, install the package python3-venv"
    _step([_base_python(), "-m", "venv", str(VENV)], f".venv was not made. {hint}")
    pip = [python(), "-m", "pip", "install", "-qq", *LOCKED]
    if wheels is None:
        _step(pip, "the locked requirements were not installed. Is there a network")
    else:
        pip += ["--no-index", "--find-links", str(wheels)]
        _step(pip, f"the locked requirements were not installed from {wheels}. Is a wheel missing")


def _base_python() -> str:
    return getattr(sys, "_base_executable", sys.executable) or sys.executable


def _step(command: Sequence[str], otherwise: str) -> None:
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    if subprocess.call(command, cwd=ROOT, env={**os.environ, **quiet}) != 0:
        raise NotMade(f"{otherwise}; see above.")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _say(line: str) -> None:
    print(f"boardpack: {line}", file=sys.stderr, flush=True)
