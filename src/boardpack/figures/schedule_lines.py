"""The lines of a declared table: rows of the file, totals of groups, and rows that are declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.labels import capital, slug
from boardpack.figures.schedule_names import place_of
from boardpack.reading.extract import Extract, Row, Value, sum_values
from boardpack.reading.schedule_across import PLACE, rows_by_place
from boardpack.reading.schedule_reading import SENSE
from boardpack.schedules.form import Lacking, RowForm, Schedule, SubtotalForm
from boardpack.schedules.load import NAMED

LONGEST = 80
"""How many characters of a text may tell one line from another; the last text is taken whole."""
Part = tuple[str, str]
"""A line of a place."""


@dataclass(frozen=True)
class Line:
    """A line of the table, with the row of the file that prints it, if any does.

    A line that is made is what its `parts` come to, or what its `formula` over lines says. `month`
    is that of a row in a table of months, `heading` what stands over the rows of a group, and
    `group` the line of the total of the row's own.
    """

    place: str
    line: str
    label: str
    row: Row | None = None
    kind: str = "line"
    parts: tuple[Part, ...] = ()
    formula: str | None = None
    is_sparse: bool = False
    lacking: Lacking | None = None
    is_made: bool = False
    month: Month | None = None
    heading: str = ""
    group: str = ""

    @property
    def sense(self) -> str:
        """Which way is good of this line, where rows have a sense of their own."""
        return self.row.words.get(SENSE, "") if self.row else ""


def lines_of(schedule: Schedule, extract: Extract, paper: Paper) -> tuple[Line, ...]:
    """All lines of a table, as it is printed: each group with its total, declared rows in place.

    A declared row that the file does not have stands below, in the order of the form.
    """
    if schedule.scope != "place":
        place = place_of(schedule, paper)
        return tuple(_Lines(schedule, extract.rows, paper, place).listed())
    held: dict[str, list[Row]] = {}
    for row in rows_by_place(schedule, extract, paper.report):
        held.setdefault(row[PLACE], []).append(row)
    is_made = schedule.whole in ("summed", "complete")
    of_body = held.pop(ICB, []) if is_made else []
    found = [line for p, rows in held.items() for line in _Lines(schedule, rows, paper, p).listed()]
    if is_made:
        found += _Lines(schedule, of_body, paper, ICB).summed_over(found)
    return tuple(found)


class _Lines:
    """The lines of one table as they are found; of a table of places, those of one place."""

    def __init__(self, schedule: Schedule, rows: Sequence[Row], paper: Paper, place: str) -> None:
        self.schedule, self.paper, self.place, self.rows = schedule, paper, place, rows
        self.directorates = {label: line for line, label in paper.report.directorates.items()}
        if schedule.together:
            self.rows = self._together()
        plain = [row for row in self.rows if not self._is_total(row)]
        self.labels = _labels(schedule, plain, self._named)
        self.by_line = {self._line(row): row for row in self.rows if self._is_total(row)}
        self.records = [row for row in self.rows if not self._is_special(row)]
        self._refuse_one_line_for_two()

    def _refuse_one_line_for_two(self) -> None:
        """Names of which the ids of figures cannot keep the difference."""
        seen: dict[str, Row] = {}
        faults = []
        for row in self.records:
            first = seen.setdefault(self._line(row), row)
            if first is not row:
                key = self.schedule.key[-1]
                expected = f"a name that differs from row {first.line} in letters or digits"
                cell = next(iter(row.cells.values()), None)
                file = cell.file if cell else self.schedule.file
                faults.append(
                    Fault(file, expected, f"Give one {key} another name.", row.line, key, row[key])
                )
        if faults:
            raise InputFaults(faults)

    def _together(self) -> list[Row]:
        """The rows of each line as one, with the sums of their cells."""
        held: dict[str, list[Row]] = {}
        for row in self.rows:
            held.setdefault(self._line(row), []).append(row)
        return [replace(rows[0], amounts=_added(rows)) for rows in held.values()]

    def listed(self) -> Iterator[Line]:
        """The lines in print order."""
        if not self.rows:
            return
        subtotals = {line.line: line for line in self._subtotals()}
        told: set[str] = set()
        for number, row in enumerate(self.rows):
            line = self._line(row)
            if self._is_total(row) and line not in self.schedule.rows:
                if line not in subtotals:
                    told.add(line)
                    is_empty = bool(self.schedule.subtotals) and not self.records
                    label = self._total_label(row)  # a total of groups that did not come is lost
                    yield Line(self.place, line, label, row, "total", is_made=is_empty)
            elif line in self.schedule.rows:
                told.add(line)
                yield self._declared(line, self.schedule.rows[line], row, list(subtotals))
            else:
                groups = self.schedule.subtotals
                group = self._filled(groups[0].pattern, row) if groups else ""
                month = self._month(row)
                yield Line(self.place, line, self._label(row), row, month=month, group=group)
            yield from self._closed(number, subtotals)
        for line, form in self.schedule.rows.items():
            if line not in told:
                yield self._declared(line, form, None, list(subtotals))

    def summed_over(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Each line of the whole body, which is the sum of its places; `rows` are as it prints."""
        printed = {self._line(row): row for row in self.rows}
        for name in dict.fromkeys((*(line.line for line in lines), *printed)):
            own = [line for line in lines if line.line == name]
            row = next((line.row for line in own if line.row), printed.get(name))
            if row is None or name in self.schedule.rows:
                label = self._declared_label(name, row)
            else:
                label = self._total_label(row)
            needed = self.paper.report.places if self.schedule.whole == "complete" else ()
            places = dict.fromkeys((*needed, *(line.place for line in own)))
            parts = tuple((place, name) for place in places)
            month = self._month(row) if row else None
            held = printed.get(name)
            yield Line(ICB, name, label, held, "total", parts, is_made=True, month=month)

    def _closed(self, number: int, subtotals: dict[str, Line]) -> Iterator[Line]:
        """The totals of the groups that end with a row of the file, the innermost first."""
        for form in self.schedule.subtotals:
            row = self.rows[number]
            line = self._filled(form.pattern, row)
            rest = (self._filled(form.pattern, one) for one in self.rows[number + 1 :])
            if line in subtotals and line not in rest and line not in self.schedule.rows:
                yield subtotals[line]

    def _subtotals(self) -> Iterator[Line]:
        inner: SubtotalForm | None = None
        for form in self.schedule.subtotals:
            groups: dict[str, list[Row]] = {}
            for row in self.records:
                groups.setdefault(self._filled(form.pattern, row), []).append(row)
            for line, rows in groups.items():
                printed = self.by_line.get(line)
                if form.when_printed and printed is None:
                    continue
                yield self._subtotal(form, inner, line, rows, printed)
            inner = form

    def _subtotal(
        self,
        form: SubtotalForm,
        inner: SubtotalForm | None,
        line: str,
        rows: Sequence[Row],
        printed: Row | None,
    ) -> Line:
        """A group's total: of its rows, or of the totals of the groups within it."""
        pattern = inner.pattern if inner else None
        names = (self._filled(pattern, row) if pattern else self._line(row) for row in rows)
        label = capital(_words(form.label or f"{{{form.by}}} total", self._named(rows[0])))
        parts = tuple((self.place, name) for name in dict.fromkeys(names))
        heading = capital(_words(form.heading, self._named(rows[0])))
        return Line(
            self.place, line, label, printed, "subtotal", parts, is_made=True, heading=heading
        )

    def _declared(self, line: str, form: RowForm, row: Row | None, subtotals: list[str]) -> Line:
        label = self._declared_label(line, row)
        kind = "total" if form.is_computed and form.is_total else "line"
        if kind == "total" and any(line in (one.sum or ()) for one in self.schedule.rows.values()):
            kind = "subtotal"
        parts = tuple((self.place, one) for one in self._summed(form, subtotals))
        return Line(
            self.place,
            line,
            label,
            row,
            kind,
            parts,
            form.formula,
            form.sparse,
            form.lacking,
            form.is_computed,
        )

    def _declared_label(self, line: str, row: Row | None) -> str:
        """What a line is called: as the form says of it, else as its row does."""
        said = self.schedule.rows[line].label if line in self.schedule.rows else None
        if said is not None:
            return said.replace(f"{{{PLACE}}}", self.paper.report.place_name(self.place))
        return self._label(row) if row else capital(line.replace("_", " "))

    def _summed(self, form: RowForm, subtotals: list[str]) -> list[str]:
        if form.sum == ["all"]:
            return [self._line(row) for row in self.records]
        if form.sum == ["subtotals"]:
            last = self.schedule.subtotals[-1].pattern
            outer = dict.fromkeys(self._filled(last, row) for row in self.records)
            alone = [self._line(r) for r in self.records if self._filled(last, r) not in subtotals]
            return [*(one for one in outer if one in subtotals), *alone]
        return list(form.sum or ())

    def _is_total(self, row: Row) -> bool:
        return self.schedule.is_total(row.words)

    def _is_special(self, row: Row) -> bool:
        return self._is_total(row) or self._line(row) in self.schedule.rows

    def _line(self, row: Row) -> str:
        """The line of a row's figures: a total row is that of its group, else of all."""
        if self._is_total(row):
            subtotals = self.schedule.subtotals
            return self._filled(subtotals[0].pattern, row) if subtotals else "total"
        month = self._month(row)
        if month is not None:
            return month.suffix_in(self.paper.month)
        return self._filled(self.schedule.line_pattern, row)

    def _filled(self, pattern: str, row: Row) -> str:
        """A pattern as ids have it, a directorate by its name there."""
        named = {
            name: self.directorates.get(row[name], row[name])
            for name, column in self.schedule.columns.items()
            if column.type == "directorate"
        }
        return slug(_words(pattern, replace(row, words={**row.words, **named})))

    def _month(self, row: Row) -> Month | None:
        """The month of the year that a row is of, in a table of months."""
        name = self.schedule.months
        if name is None or self._is_total(row) or row[name] == self.schedule.year_row:
            return None
        years = self.schedule.years
        start = int(row[years].partition("/")[0]) if years else self.paper.month.start
        return Month(start, int(row[name][1:]))

    def _label(self, row: Row) -> str:
        month = self._month(row)
        if month is not None:
            named = self._named(row).words | {str(self.schedule.months): month.name}
            return _words(self.schedule.label_pattern, replace(row, words=named))
        return self.labels.get(id(row)) or self._total_label(row)

    def _total_label(self, row: Row) -> str:
        return _words(self.schedule.label_pattern, self._named(row))

    def _named(self, row: Row) -> Row:
        """A row as labels say it: words, and its place, by their names in print."""
        words = dict(row.words)
        for name, column in self.schedule.columns.items():
            if name in words:
                words[name] = column.names.get(words[name], words[name])
        if self.schedule.scope == "place":
            words[PLACE] = self.paper.report.place_name(self.place)
        return replace(row, words=words)


