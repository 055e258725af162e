"""The source cells that a register names, looked up a second time in the files themselves.

Shares no code with the product (see second_reading). A cell stands on the line that the register
states (the file's own, from 1), in its sheet, under the heading of its column. A column is named as
the product's contract names it; its heading is found plainly, without capitals, spaces and
punctuation, or is one that `params/layouts.yml` declares. A heading that cannot be found so is
told: a cell that nobody else can find proves nothing. The text must be the one that is stated, and
the file's SHA-256 too. A cell made of many rows at client or item level keeps no text: its rows
must stand in the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from boardpack.audit.second.files import AS_AGREED, ENDINGS, Layout, Table, best_table

READ_WHOLE = 100_000_000
"""Bytes beyond which a file is held to its hash alone: item-level data is read line by line."""

Wrong = tuple[str, str]


class _File:
    """One file of the inputs, read once; `columns` are those that the register names in it."""

    def __init__(self, path: Path, columns: Iterable[str], layout: Layout) -> None:
        self.path, self.columns, self.layout = path, tuple(dict.fromkeys(columns)), layout
        self._tables: dict[str | None, Table] = {}
        self._lines: dict[str | None, dict[int, dict[str, str]]] = {}

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

    def lines(self, sheet: str | None) -> dict[int, dict[str, str]]:
        """Its lines below the header, with their cells by column."""
        if sheet not in self._lines:
            self._lines[sheet] = dict(self.table(sheet).named())
        return self._lines[sheet]


def wrong_cells(
    home: Path,
    figures: Mapping[str, Mapping[str, Any]],
    withheld: Container[str] = (),
    layouts: Mapping[str, Layout] | None = None,
) -> tuple[int, list[Wrong]]:
    """How many cells of the extracts were looked up, and by figure which are not as stated.

    Cells of `withheld` files are passed over. `layouts` tell by file what suppliers call their
    columns.
    """
    named = [
        (name, cell)
        for name, figure in figures.items()
        for cell in _cells(figure)
        if cell["file"] not in withheld
    ]
    columns: dict[str, list[str]] = {}
    for _, cell in named:
        columns.setdefault(cell["file"], []).append(cell["column"])
    files = {
        file: _File(home / file, asked, (layouts or {}).get(file, AS_AGREED))
        for file, asked in columns.items()
    }
    found = ((name, _fault(home, files[cell["file"]], cell)) for name, cell in named)
    return len(named), [(name, fault) for name, fault in found if fault is not None]


def _cells(figure: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cells of a figure that lie in data files; others come from params and checks."""
    for cell in figure.get("source", {}).get("cells", ()):
        if cell["file"].startswith("data/") and cell["file"].lower().endswith((*ENDINGS, ".json")):
            yield cell


def _fault(home: Path, file: _File, cell: Mapping[str, Any]) -> str | None:
    name = cell["file"]
    if ".." in Path(name).parts or not (home / name).is_file():
        return f"its source {name} is not there."
    if cell.get("sha256") not in (None, file.sha256):
        return f"its source {name} is not the file that was read: its SHA-256 differs."
    if name.endswith(".json"):
        return _apart(cell, file.values.get(cell["column"]))
    if file.is_large:
        return None
    try:
        return _rows_fault(file, cell) if "method" in cell else _cell_fault(file, cell)
    except ValueError as error:
        return f"its source {name} cannot be read a second time: {error}."


def _cell_fault(file: _File, cell: Mapping[str, Any]) -> str | None:
    table = file.table(cell["sheet"])
    if cell["column"] not in table.names:
        where = f"sheet {cell['sheet']!r} of {cell['file']}" if cell["sheet"] else cell["file"]
        return f"its source {where} has no heading that says {cell['column']}."
    return _apart(cell, file.lines(cell["sheet"]).get(cell["row"], {}).get(cell["column"]))


def _apart(cell: Mapping[str, Any], text: str | None) -> str | None:
    if text == cell["text"]:
        return None
    where = f"{cell['file']}, row {cell['row']}, column {cell['column']}"
    return f"its source {where} says {text!r}, not {cell['text']!r}."


def _rows_fault(file: _File, cell: Mapping[str, Any]) -> str | None:
    """Whether the rows stand in the file; what they say is not told, whatever they are about."""
    lines = file.lines(cell["sheet"])
    last = max(lines, default=0)
    for part in filter(None, str(cell.get("rows", "")).split(", ")):
        first, _, end = part.partition("-")
        begins, ends = int(first), min(int(end or first), last + 1)
        absent = (line for line in range(begins, ends + 1) if line not in lines)
        missing = begins if begins > last else next(absent, None)
        if missing is not None:
            return f"its source {cell['file']} has no record in row {missing}."
    return None
