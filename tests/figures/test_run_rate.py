"""Run rates: what is a pace, what happens once, and where an average month leads."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.figures.draft import Draft
from boardpack.figures.run_rate import RELEASE, Once, release_of, run_rate_figures
from boardpack.reading.folder import Folder

TOTAL = "position.bromley.total."
ICB = "position.icb.total."
ONCE = "position.icb.reserves.in_month_release"


def draft_of(margin: str = "500", **values: str) -> Draft:
    """A draft of Month 6 with these amounts of the whole place, in pounds."""
    draft = Draft(paper_for(), Folder(paper_for()))
    for measure, value in values.items():
        enter(draft, f"{TOTAL}{measure}", value, margin)
    return draft


def enter(draft: Draft, identity: str, value: str, margin: str = "0") -> None:
    figure = made_figure(identity, value, period=draft.month, margin=Decimal(margin), step=None)
    draft.register.add(figure)


def rates(draft: Draft, once: Once | None = None, place: str = "bromley") -> dict[str, Decimal]:
    """The rates of the whole place, by measure."""
    run_rate_figures(draft, draft.scope("position", place, "total"), once)
    made = [one for one in draft.register if one.formula is not None]
    return {one.measure: one.value for one in made}


def test_averages_and_what_is_required_from_here() -> None:
    found = rates(draft_of(ytd_variance="-2400000", forecast_variance="-2675000"))
    assert found["average_run_rate"] == -400_000
    assert found["straight_line_variance"] == -4_800_000
    assert found["recovery_assumed"] == 2_125_000
    assert round(found["required_run_rate"]) == -45_833
    assert "latest_run_rate" not in found


@pytest.mark.parametrize(
    ("budget", "straight"),
    [
        ("120860000", -4_798_000),  # a thousand from even, as the published paper is
        ("120861000", -4_798_000),
        ("120862500", -4_798_000),  # 1,500 from even: as far as rounding twice explains
        ("120862501", -4_800_000),
        ("120859500", -4_798_000),
        ("120859499", -4_800_000),
        ("115000000", -4_800_000),
    ],
)
def test_an_even_budget_has_the_straight_line_of_its_cost(budget: str, straight: int) -> None:
    """The year's budget is 241,722,000, so that 120,861,000 is even; each is known to 500."""
    values = {"annual_budget": "241722000", "ytd_budget": budget, "ytd_actual": "123260000"}
    found = rates(draft_of(ytd_variance="-2400000", **values))
    assert found["straight_line_variance"] == straight


@pytest.mark.parametrize(
    ("release", "average", "latest", "straight"),
    [
        ("491000", -451_500, 81_000, -4_927_000),
        ("-491000", -287_833, 1_063_000, -3_945_000),
        ("0", -369_667, 572_000, -4_436_000),
    ],
)
def test_a_release_of_this_month_is_no_pace(
    release: str, average: int, latest: int, straight: int
) -> None:
    draft = draft_of()
    enter(draft, f"{ICB}ytd_variance", "-2218000")
    enter(draft, f"{ICB}ytd_variance.m05", "-2790000")
    enter(draft, f"{ICB}forecast_variance", "0")
    enter(draft, ONCE, release)
    scope = draft.scope("position", "icb", "total")
    found = rates(draft, release_of(draft, scope), "icb")
    assert round(found["average_run_rate"]) == average
    assert round(found["latest_run_rate"]) == latest
    assert round(found["earlier_run_rate"]) == -558_000
    assert found["straight_line_variance"] == straight
    assert round(found["required_run_rate"]) == 369_667
    assert found["movement"] == 572_000


def test_what_came_before_the_last_paper_stays_in_the_movement_since() -> None:
    draft = draft_of(ytd_variance="-1200000")
    enter(draft, f"{TOTAL}ytd_variance.m05", "-1100000")
    enter(draft, "prescribing.bromley.prior_year.ytd_spend", "-300000")
    once = Once("(0 - prescribing.bromley.prior_year.ytd_spend)", is_new=False)
    found = rates(draft, once)
    assert found["average_run_rate"] == -250_000
    assert found["latest_run_rate"] == -100_000
    assert found["straight_line_variance"] == -2_700_000


@pytest.mark.parametrize(
    ("place", "line", "is_there", "is_released"),
    [
        ("icb", "total", True, True),
        ("icb", "total", False, False),
        ("icb", "prescribing", True, False),
        ("bromley", "total", True, False),
    ],
)
def test_only_the_whole_icb_has_a_release(
    place: str, line: str, is_there: bool, is_released: bool
) -> None:
    draft = draft_of()
    if is_there:
        enter(draft, RELEASE, "491000")
    assert bool(release_of(draft, draft.scope("position", place, line))) is is_released
