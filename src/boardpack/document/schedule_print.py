"""How the numbers of a declared table are printed, and what its blocks and figures are called."""

from __future__ import annotations

from boardpack.core.params import Paper
from boardpack.figures.schedule_lines import Line as TableLine
from boardpack.figures.schedule_names import figure_id
from boardpack.schedules.form import Schedule

STYLES = {
    "thousands": "thousands",
    "millions": "millions",
    "pounds": "pounds",
    "pounds a month": "pounds",
    "pounds a client a month": "pounds",
    "per cent": "percent",
    "plain per cent": "percent",
    "count": "count",
    "decimal": "decimal",
}
"""How the numbers of a type are printed; those of others by their unit."""
SHOWN_IN = {
    "thousands": ("£000s", "1000"),
    "thousands or per cent": ("£000s", "1000"),
    "millions": ("£ millions", "1000000"),
    "pounds": ("£", "1"),
    "pounds a month": ("£ a month", "1"),
    "pounds a client a month": ("£ a client a month", "1"),
    "amount": ("£000s", "1000"),
}
"""What the numbers of a type are in, in words, and what they are divided by in a chart."""


def block_name(schedule: Schedule) -> str:
    """How the names of a table's blocks begin."""
    return schedule.name.replace("_", "-")


def cell_id(paper: Paper, schedule: Schedule, line: TableLine, name: str) -> str:
    """The id of a column of a line."""
    return figure_id(schedule, paper, line.place, line.line, name)
