"""What would be noticed, as a file: the list of what would not as CSV, or all of it as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boardpack.checks.noticed.errors import ERRORS
from boardpack.reading.cells import ranges
from boardpack.render.records import write

HEADS = ("extract", "file", "column", "rows", "figure", "label", "unit", "amount", *ERRORS)


def write_noticed(path: Path, record: Mapping[str, Any]) -> None:
    """Write the record in the form that the name of the file asks for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".csv":
        write(path, _table(record))
    else:
        write(path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _table(record: Mapping[str, Any]) -> str:
    """A row for each input in which an error would go unseen, the largest first."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADS)
    for one in record["unheld"]:
        told = (one[name] for name in ("extract", "file", "column"))
        more = (one[name] for name in ("label", "unit", "amount"))
        unseen = ("unseen" if error in one["errors"] else "" for error in ERRORS)
        rows.writerow([*told, ranges(one["rows"]), one["figures"][0], *more, *unseen])
    return out.getvalue()
