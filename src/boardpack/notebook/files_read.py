"""A file of the month's folder as a frame: each cell of its columns of numbers is a figure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from boardpack.figures.frames import column_of
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.reading.any_file import AnyFile, Units, read_any
from boardpack.reading.extract import Row
from boardpack.reading.folder import Folder

if TYPE_CHECKING:
    from boardpack.notebook.paper import NotebookPaper

BASIS = "extract"


def file_frame(
    paper: NotebookPaper, file: str, units: Units = "", sheet: str | None = None
) -> pd.DataFrame:
    """The rows of a file with its columns by name; a blank cell of numbers is missing.

    Their figures are named after the row's words; where two rows say the same, the later ones have
    the line of the file in their names. They are recorded once something shown rests on them.
    """
    folder = Folder(paper.paper)
    read = read_any(folder, file, units, sheet)
    rows, stem = list(read.extract), file.rpartition(".")[0] or file
    labels = _labels(read, rows)
    register = Register()
    made: dict[str, list[Any]] = {column.name: [] for column in read.columns}
    for label, row in zip(labels, rows, strict=True):
        for column in read.columns:
            if not column.is_amount:
                made[column.name].append(row[column.name] or pd.NA)
                continue
            value = row.amounts.get(column.name)
            identity = paper.made.free_id(label, column.name, stem)
            scope = _scope(paper, register, identity, label, folder)
            found = scope.read(identity.split(".")[3], value) if value is not None else None
            made[column.name].append(found)
            paper.made.know([] if found is None else [found])
    paper.made.know(register)
    amounts = {column.name for column in read.columns if column.is_amount}
    frame = pd.DataFrame({n: column_of(v) if n in amounts else v for n, v in made.items()})
    frame.attrs["name"] = stem
    return frame


def _scope(
    paper: NotebookPaper, register: Register, identity: str, label: str, folder: Folder
) -> Scope:
    chapter, place, line, _ = identity.split(".")
    period = paper.paper.month.period
    return Scope(register, chapter, place, line, label, period, BASIS, folder.hashes)


def _labels(read: AnyFile, rows: list[Row]) -> list[str]:
    """What each row is called: its first words, or all of them where two rows begin alike."""
    words = [column.name for column in read.columns if not column.is_amount]
    for names in (words[:1], words):
        labels = [", ".join(filter(None, (row[name] for name in names))) for row in rows]
        if all(labels) and max(Counter(labels).values(), default=1) == 1:
            return labels
    seen: set[str] = set()
    told = []
    for label, row in zip(labels, rows, strict=True):
        told.append(f"{label} row {row.line}".strip() if label in seen or not label else label)
        seen.add(label)
    return told
