"""Rules on what a part, the rest of a year, and a duty without its amount may be."""

from __future__ import annotations

import pytest
from small_books import derive, read

from boardpack.checks.agreement import check_agreements
from boardpack.checks.agreement_rules import AGREEMENTS
from boardpack.checks.bounds import check_bounds
from boardpack.checks.patterns import Patterns
from boardpack.core.params import Paper
from boardpack.figures.register import Register
from boardpack.subjects.duties.checks import check_duties
from boardpack.subjects.forecast.checks import check_remainders


@pytest.mark.parametrize(
    ("part", "status"), [("900000", "pass"), ("1000400", "pass"), ("1002000", "fail")]
)
def test_a_part_is_within_its_whole_but_for_rounding(paper: Paper, part: str, status: str) -> None:
    figures = (
        read("prescribing.lambeth.ppa.ytd_budget", part, step="1"),
        read("overview.lambeth.prescribing.ytd_budget", "1000000"),
    )
    (check,) = check_bounds(Patterns(Register(figures), paper))
    assert check.status == status
    assert ("more than" in check.sentence) == (status == "fail")


@pytest.mark.parametrize(
    ("part", "step", "status"),
    [
        # half a unit of each is allowed: of £1 and of £1,000, then of £1,000 each
        ("1000500", "1", "pass"),
        ("1000501", "1", "fail"),
        ("1001000", "1000", "pass"),
        ("1001001", "1000", "fail"),
        ("0", "1", "pass"),
        ("-5000", "1", "pass"),
    ],
)
def test_a_part_is_more_than_its_whole_from_one_step_beyond_rounding(
    paper: Paper, part: str, step: str, status: str
) -> None:
    figures = (
        read("prescribing.lambeth.ppa.ytd_spend", part, step=step),
        read("overview.lambeth.prescribing.ytd_actual", "1000000"),
    )
    (check,) = check_bounds(Patterns(Register(figures), paper))
    assert check.status == status
    assert check.figures == tuple(figure.id for figure in figures)
    assert (check.actual, check.expected) == (int(part), 1_000_000)


def test_a_part_that_is_too_large_says_by_how_much_and_why(paper: Paper) -> None:
    figures = (
        read("cash.icb.icb_acdr.requirement", "3000000"),
        read("resource_limit.icb.total.budget", "2000000"),
        read("providers.icb.total.annual_forecast", "1000000"),
    )
    whole, part = check_bounds(Patterns(Register(figures), paper))
    assert (whole.status, whole.sentence) == ("pass", "")
    assert part.id == "plausible.within.cash.icb.icb_acdr.requirement"
    assert part.title == "A part is within its whole: Icb_acdr, requirement"
    assert (part.severity, part.status) == ("warning", "fail")
    assert part.sentence == (
        "Icb_acdr, requirement is £3,000k (book.csv row 2, requirement): £1,000k more than Total,"
        " budget, which is £2,000k (book.csv row 2, budget), although the cash requirement follows"
        " from the allocation."
    )


def test_a_total_is_no_part_of_itself(paper: Paper) -> None:
    register = Register([read("providers.icb.total.annual_forecast", "1000000")])
    assert list(check_bounds(Patterns(register, paper))) == []


def test_a_count_of_an_earlier_month_is_held_against_that_month(paper: Paper) -> None:
    figures = (
        read("chc.bexley.high_cost.clients.m02", "40", unit="COUNT"),
        read("chc.bexley.all_clients.clients.m02", "30", unit="COUNT"),
        read("chc.bexley.all_clients.clients.m03", "50", unit="COUNT"),
    )
    (check,) = check_bounds(Patterns(Register(figures), paper))
    assert check.id == "plausible.within.chc.bexley.high_cost.clients.m02"
    assert check.status == "fail"


@pytest.mark.parametrize(
    ("to_date", "forecast", "status"),
    [
        ("100000", "220000", "pass"),
        ("100000", "0", "fail"),
        ("-50000", "-90000", "pass"),
        ("-50000", "300000", "fail"),
        ("100000", "-90000", "pass"),  # asked by the rule on negative forecasts
        ("0", "-90000", "pass"),
    ],
)
def test_the_rest_of_the_year_goes_the_way_of_the_year_to_date(
    paper: Paper, to_date: str, forecast: str, status: str
) -> None:
    figures = (
        read("corporate.icb.929001.forecast_outturn", forecast, period="2023/24"),
        read("corporate.icb.929001.ytd_actual", to_date),
    )
    (check,) = check_remainders(Patterns(Register(figures), paper))
    assert check.status == status


def test_a_total_is_not_asked_what_its_lines_are_asked(paper: Paper) -> None:
    register = Register([read("corporate.icb.a.ytd_actual", "100000")])
    register.add(read("corporate.icb.a.forecast_outturn", "0", period="2023/24"))
    derive(register, "corporate.icb.total.ytd_actual", "corporate.icb.a.ytd_actual")
    derive(register, "corporate.icb.total.forecast_outturn", "corporate.icb.a.forecast_outturn")
    checks = list(check_remainders(Patterns(register, paper)))
    assert [check.id for check in checks] == [
        "plausible.remainder.corporate.icb.a.forecast_outturn"
    ]


def test_a_limit_without_the_amount_to_hold_against_it_fails(paper: Paper) -> None:
    limit = "indicators.icb.expenditure_not_to_exceed_income.forecast_target"
    made = check_duties(Patterns(Register([read(limit, "4792807000")]), paper))
    (check,) = [one for one in made if one.status != "not_applicable"]
    assert check.status == "fail"
    assert check.id == f"duty.{limit.replace('target', 'actual')}"
    assert "left blank" in check.sentence


@pytest.mark.parametrize(("said", "status"), [("200000", "pass"), ("205000", "fail")])
def test_a_full_year_said_in_words_against_the_straight_line(
    paper: Paper, said: str, status: str
) -> None:
    register = Register([read("prescribing.icb.cat_m_ncso.ytd_spend", "100000", step="1")])
    register.add(read("prescribing.icb.cat_m_ncso.full_year_pressure", said))
    line = "prescribing.icb.cat_m_ncso"
    derive(register, f"{line}.full_year_straight_line", f"{line}.ytd_spend * 12 / 6")
    rules = [rule for rule in AGREEMENTS if rule.first.endswith("full_year_pressure")]
    (check,) = check_agreements(Patterns(register, paper), rules)
    assert check.status == status
