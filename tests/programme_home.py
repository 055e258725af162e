"""Homes of the made-up ICB whose programmes a test may change, and a plain reading of their files.

The plain reading takes nothing from the program: it is what the figures are held against.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack_demo.make import make_demo

NUMBER, YEAR = 5, 2024
THIS, LAST = "2024/25", "2023/24"
RAW = Path("data/raw/2024-25/M05")
PRICES = Path("data/reference/indicative_prices.csv")
PROGRAMMES = Path("params/programmes")
Record = dict[str, str]


@lru_cache
def made_up_home() -> Path:
    """Five months of the made-up ICB, made once; nobody may change it."""
    home = Path(mkdtemp(prefix="programme-"))
    make_demo(home, months=NUMBER)
    return home


def copied(target: Path) -> Path:
    """A home of its own below `target`."""
    shutil.copytree(made_up_home(), target, dirs_exist_ok=True)
    return target


def programme_register(home: Path, place: str = "alderwick") -> Register:
    """The figures on programmes of Month 5."""
    return compute(load_paper(home, Month(YEAR, NUMBER), place), "costed_programme")


def records(path: Path) -> Iterator[Record]:
    """The rows of a CSV file as they are."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def rewrite(path: Path, change: Callable[[Record], Record | None]) -> None:
    """Write a CSV file anew: `change` gives each row as it shall be, or None to leave it out."""
    rows = list(records(path))
    kept = [row for row in map(change, rows) if row is not None]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(kept)


def plain_activity(home: Path, place: str, setting: str, year: str, months: int = NUMBER) -> int:
    """Spells or attendances of the first months of a year, all specialties."""
    return sum(
        int(row[f"m{month:02d}"])
        for row in records(home / RAW / "programme_activity.csv")
        if (row["place"], row["setting"], row["financial_year"]) == (place, setting, year)
        and row["specialty"] != "All"
        for month in range(1, months + 1)
    )


def plain_cost(home: Path, place: str) -> Decimal:
    """What this year's activity costs at this year's prices."""
    prices = {
        (row["setting"], row["specialty"]): Decimal(row["unit_price"])
        for row in records(home / PRICES)
        if row["financial_year"] == THIS
    }
    return sum(
        (
            prices[row["setting"], row["specialty"]]
            * sum(int(row[f"m{month:02d}"]) for month in range(1, NUMBER + 1))
            for row in records(home / RAW / "programme_activity.csv")
            if (row["place"], row["financial_year"]) == (place, THIS) and row["specialty"] != "All"
        ),
        Decimal(0),
    )


def plain_medicines(home: Path, place: str, prefix: str) -> tuple[int, Decimal, int]:
    """Items, actual cost and number of months of medicines whose code begins with `prefix`."""
    practices = {
        row["practice_code"]
        for row in records(home / "data/reference/practices.csv")
        if row["place"] == place
    }
    rows = [row for path in (home / RAW).glob("epd*.csv") for row in records(path)]
    of_year = [row for row in rows if row["YEAR_MONTH"] >= f"{YEAR}04"]
    latest = max(row["YEAR_MONTH"] for row in rows)
    kept = of_year or [row for row in rows if row["YEAR_MONTH"] == latest]
    months = {row["YEAR_MONTH"] for row in kept}
    found = [
        row
        for row in kept
        if row["PRACTICE_CODE"] in practices and row["BNF_CODE"].startswith(prefix)
    ]
    cost = sum((Decimal(row["ACTUAL_COST"]) for row in found), Decimal(0))
    return sum(int(row["ITEMS"]) for row in found), cost, len(months)


def plain_community(home: Path, place: str) -> Decimal:
    """What the ledger shows to date on the place's community cost centre."""
    centres = {
        row["cost_centre"]
        for row in records(home / "data/reference/cost_centres.csv")
        if row["place"] == place and row["description"] == "COMMUNITY DIABETES SERVICE"
    }
    rows = records(home / RAW / "ledger.csv")
    found = [Decimal(row["ytd_actual"]) for row in rows if row["cost_centre"] in centres]
    assert found
    return sum(found, Decimal(0))
