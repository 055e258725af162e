"""Figures as frames: of a chapter, of the whole register, of the months that were released."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pandas as pd

from boardpack.errors import UsageFault, nearest
from boardpack.figures.chapters import chapters_of
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.history import figure_history
from boardpack.figures.prior import prior_figure
from boardpack.frames import column_of, listing_of

if TYPE_CHECKING:
    from boardpack.notebook.paper import NotebookPaper


def figures_named(paper: NotebookPaper, name: str) -> list[Figure]:
    """The figures of a chapter of the register, as the paper shows them: the agreed ones.

    Those of this month come first, those of other periods after them.

    This is the one place that says what a name stands for; a schedule that is declared is one more.
    """
    own = [figure for figure in paper.register if figure.chapter == name]
    if not own and name not in chapters_of(paper.paper):
        known = dict.fromkeys(figure.chapter for figure in paper.register)
        raise UsageFault(f"There are no figures of {name!r}. {nearest(name, known)}")
    counted = [f for f in own if f.id.rpartition(".")[2] != PRINTED]
    now_first = sorted(counted, key=lambda figure: figure.id.count("."))
    return [paper.register.agreed(figure.id) for figure in now_first]


def lines_frame(
    paper: NotebookPaper,
    name: str,
    places: str | Iterable[str] | None,
    lines: str | Sequence[str] | None = None,
    measures: Sequence[str] | None = None,
) -> pd.DataFrame:
    """A row for each line and a column for each measure; for several places a row for each of both.

    A measure of another month or year has its period in its column's name: `ytd_variance_m05`.
    Rows are the `lines` that are asked for, else those that have any of the `measures`; as a
    pattern, `lines` narrows these down.
    """
    several = not (places is None or isinstance(places, str))
    wanted = [paper.place] if places is None else [places] if isinstance(places, str) else [*places]
    known = (*paper.paper.report.papers, "central")
    for place in wanted:
        if place not in known:
            raise UsageFault(f"There is no place {place!r}. {nearest(place, known)}")
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    columns: dict[str, None] = dict.fromkeys(measures or ())
    for figure in figures_named(paper, name):
        _, place, line, *measure = figure.id.removesuffix(f".{PRINTED}").split(".")
        column = "_".join(measure)
        if isinstance(lines, str) and not fnmatchcase(line, lines):
            continue
        if place in wanted and (measures is None or column in columns):
            columns[column] = None
            rows.setdefault((place, line), {})[column] = figure
    found = sorted(rows, key=lambda key: wanted.index(key[0]))
    if lines is not None and not isinstance(lines, str):
        found = [(place, line) for place in wanted for line in lines]
    index = (
        pd.MultiIndex.from_tuples(found, names=["place", "line"])
        if several and found
        else pd.Index([line for _, line in found], name="line")
    )
    data = {one: column_of(rows.get(key, {}).get(one) for key in found) for one in columns}
    return pd.DataFrame(data, index=index)


def register_frame(paper: NotebookPaper) -> pd.DataFrame:
    """Every figure of the paper, a row each, as the paper shows it; its id is the index."""
    return listing_of(paper.register)


def history_frame(paper: NotebookPaper, identity: str) -> pd.DataFrame:
    """What the papers of the last twelve months said of a figure, a row a month, and this month.

    A month of which no paper has been released, or none that has the figure, is missing.
    """
    entries = [entry for entry in figure_history(paper.paper, identity) if entry.said is not None]
    figures = []
    for entry in entries:
        assert entry.said is not None
        figure = prior_figure(paper.paper, entry.said, entry.month)
        known = paper.made.known_figure(figure.id)
        figures.append(known or _own(paper, figure, entry.month.suffix_in(paper.paper.month)))
    if identity in paper.register:
        figures.append(paper.register.agreed(identity))
    months = [*(entry.month.period for entry in entries)]
    months += [paper.paper.month.period] if len(figures) > len(months) else []
    return pd.DataFrame({"value": column_of(figures)}, index=pd.Index(months, name="month"))


def _own(paper: NotebookPaper, figure: Figure, suffix: str) -> Figure:
    """A released figure under an id of this notebook: two notebooks may look at the same one."""
    line = f"{figure.id.split('.', 1)[0]}_{figure.place}_{figure.line}"
    identity = f"{paper.made.own_chapter()}.{paper.place}.{line}.{figure.measure}.{suffix}"
    known = paper.made.known_figure(identity)
    own = known or replace(figure, id=identity)
    paper.made.know([own])
    return own
