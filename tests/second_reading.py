"""A second, plain reading of the month's extracts: csv and Decimal, nothing of the product."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
RAW = PROJECT / "data" / "raw" / "2023-24" / "M06"
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
COLUMNS = (*PLACES, "central")


def records(name: str) -> list[dict[str, str]]:
    """The records of an extract as text."""
    with (RAW / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def amount(text: str) -> Decimal:
    """A printed amount in its printed unit: brackets are negative, a dash is nil."""
    digits = text.strip("()-£%km").replace(",", "")
    return Decimal(digits or 0) * (-1 if text.startswith("(") else 1)


def printed(value: Decimal, places: str = "1") -> Decimal:
    """A value as a paper prints it, halves away from zero."""
    return value.quantize(Decimal(places), ROUND_HALF_UP)