def _added(rows: Sequence[Row]) -> dict[str, Value]:
    names = dict.fromkeys(name for row in rows for name in row.amounts)
    sums = {n: sum_values([row.amounts[n] for row in rows if n in row.amounts]) for n in names}
    return {name: value for name, value in sums.items() if value is not None}


def _words(pattern: str, row: Row) -> str:
    return NAMED.sub(lambda found: row.words[found[1]], pattern)


def _labels(
    schedule: Schedule, rows: Sequence[Row], in_words: Callable[[Row], Row]
) -> dict[int, str]:
    """What to call each row. Where several share a name, what tells them apart is added.

    That is the first of the columns that the form names for it which says something short, the
    last of them however long it is, and at last the row's key.
    """
    plain = {id(row): _words(schedule.label_pattern, in_words(row)) for row in rows}
    if not schedule.told_apart_by:
        return plain
    named = Counter(plain.values())
    labels = {
        id(row): _apart(schedule, row, plain[id(row)])
        if named[plain[id(row)]] > 1
        else plain[id(row)]
        for row in rows
    }
    known = Counter(labels.values())
    keys = {id(row): ", ".join(row[name] for name in schedule.key) for row in rows}
    return {
        one: text if known[text] == 1 else f"{text} ({keys[one]})" for one, text in labels.items()
    }


def _apart(schedule: Schedule, row: Row, label: str) -> str:
    *shorter, last = schedule.told_apart_by
    told = (row[name] for name in shorter if 0 < len(row[name]) <= LONGEST)
    more = next(told, row[last])
    return f"{label}: {more}" if more else label
