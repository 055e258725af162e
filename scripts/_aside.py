"""An environment beside `.venv`, for what runs apart from it: made from a lock of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from _environment import FAILED, ROOT, alone, python


def run(venv: Path, lock: Path, variable: str, tests: Path, arguments: Sequence[str]) -> int:
    """Make it if need be, and run tests under `.venv` with its Python named in a variable.

    A Python that the variable names already is taken in its place.
    """
    inside = venv / "bin/python"
    if variable not in os.environ and not _made(venv, lock, inside):
        return FAILED
    environment = {variable: str(inside), **alone(), "PYTHONUTF8": "1"}
    command = [python(), "-m", "pytest", str(tests), *arguments]
    return subprocess.call(command, cwd=ROOT, env=environment)


def _made(venv: Path, lock: Path, inside: Path) -> bool:
    """Whether the environment is there, made from the lock as it stands."""
    stamp, told = venv / "lock.txt", lock.read_text("utf-8")
    if stamp.is_file() and stamp.read_text("utf-8") == told:
        return True
    print(f"boardpack: Making {venv.name}; this takes a few minutes, once.", flush=True)
    shutil.rmtree(venv, ignore_errors=True)
    pip = [str(inside), "-m", "pip", "install", "-qq", "--require-hashes", "--no-deps"]
    for step in ([python(), "-m", "venv", str(venv)], [*pip, "-r", str(lock)]):
        if subprocess.call(step, cwd=ROOT) != 0:
            print(f"boardpack: {venv.name} was not made; see above.")
            return False
    stamp.write_text(told, "utf-8")
    return True
