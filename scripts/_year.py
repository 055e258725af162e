"""The tests that live a year of the made-up ICB, month after month, as a finance team does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from _environment import ROOT, python

VARIABLE = "BOARDPACK_YEAR"


def run(arguments: Sequence[str]) -> int:
    """Run the tests of the year one after the other; each month needs the one before it."""
    environment = {**os.environ, VARIABLE: "1", "PYTHONUTF8": "1"}
    tests = [python(), "-m", "pytest", "tests/year/test_a_year_lived.py", "-v", *arguments]
    return subprocess.call(tests, cwd=ROOT, env=environment)
