"""Figures beside a declared table, and formulas as they are declared with ids for their names.

What is a parameter of the report is there before the table; what has a formula comes after it, as
far as there is what it needs. What rests on no figure is there where the table has come.
"""

from __future__ import annotations

from boardpack.figures.declared_lines import Line, lines_of
from boardpack.figures.declared_names import end_of, figure_id, period_named, place_of
from boardpack.figures.draft import Draft
from boardpack.figures.formula import FormulaError, evaluate, operands
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.money import plain
from boardpack.params import Paper
from boardpack.schedules.form import UNITS, FigureForm, Schedule
from boardpack.schedules.formulas import MONTH, NUMBERS, renamed
from boardpack.schedules.load import LINE_AND_COLUMN
from boardpack.sources.declared import read_schedule
from boardpack.sources.declared_across import PLACE
from boardpack.sources.extract import Value


def parameter_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter the figures beside a table that are parameters of the report."""
    for form in schedule.figures:
        if form.parameter is not None:
            _enter(draft, schedule, form, plain(getattr(draft.paper.report, form.parameter)))


def beside_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter the other figures beside a table."""
    for form in schedule.figures:
        if form.sum is not None:
            _enter(draft, schedule, form, _over_rows(draft, schedule, form.sum))
        elif form.formula is not None:
            line = Line(place_of(schedule, draft.paper), form.line, form.label)
            formula = full_formula(draft.paper, schedule, line, form.formula)
            _enter(draft, schedule, form, formula)
        elif form.parameter is None:
            _enter(draft, schedule, form, None)


def _over_rows(draft: Draft, schedule: Schedule, formula: str) -> str:
    """A formula of a row, added up over the rows that are no totals; empty where there are none."""
    lines = lines_of(schedule, read_schedule(draft.folder, schedule), draft.paper)
    rows = (one for one in lines if one.kind == "line" and one.line not in schedule.rows)
    return " + ".join(full_formula(draft.paper, schedule, row, formula) for row in rows)


def _enter(draft: Draft, schedule: Schedule, form: FigureForm, formula: str | None) -> None:
    basis = form.basis or schedule.basis or schedule.name
    period = period_named(draft.paper, form.period or schedule.period)
    place = place_of(schedule, draft.paper)
    scope = draft.scope(schedule.chapter, place, form.line, form.label, basis=basis, period=period)
    said = _said(draft, scope, form)
    if formula is None:
        scope.read(form.measure, said, UNITS.get(form.type))
        return
    rests_on = operands(formula)
    if not rests_on and not read_schedule(draft.folder, schedule).rows:
        return
    there = draft.has(*rests_on)
    is_absent = not there and (form.lacking or schedule.lacking) == "absent"
    if is_absent or (there and is_finite(draft.register, formula)):
        scope.derive(form.measure, formula, UNITS.get(form.type, "GBP"), said)


def _said(draft: Draft, scope: Scope, form: FigureForm) -> Value | None:
    """What the month's reports say of a figure in words, under its own id or another."""
    if not form.stated:
        return None
    identity = scope.id(form.measure) if form.stated is True else form.stated
    chapter, place, line, measure = identity.split(".")
    return draft.stated(chapter, place, line, measure)


def is_finite(register: Register, formula: str) -> bool:
    """Whether a formula, whose figures are all there, divides by nothing that is nil."""
    try:
        evaluate(formula, {one: register.agreed(one).value for one in operands(formula)})
    except FormulaError:
        return False
    return True


def full_formula(paper: Paper, schedule: Schedule, line: Line, formula: str) -> str:
    """A formula as it is declared, with each name as the id of its figure.

    An id of the place `place` is that of the row's place; one that ends with `month`, of its month.
    """

    def named(name: str) -> str:
        if name in NUMBERS:
            return str(paper.month.number if name == MONTH else paper.month.months_left)
        *above, last = name.split(".")
        if len(above) < LINE_AND_COLUMN:
            own = above[0] if above else line.line
            return figure_id(schedule, paper, line.place, own, last)
        if above[1] == PLACE:
            above[1] = line.place
        end = end_of(schedule, paper, line.line, None) if last == MONTH else last
        return ".".join([*above, end] if end else above)

    return renamed(formula, named)
