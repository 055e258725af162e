"""The words for where a year ends: a forecast while months are left, an outturn when it is over.

This is the one place that chooses them. Templates have them as `year`; what a block says in labels,
titles and notes is put into them when it is shown (`in_year_words`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.document.blocks import Block, Cell, Chart, NotSupplied, Row, Table


@dataclass(frozen=True)
class YearWords:
    """What a sentence says of the year's end."""

    is_over: bool
    forecasts_to_end: str
    is_forecast_to_end: str
    are_forecast_to_end: str
    is_forecast_at: str
    are_forecast_at: str
    forecast: str
    so_far: str
    audit: str = "subject to audit"


RUNNING = YearWords(
    is_over=False,
    forecasts_to_end="forecasts to end",
    is_forecast_to_end="is forecast to end",
    are_forecast_to_end="are forecast to end",
    is_forecast_at="is forecast at",
    are_forecast_at="are forecast at",
    forecast="forecast",
    so_far="so far",
)
OVER = YearWords(
    is_over=True,
    forecasts_to_end="ended",
    is_forecast_to_end="ended",
    are_forecast_to_end="ended",
    is_forecast_at="came to",
    are_forecast_at="came to",
    forecast="outturn",
    so_far="of the year",
)
_LABELS = (
    (re.compile(r"(\*After risk\* is what is saved) to date, and of .*"), r"\1 in the year."),
    (re.compile(r"(less (?:its|their)) forecast for"), r"\1 savings of"),
    (re.compile(r"\bForecast payments\b"), "Payments"),
    (re.compile(r"\bAnnual forecast\b"), "Paid in the year"),
    (re.compile(r", all else as forecast"), ""),
    (re.compile(r"\bForecast outturn\b"), "Outturn"),
    (re.compile(r"\bforecast outturn\b"), "outturn"),
    (re.compile(r"\bForecast\b"), "Outturn"),
    (re.compile(r"\bforecast\b"), "outturn"),
    (re.compile(r"\bevery month so far\b"), "every month of the year"),
    (re.compile(r"\bYear to date\b"), "Twelve months"),
    (re.compile(r"\byear to date\b"), "year"),
    (re.compile(r"\bTo date\b"), "In the year"),
    (re.compile(r"\bto date\b"), "in the year"),
    (re.compile(r"\bSo far\b"), "In the year"),
)
"""Words of a label while the year runs, and once it is over."""
_SENTENCES = _LABELS[-5:-1]
_OWN = re.compile(
    r"Forecast( for the year| \(over\).*| above .*)?|.* to date|To date, .*|The year to date"
    r"|The team's forecast, .*"
)
"""Labels of rows and categories that are the paper's own: other ones are names from extracts."""
_OVER_YEAR: list[bool] = [False]
"""Whether the chapter that is being written is of a finished year."""


def year_words(paper: Paper) -> YearWords:
    """The words for a paper of its month; the accounts of a finished year may have been audited."""
    if not paper.month.is_year_end:
        return RUNNING
    return replace(OVER, audit="after audit") if paper.run.audited else OVER


def write_for(month: Month) -> None:
    """Say which month the chapter that is written from now on is of."""
    _OVER_YEAR[0] = month.is_year_end


def of_year(month: Month, text: str) -> str:
    """A sentence of a template in the words for a month: of a finished year nothing is to date.

    >>> of_year(Month(2023, 12), "The position to date is on plan.")
    'The position in the year is on plan.'
    >>> of_year(Month(2023, 6), "The position to date is on plan.")
    'The position to date is on plan.'
    """
    return _put(text, _SENTENCES) if month.is_year_end else text


def in_year_words(block: Block) -> Block:
    """A block of the chapter being written, its labels in the words of its year."""
    if not _OVER_YEAR[0]:
        return block
    if isinstance(block, Table):
        columns = (
            replace(c, label=_put(c.label), group=c.group and _put(c.group)) for c in block.columns
        )
        return replace(
            block,
            caption=_put(block.caption),
            columns=tuple(columns),
            rows=tuple(_row(row) for row in block.rows),
            unit=_put(block.unit),
            notes=tuple(_put(note) for note in block.notes),
        )
    if isinstance(block, Chart):
        return replace(
            block,
            title=_put(block.title),
            alt=_put(block.alt),
            categories=tuple(_own(name) for name in block.categories),
            series=tuple(replace(one, name=_put(one.name)) for one in block.series),
            unit=_put(block.unit),
        )
    return replace(block, what=_put(block.what)) if isinstance(block, NotSupplied) else block


def _put(text: str, words: tuple[tuple[re.Pattern[str], str], ...] = _LABELS) -> str:
    for running, over in words:
        text = running.sub(over, text)
    return text


def _row(row: Row) -> Row:
    head: Cell = row.cells[0]
    return replace(row, cells=(_own(head), *row.cells[1:])) if isinstance(head, str) else row


def _own(label: str) -> str:
    return _put(label) if _OWN.fullmatch(label) else label
