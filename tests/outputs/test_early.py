"""What is begun with a render: it takes the render's work, and ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from boardpack.outputs.compiler import compiled
from boardpack.outputs.early import begun_early
from boardpack.outputs.press import begin
from processes import children_of, is_running, until

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are listed in /proc")


@ON_LINUX
def test_what_was_begun_does_the_work_and_ends_with_the_block() -> None:
    before = children_of(os.getpid())
    with begun_early():
        begun = children_of(os.getpid()) - before
        assert compiled(["--version"])[0] == 0
        assert begin("boardpack.outputs.print_job", "no job").done()[0] == 1
        assert children_of(os.getpid()) - before <= begun
    assert len(begun) == 2
    assert children_of(os.getpid()) <= before


@ON_LINUX
def test_nothing_that_was_begun_runs_on_after_a_kill() -> None:
    program = (
        "import os, time\n"
        "from boardpack.outputs.early import begun_early\n"
        "with begun_early():\n"
        "    print('begun', flush=True)\n"
        "    time.sleep(600)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as render:
        assert render.stdout is not None
        assert render.stdout.readline() == "begun\n"
        begun = children_of(render.pid)
        render.send_signal(signal.SIGKILL)
    assert len(begun) == 2
    until(lambda: not any(map(is_running, begun)))
