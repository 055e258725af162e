"""Charts that answer a question: what each says, from the figures that its table has."""

from __future__ import annotations

from decimal import Decimal

import pytest
from opened_chapter import PLACES, chart, opened

from boardpack.document.blocks import Chart, Number
from boardpack.document.text_alternatives import spoken
from boardpack.subjects.chc import icb_tables as chc_icb
from boardpack.subjects.duties import tables as indicators
from boardpack.subjects.position import overview_tables as overview
from boardpack.subjects.position import tables as position
from boardpack.subjects.summary import moved


def sizes(series: tuple[Number | None, ...]) -> list[Decimal]:
    return [Decimal(number.value) for number in series if number is not None]


@pytest.mark.parametrize("place", PLACES)
def test_variances_lead_from_the_budget_to_the_forecast(place: str) -> None:
    walk = position.forecast_walk(opened("position", place))
    if walk is None:
        return
    budget, *steps, forecast = sizes(walk.series[0].values)
    assert walk.steps == "taken"
    # the parts are printed in whole thousands
    assert abs(budget - sum(steps) - forecast) <= 1000 * (len(steps) + 1) / 2
    assert steps == sorted(steps)
    assert 0 not in steps


def test_the_walk_of_bromley_says_what_adds_the_most() -> None:
    walk = chart(position.forecast_walk(opened("position")))
    assert walk.title == "Prescribing adds the most to the year's spend"
    assert walk.categories[:2] == ("Annual budget", "Prescribing")
    assert [n.text for n in walk.series[0].values[:2] if n] == ["241,722", "(4,450)"]


def test_the_slope_has_the_total_and_what_moved_the_most() -> None:
    slope = chart(moved.movement_slope(opened("movements")))
    assert slope.title == "Prescribing has worsened the most since July 2023"
    assert slope.categories == ("July 2023", "September 2023")
    shown = {one.name: [n.text for n in one.values if n] for one in slope.series}
    assert shown == {
        "Bromley in all": ["(1,482)", "(2,400)"],
        "Prescribing": ["(1,326)", "(2,213)"],
        "Continuing Care Services": ["(83)", "(404)"],
        "Mental Health Services": ["(191)", "(348)"],
    }


def test_nothing_has_moved_without_an_earlier_paper_of_the_place() -> None:
    paper = opened("movements", "lewisham")
    assert moved.movement_slope(paper) is None
    assert moved.since(paper, "position.total.ytd_variance") is None


def test_every_duty_that_can_be_judged_is_set_against_its_target() -> None:
    bullets = chart(indicators.targets_chart(opened("indicators")))
    assert bullets.title == "Two of seven duties missed"
    missed = [n.adverse for n in bullets.series[0].values if n]
    assert missed == ["not met" in name for name in bullets.categories]
    assert not any(n.adverse for n in bullets.series[1].values if n)
    assert "Mental Health Investment Standard reached (full year, met)" in bullets.categories
    pairs = zip(bullets.series[0].values, bullets.series[1].values, strict=True)
    assert all(a and t and a.figure.split(".")[2] == t.figure.split(".")[2] for a, t in pairs)


def test_each_place_has_a_panel_of_the_largest_variances() -> None:
    panels = chart(overview.directorates_chart(opened("overview", owns=("overview",))))
    assert panels.title == "Prescribing is overspent in every place"
    assert [one.name for one in panels.series][:2] == ["Bexley", "Bromley"]
    assert panels.categories[0] == "Prescribing"
    assert len(panels.categories) == 3
    assert [n.text for n in panels.series[1].values[:1] if n] == ["(2,213)"]


def test_clients_are_drawn_place_by_place() -> None:
    panels = chart(chc_icb.clients_chart(opened("chc", owns=("chc",))))
    assert panels.panel == "line"
    assert panels.categories == ("May", "June", "July", "August", "September")
    bexley = panels.series[0]
    assert [n.text for n in bexley.values if n] == ["313", "342", "387", "438", "467"]
    assert panels.title == "Clients have grown the most in Bexley"


def test_the_text_alternative_tells_every_value() -> None:
    found = (
        position.forecast_walk(opened("position")),
        moved.movement_slope(opened("movements")),
        indicators.targets_chart(opened("indicators")),
        overview.directorates_chart(opened("overview", owns=("overview",))),
    )
    for one in map(chart, found):
        told = spoken(one.categories, *one.series, unit="")
        assert one.alt.startswith(told.removesuffix(" ()"))
        assert isinstance(one, Chart)
