"""Jupyter Book in a process that stands ready: for one book, and never after whoever began it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from boardpack.outputs.compiler import compiled, ready_compiler


def test_a_compiler_that_stands_ready_compiles_as_a_new_one_does() -> None:
    fresh = compiled(["--version"])
    with ready_compiler():
        ready, after = compiled(["--version"]), compiled(["--version"])
    for done in (fresh, ready, after):
        assert (done.returncode, done.stdout) == (0, fresh.stdout)
    assert "Jupyter Book" in fresh.stdout


def test_what_it_complains_of_is_told(tmp_path: Path) -> None:
    with ready_compiler():
        done = compiled(["build", str(tmp_path / "no book")])
    assert done.returncode != 0
    assert "no book" in done.stderr


def test_one_that_was_not_needed_ends_with_the_block() -> None:
    program = (
        "from boardpack.outputs.compiler import _READY, ready_compiler\n"
        "with ready_compiler():\n"
        "    process = _READY[0]._process\n"
        "print(process.poll() is not None and not _READY)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")
