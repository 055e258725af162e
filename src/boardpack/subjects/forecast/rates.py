"""The monthly variance that the forecast needs from here, and how often it has been reached.

This year is known in stretches between the papers released and now, without reserves released this
month; of past years each month of the total is known. A month or stretch counts where its variance
a month is as good or better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_months
from boardpack.figures.run_rate import release_of
from boardpack.subjects.forecast.past import (
    ACTUAL,
    BUDGET,
    TOTAL,
    YEAR_MONTHS,
    past_scope,
    scope_of,
)

STRETCHES, STRETCHES_MET = "stretches_known", "stretches_as_good"
MONTHS, MONTHS_MET = "past_months_known", "past_months_as_good"
STEEP = "1000000000"
"""So steep that a difference of a billionth of a pound tells reached from missed."""


def required_rate_figures(draft: Draft, place: str, years: Sequence[str]) -> None:
    """Count the stretches of this year, and the months of past years, that reached the rate."""
    required = f"position.{place}.total.required_run_rate"
    if not draft.has(required):
        return
    scope = scope_of(draft, place, TOTAL)
    for rates, known, met in (
        (list(_this_year(draft, place)), STRETCHES, STRETCHES_MET),
        (list(_past(draft, place, years)), MONTHS, MONTHS_MET),
    ):
        if rates:
            scope.derive(known, str(len(rates)), "COUNT")
            ones = (reached(rate, required) for rate in rates)
            scope.derive(met, " + ".join(ones), "COUNT")


def reached(rate: str, required: str) -> str:
    """The formula that is 1 where a rate is as good as is required, and 0 where it is worse.

    >>> reached("a.b.c.rate", "a.b.c.required")
    'min(1, max(0, 1 + (a.b.c.rate - a.b.c.required) * 1000000000))'
    """
    return f"min(1, max(0, 1 + ({rate} - {required}) * {STEEP}))"


def _this_year(draft: Draft, place: str) -> Iterator[str]:
    """The variance a month of each stretch: to the first released paper, and between papers."""
    now = f"position.{place}.total.ytd_variance"
    known = [(month.number, f"{now}.{month.code.lower()}") for month in prior_months(draft)]
    known = sorted(pair for pair in known if draft.has(pair[1]))
    before, then = 0, "0"
    for number, identity in known:
        yield f"({identity} - {then}) / {number - before}"
        before, then = number, identity
    once = release_of(draft, draft.scope("position", place, "total"))
    new = f" - {once.amount}" if once else ""
    yield f"({now} - {then}{new}) / {draft.paper.month.number - before}"


def _past(draft: Draft, place: str, years: Sequence[str]) -> Iterator[str]:
    for year in years:
        before = "0"
        for number in YEAR_MONTHS:
            scope = past_scope(draft, place, TOTAL, year, number)
            if not draft.has(scope.id(BUDGET), scope.id(ACTUAL)):
                break
            now = f"({scope.id(BUDGET)} - {scope.id(ACTUAL)})"
            yield f"({now} - {before})"
            before = now
