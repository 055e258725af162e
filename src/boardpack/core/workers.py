"""The processes that notebooks and documents are made in, the same way on every system.

A pool of the standard library, whose processes are forked from a clean server that has imported
what they need (`forkserver`), or, where there is none, started anew (`spawn`). Nothing is forked
from a process that has begun to work, so no library's threads are in the way. This module imports
next to nothing, so that the pool can begin while the command itself still imports.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from threading import Thread
from typing import Any

from boardpack.core.held_folder import shared_folder

START = "BOARDPACK_START"
"""The variable that names how processes start: `forkserver`, or `spawn` as on Windows."""
IMPORTED = "boardpack.render.imported"
"""The module that imports all that a process of a pool needs."""
OF_A_BOOK = "boardpack.outputs.book_imported"
"""The module that imports all that Jupyter Book needs."""


def start_method() -> str:
    """How processes start: as the environment says, else from a server where there can be one."""
    usual = {"forkserver", "spawn"} & set(multiprocessing.get_all_start_methods())
    return os.environ.get(START) or min(usual)


def context() -> BaseContext:
    """The way to start processes; a server has imported what they need before any is started.

    A set is looked through in the same order in all of them.
    """
    os.environ.setdefault("PYTHONHASHSEED", "0")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    found = multiprocessing.get_context(start_method())
    if start_method() == "forkserver":
        found.set_forkserver_preload([IMPORTED, OF_A_BOOK])
    return found


@contextmanager
def workers(count: int | None = None) -> Iterator[Executor]:
    """A pool of as many processes as there are cores; what still runs when the block fails ends."""
    many = count or os.cpu_count() or 1
    with shared_folder():
        pool = ProcessPoolExecutor(many, context(), begin, (dict(os.environ), IMPORTED))
        for _ in range(many):
            pool.submit(int)  # a process starts when there is work for it
        try:
            yield pool
        except BaseException:
            end_all()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def end_all() -> None:
    """End the processes that this one has begun: nobody waits for what they do."""
    for process in multiprocessing.active_children():
        process.terminate()


def apart(work: Callable[..., Any], *told: Any) -> Any:
    """What `work` comes to in a process of its own, which ends with it."""
    with ProcessPoolExecutor(1, context(), begin, (dict(os.environ),)) as pool:
        return pool.submit(work, *told).result()


class Each(Executor):
    """Does each piece of work in a process of its own, whose memory goes with it."""

    def submit(self, work: Callable[..., Any], /, *told: Any, **named: Any) -> Future[Any]:
        """Begin it at once, in a process that ends when it is done."""
        pool = ProcessPoolExecutor(1, context(), begin, (dict(os.environ), IMPORTED))
        done: Future[Any] = pool.submit(work, *told, **named)
        pool.shutdown(wait=False)
        return done


def each_from(pool: Executor) -> Executor:
    """What does each piece of work by itself, after the processes of a pool have done theirs.

    They end with what they hold. Where a process imports all for itself, or there is no pool, it
    would take longer than it is worth, and the pool goes on.
    """
    if not isinstance(pool, ProcessPoolExecutor) or start_method() != "forkserver":
        return pool
    pool.shutdown(wait=False)
    return Each()


class Here(Executor):
    """Does at once, in this process, what a pool would do in another."""

    def submit(self, work: Callable[..., Any], /, *told: Any, **named: Any) -> Future[Any]:
        """Do it; what it comes to, or its fault, is there when this returns."""
        done: Future[Any] = Future()
        try:
            done.set_result(work(*told, **named))
        except Exception as fault:
            done.set_exception(fault)
        return done


def begin(environment: dict[str, str], imported: str = "") -> None:
    """Make this process ready for work: it ends with the one that began it, however that ended.

    A server may have been started in another environment than that of whoever has work now. Where
    there is none, what is `imported` is there when the first work comes.
    """
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began this is told, and ends it
    Thread(target=_end_with_parent, daemon=True).start()
    if imported:
        importlib.import_module(imported)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
