"""What earlier papers released, brought to the structure of the paper's month, to be compared.

Where a place or a directorate has become part of another, what was released for its parts is added:
amounts and counts, and what is only added and subtracted from them. Averages and shares have no
such sum and are not compared. A new code keeps all its figures; what has left has none, and nor has
a total that it was in. Where a cost centre has moved, the earlier month's own ledger says what goes
from one line to another (`figures.one_map`). Every part is kept for the lineage.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.core.structure import ICB, Structure
from boardpack.figures.figure import PRINTED
from boardpack.figures.formula import FormulaError, operands, parsed
from boardpack.figures.one_map import on_one_map
from boardpack.reading.released import ReleasedFigure, read_released

BY_DIRECTORATE = ("position", "overview", "savings", "forecast", "adjustments")
"""The chapters whose lines are directorates, and their `total`."""
ADDED = ("GBP", "COUNT", "GBP_PER_MONTH")
"""Units of what can be added up, where no formula stands against it."""


def read_comparable(paper: Paper, month: Month, chapter: str = "") -> tuple[ReleasedFigure, ...]:
    """What the papers of `month` released, each figure once, as it stands in this structure.

    `chapter` keeps the figures of one chapter only.
    """
    changes = paper.report.structure.since(month)
    found = read_released(paper, month, "" if changes else chapter)
    if changes:
        found = _on_one_structure(found, paper.report.structure, month)
    kept = (f for f in found if not chapter or f.id.startswith(f"{chapter}."))
    return on_one_map(kept, paper, month)


def _on_one_structure(
    released: Iterable[ReleasedFigure], structure: Structure, month: Month
) -> tuple[ReleasedFigure, ...]:
    known = {figure.id: figure for figure in released}
    published = {(*figure.id.split(".")[:2], figure.measure) for figure in known.values()}
    groups: dict[str, list[ReleasedFigure]] = {}
    for figure in known.values():
        identity = _identity(figure, structure, month)
        if identity is not None:
            groups.setdefault(identity, []).append(figure)
    found = []
    for identity, figures in groups.items():
        chapter, place, line, *_ = identity.split(".")
        places = structure.parts("place", place, month) or (place,)
        lines = structure.parts("directorate", line, month) if chapter in BY_DIRECTORATE else ()
        is_one = len(places) * len(lines or (line,)) == 1
        complete = all((chapter, part, figures[0].measure) in published for part in places)
        if identity.endswith(f".{PRINTED}"):
            complete = len(figures) == len(groups.get(identity.removesuffix(f".{PRINTED}"), ()))
        if is_one or (complete and all(is_additive(figure, known) for figure in figures)):
            found.append(_sum(identity, figures))
    return tuple(found)


def _identity(figure: ReleasedFigure, structure: Structure, month: Month) -> str | None:
    """The id under which a released figure stands now; None where it is compared no more."""
    chapter, place, line, *rest = figure.id.split(".")
    by_line = chapter in BY_DIRECTORATE
    left = [change for change in structure.since(month) if change.leaves]
    if place == ICB and any(change.place for change in left):
        return None
    if by_line and line == "total" and any(change.directorate for change in left):
        return None
    now = structure.stands("place", place, month)
    there = structure.stands("directorate", line, month) if by_line else line
    return None if now is None or there is None else ".".join((chapter, now, there, *rest))


def _sum(identity: str, figures: list[ReleasedFigure]) -> ReleasedFigure:
    if [figure.id for figure in figures] == [identity]:
        return figures[0]
    _, place, line, *_ = identity.split(".")
    first = next((figure for figure in figures if figure.id == identity), figures[0])
    steps = {figure.step for figure in figures}
    return replace(
        first,
        id=identity,
        place=place if first.place == first.id.split(".")[1] else first.place,
        line=line if first.line == first.id.split(".")[2] else first.line,
        value=sum((figure.value for figure in figures), Decimal(0)),
        margin=sum((figure.margin for figure in figures), Decimal(0)),
        step=steps.pop() if len(steps) == 1 else None,
        is_estimate=any(figure.is_estimate for figure in figures),
        origin=tuple(dict.fromkeys(file for figure in figures for file in figure.origin)),
        parts=tuple(figures),
    )


def is_additive(figure: ReleasedFigure, known: Mapping[str, ReleasedFigure]) -> bool:
    """Whether figures like this of two places add up to that of both: an amount or a count.

    One that is computed must be made of such figures by addition, subtraction, and division or
    multiplication by numbers alone.
    """
    if figure.unit not in ADDED:
        return False
    if not figure.formula:
        return True
    try:
        expression, _ = parsed(figure.formula)
    except FormulaError:
        return False
    inputs = [known.get(identity) for identity in operands(figure.formula)]
    return _is_linear(expression) and all(one and is_additive(one, known) for one in inputs)


def _is_linear(node: ast.expr) -> bool:
    """Whether an expression doubles when all its figures double, whatever they are."""
    match node:
        case ast.Name():
            return True
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _is_linear(inner)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return _is_linear(left) and _is_linear(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return (_is_linear(left) and _is_number(right)) or (
                _is_number(left) and _is_linear(right)
            )
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _is_linear(left) and _is_number(right)
    return False


def _is_number(node: ast.expr) -> bool:
    return not any(isinstance(inner, ast.Name) for inner in ast.walk(node))
