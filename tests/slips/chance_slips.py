"""Slips by chance, with a seed: each kind in each extract and each of its columns of amounts.

Columns are found in the files themselves, so that a new one is slipped in too. Where a kind may
befall a whole column or one cell of it, chance says which.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache

from boardpack.reading.table_shape import NOT_AVAILABLE
from boardpack_demo.month import MonthFiles
from boardpack_demo.table import Table
from slip import EITHER, REFERENCE, FileChange, Slip, slips_of, true_files
from slip_changes import amount_of, exchanged, last_months, part_gone, shifted, times, twice

SEED = 15
FACTORS = {"×10": 10, "×100": 100, "×1,000": 1000, "sign": -1}
IDENTIFIERS = frozenset(
    """
    cost_centre subjective analysis_1 analysis_2 YEAR_MONTH BNF_CHAPTER_PLUS_CODE BNF_CODE QUANTITY
    pack_size financial_year month ADQUSAGE
    """.split()
) | {"Pack size", "VMP Snomed Code", "VMPP Snomed Code"}
"""Columns of digits that are no amounts."""
WITHOUT_AMOUNTS = frozenset(
    {"actions.csv", "provenance.csv", f"{REFERENCE}cost_centres.csv", f"{REFERENCE}practices.csv"}
)
"""Files that hold words; the totals keyed in `provenance.csv` are slipped in by the catalogue."""
OF_A_MONTH = re.compile(r"(?P<family>.*?)_?m\d\d")
DRAWN_OF_A_FAMILY = 2
"""Of columns that say the same of each month, so many are drawn."""


def amount_columns(file: str) -> list[str]:
    """The columns of a file that hold amounts: every cell that says anything says a number."""
    found = true_files().tables[file]
    columns = []
    for column in dict.fromkeys(found.header):
        texts = [found.at(row, column).strip() for row in range(len(found.rows))]
        numbers = [amount_of(text) for text in texts if text not in NOT_AVAILABLE]
        if column and column not in IDENTIFIERS and any(numbers) and None not in numbers:
            columns.append(column)
    return columns


@cache
def chance_slips() -> tuple[Slip, ...]:
    """Every slip of this kind, the same for a seed; what would change nothing is no slip."""
    chance = random.Random(SEED)
    return tuple(slip for file in sorted(true_files().tables) for slip in _of_file(file, chance))


def drawn_of(slips: Sequence[Slip], count: int) -> tuple[Slip, ...]:
    """So many of the slips, in their order; which, by the seed."""
    places = random.Random(SEED).sample(range(len(slips)), min(count, len(slips)))
    return tuple(slips[place] for place in sorted(places))


def _of_file(file: str, chance: random.Random) -> Iterator[Slip]:
    found = true_files().tables[file]
    made: list[tuple[str, str, FileChange]] = [
        ("rows twice", "every row stands twice", twice()),
        ("a tenth gone", "a tenth of the rows is gone", part_gone(10, chance.randrange(1000))),
        ("half gone", "half of the rows are gone", part_gone(2, chance.randrange(1000))),
    ]
    if file in true_files(6).tables and not file.startswith(REFERENCE):
        made.append(("last month's", "last month's file", last_months))
    columns = [] if file in WITHOUT_AMOUNTS else amount_columns(file)
    for column in _drawn(columns, chance):
        made.extend(_of_column(found, column, columns, chance))
    for kind, does, change in made:
        if _changes(file, change):
            yield from slips_of(file, (kind, does, EITHER, change))


def _drawn(columns: list[str], chance: random.Random) -> list[str]:
    """The columns, and of each family of months some."""
    families: dict[str, list[str]] = {}
    for column in columns:
        of_month = OF_A_MONTH.fullmatch(column)
        families.setdefault(f"{of_month['family']}_" if of_month else column, []).append(column)
    return [
        column
        for family in families.values()
        for column in chance.sample(family, min(DRAWN_OF_A_FAMILY, len(family)))
    ]


def _of_column(
    found: Table, column: str, columns: list[str], chance: random.Random
) -> Iterator[tuple[str, str, FileChange]]:
    filled = [row for row in range(len(found.rows)) if amount_of(found.at(row, column))]
    for kind, factor in FACTORS.items():
        row = chance.choice(filled) if chance.random() < 0.5 else None
        where = "all" if row is None else f"row {row + 2}"
        yield kind, f"{column}, {where}, {kind}", times(column, factor, row)
    yield "shifted", f"{column}, each with what the row above has", shifted(column)
    others = [one for one in columns if one != column]
    if others:
        other = chance.choice(others)
        yield "exchanged", f"{column} and {other} exchanged", exchanged(column, other)


def _changes(file: str, change: FileChange) -> bool:
    files = MonthFiles(true_files().number, {file: deepcopy(true_files().tables[file])})
    change(files, file)
    return files.tables[file].bytes() != true_files().tables[file].bytes()
