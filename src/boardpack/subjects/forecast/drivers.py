"""Forecasts from what drives the cost: medicines and packages of care.

Prescribing: (spend to date - the prior-year item) carried to the year's end + the prior-year item,
which comes once; + what prices add to the months left above their average to date; + what the
ledger has beside the prescribing bill, on the straight line.

Continuing care: cost to date + client-weeks now x price x days left; + what the ledger has beside
the packages, on the straight line. Pounds of the year's cost.
"""

from __future__ import annotations

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.from_packages import month_days

DRIVEN = "driver_based"
PRESCRIBING, CARE = "prescribing", "continuing_care"
"""The roles of the directorates whose cost has drivers that are known."""


def driver_figure(draft: Draft, scope: Scope) -> None:
    """Enter the driver-based forecast of a line that has one and whose drivers are known."""
    formula = ""
    if scope.line == draft.line(PRESCRIBING):
        formula = _prescribing(draft, scope)
    if scope.line == draft.line(CARE):
        formula = _care(draft, scope)
    if formula:
        scope.derive(DRIVEN, formula)


def _prescribing(draft: Draft, scope: Scope) -> str:
    month = draft.paper.month
    actual = f"position.{scope.place}.{scope.line}.ytd_actual"
    spend = f"prescribing.{scope.place}.ppa.ytd_spend"
    prior = f"prescribing.{scope.place}.prior_year.ytd_spend"
    if not draft.has(actual, spend):
        return ""
    carried = f"{spend} - {prior}" if draft.has(prior) else spend
    share = scope.id("profile_share")
    whole = f"100 / {share}" if draft.has(share) else f"{MONTHS_IN_YEAR} / {month.number}"
    parts = [f"({carried}) * {whole}", *([prior] if draft.has(prior) else [])]
    prices = f"prescribing_items.{scope.place}.cat_m_ncso.latest_month_difference"
    if draft.has(prices):
        parts.append(f"{prices} * {month.months_left}")
    parts.append(f"({actual} - {spend}) * {MONTHS_IN_YEAR} / {month.number}")
    return " + ".join(parts)


def _care(draft: Draft, scope: Scope) -> str:
    month = draft.paper.month
    actual = f"position.{scope.place}.{scope.line}.ytd_actual"
    clients = f"chc.{scope.place}.all_clients"
    weeks, price = f"{clients}.client_weeks", f"{clients}.average_weekly_price"
    accrued = f"chc.{scope.place}.accrued.ytd_actual"
    if not draft.has(actual, weeks, price, accrued):
        return ""
    first, last = month_days(month)
    left = (month_days(Month(month.start, MONTHS_IN_YEAR))[1] - last).days
    now = f"{weeks} * {price} / {(last - first).days + 1} * {left}"
    rest = f"({actual} - {accrued}) / {month.number} * {month.months_left}"
    return f"{actual} + {now} + {rest}"
