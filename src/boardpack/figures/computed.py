"""Figures computed once: a register that begins as one that was computed is taken up from there.

Chapters are computed one after another into one draft, and most papers of a month begin with the
same ones. After each chapter the draft is kept under the names of all chapters so far, with what
the chapter looked at. It is taken up while all of that is as it was and no file has come or gone: a
process that runs one notebook after another computes none twice, and `watch` computes what a change
touches and what comes after it. What is kept is what computing gave, so it is what it would give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import Paper
from boardpack.core.seen import Seen, answer_seal, count, seeing
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure
from boardpack.figures.ids import ids_of
from boardpack.figures.register import Register, UnknownFigure
from boardpack.reading.folder import Folder, files_of

Step = Callable[[Draft], None]
"""What one chapter enters into a draft."""
Stamp = tuple[int, int]


@dataclass(frozen=True)
class LookedAt:
    """What a piece of work looked at, its files by size and time as they were then."""

    seen: Seen
    stamps: dict[str, Stamp | None]

    def stands(self, paper: Paper) -> bool:
        """Whether all of it is as it was, so that the work would give what it gave."""
        told = {"Report": paper.report, "Run": paper.run}
        answers = self.seen.asked.items()
        return all(_stamp(file) == stamp for file, stamp in self.stamps.items()) and all(
            answer_seal(getattr(told[group], name)) == answer for (group, name), answer in answers
        )


def looked_at(seen: Seen) -> LookedAt:
    """What was seen, as it stands now."""
    return LookedAt(seen, {file: _stamp(file) for file in seen.files})


def of_paper(paper: Paper) -> object:
    """A paper and the names of its files: absence is not noted, so a file may not come or go."""
    return (paper.home.resolve(), paper.month, paper.place, tuple(map(str, files_of(paper))))


_KEPT: dict[tuple[str, ...], tuple[Draft, LookedAt]] = {}
_OF: list[object] = [None]
"""The paper and the names of the files for which drafts are kept; a chapter's with what it saw."""


def computed(paper: Paper, chapters: tuple[str, ...], step: Callable[[str], Step]) -> Draft:
    """The draft of these chapters, computed in this order; `step` gives what each enters."""
    done = _done(paper, chapters)
    draft = _KEPT[chapters[:done]][0].copy(paper) if done else None
    if done < len(chapters):
        _drop(chapters[: done + 1])
    for place, chapter in enumerate(chapters[done:], start=done + 1):
        with seeing() as seen:
            draft = draft or new_draft(paper)
            _enter(draft, chapter, step)
        _KEPT[chapters[:place]] = draft.copy(paper), looked_at(seen)
    return draft or new_draft(paper)


def new_draft(paper: Paper, folder: Folder | None = None) -> Draft:
    """A draft with nothing in it, which may hold what is declared for the paper and no more."""
    return Draft(paper, folder or Folder(paper), Register(ids=ids_of(paper)))


def _drop(anew: tuple[str, ...]) -> None:
    """Drop every draft that goes on from one which is computed anew: it rests on what that was."""
    for chapters in [kept for kept in _KEPT if kept[: len(anew)] == anew]:
        del _KEPT[chapters]


def _enter(draft: Draft, chapter: str, step: Callable[[str], Step]) -> None:
    """Enter a chapter; what a formula needs and no extract gave is a fault of the extracts."""
    try:
        step(chapter)(draft)
    except UnknownFigure as error:
        if not error.wanted:
            raise
        kin = error.wanted.rpartition(".")[0].split(".")[:3]
        files = {c.cell.file: None for f in draft.register for c in f.cells if _is_kin(f, kin)}
        found = f" Figures beside it come from {', '.join(files)}." if files else ""
        if draft.register.is_absent(error.wanted):
            lacking = ", ".join(draft.register.missing([error.wanted]))
            found = f" It rests on what is not there: {lacking}.{found}"
        raw = draft.paper.raw.relative_to(draft.paper.home).as_posix()
        expected = f"{error.wanted}, with which the chapter {chapter} computes"
        remedy = f"Add the row or extract that it comes from.{found}"
        raise InputFaults([Fault(f"{raw}/", expected, remedy)]) from None


def _is_kin(figure: Figure, parts: list[str]) -> bool:
    return figure.id.split(".")[: len(parts)] == parts


def _done(paper: Paper, chapters: tuple[str, ...]) -> int:
    """How many of the chapters, from the first, are kept and stand; they count as looked at."""
    of = of_paper(paper)
    if _OF[0] != of:
        _KEPT.clear()
        _OF[0] = of
    for place in range(1, len(chapters) + 1):
        kept = _KEPT.get(chapters[:place])
        if kept is None or not kept[1].stands(paper):
            return place - 1
        count(kept[1].seen)
    return len(chapters)


def _stamp(file: str) -> Stamp | None:
    try:
        stat = Path(file).stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
