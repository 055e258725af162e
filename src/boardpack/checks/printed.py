"""Printed against computed: every number that the sources print and the paper computes.

A difference that rounding explains passes as `rounding`. A number that a report states in words
rather than in a table warns; so does a corrected cell, whose correction says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check, Severity, Status
from boardpack.checks.saying import amount
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.register import Register, differs_by_rounding, gap, tolerance


def check_printed(register: Register) -> Iterator[Check]:
    """One check for each figure that has a printed counterpart."""
    for figure in register:
        printed_id = f"{figure.id}.{PRINTED}"
        if printed_id in register:
            yield _check(figure, register[printed_id])


def _check(figure: Figure, printed: Figure) -> Check:
    allowed = tolerance(figure, printed) if figure.formula is not None else Decimal(0)
    status = _status(figure, printed)
    return Check(
        id=f"printed.{figure.id}",
        title=figure.label,
        kind=_kind(figure, printed),
        severity=_severity(figure, printed),
        status=status,
        expected=figure.value,
        actual=printed.value,
        tolerance=allowed,
        figures=(figure.id, printed.id),
        sentence=_sentence(figure, printed) if status == "fail" else "",
    )


def _status(figure: Figure, printed: Figure) -> Status:
    if not gap(figure, printed):
        return "pass"
    if figure.formula is not None and differs_by_rounding(figure, printed):
        return "rounding"
    return "fail"


def _kind(figure: Figure, printed: Figure) -> str:
    if figure.formula is None:
        return "correction"
    return "stated in words" if _is_stated(printed) else "printed total"


def _severity(figure: Figure, printed: Figure) -> Severity:
    return "warning" if figure.formula is None or _is_stated(printed) else "error"


def _is_stated(printed: Figure) -> bool:
    return any(item.cell.file.endswith(("stated.csv", "mhis.csv")) for item in printed.cells)


def _sentence(figure: Figure, printed: Figure) -> str:
    source = printed.cells[0].cell
    where = f"{source.file.rsplit('/', 1)[-1]} row {source.row}, {source.column}"
    reason = f" {figure.cells[0].why}" if figure.formula is None and figure.cells[0].why else ""
    used = "used" if figure.formula is None else "computed"
    return f"{figure.label}: printed {amount(printed)}, {used} {amount(figure)} ({where}).{reason}"
