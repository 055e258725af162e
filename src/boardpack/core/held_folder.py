"""Folders for temporary files that do not stay where the process that made them is killed.

Each is locked for as long as its process lives; a lock ends with the process, however that ended.
Whoever makes the next one first removes those of this user that nobody holds. A process that is
asked to end (SIGTERM) removes its own first. Where there are no such locks (Windows), a folder is
thrown away at its end alone.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

PREFIX, BEGUN = "bp-held-", "bp-new-"
SHARED = "BOARDPACK_SHARED"
"""The variable that names the folder which the processes of a run share, where they do."""
_LOCKS: Any = importlib.import_module("fcntl") if os.name == "posix" else None
_HELD: set[Path] = set()


@contextmanager
def held_folder() -> Iterator[Path]:
    """A folder of its own that is thrown away at the end; those of dead processes go first."""
    clear_left()
    begun = Path(os.path.realpath(tempfile.mkdtemp(prefix=BEGUN)))
    lock = _locked(begun)
    folder = begun.with_name(PREFIX + begun.name.removeprefix(BEGUN))
    begun.rename(folder)  # only what is locked already has the name that others look for
    _HELD.add(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _HELD.discard(folder)
        if lock is not None:
            os.close(lock)


@contextmanager
def shared_folder() -> Iterator[None]:
    """A folder for what one process of this run has made and others begun in the block may take."""
    with held_folder() as folder:
        before = os.environ.get(SHARED)
        os.environ[SHARED] = str(folder)
        try:
            yield
        finally:
            os.environ.pop(SHARED)
            if before is not None:
                os.environ[SHARED] = before


def shared_by_run() -> Path | None:
    """The folder that the processes of this run share; None where this one is alone."""
    told = os.environ.get(SHARED)
    return Path(told) if told else None


def clear_left() -> None:
    """Remove the folders of this user that no process holds any more."""
    if _LOCKS is None:
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # it is another's, a link, or removed meanwhile
            if folder.lstat().st_uid != os.getuid():
                continue
            lock = _locked(folder)
            shutil.rmtree(folder, ignore_errors=True)
            if lock is not None:
                os.close(lock)


def end_tidily() -> None:
    """From now on this process, asked to end, first removes the folders that it holds."""
    maker = os.getpid()

    def end(number: int, _: FrameType | None) -> None:
        if os.getpid() == maker:  # a fork holds none of its own
            for folder in tuple(_HELD):
                shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    signal.signal(signal.SIGTERM, end)


def _locked(folder: Path) -> int | None:
    """The lock on a folder, as an open file; OSError where a process holds it, or it is none."""
    if _LOCKS is None:
        return None
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _LOCKS.flock(opened, _LOCKS.LOCK_EX | _LOCKS.LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened
