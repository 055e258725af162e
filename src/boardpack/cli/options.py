"""What verbs have in common: their arguments and options, and the papers that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpack.core.errors import UsageFault
from boardpack.core.home import home_here

if TYPE_CHECKING:
    from boardpack.render.layout import Layout

Year = Annotated[str, typer.Argument(metavar="YEAR", help="Financial year, such as 2023-24.")]
Month = Annotated[str, typer.Argument(metavar="MONTH", help="M01 (April) to M12 (March), or 1-12.")]
Months = Annotated[str, typer.Argument(metavar="MONTH", help="M01 to M12, or several: M01..M12.")]
Place = Annotated[
    str | None, typer.Option("--place", help="The place's slug, or icb; else the usual place.")
]
All = Annotated[bool, typer.Option("--all", help="Every place, then the ICB.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="The folder of params/, data/ and build/; else the one around."),
]
Again = Annotated[bool, typer.Option("--again", help="Make it anew, though nothing has changed.")]
Stock = Annotated[
    bool, typer.Option("--stock", help="Run notebooks in ordinary Jupyter kernels (slow).")
]
YearOption = Annotated[str, typer.Option("--year", help="Financial year, such as 2023-24.")]
MonthOption = Annotated[str, typer.Option("--month", help="M01 (April) to M12 (March), or 1-12.")]


def layouts(
    year: str, month: str, place: str | None, every: bool, home: Path | None
) -> Iterator[Layout]:
    """The papers that a command is about, each with its folders and read when its turn comes."""
    from boardpack.core.periods import parse_month

    when = parse_month(year, month)
    if every and place is not None:
        raise UsageFault("Give --place or --all, not both.")
    folder = home_of(home)
    from boardpack.core.params import load_paper
    from boardpack.render.all_parameters import load_with_others
    from boardpack.render.layout import Layout, find_project
    from boardpack.render.status import standing_layout

    project = find_project(folder)
    first = load_with_others(folder, when, place)
    places = first.report.papers if every else (first.place,)
    found = (Layout(project, load_paper(folder, when, slug)) for slug in places)
    return (standing_layout(layout) for layout in found)


def layouts_of_months(
    year: str, months: str, place: str | None, every: bool, home: Path | None
) -> tuple[Layout, ...]:
    """The papers of one month, or of those from one to another (`M01..M12`) that have begun.

    A month has begun where it has its parameters and its folder of extracts.
    """
    from boardpack.core.periods import Month, parse_month

    if ".." not in months:
        return tuple(layouts(year, months, place, every, home))
    first, last = (parse_month(year, name) for name in months.split("..", 1))
    folder = home_of(home)
    from boardpack.core.home import has_begun, to_begin

    wanted = (Month(first.start, number) for number in range(first.number, last.number + 1))
    begun = [month for month in wanted if has_begun(folder, month)]
    if not begun:
        begin = f"Begin one: {to_begin(folder, first)}"
        raise UsageFault(f"No month of {months} has parameters and extracts in {folder}. {begin}")
    return tuple(x for m in begun for x in layouts(year, m.code, place, every, home))


def home_of(home: Path | None) -> Path:
    """The home that was asked for, else the one around; UsageFault when there is none."""
    if home is None:
        return home_here()
    if not home.is_dir():
        raise UsageFault(f"There is no folder {home} for --home.")
    return home.resolve()
