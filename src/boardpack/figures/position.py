"""Place position: nine directorates, year to date and forecast (ledger).

A place whose own position extract is not supplied takes its year to date from the budget overview,
and then has no forecast. Where the position is made from the ledger, every place has its own, the
central column too, and the ICB's year is their sum.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from boardpack.figures.declared import table_figures
from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_figures
from boardpack.figures.run_rate import RELEASE, release_of, run_rate_figures
from boardpack.figures.scope import Scope
from boardpack.schedules.load import own_schedule
from boardpack.sources.declared import read_schedule
from boardpack.sources.ledger import FILE as LEDGER
from boardpack.structure import CENTRAL, ICB

YTD = ("ytd_budget", "ytd_actual")
YEAR = ("annual_budget", "forecast_outturn")
FORECAST_VARIANCE = "annual_budget - forecast_outturn"


def position_figures(draft: Draft) -> None:
    """Budget and actual are read, variances and totals computed; earlier months stand beside."""
    prior_figures(draft, "position")
    draft.enter_stated("position")
    schedule = own_schedule("position")
    table_figures(draft, schedule)
    supplied = {row["place"] for row in read_schedule(draft.folder, schedule)}
    for place in (*draft.paper.report.places, ICB):
        if place not in supplied:
            _from_overview(draft, place)
    _icb_year(draft, supplied)
    _icb_forecast(draft)
    for place in (*draft.paper.report.places, ICB):
        _shares(draft, place)
        for line in (*draft.directorates(), "total"):
            scope = _scope(draft, place, line)
            run_rate_figures(draft, scope, release_of(draft, scope))
        _without_gains(draft, place)
    _before_release(draft)
    table_figures(draft, own_schedule("planned_surplus"))


def _from_overview(draft: Draft, place: str) -> None:
    for line, label in (*draft.directorates().items(), ("total", "Total")):
        scope = draft.scope("position", place, line, label)
        source = {m: f"overview.{place}.{line}.{m}" for m in (*YTD, "ytd_variance")}
        if draft.knows(*source.values()):
            for measure, identity in source.items():
                scope.derive(measure, identity)


def _icb_year(draft: Draft, supplied: Collection[str]) -> None:
    """The ICB's year, where the ledger gives the position of all its places and of the centre."""
    if not supplied or not draft.folder.has(LEDGER):
        return
    columns = (*draft.paper.report.places, CENTRAL)
    for line in (*draft.directorates(), "total"):
        scope = _scope(draft, ICB, line).at(period=draft.year)
        held = [scope.at(place=place) for place in columns]
        held = [one for one in held if draft.knows(*(one.id(measure) for measure in YEAR))]
        if held:  # a place that has neither has no such service
            for measure in YEAR:
                scope.total(measure, [one.id(measure) for one in held])
            scope.derive("forecast_variance", FORECAST_VARIANCE)


def _scope(draft: Draft, place: str, line: str) -> Scope:
    return draft.scope("position", place, line, draft.directorates().get(line, "Total"))


def _shares(draft: Draft, place: str) -> None:
    """Over- or underspend as a share of budget, in per cent, with the sign of the variance."""
    for line in (*draft.directorates(), "total"):
        scope = _scope(draft, place, line)
        for measure, parts, period in (
            ("ytd_variance_share", ("ytd_variance", "ytd_budget"), draft.month),
            ("forecast_variance_share", ("forecast_variance", "annual_budget"), draft.year),
        ):
            top, bottom = (scope.id(part) for part in parts)
            if draft.has(top, bottom) and draft.agreed(bottom).value > 0:
                scope.at(period=period).derive(measure, f"{top} / {bottom} * 100", "PCT")


def unspent_gains(draft: Draft, place: str) -> tuple[str, ...]:
    """Lines whose forecast gain is larger than their whole annual budget.

    Such a line is forecast to spend less than nothing: income or a release that the position does
    not name, so the paper shows the forecast with it and without it.
    """
    scope = draft.scope("position", place, "total")
    return tuple(
        line
        for line in draft.directorates()
        if draft.has(scope.at(line=line).id("forecast_variance"))
        and draft.agreed(scope.at(line=line).id("forecast_variance")).value
        > max(draft.agreed(scope.at(line=line).id("annual_budget")).value, Decimal(0))
    )


def _without_gains(draft: Draft, place: str) -> None:
    scope = _scope(draft, place, "total").at(period=draft.year)
    lines = unspent_gains(draft, place)
    if lines and draft.has(scope.id("forecast_variance")):
        gains = [scope.at(line=line).id("forecast_variance") for line in lines]
        scope.total("unexplained_gain_variance", gains)
        scope.derive(
            "underlying_forecast_variance", "forecast_variance - unexplained_gain_variance"
        )


def _icb_forecast(draft: Draft) -> None:
    """The ICB states its forecast in words, as an overspend: the variance has the other sign."""
    stated = "position.icb.total.forecast_overspend"
    scope = _scope(draft, ICB, "total").at(period=draft.year)
    if draft.has(stated) and not draft.knows(scope.id("forecast_variance")):
        scope.derive("forecast_variance", f"0 - {stated}")


def _before_release(draft: Draft) -> None:
    """The ICB's variance without the reserves released in the month (stated in the report)."""
    scope = _scope(draft, ICB, "total")
    if draft.has(RELEASE, scope.id("ytd_variance")):
        scope.derive("ytd_variance_before_release", f"ytd_variance - {RELEASE}")
