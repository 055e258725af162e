"""Corporate costs by cost centre, and the ledger's control totals, recomputed a second time.

Shares no code with the product (see second_reading). A variance is budget less actual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from boardpack.audit.second_extracts import POSITION, VARIANCES
from boardpack.audit.second_ledger import booked, corporate_rows, mapping
from boardpack.audit.second_numbers import (
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
from boardpack.audit.second_reading import Month, Row, rows

PAIRS = (
    ("ytd_variance", "ytd_budget", "ytd_actual"),
    ("forecast_variance", "annual_budget", "forecast_outturn"),
)
Line = dict[str, Number]


def corporate(month: Month) -> Results:
    """Each cost centre, each group and both together; the allowance is the admin budget."""
    found: Results = {}
    listed = corporate_rows(month)
    printed = {row.text("group"): row for row in listed if row.text("cost_centre") == "Total"}
    centres = [row for row in listed if row.text("cost_centre") != "Total"]
    groups: list[Line] = []
    for group in dict.fromkeys(row.text("group") for row in centres):
        own = [row for row in centres if row.text("group") == group]
        lines = [_line(found, row.text("cost_centre"), [], row) for row in own]
        groups.append(_line(found, f"{group}_total", lines, printed.get(group, Row({}))))
        if group == "admin":
            allowance = groups[-1]["annual_budget"].value
            found["corporate.icb.running_cost_allowance.annual_allowance"] = allowance
    if groups:
        _line(found, "corporate_total", groups, printed.get("corporate", Row({})))
    return found


def _line(found: Results, line: str, parts: list[Line], row: Row) -> Line:
    """A cost centre as its row says it, or a total over its parts; and its variances."""
    name, numbers = f"corporate.icb.{line}", Line()
    for measure in POSITION:
        said = row.number(measure, THOUSAND)
        computed = total(part.get(measure) for part in parts) if parts else said
        if computed is not None:
            found[f"{name}.{measure}"] = computed.value
            numbers[measure] = settled(computed, said) if parts else computed
    for variance, one, other in PAIRS:
        if one in numbers and other in numbers:
            found[f"{name}.{variance}"] = numbers[one].less(numbers[other]).value
    return numbers


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
