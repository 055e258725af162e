"""Schedules from their files: those of the project, and those of a home's `params/schedules`.

Each file is one table; its name is the name of the extract that it reads. All faults of a file are
told at once, each with its line and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.home import REPORT
from boardpack.core.parameter_files import load_parameters, placed
from boardpack.core.report import Report
from boardpack.schedules.form import (
    WORDS,
    ColumnForm,
    FigureForm,
    PictureForm,
    RowForm,
    Schedule,
)
from boardpack.schedules.formulas import is_formula, names_in
from boardpack.schedules.order import Circle, columns_in_turn, rows_in_turn

SUBJECTS = Path(__file__).parents[1] / "subjects"
"""Where the project's own schedules stand, each in the room of its subject: data of the program,
compared by whoever verifies it."""
FOLDER = Path("params/schedules")
"""The schedules of a home."""
NAMED = re.compile(r"\{(\w*)\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
PARAMETERS = tuple(n for n, field in Report.model_fields.items() if field.annotation is Decimal)
"""The parameters of a report that are a number."""
MOST_SERIES = 4
"""How many colours of a chart a reader tells apart."""
LINE_AND_COLUMN = 2
"""A name of two parts is a column of a line; one of more is a figure's id."""
STATED = 4
"""The parts of an id under which reports say a figure in words."""


@cache
def own_schedules() -> Mapping[str, Schedule]:
    """The project's own schedules by name."""
    return _read(SUBJECTS, SUBJECTS.glob("*/*.yml"))


def own_schedule(name: str) -> Schedule:
    """One of the project's own schedules."""
    return own_schedules()[name]


def home_schedules(home: Path) -> Mapping[str, Schedule]:
    """The schedules that a home declares, by name; InputFaults tells all that is wrong in them."""
    return _read(home, (home / FOLDER).iterdir()) if (home / FOLDER).is_dir() else {}


def declares(home: Path) -> bool:
    """Whether a home declares any table of its own."""
    return any((home / FOLDER).glob("*.yml"))


def schedules_of(home: Path) -> dict[str, Schedule]:
    """All schedules that a paper of a home may hold, the project's own first.

    InputFaults where a home declares one that the project has.
    """
    own, declared = own_schedules(), home_schedules(home)
    faults = [
        Fault(_file(FOLDER, name), "a name of its own", f"The project has a table {name} already.")
        for name in declared
        if name in own
    ]
    if faults:
        raise InputFaults(faults)
    return {**own, **declared}


def chapters_named(schedule: Schedule) -> tuple[str, ...]:
    """The other chapters whose figures a schedule's formulas and agreements name, each once."""
    columns = schedule.columns.values()
    formulas = [one or "" for column in columns for one in (column.formula, column.otherwise)]
    formulas += [figure.formula or figure.sum or "" for figure in schedule.figures]
    formulas += [text for one in schedule.agrees for text in (one.figure, one.equals)]
    names = (name.split(".") for formula in formulas for name in names_in(formula))
    named = dict.fromkeys(parts[0] for parts in names if len(parts) > LINE_AND_COLUMN)
    return tuple(one for one in named if one != schedule.chapter)


def _read(base: Path, files: Iterable[Path]) -> dict[str, Schedule]:
    found: dict[str, Schedule] = {}
    faults: list[Fault] = []
    for path in sorted(files, key=lambda path: path.name):
        name, file = path.stem, path.relative_to(base)
        if path.suffix != ".yml" or not _NAME.fullmatch(name):
            expected = "a file NAME.yml, with a name of small letters, digits and underscores"
            faults.append(Fault(file.as_posix(), expected, "Rename it, or take it away."))
            continue
        schedule = load_parameters(base, file, Schedule, faults)
        if schedule is not None:
            schedule = schedule.model_copy(update={"name": name})
            wrong = placed(base, file, schedule_faults(schedule, file.as_posix()))
            faults += wrong
            found[name] = schedule
    if faults:
        raise InputFaults(faults)
    return found


def _file(folder: Path, name: str) -> str:
    return (folder / f"{name}.yml").as_posix()


def schedule_faults(schedule: Schedule, file: str) -> Iterator[Fault]:
    """What a model cannot see: names of columns and lines that are none, formulas that are none."""
    columns = tuple(schedule.columns)
    for key, names in _named_columns(schedule):
        for name in names:
            if name not in columns:
                yield Fault(file, "a column of this table", nearest(name, columns), None, key, name)
    if not schedule.amounts:
        yield Fault(file, "a column that holds numbers", "Add one.", None, "columns")
    if schedule.scope == "place" and "place" not in columns:
        remedy = "Add a column place, or say scope: body."
        yield Fault(file, "a column place, where the scope is place", remedy, None, "scope")
    yield from _across_faults(schedule, file)
    for key in schedule.key:
        if key in columns and not schedule.columns[key].is_words:
            yield Fault(file, "a column of words in the key", "Choose another.", None, "key", key)
    for name, column in schedule.columns.items():
        yield from _column_faults(schedule, file, name, column)
    yield from _month_faults(schedule, file)
    if schedule.has_lines_across and (schedule.key != ["place"] or schedule.line or schedule.rows):
        expected = "key: place, no line and no rows, where columns are lines of their own"
        yield Fault(file, expected, "Correct it.", None, "key")
    yield from _circles(schedule, file)
    if schedule.picture is not None:
        yield from _picture_faults(schedule, file, schedule.picture)
    for line, row in schedule.rows.items():
        yield from _row_faults(schedule, file, line, row)
    for number, figure in enumerate(schedule.figures):
        yield from _figure_faults(schedule, file, f"figures.{number}", figure)


