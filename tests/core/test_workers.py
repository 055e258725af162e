"""Worker processes: on every system alike, never after who began them, and a death is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest
from processes import is_running, until

from boardpack.core import workers as pools
from boardpack.core.errors import Fault, InputFaults
from boardpack.core.workers import START, Here, apart, each_from, start_method, workers

IMPORTS, QUICK = ("IMPORTED", "OF_A_BOOK"), "boardpack.core.errors"
"""What a process imports, and what it imports here, so that it begins at once."""
METHODS = ("forkserver", "spawn") if sys.platform != "win32" else ("spawn",)


def of_faults() -> None:
    raise InputFaults([Fault("position.csv", "a number", "Mend it.", row=3)])


@pytest.mark.parametrize("method", METHODS)
def test_work_is_done_in_another_process_and_its_faults_come_back_whole(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(START, method)
    for name in IMPORTS:
        monkeypatch.setattr(pools, name, QUICK)
    assert start_method() == method
    with workers(1) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()
        with pytest.raises(InputFaults) as told:
            pool.submit(of_faults).result()
    assert [fault.row for fault in told.value.faults] == [3]


def test_work_of_its_own_has_a_process_of_its_own_whose_death_is_told() -> None:
    assert apart(os.getpid) not in (os.getpid(), apart(os.getpid))
    with pytest.raises(BrokenExecutor):
        apart(os._exit, 9)


@pytest.mark.parametrize("method", METHODS)
def test_where_a_server_forks_them_each_piece_of_work_has_a_process_that_ends_with_it(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(START, method)
    for name in IMPORTS:
        monkeypatch.setattr(pools, name, QUICK)
    with workers(1) as pool:
        before = pool.submit(os.getpid).result()
        each = each_from(pool)
        ran = [each.submit(os.getpid).result() for _ in range(2)]
        with pytest.raises(InputFaults):
            each.submit(of_faults).result()
        if method == "spawn":
            assert each is pool
            assert ran == [before, before]
        else:
            assert len({before, *ran}) == 3
            until(lambda: not any(map(is_running, (before, *ran))))
    assert each_from(Here()).submit(os.getpid).result() == os.getpid()


def test_a_process_finds_the_environment_of_who_has_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart(os.getpid)  # the server is there
    monkeypatch.setenv("OURS", "as it is now")
    assert apart(os.getenv, "OURS") == "as it is now"


def test_what_is_done_here_is_there_at_once_or_its_fault_is() -> None:
    assert Here().submit(os.getpid).result() == os.getpid()
    with pytest.raises(InputFaults):
        Here().submit(of_faults).result()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed in /proc")
@pytest.mark.parametrize("method", METHODS)
def test_nothing_runs_on_after_a_kill(method: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = (
        "import os, time\n"
        "from pathlib import Path\n"
        "from boardpack.core import workers\n"
        f"workers.IMPORTED = workers.OF_A_BOOK = {QUICK!r}\n"
        "if __name__ == '__main__':\n"
        "    with workers.workers(2) as pool:\n"
        f"        Path({str(told)!r}).write_text(str(pool.submit(os.getpid).result()))\n"
        "        pool.submit(time.sleep, 600).result()\n"
    )
    file = tmp_path / "program.py"
    file.write_text(program, encoding="utf-8")
    with subprocess.Popen([sys.executable, file], env={**os.environ, START: method}) as began:
        until(lambda: told.exists() and told.read_text(encoding="utf-8") != "")
        began.send_signal(signal.SIGKILL)
    until(lambda: not is_running(int(told.read_text(encoding="utf-8"))))
