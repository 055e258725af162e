"""The command line: one verb a function. What a verb does is imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpack.errors import BUILD, FINDINGS, BoardpackError, UsageFault

if TYPE_CHECKING:
    from boardpack.build.layout import Layout

app = typer.Typer(
    name="boardpack",
    help="The monthly finance paper of an NHS place board, every number traced to its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Year = Annotated[str, typer.Argument(metavar="YEAR", help="Financial year, such as 2023-24.")]
Month = Annotated[str, typer.Argument(metavar="MONTH", help="M01 (April) to M12 (March), or 1-12.")]
Place = Annotated[
    str | None, typer.Option("--place", help="The place's slug, or icb; else the usual place.")
]
All = Annotated[bool, typer.Option("--all", help="Every place, then the ICB.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="The folder of params/, data/ and build/; else the project."),
]
Stock = Annotated[
    bool, typer.Option("--stock", help="Run notebooks in ordinary Jupyter kernels (slow).")
]


@app.callback()
def boardpack() -> None:
    """The monthly finance paper of an NHS place board, every number traced to its source."""


@app.command()
def render(
    year: Year,
    month: Month,
    place: Place = None,
    every: All = False,
    home: Home = None,
    stock: Stock = False,
) -> None:
    """Make a month's paper: the HTML book, the PDF, the figures and the checks."""
    from boardpack.build.render import render as make
    from boardpack.screen import RenderScreen, say_fault, say_rendered

    codes = []
    for layout in _layouts(year, month, place, every, home):
        try:
            with RenderScreen(layout.paper) as screen:
                rendered = make(layout, stock, screen)
            say_rendered(rendered)
        except BoardpackError as error:
            say_fault(error, layout.paper if every else None)
            codes.append(error.exit_code)
    if codes:
        raise typer.Exit(codes[0])


@app.command()
def check(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Read a month's extracts and run the checks, without making the paper."""
    from boardpack.build.examine import examine
    from boardpack.screen import say_checked

    stopping = 0
    for layout in _layouts(year, month, place, every, home):
        register, checks = examine(layout.paper)
        say_checked(layout.paper, register, checks)
        stopping += sum(found.is_open and found.severity == "error" for found in checks)
    if stopping:
        raise typer.Exit(FINDINGS)


@app.command()
def status(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Say what has arrived for a month, what is missing, and which checks stand open."""
    from boardpack.build.standing import standing
    from boardpack.screen import say_standing

    for layout in _layouts(year, month, place, every, home):
        say_standing(standing(layout))


def _layouts(
    year: str, month: str, place: str | None, every: bool, home: Path | None
) -> tuple[Layout, ...]:
    """The papers that a command is about, each with its folders."""
    from boardpack.periods import parse_month

    when = parse_month(year, month)
    if every and place is not None:
        raise UsageFault("Give --place or --all, not both.")
    if home is not None and not home.is_dir():
        raise UsageFault(f"There is no folder {home} for --home.")
    from boardpack.build.layout import Layout, find_project
    from boardpack.params import load_paper

    project = find_project((home or Path()).resolve())
    folder = (home or project).resolve()
    first = load_paper(folder, when, place)
    places = first.report.papers if every else (first.place,)
    return tuple(Layout(project, load_paper(folder, when, slug)) for slug in places)


def main() -> None:
    """Run a verb; a failure is told in plain words, and its kind is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    with _plainly():
        app()


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except BoardpackError as error:
        print(f"boardpack: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
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
