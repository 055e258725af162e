"""A home of its own for a test: the real month, with some cells changed."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

from boardpack.core.periods import Month

Record = dict[str, str]
Change = Callable[[Record], Record | None]
PROJECT = Path(__file__).resolve().parents[1]
RAW = Path("data/raw/2023-24/M06")
RUN = Path("params/2023-24/M06.yml")


LEFT = shutil.ignore_patterns(".earlier", "__pycache__", ".DS_Store", ".ipynb_checkpoints")
"""What working in a checkout leaves there, and what the project therefore does not hold."""


def copied(project: Path, target: Path, *names: str) -> Path:
    """A copy below `target` of some folders of the project, without what working there leaves."""
    for name in names:
        shutil.copytree(project / name, target / name, ignore=LEFT, dirs_exist_ok=True)
    return target


def copied_home(project: Path, target: Path) -> Path:
    """A copy of the month's parameters and extracts below `target`."""
    return copied(project, target, "params", "data")


def moved_to(home: Path, number: int) -> Path:
    """The home with its Month 6 as another month of the year, its board six weeks later."""
    code, after = f"M{number:02d}", Month(2023, number).last_day + dt.timedelta(days=20)
    for path in ("params/2023-24", "data/raw/2023-24"):
        for found in (home / path).glob("M06*"):
            found.rename(found.with_name(found.name.replace("M06", code)))
    run = home / "params/2023-24" / f"{code}.yml"
    text = run.read_text(encoding="utf-8").replace("[M05, M04]", "[]")
    text = text.replace("data_cut: 2023-10-31T12:00:00Z", f"data_cut: {after}T12:00:00Z")
    text = text.replace("board_date: 2023-11-23", f"board_date: {after + dt.timedelta(days=25)}")
    text = text.replace("months_of_data: 4", f"months_of_data: {min(4, number)}")
    run.write_text(text, encoding="utf-8")
    return home


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
