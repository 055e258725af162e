"""Savings totals a second time, from schedules or from the tracker's schemes.

A savings variance is actual less plan. The plan is every scheme's; what is identified is the plan
of those that are not still to be found.
"""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.audit.second.numbers import (
    NIL,
    THOUSAND,
    Number,
    Results,
    settled,
    total,
    total_if_any,
)
from boardpack.audit.second.position import Line, table
from boardpack.audit.second.records import Month, Row, rows, stands_for

PAIRS = (
    ("ytd_variance", "ytd_actual", "ytd_plan"),
    ("full_year_variance", "full_year_forecast", "full_year_plan"),
)
EFFICIENCY = (
    ("unidentified", "identified", "annual_requirement"),
    ("ytd_variance", "ytd_actual", "ytd_plan"),
)


def savings(month: Month) -> Results:
    """Savings of each place by directorate and in total."""
    found: Results = {}
    listed = _savings_rows(month)
    for place in dict.fromkeys(row.text("place") for row in listed):
        own = [row for row in listed if row.text("place") == place]
        table(found, month, f"savings.{place}", own, PAIRS)
    return found


def efficiency(month: Month) -> Results:
    """What each place and the ICB must save, have found, and have delivered."""
    found: Results = {}
    listed = {row.text("place"): row for row in _efficiency_rows(month)}
    printed = listed.pop("icb", Row({}))
    places: list[Line] = []
    for place, row in listed.items():
        places.append(_delivered(found, place, row, None))
    if places:
        _delivered(found, "icb", printed, places)
    return found


def _delivered(found: Results, place: str, row: Row, parts: list[Line] | None) -> Line:
    """The numbers of a place as its row says them, of all as their sum; and what they lack."""
    name, line = f"efficiency.{place}.total", Line()
    for difference, one, other in EFFICIENCY:
        for measure in (one, other):
            said = row.number(measure, THOUSAND)
            computed = said if parts is None else total(part.get(measure) for part in parts)
            if computed is not None:
                found[f"{name}.{measure}"] = computed.value
                line[measure] = settled(computed, said)
        if one in line and other in line:
            found[f"{name}.{difference}"] = line[one].less(line[other]).value
    return line


def _savings_rows(month: Month) -> list[Row]:
    """Place savings by directorate: printed, or made; the forecast has actuals for months over."""
    if not stands_for(month, "savings_tracker", "place_savings"):
        return rows(month, "place_savings")
    found = []
    own: dict[tuple[str, str], list[Row]] = {}
    for row in rows(month, "savings_tracker"):
        own.setdefault((row.text("place"), row.text("directorate")), []).append(row)
    to_date, to_come = range(1, month.number + 1), range(month.number + 1, 13)
    for (place, directorate), schemes in own.items():
        actual = [f"actual_m{n:02d}" for n in to_date]
        made = {
            "ytd_plan": _sum(schemes, (f"plan_m{n:02d}" for n in to_date)),
            "ytd_actual": _sum(schemes, actual),
            "full_year_plan": _sum(schemes, (f"plan_m{n:02d}" for n in range(1, 13))),
            "full_year_forecast": _sum(
                schemes, (*actual, *(f"forecast_m{n:02d}" for n in to_come))
            ),
        }
        found.append(Row({"place": place, "directorate": directorate}, _there(made)))
    totals = dict.fromkeys(place for place, _ in own)
    return [*found, *(Row({"place": place, "directorate": "Total"}) for place in totals)]


def _efficiency_rows(month: Month) -> list[Row]:
    """The efficiency schemes by place: printed, or made of tracker and requirements."""
    if not stands_for(month, "savings_tracker", "efficiency_schemes"):
        return rows(month, "efficiency_schemes")
    schemes, found = rows(month, "savings_tracker"), []
    year = month.financial_year
    needed = [r for r in rows(month, "savings_requirements") if r.text("financial_year") == year]
    for place in month.places:
        own = [row for row in schemes if row.text("place") == place]
        required = [row for row in needed if row.text("place") == place]
        known = [row for row in own if row.text("status") != "unidentified"]
        year_to_date = range(1, month.number + 1)
        planned = _sum(known, (f"plan_m{n:02d}" for n in range(1, 13)))
        made = {
            "annual_requirement": _sum(required, ["annual_requirement"]),
            "identified": planned or (Number(NIL) if own else None),
            "ytd_plan": _sum(own, (f"plan_m{n:02d}" for n in year_to_date)),
            "ytd_actual": _sum(own, (f"actual_m{n:02d}" for n in year_to_date)),
        }
        if own or required:
            found.append(Row({"place": place}, _there(made)))
    return found


def _sum(held: Iterable[Row], columns: Iterable[str]) -> Number | None:
    """What some cells of some rows come to, to the penny; None where all are blank."""
    wanted = list(columns)
    added = total_if_any(row.number(column) for row in held for column in wanted)
    return None if added is None else Number(added.value)


def _there(made: dict[str, Number | None]) -> dict[str, Number]:
    return {name: item for name, item in made.items() if item is not None}
