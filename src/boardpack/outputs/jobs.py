"""Jobs for another process: one begun for a single job, or one that stands and is handed many.

One that stands has imported what its jobs need before there is any. A job reaches it over a socket
without a name, from whoever began it and from any process forked since; the answer comes back on a
line of the job's own. Either kind ends with whoever began it.
"""

from __future__ import annotations

import importlib
import os
import select
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from subprocess import PIPE, Popen
from typing import Protocol

from boardpack.outputs.lifeline import end_with

Done = tuple[int, str, str]
"""How a job ended, as a process ends: its exit code, its output, and its faults."""
_ENDED_EARLY = (1, "", "the process that was to do it ended early")


class Run(Protocol):
    """A job that is being done."""

    def done(self) -> Done:
        """Wait for it."""


@dataclass(frozen=True)
class _Begun:
    process: Popen[str]

    def done(self) -> Done:
        try:
            output, faults = self.process.communicate()
        finally:  # it ends with the wait for it, where that is interrupted
            self.process.kill()
            self.process.wait()
        return self.process.returncode, output, faults


@dataclass(frozen=True)
class _Handed:
    line: Connection

    def done(self) -> Done:
        try:
            answer: Done = self.line.recv()
        except (EOFError, ConnectionError):
            answer = _ENDED_EARLY
        finally:
            self.line.close()
        return answer


class Standing:
    """A process that stands: `hand` gives it a job, from any process that was forked since."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control

    def hand(self, job: object) -> Run:
        """Give it a job; the answer comes back on a line of the job's own.

        Raises ConnectionError where it has ended.
        """
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(self._control, [b"j"], [theirs.fileno()])
            line = Connection(ours.detach())
        line.send(job)
        return _Handed(line)


@contextmanager
def standing(module: str, environment: Mapping[str, str] | None = None) -> Iterator[Standing]:
    """A process of a module that takes `lines`, while the block runs; on Linux only.

    It is told the process that began it and the number of the socket. `environment` is added to
    that of this process.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", module, str(os.getpid()), str(theirs.fileno())]
    told = {**os.environ, **(environment or {})}
    process = Popen(command, env=told, pass_fds=[theirs.fileno()])
    theirs.close()
    try:
        yield Standing(ours)
    finally:
        ours.close()
        process.terminate()
        process.wait()


def lines(socket_number: int) -> Iterator[Connection]:
    """In a process that stands: the line of each job that comes, until there can be no more."""
    control = socket.socket(fileno=socket_number)
    while select.select([control], [], []):
        said, given, _, _ = socket.recv_fds(control, 1, 1)
        if not said:
            return
        with Connection(given[0]) as line:
            yield line


def begin(module: str, job: str, environment: Mapping[str, str] | None = None) -> Run:
    """Begin a job of a module that has `perform`, in a process of its own (see `alone`)."""
    process = Popen(
        [sys.executable, "-m", module, str(os.getpid())],
        env={**os.environ, **(environment or {})},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if process.stdin is not None:
        process.stdin.write(job)
        process.stdin.close()
        process.stdin = None
    return _Begun(process)


def alone(module: str) -> int:
    """Do the job on standard input, in a process of its own; a fault is told on standard error."""
    if len(sys.argv) > 1:
        end_with(int(sys.argv[1]))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    code, output, faults = importlib.import_module(module).perform(sys.stdin.read())
    sys.stdout.write(output)
    sys.stderr.write(faults)
    return int(code)
