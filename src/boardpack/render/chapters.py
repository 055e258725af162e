"""The chapters of a paper: their order in the book, and the wave in which each runs."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from boardpack.core.errors import BuildFault
from boardpack.core.in_print import USUAL
from boardpack.document.content import Chapter, Part, chapter_of
from boardpack.render.chapter_plan import Planned, PlannedPart, plan_of
from boardpack.render.layout import Layout


def book_parts(layout: Layout) -> tuple[PlannedPart, ...]:
    """The parts of the paper's book, in order, with the chapters that are left out of it."""
    paper = layout.paper
    words = paper.report.in_print or USUAL
    return plan_of(layout.project, paper.home, paper.report.chapters, words)


def planned_chapters(layout: Layout) -> dict[str, Planned]:
    """All chapters in book order, by the names of their notebooks."""
    return {one.name: one for part in book_parts(layout) for one in part.chapters}


def own_chapters(layout: Layout) -> tuple[str, ...]:
    """The notebooks that are the home's own, by name, in book order."""
    planned = planned_chapters(layout).values()
    return tuple(one.name for one in planned if one.notebook.parent != layout.notebooks)


def chapter_names(layout: Layout) -> tuple[str, ...]:
    """The names of all notebooks in book order; the book and the folder of notebooks must agree."""
    return tuple(planned_chapters(layout))


def waves(layout: Layout) -> tuple[tuple[str, ...], ...]:
    """The chapters of each wave, in book order.

    A notebook says `"boardpack": {"wave": 2}` in its metadata when it reads what others found.
    """
    found: dict[int, list[str]] = {}
    for name, planned in planned_chapters(layout).items():
        found.setdefault(_wave(planned.notebook), []).append(name)
    return tuple(tuple(found[number]) for number in sorted(found))


def read_parts(layout: Layout, built: bool = False) -> tuple[Part, ...]:
    """The paper's content in book order, from the executed notebooks of the build being made.

    Where it is `built`, from those of the last build.
    """
    executed = layout.target / "notebooks" if built else layout.executed
    return tuple(
        Part(part.title, tuple(_chapter(executed, one.name) for one in part.chapters))
        for part in book_parts(layout)
    )


def read_chapters(layout: Layout, run: Container[str]) -> tuple[Chapter, ...]:
    """The chapters that have run, in book order."""
    return tuple(_chapter(layout.executed, name) for name in chapter_names(layout) if name in run)


def _chapter(executed: Path, name: str) -> Chapter:
    path = executed / f"{name}.ipynb"
    with _faults_of(path):
        return chapter_of(name, path.read_text(encoding="utf-8"))


def _wave(path: Path) -> int:
    with _faults_of(path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
    return int(notebook["metadata"].get("boardpack", {}).get("wave", 1))


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """BuildFault where the file that is read in the block is no notebook."""
    try:
        yield
    except ValueError as error:
        raise BuildFault(f"{path.name} is not a notebook: {error}.") from None
