"""The formulas of a workbook: each gives its stored result, and follows what it should.

A formula that gives the right number today may still be the wrong one: typed as a number, or taken
from other cells. So every input is moved a little, the workbook is reckoned again, and each cell
must have moved as its figure does by the register's own formula.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from boardpack.audit.reader.formula import Cell, Formula, NotReckoned, Value, read_formula
from boardpack.audit.reader.hold_figures_sheet import REGISTER, ROUNDING, SHOWN, VALUE
from boardpack.audit.reader.hold_supposed import is_supposed
from boardpack.audit.reader.hold_tables import Finding, Shown
from boardpack.audit.reader.reckoned import is_close, reckon
from boardpack.audit.reader.seen_workbook import Book, Stored

Register = Mapping[str, Mapping[str, Any]]
Formulas = Mapping[Cell, Formula]


def read_formulas(book: Book) -> tuple[Formulas, list[Finding]]:
    """The formulas of all cells, and those that are not understood."""
    found: dict[Cell, Formula] = {}
    faults: list[Finding] = []
    for cell, stored in book.stored.items():
        if stored.formula:
            try:
                found[cell] = read_formula(stored.formula, cell.sheet)
            except NotReckoned as error:
                faults.append((_where(cell), f"has a formula that cannot be reckoned: {error}."))
    return found, faults


def hold_results(book: Book, formulas: Formulas) -> Iterator[Finding]:
    """Every formula must give its stored result from what is stored in the cells that it names."""
    values: dict[Hashable, Value] = {cell: _value(book, cell) for cell in _needed(formulas)}
    for cell, formula in formulas.items():
        stored = values[cell]
        try:
            found = formula.reckon(values.get)
        except (NotReckoned, OverflowError) as error:
            yield _where(cell), f"has a formula that cannot be reckoned: {error}."
            continue
        sizes = [abs(one) for need in formula.needs if isinstance(one := values.get(need), float)]
        if isinstance(found, list) or not is_close(found, stored, max(sizes, default=0.0)):
            said = f"stores {_shown(stored)}, and its formula {_formula(book, cell)} gives {found}."
            yield _where(cell), said


def hold_moved(
    book: Book, formulas: Formulas, register: Register, rows: Mapping[str, int], shown: Shown
) -> Iterator[Finding]:
    """With every input moved, each cell must show what its figure then comes to."""
    typed, world = _moved(book, register, rows, shown)
    yield from _typed_twice(typed)
    start: dict[Hashable, Value] = {
        cell: _value(book, cell)
        for cell in {**_needed(formulas), **dict.fromkeys(book.stored)}
        if cell not in formulas
    }
    start.update({cell: value for cell, (_, value) in typed.items()})
    again = reckon(start, dict[Hashable, Formula](formulas.items()))
    wanted = _reckoned_register(book, register, rows, world)
    for identity, row in rows.items():
        cell = Cell(REGISTER, row, VALUE)
        if identity in wanted:
            yield from _held(book, cell, again.values.get(cell), wanted[identity], identity)
    for cell, (number, is_fraction) in shown.items():
        value = wanted.get(f"shown {number.figure}", wanted.get(number.figure))
        if isinstance(value, float):
            share = value / 100 if is_fraction else value
            yield from _held(book, cell, again.values.get(cell), share, number.figure)


def _held(book: Book, cell: Cell, found: Value, wanted: Value, identity: str) -> Iterator[Finding]:
    if not _moves_alike(found, wanted):
        formula = _formula(book, cell)
        how = f"its formula {formula} does" if formula else "a typed number does"
        yield _where(cell), f"does not follow the inputs as {identity} should: {how} not give it."


def _moves_alike(found: Value, wanted: Value) -> bool:
    if isinstance(found, float) and isinstance(wanted, float):
        return abs(found - wanted) <= max(1e-7 * max(abs(found), abs(wanted)), 1e-6)
    return False


def _moved(
    book: Book, register: Register, rows: Mapping[str, int], shown: Shown
) -> tuple[dict[Cell, tuple[str, float]], dict[Hashable, float]]:
    """Every input moved: where it is typed, with its figure's id, and by that id."""
    stored = book.stored
    typed: dict[Cell, tuple[str, float]] = {}
    world: dict[Hashable, float] = {}
    supposed = {n.figure for cell, (n, _) in shown.items() if not _is_formula(stored.get(cell))}
    for identity, row in rows.items():
        figure = register.get(identity, {})
        is_input = figure.get("value") is not None and (
            not figure["source"].get("formula") or (identity in supposed and is_supposed(figure))
        )
        if is_input:
            value = float(figure["value"])
            world[identity] = value * (1 + _step(identity) / 1000) + _step(identity[::-1])
            cell = Cell(REGISTER, row, VALUE)
            if not _is_formula(stored.get(cell)):
                typed[cell] = identity, world[identity]
    for cell, (number, is_fraction) in shown.items():
        if number.figure in world and not _is_formula(stored.get(cell)):
            value = world[number.figure]
            typed[cell] = number.figure, value / 100 if is_fraction else value
    return typed, world


