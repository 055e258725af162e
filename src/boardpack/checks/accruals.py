"""Packages of care against the ledger: what the clients' packages accrue should be what is booked.

A difference is shown with its amount and mended by nobody here: an accrual may be missing from the
ledger, or an ended package may still run in the database. What the team has named as lying between
the two counts as explained. The budget by kind of care should likewise be the ledger's budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import size
from boardpack.figures.figure import Figure

KIND = "plausibility"


@dataclass(frozen=True)
class Rule:
    """What lies between two figures of a place, which of it is not explained, and what is said."""

    difference: str
    left: str
    whole: str
    ledger: str
    title: str
    says: str
    cause: str


RULES = (
    Rule(
        "chc.{place}.accrual.ledger_difference",
        "chc.{place}.accrual.unexplained",
        "chc.{place}.accrual.ytd_actual",
        "position.{place}.@continuing_care.ytd_actual",
        "Packages accrue to the ledger",
        "Packages of {name} accrue {size} {side} than the ledger has to date.",
        "Look for packages without an end date that are over, rates not yet renewed, and accruals"
        " that the ledger lacks.",
    ),
    Rule(
        "chc.{place}.accrual.budget_difference",
        "chc.{place}.accrual.budget_difference",
        "chc.{place}.accrual.annual_budget",
        "position.{place}.@continuing_care.annual_budget",
        "The budget by kind of care is the ledger's",
        "The budget by kind of care of {name} is {size} {side} than the ledger's for the year.",
        "Look for kinds of care that the file of budgets lacks, and budgets moved since the year"
        " began.",
    ),
)


def check_accruals(patterns: Patterns) -> Iterator[Check]:
    """Each place's and the ICB's packages and budget, within the declared share of the ledger's."""
    for rule in RULES:
        for apart, words in patterns.find(rule.difference):
            yield _checked(patterns, rule, apart, words["place"])


@made_again
def _checked(patterns: Patterns, rule: Rule, apart: Figure, place: str) -> Check:
    ledger = patterns.register.agreed(patterns.named(rule.ledger).format(place=place))
    whole = patterns.register[rule.whole.format(place=place)]
    unexplained = _unexplained(patterns, rule.left.format(place=place), apart)
    share = patterns.paper.report.chc_ledger_tolerance_percent
    allowed = abs(ledger.value) * share / 100
    is_within = abs(unexplained.value) <= allowed
    name = patterns.paper.report.place_name(place)
    side = "more" if apart.value > 0 else "less"
    return Check(
        id=f"accrual.{apart.id}",
        title=f"{rule.title}: {name}",
        kind=KIND,
        severity="warning",
        status="pass" if is_within else "fail",
        expected=ledger.value,
        actual=whole.value,
        tolerance=allowed,
        figures=(whole.id, ledger.id),
        sentence="" if is_within else rule.says.format(name=name, size=size(apart), side=side),
        cause="" if is_within else rule.cause,
    )


def _unexplained(patterns: Patterns, left: str, apart: Figure) -> Figure:
    """What is left of a difference once the team has named its part; else the whole of it."""
    if left not in patterns.register:
        return apart
    return patterns.register[left]
