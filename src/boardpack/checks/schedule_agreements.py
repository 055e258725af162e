"""The agreements that declared tables ask for: a figure of theirs, and one that it must equal."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.agreement_rules import Agreement
from boardpack.core.params import Paper
from boardpack.core.structure import ICB
from boardpack.figures.schedule_names import figure_id
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import LINE_AND_COLUMN, schedules_of


def declared_agreements(paper: Paper) -> Iterator[Agreement]:
    """The rules of all tables of a paper, in the order of their files."""
    for schedule in schedules_of(paper.home).values():
        for one in schedule.agrees:
            first, second = (_id(paper, schedule, name) for name in (one.figure, one.equals))
            yield Agreement(one.title, first, second)


def _id(paper: Paper, schedule: Schedule, name: str) -> str:
    """A figure as it is named in a form: by line and column of the table, or by its id."""
    if len(name.split(".")) > LINE_AND_COLUMN:
        return name
    places = {"place": "{place}", "body": ICB, "none": paper.report.default_place}
    line, column = name.split(".")
    return figure_id(schedule, paper, places[schedule.scope], line, column)
