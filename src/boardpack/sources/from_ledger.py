"""Schedules made from the ledger where the month's folder holds its lines and not the schedule.

Each amount is the exact sum of ledger cells and keeps them all. Totals and variances are left to
the figures, which compute them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from boardpack.sources.cost_centres import GROUPS
from boardpack.sources.extract import Extract, Row, Value
from boardpack.sources.folder import Folder
from boardpack.sources.ledger import AMOUNTS, read_ledger
from boardpack.sources.mapped_ledger import Line, mapped_lines, summed, summed_or_nil
from boardpack.structure import CENTRAL

TO_DATE = ("ytd_budget", "ytd_actual")
TOTAL = "Total"
Key = TypeVar("Key", bound=Hashable)


def make_position(folder: Folder) -> Extract:
    """The position of every place and of the central column: a row for each directorate in use."""
    return _made(folder, _position_rows(folder, AMOUNTS))


def _position_rows(folder: Folder, measures: Sequence[str]) -> Iterator[Row]:
    held = _grouped((line.mapping["place"], line) for line in mapped_lines(folder))
    for place in (*folder.report.places, CENTRAL):
        directorates = _grouped((line.mapping["directorate"], line) for line in held.get(place, ()))
        for directorate, label in folder.report.directorates.items():
            if directorate in directorates:
                amounts = _amounts(directorates[directorate], measures)
                yield _row({"place": place, "directorate": label}, amounts)
        if directorates:
            yield _row({"place": place, "directorate": TOTAL}, {})


def make_budget_overview(folder: Folder) -> Extract:
    """Budget and actual to date of what a place, or the centre, has; every place has a total."""
    rows = [row for row in _position_rows(folder, TO_DATE) if row.amounts]
    there = dict.fromkeys((*folder.report.places, *(row["place"] for row in rows)))
    totals = (_row({"place": place, "directorate": TOTAL}, {}) for place in there)
    return _made(folder, (*rows, *totals))


def make_corporate_costs(folder: Folder) -> Extract:
    """The cost centres that have a group, by group and code, under their names in the mapping.

    A cost centre may well have no budget, or nothing spent; a column in which no cost centre of a
    group has an amount is absent.
    """
    return _made(folder, _corporate_rows(folder))


def _corporate_rows(folder: Folder) -> Iterator[Row]:
    held = _grouped(
        ((line.mapping["group"], line.mapping["cost_centre"]), line)
        for line in mapped_lines(folder)
        if line.mapping["group"]
    )
    for group, code in sorted(held, key=lambda key: (GROUPS.index(key[0]), key[1])):
        lines = held[group, code]
        of_group = [line for (one, _), own in held.items() if one == group for line in own]
        supplied = [measure for measure in AMOUNTS if summed(of_group, measure) is not None]
        words = {
            "group": group,
            "cost_centre": code.lower(),
            "description": lines[0].mapping["description"],
        }
        yield _row(words, {measure: summed_or_nil(lines, measure) for measure in supplied})


def _made(folder: Folder, rows: Iterable[Row]) -> Extract:
    ledger = read_ledger(folder)
    return Extract(ledger.file, ledger.sha256, tuple(rows))


def _row(words: dict[str, str], amounts: dict[str, Value]) -> Row:
    return Row(0, words, amounts)


def _amounts(lines: Sequence[Line], measures: Sequence[str]) -> dict[str, Value]:
    return _there({measure: summed(lines, measure) for measure in measures})


def _there(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def _grouped(pairs: Iterable[tuple[Key, Line]]) -> dict[Key, list[Line]]:
    found: dict[Key, list[Line]] = defaultdict(list)
    for key, line in pairs:
        found[key].append(line)
    return dict(found)
