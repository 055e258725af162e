"""The ledger's cost centres: the lines of each, and the place, directorate and group it has now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.money import exact_pounds
from boardpack.reading.cells import ranges
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.cost_centres_extract import FILE, in_force, read_cost_centres
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import REFERENCE, Folder
from boardpack.reading.ledger_extract import read_ledger
from boardpack.reading.row_view import grouped, lines_of, together

STANDING = {"ytd_actual": "spent to date", "annual_budget": "budget of the year"}
MAPPING = (REFERENCE / FILE).as_posix()
BY_CENTRE = ("cost_centre",)
"""What chooses lines of the ledger: all lines of some cost centres, and no part of one."""


@dataclass(frozen=True)
class Centre:
    """The lines of the ledger on one cost centre, and its mapping in the paper's month."""

    rows: Sequence[Row]
    mapping: Row


def mapped_centres(folder: Folder) -> tuple[Centre, ...]:
    """Every cost centre of the ledger with its mapping; none where the month has no ledger.

    Raises InputFaults for each cost centre that has no mapping in this month, or two: it is named
    once, with its rows and the money that stands on it. Nothing is left out of a total quietly.
    """
    ledger = read_ledger(folder)
    mappings = in_force(read_cost_centres(folder), folder.paper.month)
    by_centre = grouped(ledger.rows, *BY_CENTRE)
    faults = [
        _fault(folder, ledger, rows, mappings)
        for (code,), rows in by_centre.items()
        if len(mappings.get(code, ())) != 1
    ]
    if faults:
        raise InputFaults(faults)
    return tuple(Centre(rows, mappings[code][0]) for (code,), rows in by_centre.items())


def summed(centres: Iterable[Centre], measure: str) -> Value | None:
    """What cost centres come to, chosen by their codes; None where no line has an amount.

    A ledger prints nothing on an account on which nothing stands, so that a blank beside amounts is
    nil. Lines that are blank throughout say nothing: what they come to is absent.
    """
    return total_of(together(one.rows for one in centres), (measure,), BY_CENTRE)


def summed_or_nil(centre: Centre, measure: str) -> Value:
    """What one cost centre comes to, which may have nothing of a measure: nil then."""
    nil, cell, blank = Decimal(0), centre.rows[0].cells[measure], tuple(lines_of(centre.rows))
    return summed([centre], measure) or Value(
        cell, nil, nil, "GBP", nil, lines=blank, method="blank cells are nil"
    )


def _fault(
    folder: Folder, ledger: Extract, rows: Sequence[Row], mappings: Mapping[str, tuple[Row, ...]]
) -> Fault:
    code, month, first = rows[0]["cost_centre"], folder.paper.month, lines_of(rows)[0]
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
    return Fault(ledger.file, expected, remedy, first, "cost_centre", code)


def _place(rows: Sequence[Row]) -> str:
    return f"{'row' if len(rows) == 1 else 'rows'} {ranges(lines_of(rows))}"


def _money(rows: Sequence[Row]) -> str:
    return ", ".join(_sums(rows))


def _sums(rows: Sequence[Row]) -> Iterator[str]:
    for measure, words in (
        ("ytd_actual", "spent to date"),
        ("annual_budget", "budget of the year"),
    ):
        found = total_of(rows, (measure,), ())
        yield f"{exact_pounds(found.amount) if found else 'nil'} {words}"
