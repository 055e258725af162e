"""Folders and files for one user's eyes: made so, and believed only where they are so.

On Windows a home lies in a user's own profile, whose files others cannot read, and modes say
nothing; there a file is read as it is.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private(folder: Path) -> None:
    """Make a folder that its owner alone can look into; FileExistsError where there is one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=stat.S_IRWXU)


def read_private(path: Path) -> str:
    """The text of a file that this user left and nobody else can read or write.

    PermissionError where it is a link, is another's, or lies open to others.
    """
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(opened, encoding="utf-8") as file:
        if not _is_private(os.fstat(file.fileno())):
            raise PermissionError(f"{path.name} is not this user's own.")
        return file.read()


def _is_private(found: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):
        return True
    is_file = stat.S_ISREG(found.st_mode)
    return is_file and found.st_uid == os.getuid() and not found.st_mode & OTHERS
