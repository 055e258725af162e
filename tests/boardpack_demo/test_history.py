"""The past years of the demonstration: whole, the same for a seed, and ending as they say."""

from __future__ import annotations

from boardpack_demo.history import YEARS, outturn_history
from boardpack_demo.icb import DIRECTORATES, PLACES, START
from boardpack_demo.make import SEED
from boardpack_demo.truth import Truth
from demo_homes import the_truth


def test_every_line_of_every_year_has_twelve_months() -> None:
    rows = outturn_history(the_truth()).rows
    years = {row[0] for row in rows}
    assert years == {f"{s}/{(s + 1) % 100:02d}" for s in range(START - YEARS, START)}
    places = {(row[2], row[3]) for row in rows if row[2] in PLACES}
    assert len(places) == len(PLACES) * len(DIRECTORATES)
    lines = {(row[0], row[2], row[3]) for row in rows}
    assert len(rows) == len(lines) * 12


def test_a_year_ends_at_its_forecast_and_never_runs_backwards() -> None:
    spent: dict[tuple[str, ...], int] = {}
    for year, month, place, label, _, _, actual, forecast in outturn_history(the_truth()).rows:
        key = (year, place, label)
        assert int(actual) > spent.get(key, 0)
        spent[key] = int(actual)
        if month == "M12":
            assert forecast == actual


def test_a_seed_gives_the_same_years_again_and_another_seed_others() -> None:
    first = outturn_history(the_truth()).bytes()
    assert outturn_history(Truth(SEED)).bytes() == first
    assert outturn_history(Truth(SEED + 1)).bytes() != first
