"""The verbs of the month's routine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpack.cli.logged import Logged
from boardpack.cli.options import (
    Again,
    All,
    Home,
    Month,
    Months,
    Place,
    Stock,
    Year,
    home_of,
    layouts,
    layouts_of_months,
)
from boardpack.core.errors import DONE, FINDINGS, InputFaults, UsageFault

if TYPE_CHECKING:
    from boardpack.render.layout import Layout


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
    with Logged("render", year, month, place, home) as log:
        first, *more = layouts_of_months(year, month, place, every, home)
        if more:
            _make_many((first, *more), stock, again, log, home)
            return
        from boardpack.cli.progress import say_rendered
        from boardpack.render.summary import summary_of

        _make(log.begin(first), stock, again)
        found = summary_of(first)
        failing = sum(check["status"] == "fail" for check in found.checks)
        log.end(first, f"{found.figures} figures, {failing} checks failing", built=True)
    _keep_words(first)
    say_rendered(found, first.findings)


def _keep_words(layout: Layout) -> None:
    """Keep the words and parameters of a paper that was made, for `undo`."""
    from boardpack.render.words import keep_all

    keep_all(layout.paper, "as rendered")


def _make_many(
    found: tuple[Layout, ...], stock: bool, again: bool, log: Logged, home: Path | None
) -> None:
    from boardpack.cli.papers import PapersScreen
    from boardpack.render.papers import render_papers

    named = {(layout.paper.month, layout.paper.place): layout for layout in found}
    with PapersScreen(len(found)) as screen:
        for told in render_papers(found, stock, again):
            outcome = told.below(home)
            screen.made(outcome)
            layout = named[outcome.paper.month, outcome.paper.place]
            log.end(layout, outcome.said, outcome.code, built=not outcome.code)
            if not outcome.code:
                _keep_words(layout)
    worst = screen.say_all()
    if worst:
        raise typer.Exit(worst)


def _make(layout: Layout, stock: bool, again: bool) -> None:
    """Make a paper, unless it would come out as it stands and nobody asked for it anew."""
    from boardpack.cli.progress import RenderScreen, say_unchanged
    from boardpack.core.workers import workers
    from boardpack.render.current import settled

    changed = settled(layout)
    if not changed and not stock and not again:
        say_unchanged(layout.paper, layout.target)
        return
    with workers() as pool:
        from boardpack.render.kept_chapters import read_kept
        from boardpack.render.render import render as make

        kept = None if stock or again else read_kept(layout)
        with RenderScreen(layout.paper, changed if layout.target.is_dir() else ()) as screen:
            make(layout, stock, screen, kept, pool)


def check(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Read a month's extracts and run the checks, without making the paper."""
    from boardpack.cli.progress import say_checked, say_notes, say_unexamined, say_unprinted
    from boardpack.render.examined import examined

    stopping = 0
    with Logged("check", year, month, place, home) as log:
        for number, layout in enumerate(layouts(year, month, place, every, home)):
            paper = log.begin(layout).paper
            try:
                found = examined(layout)
            except InputFaults:
                from boardpack.render.examine import unexamined
                from boardpack.render.inputs import arrivals

                arrived = arrivals(paper)
                if not number:
                    say_notes(arrived, home)
                say_unexamined(paper, unexamined(paper, arrived), layout.findings)
                raise
            if not number:  # the month's extracts are the same for every place
                say_notes(found.arrivals, home)
            checks = found.checks
            say_checked(paper, found.figures, checks, layout.findings, found.noticed)
            say_unprinted(found.unprinted)
            here = sum(one.is_open and one.severity == "error" for one in checks)
            told = f"{len(checks)} checks, {here} stop a release"
            log.end(layout, told, FINDINGS if here else DONE)
            stopping += here
    if stopping:
        raise typer.Exit(FINDINGS)


def noticed(
    year: Year,
    month: Month,
    place: Place = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write all of it: .csv what is unseen, .json."),
    ] = None,
    home: Home = None,
) -> None:
    """Say what the checks of a month would notice, by extract, and what would go unseen."""
    from boardpack.checks.noticed.outcomes import noticed as would_notice
    from boardpack.checks.noticed.record import noticed_record
    from boardpack.cli.noticed import say_noticed
    from boardpack.render.examine import examine
    from boardpack.render.noticed_files import write_noticed

    if out is not None and out.suffix.lower() not in (".csv", ".json"):
        raise UsageFault("Name a file that ends in .csv or .json after --out.")
    with Logged("noticed", year, month, place, home) as log:
        (layout,) = layouts(year, month, place, False, home)
        paper = log.begin(layout).paper
        register, checks = examine(paper)
        record = noticed_record(would_notice(register, checks, paper), register, paper)
        log.end(layout, f"{len(record['unheld'])} inputs in which an error would go unseen")
    say_noticed(paper, record)
    if out is not None:
        write_noticed(out, record)
        print(f"Wrote {out}")


