"""Jupyter Book in a process of its own, which may stand ready before there is a book to compile.

Importing Sphinx with all that the book uses takes as long as a third of the book itself. Begun with
a render, it is done while the render does what only one core can do.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from subprocess import PIPE, CompletedProcess, Popen

from boardpack.outputs.lifeline import end_with

EPOCH = "315532800"
"""The clock of the build, 1980-01-01: no page shows it, and no page may differ by it."""

_REPEATABLE = {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "0"}
_QUIET = {"NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_MAIN = "jupyter_book.cli.main"
_IMPORTED = (_MAIN, "jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme")


class Compiler:
    """A process that compiles one book: Sphinx keeps too much of one to be asked for another."""

    def __init__(self) -> None:
        self._process = Popen(
            [sys.executable, "-m", "boardpack.outputs.compiler", str(os.getpid())],
            env={**os.environ, **_REPEATABLE, **_QUIET},
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def compile(self, arguments: Sequence[str]) -> CompletedProcess[str]:
        """Run Jupyter Book with these arguments, and wait for it."""
        output, faults = self._process.communicate(f"{json.dumps(arguments)}\n")
        return CompletedProcess(arguments, self._process.returncode, output, faults)

    def dismiss(self) -> None:
        """End the process, whether it has compiled a book or not."""
        self._process.kill()
        self._process.communicate()


_READY: list[Compiler] = []


@contextmanager
def ready_compiler() -> Iterator[None]:
    """Begin a compiler now, for the first book that is compiled while the block runs."""
    compiler = Compiler()
    _READY.append(compiler)
    try:
        yield
    finally:
        with suppress(ValueError):
            _READY.remove(compiler)
        compiler.dismiss()


def compiled(arguments: Sequence[str]) -> CompletedProcess[str]:
    """Jupyter Book run with these arguments, by the compiler that stands ready or by a new one."""
    if _READY:
        return _READY.pop().compile(arguments)
    compiler = Compiler()
    try:
        return compiler.compile(arguments)
    finally:
        compiler.dismiss()


def stand(parent: int) -> None:
    """Import all that a book needs, then compile the one that is told on standard input."""
    end_with(parent)
    for module in _IMPORTED:
        importlib.import_module(module)
    told = sys.stdin.readline()
    if told:
        sys.argv = ["jupyter-book", *json.loads(told)]
        importlib.import_module(_MAIN).main()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # whoever began this is told, and says so once
        stand(int(sys.argv[1]))
