"""Figures computed once: a register that begins as one that was computed is taken up from there.

Chapters are computed one after another into one draft, and most papers of a month begin with the
same ones. After each chapter the draft is kept under the names of all chapters so far, as long as
nothing that the paper is made from has changed; a process forked from one that has computed some
finds them here. What is kept is what computing would give, because it is what computing gave.
"""

from __future__ import annotations

from collections.abc import Callable

from boardpack.figures.draft import Draft
from boardpack.params import Paper
from boardpack.seen import Seen, count, seeing
from boardpack.sources.folder import Folder, state_of

Step = Callable[[Draft], None]
"""What one chapter enters into a draft."""

_KEPT: dict[str, dict[tuple[str, ...], tuple[Draft, Seen]]] = {}


def computed(paper: Paper, chapters: tuple[str, ...], step: Callable[[str], Step]) -> Draft:
    """The draft of these chapters, computed in this order; `step` gives what each enters."""
    kept = _of_state(paper)
    done = next((n for n in range(len(chapters), 0, -1) if chapters[:n] in kept), 0)
    draft = None
    for place, chapter in enumerate(chapters, start=1):
        if place > done:
            with seeing() as seen:
                draft = draft or Draft(paper, Folder(paper))
                step(chapter)(draft)
            kept[chapters[:place]] = (draft.copy(paper), seen)
        else:
            before, seen = kept[chapters[:place]]
            count(seen)
            draft = before.copy(paper) if place == done else None
    return draft or Draft(paper, Folder(paper))


def _of_state(paper: Paper) -> dict[tuple[str, ...], tuple[Draft, Seen]]:
    state = state_of(paper, words=False)
    if state not in _KEPT:
        _KEPT.clear()
        _KEPT[state] = {}
    return _KEPT[state]
