"""Movements since the last released papers, and prior-month figures that have been restated.

A movement is this month's figure less the one last released, in the figure's own unit: a variance
that falls (more overspent) has a negative movement. Only what a paper shows or may say has one, so
that earlier registers do not double each later one. Where the register holds what moved it, the
movement has parts, and `rest` is what no part explains. A restatement is what this month's extracts
say of an earlier month, less what was released for that month; it is nil where nothing was changed.
Where an estimate was released, that difference is a re-estimate, which is no restatement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.prior import prior_figure, published, said_again
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.reading.released import ReleasedFigure

CHAPTER = "movements"
MOVEMENT, RESTATEMENT, RE_ESTIMATE = "movement", "restatement", "re_estimate"
PACE, RELEASES, REST = "at_earlier_pace", "releases", "rest"
LIMIT_PARTS = {
    "allocations": "resource_limit.{}.allocations.allocation.{}",
    "adjustments": "resource_limit.{}.internal_adjustments.internal_adjustment.{}",
}
BUDGETS = ("annual_budget", "budget")
LIMITED = ("position", "resource_limit")
"""The chapters whose total budget is a place's share of the revenue resource limit."""
CARRIED_ON = {
    "position": ("annual_budget", "forecast_outturn"),
    "overview": ("annual_budget", "forecast_outturn"),
    "resource_limit": ("budget",),
    "corporate": ("annual_allowance", "annual_budget", "forecast_outturn"),
    "prescribing": ("annual_budget", "forecast_outturn"),
    "chc": ("clients", "average_price", "average_weekly_price", "client_weeks", "cost_in_month"),
    "mental_health": ("forecast_target", "forecast_outturn"),
    "section75": ("icb", "council", "total"),
    "efficiency": ("annual_requirement",),
    "cash": ("month_end_balance",),
    "providers": ("annual_forecast",),
}
"""What a month of another year can be compared with, by chapter: levels of a year or of a month.

All else is counted from April, or is a variance from a budget that is over, and begins anew.
"""
OF_A_PAPER = (CHAPTER, "assurance", "control", "estimates", "scenario")
"""The chapters whose figures tell of one paper, not of a place: they have no predecessor."""
_SIMPLE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+){3}")


@dataclass(frozen=True)
class Restated:
    """A released figure that this month's extracts state again; `id` is that of the difference.

    `is_same_source` says that the earlier register itself took it from this month's extracts.
    """

    id: str
    differs: bool
    is_same_source: bool


def movements_figures(draft: Draft) -> None:
    """Enter each movement once, and how many prior-month figures were compared and restated."""
    restated = movements_of(draft)
    if restated:
        _counts(draft, restated)


def movements_of(draft: Draft) -> list[Restated]:
    """Enter the movements that a paper asks for, each against the latest month with the figure.

    Gives the restatements, those that are nil too.
    """
    restated: list[Restated] = []
    compared = set[tuple[str, str]]()
    here = {figure.chapter for figure in draft.register}.difference(OF_A_PAPER)
    for month in draft.paper.compared:
        for released in published(draft, month):
            if released.id.split(".", 1)[0] not in here:
                continue
            level = (released.place, _line(released))
            if level not in compared and _is_comparable(draft, released, month):
                compared.add(level)
                if _is_asked(draft, released):
                    _movement(draft, released, month)
            restated += _restatement(draft, released, month)
    return restated


def moved_chapters(register: Register) -> dict[str, str]:
    """The chapter whose figure the movements of a line tell of, by how their ids begin."""
    told = (MOVEMENT, RESTATEMENT, RE_ESTIMATE)
    return {
        line_of(figure.id): operands(figure.formula)[0].split(".", 1)[0]
        for figure in (*register, *register.suppressed)
        if figure.chapter == CHAPTER and figure.measure in told and figure.formula
    }


def line_of(identity: str) -> str:
    """The chapter, the place and the line of an id.

    >>> line_of("position.bromley.acute.ytd_variance.m05")
    'position.bromley.acute'
    """
    return ".".join(identity.split(".", 3)[:3])


def _is_asked(draft: Draft, released: ReleasedFigure) -> bool:
    """Whether the paper shows, or its words may say, how this figure has moved.

    That is what its own place and the ICB have, and in the ICB's paper each place. Budget, actual
    and plan to date grow every month by nature, so that their movement says nothing. What stands as
    it was has no movement, save a variance, of which it is said that it stands.
    """
    is_ours = draft.paper.place in (released.place, ICB) or released.place == ICB
    if not is_ours or "variance" in released.measure:
        return is_ours
    stands = draft.agreed(released.id).value == released.value
    return not stands and not released.measure.startswith("ytd_")


def _is_comparable(draft: Draft, released: ReleasedFigure, month: Month) -> bool:
    """A level of the year or of the year to date, in the same unit."""
    chapter = released.id.split(".", 1)[0]
    carries_on = released.measure in CARRIED_ON.get(chapter, ())
    if month.start != draft.paper.month.start and not carries_on:
        return False
    if not _SIMPLE.fullmatch(released.id) or MOVEMENT in released.measure:
        return False
    if draft.register.find(released.id) is None:
        return False
    now = draft.agreed(released.id)
    return now.unit == released.unit and now.period in (draft.year, draft.month)


