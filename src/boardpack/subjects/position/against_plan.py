"""The position against a planned surplus: actual surplus - planned surplus, below nil if short.

Where a plan is given, budget less actual is the surplus made (see
`subjects.position.planned_surplus_extract`), and breaking even is no success: 132 against 2,959
planned is 2,827 short. What may be spent is then the budget less the plan.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.subjects.position.planned_surplus_extract import read_planned_surplus

LINE = "against_plan"
RELEASED = "ytd_variance_before_release"


def against_plan_figures(draft: Draft) -> None:
    """What each plan asks, and how far the position is from it, to date and for the year."""
    for row in read_planned_surplus(draft.folder):
        place = row["place"]
        label = f"{draft.paper.report.place_name(place)}, planned surplus"
        scope = draft.scope("position", place, LINE, label)
        for when, at in (("ytd", scope), ("forecast", scope.at(period=draft.year))):
            at.read(f"{when}_plan", row.amounts[f"{when}_plan"])
            made = f"position.{place}.total.{when}_variance"
            if draft.has(made):
                at.derive(f"{when}_variance", f"{made} - {when}_plan")
        budget = f"position.{place}.total.ytd_budget"
        if draft.has(budget):
            scope.derive("ytd_limit", f"{budget} - ytd_plan")
        before = f"position.{ICB}.total.{RELEASED}"
        if place == ICB and draft.has(before):
            scope.derive(RELEASED, f"{before} - ytd_plan")
