"""The environment of the project: `.venv`, made from the hash-locked requirements when needed.

`requirements.txt` is what the program runs with. What work on it needs besides stands in
`requirements-dev.txt`, and is added when a command first asks for it.

The stamp is written last. It says from what the environment was made and what stood in it then, so
that one that is half made, stale or has lost a package is seen and mended. What `PYTHONPATH` names
never comes before what the environment holds. Only the standard library is used here.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import _pip_said

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "boardpack-stamp.txt"
FAILED = 4
USAGE = 2
WHEELS = "--wheels"
LOCK, DEV = "requirements.txt", "requirements-dev.txt"
LOCKED = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r"]
PACKAGE = ["--no-deps", "--no-build-isolation", "-e", "."]
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
NOT_HERE = {"PYTHONSAFEPATH": "1"}
"""No Python that is started takes code from the folder that the user happens to be in."""
GIVEN_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072"}
"""glibc gives a large block back when it is free, where it would keep more with each one it saw."""
DEVELOPING = {
    "test": "_tests",
    "test-spark": "_spark",
    "test-scheduler": "_scheduler",
    "test-mutations": "_mutations",
    "test-year": "_year",
    "slips": "_slips",
}
"""The verbs of work on the program: each the module here that runs it."""
MODULES = {"make-demo": ("boardpack_demo",)}
"""What is run of a verb that is no command of boardpack."""
LAST = "zz-pythonpath-last.pth"
LAST_LINE = (
    "import os, sys; sys.path.sort(key=lambda p: p in"
    " map(os.path.abspath, os.environ.get('PYTHONPATH', '').split(os.pathsep)))\n"
)
"""A line that every Python of `.venv` runs as it starts: what `PYTHONPATH` names comes last.

So the program `boardpack` of the environment, which no launcher starts, finds its own code too.
"""


class NotMade(Exception):
    """The environment could not be made; the message says at which step, and why."""


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
    dev = verb in DEVELOPING
    try:
        if not is_current(dev) and Path(sys.prefix).resolve() == VENV.resolve():
            return subprocess.call([_base_python(), *sys.argv], env=alone())
        make(wheels, dev)
    except NotMade as fault:
        print(f"boardpack: {fault}", file=sys.stderr)
        return FAILED
    if dev:
        code: int = importlib.import_module(DEVELOPING[verb]).run(arguments)
        return code
    if verb == "pictures":
        pictures = [python(), str(ROOT / "scripts" / "_pictures.py"), *arguments]
        return subprocess.call(pictures, env=alone())
    try:
        command = [python(), "-m", *MODULES.get(verb, ("boardpack", verb)), *arguments]
        return subprocess.call(command, env={**GIVEN_BACK, **alone(), **NOT_HERE})
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


def alone() -> dict[str, str]:
    """The surroundings of a process of `.venv`, which must find its own code and no other."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}


def make(wheels: Path | None = None, dev: bool = False) -> None:
    """Make the environment, mend it, add to it, or only install the package again, as is needed."""
    if is_current(dev):
        return
    found = found_stamp()
    wanted, lost = wanted_stamp(dev), absent(found)
    if any(found.get(key) != wanted[key] for key in ("python", "lock")):
        _say("Making .venv from the locked requirements; this takes a few minutes, once.")
        dev = dev or "dev" in found or _works_on_it()
        wanted = wanted_stamp(dev)
        _from_nothing(wheels, dev)
    elif lost:
        _say(f".venv lacks {', '.join(lost[:5])}: mending it from the locked requirements.")
        dev = dev or "dev" in found
        wanted = wanted_stamp(dev)
        _mend(lost, found, wheels, dev)
    elif dev and found.get("dev") != wanted["dev"]:
        _say(f"Adding to .venv what work on boardpack needs ({DEV}).")
        _locked(wheels, DEV)
    elif "dev" in found:
        wanted["dev"] = found["dev"]
    _say("Installing boardpack into .venv.")
    STAMP.unlink(missing_ok=True)
    _step([python(), "-m", "pip", "install", "-q", *PACKAGE], "boardpack was not installed")
    (_packages() / LAST).write_text(LAST_LINE, "utf-8")
    wanted["holds"] = " ".join(_held())
    STAMP.write_text("".join(f"{key} {value}\n" for key, value in wanted.items()), "utf-8")


