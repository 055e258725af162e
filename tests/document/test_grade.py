"""How bad an adverse number is drawn: by its share of budget, and by what is material."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_figures import made_figure
from month_six import paper_for
from opened_chapter import opened

from boardpack.document.grade import grade_of
from boardpack.figures.register import Register

YEAR, DATE = "position.bromley.prescribing", "overview.icb.prescribing"
# The real report: red from 2%, amber from 0.5%, and nothing below £100,000.


@pytest.mark.parametrize(
    ("measure", "variance", "budget", "grade"),
    [
        ("ytd_variance", -2_000_000, 100_000_000, ""),
        ("ytd_variance", -1_999_999, 100_000_000, "amber"),
        ("ytd_variance", -500_000, 100_000_000, "amber"),
        ("ytd_variance", -499_999, 100_000_000, "slight"),
        ("ytd_variance", -100_000, 1_000_000, ""),
        ("ytd_variance", -99_999, 1_000_000, "slight"),
        ("forecast_variance", -40_000, 100_000_000, "slight"),
        ("forecast_variance", -8_500_000, 100_000_000, ""),
        ("forecast_variance", -8_500_000, 0, ""),  # no share of nothing: the amount alone
        ("forecast_variance", -99_999, 0, "slight"),
    ],
)
def test_the_grade_of_a_variance(measure: str, variance: int, budget: int, grade: str) -> None:
    of = {"ytd_variance": "ytd_budget", "forecast_variance": "annual_budget"}[measure]
    figure = made_figure(f"{YEAR}.{measure}", variance)
    register = Register([figure, made_figure(f"{YEAR}.{of}", budget)])
    assert grade_of(figure, register, paper_for().report) == grade


@pytest.mark.parametrize(
    ("share", "amount", "grade"),
    [("-8.5", -4_000_000, ""), ("-0.04", -2_000_000, "slight"), ("-8.5", -99_999, "slight")],
)
def test_the_grade_of_a_share_is_that_of_its_amount(share: str, amount: int, grade: str) -> None:
    figure = made_figure(f"{YEAR}.ytd_variance_share", Decimal(share), unit="PCT")
    register = Register([figure, made_figure(f"{YEAR}.ytd_variance", amount)])
    assert grade_of(figure, register, paper_for().report) == grade


def test_a_duty_that_is_not_met_is_red_however_little_is_missing() -> None:
    figure = made_figure("indicators.icb.spend.ytd_variance", -1)
    register = Register([figure, made_figure("indicators.icb.spend.ytd_target", 10**9)])
    assert grade_of(figure, register, paper_for().report) == ""


def test_the_icb_at_a_tenth_of_a_per_cent_is_not_as_red_as_its_prescribing() -> None:
    chapter = opened("overview", "icb", owns=("overview",), reads=("position", "icb_position"))
    little = chapter.number("position.icb.total.ytd_variance", "thousands")
    much = chapter.number("position.icb.prescribing.ytd_variance", "thousands")
    assert (little.adverse, little.grade, little.is_red) == (True, "slight", False)
    assert (much.adverse, much.is_red) == (True, True)
