"""Sizes in words, bounds of numbers and words that contradict each other, by case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.figures.register import Register
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from boardpack.prose.sizes import _is_share
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
        ("Largest acute budget is that of South Hospital at £48,120k.", "contradicted"),
        ("The smallest acute budget is with North Hospital at £61,470k.", "unsaid"),  # no figure
        (
            "North Hospital's acute budget is £61,450k, and the lowest acute budget is with South"
            " Hospital at £48,120k.",
            "contradicted",
        ),
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


POSITION = "position.bromley"


@pytest.mark.parametrize(
    ("text", "marked", "figures", "reason"),
    [
        (
            "There is a small shortfall on prescribing savings.",
            "small shortfall",
            ("savings.bromley.prescribing.ytd_variance", "savings.bromley.prescribing.ytd_plan"),
            "27% of £850k",
        ),
        (
            "There is a slight overspend on prescribing.",
            "slight overspend",
            (f"{POSITION}.prescribing.ytd_variance", f"{POSITION}.prescribing.ytd_budget"),
            "10% of £18,260k",
        ),
        (
            "There is a small forecast overspend on prescribing.",
            "small forecast overspend",
            (f"{POSITION}.prescribing.forecast_variance", f"{POSITION}.prescribing.annual_budget"),
            "10% of £36,520k",
        ),
        (
            "Half of the overspend is in prescribing.",
            "Half of the overspend",
            (f"{POSITION}.prescribing.ytd_variance", f"{POSITION}.total.ytd_variance"),
            "75% of -£2,472k",
        ),
        (
            "A quarter of the forecast overspend is in prescribing.",
            "A quarter of the forecast overspend",
            (f"{POSITION}.prescribing.forecast_variance", f"{POSITION}.total.forecast_variance"),
            "77% of -£4,841k",
        ),
    ],
)
def test_a_size_that_is_wrong_says_the_share_and_both_figures(
    text: str, marked: str, figures: tuple[str, ...], reason: str
) -> None:
    (claim,) = (c for c in made_claims(f"It is\nso.\n\n{text}") if c.unit == "size")
    assert (claim.line, claim.text, claim.mark) == (4, marked, marked)
    assert (claim.value, claim.status, claim.figures) == (None, "contradicted", figures)
    assert claim.reason.endswith(f"({figures[0]}) is {reason}.") or (
        f"; {figures[0]}) is {reason}." in claim.reason
    )


def test_the_first_of_its_sisters_is_named_with_their_number() -> None:
    stem = "programmes.bromley"
    text = (
        "The biggest acute budget is with South Hospital at £48,120k, and the lowest acute budget"
        " is with West Hospital at £9,380k."
    )
    wrong, right = (claim for claim in made_claims(text) if claim.unit == "size")
    assert (wrong.mark, wrong.status) == ("biggest", "contradicted")
    assert wrong.figures == (
        f"{stem}.north_hospital.acute_budget",
        f"{stem}.south_hospital.acute_budget",
    )
    assert wrong.reason.startswith("Of 3 figures alike the biggest is £61,450k for North hospital")
    assert (right.mark, right.status) == ("lowest", "supported")
    assert right.figures == (f"{stem}.west_hospital.acute_budget",)


@pytest.mark.parametrize(
    ("share", "words", "bound", "holds"),
    [
        ("0.50", "most", 0, False),
        ("0.5001", "most", 0, True),
        ("0.5001", "the majority", 0, True),
        ("-0.6", "majority", 0, False),
        # five points on either side
        ("0.45", "half", 0, True),
        ("0.4499", "half", 0, False),
        ("0.55", "half", 0, True),
        ("0.5501", "half", 0, False),
        ("0.30", "a quarter", 0, True),
        ("0.31", "a quarter", 0, False),
        ("0.3334", "one-third", 0, True),
        ("0.39", "one third", 0, False),
        ("0.6666", "two-thirds", 0, True),
        ("0.3334", "two-thirds", 0, False),
        ("0.75", "three quarters", 0, True),
        ("0.25", "three-quarters", 0, False),
        # a bound is held on its own side alone
        ("0.5", "half", 1, False),
        ("0.5001", "half", 1, True),
        ("0.99", "half", 1, True),
        ("0.4999", "half", 1, False),
        ("0.5", "half", -1, False),
        ("0.4999", "half", -1, True),
        ("0.01", "half", -1, True),
        ("0.5001", "half", -1, False),
    ],
)
def test_a_share_in_words(share: str, words: str, bound: int, holds: bool) -> None:
    assert _is_share(Decimal(share), words, bound) is holds


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("More than half of the overspend is in continuing care.", "contradicted"),
        ("Nearly three quarters of the overspend is in prescribing.", "supported"),
        ("Two thirds of the forecast overspend is in prescribing.", "contradicted"),
        ("Most of the overspend was in prescribing.", "supported"),
        ("Most of the overspend, which is large, is in prescribing.", "unsaid"),
        ("Most of the overspend.", "unsaid"),
        ("MOST OF THE OVERSPEND IS IN PRESCRIBING.", "supported"),
    ],
)
def test_a_part_is_told_by_what_follows_or_stands_before(text: str, status: str) -> None:
    assert _statuses(text, "size") == ([] if status == "unsaid" else [status])


def _ranked(text: str, **budgets: tuple[str, str, int]) -> list[str]:
    """The sizes said of budgets, each of a place, a measure and an amount in thousands."""
    figures = [
        made_figure(f"programmes.{place}.{name}.{measure}", value * 1000, period="2023/24")
        for name, (place, measure, value) in budgets.items()
    ]
    claims = ProseChecker(Register(figures), paper_for()).check(text)
    return [claim.status for claim in claims if claim.unit == "size"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (("bromley", "acute_budget", 900), ["contradicted"]),
        (("bromley", "acute_budget", 700), ["supported"]),
        (("bromley", "acute_budget", 800), ["supported"]),  # as large
        (("bromley", "acute_budget", -900), ["contradicted"]),  # the size counts
        (("bexley", "acute_budget", 900), []),  # alone in its place
        (("bromley", "community_budget", 900), []),
    ],
)
def test_sisters_are_of_one_place_and_one_measure(
    other: tuple[str, str, int], found: list[str]
) -> None:
    text = "The largest acute budget is with North Hospital at £800k."
    north = ("bromley", "acute_budget", 800)
    assert _ranked(text, north_hospital=north, other_hospital=other) == found


def test_a_total_is_no_sister_of_its_parts() -> None:
    text = "The largest acute budget is with North Hospital at £800k."
    north, other = ("bromley", "acute_budget", 800), ("bromley", "acute_budget", 900)
    assert _ranked(text, north_hospital=north, hospitals_total=other) == []


@pytest.mark.parametrize(
    ("planned", "is_found"),
    [
        ("annual_budget", True),
        ("annual_plan", True),
        ("full_year_plan", True),
        ("ytd_budget", False),
        ("ytd_plan", False),
    ],
)
def test_a_forecast_is_small_against_the_year(planned: str, is_found: bool) -> None:
    stem = "position.bromley.prescribing"
    figures = [
        made_figure(f"{stem}.forecast_variance", -500_000, period="2023/24"),
        made_figure(f"{stem}.{planned}", 1_000_000, period="2023/24"),
    ]
    text = "There is a small forecast overspend on prescribing."
    claims = ProseChecker(Register(figures), paper_for()).check(text)
    assert [c.figures[1] for c in claims if c.unit == "size"] == [f"{stem}.{planned}"] * is_found


@pytest.mark.parametrize(
    ("whole", "part", "status"),
    [
        (-1_000, -600, "supported"),
        (-1_000, 600, "contradicted"),
        (1_000, 600, "contradicted"),  # the whole is under, and not over
        (-1_000, -500, "contradicted"),
        (0, -500, "unsaid"),
    ],
)
def test_a_part_and_its_whole_by_sign(whole: int, part: int, status: str) -> None:
    figures = [
        made_figure("position.bromley.total.ytd_variance", whole * 1000),
        made_figure("position.bromley.prescribing.ytd_variance", part * 1000),
    ]
    text = "Most of the overspend is in prescribing."
    claims = ProseChecker(Register(figures), paper_for()).check(text)
    found = [claim.status for claim in claims if claim.unit == "size"]
    assert found == ([] if status == "unsaid" else [status])
