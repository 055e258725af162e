"""The ledger's lines brought to places and directorates a second time, and what they add up to.

Shares no code with the product (see second_reading). A line belongs where its cost centre is mapped
in the month; spending is positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second.extracts import POSITION
from boardpack.audit.second.files import AS_AGREED
from boardpack.audit.second.numbers import NIL, Number, total_if_any
from boardpack.audit.second.reading import Month, Row, is_there, rows


class Booked(NamedTuple):
    """A line of the ledger, with the row of the mapping that its cost centre has in the month."""

    row: Row
    mapping: Row

    def belongs(self, column: str) -> str:
        """Its `place`, `directorate` or `group`."""
        return self.mapping.text(column)


def is_by_line(month: Month) -> bool:
    """Whether the month stands on ledger lines, and not on schedules."""
    return is_there(month, "ledger") and not is_there(month, "position")


def mapping(month: Month) -> dict[str, Row]:
    """Each cost centre's place, directorate and group in the month."""
    now = f"{month.year} {month.code}"
    found = {}
    for row in rows(month, "cost_centres"):
        if row.text("from") <= now <= (row.text("to") or now):
            found[row.text("cost_centre")] = row
    return found


def booked(month: Month) -> list[Booked]:
    """Every line of the ledger where it belongs; KeyError for a cost centre that has no mapping."""
    mapped = mapping(month)
    return [Booked(row, mapped[row.text("cost_centre")]) for row in rows(month, "ledger")]


def position_rows(month: Month) -> list[Row]:
    """The position as a schedule: printed, or made of the ledger's lines for each place."""
    if not is_by_line(month):
        return rows(month, "position")
    found = []
    lines = booked(month)
    for place in month.columns:
        own = [line for line in lines if line.belongs("place") == place]
        for name in dict.fromkeys(line.belongs("directorate") for line in own):
            held = [line for line in own if line.belongs("directorate") == name]
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
    lines = booked(month)
    used = (line.belongs("directorate") for line in lines)
    for name in dict.fromkeys((*month.directorates, *used)):
        made = {}
        for place in month.columns:
            where = (place, name)
            own = [li for li in lines if (li.belongs("place"), li.belongs("directorate")) == where]
            for found in amounts(own, (measure,)).values():
                made[place] = found
        yield Row({"measure": measure, "directorate": name}, made)
    yield Row({"measure": measure, "directorate": "Total"})


def corporate_rows(month: Month) -> list[Row]:
    """The corporate costs as a schedule: printed, or the cost centres that have a group."""
    if not is_by_line(month):
        return rows(month, "corporate_costs")
    found = []
    lines = [line for line in booked(month) if line.belongs("group")]
    for group in ("programme", "admin"):
        own = [line for line in lines if line.belongs("group") == group]
        nil = dict.fromkeys(amounts(own, POSITION), Number(NIL))  # a centre may have no budget
        for code in sorted({line.row.text("cost_centre") for line in own}):
            held = [line for line in own if line.row.text("cost_centre") == code]
            words = {"group": group, "cost_centre": code.lower()}
            found.append(Row(words, {**nil, **amounts(held, POSITION)}))
    return found


def amounts(lines: Iterable[Booked], measures: Iterable[str]) -> dict[str, Number]:
    """What lines come to by measure: a blank is nil beside an amount of another line."""
    held = list(lines)
    sums = {name: total_if_any(line.row.number(name) for line in held) for name in measures}
    return {name: exact(found) for name, found in sums.items() if found is not None}


def exact(found: Number) -> Number:
    """A number of a system's own: it is to the penny, and nothing of it was rounded."""
    return Number(found.value)


def moved_since(month: Month, earlier: int, place: str, line: str) -> Decimal | None:
    """How a variance published for an earlier month differs on this month's map of cost centres.

    None where a cost centre has moved and the ledger of then is not there to say.
    """
    then = month._replace(number=earlier)
    if not is_by_line(month):
        return Decimal(0)
    before, now = mapping(then), mapping(month)
    codes = {
        code: _is_in(now[code], place, line) - _is_in(before[code], place, line)
        for code in now
        if code in before
    }
    touched = {code: sign for code, sign in codes.items() if sign}
    if not touched:
        return Decimal(0)
    if not is_there(then, "ledger"):
        return None
    layout = month.ledgers.get(earlier, AS_AGREED)
    lines = rows(then._replace(layouts={**month.layouts, "ledger": layout}), "ledger")
    return sum((touched.get(r.text("cost_centre"), 0) * _variance(r) for r in lines), Decimal(0))


def _is_in(mapped: Row, place: str, line: str) -> int:
    is_of_place = place in (mapped.text("place"), "icb")
    return int(is_of_place and line in (mapped.text("directorate"), "total"))


def _variance(row: Row) -> Decimal:
    budget, actual = row.number("ytd_budget"), row.number("ytd_actual")
    return (budget.value if budget else Decimal(0)) - (actual.value if actual else Decimal(0))
