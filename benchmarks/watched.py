"""How soon a watched paper shows an edit.

The time of a page is from the moment its file is saved to the moment the watch says that it has
renewed the page.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from edits import EDITS, RENDER, Edit
from measured import environment, measured

PATIENCE = 300
STILL = 2.0
"""Seconds between two edits, so that nothing of the one is still being done at the other."""
BEGUN, PAGE, DONE = "is up to date", ".html", "seen to in"
"""What a watch says when it has begun, of a page that is renewed, and when all pages are."""
WATCH = ("-m", "boardpack", "watch", *RENDER[3:])


@dataclass
class Shown:
    """What a watch came to for one edit, in seconds."""

    page: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)


def time_watched(project: Path, home: Path, runs: int) -> dict[str, Shown]:
    """Each edit in turn, so many times, in a paper that is up to date and watched."""
    command = (*RENDER, "--home", home)
    measured(command, project)
    found = {edit.title: Shown() for edit in EDITS}
    with _watch(project, home) as said:
        said.until(BEGUN)
        for _ in range(runs):
            for edit in EDITS:
                _time(edit, found[edit.title], project, home, said)
    return found


def _time(edit: Edit, shown: Shown, project: Path, home: Path, said: Said) -> None:
    """One edit, seen on the page."""
    time.sleep(STILL)
    began = time.perf_counter()
    edit.make(edit.folder(project, home))
    at, line = said.until(PAGE, DONE)
    if PAGE in line:  # an edit may change no page
        shown.page.append(at - began)
        at, _ = said.until(DONE)
    shown.settled.append(at - began)


class Said:
    """The lines that a watch says, each with the moment at which it was said."""

    def __init__(self, lines: IO[str]) -> None:
        self._lines: queue.Queue[tuple[float, str]] = queue.Queue()
        threading.Thread(target=self._take, args=(lines,), daemon=True).start()

    def until(self, *words: str) -> tuple[float, str]:
        """Wait for a line with any of these words: when it was said, and the line."""
        while True:
            at, line = self._lines.get(timeout=PATIENCE)
            if any(word in line for word in words):
                return at, line

    def _take(self, lines: IO[str]) -> None:
        for line in lines:
            self._lines.put((time.perf_counter(), line))


@contextmanager
def _watch(project: Path, home: Path) -> Iterator[Said]:
    process = subprocess.Popen(
        [sys.executable, *WATCH, "--home", str(home)],
        cwd=project,
        env=environment(project),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield Said(process.stdout)
    finally:
        process.terminate()
        process.wait()
