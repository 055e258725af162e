"""The budgets of the demonstration year: ledger lines as the year opens, and what moves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.structure import CENTRAL
from boardpack_demo.care import FNC, KINDS, Care
from boardpack_demo.chance import Chance, pounds
from boardpack_demo.icb import GROWTH, RESERVES, Centre, centres
from boardpack_demo.medicines import Medicines

NIL = Decimal(0)
BUDGET, ADJUSTMENT, ALLOCATION = "budget", "internal_adjustment", "allocation"
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


def opening_lines(seed: int, care: Care, medicines: Medicines, years: int) -> Iterator[Line]:
    """Every ledger line with its opening budget, by cost centre and account; it grows by year."""
    for centre, opening in centres(care.body.sizes):
        grown = pounds(opening * GROWTH**years) if years else opening
        for name, amount in _accounts(seed, care, medicines, centre, grown):
            yield Line(centre, f"52{_number(name)}", name, amount)


def year_movements(lines: Sequence[Line], sizes: Mapping[str, Decimal]) -> Iterator[Movement]:
    """Every movement of the year; what goes to places between columns comes from the reserves."""
    reserves = next(line for line in lines if line.centre.code == RESERVES)
    for number, movement, item, ending, where, thousands in _MOVEMENTS:
        moved = NIL
        for line in _receiving(lines, ending, where):
            size = sizes.get(line.centre.place, Decimal(1))
            amount = Decimal(int(thousands * size)) * 1000
            moved += amount
            yield Movement(number, movement, item, line, amount)
        if movement == ADJUSTMENT:
            yield Movement(number, movement, item, reserves, -moved)


def _receiving(lines: Sequence[Line], ending: str, where: str) -> Iterator[Line]:
    """The first line of each cost centre whose code ends so, in the columns that are meant."""
    seen = set()
    for line in lines:
        is_central = line.centre.place == CENTRAL
        wanted = where == "all" or (where == "centre") == is_central
        if line.centre.code.endswith(ending) and wanted and line.centre.code not in seen:
            seen.add(line.centre.code)
            yield line


def _accounts(
    seed: int, care: Care, medicines: Medicines, centre: Centre, opening: Decimal
) -> list[tuple[str, Decimal]]:
    """The accounts of a cost centre with their opening budgets."""
    if centre.directorate == "continuing_care_services":
        budgets, is_fnc = care.budget(centre.place), centre.description.startswith("FUNDED")
        return [(kind, budgets[kind]) for kind in KINDS if (kind == FNC) == is_fnc]
    if centre.directorate == "prescribing":
        whole = medicines.annual_budget(centre.place)
        drugs = whole // 3100 * 100
        amounts = (whole - drugs, drugs, NIL, NIL)
        return list(zip(PRESCRIBED, amounts, strict=True))
    names = _OFFICE if centre.group else _ACCOUNTS
    split = Chance(seed, "budget", centre.code).split(opening, len(names))
    return list(zip(names, split, strict=True))


def _number(name: str) -> str:
    known = (*_ACCOUNTS, *_OFFICE, *PRESCRIBED, *KINDS)
    return f"{1000 + 17 * known.index(name)}00"
