"""The year's continuing care budget by kind of care: planned client-weeks and their weekly price.

It stands in `data/reference/`, because it is set once a year. A plan is about nobody, so nothing in
it is suppressed. A row of one-off costs plans a number of payments, and the amount of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.reading.cells import Cell
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import (
    REFERENCE,
    Folder,
    column_of_all_months,
    columns,
    on_this_structure,
)
from boardpack.subjects.chc.packages import FNC, GROUPS
from boardpack.subjects.chc.packages_extract import CARE

FILE = "chc_budget_activity.csv"
ONE_OFF = "One-off"


@dataclass(frozen=True)
class Planned:
    """A budgeted kind of care of a place: client-weeks in the year, and pounds for each."""

    row: Row
    place: str
    care: str
    group: str
    weeks: Decimal
    price: Decimal

    @property
    def kind(self) -> tuple[str, str]:
        """Its care type and client group."""
        return self.care, self.group

    @property
    def cost(self) -> Decimal:
        """The year's budget for it, in pounds."""
        return self.weeks * self.price

    @property
    def is_counted(self) -> bool:
        """Whether it counts among clients and prices: FNC and one-off costs are kept apart."""
        return self.care not in (FNC, ONE_OFF)


def read_chc_budget_activity(folder: Folder) -> Extract:
    """All years' rows; empty where no such file is kept. InputFaults tells all that is wrong."""
    contract = Contract(
        FILE,
        (
            *columns("word", "financial_year"),
            column_of_all_months(folder, "place"),
            *columns("word", "care_type"),
            *columns("word", "client_group", empty=True),
            Column("client_weeks", "count", step="0"),
            Column("weekly_price", "pounds", step="0"),
        ),
        ("financial_year", "place", "care_type", "client_group"),
    )
    extract = on_this_structure(folder, folder.read_reference(contract))
    faults = [fault for row in extract for fault in _faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return extract


def planned_care(folder: Folder) -> tuple[Planned, ...]:
    """What the budget of the paper's year plans, by place and kind of care."""
    rows = read_chc_budget_activity(folder).only(financial_year=folder.paper.month.year)
    return tuple(_planned(row) for row in rows)


def planned_value(
    folder: Folder, planned: Iterable[Planned], amount: Decimal, unit: str, method: str
) -> Value:
    """A value made from rows of the budget: it names them, and how it was made."""
    rows = [one.row for one in planned]
    lines = tuple(sorted(row.line for row in rows))
    file = (REFERENCE / FILE).as_posix()
    cell = Cell(file, None, lines[0] if lines else 1, "client_weeks", "")
    return Value(cell, amount, amount, unit, Decimal(0), lines=lines, method=method)


def _planned(row: Row) -> Planned:
    return Planned(
        row,
        row["place"],
        _care(row["care_type"]) or "",
        GROUPS[row["client_group"].strip().casefold()],
        row.amounts["client_weeks"].amount,
        row.amounts["weekly_price"].amount,
    )


def _care(text: str) -> str | None:
    said = text.strip().casefold()
    return ONE_OFF if said == ONE_OFF.casefold() else CARE.get(said)


def _faults(file: str, row: Row) -> Iterator[Fault]:
    care, group = row["care_type"], row["client_group"]
    known = [*CARE, ONE_OFF.casefold()]
    if _care(care) is None:
        hint = nearest(care, known)
        yield Fault(file, f"one of {', '.join(known)}", hint, row.line, "care_type", care)
    if group.strip().casefold() not in GROUPS:
        names = [name for name in GROUPS if name]
        hint = nearest(group, names)
        yield Fault(file, f"one of {', '.join(names)}", hint, row.line, "client_group", group)
    for column in ("client_weeks", "weekly_price"):
        if row.amounts[column].amount < 0:
            text = row.amounts[column].cell.text
            remedy = "Write what was budgeted, without a sign."
            yield Fault(file, "an amount of nil or more", remedy, row.line, column, text)
