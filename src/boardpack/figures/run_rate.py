"""Run rates: how fast a variance grows, how fast it may grow from here, where it would land.

All are pounds a month or pounds, with the sign of a variance: negative is an overspend.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_months
from boardpack.figures.scope import Scope
from boardpack.periods import MONTHS_IN_YEAR

PER_MONTH = "GBP_PER_MONTH"


def run_rate_figures(draft: Draft, scope: Scope) -> None:
    """The run rates of one line that has a year-to-date variance.

    average = variance to date / months to date; earlier and latest split it at the last released
    month that has the line; required = (forecast - variance to date) / months left; the straight
    line carries the average to the year end (domain rule: variance x 12 / month).
    """
    if not draft.has(scope.id("ytd_variance")):
        return
    month = draft.paper.month
    scope.derive("average_run_rate", f"ytd_variance / {month.number}", PER_MONTH)
    _since_released(draft, scope)
    year = scope.at(period=draft.year)
    year.derive("straight_line_variance", f"ytd_variance * {MONTHS_IN_YEAR} / {month.number}")
    if draft.has(scope.id("forecast_variance")):
        year.derive("recovery_assumed", "forecast_variance - straight_line_variance")
        if month.months_left:
            formula = f"(forecast_variance - ytd_variance) / {month.months_left}"
            year.derive("required_run_rate", formula, PER_MONTH)


def _since_released(draft: Draft, scope: Scope) -> None:
    now = scope.id("ytd_variance")
    for month in prior_months(draft):
        then = f"{now}.{month.code.lower()}"
        if draft.has(then):
            months = draft.paper.month.number - month.number
            scope.derive("latest_run_rate", f"({now} - {then}) / {months}", PER_MONTH)
            scope.derive("earlier_run_rate", f"{then} / {month.number}", PER_MONTH)
            scope.derive("movement", f"{now} - {then}")
            return
