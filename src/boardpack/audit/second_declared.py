"""The figures of declared tables, computed a second time, for verification alone.

Shares no code with the product (see second_reading). Columns are computed across, rows added down;
a number that was printed stands where rounding explains its difference from the computed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from boardpack.audit.second_forms import (
    Form,
    Line,
    amounts,
    forms,
    id_of,
    is_of_body,
    is_said,
    lines,
    many,
    shape_of,
)
from boardpack.audit.second_ledger import corporate_rows, overview_rows, position_rows
from boardpack.audit.second_numbers import (
    HALF,
    THOUSAND,
    Number,
    Results,
    is_whole,
    settled,
    total,
)
from boardpack.audit.second_reading import Month, Row, rows, rows_of
from boardpack.audit.second_reckoned import NAMES, reckoned
from boardpack.audit.second_returns import payment_rows
from boardpack.audit.second_tracker import efficiency_rows, savings_rows

UNITS = {"thousands": THOUSAND, "millions": THOUSAND * THOUSAND, "thousands or per cent": THOUSAND}
MONEY = ("pounds", "pounds a month", "thousands", "millions", "amount")
ADDED = (*MONEY, "count", "thousands or per cent")
MADE: Mapping[str, Callable[[Month], list[Row]]] = {
    "bppc": payment_rows,
    "budget_overview": overview_rows,
    "corporate_costs": corporate_rows,
    "efficiency_schemes": efficiency_rows,
    "place_savings": savings_rows,
    "position": position_rows,
}
"""Where the rows of a table come from that may be made of a unit-level extract."""


def declared(month: Month) -> Results:
    """Every figure of every declared table, but those that rest on figures of another chapter.

    A table whose formulas name figures of its chapter by their ids comes after the others.
    """
    found: Results = {}
    held: dict[str, Number] = {}
    for name, form in sorted(forms(month).items(), key=lambda one: _names_its_chapter(one[1])):
        if "together" in form or ("months" in form and form.get("scope") == "place"):
            continue  # second_care does the latter
        read = MADE[name](month) if name in MADE else rows_of(month, name, shape_of(form))
        found.update(_Table(form, month, read, held).found)
    return found


def _names_its_chapter(form: Form) -> bool:
    named = (one for c in form["columns"].values() for one in NAMES.findall(c.get("formula", "")))
    return any(one.count(".") > 1 and one.split(".")[0] == form["chapter"] for one in named)


class _Table:
    """One table: `known` are its numbers as they are computed with, `found` as they are told.

    `held` are the numbers that are computed with of all tables so far, by the ids of their figures.
    """

    def __init__(self, form: Form, month: Month, read: list[Row], held: dict[str, Number]) -> None:
        self.form, self.month, self.held = form, month, held
        self.known: dict[tuple[str, str, str], Number] = {}
        self.nil: set[tuple[str, str, str]] = set()
        self.found: Results = {}
        self.lines = lines(form, month, read)
        self._beside(first=True)
        columns = amounts(form)
        for names in _rounds(columns):
            for line in self.lines:
                for name in names:
                    if is_of_body(form, name) and line.place != "icb":
                        continue
                    if _holds(columns[name], line.name) and self._has(line, columns[name]):
                        self._column(line, name, columns[name])
        self._beside(first=False)

    def _has(self, line: Line, column: Form) -> bool:
        """Whether a row has the column that another needs, or may not leave it blank."""
        where = column.get("where")
        if where is None or (line.place, line.name, where) in self.known:
            return True
        blank = self.form["columns"][where].get("blank")
        is_over = line.number is not None and line.number <= self.month.number
        return blank is None or (blank == "to come" and is_over)

    def _column(self, line: Line, name: str, column: Form) -> None:
        printed = _printed(line.row, name, column)
        is_computed = any(key in column for key in ("formula", "sum", "against", "parameter"))
        is_computed &= line.place not in many(column.get("keyed"))
        own = (line.made or {}).get("lacking") or column.get("lacking")
        lacking = own or self.form.get("lacking", "absent")
        is_added = "sum" in column or is_said(column, "added") or not is_computed
        if line.made is not None and is_added:
            own = None if is_computed else column.get("lacking")
            lacking = line.made.get("lacking") or own or self.form.get("lacking", "absent")
            computed = self._down(line, name, column, lacking)
        elif is_computed:
            computed = self._across(line, name, column, printed, lacking)
        else:
            computed = None
        is_lost = computed is None or computed.value.is_nan()
        is_sum = "sum" in column if line.made is None else _is_sparse(line, column)
        if is_lost and not is_sum and lacking == "left out":
            computed = None
        if computed is not None and is_lost and is_sum:  # of parts that are there, not all
            self._keep(line, name, computed, None)
        elif is_lost and ((not is_computed and line.made is None) or lacking == "as printed"):
            if printed is not None:
                self._keep(line, name, printed, None)
        elif computed is not None:
            self._keep(line, name, computed, printed)

    def _keep(self, line: Line, name: str, number: Number, printed: Number | None) -> None:
        identity = id_of(self.form, self.month, line.place, line.name, name)
        self.found[identity] = number.value
        self.held[identity] = self.known[line.place, line.name, name] = settled(number, printed)

    def _down(self, line: Line, name: str, column: Form, lacking: str) -> Number | None:
        made = line.made or {}
        if "formula" in made:
            return self._formula(made["formula"], lambda one: (line.place, one, name), line)
        if column["type"] not in ADDED or not is_said(column, "added", True):
            return None
        keys = [(place, part, name) for place, part in line.parts]
        sparse = _is_sparse(line, column)
        if sparse and not is_said(made, "sparse") and not any(key in self.known for key in keys):
            return None
        if "months" in self.form:  # those to come may lack, and of none that is there is no total
            due = f"m{self.month.number:02d}"
            is_any = any(key in self.known for key in keys)
            keys = [key for key in keys if is_any and (key[1] <= due or key in self.known)]
            if not keys:
                return None
        return self._sum(keys, sparse, _printed(line.row, name, column))

    def _sum(
        self, keys: list[tuple[str, str, str]], sparse: bool, printed: Number | None
    ) -> Number:
        """A sum; what a sparse table leaves blank is nil where its printed total says so."""
        held = {key: self.known.get(key) for key in keys if key not in self.nil}
        if sparse and is_whole(held.values(), printed):
            self.nil.update(key for key, number in held.items() if number is None)
            held = {key: number for key, number in held.items() if number is not None}
        return total(held.values())

    def _across(
        self, line: Line, name: str, column: Form, printed: Number | None, lacking: str
    ) -> Number | None:
        if "sum" in column:
            keys = [(line.place, line.name, part) for part in many(column["sum"])]
            if is_said(column, "running") and line.number is not None and line.number > 1:
                keys.insert(0, (line.place, f"m{line.number - 1:02d}", name))
            if lacking == "as printed" and not any(key in self.known for key in keys):
                return None
            return self._sum(keys, is_said(column, "sparse"), printed)
        if "parameter" in column:
            return Number(self.month.parameters[column["parameter"]])
        formula = column.get("formula", "")
        if "against" in column:
            target, actual = many(column["against"])
            is_lower = self._sense(line, column) in ("spend", "limit")
            formula = f"{target} - {actual}" if is_lower else f"{actual} - {target}"
        if "otherwise" in column:
            alone = {*NAMES.findall(formula)} - {*NAMES.findall(column["otherwise"])}
            if any(self._key(line, one) not in self.known for one in alone):
                formula = column["otherwise"]
        return self._formula(formula, lambda one: self._key(line, one), line)

    def _key(self, line: Line, name: str) -> tuple[str, str, str]:
        parts = name.split(".")
        if len(parts) == 2:
            return line.place, parts[0], parts[1]
        return line.place, line.name, name

    def _sense(self, line: Line, column: Form) -> str:
        """Which way is good: of the column, else as the row says, else by its name, else of all."""
        if "sense" in column:
            return str(column["sense"])
        usual = str(self.form.get("sense", "spend"))
        if line.row is None:
            return usual
        said = line.row.text(self.form.get("sense_column", ""))
        name = _plain(line.row.text(many(self.form["key"])[-1]))
        known = self.form.get("senses", {}).items()
        by_name = (sense for sense, names in known if name in map(_plain, many(names)))
        return said or next(by_name, usual)

    def _formula(
        self, formula: str, key: Callable[[str], tuple[str, str, str]], line: Line
    ) -> Number | None:
        """What a formula comes to; None where a part is not there, or it divides by nil."""
        text = re.sub(r"(?<![\w.])month(?![\w.(])", str(self.month.number), formula)
        text = re.sub(r"(?<![\w.])months_left(?![\w.(])", str(self.month.left), text)
        names = list(dict.fromkeys(NAMES.findall(text)))
        held = {
            name: self.held.get(self._full(line, name))
            if name.count(".") > 1
            else self.known.get(key(name))
            for name in names
        }
        there = {name: number for name, number in held.items() if number is not None}
        if len(there) < len(held):
            return None
        return reckoned(text, there)

    def _full(self, line: Line, name: str) -> str:
        """An id, of the row's place and month where it says `place`, or ends with `month`."""
        *above, last = name.split(".")
        above[1] = line.place if above[1] == "place" else above[1]
        if last != "month":
            return ".".join([*above, last])
        code = f"m{line.number or 0:02d}"
        return ".".join(above if code == self.month.code.lower() else [*above, code])

    def _beside(self, *, first: bool) -> None:
        """The figures beside the table that rest on it, or on what the reports say in words.

        Parameters of the report come first, before the table.
        """
        scope = self.form.get("scope")
        place = self.month.default_place if scope == "none" else "icb"
        for form in self.form.get("figures", ()):
            if ("parameter" in form) is not first:
                continue
            line = Line(place, form["line"])
            said = number = self._stated(place, form)
            formula = form.get("formula", "")
            rests_on = set(NAMES.findall(formula)) - {"month", "months_left"}
            if not rests_on and not self.lines and ("parameter" in form or "formula" in form):
                continue
            if "parameter" in form:
                number = Number(self.month.parameters[form["parameter"]])
            elif "sum" in form:
                number = self._over_rows(form["sum"])
            elif "formula" in form:
                number = self._formula(formula, partial(self._key, line), line)
            if number is not None:
                self._keep(line, form["measure"], number, said)

    def _over_rows(self, formula: str) -> Number | None:
        """A formula of a row, added up over the rows that are no totals; None of no rows."""
        rows = [line for line in self.lines if line.is_record]
        found = (self._formula(formula, partial(self._key, line), line) for line in rows)
        return total(found) if rows else None

    def _stated(self, place: str, form: Form) -> Number | None:
        if form.get("stated", "false") == "false":
            return None
        wanted = (self.form["chapter"], place, form["line"], form["measure"])
        if form["stated"] != "true":
            wanted = tuple(form["stated"].split("."))
        for row in rows(self.month, "stated"):
            names = ("chapter", "place", "line", "measure")
            if tuple(row.text(name) for name in names) == wanted:
                return row.number("value")
        return None


