"""What a piece of work looks at: the files that it opens and the parameters that it asks for.

Work whose answer rests on nothing else need not be done again while all of that is as it was. Files
are noted by Python itself, so that no reader can forget to; a file's absence is not, so whoever
keeps the work also holds the names of all files (see `render.kept_chapters`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

Question = tuple[str, str]
"""What was asked for: the group and the name, such as `Run` and `status`."""


@dataclass
class Seen:
    """Files by their full path, and the answers to what was asked for, as text or its SHA-256."""

    files: set[str] = field(default_factory=set)
    asked: dict[Question, str] = field(default_factory=dict)

    def take(self, other: Seen) -> None:
        """Count what another piece of work has seen as seen here."""
        self.files |= other.files
        self.asked |= other.asked


_LOOKING: list[Seen] = []


@contextmanager
def seeing() -> Iterator[Seen]:
    """Note what the block looks at; whoever notes what is around it gets it too.

    >>> with seeing() as seen:
    ...     asked("Run", "status", "draft")
    >>> list(seen.asked)
    [('Run', 'status')]
    """
    _listen()
    seen = Seen()
    _LOOKING.append(seen)
    try:
        yield seen
    finally:
        _LOOKING.pop()
        count(seen)


@contextmanager
def unseen() -> Iterator[None]:
    """Files that the block opens are not noted, because what is taken from them is asked for.

    >>> with seeing() as seen, unseen():
    ...     asked("Run", "status", "draft")
    >>> list(seen.asked)
    []
    """
    _LOOKING.append(Seen())
    try:
        yield
    finally:
        _LOOKING.pop()


def count(seen: Seen) -> None:
    """Count as seen what was looked at earlier, and is now taken from where it was kept."""
    if _LOOKING:
        _LOOKING[-1].take(seen)


def asked(group: str, name: str, answer: object) -> None:
    """Note that something was asked for, and what the answer was the first time.

    >>> with seeing() as seen:
    ...     asked("Run", "status", "draft")
    ...     asked("Run", "status", "board")
    >>> seen.asked["Run", "status"] == answer_seal("draft")
    True
    """
    if _LOOKING and (group, name) not in _LOOKING[-1].asked:
        _LOOKING[-1].asked[group, name] = answer_seal(answer)


def answer_seal(answer: object) -> str:
    """The SHA-256 of an answer as Python writes it.

    >>> answer_seal("draft") == answer_seal("draft"), answer_seal("draft") == answer_seal("board")
    (True, False)
    """
    return sha256(repr(answer).encode(errors="replace")).hexdigest()


@cache
def _listen() -> None:
    sys.addaudithook(_told)


def _told(event: str, told: tuple[object, ...]) -> None:
    """A file that Python opens by its name to read it; its temporary files are opened by number."""
    if event == "open" and _LOOKING and isinstance(told[0], str | os.PathLike):
        mode = told[1]
        if isinstance(mode, str) and ("r" in mode or "+" in mode):
            _LOOKING[-1].files.add(str(Path(told[0]).absolute()))
