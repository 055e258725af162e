"""The figures of a declared table: cells read, columns computed across and rows added down.

A row that is no total has its cells as figures; what is computed of it comes by the column's
formula. A total row has, of each amount that is read, the sum of its lines, and of each that is
computed the column's formula again. What the file prints of a computed figure is its printed
counterpart, in the way of every figure (see `figures.register`). Where a part is not there, the
form says what becomes of the figure; what is divided by nil is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpack.errors import Fault, InputFaults
from boardpack.figures.declared_lines import Line, lines_of, place_of
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure
from boardpack.figures.formula import FormulaError, evaluate, operands
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.money import plain
from boardpack.params import Paper
from boardpack.periods import MONTHS_IN_YEAR, Month
from boardpack.schedules.form import (
    ADDED,
    LOWER_IS_BETTER,
    UNITS,
    ColumnForm,
    FigureForm,
    Lacking,
    Schedule,
)
from boardpack.schedules.formulas import MONTH, NAME, renamed
from boardpack.schedules.order import columns_in_turn, rows_in_turn
from boardpack.sources.declared import read_schedule
from boardpack.sources.extract import Value
from boardpack.sources.folder import Folder


def schedule_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter all that a declared table gives: the table, and the figures beside it."""
    table_figures(draft, schedule)
    beside_figures(draft, schedule)


def table_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter the table's figures, rows before totals, and at last what is computed across lines."""
    _Entering(draft, schedule).enter()


def beside_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter the figures that are declared beside the table, as far as there is what they need."""
    for form in schedule.figures:
        _beside(draft, schedule, form)


@dataclass(frozen=True)
class TableRow:
    """A line of a declared table with its figures by column; what it lacks is left out."""

    line: Line
    figures: Mapping[str, Figure]


def table_rows(schedule: Schedule, register: Register, paper: Paper) -> tuple[TableRow, ...]:
    """The lines of a table in print order, each with the agreed figures of its columns."""
    found = []
    for line in lines_of(schedule, read_schedule(Folder(paper), schedule), paper):
        head = f"{schedule.chapter}.{line.place}.{line.line}"
        named = {name: f"{head}.{name}" for name in schedule.amounts}
        there = {name: register.agreed(one) for name, one in named.items() if one in register}
        found.append(TableRow(line, there))
    return tuple(found)


class _Entering:
    """One table being entered into a draft."""

    def __init__(self, draft: Draft, schedule: Schedule) -> None:
        self.draft, self.schedule = draft, schedule
        extract = read_schedule(draft.folder, schedule)
        self.lines = lines_of(schedule, extract, draft.paper)

    def enter(self) -> None:
        """Rows as they are read, totals as they are declared; then what needs all lines."""
        early, late = columns_in_turn(self.schedule)
        for line in self._in_turn():
            self._line(line, early)
        for line in self._in_turn():
            self._line(line, late)

    def _in_turn(self) -> Iterator[Line]:
        """Lines before what is made of them: rows, totals of groups, then rows of the form."""
        declared = rows_in_turn(self.schedule.rows)
        yield from (line for line in self.lines if not line.is_made)
        made = [line for line in self.lines if line.is_made]
        yield from (line for line in made if line.line not in declared)
        of_form = (line for line in made if line.line in declared)
        yield from sorted(of_form, key=lambda line: declared.index(line.line))

    def _line(self, line: Line, names: Sequence[str]) -> None:
        for name in names:
            column = self.schedule.columns[name]
            if not column.holds(line.line):
                continue
            scope = self._scope(line, column)
            printed = line.row.amounts.get(name) if line.row else None
            if line.is_made and (not column.is_computed or column.sum is not None):
                self._made(scope, name, column, line, printed)
            elif column.is_computed:
                self._computed(scope, name, column, line, printed)
            else:
                scope.read(name, printed)

    def _scope(self, line: Line, column: ColumnForm) -> Scope:
        period = period_named(self.draft, self.schedule.period_of(column))
        basis = self.schedule.basis or self.schedule.name
        return self.draft.scope(
            self.schedule.chapter, line.place, line.line, line.label, basis=basis, period=period
        )

    def _made(
        self, scope: Scope, name: str, column: ColumnForm, line: Line, printed: Value | None
    ) -> None:
        """A column of a total row: what its lines come to, or as the row's formula says."""
        unit = self._unit(column)
        lacking = line.lacking or self.schedule.lacking
        if line.formula is not None:
            formula = renamed(line.formula, lambda one: scope.at(line=one).id(name))
            self._derive(scope, name, formula, unit, printed, lacking)
            return
        if column.type not in ADDED:
            if printed is not None:
                scope.read(name, printed)
            return
        parts = [scope.at(line=one, place=place).id(name) for place, one in line.parts]
        if not line.is_sparse and not self.draft.has(*parts):
            if lacking == "as printed" and printed is not None:
                scope.read(name, printed)
            if "left out" in (line.lacking, column.lacking) or lacking == "as printed":
                return
        unit = self._unit_of(parts, unit)
        scope.total(name, parts, unit, printed, is_sparse=line.is_sparse)

    def _computed(
        self, scope: Scope, name: str, column: ColumnForm, line: Line, printed: Value | None
    ) -> None:
        """A column that is computed across a row."""
        lacking = self.schedule.lacking_of(column)
        if column.sum is not None:
            parts = [scope.id(one) for one in column.sum]
            if any(map(self.draft.has, parts)) or lacking != "as printed":
                unit = self._unit_of(parts, self._unit(column))
                scope.total(name, parts, unit, printed, is_sparse=column.sparse)
            else:
                scope.read(name, printed)
            return
        formula = self._formula(scope, column, line)
        self._derive(scope, name, formula, self._unit(column), printed, lacking)

    def _formula(self, scope: Scope, column: ColumnForm, line: Line) -> str:
        if column.parameter is not None:
            return plain(getattr(self.draft.paper.report, column.parameter))
        if column.against is not None:
            target, actual = (scope.id(one) for one in column.against)
            sense = column.sense or line.sense or self.schedule.sense
            return f"{target} - {actual}" if sense in LOWER_IS_BETTER else f"{actual} - {target}"
        return _full(self.draft, scope, column.formula or "")

    def _derive(
        self,
        scope: Scope,
        name: str,
        formula: str,
        unit: str | None,
        printed: Value | None,
        lacking: Lacking,
    ) -> None:
        register = self.draft.register
        there = self.draft.has(*operands(formula))
        if there and is_finite(register, formula):
            scope.derive(name, formula, self._unit_of(operands(formula), unit), printed)
        elif lacking == "as printed" and printed is not None:
            scope.read(name, printed)
        elif lacking == "absent" and not there:  # what nothing has ever heard of is a fault
            scope.derive(name, formula, unit or "GBP", printed)

    def _unit(self, column: ColumnForm) -> str | None:
        return UNITS.get(column.type)

    def _unit_of(self, identities: Sequence[str], unit: str | None) -> str:
        """The unit of what is computed, where the column's type does not say: that of its parts.

        InputFaults where the parts are of several: pounds and per cent come to nothing together.
        """
        there = {self.draft.register[one].unit: one for one in identities if self.draft.has(one)}
        if unit is None and len(there) > 1:
            expected = f"parts of one unit; {' and '.join(there.values())} are not"
            remedy = "Correct the cell, or the formula in the form of the table."
            raise InputFaults([Fault(self.schedule.file, expected, remedy)])
        return unit or next(iter(there), "GBP")


