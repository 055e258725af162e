"""Every figure of a register re-performed from what it says it is made of, one by one.

One with a formula is worked out again over the values that the register states, so that a fault is
told once, where it is. One that was read is what its cells say, added up; one that was made of rows
without their text is made of them again where its method is plain. A count of checks is counted
again. What cannot be re-performed so is kept with the reason, and nothing is left out in silence.

What a formula leaves out is left out twice: for that there are the headlines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from typing import Any

from boardpack.audit.second.cells import (
    Cell,
    Figures,
    Files,
    Wrong,
    apart_from,
    cells_of,
    is_of_data,
    rows_of,
)
from boardpack.audit.second.formulas import operands, worked_out
from boardpack.audit.second.numbers import is_same, number, slug

SCALES = (Decimal(1), Decimal(1000), Decimal(1_000_000))
"""Files are in ones, thousands or millions: a slip of ten, or a changed digit, is none of these."""
PRINTED = ".printed"
CHECKS = "checks.json"

FORMULA, CELLS, ROWS, COUNT = (
    "worked out by their formula",
    "read from their cells",
    "added up from rows",
    "counted from the checks",
)
SUPPRESSED = "suppressed as small numbers of people, or resting on one"
ABSENT = "not supplied"
NO_NUMBER = "whose cell says no plain number"
ELSEWHERE = "taken from {}, which is no extract"
METHOD = "made of rows of {} by a method told in words"
UNREAD = "made of rows of {}, which cannot be read whole here"
POINTS = "traced to the points of open failures by the program alone"


@dataclass
class Walk:
    """By ids of figures: how each was re-performed, or why not; and what is wrong with which."""

    done: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


class _Left(Exception):
    """Why a figure cannot be re-performed from what it says it is made of."""


def walk(
    found: Walk, figures: Figures, files: Files, checks: Iterable[Mapping[str, Any]] = ()
) -> None:
    """Re-perform every figure, into `found`."""
    counted = list(checks)
    stated = ((name, figure.get("value")) for name, figure in figures.items())
    values = {name: Decimal(value) for name, value in stated if value is not None}
    with localcontext() as context:
        context.prec = 60  # a register states shares with more digits than Decimal keeps by itself
        for name in figures:
            try:
                found.done[name], fault = _again(name, figures, values, files, counted)
            except _Left as left:
                found.left[name] = str(left)
                continue
            if fault is not None:
                found.wrong.append((name, fault))
    found.wrong += _circles(figures)


def _again(
    name: str,
    figures: Figures,
    values: Mapping[str, Decimal],
    files: Files,
    checks: list[Mapping[str, Any]],
) -> tuple[str, str | None]:
    """How a figure was re-performed, and what is wrong with it, if anything."""
    figure = figures[name]
    formula, cells = figure.get("source", {}).get("formula"), cells_of(figure)
    if figure.get("suppressed") is True:
        raise _Left(SUPPRESSED)
    if formula is not None:
        return FORMULA, _formula_fault(formula, figure, figures, values)
    if name not in values:
        if figure.get("missing"):
            raise _Left(ABSENT)
        return CELLS, "the register gives no value, and says neither that it is suppressed nor why."
    if not cells:
        return CELLS, "the register says neither by which formula nor from which cells it is."
    if [cell["file"] for cell in cells] == [CHECKS]:
        counted = _counted(figure, checks)
        return COUNT, _said_apart(figure, {counted}, f"{CHECKS} has {counted:,}")
    if other := next((cell["file"] for cell in cells if not is_of_data(cell)), None):
        raise _Left(ELSEWHERE.format(other))
    where = f"{cells[0]['file']}, row {cells[0]['row']}, column {cells[0]['column']}"
    if len(cells) == 1 and "method" not in cells[0]:
        text = cells[0].get("used") or cells[0]["text"]
        meant = _amounts(_said(cells[0]), cells[0], files)
        return CELLS, _said_apart(figure, meant, f"{where} says {text!r}")
    parts = [
        _rows(cell, files, apart_from(cell, cells)) if "method" in cell else _said(cell)
        for cell in cells
    ]
    whole = sum(parts, Decimal(0))
    is_made = any("method" in cell for cell in cells)
    if is_made and is_same(values[name], whole):  # a share has no end of digits
        return ROWS, None
    meant = _amounts(whole, cells[0], files)
    more = ", and what is added to it," if len(cells) > 1 else ""
    return ROWS if is_made else CELLS, _said_apart(figure, meant, f"{where}{more} comes to {whole}")


def _formula_fault(
    formula: str, figure: Mapping[str, Any], figures: Figures, values: Mapping[str, Decimal]
) -> str | None:
    """What is wrong with a figure's value by its formula."""
    named = operands(formula)
    if any(figures.get(one, {}).get("suppressed") is True for one in named):
        raise _Left(SUPPRESSED)
    shown = formula if len(formula) <= 100 else f"{formula[:100]}…"
    try:
        found = worked_out(formula, values)
    except ValueError as error:
        return f"its formula {shown} cannot be worked out: {error}."
    stated = figure.get("value")
    if stated is None or not is_same(Decimal(stated), found):
        short = format(round(found, 12).normalize(), "f")
        return f"the register says {stated}; its formula {shown} comes to {short}."
    for one in named:
        own = one.removesuffix(PRINTED)
        if own != one and own in values and own not in named and _is_apart(figures, own, values):
            return f"its formula takes {one}, which lies further from {own} than rounding does."
    return None


