"""One command in a process of its own: its seconds, its processing, its memory, what it said when.

Memory is the proportional set size (PSS) of the whole process tree together, so that what forked
processes share counts once. Looking at it costs time, so a run that is timed is not looked at.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PARTS = ("src", "notebooks", "templates", "book", "benchmarks", "scripts")
_PR_SET_CHILD_SUBREAPER = 36
LOOK_EVERY = 0.2
"""Seconds between two looks at the memory of a paper."""

Line = tuple[float, str]
"""The second since the start of a command at which it said a line, and the line."""

Look = tuple[float, int]
"""The second at which a command was looked at, and the bytes that it held with all below it."""


@dataclass(frozen=True)
class Measured:
    """What one run of a command came to; `looks` is empty where it was not looked at."""

    seconds: float
    cpu: float
    lines: tuple[Line, ...]
    looks: tuple[Look, ...] = ()

    @property
    def gib(self) -> float:
        """The most that its processes were seen to hold together."""
        return self.peak(0.0, 1.0)

    def peak(self, start: float, end: float) -> float:
        """The most in a part of its time, from share to share, in GiB."""
        within = (size for at, size in self.looks if start <= at / self.seconds <= end)
        return max(within, default=0) / (1 << 30)


def measured(command: Sequence[str | Path], project: Path, look_every: float = 0.0) -> Measured:
    """Run Python with these arguments in a copy of the project; a failure ends the benchmark.

    It is looked at every so many seconds, or not at all.
    """
    _take_orphans()
    before, began = _cpu(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=project,
        env=environment(project),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    with _looking(process.pid, began, look_every) as looks:
        lines = tuple(_lines(process, began))
        code = process.wait()
    seconds = time.perf_counter() - began
    _wait_for_orphans()
    if code:
        sys.exit("\n".join(text for _, text in lines) + f"\n{command} ended with code {code}")
    return Measured(seconds, _cpu() - before, lines, tuple(looks))


def copy_of_project(folder: Path) -> Path:
    """The program in a folder of its own, so that nothing that is measured changes the checkout."""
    project = folder / "project"
    for name in PARTS:
        shutil.copytree(
            PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in filter(Path.is_file, PROJECT.iterdir()):
        shutil.copyfile(file, project / file.name)
    return a_home(project)


def a_home(folder: Path) -> Path:
    """A folder with the project's parameters and data, to render in."""
    for name in ("params", "data"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


def machine() -> str:
    """What the runs were made on, without the machine's name."""
    return f"{platform.system()} {platform.machine()}, {_processor()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")


def environment(project: Path) -> dict[str, str]:
    """What a command finds around it: the program of the copy, no colours, no waiting for lines."""
    plain = {"PYTHONPATH": str(project / "src"), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **plain}


def _lines(process: subprocess.Popen[str], began: float) -> Iterator[Line]:
    for line in process.stdout or ():
        yield time.perf_counter() - began, line.rstrip("\n")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _take_orphans() -> None:
    """What a command has begun and left counts with it: Linux hands it to this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _wait_for_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.wait()


@contextmanager
def _looking(root: int, began: float, every: float) -> Iterator[list[Look]]:
    """What a process and those below it held together, looked at while the block runs."""
    found: list[Look] = []
    done = threading.Event()

    def look() -> None:
        while every and not done.wait(every):
            found.append((time.perf_counter() - began, sum(map(_pss, _tree(root)))))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


def _tree(root: int) -> set[int]:
    """A process and all below it."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has ended
                continue
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    tree = {root}
    while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return tree


def _pss(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:  # it has ended
        return 0
    sizes = (line.split()[1] for line in told.splitlines() if line.startswith("Pss:"))
    return sum(map(int, sizes)) * 1024
