"""Each family of rules on small registers: one that keeps the rule, and one that does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from small_books import derive, printed, read

from boardpack.checks import Check
from boardpack.checks.agreement import check_agreements
from boardpack.checks.agreement_rules import Agreement
from boardpack.checks.casts import check_blank_totals, check_cross_casts
from boardpack.checks.patterns import Patterns
from boardpack.checks.plausibility import check_parts, check_price_and_activity
from boardpack.checks.printed import check_printed
from boardpack.checks.released import check_released
from boardpack.checks.series import check_cumulative_shares, check_jumps
from boardpack.checks.sums import Structure, terms
from boardpack.checks.wholes import check_wholes
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell
from boardpack.subjects.chc.average_checks import check_falling_averages
from boardpack.subjects.duties.checks import check_duties
from boardpack.subjects.forecast.checks import check_gains, check_negative_forecasts, check_pace
from boardpack.subjects.funding.month_labels_checks import check_month_labels


def statuses(checks: Iterator[Check]) -> dict[str, str]:
    """Outcomes by check, without the rules that had nothing to check."""
    return {check.id: check.status for check in checks if check.status != "not_applicable"}


def patterns(paper: Paper, *figures: Figure) -> Patterns:
    """Patterns over a few figures."""
    return Patterns(Register(figures), paper)


def test_terms_of_a_formula() -> None:
    assert terms("a.b.c + a.b.d.printed - (a.b.e - a.b.f)") == (
        (1, "a.b.c"),
        (1, "a.b.d"),
        (-1, "a.b.e"),
        (1, "a.b.f"),
    )
    assert terms("0 - a.b.c") == ((-1, "a.b.c"),)
    assert terms("a.b.c * 2") == ()
    assert terms("max(a.b.c, 0)") == ()


@pytest.mark.parametrize(
    ("total", "status"), [("300000", "pass"), ("301000", "rounding"), ("303000", "fail")]
)
def test_a_total_against_its_parts(total: str, status: str) -> None:
    register = Register([read("x.bromley.a.m", "100000"), read("x.bromley.b.m", "200000")])
    printed(register, "x.bromley.total.m", total)
    derive(register, "x.bromley.total.m", "x.bromley.a.m + x.bromley.b.m")
    (check,) = check_printed(Structure(register))
    assert check.status == status
    assert check.tolerance == Decimal(1000)
    assert bool(check.sentence) == (status == "fail")


def test_a_number_printed_again_must_agree_exactly() -> None:
    register = Register([read("x.bromley.a.m", "100000")])
    printed(register, "x.bromley.again.m", "101000")
    derive(register, "x.bromley.again.m", "x.bromley.a.m")
    (check,) = check_printed(Structure(register))
    assert (check.kind, check.status) == ("number printed again", "fail")


def test_the_total_of_differences_is_cast_across() -> None:
    register = Register()
    for line, budget, actual in (("a", "500000", "420000"), ("b", "300000", "350000")):
        scope = f"x.bromley.{line}"
        register.add(read(f"{scope}.budget", budget))
        register.add(read(f"{scope}.actual", actual))
        printed(
            register, f"{scope}.variance", Decimal(budget) - Decimal(actual) + 9000 * (line == "a")
        )
        derive(register, f"{scope}.variance", f"{scope}.budget - {scope}.actual")
    for measure in ("budget", "actual"):
        derive(
            register, f"x.bromley.total.{measure}", f"x.bromley.a.{measure} + x.bromley.b.{measure}"
        )
    printed(register, "x.bromley.total.variance", "30000")
    derive(register, "x.bromley.total.variance", "x.bromley.total.budget - x.bromley.total.actual")
    (check,) = check_cross_casts(Structure(register))
    assert (check.status, check.expected, check.actual) == ("fail", Decimal(39000), Decimal(30000))
    assert "2 printed parts come to £39k" in check.sentence


def test_a_total_left_blank_in_a_row_of_totals() -> None:
    register = Register()
    for column in ("one", "two"):
        for row, place in ((2, "bexley"), (3, "bromley")):
            cell = Cell("t.csv", None, row, column, "5")
            register.add(read(f"x.{place}.{column}.m", "5", unit="COUNT", step="1", cell=cell))
    shown = vars(
        read("x.icb.one.m", "10", unit="COUNT", step="1", cell=Cell("t.csv", None, 4, "one", "10"))
    )
    register.add(Figure(**{**shown, "id": "x.icb.one.m.printed"}))
    for column in ("one", "two"):
        derive(
            register, f"x.icb.{column}.m", f"x.bexley.{column}.m + x.bromley.{column}.m", "COUNT"
        )
    (check,) = check_blank_totals(Structure(register))
    assert check.figures == ("x.icb.two.m",)
    assert "t.csv row 4, two" in check.sentence


RULE = (Agreement("One against two", "one.{place}.total.m", "two.{place}.total.m"),)


@pytest.mark.parametrize(("second", "status"), [("7000", "pass"), ("8000", "fail")])
def test_one_quantity_in_two_tables(paper: Paper, second: str, status: str) -> None:
    found = patterns(
        paper, read("one.bromley.total.m", "7000"), read("two.bromley.total.m", second)
    )
    (check,) = check_agreements(found, RULE)
    assert check.status == status
    if status == "fail":
        assert "£7k (book.csv row 2, m) in one and £8k (book.csv row 2, m)" in check.sentence


def test_a_rule_without_figures_is_told_once_with_the_reason(paper: Paper) -> None:
    found = patterns(paper, read("one.bexley.total.m", "7000"), read("two.bexley.total.m", "7000"))
    checks = list(check_agreements(found, RULE))
    assert [check.status for check in checks] == ["pass", "not_applicable"]
    assert checks[1].sentence == "Not checked: Bromley has no figure this month for one: total, m."


@pytest.mark.parametrize(("last", "status"), [("35", "pass"), ("36", "rounding"), ("45", "fail")])
def test_a_phasing_comes_to_the_whole(paper: Paper, last: str, status: str) -> None:
    parts = zip(("q1", "q2", "q3", "q4"), ("10", "25", "30", last), strict=True)
    figures = [read(f"x.icb.savings.phasing.{q}", v, unit="PCT", step="1") for q, v in parts]
    (check,) = check_wholes(patterns(paper, *figures))
    assert check.status == status


def test_a_duty_that_is_not_met(paper: Paper) -> None:
    scope = "indicators.icb.operating_under_resource_revenue_limit"
    figures = read(f"{scope}.ytd_actual", "900000"), read(f"{scope}.ytd_target", "800000")
    found = statuses(check_duties(patterns(paper, *figures)))
    assert found == {f"duty.{scope}.ytd_actual": "fail"}


def test_an_earlier_month_said_again_must_stand(register: Register, paper: Paper) -> None:
    name = "resource_limit.bromley.total.budget.m05.printed"
    assert set(statuses(check_released(Patterns(register, paper))).values()) <= {"pass", "rounding"}
    changed = Register(replace(f, value=f.value + 5000) if f.id == name else f for f in register)
    found = [c for c in check_released(Patterns(changed, paper)) if c.is_open]
    assert [check.id for check in found] == [f"released.{name}"]
    assert "published £239,910k (data/released/2023-24/M05" in found[0].sentence


def test_a_balance_rolls_forward_from_the_paper_published(register: Register, paper: Paper) -> None:
    name = "cash.icb.icb_acdr.requirement"
    changed = Register(replace(f, value=f.value + 90_000) if f.id == name else f for f in register)
    found = {c.id for c in check_released(Patterns(changed, paper)) if c.is_open}
    assert f"roll.{name}.since_m05" in found


@pytest.mark.parametrize(("cost", "ledger", "status"), [("-9", "-8", "pass"), ("9", "-8", "fail")])
def test_clients_times_price_and_the_ledger(
    paper: Paper, cost: str, ledger: str, status: str
) -> None:
    found = patterns(
        paper,
        read("chc.bromley.packages.ytd_variance", cost),
        read("position.bromley.continuing_care_services.ytd_variance", ledger),
    )
    assert list(statuses(check_price_and_activity(found)).values()) == [status]


@pytest.mark.parametrize(("forecast", "status"), [("-500000", "pass"), ("-300000", "fail")])
def test_a_forecast_far_better_than_its_pace(paper: Paper, forecast: str, status: str) -> None:
    scope = "position.bromley.acute_services"
    found = patterns(
        paper,
        read(f"{scope}.forecast_variance", forecast),
        read(f"{scope}.straight_line_variance", "-560000"),
        read(f"{scope}.annual_budget", "12000000"),
    )
    assert list(statuses(check_pace(found)).values()) == [status]


@pytest.mark.parametrize(("outturn", "status"), [("5000", "pass"), ("-5000", "fail")])
def test_a_line_that_forecasts_to_spend_less_than_nothing(
    paper: Paper, outturn: str, status: str
) -> None:
    scope = "position.bromley.acute_services"
    found = patterns(
        paper, read(f"{scope}.forecast_outturn", outturn), read(f"{scope}.annual_budget", "9000")
    )
    assert list(statuses(check_negative_forecasts(found)).values()) == [status]


def test_a_forecast_that_rests_on_an_unexplained_gain(paper: Paper) -> None:
    scope = "position.bromley.total"
    total = read(f"{scope}.forecast_variance", "-100000")
    assert set(statuses(check_gains(patterns(paper, total))).values()) == {"pass"}
    gain = read(f"{scope}.unexplained_gain_variance", "400000")
    without = read(f"{scope}.underlying_forecast_variance", "-500000")
    (check,) = [c for c in check_gains(patterns(paper, total, gain, without)) if c.is_open]
    assert "without it, it would be minus £500k" in check.sentence


@pytest.mark.parametrize(
    ("moved", "status"), [("600000", "pass"), ("400000", "fail"), ("-1", "pass")]
)
def test_a_position_that_improves_only_by_a_reserve(paper: Paper, moved: str, status: str) -> None:
    found = patterns(
        paper,
        read("position.bromley.reserves.in_month_release", "491000"),
        read("position.bromley.total.movement", moved),
    )
    assert list(statuses(check_gains(found)).values()) == [status]


@pytest.mark.parametrize(("part", "status"), [("90000", "pass"), ("124000", "fail")])
def test_a_part_as_large_as_the_whole(paper: Paper, part: str, status: str) -> None:
    found = patterns(
        paper,
        read("mental_health.icb.cost_per_case.ytd_overspend", part),
        read("overview.icb.mental_health_services.ytd_variance", "-124000"),
    )
    assert list(statuses(check_parts(found)).values()) == [status]


@pytest.mark.parametrize(("odd", "status"), [("310", "pass"), ("3100", "fail"), ("31", "fail")])
def test_a_month_that_jumps(paper: Paper, odd: str, status: str) -> None:
    values = {"m03": "300", "m04": odd, "m05": "305", "": "320"}
    figures = [
        read(
            f"chc.bromley.all_clients.clients.{month}".rstrip("."),
            value,
            unit="COUNT",
            step="1",
            period=f"2023/24 {month or 'm06'}",
        )
        for month, value in values.items()
    ]
    assert list(statuses(check_jumps(patterns(paper, *figures))).values()) == [status]


@pytest.mark.parametrize(("share", "status"), [("48.3", "pass"), ("40.1", "fail")])
def test_a_cumulative_share_that_does_not_fit(paper: Paper, share: str, status: str) -> None:
    drawn = "cash.icb.drawdown"
    found = patterns(
        paper,
        read(f"{drawn}.proportion_of_acdr.m05", "39.2", unit="PCT", step="0.1"),
        read(f"{drawn}.proportion_of_acdr", share, unit="PCT", step="0.1"),
        read(f"{drawn}.cumulative_drawdown.m05", "1697000000"),
        read(f"{drawn}.cumulative_drawdown", "2093000000"),
        read("resource_limit.icb.total.budget.m05", "4771454000"),
        read("resource_limit.icb.total.budget", "4772807000"),
    )
    assert list(statuses(check_cumulative_shares(found)).values()) == [status]


@pytest.mark.parametrize(("cost", "status"), [("35", "pass"), ("4", "fail")])
def test_an_average_that_falls_because_its_count_grows(
    paper: Paper, cost: str, status: str
) -> None:
    scope = "chc.bromley.total"
    found = patterns(
        paper,
        read(f"{scope}.activity_growth", "60", unit="PCT", step="1"),
        read(f"{scope}.average_price_growth", "-20", unit="PCT", step="1"),
        read(f"{scope}.cost_growth", cost, unit="PCT", step="1"),
    )
    assert list(statuses(check_falling_averages(found)).values()) == [status]


def test_month_labels_of_another_year(register: Register, paper: Paper) -> None:
    (check,) = check_month_labels(register, paper)
    assert (check.status, check.expected, check.actual) == ("fail", Decimal(12), Decimal(0))
    assert "Apr-22 for April 2023 (cash_drawdown.csv row 2, printed_month)" in check.sentence
    assert check.cause == "This would be explained by labels kept from last year."
    (none,) = check_month_labels(Register(), paper)
    assert none.status == "not_applicable"
