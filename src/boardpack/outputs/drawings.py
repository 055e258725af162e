"""Drawings kept on disk, so that the next paper draws only what is new.

A chart's picture depends on what the renderer is given and on the renderer, and on nothing else.
So a drawing is kept under the SHA-256 of both, and nothing ever has to be declared out of date.
Papers may share the folder at once: a drawing appears whole or not at all, and one that is damaged
is drawn again. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile

from boardpack.outputs.typeface import FONTS

MOST_BYTES = 64 * 1024 * 1024
"""What the folder may hold: the charts of one paper are some 2 MB, many of them in others too."""
_DIGEST = hashlib.sha256().digest_size
_KEPT: list[Path] = []


@contextmanager
def kept_in(folder: Path | None, most: int = MOST_BYTES) -> Iterator[None]:
    """Keep in this folder what is drawn while the block runs; the longest unused goes first."""
    if folder is None:
        yield
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    _KEPT.append(folder)
    try:
        yield
    finally:
        _KEPT.pop()
        _make_room(folder, most)


def drawing(given: bytes, draw: Callable[[], bytes]) -> bytes:
    """What `draw` draws of what the renderer is `given`: as it was kept, or drawn now."""
    if not _KEPT:
        return draw()
    name = hashlib.sha256(_renderer() + given).hexdigest()
    file = _KEPT[-1] / name
    found = _read(file)
    if found is None:
        found = draw()
        with suppress(OSError):  # a full disk stops no paper
            _write(file, found)
    return found


def _read(file: Path) -> bytes | None:
    """The drawing in a file; None where there is none, or where it is not as it was written."""
    try:
        held = file.read_bytes()
        os.utime(file)
    except OSError:
        return None
    digest, content = held[:_DIGEST], held[_DIGEST:]
    return content if digest == _digest(file, content) else None


def _write(file: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(_digest(file, content) + content)
    Path(part.name).replace(file)


def _digest(file: Path, content: bytes) -> bytes:
    return hashlib.sha256(file.name.encode() + content).digest()


def _make_room(folder: Path, most: int) -> None:
    with suppress(OSError):  # another paper may be taking the same files away
        files = [(file.stat(), file) for file in folder.iterdir()]
        held = sum(stat.st_size for stat, _ in files)
        for stat, file in sorted(files, key=lambda pair: pair[0].st_mtime_ns):
            if held <= most:
                return
            file.unlink()
            held -= stat.st_size


@cache
def _renderer() -> bytes:
    """What tells this renderer, with its typeface and its machine, from any other."""
    spec = find_spec("vl_convert")
    folder = Path(spec.origin).parent if spec and spec.origin else FONTS
    code = [(file.name, file.stat()) for file in sorted(folder.iterdir()) if file.is_file()]
    told = [version("vl-convert-python"), platform.platform(), platform.machine()]
    told += [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in code]
    told += [hashlib.sha256(font.read_bytes()).hexdigest() for font in sorted(FONTS.iterdir())]
    return "\n".join(told).encode()
