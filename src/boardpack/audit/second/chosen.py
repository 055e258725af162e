"""The rows that a figure's rule chooses, found a second time in the file.

A figure over rows of a unit-level extract keeps no cell: it names the column, what other columns of
its rows say (as the file prints it), how many rows there are, and a hash of their numbers as a list
of ranges: `2-15, 17`; the list itself where it is short. A cell of the same figure that the team
has corrected stands apart, with what is used instead: its row is not among them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from boardpack.audit.second.files import Layout, Table, heading
from boardpack.audit.second.numbers import number
from boardpack.audit.second.records import TOTALS, is_total

LABELS = {
    "ledger": ("cost_centre", "subjective"),
    "trial_balance": ("entity", "cost_centre", "subjective", "analysis_1", "analysis_2", "period"),
    "savings_tracker": ("scheme", "place"),
    "mhis_return": ("programme",),
    "allocations": ("month",),
    "spend_over_25k": ("payment_date",),
    "invoices": ("creditor",),
}
"""The columns by which a row of each unit-level extract is told to be a total, and no record."""

Rows = Mapping[int, Mapping[str, str]]


def labels_of(file: str) -> tuple[str, ...]:
    """The columns in which a total of an extract says so."""
    return LABELS.get(PurePath(file).stem.lower(), ())


def columns_of(cell: Mapping[str, Any]) -> Iterator[str]:
    """The columns of a file that are looked at for a cell, or for the rows that it stands for."""
    yield cell["column"]
    if "where" in cell:
        yield from cell["where"]
        yield from labels_of(cell["file"])


class Records:
    """The records of a unit-level extract: its lines without totals and repeated headers."""

    def __init__(self, file: str, table: Table, rows: Rows, layout: Layout) -> None:
        self.layout = layout
        labels = [name for name in labels_of(file) if name in table.names]
        words, seen = {heading(text) for text in (*TOTALS, *layout.totals)}, set[str]()
        printed = {tuple(cells) for cells in table.header if sum(map(bool, cells)) > 1}
        self.rows: dict[int, Mapping[str, str]] = {}
        for line, cells in table.lines:
            told = [heading(rows[line].get(name, "")) for name in labels]
            if tuple(cells) in printed or any(is_total(one, words, seen) for one in told if one):
                continue
            seen.update(told)
            self.rows[line] = rows[line]
        self._by: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
        self._amounts: dict[str, dict[int, Decimal]] = {}

    def amounts(self, column: str) -> dict[int, Decimal]:
        """What each record says in a column, where that is a number."""
        if column not in self._amounts:
            debit = self.layout.debit_is_positive
            said = {
                n: number(row.get(column, ""), Decimal(1), debit) for n, row in self.rows.items()
            }
            self._amounts[column] = {n: one.value for n, one in said.items() if one is not None}
        return self._amounts[column]

    def chosen(self, cell: Mapping[str, Any], apart: Collection[int] = ()) -> list[int]:
        """The records that a cell's rule chooses and that have an amount, without those apart."""
        where: Mapping[str, list[str]] = cell["where"]
        wanted = [frozenset(texts) for texts in where.values()]
        groups = self._grouped(tuple(where)).items()
        found = (
            row
            for said, rows in groups
            if all(text in texts for text, texts in zip(said, wanted, strict=True))
            for row in rows
        )
        amounts = self.amounts(cell["column"])
        return sorted(row for row in found if row in amounts and row not in apart)

    def _grouped(self, columns: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
        """The records by what they say in some columns."""
        if columns not in self._by:
            held: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for line, row in self.rows.items():
                held[tuple(row.get(name, "") for name in columns)].append(line)
            self._by[columns] = dict(held)
        return self._by[columns]


def rule_fault(cell: Mapping[str, Any], found: list[int], named: Iterable[int]) -> str | None:
    """What is wrong with the rows of a cell, beside those that its rule finds; None for nothing.

    `named` are the rows that it names, none where they are too scattered.
    """
    listed = list(named)
    if listed and listed_sha256(listed) != cell["rows_sha256"]:
        return f"names rows {cell['rows']}, which are not the rows that its hash was made of"
    if listed_sha256(found) == cell["rows_sha256"] and len(found) == cell["count"]:
        return None
    for row in sorted({*listed} ^ {*found}) if listed else ():
        if row in found:
            return f"was not added up from row {row}, which its rule finds"
        return f"was added up from row {row}, which its rule does not find"
    return f"was added up from {cell['count']:,} rows; its rule finds {len(found):,}, not the same"


def listed_sha256(rows: Iterable[int]) -> str:
    """The hash of a list of row numbers in order, written in short: `2-15, 17`."""
    told: list[list[int]] = []
    for row in rows:
        if told and told[-1][1] == row - 1:
            told[-1][1] = row
        else:
            told.append([row, row])
    text = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in told)
    return hashlib.sha256(text.encode()).hexdigest()
