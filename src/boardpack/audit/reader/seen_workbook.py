"""A workbook as it was seen, sheet by sheet, for whoever holds it to what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from boardpack.audit.reader.formula import Cell, cell_named
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain

_WHERE = re.compile(
    r"sheet (?P<sheet>.*?)(?:, (?P<kind>row|cells?|columns) (?P<which>[A-Z0-9: ]+))?"
)


class Stored(NamedTuple):
    """What a cell holds: its formula with its `=`, empty where a number is typed; its result."""

    formula: str
    result: str

    @property
    def number(self) -> float | None:
        """The result as a number; None where it is words."""
        try:
            return float(self.result)
        except ValueError:
            return None


@dataclass
class Sheet:
    """A sheet: its rows as printed by their number, what its cells hold, and what is on them."""

    name: str
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)
    stored: dict[Cell, Stored] = field(default_factory=dict)
    notes: dict[Cell, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)

    def text(self, row: int, column: int) -> str:
        """What a cell prints, both counted from 1; empty where it prints nothing."""
        cells = self.rows.get(row, ())
        return cells[column - 1] if column <= len(cells) else ""


@dataclass
class Book:
    """The sheets of a workbook in their order, its defined names, and what it says of itself."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)

    @cached_property
    def stored(self) -> dict[Cell, Stored]:
        """What every cell of every sheet holds."""
        return {cell: one for sheet in self.sheets.values() for cell, one in sheet.stored.items()}


_plain = lru_cache(maxsize=100_000)(plain)


def seen_workbook(passages: Iterable[Passage]) -> Book:
    """The workbook that its passages tell of."""
    book = Book()
    for one in passages:
        if one.where == "properties":
            book.about[one.cells[0]] = one.cells[1]
        if one.where == "workbook" and one.cells[0] == "name":
            book.names.setdefault(one.cells[1], []).append(one.cells[2])
        found = _WHERE.fullmatch(one.where)
        if found is None:
            continue
        name, which = found["sheet"], found["which"]
        sheet = book.sheets.setdefault(name, Sheet(name))
        if one.kind == "row":
            sheet.rows[int(which)] = tuple(map(_plain, one.cells))
        elif one.kind == "formula" and which:
            sheet.stored[cell_named(which, name)] = Stored(*one.cells)
        elif one.kind == "aid" and one.cells[0] == "note":
            sheet.notes[cell_named(which, name)] = one.cells[1]
        elif one.kind == "look" and one.cells[0] == "merged":
            sheet.merged.append(which)
    return book
