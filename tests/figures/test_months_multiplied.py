"""Every figure that stands on a number of months is named, with why that is right.

A figure that multiplies one month by many says that they are all alike. Where the months are there
they are added instead; what is left stands here, and a new one fails until it is looked at.
"""

from __future__ import annotations

import re

import pytest

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

SHARE = "a share of the year or of a quarter that has gone, and no amount"
PACE = "what is to date, by the months to date: an average, said to be one"
NEEDED = "what is left to do, by the months left"
STRAIGHT = "an average month for the whole year, said to be a straight line; what comes once, once"
TRIED = "a rule as it would have forecast in a past year"
LOOKED_AT = {
    "cash budget_share": SHARE,
    "efficiency year_elapsed_share": SHARE,
    "prescribing released_share": SHARE,
    "savings declared_share": SHARE,
    "savings even_share": SHARE,
    "savings year_elapsed_share": SHARE,
    "forecast profile_share": "an average of past years, not of months",
    "prescribing_versions months_of_plan": "the plan to date, in months of an even plan",
    "chc one_percent_price_rest_of_year": "one per cent of the month, for the months to come",
    "chc ytd_budget": "the budget is the same every month",
    "chc ytd_actual": "the months that are there, and as many like their average as are not",
    "chc ytd_volume_variance": "the budget's clients of each month, less those of each month",
    "chc ytd_price_variance": "the months that are there, and as many like their average",
    "estimates amount": "the estimated months, at the average of those known",
    "estimates known": "the months known, where only their estimate with the others is supplied",
    "efficiency monthly_rate_to_date": PACE,
    "savings monthly_rate_to_date": PACE,
    "savings recent_monthly_rate": PACE,
    "position average_run_rate": PACE,
    "position earlier_run_rate": PACE,
    "position latest_run_rate": PACE,
    "prescribing average_run_rate": PACE,
    "costed_programme cost_a_month": PACE,
    "prescribing_items published_average_month": PACE,
    "movements at_earlier_pace": "what the pace to the earlier paper alone would have moved",
    "efficiency monthly_rate_needed": NEEDED,
    "savings monthly_rate_needed": NEEDED,
    "position required_run_rate": NEEDED,
    "prescribing required_run_rate": NEEDED,
    "savings annual_rate": "what recurrent schemes save now, for a whole year",
    "position straight_line_variance": STRAIGHT,
    "prescribing straight_line_variance": STRAIGHT,
    "prescribing forecast_outturn": STRAIGHT,
    "prescribing full_year_straight_line": STRAIGHT,
    "prescribing earlier_pace_variance": "each pace, for the months left: said to be what if",
    "prescribing latest_pace_variance": "each pace, for the months left: said to be what if",
    "prescribing_items run_rate_forecast_cost": "the months known, for the months of the year",
    "prescribing_items ytd_run_rate_cost": "the months known, for the months to date",
    "prescribing_items ytd_run_rate_effect": "the months known, for the months to date",
    "forecast straight_line": STRAIGHT,
    "forecast run_rate": "the pace since the last paper, for the months left",
    "forecast driver_based": "what drives the cost now, for the months left",
    "forecast low": TRIED,
    "forecast high": TRIED,
    "forecast profile_error": TRIED,
    "forecast profile_error_mean": TRIED,
    "forecast run_rate_error": TRIED,
    "forecast run_rate_error_mean": TRIED,
    "forecast straight_line_error": TRIED,
    "forecast straight_line_error_mean": TRIED,
    "forecast team_error_mean": "an average of past years, not of months",
    "forecast stretches_as_good": "each stretch between papers, by its months",
}
"""Chapter and measure of each figure whose formula has a number of months, and why."""
_MONTHS = re.compile(r"(?<![\w.])[*/] (?:[2-9]|1[0-2])(?![\d.])")


def on_months(register: Register) -> set[str]:
    """Chapter and measure of the figures that multiply or divide by 2 to 12."""
    return {
        f"{figure.chapter} {re.sub(r'_m[0-9]{2}$', '', figure.measure)}"
        for figure in register
        if figure.formula is not None and _MONTHS.search(figure.formula)
    }


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Register:
    home = tmp_path_factory.mktemp("made-up")
    make_demo(home, months=7)
    return compute(load_paper(home, Month(START, 7), "alderwick"), *NEEDS)


def test_every_figure_on_a_number_of_months_is_named(register: Register, made_up: Register) -> None:
    found = on_months(register) | on_months(made_up)
    assert found - set(LOOKED_AT) == set()


def test_a_month_taken_for_many_is_found() -> None:
    assert _MONTHS.search("chc.icb.all_clients.cost_in_month * 6")
    assert _MONTHS.search("(a.b.c - a.b.d) * 12 / 5 + a.b.e")
    assert not _MONTHS.search("a.b.c / a.b.d * 100")
    assert not _MONTHS.search("a.b.c.m06 * 1.5")
    assert not _MONTHS.search("a.b.c * 0.9")
