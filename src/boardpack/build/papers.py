"""Many papers in one command: each in a process of its own, two side by side, sharing what is same.

The processes are forked from this one, which has imported everything and read the month's extracts
once. While the outputs of one paper are made, the chapters of the next run, so that no core waits.
Charts and documents are drawn on one press, and books are forked from one compiler. A paper that
fails, or whose process dies, stops no other. Nothing is kept of a paper once it stands but a line
of what it came to, so memory does not grow with the number of papers.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from boardpack.build.current import settled
from boardpack.build.inputs import check_inputs
from boardpack.build.kept import read_kept
from boardpack.build.layout import Layout
from boardpack.build.notebooks import can_fork, import_everything
from boardpack.build.progress import Timed
from boardpack.build.render import render
from boardpack.build.summary import summary_of
from boardpack.errors import BUILD, DONE, BoardpackError, Fault, InputFaults
from boardpack.outputs.compiler import standing_compiler
from boardpack.outputs.lifeline import end_with
from boardpack.outputs.memory import one_arena
from boardpack.outputs.press import standing_press
from boardpack.params import Paper

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
    if can_fork():
        one_arena()
        import_everything()
    try:
        for papers in _by_month(layouts):
            standing = {} if stock or again else _up_to_date(papers)
            yield from standing.values()
            wanted = [layout for layout in papers if layout.paper.place not in standing]
            if wanted:
                yield from _made(wanted, stock, again)
    finally:
        gc.unfreeze()  # as after the chapters of one paper (see `build.notebooks`)


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


def _made(layouts: Sequence[Layout], stock: bool, again: bool) -> Iterator[Outcome]:
    if not can_fork():
        yield from (_outcome(layout, stock, again) for layout in layouts)
        return
    _read_once(layouts[0])
    gc.unfreeze()  # some of the month before may be garbage now
    gc.collect()
    gc.freeze()  # each paper would walk, and so copy, all of it
    with standing_compiler(), standing_press(many=True) if not stock else nullcontext():
        yield from _side_by_side(layouts, stock, again)


def _read_once(layout: Layout) -> None:
    """Read the month's extracts for all its papers; each of them tells what is wrong for it."""
    with suppress(BoardpackError):
        check_inputs(layout.paper)


def _side_by_side(layouts: Sequence[Layout], stock: bool, again: bool) -> Iterator[Outcome]:
    waiting = deque(layouts)
    running: dict[Any, tuple[Layout, BaseProcess, float]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < SIDE_BY_SIDE:
                layout = waiting.popleft()
                receiver, child = _started(layout, stock, again)
                running[receiver] = (layout, child, time.perf_counter())
            for ready in wait(list(running)):
                layout, child, began = running.pop(ready)
                yield _received(layout, ready, child, began)
    finally:
        for _, child, _ in running.values():
            child.terminate()
            child.join()


def _started(layout: Layout, stock: bool, again: bool) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(layout, stock, again, sender, os.getpid()))
    child.start()
    sender.close()
    return receiver, child


def _send(layout: Layout, stock: bool, again: bool, sender: Connection, parent: int) -> None:
    end_with(parent)
    with suppress(KeyboardInterrupt):  # whoever began this is told, and says so once
        sender.send(_outcome(layout, stock, again))
    sender.close()


def _received(layout: Layout, receiver: Any, child: BaseProcess, began: float) -> Outcome:
    try:
        outcome: Outcome = receiver.recv()
    except EOFError:
        outcome = Outcome(layout.paper, time.perf_counter() - began, BUILD, _DIED)
    receiver.close()
    child.join()
    return outcome


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
