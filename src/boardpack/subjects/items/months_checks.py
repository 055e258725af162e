"""Every month of items and of concessions is there, up to the month that the paper says.

A month between that is not there is a month's cost that no figure has: the year to date, and every
estimate that rests on it, are made without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpack.checks.check import Check
from boardpack.checks.file_control import FileControl, of_file, short
from boardpack.checks.phrases import and_list
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.calendar import months_missing, read_month
from boardpack.reading.extract import Extract
from boardpack.subjects.items.epd_extract import Epd
from boardpack.subjects.items.prices import ONE

MONTHS = FileControl(
    "months",
    "Every month is there",
    ONE,
    ONE,
    "What a month cost is estimated by no figure where the months after it are there.",
)
GRANTED = FileControl(
    "months",
    "Every month is there",
    ONE,
    ONE,
    "From 2020 to 2026 concessions were granted in each month.",
)


def check_item_months(concessions: Extract, epd: Epd, paper: Paper) -> Iterator[Check]:
    """One check of each file; items end with the month up to which the paper has data.

    Before a year has any, in April and May, no month of it is due.
    """
    if epd.months:
        data = paper.run.prescribing_months_of_data
        due = Month(paper.month.start, data) if data else epd.months[-1]
        late = (due,) if due > epd.months[-1] else ()
        lacking = (*months_missing((*epd.months, *late)), *late)
        cause = "Ask for it, or correct prescribing_months_of_data, or say why it is not there."
        yield of_file(MONTHS, short(epd.file), _said(short(epd.file), lacking), cause)
    if concessions.rows:
        file = short(concessions.file)
        lacking = months_missing([read_month(one) for one in {r["month"] for r in concessions}])
        yield of_file(GRANTED, file, _said(file, lacking), "Add it from the published page.")


def _said(file: str, lacking: Sequence[Month]) -> str:
    return f"{file} has no row of {and_list([one.name for one in lacking])}." if lacking else ""
