"""Symbolic links in what is verified: named, and never followed.

A build is made of files alone, so that any link in it was put there. In a home and in a project a
link is a person's own business as long as it stays inside: one that leads out could have anything
read, hashed and shown that lies elsewhere on the machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from boardpack.audit.verification.finding import Finding

IN_BUILD = "is a symbolic link, which no build holds; it is not followed."
OUT = "leads out of its folder by a symbolic link; it is not followed."


def leads_out(root: Path, name: str) -> bool:
    """Whether a file below a folder is, by a link on the way to it, one that lies elsewhere."""
    end = Path(os.path.realpath(root / name))  # unlike `resolve`, it takes a link to itself
    return not end.is_relative_to(os.path.realpath(root))


def links_in(build: Path) -> Iterator[Finding]:
    """Every link in a build, the build itself not counted."""
    for path in _below(build):
        if path.is_symlink():
            yield Finding(path.relative_to(build).as_posix(), IN_BUILD)


def links_out(root: Path, places: Iterable[Path]) -> Iterator[Finding]:
    """The links in some places of a folder that lead out of it; none is followed."""
    for place in places:
        for path in (place, *_below(place)):
            name = path.relative_to(root).as_posix()
            if (path == place or path.is_symlink()) and leads_out(root, name):
                yield Finding(name, OUT)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, followlinks=False):
        yield from (Path(place, name) for name in sorted((*folders, *files)))
