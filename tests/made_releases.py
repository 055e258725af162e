"""Releases made by hand for tests: a register of one figure, and the record of a release."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from boardpack.core.periods import Month
from boardpack.reading.release_records import (
    CHAIN,
    FILE,
    RECORD,
    RELEASED,
    SCHEMAS,
    chain_link,
)
from boardpack.reading.released import version_folder

PREPARED = {"name": "Ann Lee", "role": "Finance Manager", "when": "2023-11-01T09:00:00Z"}
APPROVED = {"name": "Sam Roy", "role": "Director of Finance", "when": "2023-11-02T09:00:00Z"}
FIGURE = "position.bromley.total.ytd_variance"
CELL = {
    **{"file": "data/raw/2023-24/M06/position.csv", "sheet": None, "row": 11},
    **{"column": "ytd_variance", "sha256": "0" * 64},
}


def register_text(value: str) -> str:
    """A register of one figure, as a build writes it."""
    item = {
        "id": FIGURE,
        "label": "Total, variance",
        "value": value,
        "unit": "GBP",
        "place": "bromley",
        "line": "total",
        "measure": "ytd_variance",
        "period": "2023/24 M06",
        "basis": "reported",
        "is_estimate": False,
        "margin": "0",
        "step": None,
        "source": {"cells": [{**CELL, "text": value}]},
    }
    return '{"figures": [\n  ' + json.dumps(item) + "\n]}\n"


def checks_text(status: str = "pass") -> str:
    """One check with an outcome."""
    check = {"id": "cast.total", "severity": "error", "status": status, "title": "The total"}
    return json.dumps({"checks": [check]}) + "\n"


def folder_of(month: Month, place: str = "bromley", version: int = 1) -> Path:
    """Where a version is kept, below home."""
    return version_folder(RELEASED / month.year_folder / month.code / place, version)


def release(
    home: Path,
    month: Month,
    place: str = "bromley",
    version: int = 1,
    value: str = "-2400000",
    *,
    chained: bool = True,
    **more: Any,
) -> Path:
    """A version released after all that is there; `more` is what its record says otherwise."""
    folder = home / folder_of(month, place, version)
    name = folder.relative_to(home).as_posix()
    link = {CHAIN: chain_link(home, name, month, place)} if chained else {}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(register_text(value), encoding="utf-8")
    (folder / "checks.json").write_text(checks_text(), encoding="utf-8")
    record = {
        "schema": SCHEMAS[-1 if chained else 1],
        "financial_year": month.year,
        "month": month.number,
        "place": place,
        "version": version,
        "prepared": PREPARED,
        "approved": APPROVED,
        "files": {file: seal(folder / file) for file in (FILE, "checks.json")},
        **link,
        **more,
    }
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
    return folder


def seal(path: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def published_before(home: Path, month: Month, place: str = "bromley") -> Path:
    """A paper published before boardpack: a register, and no record."""
    folder = home / folder_of(month, place)
    folder.mkdir(parents=True)
    (folder / FILE).write_text(register_text("-1"), encoding="utf-8")
    return folder


def altered(folder: Path, value: str = "-3400000", *, with_record: bool = False) -> None:
    """A register changed by £1m, and the record beside it too where the forger thinks of it."""
    (folder / FILE).write_text(register_text(value), encoding="utf-8")
    if with_record:
        change_record(folder, files={FILE: seal(folder / FILE)})


def change_record(folder: Path, **changes: Any) -> None:
    """Make a release record say something else; hashes of files are added to those it has."""
    path = folder / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    record["files"] |= changes.pop("files", {})
    path.write_text(json.dumps(record | changes), encoding="utf-8")
