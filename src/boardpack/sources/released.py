"""Released registers: what papers already published said, for movements and comparisons.

A paper's first register stands in `data/released/<year>/<month>/<place>/`; each correction of it in
a folder of its own, `v2/`, `v3/`. The latest version is what the paper says.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.errors import Fault, InputFaults
from boardpack.params import Paper
from boardpack.periods import Month
from boardpack.sources.cells import file_sha256

FILE = "figures.json"
_VERSION = re.compile(r"v[1-9]\d*")


@dataclass(frozen=True)
class ReleasedFigure:
    """One figure of a released register, with the line of the file on which it stands.

    `origin` names the files that the value was read from; it is empty for a computed figure.
    `margin` and `step` are as in a figure.
    """

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
    margin: Decimal = Decimal(0)
    step: Decimal | None = None
    is_computed: bool = False
    origin: tuple[str, ...] = ()


def released_folder(paper: Paper, month: Month) -> Path:
    """Where the registers of a month's paper stand, as a path below home."""
    return Path("data/released") / month.year_folder / month.code / paper.place


def latest_version(folder: Path) -> int:
    """The number of the latest version of a released paper; 0 when there is none."""
    found = [1] if (folder / FILE).exists() else []
    for path in folder.glob("v*"):
        if _VERSION.fullmatch(path.name) and (path / FILE).exists():
            found.append(int(path.name[1:]))
    return max(found, default=0)


def version_folder(folder: Path, version: int) -> Path:
    """The folder of one version of a released paper: the first has no folder of its own."""
    return folder if version <= 1 else folder / f"v{version}"


def read_released(paper: Paper, month: Month) -> tuple[ReleasedFigure, ...]:
    """The latest register that the paper of `month` released for this place; empty when none.

    Suppressed figures, which have no value, are left out.
    """
    folder = released_folder(paper, month)
    name = version_folder(folder, latest_version(paper.home / folder)) / FILE
    path = paper.home / name
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
        items = [item for item in json.loads(text)["figures"] if item["value"] is not None]
        rows = _rows(text)
        sha256 = file_sha256(path)
        return tuple(_figure(name.as_posix(), sha256, rows, item) for item in items)
    except (ArithmeticError, ValueError, KeyError, TypeError) as error:
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
        margin=Decimal(item.get("margin") or "0"),
        step=None if item.get("step") is None else Decimal(item["step"]),
        is_computed="formula" in item["source"],
        origin=tuple(dict.fromkeys(cell["file"] for cell in item["source"].get("cells", ()))),
        **{part: item[part] for part in parts},
    )
