"""The forms of declared tables, read a second time, for verification alone.

Shares no code with the product (see second_reading): it reads the same YAML by PyYAML, each value
as text, and finds the lines of a table by itself. docs/schedules.md says what each key means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from boardpack.audit.second_extracts import Shape
from boardpack.audit.second_numbers import Number, slug
from boardpack.audit.second_reading import Month, Row

OWN = Path(__file__).resolve().parents[1] / "schedules" / "own"
WORDS = ("text", "word", "date", "rating", "directorate")
Form = dict[str, Any]


class Line(NamedTuple):
    """A line of a table: its place and name, the row that prints it, and what it is made of.

    A record is a row of the file that is neither a total nor declared by name. `number` is that of
    the month that it is of, in a table of months.
    """

    place: str
    name: str
    row: Row | None = None
    made: Form | None = None
    parts: tuple[tuple[str, str], ...] = ()
    is_record: bool = False
    number: int | None = None


def forms(month: Month) -> dict[str, Form]:
    """Every declared table by name: the verifying program's own, then the home's."""
    found: dict[str, Form] = {}
    for folder in (OWN, month.home / "params" / "schedules"):
        for path in sorted(folder.glob("*.yml")):
            form = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            form["columns"] = {n: _column(said) for n, said in form["columns"].items()}
            found[path.stem] = form
    return found


def _column(said: Any) -> Form:
    return {"type": said} if isinstance(said, str) else dict(said)


def many(said: Any) -> list[str]:
    """One name, or several, as a list."""
    return [said] if isinstance(said, str) else list(said or ())


def is_said(form: Form, key: str, usual: bool = False) -> bool:
    """Whether a form says true under a key."""
    return bool(form[key] == "true") if key in form else usual


def amounts(form: Form) -> dict[str, Form]:
    """The columns that hold numbers."""
    return {n: one for n, one in form["columns"].items() if one["type"] not in WORDS}


def shape_of(form: Form) -> Shape:
    """Which columns the file of a table must have, and may have."""
    printed = {n: c for n, c in form["columns"].items() if is_said(c, "printed", True)}
    held = [name for name, column in printed.items() if not is_said(column, "optional")]
    key = tuple(many(form["key"]))
    if "across" in form:
        also = (f"icb_{one}" for one in many(form["across"].get("also")))
        lines = (name for name in key if name != "place")
        return Shape((form["across"]["measure"], *lines), ("icb", *also), by_place=True)
    rest = tuple(name for name in held if name not in key)
    return Shape(key, rest, tuple(name for name in printed if name not in held))


def id_of(form: Form, month: Month, place: str, line: str, name: str) -> str:
    """What the figure of a line and column is called; of another month it ends with that month."""
    column = form["columns"].get(name)
    if column is None:
        return f"{form['chapter']}.{place}.{line}.{name}"
    end, measure, line = "", column.get("measure", name), column.get("line", line)
    if "months" in form:
        end = "" if line == month.code.lower() else f".{line}"
        line = form["line"]
    elif "measure" in column:
        end = _end(month, column.get("period") or form.get("period", ""))
    return f"{form['chapter']}.{place}.{line}.{measure}{end}"


def _end(month: Month, period: str) -> str:
    start, before = int(month.year[:4]), f"m{month.number - 1:02d}"
    year = f"{start - 1}_{start % 100:02d}"
    if period == "prior year" or period[:1].isdigit():
        return f".{year if period == 'prior year' else slug(period)}"
    if period == "prior month" and month.number == 1:
        return f".{year}_m12"
    return f".{before}" if period.startswith("prior month") else ""


def lines(form: Form, month: Month, rows: Sequence[Row]) -> list[Line]:
    """The lines of a table in the order of their making: rows, totals of groups, declared rows.

    Of a table of places each place has its own, and the whole body their sums where it says so.
    """
    if form.get("scope") != "place":
        return list(_Lines(form, month, rows).listed()) if rows else []
    held: dict[str, list[Row]] = {}
    for row in _by_place(form, month, rows):
        held.setdefault(row.text("place"), []).append(row)
    is_summed = form.get("whole") in ("summed", "complete")
    body = held.pop("icb", []) if is_summed else []
    found = [line for own in held.values() for line in _Lines(form, month, own).listed()]
    if is_summed:
        printed = _Lines(form, month, body).printed
        for name in dict.fromkeys(line.name for line in found):
            needed = month.places if form["whole"] == "complete" else ()
            came = (line.place for line in found if line.name == name)
            parts = tuple((place, name) for place in dict.fromkeys((*needed, *came)))
            found.append(Line("icb", name, printed.get(name), {"sum": "places"}, parts))
    return found


def is_of_body(form: Form, name: str) -> bool:
    """Whether a column is the whole body's alone, in a table across places."""
    return any(name.endswith(f"_{one}") for one in many(form.get("across", {}).get("also")))


