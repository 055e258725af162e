"""The truth of a year of the demonstration: every ledger line in every month, from one seed.

Budget, actual and forecast of a line are exact pounds and pence. Prescribing follows what practices
prescribe, continuing care follows the packages, the reserves hold the whole in balance, and every
other line runs a little over or under its budget.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, cached_property

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import CENTRAL
from boardpack_demo.budgets import NIL, PRESCRIBED, Line, Movement, opening_lines, year_movements
from boardpack_demo.care import CARES, Care, beside
from boardpack_demo.chance import Chance, pence
from boardpack_demo.icb import RESERVES, START, month_of
from boardpack_demo.medicines import Medicines
from boardpack_demo.sizes import AS_EVER, Body
from boardpack_demo.tracker import Savings

SURPLUS = Decimal(6_000_000)
"""The planned surplus of the year, which the allocation holds and no budget does."""
AHEAD = Decimal(25_000)
"""What the ICB underspends a month."""
RATES = {
    "acute_services": "0.0030",
    "community_health_services": "-0.0040",
    "mental_health_services": "0.0180",
    "other_primary_care_services": "0",
    "other_programme_services": "-0.0100",
    "delegated_primary_care_services": "0.0010",
    "corporate_budgets": "-0.0450",
}
"""By how much a line runs over its budget (under, where negative), by directorate."""
MILDER = {"eddlestow": Decimal("0.2"), CENTRAL: Decimal("0.1")}


class Truth:
    """Everything that is true of a year of the demonstration; months are numbered 1 to 12.

    A year after the first goes on from the one `before`: `seed` draws what is new each year,
    `lasting_seed` what stays as it was.
    """

    def __init__(self, seed: int, before: Truth | None = None, body: Body = AS_EVER) -> None:
        self.lasting_seed, self.before = seed, before
        self.body = body
        self.years: int = 0 if before is None else before.years + 1
        self.seed = seed if before is None else seed * 10_000 + START + self.years
        self.care: Care = Care(self.seed, before.care if before else None, self.body)
        self.medicines: Medicines = Medicines(
            self.seed, before.medicines if before else None, self.body
        )
        self.savings = Savings(self.seed, self.body.sizes)
        self.lines = tuple(opening_lines(seed, self.care, self.medicines, self.years))
        self.movements = tuple(year_movements(self.lines, self.body.sizes))

    @property
    def all_years(self) -> tuple[Truth, ...]:
        """The truth of each year from the first to this one."""
        return (self,) if self.before is None else (*self.before.all_years, self)

    def counted(self, number: int) -> int:
        """A month of the year as it is counted on from the first of the demonstration."""
        return self.years * MONTHS_IN_YEAR + number

    def month(self, number: int) -> Month:
        """A month of the year; 0 is the March before."""
        return month_of(self.counted(number))

    def annual_budget(self, line: Line, number: int) -> Decimal:
        """The year's budget as it stands in a month."""
        return line.opening + sum(
            (m.amount for m in self._of_line.get(line.key, ()) if m.number <= number), NIL
        )

    @cached_property
    def _of_line(self) -> dict[tuple[str, str], list[Movement]]:
        found: dict[tuple[str, str], list[Movement]] = {}
        for movement in self.movements:
            found.setdefault(movement.line.key, []).append(movement)
        return found

    def ytd_budget(self, line: Line, number: int) -> Decimal:
        """Twelfths of the year's budget."""
        return pence(self.annual_budget(line, number) * number / 12)

    def ytd_actual(self, line: Line, number: int) -> Decimal:
        """What is spent to date."""
        if number == 0:
            return NIL
        if line.centre.code == RESERVES:
            return self._in_balance(number)[0] if line == self._reserve else NIL
        if line.centre.directorate == "continuing_care_services":
            return self._cared(line, number)
        if line.centre.directorate == "prescribing":
            return self._prescribed(line, number, is_year=False)
        return pence(self.ytd_budget(line, number) * (1 + self._over(line, number)))

    def forecast(self, line: Line, number: int) -> Decimal:
        """What will be spent in the year, as it looks in a month; in the last month, what was."""
        if number == 12:
            return self.ytd_actual(line, number)
        if line.centre.code == RESERVES:
            return self._in_balance(number)[1] if line == self._reserve else NIL
        if line.centre.directorate == "continuing_care_services":
            return self._care_forecast(line, number)
        if line.centre.directorate == "prescribing":
            return self._prescribed(line, number, is_year=True)
        left = self.annual_budget(line, number) * (12 - number) / 12
        return self.ytd_actual(line, number) + pence(left * (1 + self._over(line, 12)))

    def allocation(self, place: str, number: int) -> Decimal:
        """The allocation of a column in a month; the centre's holds the planned surplus too."""
        mine = (line for line in self.lines if line.centre.place == place)
        budgets = sum((self.annual_budget(line, number) for line in mine), NIL)
        return budgets + (SURPLUS if place == CENTRAL else NIL)

    def whole_allocation(self, number: int) -> Decimal:
        """The ICB's allocation in a month, nil for the start of the year."""
        return sum((self.allocation(place, number) for place in (*self.body.places, CENTRAL)), NIL)

    def total(self, measure: str, number: int, place: str = "", directorate: str = "") -> Decimal:
        """A measure of a place, a directorate or both; of the whole ICB where neither is said."""
        of = {
            "annual_budget": self.annual_budget,
            "ytd_budget": self.ytd_budget,
            "ytd_actual": self.ytd_actual,
            "forecast_outturn": self.forecast,
        }[measure]
        return sum(
            (
                of(line, number)
                for line in self.lines
                if place in ("", line.centre.place)
                and directorate in ("", line.centre.directorate_in(self.counted(number)))
            ),
            NIL,
        )

    @cached_property
    def _reserve(self) -> Line:
        return next(line for line in self.lines if line.centre.code == RESERVES)

    def _in_balance(self, number: int) -> tuple[Decimal, Decimal]:
        """What the reserves spend to date and in the year, so that the ICB stays a little under."""
        others = [line for line in self.lines if line.centre.code != RESERVES]
        reserves = [line for line in self.lines if line.centre.code == RESERVES]
        budget = sum((self.ytd_budget(line, number) for line in self.lines), NIL)
        spent = sum((self.ytd_actual(line, number) for line in others), NIL)
        to_date = budget - spent - AHEAD * number
        if number == 12:
            return to_date, to_date
        year = sum((self.annual_budget(line, number) for line in (*others, *reserves)), NIL)
        expected = sum((self.forecast(line, number) for line in others), NIL)
        return to_date, year - expected - AHEAD * 12

    def _over(self, line: Line, number: int) -> Decimal:
        place, directorate = line.centre.place, line.centre.directorate
        return _drift(self.seed, line.key, place, directorate, number)

    def _cared(self, line: Line, number: int) -> Decimal:
        """What the packages of a kind have cost; standard care has what stands beside them too."""
        spent = pence(self.care.cost(line.centre.place, line.description, 1, number))
        return spent + (beside(line.centre.place, number) if line.description == CARES[0] else NIL)

    def _care_forecast(self, line: Line, number: int) -> Decimal:
        """The year to date, and the average month to date for the months left."""
        spent = self.ytd_actual(line, number)
        return spent + pence(spent * (12 - number) / number)

    def _prescribed(self, line: Line, number: int, *, is_year: bool) -> Decimal:
        """As the medicines say, or as budgeted while no data of the year has come."""
        spend = self.medicines.spend(line.centre.place, number)
        if spend is None:
            return self.annual_budget(line, number) if is_year else self.ytd_budget(line, number)
        parts = PRESCRIBED[line.description]
        found = (spend.forecast(part) if is_year else spend.parts[part] for part in parts)
        return sum(found, NIL)


@cache
def _drift(seed: int, key: tuple[str, str], place: str, directorate: str, number: int) -> Decimal:
    """By how much of its budget a line runs over in a month, with a little of its own."""
    rate = Decimal(RATES[directorate]) * MILDER.get(place, Decimal(1))
    own = Chance(seed, "over", *key).share("-0.0010", "0.0010")
    return rate + own + Chance(seed, "wave", *key, number).share("-0.0005", "0.0005")


def truth_of(seed: int, months: int, body: Body = AS_EVER) -> tuple[Truth, ...]:
    """The truth of each year that so many months reach into."""
    found = [Truth(seed, body=body)]
    while found[-1].counted(MONTHS_IN_YEAR) < months:
        found.append(Truth(seed, found[-1], body))
    return tuple(found)
