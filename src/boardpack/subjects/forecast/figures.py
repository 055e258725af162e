"""The year's cost forecast in several ways, beside the team's own, and how far each may be out.

Every place and the ICB whose forecast is supplied has, by directorate and in total, the team's
forecast, the straight line, the profile and the run rate (`methods`), and for medicines
and care what their drivers lead to (`drivers`). All are pounds of the year's cost; a gap
is the team's forecast less a rule's, so that below nil the team expects to spend less.
"""

from __future__ import annotations

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_months
from boardpack.figures.scope import Scope
from boardpack.subjects.forecast.drivers import DRIVEN, PRESCRIBING, driver_figure
from boardpack.subjects.forecast.methods import (
    HIGH,
    LOW,
    PROFILE,
    RULES,
    RUN_RATE,
    STRAIGHT,
    TEAM,
    Trial,
    at_run_rate,
    by_profile,
    error_figures,
    horizon_figures,
    range_figures,
    straight_line,
)
from boardpack.subjects.forecast.past import (
    SHARE,
    TOTAL,
    mean_of,
    past_figures,
    past_scope,
    scope_of,
)
from boardpack.subjects.forecast.rates import required_rate_figures
from boardpack.subjects.forecast.risks_figures import risk_figures, underlying_figures
from boardpack.subjects.prescribing.profiles_extract import read_prescribing_profiles

METHODS = (*RULES, DRIVEN)
PROFILE_SHARE, NHSBSA_SHARE = "profile_share", "nhsbsa_share"


def forecast_figures(draft: Draft) -> None:
    """Enter the forecasts of each line, what past years say of them, risks and run rates."""
    places = (*draft.paper.report.places, ICB)
    number = draft.paper.month.number
    since = _months_since(draft)
    years = past_figures(draft, {number, number - since})
    for place in places:
        for line in (*draft.directorates(), TOTAL):
            scope = scope_of(draft, place, line).at(is_estimate=True)
            if draft.has(_position(scope, "ytd_actual"), _position(scope, "forecast_outturn")):
                _line(draft, scope, years, since)
        risk_figures(draft, place)
        if draft.has(scope_of(draft, place, TOTAL).id(TEAM)):
            horizon_figures(draft, place, years)
            underlying_figures(draft, place)
            required_rate_figures(draft, place, years)


def _position(scope: Scope, measure: str) -> str:
    return f"position.{scope.place}.{scope.line}.{measure}"


def _months_since(draft: Draft) -> int:
    """Months since the last released paper whose cost to date is known; 0 where none is."""
    for month in prior_months(draft):
        total = f"position.{draft.paper.place}.{TOTAL}.ytd_actual.{month.code.lower()}"
        if draft.has(total):
            return draft.paper.month.number - month.number
    return 0


def _line(draft: Draft, scope: Scope, years: tuple[str, ...], since: int) -> None:
    number, actual = draft.paper.month.number, _position(scope, "ytd_actual")
    scope.at(is_estimate=False).derive(TEAM, _position(scope, "forecast_outturn"))
    scope.derive(STRAIGHT, straight_line(actual, number))
    _profile(draft, scope, years, actual)
    _run_rate(draft, scope, actual)
    driver_figure(draft, scope)
    _beside_team(draft, scope)
    if years:
        trial = Trial(draft, scope.place, scope.line, years, number, since)
        tried = error_figures(trial, scope)
        range_figures(draft, scope, tried)
        _team_in_range(draft, scope)


def _profile(draft: Draft, scope: Scope, years: tuple[str, ...], actual: str) -> None:
    number = draft.paper.month.number
    past = [past_scope(draft, scope.place, scope.line, y, number).id(SHARE) for y in years]
    known = [share for share in past if draft.has(share)]
    if not known and scope.line == draft.line(PRESCRIBING):
        known = _nhsbsa(draft, scope)
    if known:
        share = scope.derive(PROFILE_SHARE, mean_of(known), "PCT")
        if share.value > 0:
            scope.derive(PROFILE, by_profile(actual, share.id))


def _nhsbsa(draft: Draft, scope: Scope) -> list[str]:
    """NHSBSA's share of each year that it has published, which belongs to no place."""
    found = []
    for row in read_prescribing_profiles(draft.folder).only(month=draft.paper.month.code):
        period = f"{row['financial_year']} {row['month']}"
        label = "NHSBSA prescribing profile"
        at = scope_of(draft, ICB, draft.line(PRESCRIBING), period).at(
            basis="nhsbsa", line_label=label
        )
        if row["financial_year"] < draft.year:
            if not draft.has(at.id(NHSBSA_SHARE)):
                at.read(NHSBSA_SHARE, row.amounts["cumulative"])
            found.append(at.id(NHSBSA_SHARE))
    return found


def _run_rate(draft: Draft, scope: Scope, actual: str) -> None:
    """The monthly cost since the last released paper; its monthly variance where only that is told.

    On variances the rest of the year's budget is spent too: budget - (variance to date + monthly
    variance x months left).
    """
    number = draft.paper.month.number
    for month in prior_months(draft):
        earlier = f"{actual}.{month.code.lower()}"
        if draft.has(earlier):
            since = number - month.number
            scope.derive(RUN_RATE, at_run_rate(actual, earlier, number, since))
            return
    budget, variance, rate = (
        _position(scope, measure)
        for measure in ("annual_budget", "ytd_variance", "latest_run_rate")
    )
    if draft.has(budget, variance, rate):
        left = MONTHS_IN_YEAR - number
        scope.derive(RUN_RATE, f"{budget} - ({variance} + {rate} * {left})")


def _beside_team(draft: Draft, scope: Scope) -> None:
    """The variance that each forecast leads to, and the team's forecast less each rule's."""
    budget = _position(scope, "annual_budget")
    for method in (TEAM, *METHODS):
        if draft.has(scope.id(method)):
            if draft.has(budget):
                scope.derive(f"{method}_variance", f"{budget} - {method}")
            if method != TEAM:
                scope.derive(f"{method}_gap", f"{TEAM} - {method}")


def _team_in_range(draft: Draft, scope: Scope) -> None:
    """Variances at the ends of the range, and where in it the team is: 0% lowest, 100% highest."""
    low, high = scope.id(LOW), scope.id(HIGH)
    budget = _position(scope, "annual_budget")
    if scope.line != TOTAL or not draft.has(low, high):
        return
    if draft.has(budget):
        for end in (LOW, HIGH):
            scope.derive(f"{end}_variance", f"{budget} - {end}")
    if draft.agreed(high).value > draft.agreed(low).value:
        scope.derive("team_in_range", f"({TEAM} - {LOW}) / ({HIGH} - {LOW}) * 100", "PCT")
