"""Plants that only other files or last month's can tell: units, months of items, half a file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from boardpack_demo.month import MonthFiles
from boardpack_demo.planting import Change, Plant, rows

CONCESSIONS, TARIFF, ITEMS = "price_concessions.csv", "drug_tariff.csv", "epd.csv"
PACKAGES, RETURN, RISKS = "chc_packages.csv", "mhis_return.csv", "risks.csv"
CONTRACTS, ACTIVITY = "provider_contracts.csv", "programme_activity.csv"


def _times(file: str, column: str, factor: str, only: int | None = None) -> Change:
    """Multiply the amounts of a column, or of one row of it, whatever is printed round them."""

    def apply(files: MonthFiles) -> None:
        found = files.tables[file]
        for row in range(len(found.rows)) if only is None else (only,):
            text = found.at(row, column)
            digits = text.strip("£k").replace(",", "")
            if digits:
                amount = f"{(Decimal(digits) * Decimal(factor)).normalize():f}"
                end = "k" if text.endswith("k") else ""
                found.put(row, column, f"{text[: text.startswith('£')]}{amount}{end}")

    return apply


def _latest_month(files: MonthFiles) -> list[list[str]]:
    found = files.tables[ITEMS].rows
    latest = max(row[0] for row in found)
    return [row for row in found if row[0] == latest]


def _month_twice(files: MonthFiles) -> None:
    files.tables[ITEMS].rows += [list(row) for row in _latest_month(files)]


def _month_halved(files: MonthFiles) -> None:
    gone = {id(row) for row in _latest_month(files)[::2]}
    found = files.tables[ITEMS]
    found.rows = [row for row in found.rows if id(row) not in gone]


def _all_of(changes: Iterable[Change]) -> Change:
    """Several changes as one: the worst that a risk may cost is no less than what is likely."""
    made = tuple(changes)

    def apply(files: MonthFiles) -> None:
        for change in made:
            change(files)

    return apply


def _check(name: str, file: str, does: str, says: str, apply: Change) -> Plant:
    return Plant(name, file, does, says, apply, is_check=True)


CONTROL_PLANTS = (
    _check(
        "concessions-in-pence",
        CONCESSIONS,
        "its prices are in pence",
        "seem to be in another unit",
        _times(CONCESSIONS, "price", "100"),
    ),
    _check(
        "concession-below-tariff",
        CONCESSIONS,
        "one price lost its pounds",
        "A concession is granted where the tariff's price is too low",
        _times(CONCESSIONS, "price", "0.01", only=9),
    ),
    _check(
        "tariff-in-pounds",
        TARIFF,
        "its prices are in pounds",
        "The prices of drug_tariff.csv seem to be in another unit",
        _times(TARIFF, "Basic Price", "0.01"),
    ),
    _check(
        "items-month-twice",
        ITEMS,
        "the rows of its latest month stand twice",
        "in epd.csv stand twice",
        _month_twice,
    ),
    _check(
        "items-month-halved",
        ITEMS,
        "every other row of its latest month is gone",
        "times the items and",
        _month_halved,
    ),
    _check(
        "items-cost-in-pence",
        ITEMS,
        "the net ingredient cost is in pence",
        "NIC or TOTAL_QUANTITY seems to be in another unit",
        _times(ITEMS, "NIC", "100"),
    ),
    _check(
        "half-of-the-packages",
        PACKAGES,
        "every other row is gone",
        "do not continue from August 2024",
        rows(PACKAGES, lambda found: found[::2]),
    ),
    _check(
        "programme-ten-times",
        RETURN,
        "the spend to date of one programme has a digit too much",
        "Early intervention",
        _times(RETURN, "ytd_actual", "10", only=5),
    ),
    _check(
        "contract-varied",
        CONTRACTS,
        "one contract is a third larger than last month",
        "a contract moves by what is varied in a month",
        _times(CONTRACTS, "annual_forecast", "1.3", only=1),
    ),
    _check(
        "risk-ten-times",
        RISKS,
        "the amount of one risk has a digit too much",
        "a review moves a risk",
        _all_of(_times(RISKS, name, "10", only=0) for name in ("gross", "worst")),
    ),
    _check(
        "activity-of-half-the-places",
        ACTIVITY,
        "the rows of half of the places are gone",
        "cannot be made this month",
        rows(ACTIVITY, lambda found: found[: len(found) // 2]),
    ),
)
