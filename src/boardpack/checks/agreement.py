"""Agreement: one quantity that stands in two tables must be the same in both.

Rules are declared once, with `{place}` and `{line}` for any place and any line, and expand over the
register, for this month and for the earlier months that it knows. Two printed amounts in one unit
must agree exactly; where a computed one has no printed counterpart, its rounding margin is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from boardpack.checks.agreement_rules import AGREEMENTS, Agreement
from boardpack.checks.check import Check, not_applicable, outcome
from boardpack.checks.likely_causes import Difference, likely_cause
from boardpack.checks.made_again import made_again
from boardpack.checks.patterns import Patterns, lacking
from boardpack.checks.phrases import as_printed, base, name, with_cell
from boardpack.core.money import round_half_up
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.labels import slug
from boardpack.figures.register import Register

KIND = "same quantity in two tables"
PENNY = Decimal("0.01")


def check_agreements(
    patterns: Patterns, rules: Sequence[Agreement] = AGREEMENTS
) -> Iterator[Check]:
    """One check for each pair that the rules find in the register.

    A figure that is computed from the other agrees by construction and is not checked. A rule that
    finds no pair for the paper's place is told once, as not applicable.
    """
    for rule in (_as_it_stands(patterns, one) for one in rules):
        found = list(_checks(patterns, rule))
        yield from found
        if not any(patterns.concerns(rule.first, check.figures[0]) for check in found):
            yield _not_made(patterns, rule)


def _as_it_stands(patterns: Patterns, rule: Agreement) -> Agreement:
    """The rule with what stands for its second quantity, where the register has that."""
    is_there = bool(rule.instead) and rule.instead in patterns.register
    return replace(rule, second=rule.instead) if is_there else rule


def _checks(patterns: Patterns, rule: Agreement) -> Iterator[Check]:
    register = patterns.register
    for first, second in patterns.pairs(rule.first, rule.second):
        if rule.of_places and register[first].place in (CENTRAL, ICB):
            continue
        if not _depends(register, register[first], second):
            yield _check(rule, as_printed(register, first), as_printed(register, second))


def _not_made(patterns: Patterns, rule: Agreement) -> Check:
    pairs = patterns.here(rule.first), patterns.here(rule.second)
    why = lacking(patterns, pairs) or "the two are one figure here, computed from the other."
    title = slug(f"{rule.title} {base(rule.first).rsplit('.', 1)[-1]}")
    return not_applicable(f"agreement.{title}", rule.title, KIND, why)


def _depends(register: Register, figure: Figure, identity: str) -> bool:
    formula = figure.formula
    return formula is not None and any(
        name == identity or name.startswith(f"{identity}.") for name in operands(formula)
    )


@made_again
def _check(rule: Agreement, one: Figure, other: Figure) -> Check:
    step = max(_step(one), _step(other))
    values = [round_half_up(figure.value, step) for figure in (one, other)]
    found = rule.sign * values[1]
    apart = abs(values[0] - found)
    allowed = Decimal(0) if one.step and other.step else one.margin + other.margin
    failed = apart > allowed
    return Check(
        id=f"agreement.{base(one.id)}",
        title=f"{rule.title}: {name(one)}",
        kind=KIND,
        severity=rule.severity,
        status=outcome(apart, allowed),
        expected=values[0],
        actual=found,
        tolerance=allowed,
        figures=(one.id, other.id),
        sentence=f"{rule.title}: {name(one)} is {with_cell(one)} in one and"
        f" {with_cell(other)} in the other."
        if failed
        else "",
        cause=likely_cause(Difference(values[0], found, one.unit, step, allowed)) if failed else "",
    )


def _step(figure: Figure) -> Decimal:
    """The unit at which a figure is compared; to the penny where it is exact."""
    is_exact = figure.unit == "GBP" and not figure.margin
    return figure.step or (PENNY if is_exact else Decimal(1))
