"""CHC package database: one rate period of one package of care of one client a row. Client level.

Clients and packages are replaced by keyed hashes as they are read, columns outside the contract
(names, NHS numbers, dates of birth) are left unread, and no fault tells a value: it names file, row
and column. The key is BOARDPACK_CLIENT_KEY of the environment, or random for each process: a hash
never reaches an output.
"""

from __future__ import annotations

import datetime as dt
import hmac
import os
import secrets
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from weakref import WeakKeyDictionary

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.calendar import read_day
from boardpack.reading.contract import Column, Contract, read_extract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, columns, place_column
from boardpack.reading.month_and_place import Occasion
from boardpack.subjects.chc.packages import END, FNC, GROUPS, Database, Package, package_faults

FILE = "chc_packages.csv"
CARE = {
    "chc standard": "CHC standard",
    "chc": "CHC standard",
    "standard": "CHC standard",
    "fast track": "Fast track",
    "fast-track": "Fast track",
    "fnc": FNC,
    "joint": "Joint",
    "joint funded": "Joint",
    "s117": "Section 117",
    "section 117": "Section 117",
    "phb": "Personal health budget",
    "personal health budget": "Personal health budget",
    "children": "Children",
    "children's": "Children",
}
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"", "no", "n", "false", "0", "-"})
WEEKLY = frozenset({"", "week", "weekly", "per week"})
DIED = frozenset({"deceased", "died", "dead"})
OVER = DIED | {"ended", "closed", "ceased", "discharged", "inactive"}
LEAST, MOST = Decimal(50), Decimal(25_000)
"""Pounds a week outside which a rate without a unit is taken for an hourly, daily or yearly one."""
OPEN_YEAR = 9999
MEND = "Correct the row in the database and export it again."

KEPT = 4
_READ: WeakKeyDictionary[Folder, Database] = WeakKeyDictionary()
_MADE: dict[int, tuple[Extract, Database]] = {}
"""Databases by the extract that they were made from, which is read once for all folders."""


def read_chc_packages(folder: Folder) -> Extract:
    """The rows without a word of a client: line numbers only; empty where there is no such file."""
    read = database_of(folder)
    rows = tuple(Row(package.line, {}, {}) for package in read.packages)
    return Extract(read.file, read.sha256, rows, notes=read.notes)


def database_of(folder: Folder) -> Database:
    """The packages of the month's database; InputFaults tells all that is wrong, and no value."""
    if not folder.has(FILE):
        return Database(FILE, "", None, ())
    if folder not in _READ:
        _READ[folder] = _database(folder)
    return _READ[folder]


def packages_contract(folder: Folder) -> Contract:
    """The shape of the database's export."""
    dates = columns("date", "end_date", "rate_start", "rate_end", empty=True)
    return Contract(
        FILE,
        (
            *columns("word", "client_id", "package_id", "care_type"),
            place_column(folder),
            *columns("date", "start_date"),
            *dates,
            Column("weekly_rate", "pounds", step="0"),
            Column("nhs_share", "any_amount", empty=True),
            *columns("word", "one_off", "status", empty=True),
            Column("client_group", "word", empty=True, optional=True),
            Column("unit", "word", empty=True, optional=True),
        ),
        client_level=True,
    )


def _database(folder: Folder) -> Database:
    home, month, report = folder.paper.home, folder.paper.month, folder.report
    occasion = Occasion(month, folder.paper.place, report.places)
    try:
        extract = read_extract(
            home, folder.path, packages_contract(folder), folder.corrections, occasion
        )
    except InputFaults as error:
        raise InputFaults(map(_silent, error.faults)) from None
    made = _MADE.get(id(extract))
    if made is None:
        if len(_MADE) >= KEPT:
            del _MADE[next(iter(_MADE))]
        made = _MADE[id(extract)] = extract, _made_from(extract)
    folder.hashes[extract.file] = extract.sha256
    return made[1]


