"""All the files of a month's folder, with where each came from and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from boardpack_demo import (
    estimates,
    investment,
    item_files,
    ledger_files,
    people_files,
    programme_files,
    staffing,
    treasury,
)
from boardpack_demo.care import last_day
from boardpack_demo.table import Table, table
from boardpack_demo.truth import Truth

Maker = Callable[[Truth, int], Table | None]
MAKERS: dict[str, Maker] = {
    "ledger.csv": ledger_files.ledger,
    "trial_balance.csv": ledger_files.trial_balance,
    "allocations.csv": ledger_files.allocations,
    "chc_packages.csv": people_files.packages,
    "chc_reconciling_items.csv": people_files.reconciling_items,
    "savings_tracker.csv": people_files.savings_tracker,
    "mhis_return.csv": investment.mhis_return,
    "invoices.csv": people_files.invoices,
    "spend_over_25k.csv": people_files.spend_over_25k,
    "prescribing_summary.csv": item_files.prescribing_summary,
    "epd.csv": item_files.epd,
    "drug_tariff.csv": item_files.drug_tariff,
    "drug_tariff_baseline.csv": lambda truth, number: item_files.drug_tariff_baseline(truth),
    "drug_tariff_following.csv": item_files.drug_tariff_following,
    "price_concessions.csv": item_files.price_concessions,
    "key_indicators.csv": treasury.key_indicators,
    "cash_requirement.csv": treasury.cash_requirement,
    "cash_drawdown.csv": treasury.cash_drawdown,
    "provider_contracts.csv": treasury.provider_contracts,
    "section75.csv": lambda truth, number: treasury.section75(truth),
    "actions.csv": treasury.actions,
    f"{staffing.SCHEDULE}.csv": staffing.agency_staff,
    "estimates.csv": estimates.estimates,
    "programme_activity.csv": programme_files.programme_activity,
    "risks.csv": treasury.risks,
}
ORIGINS = {
    "ledger.csv": ("General ledger", "Budget position by cost centre", "ytd_actual"),
    "trial_balance.csv": ("General ledger", "Trial balance", "ytd"),
    "allocations.csv": ("Allocations register", "Movements of the resource limit", "amount"),
    "chc_packages.csv": ("Care database", "Packages at the month end", ""),
    "savings_tracker.csv": ("Savings tracker", "Schemes by month", "plan_m01"),
    "mhis_return.csv": ("Finance returns", "Mental health investment", "forecast_outturn"),
    "invoices.csv": ("General ledger", "Invoices paid within the target", "value_paid"),
    "spend_over_25k.csv": ("General ledger", "Payments over the threshold", "amount"),
    "prescribing_summary.csv": ("Prescribing payments", "Summary by place", ""),
    "epd.csv": ("Prescribing payments", "Items by practice", ""),
    "drug_tariff.csv": ("Drug tariff", "Part VIIIA", ""),
    "price_concessions.csv": ("Drug tariff", "Price concessions", ""),
}
BY_HAND = ("Finance team", "Month-end workbook", "")


@dataclass
class MonthFiles:
    """The tables of one month of a year by file name, and files whose bytes are no table.

    A plant changes them: `tables` are written as CSV, `raw` as it stands.
    """

    number: int
    tables: dict[str, Table]
    raw: dict[str, bytes] = field(default_factory=dict)

    def written(self) -> dict[str, bytes]:
        """Every file's bytes by name."""
        return {**{name: made.bytes() for name, made in self.tables.items()}, **self.raw}


def month_files(truth: Truth, number: int) -> MonthFiles:
    """The files of a month of a year as they are true."""
    made = {name: maker(truth, number) for name, maker in MAKERS.items()}
    made.update(item_files.earlier_tariffs(truth, number))
    made["adjustments.csv"] = ledger_files.adjustments(truth, number)
    found = {name: one for name, one in made.items() if one is not None}
    found["provenance.csv"] = _provenance(found, truth, number)
    return MonthFiles(number, found)


def _provenance(tables: dict[str, Table], truth: Truth, number: int) -> Table:
    """The origin of each file, and the total keyed of the columns that have one."""
    rows = []
    for name, found in tables.items():
        if name != "adjustments.csv":
            known = "drug_tariff.csv" if name.startswith("drug_tariff_") else name
            system, report, column = ORIGINS.get(known, BY_HAND)
            when = f"{last_day(truth.counted(number)):%Y-%m-%d} 17:00"
            total = _total(found, column) if column else ""
            period = f"Period M{number:02d}"
            rows.append((name, system, report, period, when, "Finance Analyst", column, total))
    return table("file system report parameters run_at role total_of control_total", rows)


def _total(found: Table, column: str) -> Decimal:
    place = found.header.index(column)
    return sum((Decimal(row[place]) for row in found.rows if row[place]), Decimal(0))
