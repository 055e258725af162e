"""The month's files of packages, savings, invoices and payments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from boardpack_demo.care import BESIDE, ONE_OFF, Rate, first_day, last_day
from boardpack_demo.chance import Chance, pence
from boardpack_demo.icb import PROVIDERS
from boardpack_demo.table import Cell, Table, table
from boardpack_demo.tracker import Scheme
from boardpack_demo.truth import Truth


def packages(truth: Truth, number: int) -> Table:
    """The package database at the end of a month, with identifiers that must be dropped."""
    header = (
        "client_id package_id place care_type client_group provider start_date end_date weekly_rate"
        " nhs_share rate_start rate_end one_off cost_centre status nhs_number name date_of_birth"
    )
    rows = (_package(rate, ends, stops) for rate, ends, stops in truth.care.known(number))
    return table(header, rows)


def _package(rate: Rate, ends: dt.date | None, stops: dt.date | None) -> tuple[Cell, ...]:
    over = "deceased" if rate.has_died else "ended"
    is_one_off = rate.kind == ONE_OFF
    return (
        rate.client,
        rate.package,
        rate.place,
        "CHC standard" if is_one_off else rate.kind,
        rate.group,
        rate.provider,
        f"{rate.begins:%d/%m/%Y}",
        f"{ends:%d/%m/%Y}" if ends else "31/12/9999",
        f"{rate.weekly:.2f}",
        f"{rate.share}%",
        f"{rate.starts:%d/%m/%Y}" if rate.starts != rate.begins else "",
        f"{stops:%d/%m/%Y}" if stops else "",
        "yes" if is_one_off else "no",
        "",
        over if ends and not is_one_off else "active" if not ends else "ended",
        rate.nhs_number,
        rate.name,
        rate.born,
    )


def reconciling_items(truth: Truth, number: int) -> Table | None:
    """What the team names between the packages and the ledger; none before the first of them."""
    rows = [
        (place, kind, f"{item} at the end of {truth.month(number).name}", amount)
        for place, first, kind, item, amount in BESIDE
        if first <= number and place in truth.body.places
    ]
    return table("place kind item ytd_actual", rows) if rows else None


def savings_tracker(truth: Truth, number: int) -> Table:
    """Every scheme by month; what is to come is blank in the actuals."""
    months = [
        f"{kind}_m{month:02d}" for kind in ("plan", "actual", "forecast") for month in range(1, 13)
    ]
    header = "scheme place directorate recurrent cash_releasing status risk"
    rows = (_scheme(scheme, number) for scheme in truth.savings.schemes)
    return table(f"{header} {' '.join(months)}", rows)


def _scheme(scheme: Scheme, number: int) -> Iterator[Cell]:
    yield from (scheme.name, scheme.place, scheme.directorate)
    yield "recurrent" if scheme.is_recurrent else "non-recurrent"
    yield from ("yes", scheme.status, scheme.risk)
    yield from scheme.plan
    for month, amount in enumerate(scheme.actual, start=1):
        yield amount if month <= number else ""
    yield from scheme.actual


def invoices(truth: Truth, number: int) -> Table:
    """Invoices paid to date, nearly all of them within the target."""
    rows = []
    for creditor, count, value in (("NHS", 310, 118_000_000), ("Non-NHS", 2_900, 41_000_000)):
        chance = Chance(truth.seed, "invoices", creditor)
        paid, worth = count * number, Decimal(value) * number
        late, held = chance.between(5, 25), chance.between(4, 30)
        in_time = paid - paid * late // 1000
        rows.append((creditor, paid, in_time, worth, worth - pence(worth * held / 1000)))
    header = "creditor number_paid number_within_target value_paid value_within_target"
    return table(header, rows)


def spend_over_25k(truth: Truth, number: int) -> Table:
    """The payments of a month over the threshold that is published."""
    chance, counted = Chance(truth.seed, "payments", number), truth.counted(number)
    rows = []
    for line in range(truth.body.payments):
        day = chance.between(1, last_day(counted).day)
        amount = Decimal(chance.between(25_001, 900_000)) + Decimal(chance.between(0, 99)) / 100
        supplier = chance.one_of((*PROVIDERS, "Thornfold Care", "Mossgate House"))
        paid = first_day(counted).replace(day=day)
        code = f"WX{counted:02d}{line:04d}"
        rows.append((f"{paid:%Y-%m-%d}", "Purchase of care", "Contracts", supplier, code, amount))
    header = "payment_date expense_type expense_area supplier transaction_number amount"
    return table(header, rows)
