"""Running a wave of chapters side by side, each in a process of its own.

Fast: a child is forked for each notebook from this process, which has imported everything once.
Stock: papermill and a kernel for each, as anybody can re-perform. Both keep the same notebook, in
the form that repeats. Where a process cannot be forked safely, stock is used.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import logging
import multiprocessing
import os
import pkgutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import nbformat
import papermill
import plotly.graph_objects
import plotly.io
from papermill.engines import papermill_engines

from boardpack.build.carrying import carry
from boardpack.build.chapter_plan import Planned, is_title
from boardpack.build.engine import ForkedShellEngine
from boardpack.build.failures import (
    Failure,
    NotebookFaults,
    failure_of,
    refused,
    stopped_early,
)
from boardpack.build.repeatable import notebook_text, repeatable, written_places
from boardpack.build.stock import clean_jupyter, stock_options
from boardpack.home import CHAPTER
from boardpack.in_print import worded
from boardpack.outputs.imports import importing
from boardpack.outputs.lifeline import end_with
from boardpack.outputs.memory import thaw
from boardpack.seen import Seen, seeing

LIBRARIES = (
    "IPython.core.completerlib",
    "great_tables",
    "narwhals.stable.v2",
    "pandas",
    "pandera.pandas",
    "plotly.express",
    "boardpack.notebook.opened",
    "boardpack.outputs.notebook",
)
PACKAGES = ("sources", "figures", "checks", "prose", "paper")

Outcome = Failure | str | None
Ended = tuple[Outcome, Seen | None]
"""What became of a notebook, and what it has looked at, where that is known."""
Progress = Callable[[str], None]

logging.getLogger("papermill").setLevel(logging.ERROR)
papermill_engines.register("boardpack", ForkedShellEngine)


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


def can_fork() -> bool:
    """Whether a process that has imported everything can be forked safely: on Linux only."""
    return sys.platform == "linux" and hasattr(os, "fork")


def run_notebooks(
    names: Iterable[str],
    parameters: Mapping[str, Any],
    folder: Path,
    executed: Path,
    stock: bool = False,
    progress: Progress = lambda name: None,
    planned: Mapping[str, Planned] | None = None,
) -> dict[str, Seen]:
    """Run notebooks of `folder` side by side and keep them in `executed`.

    `planned` says of each what a home does: where its own stand, titles, what is left out.

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
            stock or not can_fork(),
        )
        for name in names
    ]
    run = _stock if stock or not can_fork() else _forked
    failures, looked = [], {}
    for job, (outcome, seen) in run(jobs, os.cpu_count() or 1):
        progress(job.name)
        if seen is not None:
            looked[job.name] = seen
        if outcome is not None:
            failures.append((job.name, outcome))
    if failures:
        raise NotebookFaults(outcome for _, outcome in sorted(failures, key=lambda pair: pair[0]))
    return looked


def import_everything() -> None:
    """Import all that chapters use, so that a forked child starts at once.

    Never typst or vl_convert: a child forked after they were used hangs. What was imported is kept
    from the garbage collector, which would otherwise walk, and so copy, it in every child.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with importing():
        for library in LIBRARIES:
            importlib.import_module(library)
        for package in PACKAGES:
            if importlib.util.find_spec(f"boardpack.{package}") is not None:
                _import_all(f"boardpack.{package}")
        plotly.io.to_html(plotly.graph_objects.Figure(), include_plotlyjs=False)  # imports the rest
        nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
    gc.freeze()


def _import_all(name: str) -> None:
    package = importlib.import_module(name)
    for found in pkgutil.iter_modules(package.__path__, f"{name}."):
        importlib.import_module(found.name)


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


def _told_stock(job: Job) -> Outcome:
    with clean_jupyter():
        return _told(job)


def _stock(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Ended]]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, end_with, (os.getpid(),)) as pool:
        running = {pool.submit(_told_stock, job): job for job in jobs}
        for done in as_completed(running):
            yield running[done], (done.result(), None)


def _forked(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Ended]]:
    import_everything()
    waiting = deque(jobs)
    running: dict[Any, tuple[Job, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                receiver, child = _started(waiting[0])
                running[receiver] = (waiting.popleft(), child)
            for ready in wait(list(running)):
                job, child = running.pop(ready)
                yield job, _received(job, ready, child)
    finally:
        for _, child in running.values():
            child.terminate()
        thaw()  # a library that counts what it has made would take the rest for lost


def _started(job: Job) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(job, sender, os.getpid()))
    child.start()
    sender.close()
    return receiver, child


def _send(job: Job, sender: Connection, parent: int) -> None:
    end_with(parent)
    # papermill makes a text of what it has run even where it is to write none
    papermill.execute.write_ipynb = lambda notebook, path: None
    with seeing() as seen:
        outcome = _told(job)
    sender.send((outcome, seen))
    sender.close()


def _received(job: Job, receiver: Any, child: BaseProcess) -> Ended:
    try:
        ended: Ended = receiver.recv()
    except EOFError:
        ended = (f"notebooks/{job.name}.ipynb: its process died.", None)
    child.join()
    return ended
