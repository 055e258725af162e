"""The sheets of a workbook's tables held to the blocks: every row, every exact value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from boardpack.audit.reader.expected import Expected, Line, Number, Table
from boardpack.audit.reader.formula import Cell
from boardpack.audit.reader.hold_supposed import HEADING, supposed_in
from boardpack.audit.reader.reckoned import is_close
from boardpack.audit.reader.seen_workbook import Sheet

Finding = tuple[str, str]
Key = tuple[str, int]
"""A table: its chapter's notebook, and its number among the tables of that chapter."""
Shown = dict[Cell, tuple[Number, bool]]
"""The cells that show a number of a block, and whether a percentage stands there as a fraction."""
FLAG = "! "
"""What stands before an adverse number that has no brackets."""
BACK = "Back to the contents"
_NAME = re.compile(r"(\d+)\.(\d+) (.+)")


def tables_by_name(expected: Expected) -> dict[Key, Table]:
    """The tables that have a sheet, by their chapter and their number within it."""
    found: dict[Key, Table] = {}
    counted: dict[str, int] = {}
    for table in expected.tables:
        if table.name and table.needed and table.rows:
            counted[table.chapter] = counted.get(table.chapter, 0) + 1
            found[table.chapter, counted[table.chapter]] = table
    return found


def tables_of_sheets(sheets: Iterable[Sheet], tables: Mapping[Key, Table]) -> dict[str, Key]:
    """Which table each sheet is for, by its name (`2.1 Position`); those for none are left out.

    Where a name would do for several, as a short one does, the sheet's title says which.
    """
    found: dict[str, Key] = {}
    for sheet in sheets:
        name = _NAME.fullmatch(sheet.name)
        if name is not None:
            words = set(re.findall(r"[a-z0-9]+", name[3].lower()))
            fit = [
                key
                for key, table in tables.items()
                if key[1] == int(name[2]) and words <= set(re.findall(r"[a-z0-9]+", table.name))
            ]
            title = sheet.text(1, 1)
            fit.sort(key=lambda key: not tables[key].caption.startswith(title))
            if fit:
                found[sheet.name] = fit[0]
    return found


def hold_numbers(found: Mapping[str, Key]) -> Iterator[Finding]:
    """The sheets of tables are numbered as they follow each other: by chapter, then within it."""
    chapter, place, number = "", 0, 0
    for name, (of, _) in found.items():
        place, number = (place, number + 1) if of == chapter else (place + 1, 1)
        chapter = of
        if not name.startswith(f"{place}.{number} "):
            yield f"sheet {name}", f"is numbered otherwise than {place}.{number}, its place."


