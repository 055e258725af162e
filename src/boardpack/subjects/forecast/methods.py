"""Forecasts of a year's cost by rule, and each rule tried on past years.

Rules, in pounds of the year's cost (formulas over figures):

- straight line: cost to date x 12 / months to date;
- profile: cost to date x 100 / the share of the year that is spent by this month, in per cent, on
  average over past years, or by NHSBSA's profiles for prescribing without them;
- run rate: cost to date + the monthly cost since the last released paper x months left.

Tried on a past year, a rule is given what was known in the same month. Its error is its forecast
less the outturn, in per cent of the outturn: above nil it forecast too much. A profile is tried
with the years before only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.figures.draft import Draft
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.scope import Scope
from boardpack.subjects.forecast.past import (
    ACTUAL,
    FORECAST,
    HORIZONS,
    SHARE,
    TOTAL,
    is_above_nil,
    mean_of,
    past_scope,
    scope_of,
)

STRAIGHT, PROFILE, RUN_RATE, TEAM = "straight_line", "profile", "run_rate", "team"
RULES = (STRAIGHT, PROFILE, RUN_RATE)
ERROR, MEAN_ERROR, CASES = "error", "error_mean", "cases"
LOW, HIGH = "low", "high"
FEWEST = 3
"""Past years that a range should rest on, where any rule has them."""


@dataclass(frozen=True)
class Case:
    """What a rule would have forecast in a past year, as a formula, and how the year ended."""

    year: str
    forecast: str
    outturn: str


def straight_line(actual: str, number: int) -> str:
    """The formula of the straight line.

    >>> straight_line("position.icb.total.ytd_actual", 6)
    'position.icb.total.ytd_actual * 12 / 6'
    """
    return f"{actual} * {MONTHS_IN_YEAR} / {number}"


def by_profile(actual: str, share: str) -> str:
    """The formula of the profile; the share is in per cent.

    >>> by_profile("position.icb.total.ytd_actual", "prescribing.icb.profile.share")
    'position.icb.total.ytd_actual * 100 / (prescribing.icb.profile.share)'
    """
    return f"{actual} * 100 / ({share})"


def at_run_rate(actual: str, earlier: str, number: int, since: int) -> str:
    """The formula of the run rate of the last `since` months.

    >>> at_run_rate("position.icb.total.ytd_actual", "position.icb.total.ytd_actual.m03", 6, 3)
    'position.icb.total.ytd_actual + (position.icb.total.ytd_actual -
    position.icb.total.ytd_actual.m03) / 3 * 6'
    """
    left = MONTHS_IN_YEAR - number
    return f"{actual} + ({actual} - {earlier}) / {since} * {left}"


@dataclass(frozen=True)
class Trial:
    """The trials of a line's rules in one month of the past years; `since` as in the run rate."""

    draft: Draft
    place: str
    line: str
    years: tuple[str, ...]
    number: int
    since: int

    def cases(self, rule: str) -> list[Case]:
        """The past years in which a rule could have been used, the earliest first."""
        make: Callable[[int], str] = {
            STRAIGHT: self._straight,
            PROFILE: self._profile,
            RUN_RATE: self._run_rate,
            TEAM: self._team,
        }[rule]
        found = []
        for place, year in enumerate(self.years):
            outturn = self.at(year, MONTHS_IN_YEAR).id(ACTUAL)
            forecast = make(place) if self.draft.has(outturn) else ""
            if forecast and self._is_sound(forecast, outturn):
                found.append(Case(year, forecast, outturn))
        return found

    def at(self, year: str, number: int) -> Scope:
        """The line in a month of a past year."""
        return past_scope(self.draft, self.place, self.line, year, number)

    def _is_sound(self, forecast: str, outturn: str) -> bool:
        values = {name: self.draft.agreed(name).value for name in operands(forecast)}
        return is_above_nil(self.draft, outturn) and evaluate(forecast, values) > 0

    def _actual(self, place: int, number: int) -> str:
        identity = self.at(self.years[place], number).id(ACTUAL)
        return identity if self.draft.has(identity) else ""

    def _straight(self, place: int) -> str:
        actual = self._actual(place, self.number)
        return straight_line(actual, self.number) if actual else ""

    def _profile(self, place: int) -> str:
        actual = self._actual(place, self.number)
        before = [self.at(year, self.number).id(SHARE) for year in self.years[:place]]
        known = [share for share in before if self.draft.has(share)]
        return by_profile(actual, mean_of(known)) if actual and known else ""

    def _run_rate(self, place: int) -> str:
        if self.since < 1 or self.since >= self.number:
            return ""
        now, then = (self._actual(place, n) for n in (self.number, self.number - self.since))
        return at_run_rate(now, then, self.number, self.since) if now and then else ""

    def _team(self, place: int) -> str:
        measure = ACTUAL if self.number == MONTHS_IN_YEAR else FORECAST
        identity = self.at(self.years[place], self.number).id(measure)
        return identity if self.draft.has(identity) else ""


