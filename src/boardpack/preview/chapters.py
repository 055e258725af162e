"""The chapters of a watched paper: run again where a change touches them, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from itertools import accumulate
from typing import Any

from boardpack.core.errors import BoardpackError
from boardpack.document.blocks import Workings
from boardpack.document.commentary_marks import claims_of
from boardpack.document.content import Chapter
from boardpack.preview.files import Reach
from boardpack.render.chapters import planned_chapters, read_chapters, waves
from boardpack.render.findings import Findings, check_chapters
from boardpack.render.held_words import hold_words
from boardpack.render.inputs import check_inputs
from boardpack.render.kept_chapters import Kept, Now
from boardpack.render.layout import Layout
from boardpack.render.manifest import sources_of
from boardpack.render.notebooks import run_notebooks
from boardpack.render.records import write_computed, write_register
from boardpack.render.render import told_chapters

AHEAD = 2
"""How many chapters that a changed extract touches are shown before the others are run."""

Owners = Mapping[str, tuple[str, ...]]
"""The ids of the figures that each chapter shows as its own."""


class WatchedChapters:
    """The executed chapters of a preview, what they found, and what each was made from."""

    def __init__(self, kept: Kept, pool: Executor) -> None:
        self.kept, self._pool = kept, pool
        self._found: dict[int, Findings] = {}

    @property
    def found(self) -> Findings:
        """What all chapters found."""
        return self._found[max(self._found)]

    def check_all(self, layout: Layout) -> None:
        """Check what chapters found that were run before."""
        for place, names in enumerate(accumulate(waves(layout))):
            self._check(layout, place, names, anew=True)

    def read_ahead(self, layout: Layout) -> None:
        """Read and compute what the first change will ask for; what is wrong is told then."""
        with suppress(BoardpackError):
            check_inputs(layout.paper)
            claims_of(layout.paper)

    def renew(self, layout: Layout, reach: Reach, owners: Owners, show: Callable[[], None]) -> None:
        """Run what a change touches; `show` is called when the chapters touched most have run."""
        now = Now(layout, sources_of(layout))
        check_inputs(layout.paper)
        write_computed(layout)
        planned = waves(layout)
        ahead = self._touched_most(planned[0], reach, owners)
        self._run(layout, ahead, Findings(), now)
        if ahead:
            show()
        for place, names in enumerate(planned):
            before = self._found[place - 1] if place else Findings()
            if place:
                told = before.register, before.checks, before.noticed, before.held
                write_register(layout.register, layout.paper, *told)
            due = [n for n in names if n not in ahead and not self.kept.stands(n, now)]
            self._run(layout, due, before, now)
            self._check(layout, place, sum(planned[: place + 1], ()), anew=bool(reach.files))

    def _touched_most(
        self, names: tuple[str, ...], reach: Reach, owners: Owners
    ) -> tuple[str, ...]:
        """Those that bear the name of a changed file; else those with most figures from it."""
        named = tuple(name for name in names if name in reach.first)
        if named or not owners:
            return named
        files, register = frozenset(reach.files), self.found.register
        read = {figure.id for figure in register if files & {c.cell.file for c in figure.cells}}
        counts = {name: len(read.intersection(owners[name])) for name in names if name in owners}
        ranked = sorted(filter(counts.get, counts), key=lambda name: -counts[name])
        return tuple(ranked[:AHEAD])

    def _run(self, layout: Layout, names: Iterable[str], found: Findings, now: Now) -> None:
        folders, due = (layout.notebooks, layout.executed), tuple(names)
        told, planned = told_chapters(layout, found, alone=False), planned_chapters(layout)
        seen = run_notebooks(due, told, *folders, planned=planned, pool=self._pool)
        self.kept.note(layout.executed, seen, now)
        if due:
            hold_words(layout, due, {path.stem for path in layout.executed.glob("*.ipynb")})

    def _check(self, layout: Layout, place: int, names: tuple[str, ...], anew: bool) -> None:
        """Check what the chapters up to a wave found; where only words changed, as far as needed.

        `place` counts the waves from 0.
        """
        chapters, before = read_chapters(layout, names), self._found.get(place)
        if anew or before is None or _figures(before.chapters) != _figures(chapters):
            is_last = place == len(waves(layout)) - 1
            found = self._found.get(place - 1)
            self._found[place] = check_chapters(layout, chapters, is_last, found)


def _figures(chapters: Iterable[Chapter]) -> list[Any]:
    return [block.figures for c in chapters for block in c.blocks if isinstance(block, Workings)]
