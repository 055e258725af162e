"""Continuing healthcare: what the client data imply for the year to date, beside the ledger.

`packages` adds up clients x price of the months to date. Months that the extract does not have are
taken to be like the average of those that it has, and the sum is then an estimate. The budget is
the same every month. `outside` is the rest of the ledger: funded nursing care, one-off costs, and
whatever else the client data leave out.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.chc.count import is_split
from boardpack.subjects.chc.packages_extract import FILE

CARE_ROLE = "continuing_care"
ONE_PERCENT = "one_percent_price_rest_of_year"
BUDGET, ACTUAL = "ytd_budget", "ytd_actual"
SPLIT = ("ytd_volume_variance", "ytd_price_variance")


def ledger_figures(draft: Draft, place: str) -> None:
    """Packages to date, and the rest of the ledger, for a place that has both.

    Those of all places are the sum of the places', so they come after them.
    """
    name = draft.paper.report.place_name(place)
    packages = draft.scope("chc", place, "packages", f"{name}, packages of care", basis="clients")
    packages = _places_to_date(draft, packages) if place == ICB else _to_date(draft, packages)
    if not draft.folder.has(FILE):
        _one_percent(draft, packages)
    if not draft.has(packages.id(BUDGET), packages.id(ACTUAL)):
        return
    packages.derive("ytd_variance", f"{BUDGET} - {ACTUAL}")
    outside = packages.at(line="outside", line_label=f"{name}, outside the packages of care")
    for measure in (BUDGET, ACTUAL, "ytd_variance"):
        ledger = f"position.{place}.{draft.line(CARE_ROLE)}.{measure}"
        if draft.has(ledger):
            outside.derive(measure, f"{ledger} - {packages.id(measure)}")


def _to_date(draft: Draft, packages: Scope) -> Scope:
    """Enter a place's months together; the scope, which says whether that is an estimate."""
    months = _months(draft, packages)
    if not months or months[-1].suffix:
        return packages
    number, month = draft.paper.month.number, months[-1]
    packages = packages.at(is_estimate=len(months) < number)
    scaled = f" * {number} / {len(months)}" if packages.is_estimate else ""
    cost = _sum(months, "cost_in_month")
    packages.derive(ACTUAL, f"{cost}{scaled}")
    if not draft.has(month.id("budget_cost_in_month")):
        return packages
    packages.derive(BUDGET, f"{month.id('budget_cost_in_month')} * {number}")
    if is_split(draft.register, packages.place):
        clients, price = _sum(months, "clients"), month.id("budget_average_price")
        planned = f"{month.id('budget_clients')} * {len(months)}"
        packages.derive(SPLIT[0], f"({planned} - {clients}) * {price}{scaled}")
        packages.derive(SPLIT[1], f"({clients} * {price} - {cost}){scaled}")
    return packages


def _months(draft: Draft, packages: Scope) -> list[Scope]:
    """The scopes of the months to date whose clients x price are there, in order."""
    codes = (f"{draft.year} M{number:02d}" for number in range(1, draft.paper.month.number + 1))
    clients = packages.at(line="all_clients")
    scopes = [clients.at(period=code, suffix=draft.period_suffix(code)) for code in codes]
    return [scope for scope in scopes if draft.has(scope.id("cost_in_month"))]


def _sum(months: Sequence[Scope], measure: str) -> str:
    return f"({' + '.join(month.id(measure) for month in months)})"


def _places_to_date(draft: Draft, packages: Scope) -> Scope:
    """Enter what all places come to, measure by measure, where every place has it."""
    for measure in (BUDGET, ACTUAL, *SPLIT):
        parts = [packages.at(place=place).id(measure) for place in draft.paper.report.places]
        if parts and draft.has(*parts):
            estimated = any(draft.register[part].is_estimate for part in parts)
            packages = packages.at(is_estimate=packages.is_estimate or estimated)
            packages.total(measure, parts)
    return packages


def _one_percent(draft: Draft, packages: Scope) -> None:
    """What one per cent on every price costs in the months to come, each taken to be like this.

    Packages give a better estimate, by days: see `drivers_figures`.
    """
    month = packages.at(line="all_clients").id("cost_in_month")
    if draft.has(month) and draft.paper.month.months_left:
        packages = packages.at(is_estimate=True)
        packages.derive(ONE_PERCENT, f"{month} * {draft.paper.month.months_left} / 100")
