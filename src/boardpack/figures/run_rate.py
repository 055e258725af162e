"""Run rates: how fast a variance grows, how fast it may grow from here, where it would land.

All are pounds a month or pounds, with the sign of a variance: negative is an overspend. What
happens once is no pace: it is taken out of the rates, and counted once in the straight line.
"""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_months
from boardpack.figures.scope import Scope

PER_MONTH = "GBP_PER_MONTH"
RELEASE = f"position.{ICB}.reserves.in_month_release"
EVEN = ("annual_budget", "ytd_budget", "ytd_actual")


@dataclass(frozen=True)
class Once:
    """What of a variance to date happens only once, as a formula with the sign of a variance.

    `is_new` says that all of it came in this month, as a release of this month did.
    """

    amount: str
    is_new: bool


def release_of(draft: Draft, scope: Scope) -> Once | None:
    """The reserves released this month, which are in the variance of the ICB as a whole."""
    is_whole = (scope.place, scope.line) == (ICB, "total")
    return Once(RELEASE, is_new=True) if is_whole and draft.has(RELEASE) else None


def run_rate_figures(draft: Draft, scope: Scope, once: Once | None = None) -> None:
    """The run rates of one line that has a year-to-date variance.

    average = variance to date / months to date; earlier and latest split it at the last released
    month that has the line; required = (forecast - variance to date) / months left. The straight
    line carries the average to the year end. What happens once is left out of the average and the
    latest, and is in the required rate on neither side.
    """
    if not draft.has(scope.id("ytd_variance")):
        return
    month = draft.paper.month
    pace = f"(ytd_variance - {once.amount})" if once else "ytd_variance"
    scope.derive("average_run_rate", f"{pace} / {month.number}", PER_MONTH)
    _since_released(draft, scope, once)
    year = scope.at(period=draft.year)
    year.derive("straight_line_variance", _straight_line(draft, scope, once))
    if draft.has(scope.id("forecast_variance")):
        year.derive("recovery_assumed", "forecast_variance - straight_line_variance")
        if month.months_left:
            formula = f"(forecast_variance - ytd_variance) / {month.months_left}"
            year.derive("required_run_rate", formula, PER_MONTH)


def _straight_line(draft: Draft, scope: Scope, once: Once | None) -> str:
    """The year's variance at the average month.

    Of an evenly phased budget it is the budget less the cost at its average month, which is the
    same but for rounding, and then is one amount with the straight line of the cost (`forecast`).
    """
    months = f"{MONTHS_IN_YEAR} / {draft.paper.month.number}"
    if once:
        return f"(ytd_variance - {once.amount}) * {months} + {once.amount}"
    if _is_even(draft, scope):
        return f"annual_budget - ytd_actual * {months}"
    return f"ytd_variance * {months}"


def _is_even(draft: Draft, scope: Scope) -> bool:
    """Whether the budget to date is the year's, month for month, as exactly as both are known.

    A budget is rounded twice, by the ledger for the month and by whoever prints it.
    """
    if not draft.has(*map(scope.id, EVEN)):
        return False
    annual, to_date = (draft.agreed(scope.id(measure)) for measure in EVEN[:2])
    number = draft.paper.month.number
    apart = abs(annual.value * number - to_date.value * MONTHS_IN_YEAR)
    doubts = (draft.register.margin(one.id) for one in (annual, to_date))
    of_year, of_months = (2 * doubt for doubt in doubts)
    return apart <= of_year * number + of_months * MONTHS_IN_YEAR


def _since_released(draft: Draft, scope: Scope, once: Once | None) -> None:
    now = scope.id("ytd_variance")
    for month in prior_months(draft):
        then = f"{now}.{month.code.lower()}"
        if draft.has(then):
            months = draft.paper.month.number - month.number
            new = f" - {once.amount}" if once and once.is_new else ""
            moved = f"({now} - {then}{new})"
            scope.derive("latest_run_rate", f"{moved} / {months}", PER_MONTH)
            scope.derive("earlier_run_rate", f"{then} / {month.number}", PER_MONTH)
            scope.derive("movement", f"{now} - {then}")
            return
