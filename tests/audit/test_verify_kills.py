"""A verification that is killed leaves no process behind, whatever it was doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from sealed_project import seal_anew
from small_paper import CHAPTER, build_of, rendered_project

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
MARK = "BOARDPACK_TEST_OF_KILLS"
SECONDS = 240


def marked(mark: str) -> list[int]:
    """The processes that were begun, by whatever way, from one with this mark."""
    return [int(place.name) for place in _processes() if mark.encode() in _read(place / "environ")]


def _processes() -> Iterator[Path]:
    yield from (place for place in Path("/proc").iterdir() if place.name.isdigit())


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it has ended, or is another's
        return b""


def left(folder: Path) -> list[str]:
    """The folders for temporary files that stand in a place."""
    return [path.name for path in folder.glob("bp-*")]


def until(what: str, holds: object) -> None:
    """Wait until something holds."""
    assert callable(holds)
    for _ in range(SECONDS * 10):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(f"In {SECONDS} seconds not seen: {what}.")


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_verification_leaves_no_process_and_the_next_one_finds_no_folder(
    way: signal.Signals, tmp_path: Path
) -> None:
    build = build_of(rendered_project(tmp_path / "project"))
    running = tmp_path / "running"
    cell = f"import time\nfrom pathlib import Path\nPath({str(running)!r}).touch()\ntime.sleep(900)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbformat.write(notebook, tmp_path / "project" / f"notebooks/{CHAPTER}.ipynb")
    seal_anew(build, tmp_path / "project")
    mark = f"{MARK}={tmp_path}"
    command = [sys.executable, "-m", "boardpack", "verify", str(build), "--accept-code", "*"]
    told = {**os.environ, MARK: str(tmp_path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL) as verifying:
        until("the chapter runs", running.exists)
        assert len(marked(mark)) >= 3  # the program, a worker, a kernel
        assert left(tmp_path)
        verifying.send_signal(way)
        assert verifying.wait() == -way
    until("all have ended", lambda: not marked(mark))
    next_one = [sys.executable, "-c", "from boardpack.core.held_folder import clear_left as c; c()"]
    subprocess.run(next_one, env=told, check=True)
    assert left(tmp_path) == []
