"""The verbs of the record: prepare, release, who did what, a figure's months, and undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from boardpack.cli.logged import Logged
from boardpack.cli.options import All, Home, Month, MonthOption, Place, Year, YearOption, layouts
from boardpack.core.errors import DONE

if TYPE_CHECKING:
    from boardpack.audit.releases.release import Released
    from boardpack.cli.progress import StageLines
    from boardpack.render.layout import Layout

By = Annotated[
    str, typer.Option("--by", metavar="'NAME, ROLE'", help="Who does it, by name and role.")
]
LARGEST = 5
"""How many of a version's changes the screen tells; its files have all."""


def prepare(
    year: Year,
    month: Month,
    by: By,
    reason: Annotated[
        str, typer.Option("--reason", help="Why it replaces a version that is released.")
    ] = "",
    place: Place = None,
    every: All = False,
    home: Home = None,
) -> None:
    """Prepare a rendered paper for release: refuse while anything stands open, else propose it."""
    from boardpack.audit.releases.release import prepare as prepare_paper
    from boardpack.audit.releases.release_all import prepare_all
    from boardpack.cli.progress import RenderScreen, say_unprinted
    from boardpack.render.proposal import read_person
    from boardpack.render.unprinted import unprinted_commentary

    person = read_person(by)
    with Logged("prepare", year, month, place, home) as log:
        found = tuple(layouts(year, month, place, every, home))
        if every:
            done = prepare_all(found, person, reason, lambda layout: _turn_to(layout, log))
        else:
            (layout,) = found
            log.begin(layout)
            with RenderScreen(layout.paper) as screen:
                done = iter([(layout, prepare_paper(layout, person, reason, screen))])
        for layout, proposal in done:
            told = f"version {proposal.version}, prepared by {person.in_words}"
            log.end(layout, told, built=True)
            print(f"{layout.paper.place_name}: {told}. Another person releases it.")
            say_unprinted(unprinted_commentary(layout))


def release(
    year: Year,
    month: Month,
    by: By,
    place: Place = None,
    every: All = False,
    home: Home = None,
) -> None:
    """Release what another person prepared, exactly as it was prepared, and freeze its register."""
    from boardpack.audit.releases.release import release as release_paper
    from boardpack.audit.releases.release_all import release_all
    from boardpack.cli.progress import RenderScreen
    from boardpack.render.proposal import read_person

    person = read_person(by)
    with Logged("release", year, month, place, home) as log:
        found = tuple(layouts(year, month, place, every, home))
        if every:
            done = release_all(found, person, lambda layout: _turn_to(layout, log))
        else:
            (layout,) = found
            log.begin(layout)
            with RenderScreen(layout.paper) as screen:
                done = iter([(layout, release_paper(layout, person, screen))])
        for layout, released in done:
            log.end(
                layout, f"version {released.version}, approved by {person.in_words}", built=True
            )
            _say_released(layout.paper.place_name, released)


def _turn_to(layout: Layout, log: Logged) -> StageLines:
    from boardpack.cli.progress import StageLines

    lines = StageLines()
    lines.stage(log.begin(layout).paper.place_name, 1)
    return lines


def _say_released(place: str, released: Released) -> None:
    print(f"{place}: released as version {released.version}, kept in {released.folder}")
    for note in released.rendered.notes:
        print(f"  {note}")
    if released.changes:
        print(f"  Figures with another value than before: {len(released.changed):,}")
        for item in released.changed[:LARGEST]:
            print(f"    {item}")
        print(f"  All of them by size: {released.folder / 'changes.csv'}; words too: changes.txt")


def log(year: Year, month: Month, place: Place = None, home: Home = None) -> None:
    """Say who did what to a month's papers and when: versions, runs, and what changed between."""
    from boardpack.audit.releases.log_of_month import runs_of, versions_of
    from boardpack.cli.record_lines import say_runs, say_versions

    found = tuple(layouts(year, month, place, place is None, home))
    for layout in found:
        say_versions(layout.paper.place_name, versions_of(layout))
    paper = found[0].paper
    named = f"{paper.month.year_folder} {paper.month.code}"
    say_runs(runs_of(paper.home, named, place))


def history(
    figure: Annotated[str, typer.Argument(metavar="FIGURE_ID", help="The figure's id.")],
    year: YearOption,
    month: MonthOption,
    place: Place = None,
    out: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the months here too.")
    ] = None,
    home: Home = None,
) -> None:
    """Say what the papers of the last twelve months, as released, said of a figure."""
    from boardpack.cli.record_lines import say_history
    from boardpack.figures.history import figure_history, history_csv

    (layout,) = layouts(year, month, place, False, home)
    found = figure_history(layout.paper, figure)
    say_history(found)
    if out is not None:
        out.write_text(history_csv(found), encoding="utf-8", newline="")
        print(f"Wrote {out}")


def undo(
    year: Year,
    month: Month,
    place: Place = None,
    of: Annotated[
        Literal["words", "month", "report"],
        typer.Option("--of", help="The paper's words, the month's parameters, or the report's."),
    ] = "words",
    number: Annotated[
        int | None, typer.Option("--number", metavar="N", help="One that --list names.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List what is kept.")] = False,
    home: Home = None,
) -> None:
    """Bring back a paper's words or parameters as they stood before; what stands is kept too."""
    from boardpack.core.earlier import bring_back, kept_of
    from boardpack.render.words import REPORT, month_file, words_of

    with Logged("undo", year, month, place, home) as record:
        (layout,) = layouts(year, month, place, False, home)
        paper = record.begin(layout).paper
        path = {"words": words_of(paper), "month": month_file(paper), "report": REPORT}[of]
        if listing:
            for kept in kept_of(paper.home, path):
                print(f"{kept.number:>4}  {kept.when}  {kept.who}  {kept.why}")
            return
        kept, changed = bring_back(paper.home, path, number)
        told = f"brought back number {kept.number} of {path.as_posix()}, {kept.why}, {kept.when}"
        for name in changed:
            print(f"Changed {name}")
        print(told.capitalize())
        record.end(layout, told, DONE)
