"""Running a wave of chapters side by side.

Fast: in the processes of a pool, which have imported everything once, each notebook in a namespace
of its own. Stock: papermill and a kernel for each, as anybody can re-perform. Both keep the same
notebook, in the form that repeats.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.engines import papermill_engines

from boardpack.core.home import CHAPTER
from boardpack.core.in_print import worded
from boardpack.core.seen import Seen, seeing
from boardpack.core.workers import Here
from boardpack.render.chapter_plan import Planned, is_title
from boardpack.render.engine import ShellEngine
from boardpack.render.failures import (
    Failure,
    NotebookFaults,
    failure_of,
    refused,
    stopped_early,
)
from boardpack.render.plain_output_blocks import carry
from boardpack.render.repeatable import notebook_text, repeatable, written_places
from boardpack.render.shell import as_before
from boardpack.render.stock import clean_jupyter, stock_options

Outcome = Failure | str | None
Ended = tuple[Outcome, Seen | None]
"""What became of a notebook, and what it has looked at, where that is known."""
Progress = Callable[[str], None]

logging.getLogger("papermill").setLevel(logging.ERROR)
papermill_engines.register("boardpack", ShellEngine)


@dataclass(frozen=True)
class Job:
    """One notebook to run: from where, to where, with what, in which folder, by which engine.

    `planned` says what the home calls the chapter, and why it does not print it.
    """

    name: str
    source: Path
    target: Path
    parameters: Mapping[str, Any]
    home: Path
    places: Mapping[str, str]
    stock: bool
    planned: Planned | None = None


def run_notebooks(
    names: Iterable[str],
    parameters: Mapping[str, Any],
    folder: Path,
    executed: Path,
    stock: bool = False,
    progress: Progress = lambda name: None,
    planned: Mapping[str, Planned] | None = None,
    pool: Executor | None = None,
) -> dict[str, Seen]:
    """Run notebooks of `folder` side by side and keep them in `executed`.

    `planned` says of each what a home does: where its own stand, titles, what is left out. They run
    in the processes of the `pool`, or in this one.

    They run in the folder that the parameter `home` names and are told `.`; what is kept says
    neither, and holds no path of this machine. The faults of all of them are raised at once
    (NotebookFaults). Returns what each has looked at, by name; of stock kernels that is not known.
    """
    executed.mkdir(parents=True, exist_ok=True)
    told = planned or {}
    jobs = [
        _job(
            told.get(name, Planned(folder / f"{name}.ipynb")),
            parameters,
            folder,
            executed,
            stock,
        )
        for name in names
    ]
    failures, looked = [], {}
    for job, (outcome, seen) in _ended(jobs, pool or Here()):
        progress(job.name)
        if seen is not None:
            looked[job.name] = seen
        if outcome is not None:
            failures.append((job.name, outcome))
    if failures:
        raise NotebookFaults(outcome for _, outcome in sorted(failures, key=lambda pair: pair[0]))
    return looked


def _job(
    planned: Planned, parameters: Mapping[str, Any], folder: Path, executed: Path, stock: bool
) -> Job:
    home = Path(parameters["home"]).resolve()
    told = {**parameters, "home": "."}
    places = written_places(home, folder.parent.resolve(), Path(sys.prefix), told.get("register"))
    source, target = planned.notebook.resolve(), (executed / planned.notebook.name).resolve()
    return Job(planned.name, source, target, told, home, places, stock, planned)


def _execute(job: Job) -> Outcome:
    """Run one notebook in this process (fast) or under a kernel (stock), and keep it."""
    source = nbformat.read(job.source, as_version=4)
    if failure := refused(job.name, source):
        return failure
    if job.planned is not None:
        _as_planned(source, job.planned)
    options = stock_options() if job.stock else {"engine_name": "boardpack"}
    os.environ[CHAPTER] = job.name  # this process runs one notebook at a time
    try:
        executed = papermill.execute_notebook(
            source,
            None,
            dict(job.parameters),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=job.home,
            **options,
        )
    except papermill.PapermillExecutionError as error:
        return failure_of(job.name, source, error)
    if failure := stopped_early(job.name, executed):
        return failure
    kept = repeatable(executed, job.places)
    if uncarried := carry(job.name, kept, job.source.parent):
        return "\n".join(map(str, uncarried))
    job.target.write_text(notebook_text(kept), encoding="utf-8", newline="\n")
    return None


def _as_planned(source: Any, planned: Planned) -> None:
    """Put what a home says of a chapter into its notebook, before it is run."""
    texts = [cell for cell in source["cells"] if cell["cell_type"] == "markdown"]
    for cell in texts:
        if cell["source"].startswith("#"):
            cell["source"] = worded(cell["source"], planned.words)
    if planned.title is not None:
        title = next(cell for cell in texts if is_title(cell))
        title["source"] = "\n".join((f"# {planned.title}", *title["source"].splitlines()[1:]))
    if planned.left_out is not None:
        source["metadata"].setdefault("boardpack", {})["left_out"] = planned.left_out


def _told(job: Job) -> Outcome:
    """Run one notebook; what papermill or Jupyter cannot do at all is told in a line."""
    try:
        return _execute(job)
    except Exception as error:
        return f"notebooks/{job.name}.ipynb could not be run: {type(error).__name__}: {error}"


def _run(job: Job) -> Ended:
    """Run one notebook as a process of a pool does, which has run others before."""
    if job.stock:
        with clean_jupyter():
            return _told(job), None
    with seeing() as seen, as_before():
        return _told(job), seen


def _ended(jobs: Iterable[Job], pool: Executor) -> Iterator[tuple[Job, Ended]]:
    running = {pool.submit(_run, job): job for job in jobs}
    for done in as_completed(running):
        job = running[done]
        try:
            yield job, done.result()
        except BrokenExecutor:
            yield job, (f"notebooks/{job.name}.ipynb: its process died.", None)