def _month_faults(schedule: Schedule, file: str) -> Iterator[Fault]:
    """A table of months has them for its key, with their years and places, and one line.

    What needs months stands in no other table.
    """
    if schedule.months is not None:
        place = "place" if schedule.scope == "place" else None
        keys = [one for one in (schedule.years, schedule.months, place) if one]
        if schedule.key != keys or not schedule.line or _pattern(schedule.line):
            expected = (
                f"key: [{', '.join(keys)}], and one line without brackets, in a table of months"
            )
            yield Fault(file, expected, "Correct it.", None, "months", schedule.months)
        return
    if schedule.years or schedule.year_row:
        key = "years" if schedule.years else "year_row"
        yield Fault(file, "months, which this needs", "Say which column tells them.", None, key)
    for name, column in schedule.columns.items():
        if column.running or column.blank == "to come":
            key = f"columns.{name}.{'running' if column.running else 'blank'}"
            remedy = "Say which column tells the months, or take it out."
            yield Fault(file, "the key months, which this needs", remedy, None, key)


def _across_faults(schedule: Schedule, file: str) -> Iterator[Fault]:
    """A table across places is of places, and its cells are all of one type."""
    if schedule.across is None:
        return
    if schedule.scope != "place" or "place" not in schedule.key:
        yield Fault(file, "scope: place, and place in the key", "Say so.", None, "across")
    if len({one.type for one in schedule.amounts.values() if one.printed}) > 1:
        expected = "columns of one type in a table with a column for each place"
        yield Fault(file, expected, "Say `printed: false` of what is not read.", None, "columns")
    read = [n for n, one in schedule.amounts.items() if one.printed and not schedule.is_of_body(n)]
    for name in (f"{name}_{more}" for more in schedule.across.also for name in read):
        if name not in schedule.amounts:
            expected = f"a column {name}, which the second column of the body holds"
            yield Fault(file, expected, "Add it, or take `also` out.", None, "across.also")


def _circles(schedule: Schedule, file: str) -> Iterator[Fault]:
    """Columns, or rows, of which each is computed from the other."""
    for key, order in (
        ("columns", lambda: columns_in_turn(schedule)),
        ("rows", lambda: rows_in_turn(schedule.rows)),
    ):
        try:
            order()
        except Circle as circle:
            expected = f"each computed from others than itself; {circle} go round"
            yield Fault(file, expected, "Correct one of them.", None, f"{key}.{circle.names[0]}")


def _named_columns(schedule: Schedule) -> Iterator[tuple[str, Iterable[str]]]:
    """Each place of the file where columns are named, and the names there."""
    yield "key", schedule.key
    yield "line", _pattern(schedule.line)
    yield "label", _pattern(schedule.label)
    yield "told_apart_by", schedule.told_apart_by
    yield "totals", schedule.totals
    yield "sense_column", filter(None, [schedule.sense_column])
    yield "months", filter(None, [schedule.months])
    yield "years", filter(None, [schedule.years])
    for number, subtotal in enumerate(schedule.subtotals):
        texts = subtotal.pattern + subtotal.label + subtotal.heading
        yield f"subtotals.{number}", (subtotal.by, *_pattern(texts))
    yield "table.words", schedule.table.words
    if schedule.picture is not None:
        yield "picture.columns", schedule.picture.columns
    for name, column in schedule.columns.items():
        yield f"columns.{name}.sum", column.sum or ()
        yield f"columns.{name}.against", column.against or ()
        yield f"columns.{name}.released", filter(None, [column.released])
        yield f"columns.{name}.where", filter(None, [column.where])


def _pattern(text: str) -> list[str]:
    return NAMED.findall(text)


