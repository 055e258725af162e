"""The truth of the demonstration year: every ledger line in every month, from one seed.

Budget, actual and forecast of a line are exact pounds and pence. Prescribing follows what practices
prescribe, continuing care follows the packages, the reserves hold the whole in balance, and every
other line runs a little over or under its budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from boardpack.demo.care import FNC, KINDS, Care
from boardpack.demo.chance import Chance, pence
from boardpack.demo.icb import PLACES, RESERVES, SIZES, Centre, centres
from boardpack.demo.medicines import Medicines
from boardpack.demo.tracker import Savings
from boardpack.params import CENTRAL

SURPLUS = Decimal(6_000_000)
"""The planned surplus of the year, which the allocation holds and no budget does."""
AHEAD = Decimal(25_000)
"""What the ICB underspends a month."""
NIL = Decimal(0)
BUDGET, ADJUSTMENT, ALLOCATION = "budget", "internal_adjustment", "allocation"
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
PRESCRIBED = {
    "FP10 PRESCRIBING": ("pmd_excl_cat_m_ncso", "cat_m_ncso", "pmd_ipp_difference"),
    "CENTRAL DRUGS": ("central_drugs",),
    "FLU VACCINE INCOME": ("flu_income",),
    "PRIOR YEAR PRESCRIBING": ("prior_year",),
}
_ACCOUNTS = (
    "NHS CONTRACTS",
    "INDEPENDENT SECTOR",
    "VOLUNTARY SECTOR",
    "LOCAL AUTHORITIES",
    "OTHER CLINICAL",
)
_OFFICE = ("PAY - PERMANENT", "PAY - AGENCY", "TRAVEL", "CONSULTANCY", "OFFICE COSTS")


@dataclass(frozen=True)
class Line:
    """A ledger line: its cost centre, account, and budget at the start of the year in pounds."""

    centre: Centre
    subjective: str
    description: str
    opening: Decimal

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart: cost centre and subjective."""
        return self.centre.code, self.subjective


@dataclass(frozen=True)
class Movement:
    """A change of a line's budget in a month of the year; `item` says what it was for."""

    number: int
    movement: str
    item: str
    line: Line
    amount: Decimal

    @property
    def place(self) -> str:
        """The column of the resource limit that it changes."""
        return self.line.centre.place


_MOVEMENTS = (
    (1, ALLOCATION, "Pay award", "61", "all", 420),
    (2, ALLOCATION, "Service development fund", "21", "all", 310),
    (2, ADJUSTMENT, "Primary care access", "51", "places", 240),
    (3, ALLOCATION, "Elective recovery", "01", "centre", 9_400),
    (4, ALLOCATION, "Virtual wards", "11", "all", 280),
    (5, ALLOCATION, "Dental access", "71", "centre", 760),
    (5, ADJUSTMENT, "Discharge funding", "12", "places", 350),
    (6, ALLOCATION, "Diabetes pilot", "51", "centre", 190),
    (7, ALLOCATION, "Winter resilience", "12", "places", 180),
    (8, ALLOCATION, "Cancer alliance", "01", "centre", 640),
    (9, ALLOCATION, "Mental health crisis", "21", "all", 150),
    (9, ADJUSTMENT, "Equipment demand", "13", "places", 120),
    (10, ALLOCATION, "Screening uptake", "51", "centre", 95),
    (11, ALLOCATION, "Depreciation support", "61", "centre", 1_200),
    (12, ALLOCATION, "Year-end technical", "61", "centre", 330),
)
"""Month, movement, item, end of the cost centre's code, where, and thousands of pounds."""


class Truth:
    """Everything that is true of the demonstration year."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.care, self.medicines, self.savings = Care(seed), Medicines(seed), Savings(seed)
        self.lines = tuple(self._lines())
        self.movements = tuple(self._movements())

    def _lines(self) -> Iterator[Line]:
        for centre, opening in centres():
            yield from _accounts(self, centre, opening)

    def _movements(self) -> Iterator[Movement]:
        reserves = next(line for line in self.lines if line.centre.code == RESERVES)
        for number, movement, item, ending, where, thousands in _MOVEMENTS:
            moved = NIL
            for line in self._receiving(ending, where):
                size = SIZES.get(line.centre.place, Decimal(1))
                amount = Decimal(int(thousands * size)) * 1000
                moved += amount
                yield Movement(number, movement, item, line, amount)
            if movement == ADJUSTMENT:
                yield Movement(number, movement, item, reserves, -moved)

    def _receiving(self, ending: str, where: str) -> Iterator[Line]:
        """The first line of each cost centre whose code ends so, in the columns that are meant."""
        seen = set()
        for line in self.lines:
            is_central = line.centre.place == CENTRAL
            wanted = where == "all" or (where == "centre") == is_central
            if line.centre.code.endswith(ending) and wanted and line.centre.code not in seen:
                seen.add(line.centre.code)
                yield line

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
            return pence(self.care.cost(line.centre.place, line.description, 1, number))
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
        return sum((self.allocation(place, number) for place in (*PLACES, CENTRAL)), NIL)

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
                and directorate in ("", line.centre.directorate_in(number))
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
        chance = Chance(self.seed, "over", *line.key)
        rate = Decimal(RATES[directorate]) * MILDER.get(place, Decimal(1))
        own = chance.share("-0.0010", "0.0010")
        wave = Chance(self.seed, "wave", *line.key, number).share("-0.0005", "0.0005")
        return rate + own + wave

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


def _accounts(truth: Truth, centre: Centre, opening: Decimal) -> list[Line]:
    if centre.directorate == "continuing_care_services":
        budgets = truth.care.budget(centre.place)
        is_fnc = centre.description.startswith("FUNDED")
        kinds = [kind for kind in KINDS if (kind == FNC) == is_fnc]
        parts = [(kind, budgets[kind]) for kind in kinds]
    elif centre.directorate == "prescribing":
        whole = truth.medicines.annual_budget(centre.place)
        drugs = whole // 3100 * 100
        parts = [(name, NIL) for name in PRESCRIBED]
        parts[:2] = [("FP10 PRESCRIBING", whole - drugs), ("CENTRAL DRUGS", drugs)]
    else:
        names = _OFFICE if centre.group else _ACCOUNTS
        split = Chance(truth.seed, "budget", centre.code).split(opening, len(names))
        parts = list(zip(names, split, strict=True))
    return [Line(centre, f"52{_number(name)}", name, amount) for name, amount in parts]


def _number(name: str) -> str:
    known = (*_ACCOUNTS, *_OFFICE, *PRESCRIBED, *KINDS)
    return f"{1000 + 17 * known.index(name)}00"
