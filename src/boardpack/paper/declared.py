"""What is shown of a declared table: the table itself, its picture and its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.figures.declared_lines import Line as TableLine
from boardpack.figures.declared_lines import lines_of
from boardpack.paper.chapter import ChapterPaper
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import own_schedule
from boardpack.sources.declared import read_schedule
from boardpack.sources.folder import Folder

STYLES = {
    "thousands": "thousands",
    "millions": "millions",
    "pounds": "pounds",
    "per cent": "percent",
    "plain per cent": "percent",
    "count": "count",
}
UNITS = {"thousands": "£000s", "millions": "£m", "pounds": "£", "thousands or per cent": "£000s"}
SCALES = {"thousands": "1000", "millions": "1000000", "thousands or per cent": "1000"}


def table_lines(paper: ChapterPaper, schedule: Schedule) -> tuple[TableLine, ...]:
    """The lines of a declared table, in print order."""
    return lines_of(schedule, read_schedule(Folder(paper.paper), schedule), paper.paper)


def own_lines(paper: ChapterPaper, name: str) -> tuple[TableLine, ...]:
    """The lines of one of the project's own declared tables."""
    return table_lines(paper, own_schedule(name))


def rows_only(lines: Sequence[TableLine]) -> list[TableLine]:
    """The rows of the file that are no totals."""
    return [line for line in lines if line.kind == "line"]
