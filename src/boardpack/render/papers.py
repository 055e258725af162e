"""Many papers in one command, two side by side, each made whole in a process of its own.

A paper that fails, or whose process dies, stops no other. Nothing is kept of a paper once it stands
but a line of what it came to, so memory does not grow with the number of papers.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from boardpack.core.errors import BUILD, DONE, BoardpackError, Fault, InputFaults
from boardpack.core.held_folder import shared_folder
from boardpack.core.params import Paper
from boardpack.core.workers import apart, end_all
from boardpack.render.current import settled
from boardpack.render.kept_chapters import read_kept
from boardpack.render.layout import Layout
from boardpack.render.progress import Timed
from boardpack.render.render import render
from boardpack.render.summary import summary_of

SIDE_BY_SIDE = 2
"""How many papers are made at a time: enough to keep two cores busy, in memory that any has."""

_DIED = "its process ended early; perhaps the memory was not enough. Render it again by itself."


@dataclass(frozen=True)
class Outcome:
    """What became of one paper: what it came to, or why it could not be made."""

    paper: Paper
    seconds: float
    code: int = DONE
    fault: str = ""
    figures: int = 0
    failing: int = 0
    notes: tuple[str, ...] = ()
    unchanged: bool = False
    faults: tuple[Fault, ...] = ()

    def below(self, home: Path | None) -> Outcome:
        """The same, the files of its faults named from where the user stands."""
        if not self.faults:
            return self
        return replace(self, fault=str(InputFaults(self.faults).below(home)))

    @property
    def said(self) -> str:
        """What it came to in a line, for the run log."""
        first = (self.fault.splitlines() or [""])[0]
        return first or f"{self.figures} figures, {self.failing} failing checks stop a release"


def render_papers(layouts: Sequence[Layout], stock: bool, again: bool = False) -> Iterator[Outcome]:
    """Make these papers, and tell what became of each as it ends.

    One whose good build is up to date is not made, unless by stock kernels or `again`: so a run
    that was stopped goes on where it was.
    """
    for papers in _by_month(layouts):
        standing = {} if stock or again else _up_to_date(papers)
        yield from standing.values()
        wanted = [layout for layout in papers if layout.paper.place not in standing]
        yield from _side_by_side(wanted, stock, again)


def _by_month(layouts: Sequence[Layout]) -> Iterator[list[Layout]]:
    months = dict.fromkeys(layout.paper.month for layout in layouts)
    for month in months:
        yield [layout for layout in layouts if layout.paper.month == month]


def _up_to_date(layouts: Sequence[Layout]) -> dict[str, Outcome]:
    """By place, the papers that would come out as they stand; a fault is told by the render."""
    found = {}
    for layout in layouts:
        with suppress(BoardpackError):
            began = time.perf_counter()
            if not settled(layout):
                found[layout.paper.place] = _told(layout, began, unchanged=True)
    return found


def _side_by_side(layouts: Sequence[Layout], stock: bool, again: bool) -> Iterator[Outcome]:
    with shared_folder(), ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        running = [threads.submit(_made, layout, stock, again) for layout in layouts]
        try:
            for done in as_completed(running):
                yield done.result()
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            end_all()
            raise


def _made(layout: Layout, stock: bool, again: bool) -> Outcome:
    """Make one paper in a process of its own, whose memory goes with it."""
    began = time.perf_counter()
    try:
        made: Outcome = apart(_outcome, layout, stock, again)
    except BrokenExecutor:
        return Outcome(layout.paper, time.perf_counter() - began, BUILD, _DIED)
    return made


def _outcome(layout: Layout, stock: bool, again: bool) -> Outcome:
    """Make one paper; whatever goes wrong is told, and stops no other."""
    began = time.perf_counter()
    try:
        render(layout, stock, Timed(), None if stock or again else read_kept(layout))
        return _told(layout, began)
    except BoardpackError as error:
        faults = error.faults if isinstance(error, InputFaults) else ()
        seconds = time.perf_counter() - began
        return Outcome(layout.paper, seconds, error.exit_code, str(error), faults=faults)
    except Exception as error:
        said = f"unexpected {type(error).__name__}. This is a fault of boardpack."
        return Outcome(layout.paper, time.perf_counter() - began, BUILD, said)


def _told(layout: Layout, began: float, unchanged: bool = False) -> Outcome:
    """What a good build says of itself."""
    summary = summary_of(layout)
    counts = Counter((check["status"], check["severity"]) for check in summary.checks)
    return Outcome(
        layout.paper,
        time.perf_counter() - began,
        figures=summary.figures,
        failing=counts["fail", "error"],
        notes=summary.notes,
        unchanged=unchanged,
    )