def status(
    year: Year, month: Month, place: Place = None, every: All = False, home: Home = None
) -> None:
    """Say what has arrived for a month, what is missing, and which checks stand open."""
    from boardpack.cli.progress import say_standing
    from boardpack.render.month_state import standing

    for layout in layouts(year, month, place, every, home):
        say_standing(standing(layout), layout.findings, home)


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
    from boardpack.preview.watch import watch as keep_showing

    (layout,) = layouts(year, month, place, False, home)
    keep_showing(layout, port, lambda text: print(text, flush=True))


def new_month(year: Year, month: Month, home: Home = None) -> None:
    """Begin a month: its folders, its parameters and last month's words, to be reviewed."""
    from boardpack.core.periods import parse_month
    from boardpack.render.new_month import begin_month

    when = parse_month(year, month)
    folder = home_of(home)
    begun = begin_month(folder, when)
    print(begun.text())
    from boardpack.render.run_account import log_month

    told = f"begun from {begun.before.period}"
    log_month(folder, "new-month", f"{when.year_folder} {when.code}", "", DONE, told)


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
    from boardpack.core.periods import parse_month
    from boardpack.render.new_home import begin_home, ended_last

    if year is not None and month is None:
        raise UsageFault("Name the year and the month, such as 2025-26 M01, or neither.")
    print(begin_home(home, parse_month(year, month) if year and month else ended_last()).text())


def new_chapter(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters and underscores.")],
    home: Home = None,
    title: Annotated[str, typer.Option("--title", help="What it is called; else its name.")] = "",
) -> None:
    """Begin a chapter of a home's own: a notebook that works, its words, its place."""
    from boardpack.render.new_chapter import begin_chapter
    from boardpack.render.new_home import latest_month

    folder = home_of(home)
    print(begin_chapter(folder, name, latest_month(folder), title).text())


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
    from boardpack.render import answers, forms

    if bool(read) + written + stale > 1:
        raise UsageFault("Give one of --read, --written and --stale.")
    if read and every:
        raise UsageFault("A form is for one place: take it back with --place, not with --all.")
    moved = False
    for layout in layouts(year, month, place, every, home):
        if stale:
            found = answers.stale(layout)
            moved = moved or bool(found.stale)
            lines = [*found.lines()]
        elif read:
            with Logged("commentary --read", year, month, place, home) as log:
                taken = answers.take_forms(log.begin(layout), read)
                log.end(layout, f"{taken.chapters} chapters taken from forms")
            lines = [*taken.lines()]
        elif written:
            lines = [*answers.record(layout).lines()]
        else:
            lines = [f"Wrote {path}" for path in forms.write_forms(layout, out)]
            if changed := forms.changed_inputs(layout):
                lines.append(
                    "The forms show the paper as it was rendered; changed since then:"
                    f" {', '.join(changed)}"
                )
        print("\n".join(lines))
    if moved:
        raise typer.Exit(FINDINGS)


def accept(
    year: Year,
    month: Month,
    place: Place = None,
    sentence: Annotated[
        list[int] | None, typer.Option("--sentence", metavar="N", help="Accept this one.")
    ] = None,
    reviewer: Annotated[
        str, typer.Option("--reviewer", help="Who accepts: 'Ann Lee, Director of Finance'.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why it may stand.")] = "",
    home: Home = None,
) -> None:
    """List the sentences that the figures do not bear out, or record that a reviewer accepts."""
    from boardpack.render.accepting import accept_sentences, doubted

    (layout,) = layouts(year, month, place, False, home)
    if not sentence:
        if reviewer or reason:
            raise UsageFault("Say with --sentence which one is accepted; without, they are listed.")
        found = doubted(layout)
        print("\n".join(found.lines()))
        if found.is_open:
            raise typer.Exit(FINDINGS)
        return
    with Logged("accept", year, month, place, home) as log:
        done = accept_sentences(log.begin(layout), sentence, reviewer, reason)
        log.end(layout, f"{len(dict.fromkeys(sentence))} sentences accepted")
    print("\n".join(done))
