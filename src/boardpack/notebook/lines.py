"""Figures as frames: of a chapter, of the whole register, of the months that were released."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pandas as pd

from boardpack.core.errors import UsageFault, nearest
from boardpack.figures.chapters import METHODS, chapters_of
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.frames import column_of, listing_of
from boardpack.figures.history import figure_history
from boardpack.figures.ids import PRIOR_MONTH, is_among
from boardpack.figures.prior import prior_figure
from boardpack.figures.schedule_figures import table_rows
from boardpack.schedules.load import schedules_of

if TYPE_CHECKING:
    from boardpack.notebook.paper import NotebookPaper


CENTRAL = "central"
_PERIOD = re.compile(r"_((\d{4}_\d\d_)?[mq]\d{1,2}|\d{4}_\d\d|total)$")
Rows = dict[tuple[str, str], dict[str, Figure]]
"""The figures of each place and line, by column."""


def rows_named(paper: NotebookPaper, name: str) -> Rows:
    """The figures that a name stands for, as the paper shows them: the agreed ones.

    A declared table has its lines and columns in print order. A chapter has those of its register:
    of this month first; a measure of another period has it in its name, `ytd_variance_m05`. A name
    that both have is the chapter's, which has the table's figures and those that a method gives.
    """
    tables = schedules_of(paper.paper.home)
    if name in tables and name not in METHODS:
        rows = table_rows(tables[name], paper.register, paper.paper)
        return {(row.line.place, row.line.line): dict(row.figures) for row in rows}
    own = [figure for figure in paper.register if figure.chapter == name]
    if not own and name not in chapters_of(paper.paper):
        known = dict.fromkeys((*tables, *(figure.chapter for figure in paper.register)))
        raise UsageFault(f"There are no figures of {name!r}. {nearest(name, known)}")
    found: Rows = {}
    for figure in sorted(own, key=lambda one: one.id.count(".")):
        _, place, line, *measure = figure.id.split(".")
        if measure[-1] != PRINTED:
            agreed = paper.register.agreed(figure.id)
            found.setdefault((place, line), {})["_".join(measure)] = agreed
    return found


def lines_frame(
    paper: NotebookPaper,
    name: str,
    places: str | Sequence[str] | None,
    lines: str | Sequence[str] | None = None,
    measures: Sequence[str] | None = None,
) -> pd.DataFrame:
    """A row for each line and a column for each measure of a chapter or a declared table.

    Of the paper's place, else of the one place that has any; of several places, a row for each
    place and line. Where `lines` or `measures` are asked for, these are the rows and columns, and
    of the paper's place alone: what it does not have is missing. As a pattern, `lines` narrows down
    those that there are.
    """
    asked = places is None and (lines is not None or measures is not None)
    rows = rows_named(paper, name)
    _refuse_undeclared(paper, name, measures or ())
    wanted = _places(paper, rows, paper.place if asked else places)
    found = sorted((k for k in rows if k[0] in wanted), key=lambda key: wanted.index(key[0]))
    if isinstance(lines, str):
        found = [key for key in found if fnmatchcase(key[1], lines)]
    elif lines is not None:
        found = [(place, line) for place in wanted for line in lines]
    elif measures is not None:
        found = [key for key in found if not rows[key].keys().isdisjoint(measures)]
    columns = dict.fromkeys(column for key in found for column in rows.get(key, ()))
    is_one = len(wanted) == 1 and (places is None or isinstance(places, str))
    index = (
        pd.Index([line for _, line in found], name="line", dtype=str)
        if is_one or not found
        else pd.MultiIndex.from_tuples(found, names=["place", "line"])
    )
    shown = columns if measures is None else measures
    data = {one: column_of(rows.get(key, {}).get(one) for key in found) for one in shown}
    return pd.DataFrame(data, index=index, columns=pd.Index([*shown], dtype=str))


def _refuse_undeclared(paper: NotebookPaper, name: str, measures: Sequence[str]) -> None:
    """UsageFault for a measure that no figure of a chapter can have; any other may be missing."""
    ids = paper.register.ids
    declared = ids.measures(name) if ids is not None else frozenset()
    for measure in measures if declared else ():
        plain = _PERIOD.sub("", measure).removesuffix(PRIOR_MONTH)
        if not (is_among(measure, declared) or is_among(plain, declared)):
            hint = nearest(measure, sorted(declared))
            raise UsageFault(f"No figure of {name} has a measure {measure!r}. {hint}")


def _places(paper: NotebookPaper, rows: Rows, places: str | Sequence[str] | None) -> list[str]:
    """The places that are asked for; UsageFault for one that there is not."""
    if places is None:
        held = list(dict.fromkeys(place for place, _ in rows))
        return [paper.place] if paper.place in held else held
    wanted = [places] if isinstance(places, str) else [*places]
    known = (*paper.paper.report.papers, CENTRAL)
    for place in wanted:
        if place not in known:
            raise UsageFault(f"There is no place {place!r}. {nearest(place, known)}")
    return wanted


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
    if paper.register.find(identity):
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
