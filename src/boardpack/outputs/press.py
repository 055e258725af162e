"""Where documents are drawn: a process of its own for a job, or a press that stands for many.

Typst and the chart renderer start threads, so they never run in a process that forks. A press has
imported them before there is anything to draw, and keeps what it has drawn, so that a paper that
is drawn again, a little changed, takes half the time; who has many papers drawn lets go of each.
Jobs of one press are done one after another, in the order in which they are begun.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from boardpack.outputs import jobs
from boardpack.outputs.imports import importing
from boardpack.outputs.jobs import Done, Run, Standing
from boardpack.outputs.lifeline import end_with
from boardpack.outputs.memory import give_back
from boardpack.paper.content import forget_chapters

_MODULES = ("boardpack.outputs.print_job",)
_TYPST = "boardpack.outputs.pdf"
_LET_GO = ("", "let go")
_IMPORTED = (
    *(_TYPST, "boardpack.outputs.slides", "boardpack.outputs.word"),
    *("boardpack.outputs.print_job", "boardpack.outputs.static_chart"),
)

_STANDING: list[tuple[Standing, bool]] = []
"""The press that stands, and whether it is for many papers."""


@contextmanager
def standing_press(many: bool = False) -> Iterator[None]:
    """A press for all jobs of this process, and of those forked from it, while the block runs.

    One for `many` papers can be had to `let_go` of each.
    """
    with jobs.standing("boardpack.outputs.press") as press:
        _STANDING.append((press, many))
        try:
            yield
        finally:
            _STANDING.pop()


def stands() -> bool:
    """Whether a press stands, that may be given work in advance."""
    return bool(_STANDING)


def let_go() -> Run | None:
    """Have a press for many papers keep nothing of one, when it has done what it has been given.

    One that is not for many is asked for the same paper again, if for any.
    """
    with suppress(ConnectionError):  # it has ended, and with it all that it kept
        for press, many in _STANDING[-1:]:
            return press.hand(_LET_GO) if many else None
    return None


def begin(module: str, job: str) -> Run:
    """Begin a job of a module that has `perform`: on the press that stands, else by itself."""
    if _STANDING:
        return _STANDING[-1][0].hand((module, job))
    return jobs.begin(module, job)


def stand(parent: int, socket_number: int) -> None:
    """Do the jobs that come, until whoever began this press ends."""
    end_with(parent)
    with importing():
        for module in _IMPORTED:
            importlib.import_module(module)
    gc.freeze()  # looked through after each job, else
    for line in jobs.lines(socket_number):
        _serve(line)
        give_back()


def _serve(line: Connection) -> None:
    """One job; whoever gave it may have ended meanwhile, which is no fault here."""
    try:
        module, job = line.recv()
        line.send(_performed(module, job))
    except (EOFError, ConnectionError):
        pass


def _let_go() -> Done:
    importlib.import_module(_TYPST).forget()
    forget_chapters()
    return 0, "", ""


def _performed(module: str, job: str) -> Done:
    if (module, job) == _LET_GO:
        return _let_go()
    if module not in _MODULES:
        return 1, "", f"{module} draws nothing"
    try:
        done: Done = importlib.import_module(module).perform(job)
    except Exception as error:
        return 1, "", f"{type(error).__name__}: {error}"
    return done


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # whoever began this is told, and says so once
        stand(*map(int, sys.argv[1:]))
