"""The outputs of a paper, made side by side, the book and the documents while the last checks run.

What a reader sees of the paper's content does not wait for the checks; what carries figures and
checks as data does: the register's page, the workbook, the files of figures, the PDF's attachments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from threading import Event

from boardpack.core.workers import each_from
from boardpack.document.content import Chapter
from boardpack.outputs.html.chart import set_pictures
from boardpack.render.findings import Findings, check_chapters
from boardpack.render.layout import Layout
from boardpack.render.products import (
    copy_downloads,
    make_figures,
    make_html,
    make_print,
    make_workbook,
    parts_of,
)
from boardpack.render.progress import Progress
from boardpack.render.records import checks_record, figures_record, write

Maker = Callable[[], tuple[str, ...]]
"""What makes an output; it returns what the summary must say of it."""


def make_outputs(
    layout: Layout,
    chapters: tuple[Chapter, ...],
    before: Findings,
    progress: Progress,
    program: str,
    workers: Executor,
) -> tuple[Findings, tuple[str, ...]]:
    """All that is made of the chapters: what was found, and what is to be said of the outputs.

    `before` is what all waves but the last found. What this `program` has made of the same is not
    made again; of none, all is.
    """
    found: Future[Findings] = Future()
    staged = Event()
    makers = _makers(layout, chapters, found, staged, program, each_from(workers))
    progress.stage("Making the outputs", len(makers))
    with ThreadPoolExecutor(len(makers)) as pool:
        running = {pool.submit(make): name for name, make in makers.items()}
        staged.wait()  # one thread at a time can reckon, and Jupyter Book waits for its pages
        _check(layout, chapters, before, found)
        for done in as_completed(running):
            progress.step(running[done])
    said = [note for done in running for note in done.result()]
    set_pictures(layout.new / "html", layout.pictures)
    copy_downloads(layout)
    return found.result(), tuple(said)


def _makers(
    layout: Layout,
    chapters: Sequence[Chapter],
    found: Future[Findings],
    staged: Event,
    program: str,
    workers: Executor,
) -> dict[str, Maker]:
    parts = parts_of(layout, chapters)

    def book() -> tuple[str, ...]:
        try:
            return make_html(layout, parts, found=found.result, staged_now=staged.set)
        finally:
            staged.set()  # or it has failed

    def figures() -> tuple[str, ...]:
        return make_figures(layout, found.result(), program)

    def workbook() -> tuple[str, ...]:
        return make_workbook(layout, parts, found.result(), program)

    def documents() -> tuple[str, ...]:
        return make_print(layout, parts, found.result, workers)

    return {
        "the HTML book": book,
        "the PDF": documents,
        "the figures": figures,
        "the workbook": workbook,
    }


def _check(
    layout: Layout, chapters: tuple[Chapter, ...], before: Findings, found: Future[Findings]
) -> None:
    """Check what all chapters found, record it, and tell those that wait for it."""
    try:
        findings = check_chapters(layout, chapters, True, before)
        write(layout.new / "figures.json", figures_record(layout.paper, findings.register))
        write(layout.new / "checks.json", checks_record(findings.checks))
    except BaseException as fault:
        found.set_exception(fault)
        raise
    found.set_result(findings)
