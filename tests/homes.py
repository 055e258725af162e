"""A home of its own for a test: the real month, with some cells changed."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

Record = dict[str, str]
Change = Callable[[Record], Record | None]
PROJECT = Path(__file__).resolve().parents[1]
RAW = Path("data/raw/2023-24/M06")
RUN = Path("params/2023-24/M06.yml")


def copied_home(project: Path, target: Path) -> Path:
    """A copy of the month's parameters and extracts below `target`."""
    for name in ("params", "data"):
        shutil.copytree(project / name, target / name)
    return target


def change_rows(home: Path, file: str, change: Change) -> None:
    """Rewrite an extract: `change` gives each record as it shall be, or None to leave it out."""
    path = home / RAW / file
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        names = list(reader.fieldnames or ())
        changed = [change(record) for record in reader]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names)
        writer.writeheader()
        writer.writerows(record for record in changed if record is not None)


def changed(target: Path, file: str, where: Record, values: Record) -> Path:
    """A home below `target` whose extract has other cells in the rows that say `where`.

    A home that stands there already is changed further.
    """
    home = target if (target / "params").exists() else copied_home(PROJECT, target)

    def change(row: Record) -> Record:
        matches = all(row[column] == text for column, text in where.items())
        return {**row, **values} if matches else row

    change_rows(home, file, change)
    return home


def leave_out(home: Path, *files: str) -> None:
    """Declare extracts as not supplied this month."""
    path = home / RUN
    named = "not_supplied:\n" + "".join(f"  {file}: Left out.\n" for file in files)
    path.write_text(path.read_text(encoding="utf-8") + named, encoding="utf-8")
