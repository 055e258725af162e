"""Efficiency schemes: what each place must save, what it has found, what it has delivered.

Savings run the other way from spending: variance = actual - plan and unidentified = identified -
requirement, so a shortfall and a gap are negative, and more than asked for is positive.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_figures
from boardpack.figures.scope import Scope
from boardpack.periods import MONTHS_IN_YEAR
from boardpack.sources.efficiency_schemes import read_efficiency_schemes
from boardpack.sources.extract import Row
from boardpack.structure import ICB

BASIS = "savings tracker"
VARIANCE = "ytd_actual - ytd_plan"
UNIDENTIFIED = "identified - annual_requirement"
PER_MONTH = "GBP_PER_MONTH"
PRIOR = "_prior_month"


def efficiency_figures(draft: Draft) -> None:
    """Enter requirement, plan, actual and last month's gap of each place; compute the rest.

    The ICB is the sum of its places. Gaps and surpluses are also added apart, because one place's
    surplus of schemes hides another's gap in the ICB total.
    """
    rows = {row["place"]: row for row in read_efficiency_schemes(draft.folder)}
    places = [place for place in draft.paper.report.places if place in rows]
    if not places:
        return
    prior_figures(draft, "efficiency")
    for place in places:
        _inputs(draft, place, rows[place])
    _sums(draft, places, rows.get(ICB))
    for place in (*places, ICB):
        _shares(draft, place)
        enter_rates(draft, _scope(draft, place), "annual_requirement")
    _sides(draft, places)
    draft.enter_stated("efficiency")


def _scope(draft: Draft, place: str, period: str | None = None, line: str = "total") -> Scope:
    label = f"{draft.paper.report.place_name(place)} efficiency savings"
    return draft.scope("efficiency", place, line, label, basis=BASIS, period=period)


def _periods(draft: Draft) -> dict[str, str]:
    before = draft.paper.month.earlier(1).period
    return {
        "annual_requirement": draft.year,
        "identified": draft.year,
        "unidentified": draft.year,
        "unidentified_prior_month": before,
        "ytd_plan": draft.month,
        "ytd_actual": draft.month,
        "ytd_variance": draft.month,
        "ytd_variance_prior_month": before,
    }


_COMPUTED = {"unidentified": UNIDENTIFIED, "ytd_variance": VARIANCE}


def _inputs(draft: Draft, place: str, row: Row) -> None:
    for measure, period in _periods(draft).items():
        scope = _scope(draft, place, period)
        if measure in _COMPUTED:
            scope.derive(measure, _COMPUTED[measure], printed=row.amounts.get(measure))
        elif scope.read(measure, row.amounts.get(measure)) is None:
            _as_released(draft, scope, measure)
    _movements(draft, place)


def _as_released(draft: Draft, scope: Scope, measure: str) -> None:
    """Last month's measure as the papers of that month released it; no year goes on in the next."""
    now = draft.paper.month
    before = now.earlier(1)
    released = f"{scope.id(measure.removesuffix(PRIOR))}.{before.suffix_in(now)}"
    if before.start == now.start and measure.endswith(PRIOR) and draft.has(released):
        scope.derive(measure, released)


def _sums(draft: Draft, places: Sequence[str], row: Row | None) -> None:
    printed = row.amounts if row else {}
    for measure, period in _periods(draft).items():
        scope = _scope(draft, ICB, period)
        if measure in _COMPUTED:
            scope.derive(measure, _COMPUTED[measure], printed=printed.get(measure))
        else:
            addends = [scope.at(place=place).id(measure) for place in places]
            if not measure.endswith(PRIOR) or draft.has(*addends):  # last month may have had none
                scope.total(measure, addends, printed=printed.get(measure))
    _movements(draft, ICB)


def _movements(draft: Draft, place: str) -> None:
    """How the gap and the variance moved since last month; a rise is better."""
    scope = _scope(draft, place)
    for measure in _COMPUTED:
        if draft.has(scope.id(f"{measure}{PRIOR}")):
            scope.derive(f"{measure}_movement", f"{measure} - {measure}{PRIOR}")


def _shares(draft: Draft, place: str) -> None:
    scope = _scope(draft, place)
    for measure, top, bottom in (
        ("identified_share", "identified", "annual_requirement"),
        ("ytd_delivery_share", "ytd_actual", "ytd_plan"),
        ("ytd_plan_share", "ytd_plan", "annual_requirement"),
    ):
        enter_share(draft, scope, measure, top, bottom)


def enter_share(draft: Draft, scope: Scope, measure: str, top: str, bottom: str) -> None:
    """Enter one measure of a scope as a percentage of another; nothing where that one is nil."""
    below = scope.id(bottom)
    if draft.has(scope.id(top), below) and draft.agreed(below).value:
        scope.derive(measure, f"{top} / {bottom} * 100", "PCT")


def enter_rates(draft: Draft, scope: Scope, goal: str) -> None:
    """Enter the savings a month so far, and the average that would reach `goal` by the year's end.

    Both are pounds a month; in the last month of the year there is no rest of the year to average.
    The share of the year that has gone stands beside them, to hold the plan's phasing against.
    """
    month = draft.paper.month
    if not draft.has(scope.id("ytd_actual"), scope.id(goal)):
        return
    scope.derive("year_elapsed_share", f"{month.number} / {MONTHS_IN_YEAR} * 100", "PCT")
    scope.derive("monthly_rate_to_date", f"ytd_actual / {month.number}", PER_MONTH)
    if month.number < MONTHS_IN_YEAR:
        needed = f"({goal} - ytd_actual) / {month.months_left}"
        scope.at(period=draft.year).derive("monthly_rate_needed", needed, PER_MONTH)


def _sides(draft: Draft, places: Sequence[str]) -> None:
    """The places below nil and those above it, each added apart (the two sum to the ICB)."""
    for measure, below, above in (
        ("unidentified", "places_with_a_gap", "places_above_requirement"),
        ("ytd_variance", "places_behind_plan", "places_ahead_of_plan"),
    ):
        period = _periods(draft)[measure]
        ids = [_scope(draft, place).id(measure) for place in places]
        for line, choose in ((below, "min"), (above, "max")):
            label = f"Efficiency savings, {line.replace('_', ' ')}"
            scope = _scope(draft, ICB, period, line).at(line_label=label)
            scope.derive(measure, " + ".join(f"{choose}({one}, 0)" for one in ids))
