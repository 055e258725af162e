"""Revenue resource limit: what the ICB may spend in the year, and what has moved it since April.

All figures are pounds of annual budget. An internal adjustment moves budget between the columns and
is nil across the row; an allocation is new money from NHS England, or money returned. The budget of
this month has no suffix; others have their month, from `m00` for the budget at the start. Movements
always have their month.
"""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Extract, Row
from boardpack.subjects.funding.resource_limit_extract import read_resource_limit

CHAPTER, BASIS = "resource_limit", "allocation"
WHOLE_ROW = "All"
TOTALS = {"internal_adjustment": "internal_adjustments", "allocation": "allocations"}


@dataclass(frozen=True)
class Step:
    """One month of the limit, or its start (0): the budget row and the movements before it."""

    number: int
    budget: Row | None
    movements: tuple[Row, ...]

    @property
    def code(self) -> str:
        """The id part of its movements: `m06`."""
        return f"m{self.number:02d}"

    def line(self, row: Row) -> str:
        """The line of a movement: its item, or the month's total where one row gives it all."""
        kin = [other for other in self.movements if other["movement"] == row["movement"]]
        if row["item"] == WHOLE_ROW and len(kin) == 1:
            return TOTALS[row["movement"]]
        return slug(row["item"])

    def budget_suffix(self, month: Month) -> str:
        """The id part of its budget: none in the paper's own month."""
        return "" if self.number == month.number else self.code


def steps_of(extract: Extract) -> tuple[Step, ...]:
    """The start, then each month that the extract has, in order of the year."""
    found = []
    for number in range(MONTHS_IN_YEAR + 1):
        rows = extract.only(month=f"M{number:02d}")
        budget = next((row for row in rows if row["movement"] == "budget"), None)
        if rows:
            found.append(Step(number, budget, tuple(row for row in rows if row is not budget)))
    return tuple(found)


def resource_limit_figures(draft: Draft) -> None:
    """Start budgets and movements of each column are read; every later budget is rolled forward.

    The ICB column is the sum of the places and the central column in every row. Its budgets are
    rolled forward too, as `roll_forward`, so that the table is held both ways.
    """
    before = None
    for step in steps_of(read_resource_limit(draft.folder)):
        for row in step.movements:
            _movement(draft, step, row)
        for place in (*_columns(draft), ICB):
            _totals(draft, step, place)
        _budgets(draft, step, before)
        before = step.budget_suffix(draft.paper.month)
    _in_month(draft)
    _since_start(draft)
    draft.enter_stated(CHAPTER)


def _columns(draft: Draft) -> tuple[str, ...]:
    return (*draft.paper.report.places, CENTRAL)


def _scope(draft: Draft, step: Step, place: str, line: str, label: str) -> Scope:
    period = Month(draft.paper.month.start, step.number).period if step.number else draft.year
    name = draft.paper.report.place_name(place)
    scope = draft.scope(CHAPTER, place, line, f"{name}, {label}", basis=BASIS, period=period)
    return scope.at(suffix=step.code)


def _label(step: Step) -> str:
    return f"Month {step.number}" if step.number else "start of the year"


def _movement(draft: Draft, step: Step, row: Row) -> None:
    line, measure = step.line(row), row["movement"]
    label = _label(step) if row["item"] == WHOLE_ROW else row["item"]
    for place in _columns(draft):
        _scope(draft, step, place, line, label).read(measure, row.amounts.get(place))
    scope = _scope(draft, step, ICB, line, label)
    addends = [scope.at(place=place).id(measure) for place in _columns(draft)]
    if not row.line:  # made from the allocations, which list no column that did not move
        addends = [one for one in addends if draft.has(one)]
    scope.total(measure, addends, printed=row.amounts.get(ICB), is_sparse=True)


def _totals(draft: Draft, step: Step, place: str) -> None:
    """The month's adjustments, its allocations, and both together (`movement`)."""
    for measure, total in TOTALS.items():
        scope = _scope(draft, step, place, total, _label(step))
        rows = [row for row in step.movements if row["movement"] == measure]
        items = [scope.at(line=step.line(row)).id(measure) for row in rows if _moves(row, place)]
        if scope.id(measure) not in items and any(draft.knows(item) for item in items):
            scope.total(measure, items)
    whole = _scope(draft, step, place, "total", _label(step))
    if step.movements:
        _add_up(draft, whole, "movement", _month_totals(draft, whole))


def _moves(row: Row, place: str) -> bool:
    """Whether a movement has a cell for the place: one that is made lists those that moved."""
    return bool(row.line) or place == ICB or place in row.amounts


def _add_up(draft: Draft, scope: Scope, measure: str, addends: list[str]) -> None:
    """A total of what moved; nil where nothing did."""
    if addends:
        scope.total(measure, addends)
    else:
        scope.derive(measure, "0")


def _month_totals(draft: Draft, scope: Scope) -> list[str]:
    """The month's adjustments and allocations, where it has any."""
    found = [scope.at(line=total).id(measure) for measure, total in TOTALS.items()]
    return [one for one in found if draft.knows(one)]


def _budgets(draft: Draft, step: Step, before: str | None) -> None:
    """The month's budget of each column: the budget before it and the month's movements."""
    suffix = step.budget_suffix(draft.paper.month)
    printed = step.budget.amounts if step.budget else {}
    for place in _columns(draft):
        scope = _scope(draft, step, place, "total", _label(step))
        opening = None if before is None else scope.at(suffix=before).id("budget")
        if opening is None or not draft.knows(opening):
            scope.at(suffix=suffix).read("budget", printed.get(place))
        else:
            addends = [opening, *_month_totals(draft, scope)]
            scope.at(suffix=suffix).total("budget", addends, printed=printed.get(place))
    icb = _scope(draft, step, ICB, "total", _label(step)).at(suffix=suffix)
    columns = [icb.at(place=place).id("budget") for place in _columns(draft)]
    icb.total("budget", columns, printed=printed.get(ICB))
    if before is not None:
        month = _month_totals(draft, icb.at(suffix=step.code))
        addends = [icb.at(suffix=before).id("budget"), *month]
        icb.total("roll_forward", addends, printed=printed.get(ICB))


def _in_month(draft: Draft) -> None:
    """The month's allocations to the ICB, held against the amount that the report states."""
    name = draft.paper.report.place_name(ICB)
    scope = draft.scope(CHAPTER, ICB, "allocations", f"{name}, this month", basis=BASIS)
    found = scope.at(suffix=draft.paper.month.code.lower()).id("allocation")
    if draft.has(found):
        stated = draft.stated(CHAPTER, ICB, "allocations", "in_month_allocations")
        scope.derive("in_month_allocations", found, printed=stated)


def _since_start(draft: Draft) -> None:
    """How far each column's budget stands from the one with which the year began."""
    for place in (*_columns(draft), ICB):
        name = draft.paper.report.place_name(place)
        scope = draft.scope(CHAPTER, place, "total", name, basis=BASIS)
        start = scope.at(suffix="m00").id("budget")
        if draft.has(scope.id("budget"), start):
            scope.derive("movement_since_start", f"budget - {start}")
