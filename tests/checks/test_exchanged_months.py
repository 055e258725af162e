"""Past months that stand in each other's place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.checks.exchanged_months import exchanged_months
from boardpack.checks.last_month import Then
from boardpack.figures.figure import Figure
from boardpack.sources.cells import Cell
from small_books import read

FILE = "data/raw/2023-24/M06/programme_activity.csv"
STEM = "programmes.bexley.cancer"


def figure(number: int, value: str, measure: str = "spells_in_month") -> Figure:
    cell = Cell(FILE, None, 2, f"m{number:02d}", value)
    identity = f"{STEM}.{measure}.m{number:02d}"
    return read(identity, value, unit="COUNT", step="1", cell=cell)


def sentence(now: list[str], then: list[str], measure: str = "spells_in_month") -> str:
    pairs = {
        made.id: (made, Then(Decimal(was), ""))
        for number, (value, was) in enumerate(zip(now, then, strict=True), 1)
        for made in [figure(number, value, measure)]
    }
    return "".join(check.sentence for check in exchanged_months(pairs) if check.is_open)


@pytest.mark.parametrize(
    ("now", "then", "is_told"),
    [
        (["90", "100", "110"], ["90", "100", "110"], False),
        (["100", "90", "110"], ["90", "100", "110"], True),
        (["90", "110", "100"], ["90", "100", "110"], True),
        (["100", "91", "110"], ["90", "100", "110"], False),  # coded late
        (["101", "90", "110"], ["90", "100", "110"], False),
        (["100", "100", "110"], ["100", "100", "110"], False),  # of the same number nobody knows
        (["100", "110", "90"], ["90", "100", "110"], False),  # no two have each other's
    ],
)
def test_two_months_that_have_each_others_numbers_are_told(
    now: list[str], then: list[str], is_told: bool
) -> None:
    assert bool(sentence(now, then)) is is_told


def test_it_names_the_file_and_the_months() -> None:
    said = sentence(["100", "90"], ["90", "100"], "attendances_in_month")
    assert said.startswith("In programme_activity.csv two months of a line are exchanged: ")


def test_other_series_are_not_asked() -> None:
    assert not sentence(["100", "90"], ["90", "100"], "cost")