def is_current(dev: bool = False) -> bool:
    """Whether the environment is whole, and made from what is asked of it now."""
    found = found_stamp()
    same = all(found.get(key) == value for key, value in wanted_stamp(dev).items())
    return same and "holds" in found and not absent(found)


def absent(found: dict[str, str]) -> list[str]:
    """What stood in the environment when it was made and is there no more.

    The name of a package's `dist-info` bears its version, so that another version is seen too.
    """
    held = set(_held())
    return [name for name in found.get("holds", "").split() if name not in held]


def wanted_stamp(dev: bool = False) -> dict[str, str]:
    """From what the environment should be made; `dev` says that the program is worked on."""
    wanted = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "lock": _sha256(ROOT / LOCK),
        "package": _sha256(ROOT / "pyproject.toml"),
    }
    return {**wanted, "dev": _sha256(ROOT / DEV)} if dev else wanted


def found_stamp() -> dict[str, str]:
    """From what the environment was made; nothing when it is missing or half made."""
    if not STAMP.is_file() or not Path(python()).exists():
        return {}
    lines = STAMP.read_text("utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if " " in line)


def _from_nothing(wheels: Path | None, dev: bool) -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    _step([_base_python(), "-m", "venv", str(VENV)], ".venv was not made")
    _locked(wheels, LOCK, *([DEV] if dev else []))


def _mend(lost: Sequence[str], found: dict[str, str], wheels: Path | None, dev: bool) -> None:
    """Install again the packages that lost something; where pip cannot, make everything anew."""
    try:
        for record in _packages().glob("*.dist-info/RECORD"):
            lines = record.read_text("utf-8").splitlines()
            if any(line.partition("/")[0].partition(",")[0] in lost for line in lines):
                shutil.rmtree(record.parent)
        _locked(wheels, LOCK, *([DEV] if dev else []))
    except NotMade:
        _from_nothing(wheels, dev)
    else:
        if absent(found):
            _from_nothing(wheels, dev)


def _locked(wheels: Path | None, *locks: str) -> None:
    pip = [python(), "-m", "pip", "install", "-q"]
    if wheels is not None:
        pip += ["--no-index", "--find-links", str(wheels)]
    source = "" if wheels is None else f" from {wheels}"
    for lock in locks:
        _step([*pip, *LOCKED, lock], f"{lock} was not installed{source}", wheels)


def _packages() -> Path:
    """The folder of the environment that holds its packages."""
    return next(iter(VENV.glob("lib/python*/site-packages")), VENV / "Lib" / "site-packages")


def _held() -> list[str]:
    folder = _packages()
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in names if name != "__pycache__" and " " not in name)


def _works_on_it() -> bool:
    """Whether what work on the program needs stands in the environment, however it came there.

    What is made anew then has it again, so that no command takes away what another put there.
    """
    only = _names(DEV) - _names(LOCK)
    return any(_plain(name.partition("-")[0]) in only for name in _held() if "dist-info" in name)


def _names(lock: str) -> set[str]:
    """The packages that a lock names."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {
        _plain(line.partition("==")[0]) for line in lines if "==" in line and line[0] not in " #"
    }


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _base_python() -> str:
    return getattr(sys, "_base_executable", sys.executable) or sys.executable


def _step(command: Sequence[str], otherwise: str, wheels: Path | None = None) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**alone(), **QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise NotMade(f"{otherwise}. {_pip_said.why(done.stdout, wheels is not None)}")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _say(line: str) -> None:
    print(f"boardpack: {line}", file=sys.stderr, flush=True)
