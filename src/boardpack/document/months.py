"""Months as tables and sentences name them."""

from __future__ import annotations

from boardpack.core.periods import Month, parse_month
from boardpack.document.chapter import ChapterPaper


def month_of(period: str) -> Month:
    """The month of a figure's period: `2023/24 M02`.

    >>> month_of("2023/24 M06")
    Month(start=2023, number=6)
    """
    return parse_month(*period.split(" "))


def compared_month(paper: ChapterPaper, line: str) -> str:
    """The name of the released month that a position line's movement is measured from.

    The movement's own formula says which: `... - position.bromley.total.ytd_variance.m04`.
    """
    formula = paper.figure(f"position.{line}.movement").formula or ""
    return Month(paper.paper.month.start, int(formula.rsplit(".m", 1)[1])).name
