"""A key of this user's own, by which boardpack knows what it wrote itself.

It stands in the user's folder for caches, never in a home: whoever may write among the builds of a
team, or hands on a folder, has not got it. It may be deleted at any time; then all is made again.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

SIZE = 32
FILE = Path("boardpack", "own.key")


@cache
def own_key() -> bytes | None:
    """The key, made where there is none yet; None where none can be kept to oneself.

    That is where the file cannot be written, is another's, or may be read by others.
    """
    folder = _caches()
    if folder is None:
        return None
    with suppress(OSError):
        if not (folder / FILE).exists():
            _make(folder / FILE)
        return _read(folder / FILE)
    return None


def _caches() -> Path | None:
    """The folder of this user for caches; None where there is none."""
    told = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if Path(told).is_absolute():
        return Path(told)
    with suppress(RuntimeError):
        return Path.home() / ".cache"
    return None


def _make(file: Path) -> None:
    """Write a new key; where another process was first, the one that stands is left."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent) as part:  # nobody else may read it
        part.write(secrets.token_bytes(SIZE))
        part.flush()
        with suppress(FileExistsError):
            os.link(part.name, file)


def _read(file: Path) -> bytes | None:
    told, key = file.lstat(), file.read_bytes()
    if len(key) != SIZE or not stat.S_ISREG(told.st_mode):
        return None
    if os.name == "posix" and (told.st_uid != os.getuid() or told.st_mode & 0o077):
        return None
    return key
