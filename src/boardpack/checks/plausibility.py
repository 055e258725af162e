"""Plausibility: what does not look right together, although every total casts.

Nothing found here is mended. Each finding is a question that the paper should answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check, not_applicable
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns, lacking
from boardpack.checks.phrases import amount, base, name, size, where, with_cell
from boardpack.figures.figure import Figure

KIND = "plausibility"
NIL = Decimal(0)


def question(
    rule: str,
    title: str,
    figures: tuple[Figure, ...],
    is_kept: bool,
    sentence: str,
    expected: Decimal | None = None,
    cause: str = "",
) -> Check:
    """A plausibility check on the first of its figures; `sentence` is said when it is not kept."""
    return Check(
        id=f"plausible.{rule}.{base(figures[0].id)}",
        title=f"{title}: {name(figures[0])}",
        kind=KIND,
        severity="warning",
        status="pass" if is_kept else "fail",
        expected=figures[1].value if expected is None and len(figures) > 1 else expected,
        actual=figures[0].value,
        tolerance=NIL,
        figures=tuple(figure.id for figure in figures),
        sentence="" if is_kept else sentence,
        cause="" if is_kept else cause,
    )


def unasked(patterns: Patterns, rule: str, title: str, *needs: str) -> Check:
    """A plausibility rule that found nothing to ask of the paper's place."""
    here = [patterns.here(need) for need in needs]
    why = lacking(patterns, here) or "what it compares is not supplied for the same line."
    return not_applicable(f"plausible.{rule}", title, KIND, why)


def check_price_and_activity(patterns: Patterns) -> Iterator[Check]:
    """Clients times price to date against budget should point the same way as the ledger.

    Where it does not, neither number is mended: the average price, the count of clients or the
    ledger deserves a question.
    """
    cost = "chc.{place}.packages.ytd_variance"
    ledger = "position.{place}.@continuing_care.ytd_variance"
    title = "Clients times price and the ledger point the same way"
    found = [
        _points_one_way(title, patterns.register.agreed(one), patterns.register.agreed(other))
        for one, other in patterns.pairs(cost, ledger)
    ]
    yield from found
    if not found:
        yield unasked(patterns, "activity_price", title, cost, ledger)


@made_again_as_agreed
def _points_one_way(title: str, cost: Figure, ledger: Figure) -> Check:
    return question(
        "activity_price",
        title,
        (cost, ledger),
        cost.value * ledger.value >= 0,
        _both_ways(cost, ledger),
    )


def _both_ways(cost: Figure, ledger: Figure) -> str:
    return (
        f"{name(cost)}: clients times price is {_side(cost)} the budget basis by {size(cost)} to"
        f" date, while the ledger is {_side(ledger)} budget by {size(ledger)}."
    )


def _side(figure: Figure) -> str:
    return "above" if figure.value < 0 else "below"


PARTS = {
    "mental_health": "mental_health",
    "chc": "continuing_care",
    "prescribing": "prescribing",
}
"""The role of the directorate that the quantities a chapter states are a part of."""


def check_parts(patterns: Patterns) -> Iterator[Check]:
    """One cause that a report states, as large as the whole directorate's variance."""
    title = "A part of a variance is not the whole of it"
    for chapter, role in PARTS.items():
        part = f"{chapter}.{{place}}.{{line}}.ytd_overspend"
        whole = f"overview.{{place}}.@{role}.ytd_variance"
        for one, other in patterns.pairs(part, whole):
            stated, variance = patterns.register[one], patterns.register.agreed(other)
            if stated.cells:
                yield _part(f"{title} ({variance.line.replace('_', ' ')})", stated, variance)


@made_again_as_agreed
def _part(title: str, stated: Figure, variance: Figure) -> Check:
    return question(
        "part_of_whole",
        title,
        (stated, variance),
        stated.value != -variance.value,
        f"{name(stated)} is stated as {with_cell(stated)}, exactly the variance of the"
        f" whole directorate ({amount(variance)}, {where(variance) or 'computed'}):"
        " either the rest of it nets to nothing, or the whole was taken for the part.",
    )
