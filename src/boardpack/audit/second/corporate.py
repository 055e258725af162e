"""The running cost allowance, and the ledger's control totals, recomputed a second time.

Shares no code with the product (see second_reading).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from boardpack.audit.second.extracts import POSITION, VARIANCES
from boardpack.audit.second.ledger import booked, corporate_rows, mapping
from boardpack.audit.second.numbers import (
    NIL,
    THOUSAND,
    Number,
    Results,
    kept,
    settled,
    slug,
    total,
    total_if_any,
)
from boardpack.audit.second.reading import Month, Row, rows


def corporate(month: Month) -> Results:
    """The running cost allowance: what the admin cost centres are budgeted to spend in the year.

    The costs themselves are a declared table (see second_declared).
    """
    admin = [row for row in corporate_rows(month) if row.text("group") == "admin"]
    centres = [row for row in admin if row.text("cost_centre") != "Total"]
    if not centres:
        return {}
    said = [row.number("annual_budget", THOUSAND) for row in admin if row not in centres]
    budget = total(row.number("annual_budget", THOUSAND) for row in centres)
    allowance = settled(budget, said[0] if said else None)
    return {"corporate.icb.running_cost_allowance.annual_allowance": allowance.value}


def control(month: Month) -> Results:
    """What ledger and trial balance add up to, over all, by place and by cost centre."""
    found: Results = {}
    ledger, balance = rows(month, "ledger"), rows(month, "trial_balance")
    _columns(found, "control.icb.ledger", ledger, (*POSITION, *VARIANCES))
    if ledger:
        _places(found, month)
    _columns(found, "control.icb.trial_balance", balance, ("in_month", "ytd"))
    for entity, period in dict.fromkeys((r.text("entity"), r.text("period")) for r in balance):
        own = [r for r in balance if (r.text("entity"), r.text("period")) == (entity, period)]
        for column in ("in_month", "ytd"):
            name = f"control.icb.trial_balance_{slug(entity)}.{column}.{period.lower()}"
            kept(found, name, _sum(own, column))
    if ledger and balance:
        _centres(found, month, ledger, balance)
    return found


def _columns(found: Results, name: str, listed: Iterable[Row], columns: Iterable[str]) -> None:
    held = list(listed)
    for column in columns:
        kept(found, f"{name}.{column}", _sum(held, column))


def _sum(listed: Iterable[Row], column: str) -> Decimal | None:
    added = total_if_any(row.number(column) for row in listed)
    return None if added is None else added.value


def _places(found: Results, month: Month) -> None:
    lines = booked(month)
    for place in month.columns:
        own = [line.row for line in lines if line.belongs("place") == place]
        _columns(found, f"control.{place}.cost_centres", own, POSITION)
    for measure in POSITION:
        names = [f"control.{place}.cost_centres.{measure}" for place in month.columns]
        parts = [found.get(name) for name in names if name in found or "central" not in name]
        whole = total(None if part is None else Number(part) for part in parts)
        found[f"control.icb.cost_centres.{measure}"] = whole.value


def _centres(found: Results, month: Month, ledger: list[Row], balance: list[Row]) -> None:
    """Spending to date of each cost centre in both; what has no cost centre stands apart."""
    mapped = mapping(month)
    posted: dict[str, list[Row]] = {}
    for row in _spending(month, ledger, balance):
        code = row.text("cost_centre")
        posted.setdefault(code if code in mapped else "", []).append(row)
    for code, held in mapped.items():
        spent = _sum((row for row in ledger if row.text("cost_centre") == code), "ytd_actual")
        also = _sum(posted.get(code, ()), "ytd")
        if spent is not None or also is not None:
            name = f"control.{held.text('place')}.cost_centre_{code.lower()}"
            found[f"{name}.ledger_ytd"] = spent or NIL
            found[f"{name}.trial_balance_ytd"] = also or NIL
    outside = _sum(posted.get("", ()), "ytd")
    kept(found, "control.icb.unmapped_cost_centres.trial_balance_ytd", outside)


def _spending(month: Month, ledger: list[Row], balance: list[Row]) -> Iterator[Row]:
    mapped, accounts = mapping(month), {row.text("subjective") for row in ledger}
    for row in balance:
        is_spent = row.text("cost_centre") in mapped or row.text("subjective") in accounts
        if row.text("period") == month.code and is_spent:
            yield row
