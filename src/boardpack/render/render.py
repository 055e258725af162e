"""A month's paper, from its parameters and extracts to a finished build: the whole story.

Extracts are read first, so that their faults are told before anything runs. Chapters run in waves;
what the first finds is checked and handed to the next. Every output is made from the executed
notebooks, beside the last good build, which is replaced at the end and only when all went well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from boardpack.core.design import drawn_with, own_design
from boardpack.core.errors import BuildFault
from boardpack.core.params import Paper
from boardpack.core.stored import stored_in
from boardpack.core.workers import Here
from boardpack.document.content import Chapter
from boardpack.document.earlier_chapters import CHAPTERS
from boardpack.prose.stale_words import stale_sentences
from boardpack.render.chapters import planned_chapters, read_chapters, waves
from boardpack.render.examined import keep_examined
from boardpack.render.findings import Findings, check_chapters
from boardpack.render.held_words import hold_words
from boardpack.render.inputs import check_inputs
from boardpack.render.kept_chapters import EVERY, Kept, Now, write_kept
from boardpack.render.layout import Layout
from boardpack.render.making import make_outputs
from boardpack.render.manifest import NAME, Sources, different, manifest_record, sources_of
from boardpack.render.notebooks import run_notebooks
from boardpack.render.products import draw_ahead
from boardpack.render.progress import Progress
from boardpack.render.records import write, write_computed
from boardpack.render.swap import clear_work, locked, swap_in, tidy
from boardpack.render.timings import Timings
from boardpack.render.unprinted import unprinted_commentary


@dataclass(frozen=True)
class Rendered:
    """A finished build and what a reader of the summary wants to know of it."""

    paper: Paper
    target: Path
    findings: Findings
    notes: tuple[str, ...]


def render(
    layout: Layout,
    stock: bool,
    progress: Progress,
    kept: Kept | None = None,
    pool: Executor | None = None,
) -> Rendered:
    """Make the paper; the last good build stands until this one is whole.

    Chapters that are `kept` and would come out as they stand are taken from there. Chapters and
    documents are made in the processes of the `pool`, or in this one.
    """
    pool = pool or Here()
    progress = timings = Timings(progress)
    own = drawn_with(own_design(layout.paper.report.design, layout.paper.home))
    with locked(layout.lock), _work_folder(layout), stored_in(layout.stored), own:
        progress.stage("Reading the extracts", 1)
        sources = sources_of(layout)
        arrived = check_inputs(layout.paper)
        now, program = Now(layout, sources), ""
        if kept is None:
            kept = Kept(layout.target / "notebooks", {})
        else:
            program = now.seal(EVERY)
        chapters, before = Chapters(layout, stock, kept, now, pool).run(progress)
        findings, said = make_outputs(layout, chapters, before, progress, program, pool)
        progress.stage("Sealing the build", 1)
        stale = (f"Stale: {item}" for item in stale_sentences(layout.paper, findings.register))
        notes = (*said, *stale, *unprinted_commentary(layout))
        write(layout.new / NAME, manifest_record(layout, sources, notes))
        _refuse_moved(layout, sources)
        swap_in(layout.new, layout.target)
        timings.write(layout.timings)
        if not stock:
            write_kept(layout, kept)
            keep_examined(layout, sources, arrived, findings)
    return Rendered(layout.paper, layout.target, findings, notes)


def _refuse_moved(layout: Layout, sources: Sources) -> None:
    """BuildFault where what the paper is made from changed since it was begun.

    Its pages may hold some of before and some of after, and no seal would be true of them.
    """
    first, *more = different(sources, sources_of(layout)) or ("",)
    if first:
        names = f"{first} and {len(more)} more" if more else first
        raise BuildFault(f"While the paper was made, this changed: {names}. Render it again.")


@contextmanager
def _work_folder(layout: Layout) -> Iterator[None]:
    tidy(layout)
    layout.executed.mkdir(parents=True)
    try:
        yield
    finally:
        clear_work(layout)


@dataclass(frozen=True)
class Chapters:
    """The chapters of a paper, wave by wave: run, or taken from those that are kept."""

    layout: Layout
    stock: bool
    kept: Kept
    now: Now
    pool: Executor

    def run(self, progress: Progress) -> tuple[tuple[Chapter, ...], Findings]:
        """All chapters, and what all waves but the last found: it is checked for the next one."""
        found, planned = Findings(), waves(self.layout)
        if not self.stock:
            write_computed(self.layout)
        for names in planned:
            title = "Running the summary" if found.chapters else "Running the chapters"
            progress.stage(title, len(names))
            self._wave(names, found, progress)
            run = {*names, *(chapter.name for chapter in found.chapters)}
            hold_words(self.layout, names, run)
            if names != planned[-1]:
                draw_ahead(self.layout, names, self.pool)
                found = check_chapters(self.layout, read_chapters(self.layout, run), False)
        return read_chapters(self.layout, sum(planned, ())), found

    def _wave(self, names: Sequence[str], found: Findings, progress: Progress) -> None:
        layout = self.layout
        standing = self.kept.take(names, layout.executed, self.now)
        for name in standing:
            progress.step(name)
        due = [name for name in names if name not in standing]
        told = told_chapters(layout, found, self.stock)
        folders = layout.notebooks, layout.executed
        planned = planned_chapters(layout)
        seen = run_notebooks(due, told, *folders, self.stock, progress.step, planned, self.pool)
        self.kept.note(layout.executed, seen, self.now)


def told_chapters(layout: Layout, found: Findings, alone: bool = True) -> dict[str, str]:
    """The parameters of a wave; of the first, those run `alone` are not told of the register.

    As anybody may run it again, such a notebook computes what it needs.
    """
    paper = layout.paper
    told = {"year": paper.month.year_folder, "month": paper.month.code, "place": paper.place}
    told["home"] = str(paper.home)
    is_told = found.chapters or (not alone and (layout.register / CHAPTERS).is_dir())
    return {**told, "register": str(layout.register)} if is_told else told
