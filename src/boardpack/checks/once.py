"""What checks read of files, kept while the files stand.

The checks of a paper are made several times over where something is out (see `engine`), and what
files say does not change by it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from boardpack.params import Paper
from boardpack.seen import Seen, count, seeing
from boardpack.sources.folder import state_of

Answer = TypeVar("Answer")
_KEPT: dict[str, tuple[str, Any, Seen]] = {}


def once(paper: Paper, name: str, make: Callable[[Paper], Answer]) -> Answer:
    """What `make` gives for a paper, made once for its files as they stand."""
    state = state_of(paper, words=False)
    kept = _KEPT.get(name)
    if kept is None or kept[0] != state:
        with seeing() as seen:
            answer = make(paper)
        _KEPT[name] = state, answer, seen
        return answer
    count(kept[2])
    found: Answer = kept[1]
    return found
