"""The ledger's lines brought to places and directorates a second time, and what they add up to.

A line belongs where its cost centre is mapped in the month; spending is positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from boardpack.audit.second.numbers import Number, total_if_any
from boardpack.audit.second.records import POSITION, Month, Row, rows, stands_for


class Booked(NamedTuple):
    """A line of the ledger, with the place and directorate of its cost centre in the month."""

    row: Row
    place: str
    directorate: str


def is_by_line(month: Month) -> bool:
    """Whether the month stands on ledger lines, and not on schedules."""
    return stands_for(month, "ledger", "position")


def booked(month: Month) -> list[Booked]:
    """Every line of the ledger where it belongs; KeyError for a cost centre that has no mapping."""
    now = f"{month.year} {month.code}"
    mapped = {
        row.text("cost_centre"): row
        for row in rows(month, "cost_centres")
        if row.text("from") <= now <= (row.text("to") or now)
    }
    listed = [(row, mapped[row.text("cost_centre")]) for row in rows(month, "ledger")]
    return [Booked(row, held.text("place"), held.text("directorate")) for row, held in listed]


def has_moved(month: Month, earlier: int) -> bool:
    """Whether what an earlier month published is of another structure than this month's."""
    then, now = f"{month.year} M{earlier:02d}", f"{month.year} {month.code}"
    since = list(month.changes)
    if is_by_line(month):
        since += [row.text("from") for row in rows(month, "cost_centres")]
    return any(then < one <= now for one in since)


def position_rows(month: Month) -> list[Row]:
    """The position as a schedule: printed, or made of the ledger's lines for each place."""
    if not is_by_line(month):
        return rows(month, "position")
    found = []
    lines = booked(month)
    for place in month.columns:
        own = [line for line in lines if line.place == place]
        for name in dict.fromkeys(line.directorate for line in own):
            held = [line.row for line in own if line.directorate == name]
            found.append(Row({"place": place, "directorate": name}, amounts(held, POSITION)))
        if own:
            found.append(Row({"place": place, "directorate": "Total"}))
    return found


def overview_rows(month: Month) -> list[Row]:
    """The budget overview as a schedule: printed, or made of the ledger's lines."""
    if not is_by_line(month):
        return rows(month, "budget_overview")
    return [row for measure in ("ytd_budget", "ytd_actual") for row in _across(month, measure)]


def _across(month: Month, measure: str) -> Iterator[Row]:
    by_cell: dict[tuple[str, str], list[Row]] = {}
    for line in booked(month):
        by_cell.setdefault((line.directorate, line.place), []).append(line.row)
    for name in dict.fromkeys((*month.directorates, *(name for name, _ in by_cell))):
        sums = {p: amounts(by_cell.get((name, p), ()), (measure,)) for p in month.columns}
        made = {place: found[measure] for place, found in sums.items() if found}
        yield Row({"measure": measure, "directorate": name}, made)
    yield Row({"measure": measure, "directorate": "Total"})


def amounts(lines: Iterable[Row], measures: Iterable[str]) -> dict[str, Number]:
    """What lines come to by measure, to the penny: a blank is nil beside an amount of another."""
    held = list(lines)
    sums = {name: total_if_any(row.number(name) for row in held) for name in measures}
    return {name: Number(found.value) for name, found in sums.items() if found is not None}
