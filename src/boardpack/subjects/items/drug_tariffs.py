"""The Drug Tariffs of a month's folder, by the month that each one's title names.

Beside `drug_tariff.csv` (the latest month of items) and `drug_tariff_baseline.csv` a folder may
hold `drug_tariff_following.csv`, the month after the items, which Category A is paid at, and
`drug_tariff_<YYYYMM>.csv` for other months. All have the shape of `drug_tariff.csv`.
"""

from __future__ import annotations

import re

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import Month
from boardpack.reading.calendar import month_key, read_month
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariff_baseline_extract import read_drug_tariff_baseline
from boardpack.subjects.items.drug_tariff_extract import latest_items, read_drug_tariff, read_tariff

FOLLOWING = "drug_tariff_following.csv"
_DATED = re.compile(r"drug_tariff_(\d{6})\.(csv|xlsx|xlsm)", re.IGNORECASE)
_REMEDY = "Put in the tariff of that month as NHSBSA publishes it, its title included."


def read_dated_tariffs(folder: Folder) -> dict[Month, Extract]:
    """The tariffs by month, in order; of two files of one month the one named first above counts.

    A `drug_tariff.csv` without a title has no month and is left out. Raises InputFaults for what
    `read_tariff` refuses, and for a file whose title is not the month that its name promises.
    """
    tariff = read_drug_tariff(folder)
    found = [tariff, _following(folder, tariff), read_drug_tariff_baseline(folder)]
    found += [_dated(folder, name, text) for name, text in _dated_files(folder)]
    by_month: dict[Month, Extract] = {}
    for one in found:
        month = tariff_month_of(one)
        if month is not None:
            by_month.setdefault(month, one)
    return dict(sorted(by_month.items()))


def tariff_month_of(tariff: Extract) -> Month | None:
    """The month that a tariff's title names; None without a title, or without rows."""
    said = tariff.rows[0]["month"] if tariff.rows else ""
    return read_month(said) if said else None


def _following(folder: Folder, tariff: Extract) -> Extract:
    month = tariff_month_of(tariff)
    wanted = (month or latest_items(folder)).earlier(-1)
    found = read_tariff(folder, FOLLOWING, wanted)
    if found.rows and month is not None:
        _refuse_other(found, wanted)
    return found


def _dated_files(folder: Folder) -> list[tuple[str, str]]:
    """Names such as `drug_tariff_202404.csv`, with their months, in order."""
    try:
        names = sorted(path.name for path in (folder.paper.home / folder.path).iterdir())
    except OSError:
        return []
    return [(name, match[1]) for name in names if (match := _DATED.fullmatch(name))]


def _dated(folder: Folder, name: str, text: str) -> Extract:
    file = f"{name.rpartition('.')[0].lower()}.csv"
    try:
        promised = read_month(text)
    except ValueError:
        remedy = "Name the file after its month, such as drug_tariff_202404.csv."
        told = (folder.path / name).as_posix()
        raise InputFaults([Fault(told, "a month in its name", remedy, value=text)]) from None
    found = read_tariff(folder, file, promised)
    if found.rows:
        _refuse_other(found, promised)
    return found


def _refuse_other(tariff: Extract, month: Month) -> None:
    if tariff_month_of(tariff) != month:
        said = tariff.rows[0]["month"] or "no month"
        expected = f"a title that names {month.name} ({month_key(month)})"
        raise InputFaults([Fault(tariff.file, expected, _REMEDY, value=said)])
