"""Continuing healthcare: what the client data imply for the year to date, beside the ledger.

`packages` carries the month's clients x price, and the budget's, over the months to date: an
estimate, because the extract does not say what each month cost. `outside` is the rest of the
ledger: funded nursing care, one-off costs, and whatever else the client data leave out.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.sources.chc_packages import FILE

CARE_ROLE = "continuing_care"
ONE_PERCENT = "one_percent_price_rest_of_year"
TO_DATE = {
    "ytd_budget": "budget_cost_in_month",
    "ytd_actual": "cost_in_month",
    "ytd_volume_variance": "volume_variance",
    "ytd_price_variance": "price_variance",
}


def ledger_figures(draft: Draft, place: str) -> None:
    """Packages to date, and the rest of the ledger, for a place that has both."""
    name = draft.paper.report.place_name(place)
    packages = draft.scope("chc", place, "packages", f"{name}, packages of care", basis="clients")
    packages = packages.at(is_estimate=True)
    for measure, monthly in TO_DATE.items():
        month = packages.at(line="all_clients").id(monthly)
        if draft.has(month):
            packages.derive(measure, f"{month} * {draft.paper.month.number}")
    if not draft.folder.has(FILE):
        _one_percent(draft, packages)
    if not draft.has(packages.id("ytd_budget"), packages.id("ytd_actual")):
        return
    packages.derive("ytd_variance", "ytd_budget - ytd_actual")
    outside = packages.at(line="outside", line_label=f"{name}, outside the packages of care")
    for measure in ("ytd_budget", "ytd_actual", "ytd_variance"):
        ledger = f"position.{place}.{draft.line(CARE_ROLE)}.{measure}"
        if draft.has(ledger):
            outside.derive(measure, f"{ledger} - {packages.id(measure)}")


def _one_percent(draft: Draft, packages: Scope) -> None:
    """What one per cent on every price costs in the months to come, each taken to be like this.

    Packages give a better estimate, by days: see `chc_drivers`.
    """
    month = packages.at(line="all_clients").id("cost_in_month")
    if draft.has(month) and draft.paper.month.months_left:
        packages.derive(ONE_PERCENT, f"{month} * {draft.paper.month.months_left} / 100")
