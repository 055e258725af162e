"""Rates of packages beside last month's database: limits, what is compared, what is not said."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from homes import RAW, Record
from ledger_home import paper_of
from packages_home import packages_home, record, write

from boardpack.checks import Check
from boardpack.subjects.chc.packages_extract import FILE
from boardpack.subjects.chc.rates_checks import check_package_rates

BEFORE = RAW.parent / "M05"


def checks(home: Path, now: Iterable[Record], before: Iterable[Record]) -> tuple[Check, ...]:
    """The checks on the rates of a home with these packages this month and last."""
    found = list(before)
    packages_home(home, now)
    if found:
        (home / BEFORE).mkdir(parents=True, exist_ok=True)
        write(home / BEFORE / FILE, found[0], found)
    return check_package_rates(paper_of(home))


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ({"weekly_rate": "1000"}, False),
        ({"weekly_rate": "3000"}, False),
        ({"weekly_rate": "3000.03"}, True),
        ({"weekly_rate": "334"}, False),
        ({"weekly_rate": "333"}, True),
        ({"weekly_rate": "1000", "nhs_share": "30%"}, True),  # what is paid, not what it costs
        ({"weekly_rate": "4000", "nhs_share": "50%"}, False),
        ({"weekly_rate": "9000", "start_date": "02/06/2023"}, False),  # another rate
        ({"weekly_rate": "9000", "package_id": "P77"}, False),
    ],
)
def test_a_rate_that_runs_stands_about_as_it_was(
    tmp_path: Path, now: dict[str, str], is_open: bool
) -> None:
    then = {"weekly_rate": "1000", "nhs_share": "100%", "start_date": "01/06/2023"}
    (check,) = checks(
        tmp_path, [record(1, **{**then, **now}), record(2)], [record(1, **then), record(2)]
    )
    assert check.is_open == is_open


def test_without_last_months_database_nothing_is_compared(tmp_path: Path) -> None:
    assert checks(tmp_path, [record(1)], []) == ()


def test_a_finding_names_no_client_row_place_or_amount(tmp_path: Path) -> None:
    (check,) = checks(
        tmp_path, [record(1, weekly_rate="9876")], [record(1, weekly_rate="1000"), record(2)]
    )
    assert (check.is_open, check.severity) == (True, "warning")
    assert check.sentence.startswith(
        "chc_packages.csv has packages for which the NHS pays over 3 times a week, or under a"
        " third, of what last month's database said for the same package and first day. "
    )
    assert check.cause.startswith("Compare weekly_rate and nhs_share of this and last month's")
    told = f"{check.id} {check.title} {check.sentence} {check.cause}"
    secret = ("9876", "1000", "bromley", "Bromley", "row ", "PACKAGE", "CLIENT")
    assert [word for word in secret if word in told] == []
