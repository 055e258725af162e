"""The tests that live a year of the made-up ICB, month after month, as a finance team does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from _environment import ROOT, python

VARIABLE = "BOARDPACK_YEAR"


def run(arguments: Sequence[str]) -> int:
    """Run the clean months, then the year that is lived, each month of which needs the last."""
    environment = {**os.environ, VARIABLE: "1", "PYTHONUTF8": "1"}
    files = ("tests/year/test_clean_months.py", "tests/year/test_a_year_lived.py")
    tests = [python(), "-m", "pytest", *files, "-v", *arguments]
    return subprocess.call(tests, cwd=ROOT, env=environment)
