"""Where each figure of the paper stands in the workbook, and what its cell holds.

An input stands once, as a value, in the first table that shows it, else in the register. Every
other cell is a formula: a table's, over the cells of the same table where they are all there, else
over the register, whose formulas are those of `figures.json`. So a changed input reaches them all.
What a what-if supposes is an input too: it stands below the table that shows what follows from it.

A computed figure that the paper shows as printed, because the two differ by rounding alone (see
`figures.register`), takes that difference with it: it too follows what it is computed from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from boardpack.document.blocks import Number, Table
from boardpack.document.content import Part
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.outputs.workbook.formula import (
    LONGEST,
    Sheets,
    Spot,
    spreadsheet_formula,
)
from boardpack.outputs.workbook.numbers import numbers_of

REGISTER, CHECKS, COVER, CONTENTS = "Register", "Checks", "Cover", "Contents"
FIRST_ROW = 4
"""The row of the register's first figure, counted from 0; its heading is the row above."""
VALUE, ROUNDING, SHOWN = 6, 7, 8
"""The register's columns: the figure's value, its rounding to the print, and both together."""
HEAD_ROW = 3
"""The row of a table's first heading, counted from 0."""
NAME_LENGTH = 31
PERCENT = "PCT"
_CAPITALS = {"icb": "ICB", "chc": "CHC", "ytd": "YTD"}


@dataclass(frozen=True)
class TableSheet:
    """A table and the sheet it stands on."""

    name: str
    part: str
    chapter: str
    table: Table

    @property
    def is_grouped(self) -> bool:
        """Whether columns have a heading in common, which takes a row of its own."""
        return any(column.group for column in self.table.columns)

    @property
    def first_row(self) -> int:
        """The row, counted from 0, of the first line below the headings."""
        return HEAD_ROW + 1 + self.is_grouped

    @property
    def row_below(self) -> int:
        """The row below the table and its notes, with an empty one before it."""
        notes = len(self.table.notes)
        return self.first_row + len(self.table.rows) + 1 + notes + bool(notes)


def table_sheets(parts: Iterable[Part]) -> tuple[TableSheet, ...]:
    """A sheet for every table that has rows, in the order of the paper and numbered in it."""
    chapters = (
        (part, chapter, [*_tables(chapter.blocks)]) for part in parts for chapter in part.chapters
    )
    shown = (one for one in chapters if one[2])
    return tuple(
        TableSheet(_sheet_name(place, number, table.id), part.title, chapter.title, table)
        for place, (part, chapter, tables) in enumerate(shown, 1)
        for number, table in enumerate(tables, 1)
    )


def is_supposed(figure: Figure) -> bool:
    """Whether a figure is what a what-if supposes: a per cent that no source gives."""
    is_per_cent = figure.basis == "what_if" and figure.measure == "percent"
    return is_per_cent and figure.formula is not None and not operands(figure.formula)


def _tables(blocks: Sequence[object]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table) and block.rows)


def _sheet_name(place: int, number: int, table: str) -> str:
    """`13.2 Prescribing ICB bases`: the chapter's place, the table's in it, and its id in words.

    Chapters without a table are not counted, so that no number is missing from the tabs.
    """
    words = [_CAPITALS.get(word, word) for word in re.split(r"[^A-Za-z0-9]+", table) if word]
    if len(words) > 1 and words[-1] == "table":
        words.pop()
    words[0] = words[0][0].upper() + words[0][1:]
    name = f"{place}.{number} {' '.join(words)}"
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH + 1].rpartition(" ")[0]