def _by_place(form: Form, month: Month, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of a table of places; of one across them, a row for each line that a place has."""
    if "across" not in form:
        yield from rows
        return
    measure, also = form["across"]["measure"], many(form["across"].get("also"))
    columns = {one: (one, "") for one in (*month.columns, "icb")}
    columns |= {f"icb_{one}": ("icb", f"_{one}") for one in also}
    held: dict[tuple[str, ...], tuple[dict[str, str], dict[str, Number]]] = {}
    for row in rows:
        rest = {name: row.text(name) for name in many(form["key"]) if name != "place"}
        for column, (place, end) in columns.items():
            words, made = held.setdefault((place, *rest.values()), ({"place": place, **rest}, {}))
            name = row.text(measure) + end
            if row.text(column):
                words[name] = row.text(column)
            if column in row.made:
                made[name] = row.made[column]
    totals = form.get("totals", {}).items()
    for words, made in held.values():
        is_total = all(words[name] == word for name, word in totals)
        has_any = made or len(words) > len(many(form["key"]))
        if has_any or (is_total and words["place"] in month.places):
            yield Row(words, made, rows[0].layout)


class _Lines:
    def __init__(self, form: Form, month: Month, rows: Sequence[Row]) -> None:
        self.form, self.month, self.rows = form, month, rows
        self.declared: Mapping[str, Form] = form.get("rows", {})
        self.groups: list[Form] = form.get("subtotals", [])
        plain = [row for row in self.rows if not self._is_total(row)]
        self.records = [row for row in plain if self._name(row) not in self.declared]
        self.printed = {self._name(row): row for row in self.rows}

    def listed(self) -> Iterator[Line]:
        totals = list(self._totals())
        known = {line.name for line in totals}
        for row in self.rows:
            name = self._name(row)
            form = self.declared.get(name)
            if name not in known and (form is None or not _is_made(form)):
                is_record = form is None and not self._is_total(row)
                number = None if self._is_total(row) else self._number(row)
                yield Line(self._place(row), name, row, is_record=is_record, number=number)
        yield from totals
        for name, form in _in_turn(self.declared):
            if _is_made(form):
                printed = self.printed.get(name)
                parts = tuple(self._parts(form, known))
                place = self._place(self.rows[0])
                yield Line(place, name, printed, form, tuple((place, one) for one in parts))

    def _totals(self) -> Iterator[Line]:
        inner = ""
        for form in self.groups:
            pattern = form.get("line") or f"{{{form['by']}}}_total"
            held: dict[str, list[Row]] = {}
            for row in self.records:
                held.setdefault(self._filled(pattern, row), []).append(row)
            for name, rows in held.items():
                printed = self.printed.get(name)
                if printed is not None or not is_said(form, "when_printed"):
                    parts = [self._filled(inner, r) if inner else self._name(r) for r in rows]
                    place = self._place(rows[0])
                    once = tuple((place, part) for part in dict.fromkeys(parts))
                    yield Line(place, name, printed, {"sum": "group"}, once)
            inner = pattern

    def _parts(self, form: Form, totals: set[str]) -> list[str]:
        said = many(form.get("sum"))
        if said == ["all"]:
            return [self._name(row) for row in self.records]
        if said == ["subtotals"]:
            last = self.groups[-1]
            pattern = last.get("line") or f"{{{last['by']}}}_total"
            named = [(self._filled(pattern, row), row) for row in self.records]
            outer = dict.fromkeys(name for name, _ in named if name in totals)
            return [*outer, *(self._name(row) for name, row in named if name not in totals)]
        return said

    def _is_total(self, row: Row) -> bool:
        said = self.form.get("totals", {})
        return bool(said) and all(row.text(name) == word for name, word in said.items())

    def _name(self, row: Row) -> str:
        if self._is_total(row):
            if not self.groups:
                return "total"
            first = self.groups[0]
            return self._filled(first.get("line") or f"{{{first['by']}}}_total", row)
        usual = "_".join(f"{{{name}}}" for name in many(self.form["key"]))
        if self.form.get("scope") == "place":
            usual = "total"
        if "months" in self.form:
            return self._filled(usual, row)
        return self._filled(self.form.get("line") or usual, row)

    def _number(self, row: Row) -> int | None:
        return int(row.text(self.form["months"])[1:]) if "months" in self.form else None

    def _filled(self, pattern: str, row: Row) -> str:
        def said(found: re.Match[str]) -> str:
            is_directorate = self.form["columns"][found[1]]["type"] == "directorate"
            return self.month.line(row.text(found[1])) if is_directorate else row.text(found[1])

        return slug(re.sub(r"\{(\w+)\}", said, pattern))

    def _place(self, row: Row) -> str:
        if self.form.get("scope") == "place":
            return row.text("place")
        return self.month.default_place if self.form.get("scope") == "none" else "icb"


def _in_turn(declared: Mapping[str, Form]) -> Iterator[tuple[str, Form]]:
    """Declared rows, each after those that it is made of."""
    waiting = dict(declared)
    while waiting:
        for name, form in waiting.items():
            named = {*many(form.get("sum")), *re.findall(r"[a-z]\w*", form.get("formula", ""))}
            if not named & set(waiting) - {name}:
                break
        yield name, waiting.pop(name)


def _is_made(form: Form) -> bool:
    return "sum" in form or "formula" in form
