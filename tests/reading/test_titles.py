"""Titles: every form of a period and of a scale is held to the paper; a run date is no period."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from messes import ACUTE, HEAD, LEDGER, book, lines, sheet_rows

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading.contract import Contract, read_extract
from boardpack.reading.ledger_extract import read_ledger
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.title_periods import named_month, periods_said
from boardpack.reading.title_scale import scale_said

SEPTEMBER = Month(2024, 6)
HERE = Occasion(SEPTEMBER, "alderwick", {"alderwick": "Alderwick"})
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
FOLDER = Path("raw")

PERIODS = [
    # numbered periods, with the year after, before, elsewhere and not at all
    ("P05 2024/25", "2024/25 M05"),
    ("M5 24-25", "2024/25 M05"),
    ("M06/24-25", "2024/25 M06"),
    ("Month 06 23-24", "2023/24 M06"),
    ("Mth 6 2324", "2023/24 M06"),
    ("2024-25 M05", "2024/25 M05"),
    ("2425 P05", "2024/25 M05"),
    ("FY25 M05", "2024/25 M05"),
    ("Period 5 of FY25", "2024/25 M05"),
    ("Position at month 5, budget 2024/25", "2024/25 M05"),
    ("Month 5, 23/24 outturn", "2023/24 M05"),
    ("P05-24", "2023/24 M05"),
    ("P5 2024/25", "2024/25 M05"),
    ("Month: 5", "2024/25 M05"),
    ("Period 12", "2024/25 M12"),
    # spans: the last month counts
    ("Months 1 to 5", "2024/25 M05"),
    ("Months 1-5", "2024/25 M05"),
    ("M1-M5 2024/25", "2024/25 M05"),
    ("April to August 2024", "2024/25 M05"),
    ("Apr 24 - Aug 24", "2024/25 M05"),
    ("April 2024 to Month 5", "2024/25 M05"),
    ("Period: Apr-24 To Aug-24", "2024/25 M05"),
    ("Period 01/04/2024 to 31/08/2024", "2024/25 M05"),
    # calendar months
    ("SEP-24", "2024/25 M06"),
    ("Sept 2024", "2024/25 M06"),
    ("August 2024 YTD", "2024/25 M05"),
    ("2024 August", "2024/25 M05"),
    ("August 2024/25", "2024/25 M05"),
    ("January 2024/25", "2024/25 M10"),
    ("Jan '25", "2024/25 M10"),
    ("Period: AUG", "2024/25 M05"),
    ("August", "2024/25 M05"),
    # days that end a period
    ("YTD to 31/08/2024", "2024/25 M05"),
    ("YTD to 30/08/24", "2024/25 M05"),
    ("Year to date to 31 August 2024", "2024/25 M05"),
    ("as at 31st August 2024", "2024/25 M05"),
    ("Period ending 30-AUG-2024", "2024/25 M05"),
    ("Month ending: 08/31/2024", "2024/25 M05"),
    ("Run on 12/10/2024 for the period ending 2024-08-31", "2024/25 M05"),
    # compact
    ("Period|202405", "2024/25 M02"),
    ("202409", "2024/25 M06"),
    ("Period 05/2024", "2024/25 M02"),
    ("Quarter 2", "2024/25 M06"),
]
NO_PERIODS = [
    "Run on Oct 12, 2024 09:13",
    "Sep 30 2024",
    "Sep 30, 2024",
    "run 12 October 2023",
    "Printed Oct-24",
    "Report run: Oct 2024",
    "Date: 31/10/2024",
    "Report run 31/10/2024",
    "As at 12 October 2024",
    "Accruals to 12/10/2024",
    "Prepared for the board of 12 November 2024",
    "The budget may change in March",
    "Ledger 2011/12",
    "Page P1",
    "Cost centre 202405 and others",
    "Month 13 adjustments",
    "|March|Year to date",
    "202405|202406 and before",
    "Form M25, Room 12 of 14",
]


@pytest.mark.parametrize(("title", "month"), PERIODS)
def test_a_period_in_any_form_is_the_month_that_it_is(title: str, month: str) -> None:
    (first, *_) = periods_said(title.split("|"), SEPTEMBER)
    assert first[0].period == month


@pytest.mark.parametrize("title", NO_PERIODS)
def test_what_is_no_period_names_no_month(title: str) -> None:
    assert periods_said(title.split("|"), SEPTEMBER) == []


def test_a_form_that_may_be_read_in_two_ways_contradicts_only_in_both() -> None:
    (readings,) = periods_said(["Period", "202406"], SEPTEMBER)
    assert {month.period for month in readings} >= {"2024/25 M03", "2024/25 M06"}


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("July Drug Tariff Part VIIIA", Month(2024, 4)),
        ("November Drug Tariff Part VIIIA", Month(2024, 8)),
        ("March Drug Tariff", Month(2023, 12)),
        ("Drug Tariff Part VIIIA", None),
        ("Printed October", None),
        ("prices may change", None),
    ],
)
def test_a_month_without_a_year_is_the_nearest(title: str, month: Month | None) -> None:
    assert named_month(title, SEPTEMBER) == month


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("All figures in £000s", 1000),
        ("£'000", 1000),
        ("(£000)", 1000),
        ("Amounts in thousands", 1000),
        ("£ thousands", 1000),
        ("Ledger (£k)", 1000),
        ("£m", 1_000_000),
        ("All figures in £ millions", 1_000_000),
        ("Figures in £", 1),
        ("All amounts are in whole pounds", 1),
        ("Values in £000 unless stated", 1000),
        ("Prices in pence", Decimal("0.01")),
        ("Ledger position", None),
        ("Savings of £5m agreed", None),
        ("A surplus of £1,000", None),
    ],
)
def test_a_title_says_what_all_amounts_are_in(title: str, scale: Decimal | None) -> None:
    assert scale_said(title) == scale


def _told(tmp_path: Path, content: bytes, name: str = "ledger.csv", layout: str = "") -> str:
    """What is wrong with a ledger; blank where it is read."""
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / name).write_bytes(content)
    if layout:
        (tmp_path / "params").mkdir()
        (tmp_path / "params/layouts.yml").write_text(f"extracts: {{ledger: {layout}}}\n")
    try:
        read_extract(tmp_path, FOLDER, LEDGER, (), HERE)
    except InputFaults as error:
        return str(error)
    return ""


def test_a_scale_below_the_table_counts_too_and_a_declared_one_is_read(tmp_path: Path) -> None:
    content = lines(HEAD, ACUTE, ("All figures in £000s", "", "", "", ""))
    assert "row 3: found 'All figures in £000s" in _told(tmp_path, content)
    declared = _told_again(tmp_path, content, "{scale: thousands}")
    assert declared == ""


def _told_again(tmp_path: Path, content: bytes, layout: str) -> str:
    shutil.rmtree(tmp_path / FOLDER)
    return _told(tmp_path, content, layout=layout)


def test_a_sheet_may_say_the_month_and_the_unit_in_its_name(tmp_path: Path) -> None:
    def name(title: str) -> bytes:
        return book(*sheet_rows(), change=lambda made: setattr(made["Ledger"], "title", title))

    assert _told(tmp_path, name("Ledger Sep-24"), "ledger.xlsx") == ""
    shutil.rmtree(tmp_path / FOLDER)
    assert "the title says August 2024" in _told(tmp_path, name("Aug-24"), "ledger.xlsx")
    shutil.rmtree(tmp_path / FOLDER)
    assert "say £000s" in _told(tmp_path, name("Ledger £000"), "ledger.xlsx")


BALANCE = (
    (
        *("cost_centre", "cost_centre_description", "subjective", "subjective_description"),
        *("ytd_budget", "ytd_actual", "ytd_variance"),
        *("annual_budget", "forecast_outturn", "forecast_variance"),
    ),
    (
        *("929001", "ACUTE", "52100000", "CONTRACTS"),
        *("1200.50", "1300.50", "-100.00", "2401.00", "2601.00", "-200.00"),
    ),
)
"""A trial balance of one line."""


def _balance(tmp_path: Path, *titles: str) -> str:
    """What is wrong with a trial balance that has these lines above its table."""
    above = [title.split("|") for title in titles]
    return _ledger(tmp_path, lines(*above, *BALANCE))


def _ledger(tmp_path: Path, content: bytes) -> str:
    """What is wrong with a trial balance, by the contract of the real one; blank where nothing."""
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "ledger.csv").write_bytes(content)
    asked = cast(Any, SimpleNamespace(read_if_there=lambda contract: contract))
    contract = cast(Contract, read_ledger(asked))
    try:
        read_extract(tmp_path, FOLDER, contract, (), HERE)
    except InputFaults as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("P05 2024/25", "August 2024 (M05 2024/25)"),
        ("YTD to 31/08/2024", "August 2024 (M05 2024/25)"),
        ("Year to date to 31 August 2024", "August 2024 (M05 2024/25)"),
        ("Month 06 23-24", "September 2023 (M06 2023/24)"),
        ("Months 1 to 5", "August 2024 (M05 2024/25)"),
        ("Period|202405", "May 2024 (M02 2024/25)"),
    ],
)
def test_a_trial_balance_of_another_period_is_refused(
    tmp_path: Path, title: str, month: str
) -> None:
    told = _balance(tmp_path, title)
    assert "row 1" in told
    assert f"expected September 2024 (M06 2024/25); the title says {month}" in told


def test_a_trial_balance_whose_title_says_thousands_is_refused(tmp_path: Path) -> None:
    told = _balance(tmp_path, "All figures in £000s")
    assert "row 1: found 'All figures in £000s" in told
    assert "amounts in pounds" in told


@pytest.mark.parametrize(
    "title", ["Month 06 2024/25", "YTD to 30/09/2024", "Run on Oct 12, 2024 09:13", "Sep 30 2024"]
)
def test_a_trial_balance_of_this_month_or_with_a_run_date_is_read(
    tmp_path: Path, title: str
) -> None:
    assert _balance(tmp_path, "NHS Alderwick - Financial Position", title) == ""


def _case(tmp_path: Path, case: str, file: str) -> str:
    """What is wrong with a ledger of the small inputs beside this checkout."""
    if not CASES.is_dir():
        pytest.skip("the small inputs are not beside this checkout")
    return _ledger(tmp_path, (CASES / case / file).read_bytes())


@pytest.mark.parametrize("number", range(1, 7))
def test_a_ledger_of_another_period_is_refused(tmp_path: Path, number: int) -> None:
    told = _case(tmp_path, "12-title-of-another-period", f"ledger_{number}.csv")
    assert "row 1" in told
    assert "expected September 2024 (M06 2024/25); the title says" in told


def test_a_ledger_whose_title_says_thousands_is_refused(tmp_path: Path) -> None:
    told = _case(tmp_path, "11-scale-in-title", "ledger.csv")
    assert "row 1: found 'All figures in £000s" in told
    assert "amounts in pounds" in told


def test_a_ledger_with_an_american_run_date_is_read(tmp_path: Path) -> None:
    assert _case(tmp_path, "13-run-date-us", "ledger.csv") == ""
