"""Two ways to about one amount: what a file adds up to, beside what the ledger or PMD holds.

They need not agree to the pound, since each leaves something out that the other has. They cannot
lie far apart either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns, filled
from boardpack.checks.phrases import name, with_cell
from boardpack.checks.plausibility import question, unasked
from boardpack.figures.figure import Figure


@dataclass(frozen=True)
class Near:
    """Two patterns, what the first may be of the second at least and at most, and why.

    It is not asked where there is a figure of `unless`, which is nearer.
    """

    first: str
    second: str
    low: Decimal
    high: Decimal
    why: str
    unless: str = ""


PUBLISHED = "prescribing_items.{place}.pmd.ytd_published_cost"
ITEMS = "prescribing_items.{place}.items.ytd_run_rate_cost"
NEARNESS = (
    Near(
        ITEMS,
        PUBLISHED,
        Decimal("0.9"),
        Decimal("1.1"),
        "both are the cost of the same prescriptions, and months to come move little",
    ),
    Near(
        ITEMS,
        "overview.{place}.@prescribing.ytd_actual",
        Decimal("0.8"),
        Decimal("1.1"),
        "the ledger holds the same prescriptions with central drugs, a thirtieth more",
        unless=PUBLISHED,
    ),
    Near(
        "chc.{place}.packages.ytd_actual",
        "overview.{place}.@continuing_care.ytd_actual",
        Decimal("0.7"),
        Decimal("1.15"),
        "most of continuing care is packages; the rest is nursing contributions and one-off costs",
    ),
)


def check_nearness(patterns: Patterns) -> Iterator[Check]:
    """One question for each pair that the register has."""
    title = "Two ways to one amount lie near each other"
    for rule in NEARNESS:
        found = [
            _near(rule, title, patterns.register.agreed(one), patterns.register.agreed(other))
            for one, other in patterns.pairs(rule.first, rule.second)
            if not _has(patterns, rule.unless, one)
        ]
        yield from found
        if not found and not rule.unless:
            yield unasked(
                patterns, f"near.{rule.first.split('.')[0]}", title, rule.first, rule.second
            )


def _has(patterns: Patterns, pattern: str, identity: str) -> bool:
    return bool(pattern) and filled(pattern, {"place": identity.split(".")[1]}) in patterns.register


@made_again_as_agreed
def _near(rule: Near, title: str, first: Figure, second: Figure) -> Check:
    rounding = first.margin + second.margin
    low, high = sorted((rule.low * second.value, rule.high * second.value))
    kept = low - rounding <= first.value <= high + rounding
    share = f"{(rule.low * 100).normalize():f}% to {(rule.high * 100).normalize():f}%"
    return question(
        "near",
        title,
        (first, second),
        kept,
        f"{name(first)} is {with_cell(first)}, and {name(second)} is {with_cell(second)}: the first"
        f" should be {share} of the second, because {rule.why}.",
    )
