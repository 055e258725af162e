"""The watch's side of a render that is asked of it: taken, and made in a process forked from it.

It is the same render as any other: it holds the paper's lock, looks at every source itself, and
seals what it makes. What it does without is to import, to read extracts that were read, and to run
chapters that the preview has run of what is there now.
"""

from __future__ import annotations

import hmac
import json
import multiprocessing
import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from select import select

from boardpack.build.asking import CHANGED, FAULT, MADE, STAGE, STEP, program
from boardpack.build.current import settled
from boardpack.build.kept import Kept
from boardpack.build.layout import Layout
from boardpack.build.render import render
from boardpack.errors import BUILD, BoardpackError
from boardpack.outputs.lifeline import end_with

_PATIENCE = 1.0
"""Seconds for an asker to say who it is."""
_OURS = "This is a fault of boardpack."


@dataclass(frozen=True)
class Told:
    """Tells whoever asked how the render goes."""

    line: socket.socket

    def stage(self, title: str, steps: int) -> None:
        """A stage begins."""
        self.say(STAGE, title, steps)

    def step(self, what: str) -> None:
        """A step is done."""
        self.say(STEP, what)

    def say(self, *told: str | int) -> None:
        """Say something; one who has gone away ends the render."""
        try:
            self.line.sendall(f"{json.dumps(told)}\n".encode())
        except OSError:
            raise KeyboardInterrupt from None


class Asked:
    """Where a watch is asked for its paper; the note that says so goes when it closes."""

    def __init__(self, layout: Layout) -> None:
        self._note, self._token = layout.watched, secrets.token_hex(16)
        self._socket = socket.socket(socket.AF_UNIX)
        listens = f"boardpack-{secrets.token_hex(16)}"
        self._socket.bind(f"\0{listens}")
        self._socket.listen()
        self._running: list[BaseProcess] = []
        self._leave({"listens": listens, "token": self._token, "program": program()})

    def wait(self, seconds: float) -> socket.socket | None:
        """The line to somebody who asks within so many seconds, and has read the note."""
        self._running = [child for child in self._running if child.is_alive()]
        if not select([self._socket], [], [], seconds)[0]:
            return None
        line, _ = self._socket.accept()
        line.settimeout(_PATIENCE)
        with suppress(OSError):
            if hmac.compare_digest(line.recv(len(self._token) + 1), f"{self._token}\n".encode()):
                line.settimeout(None)
                return line
        line.close()
        return None

    def answer(self, line: socket.socket, layout: Layout, kept: Kept) -> None:
        """Make the paper for whoever asked, in a process of its own; `kept` are its chapters."""
        context = multiprocessing.get_context("fork")
        child = context.Process(target=_make, args=(Told(line), layout, kept, os.getpid()))
        child.start()
        self._running.append(child)
        line.close()

    def close(self) -> None:
        """Take no more; a render that runs ends with the watch."""
        with suppress(OSError):
            self._note.unlink()
        self._socket.close()
        for child in self._running:
            child.terminate()
            child.join()

    def _leave(self, note: dict[str, object]) -> None:
        """Leave the note, for the eyes of this user alone."""
        with suppress(OSError):
            self._note.unlink()
        opened = os.open(self._note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            json.dump(note, file)


def _make(told: Told, layout: Layout, kept: Kept, parent: int) -> None:
    end_with(parent)
    with suppress(KeyboardInterrupt):  # nobody is left to be told
        told.say(*_made(told, layout, kept))


def _made(told: Told, layout: Layout, kept: Kept) -> tuple[str | int, ...]:
    """Make the paper where it has changed, and say so; how that ended."""
    try:
        changed = settled(layout)
        told.say(CHANGED, *changed)
        if changed:
            render(layout, False, told, kept)
    except BoardpackError as fault:
        return FAULT, fault.exit_code, str(fault)
    except Exception as fault:
        return FAULT, BUILD, f"Unexpected {type(fault).__name__}. {_OURS}"
    return (MADE,)
