"""Past months that stand in each other's place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from small_books import read

from boardpack.checks.exchanged_months import exchanged_months
from boardpack.checks.last_month import Then
from boardpack.figures.figure import Figure
from boardpack.reading.cells import Cell

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


def test_each_line_is_a_series_and_a_file_is_told_once_with_how_many() -> None:
    pairs: dict[str, tuple[Figure, Then]] = {}
    for line in ("cancer", "stroke", "asthma"):
        for number, (now, was) in enumerate(zip((100, 90), (90, 100), strict=True), 1):
            made = figure(number, str(now if line != "asthma" else was))
            made = replace(made, id=made.id.replace("cancer", line))
            pairs[made.id] = (made, Then(Decimal(was), ""))
    (check,) = exchanged_months(pairs)
    assert check.sentence.startswith(
        "In programme_activity.csv two months of 2 lines are exchanged: "
    )
    assert check.sentence.endswith(" and gives none what another had.")
    assert (check.severity, check.cause) == (
        "warning",
        "See whether two months are exchanged in the file.",
    )


def test_months_of_two_lines_are_not_held_to_each_other() -> None:
    one, other = figure(1, "100"), figure(2, "90")
    other = replace(other, id=other.id.replace("cancer", "stroke"))
    pairs = {one.id: (one, Then(Decimal(90), "")), other.id: (other, Then(Decimal(100), ""))}
    assert not [check for check in exchanged_months(pairs) if check.is_open]