def _typed_twice(typed: Mapping[Cell, tuple[str, float]]) -> Iterator[Finding]:
    """An input stands once, so that whoever changes it changes all that follows from it."""
    first: dict[str, Cell] = {}
    for cell, (identity, _) in typed.items():
        other = first.setdefault(identity, cell)
        if other != cell:
            there = f"sheet {other.sheet}, cell {other}"
            yield _where(cell), f"holds {identity} as a typed number, as {there} does too."


def _step(identity: str) -> float:
    """A small whole step from 1 to 9, that is the same for the same figure in every run."""
    return float(1 + sha256(identity.encode()).digest()[0] % 9)


def _is_formula(stored: Stored | None) -> bool:
    return stored is not None and bool(stored.formula)


def _reckoned_register(
    book: Book, register: Register, rows: Mapping[str, int], world: dict[Hashable, float]
) -> dict[Hashable, Value]:
    """What every figure comes to by the register's own formulas, from the moved inputs.

    A computed figure that is shown as printed keeps its distance to the print: `shown ID`. One that
    is computed from what may not be shown stays as it is.
    """
    formulas: dict[Hashable, Formula] = {}
    as_printed = _as_printed(book, register, rows)
    for identity, figure in register.items():
        said = figure["source"].get("formula")
        if said and figure.get("value") is not None and identity not in world:
            formula = read_formula(said)
            if all(register.get(str(one), {}).get("value") is not None for one in formula.needs):
                formulas[identity] = _over_shown(formula, as_printed)
            else:
                world = {**world, identity: float(figure["value"])}
    for printed in as_printed:
        computed = printed.removesuffix(".printed")
        start = float(register[computed]["value"])
        if printed in world:
            formulas[f"shown {printed}"] = _kept_apart(computed, world[printed] - start)
    return reckon(dict(world), formulas).values


def _kept_apart(computed: str, apart: float) -> Formula:
    def reckoned(look: Any) -> Value:
        value = look(computed)
        return value + apart if isinstance(value, float) else None

    return Formula((computed,), reckoned)


def _over_shown(formula: Formula, as_printed: frozenset[str]) -> Formula:
    """A formula over figures as the paper shows them."""
    names = {one: f"shown {one}" if one in as_printed else one for one in formula.needs}
    needs = tuple(names[one] for one in formula.needs)
    return Formula(needs, lambda look: formula.reckon(lambda one: look(names.get(one, one))))


def _as_printed(book: Book, register: Register, rows: Mapping[str, int]) -> frozenset[str]:
    """The printed figures that the workbook shows in the place of computed ones."""
    stored = book.stored
    found = set()
    for identity, row in rows.items():
        printed = f"{identity}.printed"
        has_rounding = all(
            _is_formula(stored.get(Cell(REGISTER, row, c))) for c in (ROUNDING, SHOWN)
        )
        if has_rounding and printed in register and register[identity].get("value") is not None:
            found.add(printed)
    return frozenset(found)


def _needed(formulas: Formulas) -> dict[Cell, None]:
    """The cells that formulas name, and those that have one."""
    found = dict.fromkeys(formulas)
    for formula in formulas.values():
        found |= dict.fromkeys(need for need in formula.needs if isinstance(need, Cell))
    return found


def _value(book: Book, cell: Cell) -> Value:
    stored = book.stored.get(cell)
    if stored is not None:
        number = stored.number
        return stored.result if number is None else number
    sheet = book.sheets.get(cell.sheet)
    return (sheet.text(cell.row, cell.column) or None) if sheet else None


def _formula(book: Book, cell: Cell) -> str:
    stored = book.stored.get(cell)
    formula = stored.formula if stored else ""
    return formula if len(formula) < 120 else f"{formula[:117]}..."


def _shown(value: Value) -> str:
    return "nothing" if value is None else str(value)


def _where(cell: Cell) -> str:
    return f"sheet {cell.sheet}, cell {cell}"
