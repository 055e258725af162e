"""Released registers: what papers already published said, for movements and comparisons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.errors import Fault, InputFaults
from boardpack.params import Paper
from boardpack.periods import Month
from boardpack.sources.cells import file_sha256


@dataclass(frozen=True)
class ReleasedFigure:
    """One figure of a released register, with the line of the file on which it stands."""

    file: str
    sha256: str
    row: int
    id: str
    label: str
    value: Decimal
    unit: str
    place: str
    line: str
    measure: str
    period: str
    basis: str


def read_released(paper: Paper, month: Month) -> tuple[ReleasedFigure, ...]:
    """The register that the paper of `month` released for this place; empty when there is none."""
    name = Path("data/released") / month.year_folder / month.code / paper.place / "figures.json"
    path = paper.home / name
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
        items = json.loads(text)["figures"]
        rows = _rows(text)
        sha256 = file_sha256(path)
        return tuple(_figure(name.as_posix(), sha256, rows, item) for item in items)
    except (ValueError, KeyError, TypeError) as error:
        fault = Fault(name.as_posix(), "a released register", f"Restore the file ({error}).")
        raise InputFaults([fault]) from None


def _rows(text: str) -> dict[str, int]:
    rows = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if '"id": "' in line:
            rows[line.split('"id": "', 1)[1].split('"', 1)[0]] = number
    return rows


def _figure(name: str, sha256: str, rows: dict[str, int], item: dict[str, Any]) -> ReleasedFigure:
    parts = ("id", "label", "unit", "place", "line", "measure", "period", "basis")
    return ReleasedFigure(
        file=name,
        sha256=sha256,
        row=rows.get(item["id"], 1),
        value=Decimal(item["value"]),
        **{part: item[part] for part in parts},
    )
