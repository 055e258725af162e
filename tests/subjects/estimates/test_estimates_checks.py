"""Estimates beside last month's file: open, settled, gone, and what they came to."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from homes import PROJECT, RAW
from ledger_home import paper_of, write_extract

from boardpack.checks import Check
from boardpack.subjects.estimates.checks import check_open_estimates

BEFORE = RAW.parent / "M05"
HEADER = "ref,place,directorate,what,method,amount,low,high,months,expected,actual"


def row(ref: str, amount: str = "50000", actual: str = "") -> str:
    """An estimate without a range; one with an actual is settled."""
    what = "bromley,Mental Health Services,Uplift,Two per cent"
    return f"{ref},{what},{amount},,,August,2023-10-31,{actual}"


def opened(home: Path, now: Sequence[str], before: Sequence[str] = ()) -> dict[str, Check]:
    """The open checks on the estimates of a home of these rows."""
    shutil.copytree(PROJECT / "params", home / "params")
    for folder, lines in ((RAW, now), (BEFORE, before)):
        if lines:
            write_extract(home / folder, "estimates.csv", HEADER, lines)
    return {one.id: one for one in check_open_estimates(paper_of(home)) if one.is_open}


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([row("E1")], [row("E1")], []),
        ([row("E1", actual="51000")], [row("E1")], []),
        ([row("E2")], [row("E1"), row("E2")], ["estimate_open.e1"]),
        ([row("E2")], [row("E1", actual="1000"), row("E2")], []),
        ([row("E1"), row("E2")], [row("E1")], []),  # what begins is no matter
        ([row("E1")], [], []),  # last month had no file
        ([], [row("E1")], []),  # that no file has come is said elsewhere
        ([row("E1", actual="150000")], [], []),
        ([row("E1", actual="150001")], [], ["estimate_proved.e1"]),
        ([row("E1", "60000", "20000")], [], []),
        ([row("E1", "60000", "19999")], [], ["estimate_proved.e1"]),
        ([row("E1", actual="-50000")], [], ["estimate_proved.e1"]),
        ([row("E1", "-50000", "-50000")], [], []),
        ([row("E1", actual="0")], [], ["estimate_proved.e1"]),
        ([row("E1", "0", "50000")], [], []),  # of nothing there is no share
        (
            [row("E1"), row("E2", "0", "9"), row("E3", actual="1"), row("E4", actual="2")],
            [],
            ["estimate_proved.e3", "estimate_proved.e4"],
        ),
    ],
)
def test_an_estimate_is_open_or_settled_near_what_was_said(
    tmp_path: Path, now: list[str], before: list[str], expected: list[str]
) -> None:
    assert list(opened(tmp_path, now, before)) == [f"plausible.{one}" for one in expected]


def test_a_finding_says_the_reference_the_row_and_what_to_do(tmp_path: Path) -> None:
    (check,) = opened(tmp_path, [row("E2")], [row("E2"), row("E1")]).values()
    assert check.sentence.startswith("estimates.csv has no E1, which was open last month (row 3).")
    assert check.cause == "Enter it again, or give its actual, or say why it was dropped."


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        ("-50000", "minus £50k, is not of the side of the estimate of £50k."),
        ("0", "£0k, is 0 times the estimate of £50k."),
        ("10000", "£10k, is 0.2 times the estimate of £50k."),
        ("500000", "£500k, is 10 times the estimate of £50k."),
    ],
)
def test_an_actual_far_from_its_estimate_is_said_with_both(
    tmp_path: Path, actual: str, said: str
) -> None:
    (check,) = opened(tmp_path, [row("E1", actual=actual)]).values()
    assert check.sentence.startswith(f"estimates.csv row 2: the actual of E1, {said} An estimate")
    assert (
        check.cause == "Look whether both are in pounds and of one sign; correct one, or say why."
    )
