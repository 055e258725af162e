"""Risks with amounts, the outturn with them, and the position without what happens only once.

A risk's amounts are costs in pounds: positive is adverse. Weighted is gross x probability; net is
what the mitigation leaves of it, never below nil. Variances are budget less actual.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.forecast.past import TOTAL, scope_of
from boardpack.subjects.forecast.risks_extract import (
    BEST,
    GROSS,
    MITIGATION,
    PROBABILITY,
    WORST,
    read_risks,
)

RISKS = "risks"
WEIGHTED, NET = "weighted", "net"
SUMMED = (GROSS, WEIGHTED, MITIGATION, NET)
ADJUSTED, UNDERLYING = "risk_adjusted_variance", "underlying_variance"
ENDS = {BEST: "risks_at_best_variance", WORST: "risks_at_worst_variance"}
"""The outturn if every risk came, at its least or at its most: the ends, not an expectation."""
ONCE = {
    "unexplained_gain_variance": "position.{place}.total.unexplained_gain_variance",
    "non_recurrent_savings": "savings.{place}.non_recurrent.full_year_plan",
    "reserve_release": "position.{place}.reserves.in_month_release",
}
"""What does not recur, by measure: an amount that betters this year's forecast."""


def risk_figures(draft: Draft, place: str) -> None:
    """Enter each risk of a place that has amounts, their sums, and the outturn with the net.

    A year that is over has no outturn to adjust.
    """
    rows = [row for row in read_risks(draft.folder).only(place=place) if GROSS in row.amounts]
    for row in rows:
        _risk(draft, place, row)
    if not rows:
        return
    total = _scope(draft, place, RISKS, "risks together")
    for measure in SUMMED:
        parts = [_of(draft, place, row).id(measure) for row in rows]
        if measure == MITIGATION:  # a risk may have none
            parts = [one for one in parts if draft.has(one)]
        if parts:
            total.total(measure, parts)
    year = scope_of(draft, place, TOTAL)
    forecast = f"position.{place}.total.forecast_variance"
    at_ends = [end for end in ENDS if all(end in row.amounts for row in rows)]
    for end in at_ends:
        total.total(end, [_of(draft, place, row).id(end) for row in rows])
    if draft.has(forecast) and draft.paper.month.months_left:
        year.derive(ADJUSTED, f"{forecast} - {total.id(NET)}")
        for end in at_ends:
            year.derive(ENDS[end], f"{forecast} - {total.id(end)}")


def risk_line(row: Row) -> str:
    """The line of a risk's figures."""
    return f"risk_{slug(row['ref'])}"


def _of(draft: Draft, place: str, row: Row) -> Scope:
    return _scope(draft, place, risk_line(row), f"risk {row['ref']}")


def _scope(draft: Draft, place: str, line: str, label: str) -> Scope:
    name = draft.paper.report.place_name(place)
    return scope_of(draft, place, line).at(line_label=f"{name}, {label}", basis=RISKS)


def _risk(draft: Draft, place: str, row: Row) -> None:
    scope = _of(draft, place, row)
    for measure in (GROSS, PROBABILITY, MITIGATION, BEST, WORST):
        scope.read(measure, row.amounts.get(measure))
    scope.derive(WEIGHTED, f"{GROSS} * {PROBABILITY} / 100")
    has_mitigation = draft.has(scope.id(MITIGATION))
    scope.derive(NET, f"max(0, {WEIGHTED} - {MITIGATION})" if has_mitigation else WEIGHTED)


def underlying_figures(draft: Draft, place: str) -> None:
    """Enter what betters the forecast once only, and the forecast variance without it."""
    scope = scope_of(draft, place, TOTAL)
    forecast = f"position.{place}.total.forecast_variance"
    if not draft.has(forecast):
        return
    _savings_of_all(draft, scope)
    for measure, name in ONCE.items():
        source = name.format(place=place)
        if draft.has(source):
            scope.derive(measure, source)
    known = [scope.id(measure) for measure in ONCE if draft.has(scope.id(measure))]
    if known:
        scope.derive(UNDERLYING, " - ".join([forecast, *known]))


def _savings_of_all(draft: Draft, scope: Scope) -> None:
    """The ICB's non-recurrent savings, where every place's are known."""
    name = ONCE["non_recurrent_savings"]
    parts = [name.format(place=place) for place in draft.paper.report.places]
    if scope.place == ICB and draft.has(*parts) and not draft.has(name.format(place=ICB)):
        scope.total("non_recurrent_savings", parts)
