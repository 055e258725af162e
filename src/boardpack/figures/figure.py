"""A figure: one number of the paper, with its identity, unit, period and lineage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from boardpack.core.money import plain
from boardpack.reading.cells import Cell, from_ranges
from boardpack.reading.chosen_rows import ALONE_RANGES, NAMED_RANGES, chosen_by
from boardpack.reading.extract import Rule

UNITS = {
    "GBP": "pounds; not thousands",
    "PCT": "per cent: 9.54 is 9.54%",
    "COUNT": "a number of things, people or months",
    "RATE": "a ratio: 0.5 is a half",
    "GBP_PER_CLIENT_MONTH": "pounds for one client for one month",
    "GBP_PER_MONTH": "pounds a month",
    "GBP_PER_CLIENT_WEEK": "pounds for one client for one week",
}
"""The units that a value may be in, and what each means."""
PRINTED = "printed"
_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


@dataclass(frozen=True)
class SourceCell:
    """A cell that a figure was read from; `used` and `why` say so when it was corrected.

    At unit, client or item level it stands for many rows: `rows` are their lines in the file as
    `ranges` writes them, the cell is the first of them and keeps no text, and `method` says how the
    figure was made from them. Where it is the sum of a column, `rule` is how they were chosen.

    >>> cell = Cell("ledger.csv", None, 2, "actual", "")
    >>> SourceCell(cell, rows="2-4, 17", method="sum of actual").made_from
    'rows 2-4, 17: sum of actual'
    """

    cell: Cell
    sha256: str | None = None
    used: str | None = None
    why: str | None = None
    rows: str = ""
    method: str | None = None
    rule: Rule | None = None

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the file; none where they are not named."""
        return from_ranges(self.rows)

    @property
    def rows_told(self) -> str:
        """The rows as outputs write them; none where they are so scattered that the list is long.

        A rule finds them again, so that no long list is needed.
        """
        most = ALONE_RANGES if self.rule is None else NAMED_RANGES
        return "" if self.rows.count(",") >= most else self.rows

    @property
    def method_told(self) -> str | None:
        """How the figure was made of the rows; of how many, where nothing else says so."""
        if self.rule is not None or not self.rows or self.rows_told:
            return self.method
        return f"{len(self.lines):,} rows: {self.method}"

    @property
    def made_from(self) -> str:
        """The rows that a figure was made from without their text, and how.

        Where the rows are too many to name, the rule or the method says how many they are.
        """
        rows = self.rows_told
        if self.rule is None:
            return f"rows {rows}: {self.method}" if rows else str(self.method_told)
        named = f"{'row' if rows.isdigit() else 'rows'} {rows}"
        many = named if rows else f"{self.rule.count:,} rows"
        return f"{many}{chosen_by(self.rule)}: {self.method}"


