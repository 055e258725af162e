"""The source cells that a register names, looked up a second time in the files themselves.

A cell stands on the line that the register states (the file's own, from 1), in its sheet, under the
heading of its column. A column is named as the product's contract names it; its heading is found
plainly, without capitals, spaces and punctuation, or is one that `params/layouts.yml` declares. A
heading that cannot be found so is told: a cell that nobody else can find proves nothing. The text
must be the one that is stated, and the file's SHA-256 too. A cell made of many rows keeps no
text: its rows must stand in the file, and be those that its rule finds, where it has one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from boardpack.audit.second.chosen import Records, columns_of, rule_fault
from boardpack.audit.second.files import AS_AGREED, ENDINGS, Layout, Table, best_table

READ_WHOLE = 100_000_000
"""Bytes beyond which a file is held to its hash alone: item-level data is read line by line."""

Cell = Mapping[str, Any]
Figures = Mapping[str, Mapping[str, Any]]
Wrong = tuple[str, str]
Lines = dict[int, dict[str, str]]


class File:
    """One file of the inputs, read once; `columns` are those that the register names in it."""

    def __init__(self, path: Path, columns: Iterable[str], layout: Layout) -> None:
        self.path, self.columns, self.layout = path, tuple(dict.fromkeys(columns)), layout
        self._tables: dict[str | None, Table] = {}
        self._lines: dict[str | None, Lines] = {}
        self._records: dict[str | None, Records] = {}

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        with self.path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()

    @property
    def is_large(self) -> bool:
        """Whether it is too large to be read whole."""
        return self.path.stat().st_size > READ_WHOLE

    @cached_property
    def values(self) -> dict[str, str]:
        """The figures of a released register by id."""
        listed = json.loads(self.path.read_bytes())["figures"]
        return {item["id"]: str(item["value"]) for item in listed}

    def table(self, sheet: str | None) -> Table:
        """The table of a sheet, or of a whole CSV file."""
        if sheet not in self._tables:
            self._tables[sheet] = best_table(self.path, self.columns, self.layout, sheet)
        return self._tables[sheet]

    def lines(self, sheet: str | None) -> Lines:
        """Its lines below the header, with their cells by column."""
        if sheet not in self._lines:
            self._lines[sheet] = dict(self.table(sheet).named())
        return self._lines[sheet]

    def records(self, sheet: str | None) -> Records:
        """Its records, among which a rule chooses."""
        if sheet not in self._records:
            table, name = self.table(sheet), self.path.name
            self._records[sheet] = Records(name, table, self.lines(sheet), self.layout)
        return self._records[sheet]


class Files:
    """The files that a register names cells of, each read once.

    Those that are `withheld` cannot be read. `layouts` tell by file what suppliers call columns.
    """

    def __init__(
        self,
        home: Path,
        figures: Figures,
        withheld: Container[str] = (),
        layouts: Mapping[str, Layout] | None = None,
    ) -> None:
        self.home, self.withheld, self.layouts = home, withheld, layouts or {}
        asked: dict[str, list[str]] = {}
        for figure in figures.values():
            for cell in cells_of(figure):
                asked.setdefault(cell["file"], []).extend(columns_of(cell))
        self._files = {
            name: File(home / name, columns, self.layouts.get(name, AS_AGREED))
            for name, columns in asked.items()
        }

    def __getitem__(self, name: str) -> File:
        return self._files[name]

    def is_there(self, name: str) -> bool:
        """Whether a file is there, and in its home."""
        return ".." not in Path(name).parts and (self.home / name).is_file()

    def can_read(self, name: str) -> bool:
        """Whether a table can be read whole; what hinders it is told where cells are looked up."""
        if name in self.withheld or not self.is_there(name) or self[name].is_large:
            return False
        try:
            return bool(self[name].table(None).names)
        except ValueError:
            return False


def cells_of(figure: Mapping[str, Any]) -> list[Cell]:
    """The cells that a figure was read from; none of one with a formula."""
    found = figure.get("source", {}).get("cells")
    return found if isinstance(found, list) else []


def wrong_cells(files: Files, figures: Figures) -> tuple[int, list[Wrong]]:
    """How many cells of the extracts were looked up, and by figure which are not as stated."""
    named = [
        (name, cell, apart_from(cell, cells_of(figure)))
        for name, figure in figures.items()
        for cell in cells_of(figure)
        if is_of_data(cell) and cell["file"] not in files.withheld
    ]
    found = ((name, _fault(files, cell, apart)) for name, cell, apart in named)
    return len(named), [(name, fault) for name, fault in found if fault is not None]


def is_of_data(cell: Cell) -> bool:
    """Whether a cell lies in a data file; others come from parameters and checks."""
    file: str = cell["file"]
    return file.startswith("data/") and file.lower().endswith((*ENDINGS, ".json"))


def rows_of(cell: Cell) -> Iterator[int]:
    """The rows that a cell made of many rows names: `2-15, 17`."""
    for part in filter(None, str(cell.get("rows", "")).split(", ")):
        first, _, end = part.partition("-")
        yield from range(int(first), int(end or first) + 1)


def apart_from(cell: Cell, cells: Iterable[Cell]) -> frozenset[int]:
    """The rows that stand beside a sum by cells of their own, because they were corrected."""
    if "where" not in cell:
        return frozenset()
    place = ("file", "sheet", "column")
    same = (one for one in cells if all(one[name] == cell[name] for name in place))
    return frozenset(one["row"] for one in same if "method" not in one)


def _fault(files: Files, cell: Cell, apart: frozenset[int]) -> str | None:
    name, file = cell["file"], files[cell["file"]]
    if not files.is_there(name):
        return f"its source {name} is not there."
    if cell.get("sha256") not in (None, file.sha256):
        return f"its source {name} is not the file that was read: its SHA-256 differs."
    if name.endswith(".json"):
        return _apart(cell, file.values.get(cell["column"]))
    if file.is_large:
        return None
    try:
        if "method" in cell:
            lines = file.lines(cell["sheet"])
            missing = next((row for row in rows_of(cell) if row not in lines), None)
            if missing is not None:
                return f"its source {name} has no record in row {missing}."
            return _rule_fault(file, cell, apart) if "where" in cell else None
        return _cell_fault(file, cell)
    except ValueError as error:
        return f"its source {name} cannot be read a second time: {error}."


def _rule_fault(file: File, cell: Cell, apart: frozenset[int]) -> str | None:
    """What is wrong with the rows that a rule chose; a column that is not there chose none."""
    names = file.table(cell["sheet"]).names
    if lacking := next((n for n in (cell["column"], *cell["where"]) if n not in names), None):
        return f"its source {cell['file']} has no heading that says {lacking}."
    fault = rule_fault(cell, file.records(cell["sheet"]).chosen(cell, apart), rows_of(cell))
    return fault and f"{cell['file']}, column {cell['column']}: it {fault}."


def _cell_fault(file: File, cell: Cell) -> str | None:
    table = file.table(cell["sheet"])
    if cell["column"] not in table.names:
        where = f"sheet {cell['sheet']!r} of {cell['file']}" if cell["sheet"] else cell["file"]
        return f"its source {where} has no heading that says {cell['column']}."
    return _apart(cell, file.lines(cell["sheet"]).get(cell["row"], {}).get(cell["column"]))


def _apart(cell: Cell, text: str | None) -> str | None:
    if text == cell["text"]:
        return None
    where = f"{cell['file']}, row {cell['row']}, column {cell['column']}"
    return f"its source {where} says {text!r}, not {cell['text']!r}."
