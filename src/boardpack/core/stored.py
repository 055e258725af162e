"""Work stored on disk under what it was made of, so that it is done once for all papers.

What is stored depends on what its maker is given and on the maker, and on nothing else: a chart's
picture, the form of a table, a workbook. It stands under the SHA-256 of both, so nothing ever has
to be declared out of date. Papers may share the folder at once: a file appears whole or not at all,
and one that is damaged is made again. The folder may be deleted at any time.

It lies among builds, which are handed on and which others may write: a file is believed only where
it bears the mark of this user's own key (`boardpack.core.own_key`), and what another left is made
again. No code is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from boardpack.core.own_key import own_key

MOST_BYTES = 128 * 1024 * 1024
"""What the folder may hold: that of one paper is some 8 MB, half of it of others too."""
_DIGEST = hashlib.sha256().digest_size
_FOLDERS: list[Path] = []


@contextmanager
def stored_in(folder: Path | None, most: int = MOST_BYTES) -> Iterator[None]:
    """Store in this folder what is made while the block runs; the longest unused goes first."""
    if folder is None or own_key() is None:
        yield
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    _FOLDERS.append(folder)
    try:
        yield
    finally:
        _FOLDERS.pop()
        _make_room(folder, most)


def stored(maker: bytes, given: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` makes of what it is `given`: as it was stored, or made now.

    `maker` tells what makes it, with its version, from anything that might make it otherwise.
    """
    if not _FOLDERS:
        return make()
    file = _file(maker, given)
    found = _read(file)
    if found is None:
        found = make()
        with suppress(OSError):  # a full disk stops no paper
            _write(file, found)
    return found


def _file(maker: bytes, given: bytes) -> Path:
    return _FOLDERS[-1] / hashlib.sha256(hashlib.sha256(maker).digest() + given).hexdigest()


def _read(file: Path) -> bytes | None:
    """What a file holds; None where there is none, or where it is not as it was written."""
    try:
        held = file.read_bytes()
        os.utime(file)
    except OSError:
        return None
    digest, content = held[:_DIGEST], held[_DIGEST:]
    return content if hmac.compare_digest(digest, _digest(file, content)) else None


def _write(file: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(_digest(file, content) + content)
    Path(part.name).replace(file)


def _digest(file: Path, content: bytes) -> bytes:
    return hmac.digest(own_key() or b"", file.name.encode() + content, "sha256")


def _make_room(folder: Path, most: int) -> None:
    with suppress(OSError):  # another paper may be taking the same files away
        files = [(file.stat(), file) for file in folder.iterdir()]
        held = sum(stat.st_size for stat, _ in files)
        for stat, file in sorted(files, key=lambda pair: pair[0].st_mtime_ns):
            if held <= most:
                return
            file.unlink()
            held -= stat.st_size
