"""The slips that the made-up ICB is tried on, and what is noticed of each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from _environment import ROOT, python


def run(arguments: Sequence[str]) -> int:
    """Make them in the environment of the project; they are tests, and stand among them."""
    command = [python(), str(ROOT / "tests" / "slips" / "run_slips.py"), *arguments]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"})
