"""A home of its own whose continuing healthcare comes from a small package database."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from homes import PROJECT, RAW, copied_home

COLUMNS = (
    "client_id package_id place care_type client_group provider start_date end_date weekly_rate"
    " nhs_share rate_start rate_end one_off cost_centre status nhs_number name date_of_birth"
).split()
NHS_NUMBER, NAME, CLIENT = "943 476 5919", "Ada Planted", "CLIENT-PLANTED"
Record = dict[str, str]


def record(number: int, place: str = "bromley", **changes: str) -> Record:
    """An open package from the start of the year, at 700 pounds a week, of a client of its own."""
    made = {
        "client_id": f"{CLIENT}-{place}-{number}",
        "package_id": f"PACKAGE-{place}-{number}",
        "place": place,
        "care_type": "CHC standard",
        "client_group": "PD",
        "provider": "A care home",
        "start_date": "2023-04-01",
        "end_date": "31/12/9999",
        "weekly_rate": "700.00",
        "nhs_share": "100%",
        "rate_start": "",
        "rate_end": "",
        "one_off": "no",
        "cost_centre": "929002",
        "status": "active",
        "nhs_number": NHS_NUMBER,
        "name": NAME,
        "date_of_birth": "1931-01-02",
    }
    return {**made, **changes}


def two_months() -> list[Record]:
    """Bromley: August 1,178 days at £148,800; September 1,170 days at £177,000."""
    old = {"care_type": "CHC standard"}
    ld = {**old, "client_group": "LD"}
    pd = [record(n, **old) for n in range(20)]
    left = [record(n, end_date="2023-08-31", status="ended", **old) for n in range(20, 28)]
    dear = [record(n, weekly_rate="1400", rate_end="2023-08-31", **ld) for n in range(28, 38)]
    dearer = [record(n, weekly_rate="1470", rate_start="2023-09-01", **ld) for n in range(28, 38)]
    new = [record(n, weekly_rate="1400", start_date="2023-09-01", **ld) for n in range(38, 47)]
    fnc = [record(n, care_type="FNC", weekly_rate="219.71") for n in range(47, 55)]
    paid = [
        record(n, one_off="yes", weekly_rate="500", start_date="2023-09-10") for n in range(55, 63)
    ]
    return [*pd, *left, *dear, *dearer, *new, *fnc, *paid]


def packages_home(target: Path, records: Iterable[Mapping[str, str]]) -> Path:
    """The real month below `target`, with packages in place of the continuing care schedules."""
    home = target if (target / "params").exists() else copied_home(PROJECT, target)
    for name in ("chc_activity_price.csv", "chc_high_cost.csv"):
        (home / RAW / name).unlink(missing_ok=True)
    write(home / RAW / "chc_packages.csv", COLUMNS, records)
    return home


def write(path: Path, columns: Iterable[str], records: Iterable[Mapping[str, str]]) -> None:
    """A CSV file of records; a column that a record lacks is blank, and others are added."""
    made = list(records)
    names = list(dict.fromkeys((*columns, *(name for one in made for name in one))))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names, restval="")
        writer.writeheader()
        writer.writerows(made)
