"""The command line: one verb a function. What a verb does is imported when it is called."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import typer

from boardpack.cli import audit, month, record
from boardpack.core.errors import BoardpackError, InputFaults, told_fault
from boardpack.core.home import home_around
from boardpack.core.logs import begin_logging
from boardpack.core.plainly import told_plainly

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
    from boardpack.cli.findings import LINES, write_lines

    lines = str(told).splitlines()
    if len(lines) <= LINES:
        return told
    file = (home or home_around(Path().resolve()) or Path()) / "build" / "faults.txt"
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
    with told_plainly():
        begin_logging()
        app()


def _let_go() -> None:
    """Spare Python a last walk through all that was imported and made, which takes half a second.

    DuckDB counts what that walk collects, and would tell the user that the rest is lost.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()
