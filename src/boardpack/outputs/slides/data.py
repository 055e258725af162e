"""The workbook within a chart, which the presenter gets on “Edit data”: plain cells, no formulas.

Text is written as text, so that a name that begins with `=` stays a name; and the workbook is
dated by the data cut, so that the same paper gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData

SHEET = "Sheet1"
"""The sheet that the chart's references name."""
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Run:
    """One series of a native chart: its name and its values, in the chart's unit."""

    name: str
    values: tuple[float | None, ...]


def chart_data(categories: Sequence[str], runs: Sequence[Run]) -> Any:
    """The same as the chart takes it."""
    empty: Any = CategoryChartData
    data = empty()
    data.categories = [name or " " for name in categories]
    for run in runs:
        data.add_series(run.name, run.values)
    return data


def workbook_of(categories: Sequence[str], runs: Sequence[Run], timestamp: int) -> bytes:
    """The workbook: categories down the first column, a column for each series."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **_AS_TEXT})
    book.set_properties(
        {"created": dt.datetime.fromtimestamp(timestamp, dt.UTC).replace(tzinfo=None)}
    )
    sheet = book.add_worksheet(SHEET)
    for row, name in enumerate(categories, start=1):
        sheet.write_string(row, 0, name or " ")
    for column, run in enumerate(runs, start=1):
        sheet.write_string(0, column, run.name)
        for row, value in enumerate(run.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return target.getvalue()
