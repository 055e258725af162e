"""What changes in the structure of the ICB and in the form of its files, from a month on.

The team declares each change once, with its month; the files come in their new form from then on.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import yaml

from boardpack.core.periods import Month
from boardpack_demo.icb import DIRECTORATES, PLACES
from lived_home import Home, Row, put, rewrite

LINE, NEW_NAME = "other_programme_services", "Partnership Programmes"
LEAVES, JOINS = "caldenhurst", "eddlestow"
HEADINGS = {"cost_centre": "CC", "ytd_actual": "Actual YTD", "forecast_outturn": "Outturn"}
AMOUNTS = (
    "ytd_budget",
    "ytd_actual",
    "ytd_variance",
    "annual_budget",
    "forecast_outturn",
    "forecast_variance",
)
KEYS = {
    "prescribing_summary.csv": ("place",),
    "programme_activity.csv": ("place", "site", "setting", "financial_year", "specialty"),
    "allocations.csv": ("month", "movement", "item", "place"),
}
"""Files in which two places that are one have one row, and what tells their rows apart."""


def renamed(home: Home, month: Month) -> None:
    """A directorate has another name, in the report and in the files that print it."""
    old = DIRECTORATES[LINE]
    said = yaml.safe_load(home.report.read_text(encoding="utf-8"))["directorates"]
    if said[LINE] == old:
        names = [
            {"name": old, "to": _written(month.earlier(1))},
            {"name": NEW_NAME, "from": _written(month)},
        ]
        put(home.report, "directorates", {**said, LINE: names})
    for path in _with_column(home, month, "directorate"):
        rewrite(path, lambda rows: (_said(row, "directorate", old, NEW_NAME) for row in rows))


def laid_out_anew(home: Home, month: Month) -> None:
    """The ledger has other headings, and income stands where spending stood."""
    told = home.folder / "params" / "layouts.yml"
    if not told.exists():
        anew = {
            "from": _written(month),
            "headings": {column: [heading] for column, heading in HEADINGS.items()},
            "reversed": list(AMOUNTS),
        }
        forms = [{"to": _written(month.earlier(1))}, anew]
        told.write_text(yaml.safe_dump({"extracts": {"ledger": forms}}), encoding="utf-8")
    path = home.raw(month) / "ledger.csv"
    rewrite(path, lambda rows: ({**row, **_reversed(row)} for row in rows))
    header, below = path.read_text(encoding="utf-8").split("\n", 1)
    named = ",".join(HEADINGS.get(column, column) for column in header.split(","))
    path.write_text(f"{named}\n{below}", encoding="utf-8")


def _reversed(row: Row) -> Row:
    return {column: f"{-Decimal(row[column]):.2f}" for column in AMOUNTS}


def merged(home: Home, month: Month) -> None:
    """A place joins its neighbour, in the report and in the files, which have one row for both."""
    said = yaml.safe_load(home.report.read_text(encoding="utf-8"))
    if not any(change.get("place") == LEAVES for change in said.get("changes", ())):
        change = {"from": _written(month), "place": LEAVES, "into": JOINS, "why": "Boards merged"}
        put(home.report, "changes", [*said.get("changes", ()), change])
    for path in _with_column(home, month, "place"):
        rewrite(path, lambda rows, path=path: _as_one(rows, KEYS.get(path.name)))


def _as_one(rows: list[Row], keys: tuple[str, ...] | None) -> Iterable[Row]:
    """Rows of two places under the name of one; rows with the same keys are added up."""
    found: dict[tuple[str, ...], Row] = {}
    for number, row in enumerate(rows):
        now = _said(row, "place", LEAVES, JOINS)
        if "scheme" in row and now is not row:
            now = {**now, "scheme": f"{row['scheme']} ({PLACES[LEAVES]})"}
        key = tuple(now[k] for k in keys) if keys else (str(number),)
        if key in found:
            added = {c: _sum(found[key][c], now[c]) for c in now if c not in (keys or ())}
            now = {**found[key], **added}
        found[key] = now
    return found.values()


def _sum(one: str, other: str) -> str:
    if not one or not other:
        return one or other
    return str(_number(one) + _number(other))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("(", "-").replace(")", ""))


def _said(row: Row, column: str, old: str, new: str) -> Row:
    return {**row, column: new} if row[column] == old else row


def _with_column(home: Home, month: Month, column: str) -> Iterable[Path]:
    for path in sorted(home.raw(month).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            if column in next(csv.reader(lines), ()):
                yield path


def _written(month: Month) -> str:
    return f"{month.year_folder} {month.code}"