def _is_apart(figures: Figures, own: str, values: Mapping[str, Decimal]) -> bool:
    """Whether a printed figure lies further from the computed one than their rounding allows."""
    margins = [Decimal(figures[one]["margin"]) for one in (own, own + PRINTED)]
    return abs(values[own] - values[own + PRINTED]) > sum(margins)


def _said(cell: Cell) -> Decimal:
    """What a cell says, or what the team's correction made of it."""
    text = cell.get("used") or cell.get("text")
    found = number(text) if isinstance(text, str) else None
    if found is None:
        raise _Left(NO_NUMBER)
    return found.value


def _amounts(said: Decimal, cell: Cell, files: Files) -> set[Decimal]:
    """What a figure may be that was read, in ones, thousands or millions.

    A sign may be turned only in a column of which `params/layouts.yml` says so.
    """
    is_turned = cell["column"] in files[cell["file"]].layout.reversed
    signs = (1, -1) if is_turned else (1,)
    return {said * sign * scale for sign in signs for scale in SCALES}


def _said_apart(figure: Mapping[str, Any], meant: Collection[Decimal], told: str) -> str | None:
    if Decimal(figure["value"]) in meant:
        return None
    return f"the register says {figure['value']}; {told}."


def _rows(cell: Cell, files: Files, apart: Collection[int]) -> Decimal:
    """What the rows come to that a cell stands for, by a method that is plain."""
    name, method = cell["file"], str(cell["method"])
    share = re.fullmatch(r"(\w+) in per cent of (\w+)", method)
    if not share and method not in (f"sum of {cell['column']}", "blank cells are nil"):
        raise _Left(METHOD.format(name.rpartition("/")[2]))
    if not files.can_read(name):
        raise _Left(UNREAD.format(name))
    if "where" in cell:
        records = files[name].records(cell["sheet"])
        amounts = records.amounts(cell["column"])
        return sum((amounts[row] for row in records.chosen(cell, apart)), Decimal(0))
    lines = files[name].lines(cell["sheet"])
    rows = [lines[row] for row in takewhile(lines.__contains__, rows_of(cell))]
    columns = share.groups() if share else (cell["column"],)
    sums = []
    for column in columns:
        found = [number(row.get(column, "")) for row in rows]
        sums.append(sum((one.value for one in found if one is not None), Decimal(0)))
    if share and not sums[1]:
        raise _Left(NO_NUMBER)
    return sums[0] * 100 / sums[1] if share else sums[0]


def _counted(figure: Mapping[str, Any], checks: list[Mapping[str, Any]]) -> Decimal:
    """How many checks there are of a kind, or of all, that came out as the figure says."""
    line, measure = figure["line"], figure["measure"]
    own = [check for check in checks if line in ("checks", slug(check["kind"]))]
    if measure == "all":
        return Decimal(sum(check["status"] != "not_applicable" for check in own))
    if measure in ("error", "warning"):
        failing = [check for check in own if check["status"] == "fail"]
        return Decimal(sum(check["severity"] == measure for check in failing))
    if measure == "points":
        raise _Left(POINTS)
    return Decimal(sum(check["status"] == measure for check in own))


def _circles(figures: Figures) -> Iterator[Wrong]:
    """The figures of a way over formulas that comes back to where it began; of one such way."""
    rests = {
        name: operands(figure.get("source", {}).get("formula") or "")
        for name, figure in figures.items()
    }
    try:
        TopologicalSorter(rests).prepare()
    except CycleError as error:
        yield error.args[1][0], "rests on itself, by its own formula or those below it."
