"""Schedules made a second time of the mental health return, the allocations and the invoices.

Shares no code with the product (see second_reading). Money is in pounds, shares are per cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from boardpack.audit.second.days import day_of_text
from boardpack.audit.second.ledger import exact
from boardpack.audit.second.numbers import Number, divided, total, total_if_any
from boardpack.audit.second.reading import Month, Row, is_there, rows


def standard_rows(month: Month) -> list[Row]:
    """The mental health standard: printed, or made of the return and the year's uplift."""
    if not is_there(month, "mhis_return") or is_there(month, "mhis"):
        return rows(month, "mhis")
    listed = [row for row in rows(month, "mhis_return") if row.text("eligible") == "eligible"]
    drugs = [row for row in listed if row.text("programme").lower() == "prescribing"]
    start = int(month.year[:4])
    now, before = month.financial_year, f"{start - 1}/{start % 100:02d}"
    outturn, uplift = _sum(listed, "prior_year_outturn"), _uplift(month, start)
    target = None
    if outturn is not None:
        target = Number(outturn.value * (100 + uplift.value) / 100)
    made = {
        ("mhis", "uplift", now): uplift,
        ("mhis", "prior_year_outturn", before): outturn,
        ("mhis", "forecast_target", now): target,
        ("mhis", "forecast_outturn", now): _sum(listed, "forecast_outturn"),
        ("prescribing", "spend", before): _sum(drugs, "prior_year_outturn"),
        ("prescribing", "spend", now): _sum(drugs, "forecast_outturn"),
    }
    names = ("line", "measure", "period")
    return [
        Row(dict(zip(names, key, strict=True)), {"value": item})
        for key, item in made.items()
        if item is not None
    ]


def _sum(listed: Iterable[Row], column: str) -> Number | None:
    added = total_if_any(row.number(column) for row in listed)
    return None if added is None else exact(added)


def _uplift(month: Month, start: int) -> Number:
    """The uplift on 1 April; LookupError where no rate holds on that day."""
    april = f"{start}-04-01"
    for row in rows(month, "rates"):
        ends = row.text("to") and day_of_text(row.text("to"), row.layout)
        begins = day_of_text(row.text("from"), row.layout)
        if row.text("rate") == "mhis_uplift" and begins <= april <= (ends or april):
            return row.number("value") or Number(Decimal(0))
    raise LookupError(f"no mhis_uplift on {april}")


def limit_rows(month: Month) -> list[Row]:
    """The resource limit: printed, or each movement with its columns and budgets to compute."""
    if not is_there(month, "allocations") or is_there(month, "resource_limit"):
        return rows(month, "resource_limit")
    return list(_limit(month, rows(month, "allocations")))


def _limit(month: Month, moves: list[Row]) -> Iterator[Row]:
    opening = [row for row in moves if row.text("movement") == "budget"]
    yield _moved(month, "M00", "budget", "All", opening)
    for number in range(1, month.number + 1):
        code = f"M{number:02d}"
        own = [row for row in moves if row.text("month") == code]
        for kind, item in dict.fromkeys((r.text("movement"), r.text("item")) for r in own):
            held = [r for r in own if (r.text("movement"), r.text("item")) == (kind, item)]
            yield _moved(month, code, kind, item, held)
        yield Row({"month": code, "movement": "budget", "item": "All"})


def _moved(month: Month, code: str, kind: str, item: str, moves: list[Row]) -> Row:
    made = {}
    for column in month.columns:
        own = [row.number("amount") for row in moves if row.text("place") == column]
        if own:
            made[column] = exact(total(own))
    return Row({"month": code, "movement": kind, "item": item}, made)


def payment_rows(month: Month) -> list[Row]:
    """Invoices paid on time: printed, or made of their numbers and values."""
    if not is_there(month, "invoices") or is_there(month, "bppc"):
        return rows(month, "bppc")
    found = []
    for row in rows(month, "invoices"):
        made = {}
        for name, kind in (("ytd_actual", "number"), ("ytd_actual_by_value", "value")):
            part, whole = row.number(f"{kind}_within_target"), row.number(f"{kind}_paid")
            if part is not None and whole is not None and whole.value:
                made[name] = Number(divided(part.value * 100, whole.value) or Decimal(0))
        found.append(Row(row.words, made))
    return found
