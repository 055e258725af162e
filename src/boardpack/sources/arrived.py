"""Which files of a folder bear an extract's name. Nothing is opened, and little is imported."""

from __future__ import annotations

import re
from pathlib import Path

_COPY = re.compile(r"( ?\(\d+\)| - copy( ?\(\d+\))?)$")


def arrived(home: Path, folder: Path, file: str) -> tuple[Path, ...]:
    """The files in `folder` that bear an extract's name, whatever their ending, in order."""
    stem = Path(file).stem.casefold()
    try:
        entries = sorted((home / folder).iterdir())
    except OSError:
        return ()
    names = (entry for entry in entries if named_stem(entry) == stem and entry.is_file())
    return tuple(folder / entry.name for entry in names)


def named_stem(path: Path) -> str:
    """The name that a file bears without its ending, in small letters, and not as a copy."""
    return _COPY.sub("", path.stem.casefold())
