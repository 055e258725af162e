"""What systems call a month or a place: periods of the trial balance, and places by their name."""

from __future__ import annotations

from pathlib import Path

import pytest
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading.title_periods import month_so_far
from boardpack.subjects.forecast.risks_extract import read_risks
from boardpack.subjects.ledger.trial_balance_extract import read_trial_balance

SEPTEMBER = Month(2023, 6)
BALANCE = "entity,cost_centre,subjective,analysis_1,analysis_2,period,in_month,ytd\n"
RISKS = "ref,place,risk,line,owner_role,mitigation,status\n"

MONTHS = [
    ("M06", "M06"),
    ("m6", "M06"),
    ("P06", "M06"),
    ("P06-2324", "M06"),
    ("Period 6", "M06"),
    ("6", "M06"),
    ("06", "M06"),
    ("SEP-23", "M06"),
    ("Sept 23", "M06"),
    ("September 2023", "M06"),
    ("September", "M06"),
    ("2023-24 M05", "M05"),
    ("M05 2023/24", "M05"),
    ("APR-23", "M01"),
    ("2023-09-01", "M06"),
    ("01/09/2023", "M06"),
    ("202309", "M06"),
]
NO_MONTHS = ["OCT-23", "SEP-22", "M07", "P13", "Adj-23", "202306", "202304", "06-2023", ""]


@pytest.mark.parametrize(("text", "code"), MONTHS)
def test_a_month_of_the_year_so_far_in_any_form(text: str, code: str) -> None:
    found = month_so_far(text, SEPTEMBER)
    assert found is not None
    assert (found.start, found.code) == (2023, code)


@pytest.mark.parametrize("text", NO_MONTHS)
def test_a_month_to_come_or_said_in_two_ways_is_none(text: str) -> None:
    assert month_so_far(text, SEPTEMBER) is None


def _balance(home: Path, *periods: str) -> list[str]:
    rows = "".join(f"E1,,{n},,,{period},1.00,1.00\n" for n, period in enumerate(periods))
    found = read_trial_balance(item_folder(home, {"trial_balance.csv": BALANCE + rows}))
    return [row["period"] for row in found]


def test_a_trial_balance_is_read_with_its_own_periods(tmp_path: Path) -> None:
    assert _balance(tmp_path, "AUG-23", "SEP-23") == ["M05", "M06"]


def test_a_period_that_may_be_two_months_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as caught:
        _balance(tmp_path, "SEP-23", "202306")
    assert (
        "row 3, column period: found '202306'; expected a known period: one month, up to M06. "
        "Write it as M06 or September 2023."
    ) in str(caught.value)


def test_a_trial_balance_of_another_month_is_refused_still(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="rows of this month, M06"):
        _balance(tmp_path, "AUG-23")


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("bromley", "bromley"),
        ("Bromley", "bromley"),
        ("BROMLEY", "bromley"),
        ("South East London ICB", "icb"),
        ("icb", "icb"),
        ("ICB", "icb"),
    ],
)
def test_a_place_is_known_by_its_own_name(tmp_path: Path, label: str, slug: str) -> None:
    text = f"{RISKS}R1,{label},Prices rise,Prescribing,,,open\n"
    (row,) = read_risks(item_folder(tmp_path, {"risks.csv": text}))
    assert row["place"] == slug
    assert row.cells["place"].text == label


def test_an_unknown_place_is_refused_with_the_nearest(tmp_path: Path) -> None:
    text = f"{RISKS}R1,Bromly,Prices rise,Prescribing,,,open\n"
    with pytest.raises(InputFaults, match="Did you mean 'bromley'"):
        read_risks(item_folder(tmp_path, {"risks.csv": text}))
