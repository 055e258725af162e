"""The command line: one verb a function. What a verb does is imported when it is called."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import typer

from boardpack.cli import audit, month, record
from boardpack.errors import BUILD, BoardpackError, InputFaults, told_fault

app = typer.Typer(
    name="boardpack",
    help="The monthly finance paper of an NHS place board, every number traced to its source.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain text starts in a third of the time, and reads aloud
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

MONTH = (
    month.render,
    month.check,
    month.noticed,
    month.status,
    month.watch,
    month.new_month,
    month.init,
    month.new_chapter,
    month.commentary,
    month.accept,
    month.make_demo,
)
AUDIT = (
    audit.explain,
    audit.what_if,
    audit.prose,
    audit.verify,
    audit.bundle,
    audit.diff,
    audit.evidence,
)
RECORD = (record.prepare, record.release, record.log, record.history, record.undo)


def _told_from_here(verb: Callable[..., None]) -> Callable[..., None]:
    """A verb whose faults name files from where the user stands, by the home that was given.

    Where they are more than a screen holds, the rest stands in a file.
    """

    @wraps(verb)
    def called(**given: Any) -> None:
        try:
            verb(**given)
        except InputFaults as error:
            home = given.get("home")
            raise _shortened(error.below(home), home) from None

    return called


def _shortened(told: InputFaults, home: Path | None) -> BoardpackError:
    from boardpack.build.layout import find_project
    from boardpack.screen_findings import LINES, write_lines

    lines = str(told).splitlines()
    if len(lines) <= LINES:
        return told
    file = (home or find_project(Path().resolve())) / "build" / "faults.txt"
    write_lines(file, lines)
    rest = f"And {len(lines) - LINES:,} more to mend; all are in {file}"
    return told_fault(told.exit_code, "\n".join([*lines[:LINES], rest]))


for verb in (*MONTH, *RECORD, *AUDIT):
    name = verb.__name__.replace("_", "-")
    app.command(name=name, short_help=verb.__doc__)(_told_from_here(verb))


@app.callback()
def boardpack() -> None:
    """The monthly finance paper of an NHS place board, every number traced to its source."""


def main() -> None:
    """Run a verb; a failure is told in plain words, and its kind is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    atexit.register(_let_go)
    gc.set_threshold(100_000)  # a command makes much and little garbage, as it imports and after
    with _plainly():
        app()


def _let_go() -> None:
    """Spare Python a last walk through all that was imported and made, which takes half a second.

    DuckDB counts what that walk collects, and would tell the user that the rest is lost.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except BoardpackError as error:
        print(f"boardpack: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except PermissionError as error:
        said = "it is open in another program, or you may not write it. Close it, and try again."
        print(f"boardpack: {error.filename or 'a file'}: {said}", file=sys.stderr)
        sys.exit(BUILD)
    except OSError as error:
        print(f"boardpack: {error.filename or error}: {error.strerror}", file=sys.stderr)
        sys.exit(BUILD)
    except Exception as error:
        if os.environ.get("BOARDPACK_TRACEBACK"):
            raise
        print(
            f"boardpack: unexpected {type(error).__name__}: {error}\n"
            "This is a fault of boardpack. Set BOARDPACK_TRACEBACK=1 to see where it came from.",
            file=sys.stderr,
        )
        sys.exit(BUILD)
