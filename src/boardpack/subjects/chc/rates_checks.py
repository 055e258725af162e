"""Rates of packages of care beside last month's database: a rate that runs stands as it was.

What a single package costs says something of one client. The finding says that there are such
rates, and names no row, place, number or amount: whoever keeps the database compares both exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.file_control import FileControl, of_file, short
from boardpack.checks.once import once
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.reading.folder import Folder, earlier_folder
from boardpack.subjects.chc.packages import Database, Package
from boardpack.subjects.chc.packages_extract import FILE, database_of

RATES = FileControl(
    "rates",
    "Rates of packages that run are about those of last month's database",
    Decimal(1) / 3,
    Decimal(3),
    "A rate of the same package from the same day is corrected by little; a raise is a new rate.",
)
COMPARE = (
    "Compare weekly_rate and nhs_share of this and last month's export, package by package; correct"
    " the database, or say why they stand."
)
Key = tuple[str, object]


def check_package_rates(paper: Paper) -> tuple[Check, ...]:
    """One question of the whole file; none where this or last month has no database."""
    return once(paper, "package rates", lambda one: tuple(_checks(Folder(one))))


def _checks(folder: Folder) -> Iterator[Check]:
    before = _before(folder)
    if before is None or not before.packages or not folder.has(FILE):
        return
    now, file = _paid(database_of(folder)), short(FILE)
    then = _paid(before)
    both = (now[key] / then[key] for key in now.keys() & then.keys() if then[key])
    is_out = any(not RATES.holds(ratio) for ratio in both)
    said = (
        f"{file} has packages for which the NHS pays over 3 times a week, or under a third, of what"
        " last month's database said for the same package and first day."
    )
    yield of_file(RATES, file, said if is_out else "", COMPARE, "warning")


def _before(folder: Folder) -> Database | None:
    try:
        return database_of(earlier_folder(folder, folder.paper.month.earlier(1)))
    except InputFaults:  # its own paper says what is wrong with it
        return None


def _paid(database: Database) -> dict[Key, Decimal]:
    """What the NHS pays a week, or at once, by package and first day."""
    return {_key(one): one.weekly_rate * one.nhs_share for one in database.packages}


def _key(one: Package) -> Key:
    return one.package, one.begins