def _is_sparse(line: Line, column: Form) -> bool:
    """Whether a total may hold blanks that are nil: as its row says, or its column that is read."""
    is_read = not any(key in column for key in ("formula", "sum", "against", "parameter"))
    return is_said(line.made or {}, "sparse") or (is_read and is_said(column, "sparse"))


def _rounds(columns: Mapping[str, Form]) -> tuple[list[str], list[str]]:
    """The columns in turn: those that a row computes alone, and those that need other lines."""
    done: list[str] = []
    late: list[str] = []
    waiting = list(columns)
    while waiting:
        ready = [n for n in waiting if not set(_needs(columns[n])) & set(waiting) - {n}]
        if not ready:
            raise ValueError(f"{', '.join(waiting)} are computed from each other")
        name = ready[0]
        waiting.remove(name)
        across = any(one.count(".") == 1 for one in NAMES.findall(columns[name].get("formula", "")))
        is_late = across or any(one in late for one in _needs(columns[name]))
        (late if is_late else done).append(name)
    return done, late


def _needs(column: Form) -> list[str]:
    named = NAMES.findall(column.get("formula", ""))
    return [*named, *(n for key in ("sum", "against", "where") for n in many(column.get(key)))]


def _holds(column: Form, line: str) -> bool:
    only = many(column.get("only"))
    return line not in many(column.get("skip")) and (not only or line in only)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _printed(row: Row | None, name: str, column: Form) -> Number | None:
    """What the file prints in a column; None for no number, or for words that say so."""
    if row is None or row.text(name) in many(column.get("no_amount")):
        return None
    unit = UNITS.get(column["type"], Decimal(1))
    found = row.number(name, Decimal(1) if "%" in row.text(name) else unit)
    if found is None or column["type"] == "count":
        return found and Number(found.value)
    if "step" in column:
        return Number(found.value, Decimal(column["step"]) * unit * HALF)
    return found
