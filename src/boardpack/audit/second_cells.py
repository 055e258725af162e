"""The source cells that a register names, looked up a second time in the files themselves.

Shares no code with the product (see second_reading): a cell is found by the line and the heading
that the register states, and its text and the file's SHA-256 must be those that are stated.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any


class _File:
    """One file of the inputs, read once."""

    def __init__(self, path: Path) -> None:
        self.content = path.read_bytes()

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def lines(self) -> dict[int, dict[str, str]]:
        """The rows of a CSV file by the line on which each begins."""
        reader = csv.reader(io.StringIO(self.content.decode("utf-8-sig"), newline=""))
        header = [name.strip() for name in next(reader, [])]
        found: dict[int, dict[str, str]] = {}
        line = reader.line_num + 1
        for cells in reader:
            found[line] = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            line = reader.line_num + 1
        return found

    @cached_property
    def values(self) -> dict[str, str]:
        """The figures of a released register by id."""
        listed = json.loads(self.content)["figures"]
        return {item["id"]: str(item["value"]) for item in listed}

    def text(self, row: int, column: str, register: bool) -> str | None:
        """What stands in a cell; a register's cell is named by the figure's id."""
        return self.values.get(column) if register else self.lines.get(row, {}).get(column)


def wrong_cells(
    home: Path, figures: Mapping[str, Mapping[str, Any]], withheld: Container[str] = ()
) -> tuple[int, list[tuple[str, str]]]:
    """How many cells of the extracts were looked up, and by figure which are not as stated.

    Cells of `withheld` files are passed over.
    """
    files: dict[str, _File] = {}
    wrong: list[tuple[str, str]] = []
    count = 0
    for name, figure in figures.items():
        for cell in _cells(figure):
            if cell["file"] in withheld:
                continue
            count += 1
            fault = _fault(home, files, cell)
            if fault is not None:
                wrong.append((name, fault))
    return count, wrong


def _cells(figure: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cells of a figure that lie in data files; others come from params and checks."""
    for cell in figure.get("source", {}).get("cells", ()):
        if cell["file"].startswith("data/") and cell["file"].endswith((".csv", ".json")):
            yield cell


def _fault(home: Path, files: dict[str, _File], cell: Mapping[str, Any]) -> str | None:
    name = cell["file"]
    where = f"{name}, row {cell['row']}, column {cell['column']}"
    if ".." in Path(name).parts or not (home / name).is_file():
        return f"its source {name} is not there."
    if name not in files:
        files[name] = _File(home / name)
    file = files[name]
    if cell.get("sha256") not in (None, file.sha256):
        return f"its source {name} is not the file that was read: its SHA-256 differs."
    if "method" in cell:
        return None  # made from rows at client or item level: its lineage keeps no text
    text = file.text(cell["row"], cell["column"], name.endswith(".json"))
    if text != cell["text"]:
        return f"its source {where} says {text!r}, not {cell['text']!r}."
    return None
