"""The map of cost centres, held to what it gave last month.

A cost centre that is reorganised has its old row closed and a new one opened, and last month reads
the old one still. Where the map gives last month's ledger another position than its paper released,
a row was changed that should have been closed: money moves from one directorate to another, and no
total does.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.file_control import ONE, FileControl, of_file
from boardpack.checks.once import once
from boardpack.checks.phrases import said
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.cost_centres_extract import FILE, in_force, read_cost_centres
from boardpack.reading.folder import Folder
from boardpack.reading.moved_centres import ledger_of
from boardpack.reading.released import ReleasedFigure, read_released
from boardpack.reading.row_view import grouped

CHAPTER, MEASURE = "position", "ytd_actual"
MAP = FileControl(
    "map",
    "Last month's ledger gives what last month's paper said",
    ONE,
    ONE,
    "A cost centre that moves has its row closed and another opened; last month keeps its own.",
)
DATE = "Close the old row (`to`) and open a new one (`from`) in place of changing it."


def check_last_map(paper: Paper) -> tuple[Check, ...]:
    """One check of the map; none in April, on another structure, or without paper and ledger."""
    return once(paper, "last map", lambda one: tuple(_checks(one)))


def _checks(paper: Paper) -> Iterator[Check]:
    folder, last = Folder(paper, corrections=()), paper.month.earlier(1)
    if last.start != paper.month.start or paper.report.structure.since(last):
        return
    released = {figure.id: figure for figure in read_released(paper, last, CHAPTER)}
    given = _given(folder)
    if not released or not given:
        return
    told = [
        f"{figure.label} was {said(figure.value, figure.unit)}, and by this map"
        f" {said(given[name], figure.unit)}"
        for name, figure in released.items()
        if name in given and not _is_same(figure, given[name])
    ]
    many = f"{len(told):,} amounts of {last.name}" if len(told) > 1 else f"an amount of {last.name}"
    sentence = f"{FILE} gives {many} otherwise: {told[0]}." if told else ""
    yield of_file(MAP, FILE, sentence, DATE)


def _given(folder: Folder) -> dict[str, Decimal]:
    """What the map of last month makes of last month's ledger, by the id of its figure."""
    last = folder.paper.month.earlier(1)
    try:
        ledger, mapping = ledger_of(folder, last), in_force(read_cost_centres(folder), last)
    except InputFaults:  # its own paper says what is wrong with it
        return {}
    found: dict[str, Decimal] = {}
    for (code,), rows in grouped(ledger.rows if ledger else (), "cost_centre").items():
        home, value = mapping.get(code), total_of(rows, (MEASURE,), ())
        if home and value:
            name = f"{CHAPTER}.{home[0]['place']}.{home[0]['directorate']}.{MEASURE}"
            found[name] = found.get(name, Decimal(0)) + value.amount
    return found


def _is_same(figure: ReleasedFigure, value: Decimal) -> bool:
    return abs(figure.value - value) <= figure.margin + ONE