def _made_from(extract: Extract) -> Database:
    rows = tuple(extract)
    _refuse(fault for row in rows for fault in _row_faults(extract.file, row))
    packages = tuple(map(_package, rows))
    _refuse(package_faults(extract.file, packages))
    sheet = rows[0].cells["place"].sheet if rows else None
    return Database(extract.file, extract.sha256, sheet, packages, extract.notes)


def _refuse(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise InputFaults(found)


def _silent(fault: Fault) -> Fault:
    """A fault without the cell's value, which a remedy may repeat too."""
    is_cell = fault.row is not None and fault.value is not None
    remedy = MEND if is_cell and fault.row != 1 else fault.remedy
    return Fault(fault.file, fault.expected, remedy, fault.row, fault.column, sheet=fault.sheet)


def _row_faults(file: str, row: Row) -> Iterable[Fault]:
    """What is wrong with a row by itself."""
    words = {name: text.strip().casefold() for name, text in row.words.items()}
    begins, ends = _day(row, "start_date"), _day(row, "end_date")
    rules = (
        (not words["client_id"], "client_id", "an identifier"),
        (not words["package_id"], "package_id", "an identifier"),
        (words["care_type"] not in CARE, "care_type", f"one of {', '.join(CARE)}"),
        (
            words.get("client_group", "") not in GROUPS,
            "client_group",
            f"one of {', '.join(GROUPS)}",
        ),
        (words["one_off"] not in YES | NO, "one_off", "yes or no"),
        (words.get("unit", "") not in WEEKLY, "unit", "a rate for a week"),
        (_is_no_weekly_rate(row), "weekly_rate", f"£{LEAST} to £{MOST:,} a week, or a column unit"),
        (_share(row) is None, "nhs_share", "a share such as 50%"),
        (ends < begins, "end_date", "a day that is not before start_date"),
        (_day(row, "rate_end") < _day(row, "rate_start"), "rate_end", "no day before rate_start"),
        (words["status"] in OVER and ends == END, "end_date", "the day on which the package ended"),
    )
    for is_wrong, column, expected in rules:
        if is_wrong:
            yield Fault(file, expected, MEND, row.line, column)


def _is_no_weekly_rate(row: Row) -> bool:
    """A negative rate; or one that, without a unit, can hardly be for a week."""
    rate = row.amounts["weekly_rate"].amount
    if rate < 0 or row["one_off"].strip().casefold() in YES:
        return rate < 0
    return not row.words.get("unit") and not LEAST <= rate <= MOST


def _share(row: Row) -> Decimal | None:
    """The NHS's share of the rate, 1 where it is blank; None where it can be no share."""
    value = row.amounts.get("nhs_share")
    if value is None:
        return Decimal(1)
    is_percent = value.unit == "PCT" or value.amount > 1 or not value.amount
    return value.amount / 100 if is_percent and 0 <= value.amount <= 100 else None


def _day(row: Row, column: str) -> dt.date:
    """A day of a row; a blank begins at the beginning, and a blank or 31/12/9999 has no end."""
    text = row[column].strip()
    if not text:
        return dt.date.min if column == "rate_start" else END
    day = read_day(text)
    return END if day.year == OPEN_YEAR else day


def _package(row: Row) -> Package:
    share = _share(row)
    begins = max(_day(row, "start_date"), _day(row, "rate_start"))
    return Package(
        line=row.line,
        client=_hashed(row["client_id"]),
        package=_hashed(row["package_id"]),
        place=row["place"],
        care=CARE[row["care_type"].strip().casefold()],
        begins=begins,
        ends=min(_day(row, "end_date"), _day(row, "rate_end")),
        weekly_rate=row.amounts["weekly_rate"].amount,
        nhs_share=Decimal(1) if share is None else share,
        is_one_off=row["one_off"].strip().casefold() in YES,
        has_died=row["status"].strip().casefold() in DIED,
        group=GROUPS[row.words.get("client_group", "").strip().casefold()],
    )


def _hashed(text: str) -> str:
    return hmac.new(_key(), text.strip().casefold().encode(), "sha256").hexdigest()


@cache
def _key() -> bytes:
    return os.environ.get("BOARDPACK_CLIENT_KEY", "").encode() or secrets.token_bytes(32)
