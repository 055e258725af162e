"""A month's paper, from its parameters and extracts to a finished build: the whole story.

Extracts are read first, so that their faults are told before anything runs. Chapters run in waves;
what the first finds is checked and handed to the next. Every output is made from the executed
notebooks, beside the last good build, which is replaced at the end and only when all went well.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from boardpack.build.chapters import read_chapters, waves
from boardpack.build.inputs import check_inputs
from boardpack.build.kept import EVERY, Kept, Now, write_kept
from boardpack.build.layout import Layout
from boardpack.build.manifest import NAME, Sources, different, manifest_record, sources_of
from boardpack.build.notebooks import run_notebooks
from boardpack.build.products import (
    Maker,
    draw_ahead,
    make_figures,
    make_html,
    make_print,
    make_workbook,
    parts_of,
)
from boardpack.build.progress import Progress
from boardpack.build.records import (
    checks_record,
    collect_register,
    figures_record,
    write,
    write_register,
)
from boardpack.build.swap import locked, swap_in, tidy
from boardpack.checks.engine import run_checks
from boardpack.errors import BuildFault
from boardpack.figures.register import Register
from boardpack.outputs.html_chart import set_pictures
from boardpack.paper.commentary_marks import claims_of
from boardpack.paper.content import Chapter, Part
from boardpack.params import Paper
from boardpack.prose.written import stale_sentences
from boardpack.stored import stored_in


@dataclass(frozen=True)
class Findings:
    """What the chapters found: their figures, and what the checks say of them."""

    chapters: tuple[Chapter, ...] = ()
    register: Register = field(default_factory=Register)
    checks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A finished build and what a reader of the summary wants to know of it."""

    paper: Paper
    target: Path
    findings: Findings
    notes: tuple[str, ...]


def render(layout: Layout, stock: bool, progress: Progress, kept: Kept | None = None) -> Rendered:
    """Make the paper; the last good build stands until this one is whole.

    Chapters that are `kept` and would come out as they stand are taken from there.
    """
    with locked(layout.lock), _work_folder(layout), stored_in(layout.stored):
        progress.stage("Reading the extracts", 1)
        sources = sources_of(layout)
        check_inputs(layout.paper)
        if not stock:
            claims_of(layout.paper)  # once, before the chapters that ask for them are forked
        now, program = Now(layout, sources), ""
        if kept is None:
            kept = Kept(layout.target / "notebooks", {})
        else:
            program = now.seal(EVERY)
        chapters = Chapters(layout, stock, kept, now)
        findings = chapters.run(progress)
        write(layout.new / "figures.json", figures_record(layout.paper, findings.register))
        write(layout.new / "checks.json", checks_record(findings.checks))
        said = _make_outputs(layout, findings, progress, program)
        progress.stage("Sealing the build", 1)
        stale = (f"Stale: {item}" for item in stale_sentences(layout.paper, findings.register))
        notes = (*said, *stale)
        write(layout.new / NAME, manifest_record(layout, sources, notes))
        _refuse_moved(layout, sources)
        swap_in(layout.new, layout.target)
        if not stock:
            write_kept(layout, kept)
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
        shutil.rmtree(layout.work, ignore_errors=True)


@dataclass(frozen=True)
class Chapters:
    """The chapters of a paper, wave by wave: run, or taken from those that are kept."""

    layout: Layout
    stock: bool
    kept: Kept
    now: Now

    def run(self, progress: Progress) -> Findings:
        """All chapters, and what they and the checks found."""
        found = Findings()
        planned = waves(self.layout)
        for names in planned:
            title = "Running the summary" if found.chapters else "Running the chapters"
            progress.stage(title, len(names))
            self._wave(names, found, progress)
            run = {*names, *(chapter.name for chapter in found.chapters)}
            is_last = names == planned[-1]
            if not is_last:
                draw_ahead(self.layout, names)
            found = check_chapters(self.layout, read_chapters(self.layout, run), is_last)
        return found

    def _wave(self, names: Sequence[str], found: Findings, progress: Progress) -> None:
        layout = self.layout
        standing = self.kept.take(names, layout.executed, self.now)
        for name in standing:
            progress.step(name)
        due = [name for name in names if name not in standing]
        told = told_chapters(layout, found)
        folders = layout.notebooks, layout.executed
        seen = run_notebooks(due, told, *folders, self.stock, progress.step)
        self.kept.note(layout.executed, seen, self.now)


def told_chapters(layout: Layout, found: Findings) -> dict[str, str]:
    """The parameters of a wave; only a later one is told where the register is."""
    paper = layout.paper
    told = {"year": paper.month.year_folder, "month": paper.month.code, "place": paper.place}
    told["home"] = str(paper.home)
    return {**told, "register": str(layout.register)} if found.chapters else told


def check_chapters(layout: Layout, chapters: tuple[Chapter, ...], complete: bool) -> Findings:
    """What the chapters found, checked; written where the next wave reads it, if there is one."""
    register = collect_register(chapters)
    made = run_checks(register, layout.paper, complete=complete)
    checks = tuple(check.to_json() for check in made)
    if not complete:
        write_register(layout.register, layout.paper, register, checks)
    return Findings(chapters, register, checks)


def _make_outputs(
    layout: Layout, found: Findings, progress: Progress, program: str
) -> tuple[str, ...]:
    """All that is made of what the chapters found, side by side; what is to be said of it.

    What this `program` has made of the same is not made again; of none, all is.
    """
    parts, staged = parts_of(layout, found.chapters), Event()
    all_found: dict[str, Any] = {"register": found.register, "checks": found.checks}
    makers: dict[str, Maker] = {
        "the PDF": make_print,
        "the HTML book": partial(_book, **all_found, staged=staged),
        "the figures": _after(staged, partial(make_figures, **all_found, program=program)),
        "the workbook": _after(staged, partial(make_workbook, **all_found, program=program)),
    }
    progress.stage("Making the outputs", len(makers))
    with _settled(), ThreadPoolExecutor(len(makers)) as pool:
        running = {pool.submit(make, layout, parts): name for name, make in makers.items()}
        for done in as_completed(running):
            progress.step(running[done])
    said = [note for done in running for note in done.result()]
    set_pictures(layout.new / "html", layout.pictures)
    return tuple(said)


@contextmanager
def _settled() -> Iterator[None]:
    """Look for garbage in what the block makes alone: all that was there before is still needed."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _book(
    layout: Layout,
    parts: Sequence[Part],
    register: Register,
    checks: Sequence[Mapping[str, Any]],
    staged: Event,
) -> tuple[str, ...]:
    """The book; it is staged, or has failed, when `staged` is set."""
    try:
        return make_html(layout, parts, register=register, checks=checks, staged_now=staged.set)
    finally:
        staged.set()


def _after(staged: Event, make: Maker) -> Maker:
    """What is made once the book is staged.

    One thread at a time can draw in this process, and Jupyter Book waits for its pages.
    """

    def made(layout: Layout, parts: Sequence[Part]) -> tuple[str, ...]:
        staged.wait()
        return make(layout, parts)

    return made
