"""Estimates that the extracts themselves hold: prescribing without data, and care not yet billed.

**Prescribing months.** The spend to date is months of data carried forward. As the published
forecast does, everything but the prior-year item is spread evenly: with d months of data of m,
known = (spend - prior year) x d / m, and the estimate is the rest. The range is what the same data
give by each year's NHSBSA profile, known x (share at m - share at d) / share at d, and the even
spread itself; without profiles there is no range. While there is no data at all, the whole of the
ledger's prescribing is the estimate.

**Care of the latest month.** Where packages of care accrue to the ledger, the latest month is what
providers have not billed yet: its clients x average price. The range takes the same clients at the
lowest and the highest average price of the months so far.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.subjects.estimates.scope import (
    CARE,
    CHAPTER,
    ENDS,
    MONTHS,
    ROLE_OF,
    estimate_scope,
    share_of_line,
)
from boardpack.subjects.prescribing.profiles_extract import read_prescribing_profiles

RANGE_OF = {"low": "min", "high": "max"}
KNOWN, TO_DATE = "known_share", "to_date_share"


def prescribing_months(draft: Draft, place: str) -> None:
    """Enter what of a place's prescribing is known and estimated, in pounds to date."""
    month, data = draft.paper.month.number, draft.paper.run.prescribing_months_of_data
    scope, spend = estimate_scope(draft, place, MONTHS), f"prescribing.{place}.ppa.ytd_spend"
    ledger = f"position.{place}.{draft.line(ROLE_OF[MONTHS])}.ytd_actual"
    if not data and draft.has(ledger):
        scope.derive("amount", ledger)
        share_of_line(draft, scope, draft.line(ROLE_OF[MONTHS]))
    if not 0 < data <= month or not draft.knows(spend):
        return
    if not draft.has(spend):  # there is an estimate, and it is not known
        scope.derive("amount", spend)
        return
    prior = f"prescribing.{place}.prior_year.ytd_spend"
    carried = f"({spend} - {prior})" if draft.has(prior) else spend
    scope.at(is_estimate=data < month).derive("known", f"{carried} * {data} / {month}")
    if data < month:
        scope.derive("amount", f"{carried} * {month - data} / {month}")
        _by_profiles(draft, scope)
        share_of_line(draft, scope, draft.line(ROLE_OF[MONTHS]))


def _by_profiles(draft: Draft, scope: Scope) -> None:
    known = scope.id("known")
    lines = [f"{CHAPTER}.{ICB}.{line}" for line in _profiles(draft)]
    carried = [f"{known} * ({p}.{TO_DATE} - {p}.{KNOWN}) / {p}.{KNOWN}" for p in lines]
    for end, pick in RANGE_OF.items():
        if carried:
            scope.derive(end, f"{pick}({', '.join((scope.id('amount'), *carried))})")


def _profiles(draft: Draft) -> list[str]:
    """The lines of the profiles, each with its cumulative share at the two months, once."""
    paper, found = draft.paper, {}
    extract = read_prescribing_profiles(draft.folder)
    months = {KNOWN: paper.run.prescribing_months_of_data, TO_DATE: paper.month.number}
    for row in extract:
        year = row["financial_year"]
        line, label = f"profile_{slug(year)}", f"Prescribing profile of {year}"
        for measure, number in months.items():
            if row["month"] == f"M{number:02d}":
                scope = draft.scope(CHAPTER, ICB, line, label, basis="profile", period=year)
                found[line] = scope
                if not draft.has(scope.id(measure)):
                    scope.read(measure, row.amounts["cumulative"])
    return list(found)


def care_month(draft: Draft, place: str) -> None:
    """Enter the cost of the latest month's packages of care, where packages accrue."""
    cost = f"chc.{place}.all_clients.cost_in_month"
    if not draft.has(f"chc.{place}.accrual.ytd_actual", cost):
        return
    scope = estimate_scope(draft, place, CARE)
    scope.derive("amount", cost)
    clients, price = (f"chc.{place}.all_clients.{m}" for m in ("clients", "average_price"))
    numbers = range(1, draft.paper.month.number)
    prices = [p for p in (f"{price}.m{n:02d}" for n in numbers) if draft.has(p)]
    if prices and draft.has(clients, price):
        for end in ENDS:
            picked = f"{RANGE_OF[end]}({', '.join((*prices, price))})"
            scope.derive(end, f"{clients} * {picked}")
    share_of_line(draft, scope, draft.line(ROLE_OF[CARE]))
