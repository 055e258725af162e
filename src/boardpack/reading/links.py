"""Symbolic links among the inputs: one that leads out of the home is refused, and never read.

Whoever may put a file among the extracts could otherwise have any file that the team can read
shown in the paper, sealed with it, and sent in its bundle.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from boardpack.core.errors import Fault

EXPECTED = "a file of this home; it is a link to one elsewhere"
REMEDY = "Put a copy of the file in its place."


def link_faults(home: Path, places: Iterable[Path]) -> Iterator[Fault]:
    """A fault for each link in some files and folders of a home that leads out of it.

    A link inside the home is a person's own business; so is a home that itself lies behind one.
    """
    root = home.resolve()
    seen = dict.fromkeys(path for place in places for path in (place, *_links(place)))
    for path in seen:
        end = Path(os.path.realpath(path))  # unlike `resolve`, it takes a link to itself
        if os.path.lexists(path) and not end.is_relative_to(root):
            yield Fault(path.relative_to(home).as_posix(), EXPECTED, REMEDY)


def _links(place: Path) -> Iterator[Path]:
    """The links below a folder, without going through any of them."""
    for folder, folders, files in os.walk(place, followlinks=False):
        found = (Path(folder, name) for name in sorted((*folders, *files)))
        yield from (path for path in found if path.is_symlink())
