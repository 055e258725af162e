"""Shares of one whole: what is said to be spread over parts must come to the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check, not_applicable, outcome
from boardpack.checks.made_again import made_again
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import name, said, where
from boardpack.checks.printed import IDENTITY
from boardpack.figures.figure import Figure

WHOLE = Decimal(100)
# Figures whose last part names one share of the whole: the quarters of a phasing.
SPREAD = ("{chapter}.{place}.{line}.phasing.{part}",)
TITLE = "Shares of the year add to the whole"


def check_wholes(patterns: Patterns) -> Iterator[Check]:
    """One check for each quantity that is spread over parts in per cent."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for pattern in SPREAD:
        for figure in patterns.anywhere(pattern):
            if figure.unit == "PCT":
                found[figure.id.rsplit(".", 1)[0]].append(figure)
    for identity, parts in found.items():
        yield _check(identity, parts)
    if not found:
        why = "no phasing in per cent is supplied this month."
        yield not_applicable("whole.phasing", TITLE, IDENTITY, why)


@made_again
def _check(identity: str, parts: list[Figure]) -> Check:
    total = sum((part.value for part in parts), Decimal(0))
    allowed = sum((part.margin for part in parts), Decimal(0))
    apart = abs(total - WHOLE)
    status = outcome(apart, allowed)
    shares = ", ".join(said(part.value, part.unit) for part in parts)
    return Check(
        id=f"whole.{identity}",
        title=f"{TITLE}: {name(parts[0])}",
        kind=IDENTITY,
        severity="error",
        status=status,
        expected=WHOLE,
        actual=total,
        tolerance=allowed,
        figures=tuple(part.id for part in parts),
        sentence=f"{name(parts[0])}: the shares {shares} add to {said(total, 'PCT')}, not to"
        f" {said(WHOLE, 'PCT')} (from {where(parts[0]) or 'the parameters'})."
        if status == "fail"
        else "",
    )
