"""Jupyter Book: in a process of its own for a book, or forked from one that stands for many.

Importing Sphinx with all that a book uses takes half as long as the book itself. A compiler that
stands does it once, for one paper while the render does what only one core can do, and for many
papers once for all. Sphinx keeps too much of one book to be asked for another, so each is compiled
in a child, which ends with it. Books may be compiled side by side.
"""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from multiprocessing.connection import Connection
from threading import Thread
from types import FrameType

from boardpack.outputs import jobs
from boardpack.outputs.imports import importing
from boardpack.outputs.jobs import Done, Standing
from boardpack.outputs.lifeline import end_with

EPOCH = "315532800"
"""The clock of the build, 1980-01-01: no page shows it, and no page may differ by it."""

_MODULE = "boardpack.outputs.compiler"
_ENVIRONMENT = {
    **{"SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "0"},
    **{"NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
}
_MAIN = "jupyter_book.cli.main"
_IMPORTED = (_MAIN, "jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme")

_STANDING: list[Standing] = []


@contextmanager
def standing_compiler() -> Iterator[None]:
    """A compiler for all books of this process, and of those forked from it; on Linux only."""
    with jobs.standing(_MODULE, _ENVIRONMENT) as compiler:
        _STANDING.append(compiler)
        try:
            yield
        finally:
            _STANDING.pop()


def compiled(arguments: Sequence[str]) -> Done:
    """Jupyter Book run with these arguments: by the compiler that stands, else by itself."""
    job = json.dumps(arguments)
    with suppress(ConnectionError):  # one that was killed takes no more; the papers go on
        if _STANDING:
            return _STANDING[-1].hand(job).done()
    return jobs.begin(_MODULE, job, _ENVIRONMENT).done()


def perform(job: str) -> Done:
    """Run Jupyter Book in this process, which must not have run it before."""
    output, faults = StringIO(), StringIO()
    sys.argv = ["jupyter-book", *json.loads(job)]
    with redirect_stdout(output), redirect_stderr(faults):
        code = _exit_code()
    return code, output.getvalue(), faults.getvalue()


def _exit_code() -> int:
    try:
        importlib.import_module(_MAIN).main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def stand(parent: int, socket_number: int) -> None:
    """Fork a child for each book that is asked for, until whoever began this compiler ends."""
    end_with(parent)
    with importing():
        import_everything()
    gc.freeze()  # a child would walk, and so copy, all of it
    context = multiprocessing.get_context("fork")
    signal.signal(signal.SIGCHLD, _take_leave)
    for line in jobs.lines(socket_number):
        context.Process(target=_serve, args=(line, os.getpid())).start()


def _take_leave(number: int, frame: FrameType | None) -> None:
    """Let go of the children that have ended: till then they stand in the list of processes."""
    multiprocessing.active_children()


def import_everything() -> None:
    """Import all that a book needs, also what Sphinx imports once it makes one."""
    for module in _IMPORTED:
        importlib.import_module(module)
    for module in importlib.import_module("sphinx.application").builtin_extensions:
        importlib.import_module(module)


def _serve(line: Connection, compiler: int) -> None:
    """One book; the child ends with the compiler, and with whoever asked for the book."""
    end_with(compiler)
    with suppress(KeyboardInterrupt, EOFError, ConnectionError):
        job = line.recv()
        Thread(target=_end_with_line, args=(line,), daemon=True).start()
        line.send(perform(job))


def _end_with_line(line: Connection) -> None:
    """End this process when the line is hung up, as it is when whoever asked has ended."""
    line.poll(None)
    os._exit(0)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # whoever began this is told, and says so once
        if len(sys.argv) > 2:
            stand(*map(int, sys.argv[1:]))
        else:
            sys.exit(jobs.alone(_MODULE))