class Places:
    """Where figures stand. Only figures that may be shown have a place; `*` stands for others."""

    def __init__(self, register: Register, sheets: Sequence[TableSheet]) -> None:
        self.register, self.sheets = register, sheets
        every = (*register, *register.suppressed)
        self.rows = {figure.id: FIRST_ROW + place for place, figure in enumerate(every)}
        self.seen = {sheet.name: dict(_first_spots(sheet, register)) for sheet in sheets}

    @cached_property
    def rounded(self) -> frozenset[str]:
        """The computed figures that the paper shows as printed."""
        return frozenset(
            f.id for f in self.register if f.formula and self.register.agreed(f.id) is not f
        )

    @cached_property
    def typed(self) -> dict[str, Spot]:
        """The inputs that stand as values in a table, by id: the first that shows each."""
        found: dict[str, Spot] = {}
        for spots in self.seen.values():
            for identity, spot in spots.items():
                if self.register[identity].formula is None and not self.base(identity):
                    found.setdefault(identity, spot)
        return found

    @cached_property
    def supposed(self) -> dict[str, Spot]:
        """What the what-ifs suppose, below the first table that shows what follows from it."""
        found: dict[str, Spot] = {}
        for sheet in self.sheets:
            row = sheet.row_below
            for _, number in numbers_of(sheet.table):
                for identity in self._suppositions_of(number.figure):
                    if identity not in found:
                        row += 1
                        found[identity] = Spot(sheet.name, row, 1, is_fraction=True)
        return found

    def _suppositions_of(self, identity: str) -> Iterator[str]:
        formula = self.register[identity].formula if identity in self.register else ""
        for one in operands(formula or ""):
            if one in self.register and is_supposed(self.register[one]):
                yield one

    def supposed_on(self, sheet: TableSheet) -> dict[str, Spot]:
        """The cells of `supposed` that stand on one sheet."""
        return {i: spot for i, spot in self.supposed.items() if spot.sheet == sheet.name}

    @cached_property
    def shown(self) -> dict[str, Spot]:
        """The register's cell of every figure, as the paper shows and computes with it."""
        return {figure.id: self._shown(figure.id) for figure in self.register}

    def base(self, identity: str) -> str | None:
        """The computed figure whose printed counterpart this is, where the print is shown."""
        computed = identity.removesuffix(f".{PRINTED}")
        return computed if computed != identity and computed in self.rounded else None

    def own(self, identity: str) -> Spot:
        """The register's cell of a figure's own value, computed or as printed."""
        return Spot(REGISTER, self.rows[identity], VALUE)

    def _shown(self, identity: str) -> Spot:
        computed = self.base(identity)
        return Spot(REGISTER, self.rows[computed], SHOWN) if computed else self.own(identity)

    def register_formula(self, figure: Figure) -> str | None:
        """What the register computes a figure by; None where it is a value."""
        typed = self.typed.get(figure.id) or self.supposed.get(figure.id)
        if typed is not None:
            return f"={typed.seen_from(REGISTER)}{'*100' if typed.is_fraction else ''}"
        if figure.formula is None:
            return None
        if any(one not in self.register for one in operands(figure.formula)):
            return None
        return spreadsheet_formula(figure.formula, Sheets(self.shown, REGISTER))

    def table_formula(self, sheet: TableSheet, number: Number, spot: Spot) -> str | None:
        """What a table's cell computes a figure by; None for an input that is typed there."""
        identity = number.figure
        if self.typed.get(identity) == spot:
            return None
        first = self.seen[sheet.name][identity]
        if first != spot and first.is_fraction == spot.is_fraction and identity in self.typed:
            return f"={first.seen_from(sheet.name)}"
        inside = self._inside(sheet, identity, spot)
        if inside is not None and len(inside) <= LONGEST:
            return inside
        share = "/100" if spot.is_fraction else ""
        return f"={self.shown[identity].seen_from(sheet.name)}{share}"

    def _inside(self, sheet: TableSheet, identity: str, spot: Spot) -> str | None:
        """A formula over cells of the table itself, where it shows all that the figure needs."""
        computed = self.base(identity)
        formula = self.register[computed or identity].formula
        spots = self.seen[sheet.name]
        if formula is None or not operands(formula):
            return None
        if any(one not in spots for one in operands(formula)):
            return None
        made = spreadsheet_formula(formula, Sheets(spots, sheet.name), spot.is_fraction)
        if computed is None:
            return made
        difference = Spot(REGISTER, self.rows[computed], ROUNDING).seen_from(sheet.name)
        return f"{made}+{difference}{'/100' if spot.is_fraction else ''}"


def _first_spots(sheet: TableSheet, register: Register) -> Iterator[tuple[str, Spot]]:
    """The cells of a table by figure, from the last to the first, so that the first is kept."""
    for (row, column), number in reversed(list(numbers_of(sheet.table))):
        if number.figure in register:
            is_fraction = register[number.figure].unit == PERCENT and "%" in number.text
            yield number.figure, Spot(sheet.name, sheet.first_row + row, column, is_fraction)
