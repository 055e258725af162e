"""The verbs of the month's routine, and of the made-up ICB to try them on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpack.cli.options import (
    Again,
    All,
    Home,
    Month,
    Months,
    Place,
    Stock,
    Year,
    existing_home,
    layouts,
    layouts_of_months,
)
from boardpack.errors import FINDINGS, UsageFault

if TYPE_CHECKING:
    from boardpack.build.layout import Layout


def render(
    year: Year,
    month: Months,
    place: Place = None,
    every: All = False,
    home: Home = None,
    stock: Stock = False,
    again: Again = False,
) -> None:
    """Make a month's paper: the HTML book, the PDF, the figures and the checks.

    Several at once: every place's with --all, and those of several months as M01..M12.
    """
    first, *more = layouts_of_months(year, month, place, every, home)
    if more:
        _make_many((first, *more), stock, again)
        return
    from boardpack.build.summary import summary_of
    from boardpack.screen import say_rendered

    _make(first, stock, again)
    say_rendered(summary_of(first))


def _make_many(found: tuple[Layout, ...], stock: bool, again: bool) -> None:
    from boardpack.build.papers import render_papers
    from boardpack.screen_papers import PapersScreen

    with PapersScreen(len(found)) as screen:
        for outcome in render_papers(found, stock, again):
            screen.made(outcome)
    worst = screen.say_all()
    if worst:
        raise typer.Exit(worst)


def _make(layout: Layout, stock: bool, again: bool) -> None:
    """Make a paper, unless it would come out as it stands and nobody asked for it anew."""
    if stock or again or not _made_by_watch(layout):
        _make_here(layout, stock, again)


def _made_by_watch(layout: Layout) -> bool:
    """Whether the watch of the paper, where one runs, has made it or found it unchanged."""
    if not layout.watched.exists():
        return False
    from boardpack.build.asking import asked_of_watch
    from boardpack.screen import RenderScreen, say_unchanged

    with asked_of_watch(layout) as answer:
        if answer is None:
            return False
        if not answer.changed:
            say_unchanged(layout.paper, layout.target)
            return True
        with RenderScreen(layout.paper, answer.changed if layout.target.is_dir() else ()) as screen:
            return answer.follow(screen)


def _make_here(layout: Layout, stock: bool, again: bool) -> None:
    from boardpack.build.current import settled
    from boardpack.screen import RenderScreen, say_unchanged

    changed = settled(layout)
    if not changed and not stock and not again:
        say_unchanged(layout.paper, layout.target)
        return
    from boardpack.outputs.early import begun_early
    from boardpack.outputs.imports import importing

    with begun_early():
        with importing():
            from boardpack.build.kept import read_kept
            from boardpack.build.render import render as make

        kept = None if stock or again else read_kept(layout)
        with RenderScreen(layout.paper, changed if layout.target.is_dir() else ()) as screen:
            make(layout, stock, screen, kept)


def check(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Read a month's extracts and run the checks, without making the paper."""
    from boardpack.build.examine import examine
    from boardpack.screen import say_checked

    stopping = 0
    for layout in layouts(year, month, place, every, home):
        register, checks = examine(layout.paper)
        say_checked(layout.paper, register, checks)
        stopping += sum(found.is_open and found.severity == "error" for found in checks)
    if stopping:
        raise typer.Exit(FINDINGS)


def status(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Say what has arrived for a month, what is missing, and which checks stand open."""
    from boardpack.build.standing import standing
    from boardpack.screen import say_standing

    for layout in layouts(year, month, place, every, home):
        say_standing(standing(layout))


def watch(
    year: Year,
    month: Month,
    place: Place = None,
    home: Home = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Else one that is free.")
    ] = 0,
) -> None:
    """Show a paper in the browser on this machine, and each change of it as it is saved."""
    from boardpack.build.watch import watch as keep_showing

    (layout,) = layouts(year, month, place, False, home)
    keep_showing(layout, port, lambda text: print(text, flush=True))


def new_month(year: Year, month: Month, home: Home = None) -> None:
    """Begin a month: its folders, its parameters and last month's words, to be reviewed."""
    from boardpack.build.layout import find_project
    from boardpack.build.new_month import begin_month
    from boardpack.periods import parse_month

    when = parse_month(year, month)
    folder = existing_home(home) or find_project(Path().resolve())
    print(begin_month(folder.resolve(), when).text())


def init(
    home: Annotated[Path, typer.Argument(metavar="HOME", help="The folder to begin.")],
    year: Annotated[
        str | None, typer.Argument(metavar="YEAR", help="Financial year, such as 2025-26.")
    ] = None,
    month: Annotated[
        str | None,
        typer.Argument(metavar="MONTH", help="The first month; else the one that ended last."),
    ] = None,
) -> None:
    """Write a home to start from: parameters to fill in, empty extracts, the first month."""
    from boardpack.build.new_home import begin_home, ended_last
    from boardpack.periods import parse_month

    if year is not None and month is None:
        raise UsageFault("Name the year and the month, such as 2025-26 M01, or neither.")
    print(begin_home(home, parse_month(year, month) if year and month else ended_last()).text())


def commentary(
    year: Year,
    month: Month,
    place: Place = None,
    every: All = False,
    read: Annotated[
        list[Path] | None, typer.Option("--read", metavar="FORM", help="Take back this form.")
    ] = None,
    written: Annotated[
        bool, typer.Option("--written", help="Record that the words stand as the figures do.")
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="List the sentences whose figures have moved since.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Else beside the build.")
    ] = None,
    home: Home = None,
) -> None:
    """Write a Word form for each budget holder, take forms back, or say what went stale."""
    from boardpack.build import forms

    if bool(read) + written + stale > 1:
        raise UsageFault("Give one of --read, --written and --stale.")
    found: list[object] = []
    for layout in layouts(year, month, place, every, home):
        if stale:
            found += forms.stale(layout)
        elif read:
            found += [f"Wrote {path}" for path in forms.take_forms(layout, read)]
        elif written:
            found.append(f"Wrote {forms.record(layout)}")
        else:
            found += [f"Wrote {path}" for path in forms.write_forms(layout, out)]
    for item in found:
        print(item)
    if stale and found:
        raise typer.Exit(FINDINGS)


def make_demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where to write it, such as demo.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="The demonstration is the same for a seed.")
    ] = None,
    months: Annotated[
        int, typer.Option("--months", metavar="N", help="How many months, from April.")
    ] = 12,
    plant: Annotated[
        list[str] | None, typer.Option("--plant", metavar="NAME", help="Plant this fault.")
    ] = None,
    plant_month: Annotated[
        int | None,
        typer.Option("--plant-month", metavar="N", help="In which month; else the last."),
    ] = None,
    list_plants: Annotated[
        bool, typer.Option("--list-plants", help="Say which faults can be planted.")
    ] = False,
) -> None:
    """Write a made-up ICB with a year of extracts, to try the paper on; faults by name."""
    from boardpack.demo.make import SEED
    from boardpack.demo.make import make_demo as make
    from boardpack.demo.plants import told_plants

    if list_plants:
        print(told_plants())
        return
    if folder is None:
        raise UsageFault("Name a folder to write the demonstration to, such as demo.")
    for line in make(folder, SEED if seed is None else seed, months, plant or (), plant_month):
        print(line)
