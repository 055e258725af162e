"""A second, plain reading of the month's extracts, for verification alone.

It shares no code with the rest of the product, on purpose: what both readings get wrong in the same
way would have to be wrong twice. Only the standard library is used. Money is in pounds; an adverse
variance is negative.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

NIL = Decimal(0)
HALF = Decimal("0.5")
THOUSAND = Decimal(1000)
SCALES = {"k": THOUSAND, "m": THOUSAND * THOUSAND}

Results = dict[str, Decimal]
"""What the second implementation found: exact values by figure id."""


class Number(NamedTuple):
    """A value, and how far the exact quantity may lie from it because print was rounded."""

    value: Decimal
    doubt: Decimal = NIL

    def less(self, other: Number) -> Number:
        """The difference; doubts add up."""
        return Number(self.value - other.value, self.doubt + other.doubt)


class Month(NamedTuple):
    """The month that is re-performed: where its extracts stand, and which month of the year.

    `year` is as folders name it, 2023-24; `places` are the slugs of the ICB's places.
    """

    home: Path
    year: str
    number: int
    place: str
    places: tuple[str, ...]

    @property
    def raw(self) -> Path:
        """The folder of the month's extracts."""
        return self.home / "data" / "raw" / self.year / f"M{self.number:02d}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table of the whole ICB: its places, then what is held centrally."""
        return (*self.places, "central")

    @property
    def left(self) -> int:
        """How many months of the year are still to come."""
        return 12 - self.number


Row = Mapping[str, str]


def rows(month: Month, name: str) -> list[Row]:
    """The rows of an extract by its header, with the team's corrections in; none if not there."""
    path = month.raw / f"{name}.csv"
    if not path.is_file():
        return []
    used = _corrections(month, path.name)
    found: list[Row] = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        header = [name.strip() for name in next(reader, [])]
        line = reader.line_num + 1
        for cells in reader:
            texts = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            if any(texts.values()):
                found.append({**texts, **used.get(line, {})})
            line = reader.line_num + 1
    return found


def _corrections(month: Month, file: str) -> dict[int, dict[str, str]]:
    path = month.raw / "corrections.csv"
    used: dict[int, dict[str, str]] = {}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["file"] == file:
                    used.setdefault(int(row["row"]), {})[row["column"]] = row["used"]
    return used


def number(text: str, unit: Decimal = Decimal(1)) -> Number | None:
    """The number that a cell prints, in pounds where `unit` is a thousand; None for no number."""
    plain = text.replace(",", "").replace("£", "").replace("%", "").strip()
    if plain in ("-", "–"):
        return Number(NIL, HALF * unit)
    parts = re.fullmatch(r"(\(|-)?(\d+)(?:\.(\d+))?([km])?\)?", plain)
    if parts is None:
        return None
    scale = unit * SCALES.get(parts[4] or "", Decimal(1))
    size = Decimal(f"{parts[2]}.{parts[3] or 0}") * scale
    step = scale / 10 ** len(parts[3] or "")
    return Number(-size if parts[1] else size, step * HALF)


def total(numbers: Iterable[Number | None]) -> Number:
    """The sum of what is there; a blank cell adds nothing and no doubt."""
    there = [item for item in numbers if item is not None]
    value = sum((item.value for item in there), NIL)
    return Number(value, sum((item.doubt for item in there), NIL))


def settled(computed: Number, printed: Number | None) -> Number:
    """The printed number where rounding explains its difference and it is as sure, else ours."""
    if printed is None or printed.doubt > computed.doubt or not printed.doubt:
        return computed
    step = printed.doubt * 2
    units = int(computed.doubt / step + HALF)
    return printed if abs(printed.value - computed.value) <= units * step else computed


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` in per cent of `whole`; None of nothing."""
    return divided(part * 100, whole)


def divided(part: Decimal, whole: Decimal) -> Decimal | None:
    """An exact division as far as 50 digits go; None by nothing."""
    if not whole:
        return None
    with localcontext() as context:
        context.prec = 50
        return part / whole


def kept(found: Results, name: str, value: Decimal | None) -> None:
    """Keep a result; a share of nothing is no result."""
    if value is not None:
        found[name] = value


def slug(text: str) -> str:
    """A printed name as an id says it."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("&", " and ")).strip("_")


def released(month: Month, figure: str) -> tuple[int, Decimal] | None:
    """The figure in the latest papers before this one that have it: which month, and its value.

    The paper of the same place is asked first, then those of the other places and of the ICB.
    """
    places = dict.fromkeys((month.place, *month.places, "icb"))
    for earlier in range(month.number - 1, 0, -1):
        for place in places:
            folder = month.home / "data" / "released" / month.year / f"M{earlier:02d}" / place
            for item in _latest_register(folder):
                if item["id"] == figure and item["value"] is not None:
                    return earlier, Decimal(item["value"])
    return None


def _latest_register(folder: Path) -> list[dict[str, str | None]]:
    """The figures of a released paper, of its last version (`v2`) where it was corrected."""
    numbers = [re.fullmatch(r"v(\d+)", path.name) for path in folder.glob("v*")]
    versions = sorted((int(found[1]) for found in numbers if found), reverse=True)
    for place in (*(folder / f"v{version}" for version in versions), folder):
        path = place / "figures.json"
        if path.is_file():
            return _figures(path.read_bytes())
    return []


@lru_cache(maxsize=32)
def _figures(content: bytes) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = json.loads(content)["figures"]
    return found
