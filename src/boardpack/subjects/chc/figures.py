"""Continuing healthcare: clients and average price by month, high-cost packages, and the ledger.

Prices are pounds per client per month, without funded nursing care and one-off costs. A figure of
the paper's month has no suffix; an earlier month adds it (`clients.m02`). Variances are budget less
actual, so that more clients or a higher price than the budget is negative. `ledger_figures` holds
the client data against the ledger.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.growth import growth_figure
from boardpack.figures.schedule_figures import table_figures
from boardpack.figures.scope import Scope
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.chc.budget_figures import budget_figures
from boardpack.subjects.chc.count import is_split
from boardpack.subjects.chc.drivers_figures import driver_figures
from boardpack.subjects.chc.high_cost_figures import count_rises, high_cost_figures
from boardpack.subjects.chc.inflation_figures import inflation_figures
from boardpack.subjects.chc.ledger_figures import ledger_figures
from boardpack.subjects.chc.packages_figures import package_figures
from boardpack.subjects.chc.plan_figures import plan_figures
from boardpack.subjects.chc.reconciliation_figures import reconciliation_figures
from boardpack.subjects.chc.rows import keep_rows_quiet

GROWTHS = {
    "activity": "clients",
    "average_price": "average_price",
    "cost": "cost_in_month",
}
CARE = "continuing healthcare"


def chc_figures(draft: Draft) -> None:
    """Clients, prices and their product are declared; variances and changes are computed."""
    table = own_schedule("chc_activity_price")
    table_figures(draft, table)
    rows = read_schedule(draft.folder, table)
    months = sorted({row["period"] for row in rows} - {table.year_row})
    if months and months[0] < draft.paper.month.code:
        _since(draft, months)
    package_figures(draft)
    for place in (*draft.paper.report.places, ICB):
        _against_budget(draft, place)
    _variance_totals(draft)
    high_cost_figures(draft)
    plan_figures(draft)
    budget_figures(draft)
    inflation_figures(draft)
    reconciliation_figures(draft)
    driver_figures(draft)
    for place in (*draft.paper.report.places, ICB):
        ledger_figures(draft, place)
    _budget_setting(draft)
    keep_rows_quiet(draft)


def _clients(draft: Draft, place: str, code: str) -> Scope:
    """The scope of one month's clients (`M02`)."""
    period = f"{draft.year} {code}"
    suffix = draft.period_suffix(period)
    return _scope(draft, place, "all_clients", CARE, period=period, suffix=suffix)


def _scope(draft: Draft, place: str, line: str, label: str, **more: str) -> Scope:
    name = draft.paper.report.place_name(place)
    return draft.scope("chc", place, line, f"{name}, {label}", **{"basis": "clients", **more})


def _add_places(draft: Draft, scope: Scope, measure: str, unit: str = "GBP") -> bool:
    parts = [scope.at(place=place).id(measure) for place in draft.paper.report.places]
    complete = bool(parts) and draft.has(*parts)
    if complete:
        scope.total(measure, parts, unit)
    return complete


def _against_budget(draft: Draft, place: str) -> None:
    """Volume at the budget's price, price at the month's clients: the two add up exactly.

    A count of clients that looks cumulative is not split (see `count`).
    """
    scope = _clients(draft, place, draft.paper.month.code)
    if not draft.has(scope.id("cost_in_month"), scope.id("budget_cost_in_month")):
        return
    if place != ICB and is_split(draft.register, place):
        scope.derive("volume_variance", "(budget_clients - clients) * budget_average_price")
        scope.derive("price_variance", "clients * (budget_average_price - average_price)")
    scope.derive("cost_variance", "budget_cost_in_month - cost_in_month")
    total = _scope(draft, place, "total", CARE)
    for measure, name in GROWTHS.items():
        now, basis = scope.id(name), scope.id(f"budget_{name}")
        growth_figure(draft, total, f"{measure}_against_budget", now, basis)


def _variance_totals(draft: Draft) -> None:
    """Volume and price of all places; of the volume, what comes from dearer or cheaper places."""
    scope = _clients(draft, ICB, draft.paper.month.code)
    volume = _add_places(draft, scope, "volume_variance")
    _add_places(draft, scope, "price_variance")
    if volume and draft.has(scope.id("budget_average_price")):
        mean = "(budget_clients - clients) * budget_average_price"
        scope.derive("mix_variance", f"volume_variance - {mean}")


def _since(draft: Draft, months: list[str]) -> None:
    """Change since the first month of the extract, by place, and how many places it holds for."""
    now = draft.paper.month.code
    before = [code for code in months if code < now]
    for place in (*draft.paper.report.places, ICB):
        _growths(draft, _clients(draft, place, before[0]), _clients(draft, place, now))
    first, last, scope = (_clients(draft, ICB, code) for code in (before[0], before[-1], now))
    count_rises(draft, scope, "boroughs_with_more_clients", "clients", first, scope)
    count_rises(draft, scope, "boroughs_with_lower_price", "average_price", scope, last)


def _growths(draft: Draft, first: Scope, now: Scope) -> None:
    total = _scope(draft, now.place, "total", CARE)
    for measure, name in GROWTHS.items():
        growth = f"{measure}_growth"
        printed = draft.stated("chc", now.place, "total", growth)
        growth_figure(draft, total, growth, now.id(name), first.id(name), printed)


def _budget_setting(draft: Draft) -> None:
    """What the budgets allow for, as stated, and what the three add up to."""
    draft.enter_stated("chc")
    scope = draft.scope("chc", ICB, "budget_setting", basis="stated", period=draft.year)
    parts = ("price_inflation", "activity_growth", "convergence")
    if draft.has(*(scope.id(part) for part in parts)):
        scope.derive("net_uplift", " + ".join(parts), "PCT")
