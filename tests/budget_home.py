"""A home of its own whose continuing care has a budget by kind of care beside its packages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from homes import RAW
from packages_home import Record, packages_home, write

PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
Planned = tuple[str, str, str, str, str]
"""Place, care type, client group, client-weeks of the year, weekly price."""
COLUMNS = ("financial_year", "place", "care_type", "client_group", "client_weeks", "weekly_price")
OTHERS: list[Planned] = [(p, "CHC", "PD", "70", "700") for p in PLACES if p != "bromley"]
BROMLEY: list[Planned] = [
    ("bromley", "CHC standard", "PD", "1,400", "680"),
    ("bromley", "Standard", "Learning disability", "500", "1,300.00"),
    ("bromley", "FNC", "", "366", "219.71"),
    ("bromley", "One-off", "", "12", "500"),
]


def budget_home(
    target: Path,
    records: Iterable[Record],
    plan: Iterable[Planned] = (*BROMLEY, *OTHERS),
    items: Iterable[Record] = (),
) -> Path:
    """The real month below `target` with packages, their budget by kind, and named items."""
    home = packages_home(target, records)
    years = [dict(zip(COLUMNS, ("2023/24", *row), strict=True)) for row in plan]
    write(home / "data" / "reference" / "chc_budget_activity.csv", COLUMNS, years)
    named = list(items)
    if named:
        columns = ("place", "kind", "item", "ytd_actual")
        write(home / RAW / "chc_reconciling_items.csv", columns, named)
    return home
