"""Sizes in words, bounds of numbers and words that contradict each other, by case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.figures.register import Register
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from made_up_paper import made_claims


def _statuses(text: str, unit: str = "") -> list[str]:
    return [claim.status for claim in made_claims(text) if not unit or claim.unit == unit]


def _said_of_savings(plan: int, variance: int, words: str) -> list[Claim]:
    """The sizes that a sentence claims, where savings have this plan and this variance."""
    stem = "savings.bromley.prescribing"
    figures = [
        made_figure(f"{stem}.ytd_plan", plan),
        made_figure(f"{stem}.ytd_variance", variance),
    ]
    claims = ProseChecker(Register(figures), paper_for()).check(words)
    return [claim for claim in claims if claim.unit == "size"]


@pytest.mark.parametrize(
    ("plan", "variance", "is_false"),
    [
        (2_000_000, -100_000, True),  # a twentieth, and what the paper calls material
        (2_000_001, -100_000, False),  # just less than a twentieth
        (1_000_000, -99_999, False),  # not material, whatever the share
        (1_000_000, -500_000, True),
        (1_000_000, 0, False),
        (0, -500_000, False),  # a share of nothing is none
    ],
)
@pytest.mark.parametrize("word", ["small", "slight", "minor", "modest"])
def test_small_is_held_against_plan_and_materiality(
    plan: int, variance: int, is_false: bool, word: str
) -> None:
    assert paper_for().report.materiality.amount == Decimal(100_000)
    found = _said_of_savings(plan, variance, f"There is a {word} shortfall on prescribing savings.")
    assert [claim.status for claim in found] == ["contradicted"] * is_false


@pytest.mark.parametrize(
    "text",
    [
        "There is a significant shortfall on prescribing savings.",
        "A small team looks at the shortfall on prescribing savings.",
        "There is a small shortfall on acute savings.",  # no such figure
    ],
)
def test_what_is_not_called_small_is_left(text: str) -> None:
    assert _said_of_savings(1_000_000, -500_000, text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # prescribing is 75% of the overspend, continuing care 20%, mental health 13%
        ("Most of the overspend is in prescribing.", "supported"),
        ("The majority of the overspend relates to prescribing.", "supported"),
        ("Three quarters of the overspend is in prescribing.", "supported"),
        ("Two thirds of the overspend is in prescribing.", "contradicted"),
        ("More than half of the overspend is in prescribing.", "supported"),
        ("Less than half of the overspend is in prescribing.", "contradicted"),
        ("Nearly half of the overspend is in prescribing.", "contradicted"),
        ("A quarter of the overspend is in continuing care.", "contradicted"),  # over 5 points off
        ("A third of the overspend is in continuing care.", "contradicted"),
        ("Less than a quarter of the overspend is in continuing care.", "supported"),
        ("More than a quarter of the overspend is in continuing care.", "contradicted"),
        ("Most of the overspend is in continuing care.", "contradicted"),
        ("Prescribing makes up most of the borough's overspend.", "supported"),
        ("Prescribing makes up most of the overspend.", "supported"),
        ("Mental health makes up most of the overspend.", "contradicted"),
        ("Most of the underspend is in prescribing.", "contradicted"),  # the whole is over
        ("Most of the overspend is in corporate budgets.", "contradicted"),  # they are under
        # by year end: 77% of it in prescribing
        ("Most of the forecast overspend is in prescribing.", "supported"),
        ("Half of the forecast overspend is in prescribing.", "contradicted"),
        ("Most of the overspend is in community services.", "unsaid"),  # no such line
        ("Most of the overspend is in drugs.", "unsaid"),
        ("Most of the team is in prescribing.", "unsaid"),
    ],
)
def test_a_part_of_the_whole_is_held_against_both(text: str, status: str) -> None:
    assert _statuses(text, "size") == ([] if status == "unsaid" else [status])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The largest acute budget is with North Hospital at £61,450k.", "supported"),
        ("The biggest acute budget is with South Hospital at £48,120k.", "contradicted"),
        ("The smallest acute budget is with West Hospital at £9,380k.", "supported"),
        ("The lowest acute budget is with South Hospital at £48,120k.", "contradicted"),
        ("The smallest acute budget is with North Hospital at £61,450k.", "contradicted"),
        ("The largest risk is there; North Hospital's acute budget is £61,450k.", "unsaid"),
        ("The largest line is the total, an overspend of £2,472k.", "unsaid"),
    ],
)
def test_the_largest_is_held_against_its_sisters(text: str, status: str) -> None:
    assert _statuses(text, "size") == ([] if status == "unsaid" else [status])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # prescribing is £1,847k overspent
        ("Prescribing is more than £1.8m overspent.", "supported"),
        ("Prescribing is over £1m overspent.", "supported"),
        ("Prescribing is more than £1.9m overspent.", "contradicted"),
        ("Prescribing is at least £1.85m overspent.", "contradicted"),  # £1,847k rounds to it
        ("Prescribing is less than £1.9m overspent.", "supported"),
        ("Prescribing is less than £5m overspent.", "supported"),  # far, and true
        ("Prescribing is less than £1.8m overspent.", "contradicted"),
        ("Prescribing is nearly £1.9m overspent.", "supported"),
        ("Prescribing is nearly £1.8m overspent.", "contradicted"),
        ("Prescribing is almost £5m overspent.", "contradicted"),  # far, and not almost
        ("Prescribing is over £1,847k overspent.", "supported"),  # the figure itself
        ("Prescribing is more than £1.8m underspent.", "contradicted"),
        ("Prescribing is less than £5m underspent.", "contradicted"),
        # Bromley has 254 clients in continuing care
        ("The number of CHC clients in Bromley is over 250.", "supported"),
        ("The number of CHC clients in Bromley is over 254.", "supported"),
        ("The number of CHC clients in Bromley is more than 254.", "contradicted"),
        ("The number of CHC clients in Bromley is no more than 254.", "supported"),
        ("The number of CHC clients in Bromley is fewer than 250.", "contradicted"),
    ],
)
def test_a_bound_is_held_on_its_own_side(text: str, status: str) -> None:
    assert _statuses(text) == [status]


@pytest.mark.parametrize(
    ("text", "is_false"),
    [
        ("Overspends on care are offset by underspends elsewhere.", False),
        ("Overspends on care are partly offset by overspends elsewhere.", True),
        ("Underspends elsewhere are offset by underspends.", True),
        ("Cost pressures are offset by a shortfall elsewhere.", True),
        ("Cost pressures are being offset by underspends.", False),
        ("Overspends are not offset by further overspends.", False),
        ("Overspends are offset by reserves, but overspends remain.", False),
        ("Reserves are used to mitigate the overspend.", False),
        ("Reserves are used to mitigate the underspend.", True),
        ("The team is recovering its underspend.", True),
        ("The overspend is mitigated by the underspend.", False),
        ("We do not contain the underspend.", False),
    ],
)
def test_words_that_contradict_each_other(text: str, is_false: bool) -> None:
    found = [c for c in made_claims(text) if "cannot be offset" in c.reason or "Only" in c.reason]
    assert [claim.status for claim in found] == ["contradicted"] * is_false


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Spend is increasing, at £2.7m compared to the 22/23 outturn of £1.9m.", "supported"),
        ("Spend has increased and is £1.9m compared with last year's £2.7m.", "contradicted"),
        ("Spend has reduced and is £1.9m compared with last year's £2.7m.", "supported"),
        ("Increased spend of £1.9m compared to a plan of £2.7m this year.", "unsaid"),
        ("Increased spend of £1.9m compared to a month 6 plan of £2.7m.", "unsaid"),
        ("Spend is £1.9m compared with last year's £2.7m.", "unsaid"),
    ],
)
def test_a_number_compared_with_an_earlier_one(text: str, status: str) -> None:
    found = [c.status for c in made_claims(text) if "than £" in c.reason or "go from" in c.reason]
    assert found == ([] if status == "unsaid" else [status])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # the figure is named a decrease: its direction is in its name, not in its sign
        ("The ICB running cost allowance saw a decrease of £418k in month.", "supported"),
        ("The ICB running cost allowance saw an increase of £418k in month.", "contradicted"),
        ("The ICB running cost allowance was reduced by £418k in month.", "supported"),
        # `efficiency` names the subject of the savings target
        ("The efficiency requirement is 3.8%.", "supported"),
        ("The efficiency requirement is 4.8%.", "unsupported"),
    ],
)
def test_a_figure_by_its_name(text: str, status: str) -> None:
    assert _statuses(text) == [status]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The overspend in prescribing is offset by an underspend on corporate budgets.", True),
        ("The overspend in prescribing is offset by an overspend on corporate budgets.", False),
        ("The overspend on prescribing and the underspend on corporate budgets net off.", True),
    ],
)
def test_an_overspend_on_something_is_of_what_follows(text: str, holds: bool) -> None:
    found = [c for c in made_claims(text) if c.figures and "corporate" in c.figures[0]]
    assert [c.status for c in found] == ["supported" if holds else "contradicted"]
