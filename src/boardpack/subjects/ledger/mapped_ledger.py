"""The ledger's lines, each with the place, directorate and group that its cost centre has now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.money import exact_pounds
from boardpack.reading.cells import ranges
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.cost_centres_extract import FILE, in_force, read_cost_centres
from boardpack.reading.extract import Extract, Row, Value, sum_values
from boardpack.reading.folder import REFERENCE, Folder
from boardpack.reading.ledger_extract import read_ledger

STANDING = {"ytd_actual": "spent to date", "annual_budget": "budget of the year"}
MAPPING = (REFERENCE / FILE).as_posix()
BY_CENTRE = ("cost_centre",)
"""What chooses lines of the ledger: all lines of some cost centres, and no part of one."""


@dataclass(frozen=True)
class Line:
    """A line of the ledger and the mapping of its cost centre in the paper's month."""

    row: Row
    mapping: Row


def mapped_lines(folder: Folder) -> tuple[Line, ...]:
    """Every line of the ledger with its mapping; none where the month has no ledger.

    Raises InputFaults for each cost centre that has no mapping in this month, or two: it is named
    once, with its rows and the money that stands on it. Nothing is left out of a total quietly.
    """
    ledger = read_ledger(folder)
    mappings = in_force(read_cost_centres(folder), folder.paper.month)
    by_centre: dict[str, list[Row]] = defaultdict(list)
    for row in ledger:
        by_centre[row["cost_centre"]].append(row)
    faults = [
        _fault(folder, ledger, rows, mappings)
        for code, rows in by_centre.items()
        if len(mappings.get(code, ())) != 1
    ]
    if faults:
        raise InputFaults(faults)
    return tuple(Line(row, mappings[row["cost_centre"]][0]) for row in ledger)


def summed(lines: Sequence[Line], measure: str) -> Value | None:
    """What one or more lines come to, chosen by their cost centres; None where none has an amount.

    A ledger prints nothing on an account on which nothing stands, so that a blank beside amounts is
    nil. Lines that are blank throughout say nothing: what they come to is absent.
    """
    return total_of([line.row for line in lines], (measure,), BY_CENTRE)


def summed_or_nil(lines: Sequence[Line], measure: str) -> Value:
    """What the lines of one cost centre come to, which may have nothing of a measure: nil then."""
    rows = [line.row for line in lines]
    nil, blank = Decimal(0), tuple(row.line for row in rows)
    return summed(lines, measure) or Value(
        rows[0].cells[measure], nil, nil, "GBP", nil, lines=blank, method="blank cells are nil"
    )


def _fault(
    folder: Folder, ledger: Extract, rows: Sequence[Row], mappings: Mapping[str, tuple[Row, ...]]
) -> Fault:
    code, month = rows[0]["cost_centre"], folder.paper.month
    held = mappings.get(code, ())
    named = f"{month.year_folder} {month.code}"
    stand = "stands" if len(rows) == 1 else "stand"
    standing = f"{_place(rows)} {stand} on it: {_money(rows)}"
    if held:
        lines = ranges(row.line for row in held)
        expected = f"one mapping in {named}, not {len(held)} ({MAPPING} rows {lines}); {standing}"
        remedy = "Close the one that has ended: write its last month in column to."
    else:
        expected = f"a cost centre that {MAPPING} maps in {named}; {standing}"
        remedy = f"Add a row for it, or correct the code. {nearest(code, mappings)[:200]}"
    return Fault(ledger.file, expected, remedy, rows[0].line, "cost_centre", code)


def _place(rows: Sequence[Row]) -> str:
    return f"{'row' if len(rows) == 1 else 'rows'} {ranges(row.line for row in rows)}"


def _money(rows: Sequence[Row]) -> str:
    return ", ".join(_sums(rows))


def _sums(rows: Sequence[Row]) -> Iterator[str]:
    for measure, words in (
        ("ytd_actual", "spent to date"),
        ("annual_budget", "budget of the year"),
    ):
        found = sum_values([row.amounts[measure] for row in rows if measure in row.amounts])
        yield f"{exact_pounds(found.amount) if found else 'nil'} {words}"
