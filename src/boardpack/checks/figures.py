"""The checks counted, as figures of the assurance chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from boardpack.checks.distinct_points import distinct_points
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.labels import slug
from boardpack.reading.cells import Cell

FILE = "checks.json"
OUTCOMES = ("pass", "rounding", "fail", "waived", "documented", "not_applicable")
LABELS = {
    "all": "checks made",
    "pass": "checks that agree exactly",
    "rounding": "checks that agree within rounding",
    "fail": "checks that do not agree",
    "waived": "checks answered for by a waiver",
    "documented": "checks that differ by a documented correction",
    "not_applicable": "rules that had nothing to check",
    "error": "open failures that stop a release",
    "warning": "open failures to be read",
    "points": "distinct points that open failures come from",
}


def assurance_figures(checks: Sequence[Mapping[str, Any]], paper: Paper) -> Iterator[Figure]:
    """How many checks there are, by outcome; open failures also by severity, and their roots."""
    counts = {"all": sum(check["status"] != "not_applicable" for check in checks)}
    for status in OUTCOMES:
        counts[status] = sum(check["status"] == status for check in checks)
    for severity in ("error", "warning"):
        counts[severity] = sum(
            check["status"] == "fail" and check["severity"] == severity for check in checks
        )
    counts["points"] = len(distinct_points(checks))
    for name, number in counts.items():
        yield _figure(paper, name, LABELS[name], number)


def kinds_of(checks: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The kinds of check, in the order they were made.

    >>> kinds_of([{"kind": "identity"}, {"kind": "file"}, {"kind": "identity"}])
    ('identity', 'file')
    """
    return tuple(dict.fromkeys(str(check["kind"]) for check in checks))


def kind_figures(checks: Sequence[Mapping[str, Any]], paper: Paper) -> Iterator[Figure]:
    """How many checks of each kind there are, by outcome."""
    for kind in kinds_of(checks):
        for status in OUTCOMES:
            number = sum(c["kind"] == kind and c["status"] == status for c in checks)
            yield _figure(paper, status, f"{kind}, {LABELS[status]}", number, slug(kind))


def _figure(paper: Paper, measure: str, label: str, number: int, line: str = "checks") -> Figure:
    cell = Cell(FILE, None, 1, measure, str(number))
    return Figure(
        id=f"assurance.{paper.place}.{line}.{measure}",
        label=label.capitalize(),
        value=Decimal(number),
        unit="COUNT",
        place=paper.place,
        line=line,
        measure=measure,
        period=paper.month.period,
        basis="checks",
        is_estimate=False,
        source=(SourceCell(cell),),
    )
