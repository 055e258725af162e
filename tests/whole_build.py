"""The default month's paper, rendered by the command itself once for all tests that look at it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from homes import copied_home

from boardpack.render.layout import CHECKOUT

SAID = "said.txt"


def a_home(folder: Path) -> Path:
    """A folder with the project's parameters and data."""
    return copied_home(CHECKOUT, folder)


def render(home: Path, *options: str) -> str:
    """What the command says while it renders the paper."""
    verb = ["render", "2023-24", "M06", "--home", str(home), *options]
    command = [sys.executable, "-m", "boardpack", *verb]
    plain = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=plain)
    assert done.returncode == 0, done.stderr
    return done.stderr + done.stdout


def built(home: Path) -> Path:
    """The paper's folder in a home."""
    return home / "build" / "2023-24" / "M06" / "bromley"


def rendered_once(temporary: Path) -> Path:
    """A home with the paper in it; what the command said is kept beside it, in `SAID`.

    Tests run side by side in several processes, of which the first renders while others wait. A
    home is written by nobody once `SAID` stands there.
    """
    shared = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
    home = shared / "whole-month"
    with (shared / "whole-month.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / SAID).exists():
            shutil.rmtree(home, ignore_errors=True)
            said = render(a_home(home))
            (home / SAID).write_text(said, encoding="utf-8")
    return home
