"""A render asked of the watch of its paper, whose process has imported, read and run it all.

A watch that can be asked leaves a note beside the builds: where it listens on this machine, what
shows that the asker may read the note, and which program it runs. A note that another user left, or
could have written, is not believed. It answers in lines of JSON, a
list each: what has changed, then the stages and steps as they come, at last that the paper is made
or why not. Whoever asks needs next to nothing imported, and goes on alone where no answer comes.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from boardpack.build.layout import Layout
from boardpack.build.manifest import made_with
from boardpack.build.private import read_private
from boardpack.build.progress import Progress
from boardpack.errors import told_fault
from boardpack.home import CHECKOUT

CHANGED, STAGE, STEP, MADE, FAULT = "changed", "stage", "step", "made", "fault"


@dataclass(frozen=True)
class Answer:
    """What a watch answers: what has changed since the paper was made, and then how it goes."""

    changed: tuple[str, ...]
    _lines: IO[str]

    def follow(self, progress: Progress) -> bool:
        """Pass on how it goes; whether the paper was made, and not the watch ended before.

        BoardpackError tells the fault that stopped it, with its exit code.
        """
        for kind, *told in _said(self._lines):
            if kind == STAGE:
                progress.stage(*told)
            elif kind == STEP:
                progress.step(*told)
            elif kind == FAULT:
                raise told_fault(*told)
            elif kind == MADE:
                return True
        return False


@contextmanager
def asked_of_watch(layout: Layout) -> Iterator[Answer | None]:
    """Ask the watch of this paper to make it; None where there is none that can."""
    with ExitStack() as held:
        yield _answer(layout, held)


def _answer(layout: Layout, held: ExitStack) -> Answer | None:
    with suppress(OSError, ValueError, LookupError, TypeError):
        note = json.loads(read_private(layout.watched))
        if note["program"] == program():
            line = held.enter_context(socket.socket(socket.AF_UNIX))
            line.connect(f"\0{note['listens']}")
            line.sendall(f"{note['token']}\n".encode())
            lines = held.enter_context(line.makefile("r", encoding="utf-8"))
            for kind, *changed in _said(lines):
                return Answer(tuple(changed), lines) if kind == CHANGED else None
    return None


def _said(lines: IO[str]) -> Iterator[list[Any]]:
    """What a watch says, until it ends, be it in the middle of a line."""
    with suppress(OSError, ValueError):
        yield from map(json.loads, lines)


def program() -> dict[str, Any]:
    """What tells the program that runs here from another."""
    return {"at": str(CHECKOUT), "python": str(Path(sys.prefix)), **made_with()}
