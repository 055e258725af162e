"""What became of earlier estimates: the amount then, the actual now, and whether its range held.

Only an estimate that an earlier paper carried is looked back on: one in a released register, or in
last month's `estimates.csv`. Amounts are pounds of cost: a positive difference is an actual above
the estimate.
"""

from __future__ import annotations

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_figure, published
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.reading.released import ReleasedFigure
from boardpack.subjects.estimates.extract import is_settled, last_estimates, read_estimates
from boardpack.subjects.estimates.scope import (
    CARE,
    CHAPTER,
    ENDS,
    MONTHS,
    TOTAL,
    estimate_scope,
    keyed_line,
    keyed_scope,
    lines_of,
)

Carried = dict[str, ReleasedFigure]
THEN, ACTUAL = "amount_then", "actual"


def look_backs(draft: Draft) -> None:
    """Look back on the computed estimates that released papers carried, the latest of each."""
    for month in draft.paper.compared:
        carried = {one.id: one for one in published(draft, month, CHAPTER)}
        for place in (*draft.paper.report.places, ICB):
            _prescribing(draft, place, month, carried)
            _care(draft, place, month, carried)


def _prescribing(draft: Draft, place: str, month: Month, carried: Carried) -> None:
    """The months that were estimated then: all that is known now, less what was known then.

    Only for a paper of the month to which the data now reach, because the months after it cannot
    be taken out of a year to date.
    """
    scope = estimate_scope(draft, place, MONTHS)
    known = scope.id("known")
    known_to = (draft.paper.month.start, draft.paper.run.prescribing_months_of_data)
    if (
        (month.start, month.number) == known_to
        and draft.has(known)
        and {known, scope.id("amount")} <= carried.keys()
    ):
        then = _carry(draft, carried[known], month)
        _of_released(draft, scope, month, carried, f"{known} - {then}")


def _care(draft: Draft, place: str, month: Month, carried: Carried) -> None:
    """The month's care as the packages tell it now: late starts, ends and rates are in."""
    scope = estimate_scope(draft, place, CARE)
    now = f"chc.{place}.all_clients.cost_in_month.{month.suffix_in(draft.paper.month)}"
    if draft.has(now) and scope.id("amount") in carried:
        _of_released(draft, scope, month, carried, now)


def _of_released(draft: Draft, scope: Scope, month: Month, carried: Carried, actual: str) -> None:
    if draft.has(scope.id(ACTUAL)):
        return
    then = scope.at(period=month.period)
    for measure in ("amount", *ENDS):
        if scope.id(measure) in carried:
            then.derive(f"{measure}_then", _carry(draft, carried[scope.id(measure)], month))
    then.at(is_estimate=False).derive(ACTUAL, actual)
    _conclude(draft, then)


def _carry(draft: Draft, released: ReleasedFigure, month: Month) -> str:
    """The id of a released figure in the register, entered where it is not there yet."""
    figure = prior_figure(draft.paper, released, month)
    if draft.register.find(figure.id) is None:
        draft.register.add(figure)
    return figure.id


def keyed_look_back(draft: Draft) -> None:
    """Look back on what the team keyed and now knows.

    The amount is the one that was carried: last month's file, else the latest released register,
    else what the row itself repeats. Where both are there, a check holds them together.
    """
    last = last_estimates(draft.folder)
    before = {row["ref"]: row for row in last or ()}
    for row in read_estimates(draft.folder):
        if is_settled(row):
            scope = keyed_scope(draft, row)
            _then(draft, scope, row, before.get(row["ref"]))
            scope.at(is_estimate=False).read(ACTUAL, row.amounts[ACTUAL])
            _conclude(draft, scope)


def _then(draft: Draft, scope: Scope, row: Row, before: Row | None) -> None:
    month = draft.paper.month.earlier(1)
    if before is not None and keyed_line(before) == scope.line and before["place"] == scope.place:
        suffix = month.suffix_in(draft.paper.month)
        earlier = scope.at(suffix=suffix, period=month.period)
        for measure in ("amount", *ENDS):
            if earlier.read(measure, before.amounts.get(measure)) is not None:
                _repeat(scope, measure, earlier.id(measure), row)
        return
    for month in draft.paper.compared:
        carried = {one.id: one for one in published(draft, month, CHAPTER)}
        if scope.id("amount") in carried:
            for measure in ("amount", *ENDS):
                if scope.id(measure) in carried:
                    _repeat(scope, measure, _carry(draft, carried[scope.id(measure)], month), row)
            return
    for measure in ("amount", *ENDS):
        scope.read(f"{measure}_then", row.amounts.get(measure))


def _repeat(scope: Scope, measure: str, carried: str, row: Row) -> None:
    scope.derive(f"{measure}_then", carried, printed=row.amounts.get(measure))


def _conclude(draft: Draft, scope: Scope) -> None:
    """How far the actual lies from the estimate, and by how much beyond its range (nil: within)."""
    told = scope.at(is_estimate=False)
    told.derive("difference", f"{ACTUAL} - {THEN}")
    if draft.agreed(scope.id(THEN)).value > 0:
        told.derive("difference_share", f"{scope.id('difference')} / {THEN} * 100", "PCT")
    if draft.has(*(scope.id(f"{end}_then") for end in ENDS)):
        told.derive("beyond_range", f"max(0, low_then - {ACTUAL}, {ACTUAL} - high_then)")


def total_look_back(draft: Draft, place: str) -> None:
    """All that a place looks back on, together."""
    lines = lines_of(draft, place, ACTUAL)
    if not lines:
        return
    scope = estimate_scope(draft, place, TOTAL, "estimates now known")
    for measure in (THEN, ACTUAL):
        scope.at(is_estimate=measure == THEN).total(measure, [f"{x}.{measure}" for x in lines])
    _conclude(draft, scope)