def period_named(draft: Draft, period: str) -> str:
    """A period of the form as figures name it."""
    month = draft.paper.month
    return {
        "to date": draft.month,
        "year": draft.year,
        "prior month": month.earlier(1).period,
        "prior year": Month(month.start - 1, MONTHS_IN_YEAR).year,
    }[period]


def is_finite(register: Register, formula: str) -> bool:
    """Whether a formula, whose figures are all there, divides by nothing that is nil."""
    try:
        evaluate(formula, {one: register.agreed(one).value for one in operands(formula)})
    except FormulaError:
        return False
    return True


def _full(draft: Draft, scope: Scope, formula: str) -> str:
    """A formula as it is declared, with each name as the id of its figure."""

    def named(name: str) -> str:
        parts = name.split(".")
        if len(parts) == 1:
            return scope.id(name)
        return scope.at(line=parts[0]).id(parts[1]) if len(parts) == 2 else name

    month = draft.paper.month.number
    return renamed(
        NAME.sub(lambda found: str(month) if found[0] == MONTH else found[0], formula), named
    )


def _beside(draft: Draft, schedule: Schedule, form: FigureForm) -> None:
    basis = form.basis or schedule.basis or schedule.name
    period = period_named(draft, form.period or schedule.period)
    place = place_of(schedule, draft.paper)
    scope = draft.scope(schedule.chapter, place, form.line, form.label, basis=basis, period=period)
    said = draft.stated(schedule.chapter, place, form.line, form.measure) if form.stated else None
    if form.formula is None:
        scope.read(form.measure, said, UNITS.get(form.type))
        return
    formula = _full(draft, scope, form.formula)
    there = draft.has(*operands(formula))
    is_absent = not there and (form.lacking or schedule.lacking) == "absent"
    if is_absent or (there and is_finite(draft.register, formula)):
        scope.derive(form.measure, formula, UNITS.get(form.type, "GBP"), said)
