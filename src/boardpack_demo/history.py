"""The years that are over: what was budgeted, spent and forecast in each month.

What demand drives at a place rises a little through each year, and more in winter; the centre's
contracts are paid in even parts but for noise. The team's forecast starts too low and comes nearer
to the outturn as the year goes on, as a team's forecasts do.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import CENTRAL
from boardpack_demo.budgets import NIL
from boardpack_demo.chance import Chance, pounds, shared
from boardpack_demo.icb import DIRECTORATES, GROWTH, START
from boardpack_demo.table import Cell, Table, table
from boardpack_demo.truth import Truth

YEARS = 3
WINTER = {9: Decimal("0.02"), 10: Decimal("0.03"), 11: Decimal("0.02")}
"""How much more is spent in December, January and February."""
RISE = Decimal("0.0008")
"""By how much spending rises from month to month."""
DEMAND_LED = ("prescribing", "continuing_care_services", "mental_health_services")
HEADER = (
    "financial_year month place directorate annual_budget ytd_budget ytd_actual forecast_outturn"
)


def outturn_history(truth: Truth) -> Table:
    """Every month of the years before this one by place and directorate, in whole pounds."""
    first, over = truth.all_years[0], truth.all_years[:-1]
    rows = [*_rows_before(first), *(row for year in over for row in _rows_of(year))]
    return table(HEADER, rows)


def _rows_of(truth: Truth) -> Iterator[tuple[Cell, ...]]:
    """A year of the demonstration that is over, as its ledgers had it, by its last structure."""
    for place in (*truth.body.places, CENTRAL):
        for line, label in DIRECTORATES.items():
            mine = [
                one
                for one in truth.lines
                if one.centre.place == place
                and one.centre.directorate_in(truth.counted(MONTHS_IN_YEAR)) == line
            ]
            for number in range(1, MONTHS_IN_YEAR + 1) if mine else ():
                amounts = (
                    pounds(sum((of(one, number) for one in mine), NIL))
                    for of in (
                        truth.annual_budget,
                        truth.ytd_budget,
                        truth.ytd_actual,
                        truth.forecast,
                    )
                )
                month = truth.month(number)
                yield month.year, month.code, place, label, *amounts


def _rows_before(truth: Truth) -> Iterator[tuple[Cell, ...]]:
    for start in range(START - YEARS, START):
        for place in (*truth.body.places, CENTRAL):
            for line, label in DIRECTORATES.items():
                opening = truth.total("annual_budget", 1, place, line)
                budget = pounds(opening / GROWTH ** (START - start)) if opening > 0 else NIL
                if budget:
                    yield from _year(truth.seed, start, (place, line, label), budget)


def _year(
    seed: int, start: int, at: tuple[str, str, str], budget: Decimal
) -> Iterator[tuple[Cell, ...]]:
    place, line, label = at
    chance = Chance(seed, "history", start, place, line)
    outturn = pounds(budget * (1 + chance.share("-0.0080", "0.0250")))
    spent, bias = NIL, chance.share("-0.0250", "0.0050")
    at_place = place != CENTRAL
    slope = _slope(seed, start, place) if at_place else NIL
    weights = _weights(chance, slope, is_led=at_place and line in DEMAND_LED)
    for number, cost in enumerate(shared(outturn, weights), start=1):
        spent += cost
        left = Decimal(MONTHS_IN_YEAR - number) / (MONTHS_IN_YEAR - 1)
        noise = chance.share("-0.0040", "0.0040")
        forecast = pounds(outturn * (1 + left * (bias + noise)))
        month = Month(start, number)
        to_date = pounds(budget * number / MONTHS_IN_YEAR)
        yield month.year, month.code, place, label, budget, to_date, spent, forecast


def _slope(seed: int, start: int, place: str) -> Decimal:
    """By how much a place's spending rises or falls from month to month in a year, all lines."""
    return Chance(seed, "history", start, place).share("-0.0020", "0.0040")


def _weights(chance: Chance, slope: Decimal, *, is_led: bool) -> list[Decimal]:
    """How a year's cost falls on its months."""
    found = []
    for number in range(1, MONTHS_IN_YEAR + 1):
        demand = RISE * number + WINTER.get(number, NIL) if is_led else NIL
        found.append(1 + slope * number + demand + chance.share("-0.0060", "0.0060"))
    return found
