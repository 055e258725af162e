"""A declared table that has a column for each place, and a row for each measure of each line.

The places are those of the report, what is held centrally, and the whole body. Turned, it has a row
for each line of each place, as every table of places has.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.report import Report
from boardpack.core.structure import CENTRAL, ICB
from boardpack.reading.extract import Extract, Row
from boardpack.schedules.form import AcrossForm, Schedule

PLACE = "place"


def columns_across(form: AcrossForm, report: Report) -> dict[str, tuple[str, str]]:
    """The columns of the file: whose each is, and how the names of its measures end.

    A second column of the body, `icb_net`, holds its `budget_net` where the row is of `budget`.
    """
    places = {place: (place, "") for place in (*report.places, CENTRAL)}
    more = {f"{ICB}_{one}": (ICB, f"_{one}") for one in form.also}
    return {**places, **more, ICB: (ICB, "")}


def rows_by_place(schedule: Schedule, extract: Extract, report: Report) -> Sequence[Row]:
    """The rows of a table, turned where it stands across places and was not made otherwise.

    A place that has no amount of a line has no row of it: it has no such service. Every place of
    the report has the totals that the file has.
    """
    form = schedule.across
    if form is None:
        return extract.rows
    held: dict[tuple[str, ...], Row] = {}
    for row in extract:
        if PLACE in row.words:
            held[tuple(row.words.values())] = row
            continue
        words = {name: text for name, text in row.words.items() if name != form.measure}
        for column, (place, end) in columns_across(form, report).items():
            made = Row(row.line, {PLACE: place, **words}, {})
            made = held.setdefault(tuple(made.words.values()), made)
            if column in row.amounts:
                made.amounts[row[form.measure] + end] = row.amounts[column]
    return tuple(
        row
        for row in held.values()
        if row.amounts or (schedule.is_total(row.words) and row[PLACE] in report.places)
    )
