"""Schedules made from the ledger where the month's folder holds its lines and not the schedule.

Each amount is the exact sum of ledger cells and keeps them all. Totals and variances are left to
the figures, which compute them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from boardpack.core.structure import CENTRAL
from boardpack.reading.cost_centres_extract import GROUPS
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import AMOUNTS, read_ledger
from boardpack.subjects.ledger.mapped_ledger import Centre, mapped_centres, summed, summed_or_nil

TO_DATE = ("ytd_budget", "ytd_actual")
TOTAL = "Total"
Key = TypeVar("Key", bound=Hashable)


def make_position(folder: Folder) -> Extract:
    """The position of every place and of the central column: a row for each directorate in use."""
    return _made(folder, _position_rows(folder, AMOUNTS))


def _position_rows(folder: Folder, measures: Sequence[str]) -> Iterator[Row]:
    held = _grouped((one.mapping["place"], one) for one in mapped_centres(folder))
    for place in (*folder.report.places, CENTRAL):
        directorates = _grouped((one.mapping["directorate"], one) for one in held.get(place, ()))
        for directorate, label in folder.report.directorates.items():
            if directorate in directorates:
                amounts = _amounts(directorates[directorate], measures)
                yield Row(0, {"place": place, "directorate": label}, amounts)
        if directorates:
            yield Row(0, {"place": place, "directorate": TOTAL}, {})


def make_budget_overview(folder: Folder) -> Extract:
    """Budget and actual to date of what a place, or the centre, has; every place has a total."""
    rows = [row for row in _position_rows(folder, TO_DATE) if row.amounts]
    there = dict.fromkeys((*folder.report.places, *(row["place"] for row in rows)))
    totals = (Row(0, {"place": place, "directorate": TOTAL}, {}) for place in there)
    return _made(folder, (*rows, *totals))


def make_corporate_costs(folder: Folder) -> Extract:
    """The cost centres that have a group, by group and code, under their names in the mapping.

    A cost centre may well have no budget, or nothing spent; a column in which no cost centre of a
    group has an amount is absent.
    """
    return _made(folder, _corporate_rows(folder))


def _corporate_rows(folder: Folder) -> Iterator[Row]:
    held = _grouped(
        ((one.mapping["group"], one.mapping["cost_centre"]), one)
        for one in mapped_centres(folder)
        if one.mapping["group"]
    )
    for group, code in sorted(held, key=lambda key: (GROUPS.index(key[0]), key[1])):
        (centre,) = held[group, code]
        of_group = [own for (one, _), (own,) in held.items() if one == group]
        supplied = [measure for measure in AMOUNTS if summed(of_group, measure) is not None]
        words = {
            "group": group,
            "cost_centre": code.lower(),
            "description": centre.mapping["description"],
        }
        yield Row(0, words, {measure: summed_or_nil(centre, measure) for measure in supplied})


def _made(folder: Folder, rows: Iterable[Row]) -> Extract:
    ledger = read_ledger(folder)
    return Extract(ledger.file, ledger.sha256, tuple(rows))


def _amounts(centres: Sequence[Centre], measures: Sequence[str]) -> dict[str, Value]:
    found = {measure: summed(centres, measure) for measure in measures}
    return {measure: value for measure, value in found.items() if value is not None}


def _grouped(pairs: Iterable[tuple[Key, Centre]]) -> dict[Key, list[Centre]]:
    found: dict[Key, list[Centre]] = defaultdict(list)
    for key, centre in pairs:
        found[key].append(centre)
    return dict(found)
