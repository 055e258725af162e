"""The environment with Airflow, `.venv-airflow`, and the test that runs many bodies on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import _aside
from _environment import ROOT

VENV = ROOT / ".venv-airflow"
LOCK = ROOT / "requirements-airflow.txt"
VARIABLE = "BOARDPACK_AIRFLOW_PYTHON"


def run(arguments: Sequence[str]) -> int:
    """Make the environment if need be, and run the test under `.venv` with Airflow at hand."""
    return _aside.run(VENV, LOCK, VARIABLE, Path("tests/scheduler"), arguments)
