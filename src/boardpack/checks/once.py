"""What checks read of files, kept while what they looked at stands.

The checks of a paper are made several times over where something is out (see `engine`), and what
files say does not change by it; nor does what one file says change when another is put right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from boardpack.core.params import Paper
from boardpack.core.seen import count, seeing
from boardpack.figures.computed import LookedAt, looked_at, of_paper

Answer = TypeVar("Answer")
_KEPT: dict[str, tuple[object, Any, LookedAt]] = {}


def once(paper: Paper, name: str, make: Callable[[Paper], Answer]) -> Answer:
    """What `make` gives for a paper, made once for what it looks at as that stands."""
    of, kept = of_paper(paper), _KEPT.get(name)
    if kept is not None and kept[0] == of and kept[2].stands(paper):
        count(kept[2].seen)
        found: Answer = kept[1]
        return found
    with seeing() as seen:
        answer = make(paper)
    _KEPT[name] = of, answer, looked_at(seen)
    return answer
