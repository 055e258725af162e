"""A slip declared: what is done to which file of a month, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

from boardpack_demo.icb import month_of
from boardpack_demo.make import SEED
from boardpack_demo.month import MonthFiles, month_files
from boardpack_demo.parameters import reference
from boardpack_demo.planting import Change
from boardpack_demo.table import Table
from boardpack_demo.truth import Truth

MONTH = month_of(7)
"""The month that slips are made in: half a year stands behind it, and cost centres have moved."""
REFERENCE = "reference/"
"""What the names of files begin with that hold for longer than a month."""
Ends = Literal["refused", "check open", "page 1", "no figure moves"]
REFUSED: tuple[Ends, ...] = ("refused",)
CHECK: tuple[Ends, ...] = ("check open",)
EITHER: tuple[Ends, ...] = ("refused", "check open")
PAGE: tuple[Ends, ...] = ("check open", "page 1")
READ: tuple[Ends, ...] = ("no figure moves",)
SEEN: tuple[Ends, ...] = ("refused", "no figure moves")
"""What must come of a slip: where there are two, either will do."""
Row = list[str]
FileChange = Callable[[MonthFiles, str], None]
"""A change of a file of the month, which is named."""


@dataclass(frozen=True)
class Slip:
    """A slip: its kind, the file, what is done to it, and what must come of it (any of these)."""

    kind: str
    file: str
    does: str
    expected: tuple[Ends, ...]
    apply: Change

    @property
    def name(self) -> str:
        """What tells it from every other slip."""
        return f"{self.file}: {self.does}"


def slips_of(
    file: str, *declared: tuple[str, str, tuple[Ends, ...], FileChange]
) -> tuple[Slip, ...]:
    """The slips of a file: of each its kind, what is done, what must come of it, and the change."""
    return tuple(
        Slip(kind, file, does, expected, partial(_on, file, change))
        for kind, does, expected, change in declared
    )


def _on(file: str, change: FileChange, files: MonthFiles) -> None:
    change(files, file)


@cache
def true_files(number: int = MONTH.number) -> MonthFiles:
    """The files of a month as they are true, with those that hold for longer; nobody changes it."""
    truth = Truth(SEED)
    files = month_files(truth, number)
    files.tables.update({f"{REFERENCE}{name}": one for name, one in reference(truth).items()})
    return files


def slipped_files(slip: Slip) -> dict[str, bytes | None]:
    """The files that a slip changes, by name: what they hold then, None where one is gone."""
    true = true_files()
    files = MonthFiles(true.number, {name: _copy(one) for name, one in true.tables.items()})
    slip.apply(files)
    changed: dict[str, bytes | None] = dict.fromkeys(set(true.tables) - set(files.tables))
    for name, one in files.tables.items():
        if one != true.tables.get(name):
            changed[name] = one.bytes()
    return {**changed, **files.raw}


def _copy(one: Table) -> Table:
    return Table(list(one.header), [list(row) for row in one.rows], one.titles)


def place_of(name: str) -> Path:
    """Where a file stands in a home."""
    data = Path("data")
    if name.startswith(REFERENCE):
        return data / name
    return data / "raw" / MONTH.year_folder / MONTH.code / name


def row_of(file: str, **words: str) -> int:
    """The first row of a true file whose columns say these words."""
    return true_files().tables[file].find(**words)
