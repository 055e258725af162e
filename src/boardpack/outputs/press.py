"""Where documents are drawn: a process of its own for a job, or a press that stands for many.

Typst and the chart renderer start threads, so they never run in a process that forks. A press has
imported them before there is anything to draw, and keeps the charts that it has drawn, so that the
next paper, which shows many of them again, has them at once. Jobs of one press are done one after
another, in the order in which they are begun.
"""

from __future__ import annotations

import importlib
import os
import select
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from subprocess import PIPE, Popen
from typing import Protocol

from boardpack.outputs.lifeline import end_with

_MODULES = ("boardpack.outputs.print_job",)
_IMPORTED = (
    *("boardpack.outputs.pdf", "boardpack.outputs.slides", "boardpack.outputs.word"),
    *("boardpack.outputs.print_job", "boardpack.outputs.static_chart"),
)

Done = tuple[int, str, str]
"""How a job ended, as a process ends: its exit code, its output, and its faults."""


class Run(Protocol):
    """A job that is being done."""

    def done(self) -> Done:
        """Wait for it."""


@dataclass(frozen=True)
class _OwnProcess:
    process: Popen[str]

    def done(self) -> Done:
        output, faults = self.process.communicate()
        return self.process.returncode, output, faults


@dataclass(frozen=True)
class _OnPress:
    connection: Connection

    def done(self) -> Done:
        try:
            answer: Done = self.connection.recv()
        except (EOFError, ConnectionError):
            answer = (1, "", "the process that draws the papers ended early")
        finally:
            self.connection.close()
        return answer


class Press:
    """A press that stands: `hand` gives it a job, from any process that was forked since."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control

    def hand(self, module: str, job: str) -> Run:
        """Give it a job; the answer comes back on a line of the job's own."""
        ours, theirs = socket.socketpair()
        socket.send_fds(self._control, [b"j"], [theirs.fileno()])
        theirs.close()
        connection = Connection(ours.detach())
        connection.send((module, job))
        return _OnPress(connection)


_STANDING: list[Press] = []


@contextmanager
def standing_press() -> Iterator[None]:
    """A press for all jobs of this process, and of those forked from it, while the block runs."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "boardpack.outputs.press"]
    told = [str(os.getpid()), str(theirs.fileno())]
    process = Popen([*command, *told], pass_fds=[theirs.fileno()])
    theirs.close()
    _STANDING.append(Press(ours))
    try:
        yield
    finally:
        _STANDING.pop()
        ours.close()
        process.terminate()
        process.wait()


def stands() -> bool:
    """Whether a press stands, that may be given work in advance."""
    return bool(_STANDING)


def begin(module: str, job: str) -> Run:
    """Begin a job of a module that has `perform`: on the press that stands, else by itself."""
    if _STANDING:
        return _STANDING[-1].hand(module, job)
    command = [sys.executable, "-m", module, str(os.getpid())]
    process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, encoding="utf-8")
    if process.stdin is not None:
        process.stdin.write(job)
        process.stdin.close()
        process.stdin = None
    return _OwnProcess(process)


def alone(module: str) -> int:
    """Do the job on standard input, in a process of its own; a fault is told on standard error."""
    if len(sys.argv) > 1:
        end_with(int(sys.argv[1]))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    code, output, faults = importlib.import_module(module).perform(sys.stdin.read())
    sys.stdout.write(output)
    sys.stderr.write(faults)
    return int(code)


def stand(parent: int, control: socket.socket) -> None:
    """Do the jobs that come, until whoever began this press ends."""
    end_with(parent)
    for module in _IMPORTED:
        importlib.import_module(module)
    while select.select([control], [], []):
        said, given, _, _ = socket.recv_fds(control, 1, 1)
        if not said:
            return
        with Connection(given[0]) as line:
            _serve(line)


def _serve(line: Connection) -> None:
    """One job; whoever gave it may have ended meanwhile, which is no fault here."""
    try:
        module, job = line.recv()
        line.send(_performed(module, job))
    except (EOFError, ConnectionError):
        pass


def _performed(module: str, job: str) -> Done:
    if module not in _MODULES:
        return 1, "", f"{module} draws nothing"
    try:
        done: Done = importlib.import_module(module).perform(job)
    except Exception as error:
        return 1, "", f"{type(error).__name__}: {error}"
    return done


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # whoever began this is told, and says so once
        stand(int(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
