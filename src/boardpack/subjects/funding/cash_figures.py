"""Cash: the year's requirement and what has used it; the drawdown month by month and its limits.

Both are declared tables (`cash_requirement`, `cash_drawdown`). In the drawdown profile this month's
figures have no suffix, those of other months have theirs (`m01`).
"""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.core.periods import Month
from boardpack.figures.draft import Draft
from boardpack.figures.schedule_figures import schedule_figures
from boardpack.figures.schedule_lines import Line
from boardpack.schedules.load import own_schedule

CHAPTER = "cash"
REMAINING = "remaining_cash_limit"


def cash_figures(draft: Draft) -> None:
    """The requirement first: what is used of it in a month is computed from it."""
    for name in ("cash_requirement", "cash_drawdown"):
        schedule_figures(draft, own_schedule(name))
    draft.enter_stated(CHAPTER)


def contradicted_labels(drawdown: Iterable[Line]) -> tuple[tuple[str, Month], ...]:
    """Printed month labels that name another month than the row's, with the month that is meant."""
    rows = ((line.row["printed_month"], line.month) for line in drawdown if line.row)
    return tuple((said, meant) for said, meant in rows if meant and said not in ("", label(meant)))


def label(month: Month) -> str:
    """A month as the drawdown profile prints it: `Apr-23`.

    >>> label(Month(2023, 1)), label(Month(2023, 12))
    ('Apr-23', 'Mar-24')
    """
    name, year = month.name.split()
    return f"{name[:3]}-{year[-2:]}"
