"""The environment with Spark, `.venv-spark`, and the tests that compare it with DuckDB."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from _environment import FAILED, ROOT, alone, python

VENV = ROOT / ".venv-spark"
PYTHON = VENV / "bin/python"
LOCK = ROOT / "requirements-spark.txt"
STAMP = VENV / "lock.txt"
VARIABLE = "BOARDPACK_SPARK_PYTHON"


def run(arguments: Sequence[str]) -> int:
    """Make the environment if need be, and run the tests under `.venv` with Spark at hand.

    A Python that the variable names already is taken in its place. Without Java this fails: these
    tests are not to be skipped here.
    """
    if shutil.which("java") is None:
        print("boardpack: Spark needs Java 17; install it and run this again.")
        return FAILED
    if VARIABLE not in os.environ and not _made():
        return FAILED
    environment = {VARIABLE: str(PYTHON), **alone(), "PYTHONUTF8": "1"}
    tests = [python(), "-m", "pytest", "tests/spark", *arguments]
    return subprocess.call(tests, cwd=ROOT, env=environment)


def _made() -> bool:
    """Whether the environment is there, made from the lock as it stands."""
    lock = LOCK.read_text("utf-8")
    if STAMP.is_file() and STAMP.read_text("utf-8") == lock:
        return True
    print("boardpack: Making .venv-spark; this takes a few minutes, once.", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--require-hashes", "--no-deps"]
    for step in ([python(), "-m", "venv", str(VENV)], [*pip, "-r", str(LOCK)]):
        if subprocess.call(step, cwd=ROOT) != 0:
            print("boardpack: .venv-spark was not made; see above.")
            return False
    STAMP.write_text(lock, "utf-8")
    return True
