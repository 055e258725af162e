"""The figures of a declared table: cells read, columns computed across and rows added down.

A row that is no total has its cells as figures; what is computed of it comes by the column's
formula. A total row has, of each amount that is read, the sum of its lines, and of each that is
computed the column's formula again. What the file prints of a computed figure is its printed
counterpart, in the way of every figure (see `figures.register`). Where a part is not there, the
form says what becomes of the figure; what is divided by nil is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from boardpack.errors import Fault, InputFaults
from boardpack.figures.declared_beside import (
    beside_figures,
    full_formula,
    is_finite,
    parameter_figures,
)
from boardpack.figures.declared_blanks import Blanks
from boardpack.figures.declared_lines import Line, lines_of
from boardpack.figures.declared_names import end_of, figure_id, month_named, period_named
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.prior import prior_figures
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.money import plain
from boardpack.params import Paper
from boardpack.periods import Month
from boardpack.schedules.form import (
    ADDED,
    LOWER_IS_BETTER,
    UNITS,
    ColumnForm,
    Lacking,
    Schedule,
)
from boardpack.schedules.formulas import renamed
from boardpack.schedules.order import columns_in_turn, rows_in_turn
from boardpack.sources.declared import read_schedule
from boardpack.sources.extract import Value
from boardpack.sources.folder import Folder
from boardpack.structure import ICB


def schedule_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter all that a declared table gives: the table, and the figures beside it."""
    table_figures(draft, schedule)
    beside_figures(draft, schedule)


def table_figures(draft: Draft, schedule: Schedule) -> None:
    """Enter the table's figures, rows before totals, and at last what is computed across lines.

    What is a parameter of the report comes first.
    """
    parameter_figures(draft, schedule)
    _Entering(draft, schedule).enter()


@dataclass(frozen=True)
class TableRow:
    """A line of a declared table with its figures by column; what it lacks is left out."""

    line: Line
    figures: Mapping[str, Figure]


def table_rows(schedule: Schedule, register: Register, paper: Paper) -> tuple[TableRow, ...]:
    """The lines of a table in print order, each with the agreed figures of its columns."""
    found = []
    for line in lines_of(schedule, read_schedule(Folder(paper), schedule), paper):
        named = {
            name: figure_id(schedule, paper, line.place, line.line, name)
            for name in schedule.amounts
        }
        there = {name: register.agreed(one) for name, one in named.items() if one in register}
        found.append(TableRow(line, there))
    return tuple(found)