@dataclass(frozen=True)
class Figure:
    """One number. `value` is exact: pounds for money, 9.54 for 9.54%, an adverse variance negative.

    `source` is the cells it was read from, or a formula over other figures' ids. `margin` is how
    far the exact quantity may lie from `value` because its sources were printed rounded (half a
    printed unit for a cell, the sum of what its operands allow for a formula); `step` is the unit
    in which a cell was printed, None for a formula. A suppressed figure is one that may not be
    shown (see `small_numbers`): it has no value and no cells. One with a part `missing` is not
    supplied: it has no value either, and names the parts that are not there.

    >>> spent = Figure("position.bromley.acute.ytd_variance", "Acute, variance", Decimal(-50_000),
    ...                "GBP", "bromley", "acute", "ytd_variance", "2023/24 M06", "ledger", False,
    ...                "position.bromley.acute.ytd_budget - position.bromley.acute.ytd_actual")
    >>> spent.chapter, spent.cells, spent.has_value
    ('position', (), True)
    >>> spent.not_supplied(("Acute, actual",)).has_value
    False
    """

    id: str
    label: str
    value: Decimal
    unit: str
    place: str
    line: str
    measure: str
    period: str
    basis: str
    is_estimate: bool
    source: tuple[SourceCell, ...] | str
    margin: Decimal = Decimal(0)
    step: Decimal | None = None
    is_suppressed: bool = False
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not a figure id: write parts of [a-z0-9_] with dots")
        if self.unit not in UNITS:
            raise ValueError(f"{self.unit!r} is not a unit; units are {', '.join(UNITS)}")

    @property
    def chapter(self) -> str:
        """The first part of the id: the chapter that owns the figure."""
        return self.id.split(".", 1)[0]

    @property
    def formula(self) -> str | None:
        """The formula over other figures' ids; None for a figure read from cells."""
        return self.source if isinstance(self.source, str) else None

    @property
    def cells(self) -> tuple[SourceCell, ...]:
        """The cells it was read from; none for a figure with a formula."""
        return () if isinstance(self.source, str) else self.source

    def suppressed(self) -> Figure:
        """The same figure without its value, and without the cells that would tell it.

        >>> few = Figure("a.icb.x.clients", "X", Decimal(3), "COUNT", "icb", "x", "clients",
        ...              "2023/24 M06", "count", False, ())
        >>> few.suppressed().has_value, few.suppressed().to_json()["value"]
        (False, None)
        """
        source = self.source if isinstance(self.source, str) else ()
        nil = Decimal(0)
        return replace(self, value=nil, margin=nil, step=None, source=source, is_suppressed=True)

    def not_supplied(self, missing: tuple[str, ...]) -> Figure:
        """The same figure without a value, because these parts of it are not there."""
        nil = Decimal(0)
        return replace(self, value=nil, margin=nil, step=None, source=(), missing=missing)

    @property
    def has_value(self) -> bool:
        """Whether there is a value to show: neither a suppressed figure nor an absent one has."""
        return not self.is_suppressed and not self.missing

    def to_json(self) -> dict[str, Any]:
        """The figure as it stands in `figures.json`; numbers are strings."""
        found = {
            "id": self.id,
            "label": self.label,
            "value": plain(self.value) if self.has_value else None,
            "unit": self.unit,
            "place": self.place,
            "line": self.line,
            "measure": self.measure,
            "period": self.period,
            "basis": self.basis,
            "is_estimate": self.is_estimate,
            "margin": plain(self.margin),
            "step": None if self.step is None else plain(self.step),
            "source": _source_json(self.source),
        }
        if self.missing:
            return found | {"missing": list(self.missing)}
        return found | {"suppressed": True} if self.is_suppressed else found


def figure_from_json(item: dict[str, Any]) -> Figure:
    """The figure that `to_json` wrote.

    >>> over = Figure("a.icb.x.variance", "X", Decimal(-50), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, "a.icb.x.budget - a.icb.x.actual")
    >>> figure_from_json(over.to_json()) == over, over.to_json()["value"]
    (True, '-50')
    """
    source = item["source"]
    return Figure(
        **{k: item[k] for k in ("id", "label", "unit", "place", "line", "measure", "period")},
        value=Decimal(item["value"] or 0),
        basis=item["basis"],
        is_estimate=item["is_estimate"],
        source=source["formula"] if "formula" in source else _cells(source["cells"]),
        margin=Decimal(item.get("margin", "0")),
        step=None if item.get("step") is None else Decimal(item["step"]),
        is_suppressed=item.get("suppressed", False),
        missing=tuple(item.get("missing", ())),
    )


def _source_json(source: tuple[SourceCell, ...] | str) -> dict[str, Any]:
    if isinstance(source, str):
        return {"formula": source}
    return {"cells": [_cell_json(item) for item in source]}


def _cell_json(item: SourceCell) -> dict[str, Any]:
    cell = item.cell
    found = {
        "file": cell.file,
        "sheet": cell.sheet,
        "row": cell.row,
        "column": cell.column,
        "text": cell.text,
        "sha256": item.sha256,
    }
    if item.used is not None:
        found |= {"used": item.used, "why": item.why}
    if item.method is not None:
        found |= {"rows": item.rows_told, "method": item.method_told}
    return found if item.rule is None else found | _rule_json(item.rule)


def _rule_json(rule: Rule) -> dict[str, Any]:
    """By what the rows were chosen that are added up; the hash is of all their numbers in short."""
    where = {column: list(texts) for column, texts in rule.where}
    return {"where": where, "count": rule.count, "rows_sha256": rule.sha256}


def rule_from_json(item: Mapping[str, Any]) -> Rule | None:
    """The rule of a source cell of `figures.json`; None where it has none."""
    if "where" not in item:
        return None
    where = tuple((column, tuple(texts)) for column, texts in item["where"].items())
    return Rule(where, item["count"], item["rows_sha256"])


def _cells(items: list[dict[str, Any]]) -> tuple[SourceCell, ...]:
    return tuple(
        SourceCell(
            Cell(i["file"], i["sheet"], i["row"], i["column"], i["text"]),
            i.get("sha256"),
            i.get("used"),
            i.get("why"),
            i.get("rows", ""),
            i.get("method"),
            rule_from_json(i),
        )
        for i in items
    )
