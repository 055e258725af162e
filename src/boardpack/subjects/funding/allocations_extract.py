"""Allocation movements: one movement of the resource limit to or from one column, in pounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.structure import CENTRAL
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder, columns, place_column

FILE = "allocations.csv"
START, OPENING, ALL = "M00", "budget", "All"
CHOSEN_BY = ("month", "movement", "item", "place")
"""What chooses the movements that stand in one cell of the resource limit."""
MOVEMENTS = (OPENING, "internal_adjustment", "allocation")


def read_allocations(folder: Folder) -> Extract:
    """The movements since the start of the year; empty where the month has no such file.

    Raises InputFaults for a budget of a later month, which is computed and never given, and for a
    movement of a month to come.
    """
    contract = Contract(
        FILE,
        (
            Column("month", "word", words=tuple(f"M{number:02d}" for number in range(13))),
            Column("movement", "word", words=MOVEMENTS),
            *columns("text", "item"),
            place_column(folder, CENTRAL),
            Column("amount", "pounds", step="0"),
        ),
    )
    extract = folder.read_if_there(contract)
    faults = [fault for row in extract for fault in _faults(extract.file, row, folder)]
    faults += _without_opening(extract)
    if faults:
        raise InputFaults(faults)
    return extract


def _faults(file: str, row: Row, folder: Folder) -> Iterator[Fault]:
    month, is_opening = row["month"], row["movement"] == OPENING
    if is_opening != (month == START):
        expected = f"the opening budget in {START}, and movements in later months"
        remedy = "Later budgets are computed: leave them out."
        yield Fault(file, expected, remedy, row.line, "month", month)
    if month > folder.paper.month.code:
        expected = f"a month up to {folder.paper.month.code}"
        remedy = "Look whether this is the file of a later month."
        yield Fault(file, expected, remedy, row.line, "month", month)


def _without_opening(extract: Extract) -> Iterator[Fault]:
    """A column that moves must have begun somewhere, at nil if need be."""
    opened = {row["place"] for row in extract.only(month=START, movement=OPENING)}
    moved = {row["place"]: row.line for row in reversed(extract.rows)}
    for place, line in sorted(moved.items()):
        if place not in opened:
            expected = f"an opening budget of {place} in {START}, before it moves"
            remedy = "Add its opening budget; write 0 where there was none."
            yield Fault(extract.file, expected, remedy, line, "place", place)


def make_resource_limit(folder: Folder) -> Extract:
    """One row for each movement, with its columns; the budget of each month is left to compute."""
    extract = read_allocations(folder)
    opening = Row(0, _words(START, OPENING, ALL), _columns(folder, extract.only(movement=OPENING)))
    rows = [opening]
    for number in range(1, folder.paper.month.number + 1):
        code = f"M{number:02d}"
        own = extract.only(month=code)
        for movement, item in sorted(dict.fromkeys((r["movement"], r["item"]) for r in own)):
            moved = extract.only(month=code, movement=movement, item=item)
            rows.append(Row(0, _words(code, movement, item), _columns(folder, moved)))
        rows.append(Row(0, _words(code, OPENING, ALL), {}))
    return Extract(extract.file, extract.sha256, tuple(rows))


def _words(month: str, movement: str, item: str) -> dict[str, str]:
    return {"month": month, "movement": movement, "item": item}


def _columns(folder: Folder, rows: Sequence[Row]) -> dict[str, Value]:
    found = {
        place: total_of([row for row in rows if row["place"] == place], ("amount",), CHOSEN_BY)
        for place in (*folder.report.places, CENTRAL)
    }
    return {place: value for place, value in found.items() if value is not None}