def _scope(draft: Draft, released: ReleasedFigure) -> Scope:
    """Ids are `movements.place.<chapter>_<line>_<measure>.movement`, and `.rest` and the like."""
    line = _line(released)
    label = (draft.register.find(released.id) or released).label
    return draft.scope(CHAPTER, released.place, line, label, basis=released.basis)


def _line(released: ReleasedFigure) -> str:
    return f"{released.id.split('.', 1)[0]}_{released.line}_{released.measure}"


def released_id(released: ReleasedFigure, suffix: str) -> str:
    """The id of a released figure where no chapter has entered it beside its own."""
    return f"{CHAPTER}.{released.place}.{_line(released)}.released.{suffix}"


def _prior(draft: Draft, released: ReleasedFigure, month: Month) -> Figure:
    """The released figure in the register: entered already by its chapter, or entered here."""
    figure = prior_figure(draft.paper, released, month)
    if draft.register.find(figure.id) == figure:
        return figure
    name = released_id(released, month.suffix_in(draft.paper.month))
    return draft.register.find(name) or draft.register.add(replace(figure, id=name))


def _movement(draft: Draft, released: ReleasedFigure, month: Month) -> None:
    scope, then = _scope(draft, released), _prior(draft, released, month)
    label = f"{scope.line_label}, since {month.name}"
    scope = scope.at(line_label=label)
    scope.derive(MOVEMENT, f"{released.id} - {then.id}", then.unit)
    parts = [*_variance_parts(draft, scope, released, month, then)]
    parts += _budget_parts(draft, scope, released, month)
    if parts:
        scope.derive(REST, f"{MOVEMENT} - " + " - ".join(parts), then.unit)


def _variance_parts(
    draft: Draft, scope: Scope, released: ReleasedFigure, month: Month, then: Figure
) -> Iterator[str]:
    """A year-to-date variance moves by its earlier pace, and a total by reserves released."""
    if released.measure != "ytd_variance":
        return
    apart = draft.paper.month.number - month.number
    scope.derive(PACE, f"{then.id} / {month.number} * {apart}")
    yield PACE
    if released.line == "total":
        chapter = released.id.split(".", 1)[0]
        found = [
            figure.id
            for figure in draft.register
            if figure.id.startswith(f"{chapter}.{released.place}.")
            and figure.measure == "in_month_release"
            and figure.id.count(".") == 3
        ]
        if found:
            scope.total(RELEASES, found)
            yield RELEASES


def _budget_parts(
    draft: Draft, scope: Scope, released: ReleasedFigure, month: Month
) -> Iterator[str]:
    """A whole annual budget moves by allocations and internal adjustments of the months since."""
    is_limit = released.id.split(".", 1)[0] in LIMITED and released.line == "total"
    if not is_limit or released.measure not in BUDGETS:
        return
    codes = [f"m{n:02d}" for n in range(month.number + 1, draft.paper.month.number + 1)]
    for part, name in LIMIT_PARTS.items():
        found = [name.format(released.place, code) for code in codes]
        moved = [identity for identity in found if draft.knows(identity)]
        if moved:
            scope.total(part, moved)
            yield part


def _restatement(draft: Draft, released: ReleasedFigure, month: Month) -> Iterator[Restated]:
    """What this month's extracts say of an earlier month, less what was released for it.

    An extract that repeats an earlier month enters it as `<id>.m05`, or as `<id>_prior_month`.
    """
    again = _stated_again(draft, released, month)
    if again is None:
        return
    then = _prior(draft, released, month)
    suffix = month.suffix_in(draft.paper.month)
    scope = _scope(draft, released).at(suffix=suffix, period=month.period)
    measure = RE_ESTIMATE if released.is_estimate else RESTATEMENT
    scope.derive(measure, f"{again} - {then.id}", then.unit)
    if not released.is_estimate:
        raw = draft.paper.raw.relative_to(draft.paper.home).as_posix()
        is_same_source = any(file.startswith(f"{raw}/") for file in released.origin)
        differs = said_again(draft.agreed(again), released).is_restated
        yield Restated(scope.id(measure), differs, is_same_source)


def _stated_again(draft: Draft, released: ReleasedFigure, month: Month) -> str | None:
    names = [f"{released.id}.{month.suffix_in(draft.paper.month)}"]
    if month == draft.paper.month.earlier(1):
        names.append(f"{released.id}_prior_month")
    for name in names:
        if draft.register.find(name):
            figure = draft.agreed(name)
            is_released = any(item.cell.file == released.file for item in figure.cells)
            if figure.unit == released.unit and not is_released:
                return name
    return None


def _counts(draft: Draft, restated: Sequence[Restated]) -> None:
    """How many prior-month figures were compared, how many differ, and how many could not."""
    scope = draft.scope(CHAPTER, draft.paper.place, "prior_months", "Prior-month figures")
    counted = {
        "compared": restated,
        "restated": [one for one in restated if one.differs],
        "from_the_same_source": [one for one in restated if one.is_same_source],
    }
    for measure, found in counted.items():
        formula = " + ".join(f"(1 + 0 * {one.id})" for one in found) or "0"
        scope.derive(measure, formula, "COUNT")  # counts figures, and so names each of them