def error_figures(trial: Trial, scope: Scope) -> dict[str, list[Case]]:
    """Enter how far each rule was out on average, and of the total each year; the cases by rule."""
    found = {rule: trial.cases(rule) for rule in (*RULES, TEAM)}
    for rule, cases in found.items():
        if cases:
            _mean_error(scope, rule, cases)
        for case in cases if trial.line == TOTAL else ():
            at = trial.at(case.year, trial.number)
            at.derive(f"{rule}_{ERROR}", f"{_error(case)} * 100", "PCT")
    return found


def _error(case: Case) -> str:
    return f"(({case.forecast}) / {case.outturn} - 1)"


def _mean_error(scope: Scope, rule: str, cases: list[Case], tail: str = "") -> None:
    sizes = " + ".join(f"abs{_error(case)}" for case in cases)
    scope.derive(f"{rule}_{MEAN_ERROR}{tail}", f"({sizes}) / {len(cases)} * 100", "PCT")
    scope.derive(f"{rule}_{CASES}{tail}", str(len(cases)), "COUNT")


def range_figures(draft: Draft, scope: Scope, tried: dict[str, list[Case]]) -> None:
    """Where the year may end: the nearest rule's forecast, moved by the errors it has made.

    Each past year divides outturn by forecast; the least and the greatest of these times this
    year's forecast are the ends of the range, which holds the forecast itself. The nearest
    rule has the least mean error of those with enough past years; the team's own forecast is held
    against it and so is none of them.
    """
    rule = _nearest(draft, scope, tried)
    if rule is not None:
        ratios = ", ".join(f"{case.outturn} / ({case.forecast})" for case in tried[rule])
        for measure, pick in ((LOW, "min"), (HIGH, "max")):
            scope.derive(measure, f"{rule} * {pick}(1, {ratios})")


def _nearest(draft: Draft, scope: Scope, tried: dict[str, list[Case]]) -> str | None:
    usable = [rule for rule in RULES if tried[rule] and draft.has(scope.id(rule))]
    usable = [rule for rule in usable if is_above_nil(draft, scope.id(rule))]
    enough = [rule for rule in usable if len(tried[rule]) >= FEWEST] or usable

    def error(rule: str) -> Decimal:
        return draft.agreed(scope.id(f"{rule}_{MEAN_ERROR}")).value

    return min(enough, key=error, default=None)


def horizon_figures(draft: Draft, place: str, years: Sequence[str]) -> None:
    """The mean error of each rule on the total in other months of the year."""
    for number in HORIZONS:
        if number != draft.paper.month.number:
            trial = Trial(draft, place, TOTAL, tuple(years), number, 1)
            for rule in (*RULES, TEAM):
                if cases := trial.cases(rule):
                    scope = scope_of(draft, place, TOTAL)
                    _mean_error(scope, rule, cases, horizon(number))


def horizon(number: int) -> str:
    """What tells the error in another month of the year from that in the paper's own: `_m03`.

    >>> horizon(3)
    '_m03'
    """
    return f"_m{number:02d}"
