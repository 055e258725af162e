"""A workbook reckoned again: every formula from the cells that it names, down to what is typed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

from boardpack.audit.reader.formula import Formula, NotReckoned, Value


class Reckoned(NamedTuple):
    """What each cell comes to, and why some come to nothing."""

    values: dict[Hashable, Value]
    faults: dict[Hashable, str]


def reckon(typed: Mapping[Hashable, Value], formulas: Mapping[Hashable, Formula]) -> Reckoned:
    """What every formula gives; by a loop, because formulas lean on formulas in long chains."""
    found = Reckoned(dict(typed), {})
    for start in formulas:
        waiting, under_way = [start], dict[Hashable, None]()
        while waiting:
            place = waiting[-1]
            if place in found.values or place in found.faults:
                waiting.pop()
                under_way.pop(place, None)
                continue
            needed = [one for one in formulas[place].needs if one in formulas]
            open_to = [one for one in needed if one not in found.values and one not in found.faults]
            if open_to and place not in under_way:
                under_way[place] = None
                waiting += open_to
            elif open_to:
                found.faults[place] = "its formula leads back to itself"
            else:
                _settle(place, formulas[place], needed, found)
    return found


def _settle(place: Hashable, formula: Formula, needed: list[Hashable], found: Reckoned) -> None:
    bad = next((one for one in needed if one in found.faults), None)
    if bad is not None:
        found.faults[place] = f"it leans on {bad}, which has no result"
        return
    try:
        result = formula.reckon(found.values.get)
    except (NotReckoned, OverflowError) as error:
        found.faults[place] = str(error)
        return
    found.values[place] = None if isinstance(result, list) else result


def is_close(one: Value, other: Value, size: float = 0.0) -> bool:
    """Whether two results agree but for what a spreadsheet's fifteen digits lose.

    `size` is that of the largest amount on the way, whose last digits a difference loses.
    """
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= max(1e-9 * max(abs(one), abs(other)), 1e-12 * size, 1e-6)
    return one == other
