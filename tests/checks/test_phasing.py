"""A plan by twelfths stays one: the pound of rounding, other phasings, absence, April."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_books import read

from boardpack.checks.continuity import held_to
from boardpack.checks.last_month import Then
from boardpack.checks.patterns import Patterns
from boardpack.checks.phasing import phasing_checks
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.register import Register

ANNUAL = "mental_health.icb.programme_crisis.annual_plan"
PLAN = "mental_health.icb.programme_crisis.ytd_plan"


def statuses(
    paper: Paper, now: tuple[str, str], before: tuple[str, ...] | None, month: int = 6
) -> list[str]:
    """What becomes of a plan to date and for the year, given last month's."""
    register = Register(
        [read(one, value, step="0") for one, value in zip((PLAN, ANNUAL), now, strict=True)]
    )
    then = {
        one: Then(Decimal(value), "")
        for one, value in zip((PLAN, ANNUAL), before or (), strict=False)
    }
    paper = paper.model_copy(update={"month": Month(2023, month)})
    return [check.status for check in phasing_checks(Patterns(register, paper), then)]


@pytest.mark.parametrize(
    ("now", "before", "month", "expected"),
    [
        (("600", "1200"), ("500", "1200"), 6, ["pass"]),
        (("601", "1200"), ("500", "1200"), 6, ["pass"]),  # a pound is rounding
        (("602", "1200"), ("500", "1200"), 6, ["fail"]),
        (("599", "1200"), ("501", "1200"), 6, ["pass"]),
        (("598", "1200"), ("499", "1200"), 6, ["fail"]),
        (("650", "1300"), ("500", "1200"), 6, ["pass"]),  # another plan, by twelfths too
        (("700", "1200"), ("502", "1200"), 6, []),  # it was never by twelfths
        (("700", "1200"), None, 6, []),
        (("700", "1200"), ("500",), 6, []),  # for the year nothing was planned then
        (("200", "1200"), ("100", "1200"), 2, ["pass"]),
        (("700", "1200"), ("500", "0"), 6, []),
        (("700", "1200"), ("1200", "1200"), 1, []),
        (("1200", "1200"), ("1100", "1200"), 12, ["pass"]),
    ],
)
def test_a_plan_by_twelfths_stays_one(
    paper: Paper,
    now: tuple[str, str],
    before: tuple[str, ...] | None,
    month: int,
    expected: list[str],
) -> None:
    assert statuses(paper, now, before, month) == expected


def test_plan_and_spend_exchanged_are_one_finding_on_their_file(paper: Paper) -> None:
    register, then = Register(), {}
    for at in range(4):
        line = f"mental_health.icb.programme_p{at}"
        register.add(read(f"{line}.annual_plan", "1200", step="0"))
        register.add(read(f"{line}.ytd_plan", "620", step="0"))
        then |= {f"{line}.annual_plan": Then(Decimal(1200), "")}
        then |= {f"{line}.ytd_plan": Then(Decimal(500), "")}
    opened = [one for one in held_to(Patterns(register, paper), then) if one.is_open]
    assert [one.id for one in opened if one.root is None] == ["plausible.continuity.file.book"]
    assert sum(one.id.startswith("plausible.phasing.") for one in opened) == 4
