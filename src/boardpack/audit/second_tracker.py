"""Savings recomputed a second time, from schedules or from the tracker's schemes.

Shares no code with the product (see second_reading). A savings variance is actual less plan. The
plan is every scheme's; what is identified is the plan of those that are not still to be found.
"""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.audit.second_ledger import exact
from boardpack.audit.second_numbers import (
    NIL,
    Number,
    Results,
    total_if_any,
)
from boardpack.audit.second_reading import Month, Row, is_there, rows


def efficiency_rows(month: Month) -> list[Row]:
    """The efficiency schemes by place: printed, or made of tracker and requirements."""
    if not is_there(month, "savings_tracker") or is_there(month, "efficiency_schemes"):
        return rows(month, "efficiency_schemes")
    schemes, found = rows(month, "savings_tracker"), []
    needed = [
        row
        for row in rows(month, "savings_requirements")
        if row.text("financial_year") == month.financial_year
    ]
    required = {
        place: _sum((r for r in needed if r.text("place") == place), ["annual_requirement"])
        for place in {row.text("place") for row in needed}
    }
    for place in month.places:
        own = [row for row in schemes if row.text("place") == place]
        known = [row for row in own if row.text("status") != "unidentified"]
        made = {
            "annual_requirement": required.get(place),
            "identified": _sum(known, _months("plan", 1, 12)) or (Number(NIL) if own else None),
            "ytd_plan": _sum(own, _months("plan", 1, month.number)),
            "ytd_actual": _sum(own, _months("actual", 1, month.number)),
        }
        if own or place in required:
            found.append(Row({"place": place}, _there(made)))
    return found


def savings_rows(month: Month) -> list[Row]:
    """Place savings by directorate: printed, or made; the forecast has actuals for months over."""
    if not is_there(month, "savings_tracker") or is_there(month, "place_savings"):
        return rows(month, "place_savings")
    schemes, found = rows(month, "savings_tracker"), []
    for place in dict.fromkeys(row.text("place") for row in schemes):
        there = [row for row in schemes if row.text("place") == place]
        for name in dict.fromkeys(row.text("directorate") for row in there):
            own = [row for row in there if row.text("directorate") == name]
            found.append(Row({"place": place, "directorate": name}, _line(month, own)))
        found.append(Row({"place": place, "directorate": "Total"}))
    return found


def savings(month: Month) -> Results:
    """What repeats every year and what does not, unless the month's reports state it."""
    found: Results = {}
    if not is_there(month, "savings_tracker"):
        return found
    stated = {
        tuple(row.text(column) for column in ("chapter", "place", "line", "measure"))
        for row in rows(month, "stated")
    }
    schemes = rows(month, "savings_tracker")
    for place in dict.fromkeys(row.text("place") for row in schemes):
        for word in ("recurrent", "non-recurrent"):
            line = word.replace("-", "_")
            asked = (place, word)
            own = [r for r in schemes if (r.text("place"), r.text("recurrent")) == asked]
            plan = _sum(own, _months("plan", 1, 12))
            if plan is not None and ("savings", place, line, "full_year_plan") not in stated:
                found[f"savings.{place}.{line}.full_year_plan"] = plan.value
    return found


def _line(month: Month, own: list[Row]) -> dict[str, Number]:
    over = _months("actual", 1, month.number)
    return _there(
        {
            "ytd_plan": _sum(own, _months("plan", 1, month.number)),
            "ytd_actual": _sum(own, over),
            "full_year_plan": _sum(own, _months("plan", 1, 12)),
            "full_year_forecast": _sum(own, [*over, *_months("forecast", month.number + 1, 12)]),
        }
    )


def _months(kind: str, first: int, last: int) -> list[str]:
    return [f"{kind}_m{number:02d}" for number in range(first, last + 1)]


def _sum(schemes: Iterable[Row], columns: Iterable[str]) -> Number | None:
    wanted = list(columns)
    added = total_if_any(row.number(column) for row in schemes for column in wanted)
    return None if added is None else exact(added)


def _there(made: dict[str, Number | None]) -> dict[str, Number]:
    return {name: item for name, item in made.items() if item is not None}
