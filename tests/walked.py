"""A register as the second implementation walks over it: each figure from what it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from boardpack.audit.second.cells import Files
from boardpack.audit.second.figures import Walk, walk
from boardpack.figures.figure import Figure


def walked(home: Path, figures: Iterable[Figure]) -> Walk:
    """What comes of every figure of a register, whose files lie in `home`."""
    found, listed = Walk(), {figure.id: figure.to_json() for figure in figures}
    walk(found, listed, Files(home, listed))
    return found
