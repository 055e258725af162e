"""Entering figures line by line: the one way from the rows of an extract into the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.labels import measure_label
from boardpack.figures.register import Register
from boardpack.reading.cells import ranges
from boardpack.reading.extract import Row, Value

_WORD = re.compile(r"(?<![\w.])[a-z][a-z0-9_]*(?![\w.(])")


@dataclass(frozen=True)
class Scope:
    """Where figures are being entered: one line of one place in one chapter, for one period.

    Ids are `chapter.place.line.measure`, then `suffix` where a line has several periods.
    `hashes` gives the SHA-256 of each source file, for the lineage.
    """

    register: Register
    chapter: str
    place: str
    line: str
    line_label: str
    period: str
    basis: str
    hashes: dict[str, str]
    suffix: str = ""
    is_estimate: bool = False

    def at(self, **changes: object) -> Scope:
        """The same scope with another place, line, period or basis."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def id(self, measure: str) -> str:
        """The id of a measure in this scope."""
        parts = [self.chapter, self.place, self.line, measure, self.suffix]
        return ".".join(part for part in parts if part)

    def read(self, measure: str, value: Value | None, unit: str | None = None) -> Figure | None:
        """Enter a figure read from a cell; a blank cell enters nothing, and is noted as blank.

        A corrected cell enters two: the figure with the value used, and `.printed` with the value
        as printed, so that a check shows the difference.
        """
        if value is None:
            self.register.note_blank(self.id(measure), self._label(measure))
            return None
        figure = self._figure(measure, value.amount, unit or value.unit, self._source(value), value)
        if value.correction is not None:
            self._printed(measure, value, unit)
        return self.register.add(figure)

    def read_cell(
        self,
        measure: str,
        row: Row,
        column: str = "",
        unit: str | None = None,
        *,
        may_be_blank: bool = False,
    ) -> Figure | None:
        """Enter a figure from a row's cell, in the `column` of its measure unless another is named.

        A cell that is blank is told as a gap, unless it `may_be_blank`, or something else tells it:
        a figure that is absent for want of it, or a printed total by which it is nil. Where an
        extract says `n/a` there is none, and nothing to tell.
        """
        column = column or measure
        value = row.amounts.get(column)
        if value is None and row.is_blank(column) and not may_be_blank:
            cell = row.cells[column]
            source = (SourceCell(cell, self.hashes.get(cell.file)),)
            blank = self._figure(measure, Decimal(0), unit or "GBP", source)
            self.register.note_left_blank(replace(blank, missing=(blank.label,)))
        return self.read(measure, value, unit)

    def derive(
        self, measure: str, formula: str, unit: str = "GBP", printed: Value | None = None
    ) -> Figure:
        """Enter a computed figure, and `.printed` where the extract prints it too.

        A bare word in the formula is a measure of this scope: `ytd_budget - ytd_actual`. Where an
        operand is blank or absent the figure is absent, and so is what is printed of it.
        """
        full = _WORD.sub(lambda found: self.id(found[0]), formula)
        if printed is not None and not self.register.lacking(full):
            self._printed(measure, printed, unit)
        return self.register.derive(self._figure(measure, Decimal(0), unit, full))

    def share(self, measure: str, part: str, whole: str) -> None:
        """Enter one measure as a percentage of another; nothing where there is no such share."""
        top, bottom = self.id(part), self.id(whole)
        is_there = top in self.register and bottom in self.register
        if is_there and self.register.agreed(bottom).value:
            self.derive(measure, f"{part} / {whole} * 100", "PCT")

    def total(
        self,
        measure: str,
        addends: Iterable[str],
        unit: str = "GBP",
        printed: Value | None = None,
        *,
        is_sparse: bool = False,
    ) -> Figure:
        """Enter a sum of figures by id; it is absent where one of them is not there.

        The addends are the parts that the total must have. A sparse schedule leaves a cell blank
        where a part has nothing: there, a part that is not there is nil where the printed total is
        the sum of the others, and stays nil in other totals. A sum of nothing is always absent,
        because a total over blanks prints nil too.
        """
        parts = [one for one in addends if not self.register.is_suppressed(one)]
        there = [one for one in parts if one in self.register]
        lacking = [one for one in parts if one not in self.register]
        unsaid = [one for one in lacking if not self.register.is_nil(one)]
        if unsaid and is_sparse and there and printed is not None and self._is_all(there, printed):
            self.register.note_nil(unsaid)
        elif unsaid or not parts:
            figure = self._figure(measure, Decimal(0), unit, ())
            missing = self.register.missing(unsaid) or (figure.label,)
            return self.register.add(figure.not_supplied(missing))
        return self.derive(measure, " + ".join(there) or "0", unit, printed)

    def _is_all(self, there: Sequence[str], printed: Value) -> bool:
        """Whether these parts are all of a printed total, as far as rounding lets it be known."""
        shown = [self.register.agreed(one) for one in there]
        rest = printed.amount - sum((one.value for one in shown), Decimal(0))
        return abs(rest) <= printed.margin + sum((one.margin for one in shown), Decimal(0))

    def _label(self, measure: str) -> str:
        return f"{self.line_label}, {measure_label(measure)}"

    def _printed(self, measure: str, value: Value, unit: str | None) -> None:
        source = tuple(self._cell(leaf) for leaf in value.leaves)
        figure = self._figure(measure, value.printed, unit or value.unit, source, value)
        changes = {"id": f"{figure.id}.{PRINTED}", "label": f"{figure.label}, as printed"}
        self.register.add(replace(figure, **changes))  # type: ignore[arg-type]

    def _source(self, value: Value) -> tuple[SourceCell, ...]:
        return tuple(self._corrected(leaf) for leaf in value.leaves)

    def _corrected(self, value: Value) -> SourceCell:
        fix, cell = value.correction, self._cell(value)
        return cell if fix is None else replace(cell, used=fix.used, why=fix.why)

    def _cell(self, value: Value) -> SourceCell:
        sha256 = self.hashes.get(value.cell.file)
        rows = ranges(value.lines)
        return SourceCell(value.cell, sha256, rows=rows, method=value.method, rule=value.rule)

    def _figure(
        self,
        measure: str,
        amount: Decimal,
        unit: str,
        source: tuple[SourceCell, ...] | str,
        value: Value | None = None,
    ) -> Figure:
        return Figure(
            id=self.id(measure),
            label=self._label(measure),
            value=amount,
            unit=unit,
            place=self.place,
            line=self.line,
            measure=measure,
            period=self.period,
            basis=self.basis,
            is_estimate=self.is_estimate,
            source=source,
            margin=value.margin if value and unit != "COUNT" else Decimal(0),
            step=(value.step or None) if value else None,
        )