class HeldTable:
    """One sheet against its table; `shown` gathers the cells that show numbers."""

    def __init__(self, sheet: Sheet, table: Table, expected: Expected) -> None:
        self.sheet, self.table, self.register = sheet, table, expected.register
        self.texts = frozenset(text.words for text in expected.texts)
        self.shown: Shown = {}

    def findings(self) -> Iterator[Finding]:
        """What is on the sheet and not in the table, or in the table and not on the sheet."""
        rows = list(self.sheet.rows)
        yield from self._head(rows)
        first = 4 + len(self._heads())
        body = range(first, first + len(self.table.rows))
        for row, line in zip(body, self.table.rows, strict=True):
            yield from self._row(row, line)
        for row in rows:
            if row >= body.stop:
                yield from self._after(row)

    def _heads(self) -> list[tuple[str, ...]]:
        """The heads as the sheet has them: a group's once, over its first column."""
        *groups, labels = self.table.heads
        made = []
        for group in groups:
            seen = [
                "" if text == label or (place and text == group[place - 1]) else text
                for place, (text, label) in enumerate(zip(group, labels, strict=True))
            ]
            made.append(tuple(seen))
        return [*made, labels]

    def _head(self, rows: Sequence[int]) -> Iterator[Finding]:
        title, under = self.sheet.text(1, 1), self.sheet.text(3, 1)
        if self.table.caption not in (title, f"{title}, {under}") or not self._is_known(under):
            said = f"is headed {title!r}, {under!r}; the paper's table is {self.table.caption!r}."
            yield self._where(1), said
        heads = dict(enumerate(self._heads(), 4))
        for row, head in heads.items():
            if not same_cells(self.sheet.rows.get(row, ()), head):
                yield self._where(row), differs(self.sheet.rows.get(row, ()), head)
        for row in rows:
            if row in (1, 2, 3) and len(self.sheet.rows[row]) > 1:
                yield (
                    self._where(row),
                    f"shows {row_words(self.sheet.rows[row])}, where one cell should.",
                )

    def _is_known(self, under: str) -> bool:
        return self.table.caption.endswith(under) or under in self.texts

    def _row(self, row: int, line: Line) -> Iterator[Finding]:
        found = self.sheet.rows.get(row, ())
        wanted = tuple(self._printed(place, line) for place in range(len(line.cells)))
        if not same_cells(found, wanted):
            yield self._where(row), differs(found, wanted)
            return
        for place, number in line.numbers.items():
            cell = Cell(self.sheet.name, row, place + 1)
            yield from self._value(cell, number)

    def _printed(self, place: int, line: Line) -> str:
        number = line.numbers.get(place)
        is_flagged = number is not None and number.adverse and not number.text.startswith("(")
        return f"{FLAG}{line.cells[place]}" if is_flagged else line.cells[place]

    def _value(self, cell: Cell, number: Number) -> Iterator[Finding]:
        """The exact value behind a print; a figure that may not be shown has none."""
        where, stored = f"sheet {cell.sheet}, cell {cell}", self.sheet.stored.get(cell)
        is_known = self.register.get(number.figure, {}).get("value") is not None
        if stored is None or stored.number is None:
            if is_known:
                yield where, f"holds words, and not the figure {number.figure}."
            return
        if not is_known or number.value is None:
            yield where, f"holds {stored.result}, though this figure may not be shown."
            return
        is_fraction = number.text.rstrip(")").endswith("%")
        self.shown[cell] = number, is_fraction
        exact = float(number.value / 100 if is_fraction else number.value)
        if not is_close(stored.number, exact):
            yield where, f"holds {stored.result}; the figure's exact value is {exact:f}."

    def _after(self, row: int) -> Iterator[Finding]:
        """Below the table stand its notes, what is supposed for it, and the way back."""
        cells, supposed = self.sheet.rows[row], supposed_in(self.sheet, row, self.register)
        if supposed is not None:
            yield from self._supposed(row, supposed)
        elif len(cells) > 1 or not (cells[0] in (BACK, HEADING) or cells[0] in self.texts):
            yield (
                self._where(row),
                f"shows {row_words(cells)}, which no row and no note of the table is.",
            )

    def _supposed(self, row: int, number: Number) -> Iterator[Finding]:
        """An input of a what-if: typed, and as the paper supposes it."""
        cell = Cell(self.sheet.name, row, 2)
        stored = self.sheet.stored.get(cell)
        if self.sheet.text(row, 2) != number.text:
            yield self._where(row), f"shows {self.sheet.text(row, 2)!r}; it is {number.text}."
        elif stored is None or stored.formula:
            yield self._where(row), "holds no typed number, which could be changed."
        else:
            yield from self._value(cell, number)

    def _where(self, row: int) -> str:
        return f"sheet {self.sheet.name}, row {row}"


def same_cells(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether two rows show the same; empty cells at the end are none.

    >>> same_cells(["Acute", "900", ""], ["Acute", "900"])
    True
    """
    return _trimmed(found) == _trimmed(wanted)


def differs(found: Sequence[str], wanted: Sequence[str]) -> str:
    """What a row shows, and what it should."""
    if not any(found):
        return f"is empty; the paper has {row_words(wanted)}."
    return f"shows {row_words(found)}; the paper has {row_words(wanted)}."


def row_words(cells: Sequence[str]) -> str:
    """A row as one line of words; a long text is cut."""
    return " | ".join(cell if len(cell) < 80 else f"{cell[:77]}..." for cell in _trimmed(cells))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(cells)
    while kept and not kept[-1]:
        kept = kept[:-1]
    return kept
