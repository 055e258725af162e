"""A place's prescribing savings in two versions: the finance team's and the medicines team's.

Differences are the medicines team's amount less the finance team's, in pounds. Nobody has
reconciled the two, so the paper shows both.
"""

from __future__ import annotations

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope

# Line of the difference, the medicines team's measure, the finance team's measure.
COMPARED = (
    ("saved_to_date", "ytd_savings", "ytd_actual"),
    ("plan_july", "annual_plan_july", "full_year_plan"),
    ("plan_september", "annual_plan_september", "full_year_plan"),
)


def prescribing_versions_figures(draft: Draft) -> None:
    """The differences of each place that has both versions, and how the plan is spread."""
    for place in draft.paper.report.places:
        for line, medicines, finance in COMPARED:
            _difference(draft, place, line, medicines, finance)
        _plan_spread(draft, place)


def _scope(draft: Draft, place: str, line: str) -> Scope:
    name = draft.place_names()[place]
    label = f"{name}, prescribing savings, {line.replace('_', ' ')}"
    return draft.scope("prescribing_versions", place, line, label, basis="two versions")


def _difference(draft: Draft, place: str, line: str, medicines: str, finance: str) -> None:
    one = f"prescribing_savings.{place}.total.{medicines}"
    other = f"savings.{place}.{draft.line('prescribing')}.{finance}"
    if draft.has(one, other):
        period = draft.register[one].period
        _scope(draft, place, line).at(period=period).derive("difference", f"{one} - {other}")


def _plan_spread(draft: Draft, place: str) -> None:
    """How many months of an evenly spread year the finance plan to date stands for."""
    to_date, year = (
        f"savings.{place}.{draft.line('prescribing')}.{m}" for m in ("ytd_plan", "full_year_plan")
    )
    if draft.has(to_date, year) and draft.agreed(year).value > 0:
        scope = _scope(draft, place, "finance_plan")
        scope.derive("months_of_plan", f"{to_date} / {year} * {MONTHS_IN_YEAR}", "COUNT")
