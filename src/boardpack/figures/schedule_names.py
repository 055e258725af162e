"""What the figures of a declared table are called: `chapter.place.line.measure`, and of what time.

As a rule a column is a measure, and stands alone. A column may give another measure's name: its
figures end with its month or year where that is not the paper's. A column may be a line of its own,
where each row is a place; the others are then of the line `total`. In a table of months a row is a
month, all have one line, and those of other months than the paper's end with theirs (`m05`); the
total of the months ends with `total`.
"""

from __future__ import annotations

from boardpack.core.params import Paper
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import ICB
from boardpack.figures.labels import slug
from boardpack.schedules.form import ColumnForm, Schedule

TOTAL = "total"


def place_of(schedule: Schedule, paper: Paper) -> str:
    """The place of a table's figures where no column names it."""
    return paper.report.default_place if schedule.scope == "none" else ICB


def period_named(paper: Paper, period: str) -> str:
    """A period of the form as figures name it."""
    month = paper.month
    named = {
        "to date": month.period,
        "year": month.year,
        "prior month": month.earlier(1).period,
        "prior month in year": month_named(Month(month.start, month.number - 1)),
        "prior year": Month(month.start - 1, MONTHS_IN_YEAR).year,
    }
    return named.get(period, period)


def month_named(month: Month) -> str:
    """The period of a month; of what a year opened with, before its first month, the year.

    >>> month_named(Month(2023, 6))
    '2023/24 M06'
    """
    return month.period if month.number else month.year


def end_of(schedule: Schedule, paper: Paper, line: str, column: ColumnForm | None) -> str:
    """The last part of an id: the month of a row or of a column; none of the paper's own."""
    now = paper.month
    if schedule.months is not None:
        return "" if line in (now.code.lower(), schedule.year_line) else line
    if column is None or column.measure is None:
        return ""
    period = schedule.period_of(column)
    return {
        "to date": "",
        "year": "",
        "prior month": now.earlier(1).suffix_in(now),
        "prior month in year": Month(now.start, now.number - 1).suffix_in(now),
        "prior year": slug(Month(now.start - 1, MONTHS_IN_YEAR).year),
    }.get(period, slug(period))


def id_pattern(schedule: Schedule, paper: Paper, name: str, line: str = "") -> str:
    """The ids of a column, with `{line}` where the row's `line_key` goes.

    Of a table of places by month those of one month, or of the year, and a row is a place.
    """
    measure = schedule.measure_of(name, line)
    if schedule.is_of_places_by_month:
        end = end_of(schedule, paper, line, None)
        return f"{schedule.chapter}.{{line}}.{schedule.line}.{measure}" + (f".{end}" if end else "")
    if schedule.months is not None:
        place = place_of(schedule, paper)
        return f"{schedule.chapter}.{place}.{schedule.line}.{measure}{{line}}"
    end = end_of(schedule, paper, "", schedule.columns.get(name))
    own = f".{schedule.columns[name].line or TOTAL}" if schedule.has_lines_across else ""
    return f"{schedule.chapter}.{{line}}{own}.{measure}" + (f".{end}" if end else "")


def line_key(schedule: Schedule, paper: Paper, place: str, line: str) -> str:
    """What tells a row's ids from another's in the pattern of a column."""
    if schedule.has_lines_across or schedule.is_of_places_by_month:
        return place
    if schedule.months is None:
        return f"{place}.{line}"
    end = end_of(schedule, paper, line, None)
    return f".{end}" if end else ""


def figure_id(schedule: Schedule, paper: Paper, place: str, line: str, name: str) -> str:
    """The id of the figure in a line and column, or of a figure beside the table."""
    if name not in schedule.columns:
        return f"{schedule.chapter}.{place}.{line}.{name}"
    key = line_key(schedule, paper, place, line)
    return id_pattern(schedule, paper, name, line).format(line=key)