def _column_faults(schedule: Schedule, file: str, name: str, column: ColumnForm) -> Iterator[Fault]:
    key = f"columns.{name}"
    ways = [way for way in ("formula", "sum", "against", "parameter") if getattr(column, way)]
    if len(ways) > 1:
        expected = f"one way to compute it, not {' and '.join(ways)}"
        yield Fault(file, expected, "Keep one of them.", None, key)
    if ways and column.is_words:
        yield Fault(file, "a type of numbers for what is computed", "Correct it.", None, key)
    if not ways and not column.printed:
        expected = "a formula for a column that the file does not have"
        yield Fault(file, expected, "Add it, or take `printed: false` out.", None, key)
    if column.released is not None and (ways or schedule.period_of(column) != "prior month"):
        expected = "a column that the file has, of the prior month, where last month's is named"
        yield Fault(file, expected, "Correct one of them.", None, f"{key}.released")
    if (column.words or column.names) and column.type not in ("word", "rating", "directorate"):
        yield Fault(file, "the type word, where words are listed", "Say so.", None, f"{key}.words")
    for word in column.never:
        known = (*column.words, *column.names)
        if word not in known:
            expected = "one of the words that the column may say"
            yield Fault(file, expected, nearest(word, known), None, f"{key}.never", word)
    if column.running and column.sum is None:
        yield Fault(file, "a sum, which runs on", "Say what it adds.", None, f"{key}.running")
    if column.otherwise is not None and column.formula is None:
        expected = "a formula, which this stands in for"
        yield Fault(file, expected, "Say which.", None, f"{key}.otherwise")
    if column.is_of_group and not schedule.subtotals:
        expected = "subtotals, of which group is that of the row"
        yield Fault(file, expected, "Declare them.", None, f"{key}.formula", column.formula)
    yield from _parameter_faults(file, key, column.parameter)
    for way in ("formula", "otherwise", "of_total"):
        formula = getattr(column, way)
        if formula is not None:
            yield from _formula_faults(file, f"{key}.{way}", formula, {*schedule.columns})


def _parameter_faults(file: str, key: str, name: str | None) -> Iterator[Fault]:
    if name is not None and name not in PARAMETERS:
        expected = f"a number of {REPORT.as_posix()}"
        yield Fault(file, expected, nearest(name, PARAMETERS), None, f"{key}.parameter", name)


def _picture_faults(schedule: Schedule, file: str, picture: PictureForm) -> Iterator[Fault]:
    """Columns that one scale cannot hold, and more of them, or fewer, than a reader can follow."""
    key = "picture.columns"
    kinds = {schedule.columns[name].type for name in picture.columns if name in schedule.columns}
    if len(kinds) > 1 or kinds & WORDS:
        yield Fault(file, "columns of numbers of one type", "Draw one of them.", None, key)
    if picture.shape == "line" and len(picture.columns) == 1:
        yield Fault(file, "two columns or more for a line", "Add those before it.", None, key)
    if picture.shape != "line" and len(picture.columns) > MOST_SERIES:
        expected = f"at most {MOST_SERIES} columns, as bars"
        yield Fault(file, expected, "Leave some out, or say shape: line.", None, key)


def _row_faults(schedule: Schedule, file: str, line: str, row: RowForm) -> Iterator[Fault]:
    key = f"rows.{line}"
    if row.sum is not None and row.formula is not None:
        yield Fault(file, "a sum or a formula", "Keep one of them.", None, key)
    if row.sum == ["subtotals"] and not schedule.subtotals:
        yield Fault(file, "subtotals, which this row adds up", "Declare them.", None, f"{key}.sum")
    if row.formula is not None and not is_formula(row.formula):
        yield _no_formula(file, f"{key}.formula", row.formula)


def _figure_faults(schedule: Schedule, file: str, key: str, figure: FigureForm) -> Iterator[Fault]:
    yield from _parameter_faults(file, key, figure.parameter)
    if isinstance(figure.stated, str) and len(figure.stated.split(".")) != STATED:
        expected = "true, or an id: chapter.place.line.measure"
        yield Fault(file, expected, "Correct it.", None, f"{key}.stated", figure.stated)
    if figure.formula is not None and figure.sum is not None:
        yield Fault(file, "a sum or a formula", "Keep one of them.", None, key)
    elif figure.sum is not None:
        yield from _formula_faults(file, f"{key}.sum", figure.sum, {*schedule.amounts})
    elif figure.formula is None and figure.parameter is None and not figure.stated:
        expected = "a formula, a sum, a parameter, or stated: true"
        yield Fault(file, expected, "Say where it comes from.", None, key)
    elif figure.formula is not None and not is_formula(figure.formula):
        yield _no_formula(file, f"{key}.formula", figure.formula)


def _formula_faults(file: str, key: str, formula: str, known: set[str]) -> Iterator[Fault]:
    if not is_formula(formula):
        yield _no_formula(file, key, formula)
        return
    for name in names_in(formula):
        *line, column = name.split(".")
        if len(line) < LINE_AND_COLUMN and column not in known:
            yield Fault(file, "a column of this table", nearest(column, known), None, key, name)


def _no_formula(file: str, key: str, formula: str) -> Fault:
    expected = "a formula of names, numbers, + - * /, brackets, abs, max and min"
    return Fault(file, expected, "Correct it: it holds no condition.", None, key, formula)