class _Entering:
    """One table being entered into a draft."""

    def __init__(self, draft: Draft, schedule: Schedule) -> None:
        self.draft, self.schedule = draft, schedule
        extract = read_schedule(draft.folder, schedule)
        self.lines = lines_of(schedule, extract, draft.paper)
        self.blanks = Blanks(schedule, self.lines, draft.paper.month)

    def enter(self) -> None:
        """Rows as they are read, totals as they are declared; then what needs all lines.

        A table with a column of the month before has its released figures beside it.
        """
        if self.lines and any(one.released for one in self.schedule.columns.values()):
            prior_figures(self.draft, self.schedule.chapter)
        early, late = columns_in_turn(self.schedule)
        rates = [name for name in early if self.schedule.columns[name].of_total]
        for line in self._in_turn():
            self._line(line, [name for name in early if not line.is_made or name not in rates])
        for line in self._in_turn():
            self._line(line, [*late, *rates] if line.is_made else late)

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
            is_its_own = line.place == ICB or not self.schedule.is_of_body(name)
            if not is_its_own or not column.holds(line.line) or not self._has(line, column):
                continue
            scope = self._scope(line, column)
            printed = line.row.amounts.get(name) if line.row else None
            if line.is_made and column.of_total:
                formula = full_formula(self.draft.paper, self.schedule, line, column.of_total)
                lacking = self.schedule.lacking_of(column)
                self._derive(scope, name, formula, line, printed, lacking)
            elif line.is_made and column.is_added:
                self._made(scope, name, column, line, printed)
            elif column.is_computed and line.place not in column.keyed:
                self._computed(scope, name, column, line, printed)
            else:
                self._read(scope, name, line)

    def _has(self, line: Line, column: ColumnForm) -> bool:
        """Whether a row has what another column of it must have, or lacks that as a gap."""
        needed = self._id(line, column.where) if column.where else None
        return needed is None or self.draft.has(needed) or self.draft.register.is_absent(needed)

    def _id(self, line: Line, name: str) -> str:
        return figure_id(self.schedule, self.draft.paper, line.place, line.line, name)

    def _scope(self, line: Line, column: ColumnForm) -> Scope:
        """Where the figure of a line and column is entered; a row of months is of its month."""
        schedule, paper = self.schedule, self.draft.paper
        name, period = line.line, period_named(paper, schedule.period_of(column))
        if schedule.months is not None:
            name, period = (
                schedule.line,
                month_named(line.month) if line.month else paper.month.year,
            )
        scope = self.draft.scope(
            schedule.chapter,
            line.place,
            column.line or name,
            f"{line.label}, {column.label}" if column.label else line.label,
            basis=schedule.basis or schedule.name,
            period=period,
            suffix=end_of(schedule, paper, line.line, column),
        )
        data = (
            getattr(paper.run, schedule.in_arrears) if schedule.in_arrears else paper.month.number
        )
        return scope.at(is_estimate=data < paper.month.number and not column.known)

    def _read(self, scope: Scope, name: str, line: Line) -> None:
        """A cell as it is read; where it is blank and may not be, that is told."""
        measure, unit = (
            self.schedule.measure_of(name, line.line),
            self._unit(self.schedule.columns[name]),
        )
        if line.row is None:
            found = scope.read(measure, None)
        else:
            may_be_blank = self.blanks.may_be(line, name)
            found = scope.read_cell(measure, line.row, name, unit, may_be_blank=may_be_blank)
        then = self.schedule.columns[name].released
        if found is None and then is not None:
            self._as_released(scope, measure, self._id(line, then))

    def _as_released(self, scope: Scope, measure: str, then: str) -> None:
        """What a figure was last month, as its papers released it; no year goes on in the next."""
        now = self.draft.paper.month
        before = now.earlier(1)
        released = f"{then}.{before.suffix_in(now)}"
        if before.start == now.start and self.draft.has(released):
            scope.derive(measure, released, self._unit_of([released], None))

    def _made(
        self, scope: Scope, name: str, column: ColumnForm, line: Line, printed: Value | None
    ) -> None:
        """A column of a total row: what its lines come to, or as the row's formula says."""
        measure, unit = self.schedule.measure_of(name, line.line), self._unit(column)
        own = None if column.is_computed else column.lacking
        lacking = line.lacking or own or self.schedule.lacking
        if line.formula is not None:
            formula = renamed(line.formula, lambda one: self._id(replace(line, line=one), name))
            self._derive(scope, name, formula, line, printed, lacking)
            return
        if column.type not in ADDED or column.added is False:
            if printed is not None:
                scope.read(measure, printed)
            return
        parts = self._parts(line, name)
        is_sparse = line.is_sparse or (column.sparse and not column.is_computed)
        if is_sparse and not line.is_sparse and not self.draft.knows(*parts):
            return  # no row has any
        if lacking != "absent" and not is_sparse and not self.draft.has(*parts):
            if lacking == "as printed" and printed is not None:
                scope.read(measure, printed)
            return
        if parts or self.schedule.months is None:
            unit = self._unit_of(parts, unit)
            scope.total(measure, parts, unit, printed, is_sparse=is_sparse)

    def _parts(self, line: Line, name: str) -> list[str]:
        """What a total is made of. Of months those to come may lack; where none is there, none."""
        paper, has = self.draft.paper, self.draft.has
        parts = [
            (one, figure_id(self.schedule, paper, place, one, name)) for place, one in line.parts
        ]
        if self.schedule.months is not None and not self.schedule.is_of_places_by_month:
            is_any = any(has(identity) for _, identity in parts)
            now = paper.month.code.lower()
            parts = [(m, one) for m, one in parts if is_any and (m <= now or has(one))]
        return [identity for _, identity in parts]

    def _computed(
        self, scope: Scope, name: str, column: ColumnForm, line: Line, printed: Value | None
    ) -> None:
        """A column that is computed across a row."""
        lacking = line.lacking or self.schedule.lacking_of(column)
        if column.sum is not None:
            parts = [*self._month_before(line, name), *(self._id(line, n) for n in column.sum)]
            measure = self.schedule.measure_of(name, line.line)
            if any(map(self.draft.has, parts)) or lacking != "as printed":
                unit = self._unit_of(parts, self._unit(column))
                scope.total(measure, parts, unit, printed, is_sparse=column.sparse)
            else:
                scope.read(measure, printed)
            return
        self._derive(scope, name, self._formula(column, line), line, printed, lacking)

    def _month_before(self, line: Line, name: str) -> list[str]:
        """What a running column was in the month before, which the first month does not have."""
        if not self.schedule.columns[name].running or line.month is None or line.month.number == 1:
            return []
        before = Month(line.month.start, line.month.number - 1).code.lower()
        return [self._id(replace(line, line=before), name)]

    def _formula(self, column: ColumnForm, line: Line) -> str:
        if column.parameter is not None:
            return plain(getattr(self.draft.paper.report, column.parameter))
        if column.against is not None:
            target, actual = (self._id(line, one) for one in column.against)
            sense = column.sense or line.sense or self.schedule.sense
            return f"{target} - {actual}" if sense in LOWER_IS_BETTER else f"{actual} - {target}"
        formula, otherwise = (
            full_formula(self.draft.paper, self.schedule, line, one or "")
            for one in (column.formula, column.otherwise)
        )
        needed = {*operands(formula)} - {*operands(otherwise)}
        return otherwise if otherwise and not self.draft.has(*needed) else formula

    def _derive(
        self,
        scope: Scope,
        name: str,
        formula: str,
        line: Line,
        printed: Value | None,
        lacking: Lacking,
    ) -> None:
        column = self.schedule.columns[name]
        measure = self.schedule.measure_of(name, line.line)
        unit, register = self._unit(column), self.draft.register
        there = self.draft.has(*operands(formula))
        if there and is_finite(register, formula):
            scope.derive(measure, formula, self._unit_of(operands(formula), unit), printed)
        elif lacking == "as printed" and (printed is not None or column.blank == "to come"):
            self._read(scope, name, line)
        elif lacking == "absent" and not there:  # what nothing has ever heard of is a fault
            scope.derive(measure, formula, unit or "GBP", printed)

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
