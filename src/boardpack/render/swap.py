"""The swap of a finished build for the old one, whole or not at all.

The old build is moved aside, the new one renamed into its place, the old one removed. Whatever
moment a machine dies at, the next command finds either the build in place or its `.old` sibling,
and `repair` restores it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from boardpack.core.errors import BuildFault
from boardpack.render.layout import Layout

LOOKS, BETWEEN_LOOKS = 40, 0.05
"""How often, and after how many seconds each time, a lock is looked at before it is refused."""
_IN_USE = "Close what holds it open (the paper in a viewer, a file manager) and render again."


def old_of(target: Path) -> Path:
    """Where a build stands while it is being replaced."""
    return target.with_name(f"{target.name}.old")


def repair(target: Path) -> bool:
    """Finish or undo a swap that was interrupted; True when an old build was restored."""
    old = old_of(target)
    if not old.exists():
        return False
    if target.exists():
        shutil.rmtree(old)
        return False
    old.rename(target)
    return True


def tidy(layout: Layout) -> None:
    """Repair what an interrupted render of this paper left behind."""
    repair(layout.target)
    shutil.rmtree(layout.work, ignore_errors=True)


def swap_in(new: Path, target: Path) -> None:
    """Put a finished build in the place of the old one; on failure the old one stands again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        repair(target)
        if target.exists():
            target.rename(old_of(target))
        new.rename(target)
        repair(target)
    except OSError as error:
        _stand_again(target)
        raise BuildFault(f"{target} could not be replaced: {error.strerror}. {_IN_USE}") from error


def _stand_again(target: Path) -> None:
    if not target.exists() and old_of(target).exists():
        old_of(target).rename(target)


@contextmanager
def locked(lock: Path) -> Iterator[None]:
    """Hold a paper's lock; a second render of the same paper is refused.

    The operating system frees the lock with the last process of a render, so a crash leaves none
    behind. The chapters of one that was killed a moment ago may still be ending: they are waited
    for, so that none of them writes into what is begun now.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as file:
        if not any(_taken(file) for _ in range(LOOKS)):
            raise BuildFault("Another render of this paper is running. Wait until it has ended.")
        try:
            yield
        finally:
            _free(file)


def _taken(file: IO[bytes]) -> bool:
    try:
        _take(file)
    except OSError:
        time.sleep(BETWEEN_LOOKS)
        return False
    return True


def _take(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _free(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_UN)
