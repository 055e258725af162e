"""A plan that was phased by twelfths last month is so this month.

Plan and spend to date lie near each other, so that one in the column of the other is within every
limit. A plan in equal parts is known to the pound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.last_month import Then
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import name, with_cell
from boardpack.checks.plausibility import question
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.figures.figure import Figure

RULE = "phasing"
TITLE = "A plan by twelfths stays one"
PROGRAMME = "mental_health.icb.programme_{line}"
PHASED = ((f"{PROGRAMME}.ytd_plan", f"{PROGRAMME}.annual_plan"),)
"""What is planned to date, and for the year; not the totals, which add up the rounding of each."""
ROUNDING = Decimal(1)
"""Pounds: a return says whole pounds, each rounded by itself."""


def phasing_checks(patterns: Patterns, then: Mapping[str, Then]) -> Iterator[Check]:
    """One question for each plan that was a twelfth a month last month; none in April."""
    month = patterns.paper.month
    if month.number == 1:
        return
    for to_date, annual in PHASED:
        for one, other in patterns.pairs(to_date, annual):
            if one in then and other in then:
                was, year = then[one].value, then[other].value
                if year and _apart(was, year, month.number - 1) <= ROUNDING:
                    agreed = patterns.register.agreed
                    yield _phased(agreed(one), agreed(other), month)


def _apart(to_date: Decimal, annual: Decimal, number: int) -> Decimal:
    return abs(to_date - annual * number / MONTHS_IN_YEAR)


@made_again_as_agreed
def _phased(to_date: Figure, annual: Figure, month: Month) -> Check:
    number = month.number
    allowed = ROUNDING + to_date.margin + annual.margin
    last = month.earlier(1).name
    return question(
        RULE,
        TITLE,
        (to_date, annual),
        _apart(to_date.value, annual.value, number) <= allowed,
        f"{name(to_date)} is {with_cell(to_date)}, which is not {number} twelfths of"
        f" {with_cell(annual)} for the year, although it was {number - 1} twelfths in {last}.",
        expected=annual.value * number / MONTHS_IN_YEAR,
        cause="See whether plan and spend are exchanged; else say why the phasing is another.",
    )
