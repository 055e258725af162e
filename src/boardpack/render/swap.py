"""The swap of a finished build for the old one, whole or not at all.

The old build is moved aside, the new one renamed into its place, the old one removed. Whatever
moment a machine dies at, the next command finds either the build in place or its `.old` sibling,
and `repair` restores it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from boardpack.core.errors import BuildFault
from boardpack.render.layout import Layout

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
    clear_work(layout)


def clear_work(layout: Layout) -> None:
    """Remove the folders that this render, and any that was killed before it, has worked in."""
    for folder in layout.work.parent.glob(f"{layout.work.stem}.*"):
        shutil.rmtree(folder, ignore_errors=True)


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

    The operating system frees the lock with the process that holds it, so a crash leaves none
    behind.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as file:
        try:
            _take(file)
        except OSError:
            said = "Another render of this paper is running. Wait until it has ended."
            raise BuildFault(said) from None
        try:
            yield
        finally:
            _free(file)


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
