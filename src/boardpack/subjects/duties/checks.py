"""Duties: what the ICB must keep within, and what it must reach.

Every indicator that the month brings is judged by its sense, to date and for the year: one that is
not asked about would be one that is taken for met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from boardpack.checks.check import Check, not_applicable
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns, lacking
from boardpack.checks.phrases import with_cell
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.duties.figures import CAPITAL, CASH, INCOME, MHIS, RUNNING_COSTS
from boardpack.subjects.duties.figures import LIMIT as RESOURCE_LIMIT

LIMIT, REACH = "limit", "reach"
PERIODS = {"ytd": "to date", "forecast": "for the year"}
ALLOWED = {LIMIT: "may be at most", REACH: "must be at least"}
TITLES = {
    (INCOME, "ytd"): "Spend to date does not exceed income to date",
    (INCOME, "forecast"): "Forecast spend does not exceed the year's income",
    (RESOURCE_LIMIT, "forecast"): "Forecast spend is within the year's resource limit",
    (CAPITAL, "ytd"): "Capital spend to date is within the capital limit",
    (RESOURCE_LIMIT, "ytd"): "Spend to date is within the resource limit to date",
    (RUNNING_COSTS, "ytd"): "Running costs to date are within the allowance to date",
    (RUNNING_COSTS, "forecast"): "Forecast running costs are within the year's allowance",
    (CASH, "ytd"): "The month-end cash balance is within its limit",
    ("bppc_nhs", "ytd"): "NHS creditors are paid on time",
    ("bppc_non_nhs", "ytd"): "Other creditors are paid on time",
    (MHIS, "forecast"): "Forecast mental health spend meets the investment standard",
}
"""What the duties of an ICB say of themselves; they are listed where nothing is supplied too."""


@dataclass(frozen=True)
class Duty:
    """One indicator, to date or for the year: its actual and its target, and its sense."""

    title: str
    line: str
    when: str
    sense: str

    @property
    def actual(self) -> str:
        """The id of what is held against the target."""
        return f"indicators.icb.{self.line}.{self.when}_actual"

    @property
    def target(self) -> str:
        """The id of the limit that is kept within, or of the target that is to be reached."""
        return f"indicators.icb.{self.line}.{self.when}_target"

    def is_kept(self, actual: Decimal, target: Decimal) -> bool:
        """Whether the duty is met; what equals a limit or a target meets it."""
        return actual <= target if self.sense == LIMIT else actual >= target


def check_duties(patterns: Patterns) -> Iterator[Check]:
    """One check for each duty.

    One of which only the target or only the actual is known fails: nobody can tell whether it is
    met. A duty that has neither is told as not applicable.
    """
    yield from _surpluses(patterns)
    register = patterns.register
    for duty in _duties(patterns):
        known = [name for name in (duty.actual, duty.target) if name in register]
        if len(known) == 2:
            yield _judged(duty, register.agreed(duty.actual), register.agreed(duty.target))
        elif known:
            yield _untold(duty, register.agreed(known[0]))
        else:
            why = lacking(patterns, (duty.actual, duty.target))
            yield not_applicable(f"duty.{duty.actual}", duty.title, "duty", why)


def _surpluses(patterns: Patterns) -> Iterator[Check]:
    """Each planned surplus, of a place or the ICB: what is made is at least what is planned."""
    for when, words in PERIODS.items():
        for left, found in patterns.find(f"position.{{place}}.against_plan.{when}_variance"):
            place = found["place"]
            name = patterns.paper.report.place_name(place)
            made, plan = (
                patterns.register.agreed(f"position.{place}.{one}")
                for one in (f"total.{when}_variance", f"against_plan.{when}_plan")
            )
            duty = Duty(f"{name} reaches its planned surplus {words}", "", when, REACH)
            yield replace(_judged(duty, made, plan), id=f"duty.{left.id}")


def _duties(patterns: Patterns) -> Iterator[Duty]:
    """The duties of every ICB, then what else this month's indicators ask, each once."""
    schedule = own_schedule("key_indicators")
    rows = {slug(r["indicator"]): r for r in read_schedule(Folder(patterns.paper), schedule)}
    senses: dict[str, str] = {
        slug(name): sense for sense, names in schedule.senses.items() for name in names
    }
    senses |= {line: row["sense"] for line, row in rows.items()}
    for (line, when), title in TITLES.items():
        yield Duty(title, line, when, senses.get(line, REACH))  # payments are to reach a share
    for (line, row), when in product(rows.items(), PERIODS):
        if (line, when) not in TITLES:
            yield Duty(f"{row['indicator']}, {PERIODS[when]}", line, when, row["sense"])


@made_again_as_agreed
def _judged(duty: Duty, actual: Figure, target: Figure) -> Check:
    kept = duty.is_kept(actual.value, target.value)
    told = f"{duty.title}: not met, as it is {with_cell(actual)} and"
    return Check(
        id=f"duty.{duty.actual}",
        title=duty.title,
        kind="duty",
        severity="warning",
        status="pass" if kept else "fail",
        expected=target.value,
        actual=actual.value,
        tolerance=Decimal(0),
        figures=(actual.id, target.id),
        sentence="" if kept else f"{told} {ALLOWED[duty.sense]} {with_cell(target)}.",
    )


def _untold(duty: Duty, known: Figure) -> Check:
    """One of the two is blank."""
    is_target = known.id == duty.target
    says = (
        f"it {ALLOWED[duty.sense]} {with_cell(known)} and the amount to hold against that is"
        if is_target
        else f"it is {with_cell(known)} and the amount that it {ALLOWED[duty.sense]} is"
    )
    return Check(
        id=f"duty.{duty.actual}",
        title=duty.title,
        kind="duty",
        severity="warning",
        status="fail",
        expected=known.value if is_target else None,
        actual=None if is_target else known.value,
        tolerance=Decimal(0),
        figures=(known.id,),
        sentence=f"{duty.title}: nobody can tell, as {says} left blank.",
    )
