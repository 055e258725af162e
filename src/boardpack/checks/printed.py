"""Printed against computed: every number that the sources print and the paper computes.

A difference that rounding explains passes as `rounding`. A number that a report states in words
rather than in a table warns; so does a corrected cell, which is documented (see
`corrected`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check, Severity, outcome
from boardpack.checks.likely_causes import Difference, Part, are_wanted, likely_cause
from boardpack.checks.made_again import made_again
from boardpack.checks.phrases import amount, as_printed, name, where
from boardpack.checks.sums import Structure
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.formula import operands
from boardpack.figures.register import gap, tolerance

CAST = "total against its parts"
IDENTITY = "identity"
RATE = "rate or percentage"
STATED = "stated in words"
CORRECTION = "correction"
ROLL = "roll-forward"
AGAIN = "number printed again"
COUNT = "count"


def check_printed(structure: Structure) -> Iterator[Check]:
    """One check for each figure that has a printed counterpart."""
    register = structure.register
    for figure in register:
        printed = register.find(f"{figure.id}.{PRINTED}")
        if printed is not None:
            yield _check(structure, figure, printed)


@made_again
def _check(structure: Structure, figure: Figure, printed: Figure) -> Check:
    kind = _kind(structure, figure, printed)
    allowed = Decimal(0) if _is_exact(structure, figure, printed) else tolerance(figure, printed)
    apart = abs(figure.value - printed.value)
    status = outcome(apart if gap(figure, printed) else Decimal(0), allowed)
    failed = status == "fail"
    return Check(
        id=f"printed.{figure.id}",
        title=figure.label,
        kind=kind,
        severity=_severity(figure, printed),
        status=status,
        expected=figure.value,
        actual=printed.value,
        tolerance=allowed,
        figures=(figure.id, printed.id),
        sentence=_sentence(figure, printed) if failed else "",
        cause=_cause(structure, figure, printed) if failed and are_wanted() else "",
    )


def _is_exact(structure: Structure, figure: Figure, printed: Figure) -> bool:
    """Whether the two must be one: a corrected cell, or a number printed again in one unit."""
    if figure.formula is None:
        return True
    if len(structure.linear.get(figure.id, ())) != 1 or _is_stated(printed):
        return False
    source = structure.register[operands(figure.formula)[0]]
    return source.step is not None and source.step == printed.step


def _kind(structure: Structure, figure: Figure, printed: Figure) -> str:
    if figure.formula is None:
        return CORRECTION
    if _is_stated(printed):
        return STATED
    if figure.id in structure.sums:
        return ROLL if _rolls(structure, figure) else CAST
    if figure.id not in structure.linear:
        return COUNT if figure.unit == "COUNT" else RATE
    return IDENTITY if len(structure.linear[figure.id]) > 1 else AGAIN


def _rolls(structure: Structure, figure: Figure) -> bool:
    """Whether one addend is the same quantity of another month."""
    scope = figure.id.split(".")[:4]
    return any(part.split(".")[:4] == scope for part in structure.sums[figure.id][:1])


def _severity(figure: Figure, printed: Figure) -> Severity:
    return "warning" if figure.formula is None or _is_stated(printed) else "error"


def _is_stated(printed: Figure) -> bool:
    return any(item.cell.file.endswith(("stated.csv", "mhis.csv")) for item in printed.cells)


def _sentence(figure: Figure, printed: Figure) -> str:
    used = "used" if figure.formula is None else "computed"
    turned = printed.value * figure.value < 0
    other_way = ", which is the other way" if turned else ""
    return (
        f"{figure.label}: printed {amount(printed)} ({where(printed)}),"
        f" {used} {amount(figure)}{other_way}."
    )


def _cause(structure: Structure, figure: Figure, printed: Figure) -> str:
    if figure.formula is None:
        return figure.cells[0].why or ""
    step = printed.step or Decimal(1)
    return likely_cause(
        Difference(
            expected=figure.value,
            actual=printed.value,
            unit=figure.unit,
            step=step,
            allowed=tolerance(figure, printed),
            parts=signed_parts(structure, figure.id),
            beside=siblings(structure, figure.id),
        )
    )


def signed_parts(structure: Structure, identity: str) -> tuple[Part, ...]:
    """The terms of a sum or difference as they are printed, with the sign they have in it.

    A subtotal that the source does not print stands for its own parts.
    """
    found: list[Part] = []
    for sign, part in structure.linear.get(identity, ()):
        if part in structure.sums and not structure.has_printed(part):
            parts = signed_parts(structure, part)
            found += [Part(one.name, sign * one.value) for one in parts]
        else:
            figure = as_printed(structure.register, part)
            found.append(Part(name(figure), sign * figure.value))
    return tuple(found)


def siblings(structure: Structure, identity: str) -> tuple[Part, ...]:
    """The numbers beside a figure in the totals that it is part of, as printed."""
    shown = (as_printed(structure.register, one) for one in structure.siblings(identity))
    return tuple(Part(name(figure), figure.value) for figure in shown)
