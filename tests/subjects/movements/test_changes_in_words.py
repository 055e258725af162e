"""How a movement is told: by the sides of nil it lies on, its earlier pace, and what is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_figures import made_figure
from opened_chapter import opened, said

from boardpack.subjects.movements.changes import SIDES, TEMPLATE, Change
from boardpack.subjects.movements.tables import Moved

LINE = "position.elm.wards"


def told(
    then: int, now: int, pace: int | None = None, releases: int | None = None, **more: object
) -> str:
    """The sentences of one movement of a variance to date, in pounds."""
    moved = made_figure(f"{LINE}.movement", now - then)
    amounts = {"at_earlier_pace": pace, "releases": releases}
    parts = {
        name: made_figure(f"{LINE}.{name}", value)
        for name, value in amounts.items()
        if value is not None
    }
    if pace is not None:
        parts["rest"] = made_figure(f"{LINE}.rest", now - then - pace - (releases or 0))
    ends = (
        made_figure(f"{LINE}.ytd_variance{at}", value) for at, value in (("", now), (".m05", then))
    )
    item = Moved(moved, *ends, "August 2024")
    change = Change("Elm", "on wards", item, True, SIDES[True], True, parts, False, True, False)
    change = replace(change, **more)  # type: ignore[arg-type]
    paper = opened("position")
    return said(paper.narrate("changed", TEMPLATE, changes=[change])).removeprefix(
        "**Since August 2024**, "
    )


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (-100_000, -150_000, "the overspend on wards has grown by £50k."),
        (-150_000, -100_000, "the overspend on wards has shrunk by £50k."),
        (100_000, 150_000, "the underspend on wards has grown by £50k."),
        (150_000, 100_000, "the underspend on wards has shrunk by £50k."),
        (10_000, -36_000, "Elm moved from £10k underspent to £36k overspent."),
        (-36_000, 10_000, "Elm moved from £36k overspent to £10k underspent."),
        (0, -36_000, "Elm moved from on budget to £36k overspent."),
        (36_000, 0, "Elm moved from £36k underspent to on budget."),
        (-1, -2, "the overspend on wards has grown by £1."),
    ],
)
def test_a_variance_is_told_by_the_side_of_nil_it_lies_on(then: int, now: int, words: str) -> None:
    assert told(then, now) == words


@pytest.mark.parametrize(
    ("then", "now", "pace", "words"),
    [
        (-100_000, -150_000, -20_000, "grown by £20k, so it did £30k worse than that."),
        (-100_000, -150_000, -60_000, "grown by £60k, so it did £10k better than that."),
        (-100_000, -120_000, -20_000, "grown by £20k, so it did just that."),
        (100_000, 150_000, 20_000, "grown by £20k, so it did £30k better than that."),
        (100_000, 90_000, 20_000, "grown by £20k, so it did £30k worse than that."),
        (10_000, -36_000, 2_000, "improved by £2k, so it did £48k worse than that."),
        (-10_000, 36_000, -2_000, "worsened by £2k, so it did £48k better than that."),
        (0, -36_000, 0, "stayed as it was, so it did £36k worse than that."),
    ],
)
def test_the_pace_up_to_then_is_what_it_is_held_to(
    then: int, now: int, pace: int, words: str
) -> None:
    assert told(then, now, pace).endswith(f"At the pace up to then it would have {words}")


@pytest.mark.parametrize(
    ("releases", "words"),
    [
        (20_000, "Reserves released made £20k of difference; apart from them it did £40k worse"),
        (-20_000, "made £20k of difference for the worse; apart from them it did just that."),
        (0, "grown by £30k, so it did £20k worse than that."),
    ],
)
def test_reserves_stand_apart_where_any_were_released(releases: int, words: str) -> None:
    assert words in told(-100_000, -150_000, -30_000, releases)


def test_savings_fall_short_of_a_plan_or_lead_it() -> None:
    saved = {"subject": "of schemes", "sides": SIDES[False], "is_spending": False}
    assert told(-100_000, -150_000, **saved) == "the shortfall of schemes has grown by £50k."
    assert told(50_000, 40_000, **saved) == "the lead over the plan of schemes has shrunk by £10k."
    assert told(-5_000, 5_000, **saved) == "Elm moved from £5k short of plan to £5k ahead of plan."


def test_parts_that_do_not_add_up_in_print_say_that_they_are_rounded() -> None:
    assert told(-100_000, -150_000, -20_000, is_rounded=True).endswith(
        "than that. Each amount is rounded by itself."
    )
    assert "rounded" not in told(-100_000, -150_000, is_rounded=True)  # there are no parts


def test_a_second_movement_of_one_month_begins_a_sentence() -> None:
    assert told(-100_000, -150_000, is_new_month=False).startswith("The overspend on wards has")
