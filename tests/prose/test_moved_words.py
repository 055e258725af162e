"""Directions and movements said without a number, held against the signs of the figures."""

from __future__ import annotations

import pytest

from checked_prose import claims_of

TRUE = [
    "The ICB position has improved since last month.",
    "The ICB position is better than last month.",
    "Prescribing: the overspend has worsened since Month 4.",
    "The average CHC price is lower than last month.",
    "The number of CHC clients has increased since the start of the year.",
    "The ICB prescribing run-rate has improved this month.",
    "Corporate budgets are reporting an underspend.",
    "The overspend on prescribing is the main pressure.",
]
FALSE = [
    "The ICB position has worsened since last month.",
    "The ICB position is worse than last month.",
    "Prescribing: the overspend has improved since Month 4.",
    "The average CHC price is higher than last month.",
    "The number of CHC clients has fallen since the start of the year.",
    "The ICB prescribing run-rate has worsened this month.",
    "Corporate budgets are reporting an overspend.",
    "The underspend on prescribing is the main benefit.",
]


@pytest.mark.parametrize("words", TRUE)
def test_a_true_direction_is_supported(words: str) -> None:
    assert [claim.status for claim in claims_of(words)] == ["supported"], claims_of(words)


@pytest.mark.parametrize("words", FALSE)
def test_a_turned_direction_is_contradicted(words: str) -> None:
    assert [claim.status for claim in claims_of(words)] == ["contradicted"], claims_of(words)


def test_a_month_that_no_figure_is_of_leaves_a_movement_unsupported() -> None:
    (claim,) = claims_of("The prescribing overspend has worsened since last month.")
    assert claim.status == "unsupported"
    assert "M05" in claim.reason


@pytest.mark.parametrize(
    "words",
    ["We hope the position will improve.", "Patients say that care is better than last month."],
)
def test_hopes_and_other_subjects_are_no_claims(words: str) -> None:
    assert claims_of(words) == []
