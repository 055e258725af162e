"""The environment with Spark, `.venv-spark`, and the tests that compare it with DuckDB."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import _aside
from _environment import FAILED, ROOT

VENV = ROOT / ".venv-spark"
LOCK = ROOT / "requirements-spark.txt"
VARIABLE = "BOARDPACK_SPARK_PYTHON"


def run(arguments: Sequence[str]) -> int:
    """Make the environment if need be, and run the tests under `.venv` with Spark at hand.

    Without Java this fails: these tests are not to be skipped here.
    """
    if shutil.which("java") is None:
        print("boardpack: Spark needs Java 17; install it and run this again.")
        return FAILED
    return _aside.run(VENV, LOCK, VARIABLE, Path("tests/spark"), arguments)
