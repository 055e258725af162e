"""Two ways to one amount by case: each limit at its edge, and what is not there to ask about."""

from __future__ import annotations

import pytest
from small_books import read

from boardpack.checks import Check
from boardpack.checks.nearness import NEARNESS, check_nearness
from boardpack.checks.patterns import Patterns
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

PACKAGES = "chc.bexley.packages.ytd_actual"
LEDGER = "overview.bexley.continuing_care_services.ytd_actual"
ITEMS = "prescribing_items.bexley.items.ytd_run_rate_cost"
PUBLISHED = "prescribing_items.bexley.pmd.ytd_published_cost"
DRUGS = "overview.bexley.prescribing.ytd_actual"


def _checks(paper: Paper, *figures: Figure) -> dict[str, Check]:
    found = list(check_nearness(Patterns(Register(figures), paper)))
    assert len({check.id for check in found}) == len(found)
    return {check.id: check for check in found}


@pytest.mark.parametrize(
    ("packages", "ledger", "step", "status"),
    [
        # from 70% to 115%, and half a unit of each
        ("699", "1000", "1", "pass"),
        ("698", "1000", "1", "fail"),
        ("1151", "1000", "1", "pass"),
        ("1152", "1000", "1", "fail"),
        ("699000", "1000000", "1000", "pass"),
        ("698999", "1000000", "1000", "fail"),
        ("1151000", "1000000", "1000", "pass"),
        ("1151001", "1000000", "1000", "fail"),
        # of a credit the greater share is the lower number
        ("-1000", "-1000", "1", "pass"),
        ("-1151", "-1000", "1", "pass"),
        ("-1152", "-1000", "1", "fail"),
        ("-699", "-1000", "1", "pass"),
        ("-698", "-1000", "1", "fail"),
        ("1000", "-1000", "1", "fail"),
        ("0", "0", "1", "pass"),
        ("2", "0", "1", "fail"),
    ],
)
def test_packages_lie_near_the_ledger(
    paper: Paper, packages: str, ledger: str, step: str, status: str
) -> None:
    figures = read(PACKAGES, packages, step=step), read(LEDGER, ledger, step=step)
    found = _checks(paper, *figures)
    assert set(found) == {f"plausible.near.{PACKAGES}", "plausible.near.prescribing_items"}
    check = found[f"plausible.near.{PACKAGES}"]
    assert check.status == status
    assert check.figures == (PACKAGES, LEDGER)
    assert (check.actual, check.expected) == (int(packages), int(ledger))


def test_what_lies_far_apart_says_both_amounts_the_limits_and_why(paper: Paper) -> None:
    found = _checks(paper, read(PACKAGES, "2000000"), read(LEDGER, "1000000"))
    check = found[f"plausible.near.{PACKAGES}"]
    assert (check.kind, check.severity) == ("plausibility", "warning")
    assert check.title == "Two ways to one amount lie near each other: Packages, ytd_actual"
    assert check.sentence == (
        "Packages, ytd_actual is £2,000k (book.csv row 2, ytd_actual), and"
        " Continuing_care_services, ytd_actual is £1,000k (book.csv row 2, ytd_actual): the first"
        " should be 70% to 115% of the second, because most of continuing care is packages; the"
        " rest is nursing contributions and one-off costs."
    )


def test_what_cannot_be_asked_is_said_once_for_each_file(paper: Paper) -> None:
    found = _checks(paper)
    assert {name: check.status for name, check in found.items()} == {
        "plausible.near.prescribing_items": "not_applicable",
        "plausible.near.chc": "not_applicable",
    }
    check = found["plausible.near.chc"]
    assert check.title == "Two ways to one amount lie near each other"
    assert "packages, year to date actual" in check.sentence
    assert "ledger" not in found["plausible.near.prescribing_items"].sentence


def test_the_second_of_a_pair_may_be_what_is_not_there(paper: Paper) -> None:
    ours = PACKAGES.replace("bexley", "bromley")
    check = _checks(paper, read(ours, "1000"))["plausible.near.chc"]
    assert "continuing care services, year to date actual" in check.sentence


@pytest.mark.parametrize(
    ("figures", "asked"),
    [
        ({ITEMS: "1000", PUBLISHED: "1000", DRUGS: "1000"}, (ITEMS, PUBLISHED)),
        ({ITEMS: "1000", DRUGS: "1000"}, (ITEMS, DRUGS)),
        ({ITEMS: "1000", PUBLISHED: "1000"}, (ITEMS, PUBLISHED)),
        ({PUBLISHED: "1000", DRUGS: "1000"}, None),
    ],
)
def test_items_are_held_against_the_nearer_of_two(
    paper: Paper, figures: dict[str, str], asked: tuple[str, str] | None
) -> None:
    found = _checks(paper, *(read(name, value) for name, value in figures.items()))
    held = [check.figures for check in found.values() if check.figures]
    assert held == ([asked] if asked else [])


def test_what_another_place_has_is_no_nearer(paper: Paper) -> None:
    other = PUBLISHED.replace("bexley", "bromley")
    found = _checks(paper, read(ITEMS, "1000"), read(DRUGS, "1000"), read(other, "1000"))
    assert [check.figures for check in found.values() if check.figures] == [(ITEMS, DRUGS)]


def test_every_pair_says_why_and_allows_what_is_equal() -> None:
    for rule in NEARNESS:
        assert rule.why
        assert rule.low < 1 < rule.high
