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
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import starmap
from typing import NamedTuple
from weakref import WeakKeyDictionary

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.calendar import read_day
from boardpack.reading.contract import Column, Contract, read_extract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, columns, place_column
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.row_view import each_amount, each_word, lines_of
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
_ONE_OFF = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
WEEKLY = frozenset({"", "week", "weekly", "per week"})
DIED = frozenset({"deceased", "died", "dead"})
OVER = DIED | {"ended", "closed", "ceased", "discharged", "inactive"}
LEAST, MOST = Decimal(50), Decimal(25_000)
"""Pounds a week outside which a rate without a unit is taken for an hourly, daily or yearly one."""
OPEN_YEAR = 9999
NONE = Decimal(0), "GBP"
WHOLE = Decimal(100), "PCT"
"""What a blank rate and a blank share are."""
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
    said = tuple(_said(extract.rows))
    _refuse(
        Fault(extract.file, expected, MEND, row.line, column)
        for row in said
        for column, expected, is_wrong in _RULES
        if is_wrong(row)
    )
    packages = tuple(map(_package, said))
    _refuse(package_faults(extract.file, packages))
    sheet = extract.rows[0].cells["place"].sheet if extract.rows else None
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


class _Said(NamedTuple):
    """What a row says, each cell by itself; None where a cell says nothing that is known."""

    line: int
    client: str
    package: str
    place: str
    care: str | None
    group: str | None
    is_one_off: bool | None
    status: str
    unit: str
    starts: dt.date
    ends: dt.date
    rate_starts: dt.date
    rate_ends: dt.date
    rate: Decimal
    share: Decimal | None


def _said(rows: Sequence[Row]) -> Iterator[_Said]:
    """The rows, each distinct text read once."""
    said = partial(each_word, rows)
    return map(
        _Said,
        lines_of(rows),
        said("client_id", _hashed),
        said("package_id", _hashed),
        said("place", str),
        said("care_type", lambda text: CARE.get(_plain(text))),
        said("client_group", lambda text: GROUPS.get(_plain(text))),
        said("one_off", lambda text: _ONE_OFF.get(_plain(text))),
        said("status", _plain),
        said("unit", _plain),
        said("start_date", _day),
        said("end_date", _day),
        said("rate_start", lambda text: _day(text) if text.strip() else dt.date.min),
        said("rate_end", _day),
        (amount for amount, _ in each_amount(rows, "weekly_rate", NONE)),
        starmap(_share, each_amount(rows, "nhs_share", WHOLE)),
    )


_Rule = tuple[str, str, Callable[[_Said], bool]]
_RULES: tuple[_Rule, ...] = (
    ("client_id", "an identifier", lambda row: not row.client),
    ("package_id", "an identifier", lambda row: not row.package),
    ("care_type", f"one of {', '.join(CARE)}", lambda row: row.care is None),
    ("client_group", f"one of {', '.join(GROUPS)}", lambda row: row.group is None),
    ("one_off", "yes or no", lambda row: row.is_one_off is None),
    ("unit", "a rate for a week", lambda row: row.unit not in WEEKLY),
    (
        "weekly_rate",
        f"£{LEAST} to £{MOST:,} a week, or a column unit",
        lambda row: _is_no_weekly_rate(row),
    ),
    ("nhs_share", "a share such as 50%", lambda row: row.share is None),
    ("end_date", "a day that is not before start_date", lambda row: row.ends < row.starts),
    ("rate_end", "no day before rate_start", lambda row: row.rate_ends < row.rate_starts),
    (
        "end_date",
        "the day on which the package ended",
        lambda row: row.ends == END and row.status in OVER,
    ),
)
"""The column that a row by itself can have wrong, what is expected of it, and when it is wrong."""


def _plain(text: str) -> str:
    return text.strip().casefold()


def _is_no_weekly_rate(row: _Said) -> bool:
    """A negative rate; or one that, without a unit, can hardly be for a week."""
    if row.rate < 0 or row.is_one_off:
        return row.rate < 0
    return not row.unit and not LEAST <= row.rate <= MOST


def _share(amount: Decimal, unit: str) -> Decimal | None:
    """The NHS's share of the rate; None where it can be no share."""
    is_percent = unit == "PCT" or amount > 1 or not amount
    return amount / 100 if is_percent and 0 <= amount <= 100 else None


def _day(text: str) -> dt.date:
    """A day; a blank and 31/12/9999 have no end."""
    day = read_day(text.strip()) if text.strip() else END
    return END if day.year == OPEN_YEAR else day


def _package(row: _Said) -> Package:
    return Package(
        line=row.line,
        client=row.client,
        package=row.package,
        place=row.place,
        care=row.care or "",
        begins=max(row.starts, row.rate_starts),
        ends=min(row.ends, row.rate_ends),
        weekly_rate=row.rate,
        nhs_share=Decimal(1) if row.share is None else row.share,
        is_one_off=bool(row.is_one_off),
        has_died=row.status in DIED,
        group=row.group or "",
    )


def _hashed(text: str) -> str:
    """An identifier that nobody can read; a blank is none."""
    plain = _plain(text)
    return hmac.digest(_key(), plain.encode(), "sha256").hex() if plain else ""


@cache
def _key() -> bytes:
    return os.environ.get("BOARDPACK_CLIENT_KEY", "").encode() or secrets.token_bytes(32)
