"""Forecasts by rule and their trials, against a second, plain way to them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from forecast_home import (
    PLACE,
    forecast_home,
    forecast_register,
    release_position,
    without_past_years,
)
from hypothesis import given
from hypothesis import strategies as st
from plain_forecast import PlainHistory, mean_error, plain_range

from boardpack.figures.formula import evaluate
from boardpack.figures.register import Register
from boardpack.subjects.forecast.methods import at_run_rate, by_profile, straight_line
from boardpack.subjects.forecast.rates import reached
from boardpack_demo.icb import DIRECTORATES

LINES = {**DIRECTORATES, "total": "Total"}
RULES = ("straight_line", "profile", "run_rate", "team")
LEAST = Fraction(1, 10**9)
cost = st.decimals(1, 10**9, places=2)
month = st.integers(1, 12)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven months of the made-up ICB, of which the fifth is released."""
    found = forecast_home(tmp_path_factory.mktemp("forecast") / "demo")
    release_position(found, 5)
    return found


@pytest.fixture(scope="module")
def seventh(home: Path) -> Register:
    """The register of Month 7."""
    return forecast_register(home, 7)


@pytest.fixture(scope="module")
def history(home: Path) -> PlainHistory:
    """The past years, read plainly."""
    return PlainHistory(home)


def _value(register: Register, identity: str) -> Fraction:
    return Fraction(register.agreed(identity).value)


def _close(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= LEAST * max(1, abs(other))


@pytest.mark.parametrize("place", [PLACE, "icb"])
def test_each_rule_and_its_error_by_a_second_way(
    place: str, seventh: Register, history: PlainHistory
) -> None:
    for line, label in LINES.items():
        own = f"forecast.{place}.{line}"
        actual = _value(seventh, f"position.{place}.{line}.ytd_actual")
        now = {
            "straight_line": actual / 7 * 12,
            "profile": actual / history.share(history.years, 7, place, label),
        }
        ratios = history.ratios(7, 2, place, label)
        earlier = _value(seventh, f"position.{place}.{line}.ytd_actual.m05")
        now["run_rate"] = actual + (actual - earlier) / 2 * 5
        for rule, expected in now.items():
            assert _close(_value(seventh, f"{own}.{rule}"), expected), (line, rule)
        for rule in RULES:
            shown = _value(seventh, f"{own}.{rule}_error_mean")
            assert _close(shown, mean_error(ratios[rule])), (line, rule)
            assert seventh[f"{own}.{rule}_cases"].value == len(ratios[rule])
        for end, expected in zip(("low", "high"), plain_range(now, ratios), strict=True):
            assert _close(_value(seventh, f"{own}.{end}"), expected), (line, end)


def test_errors_of_other_months_take_the_run_rate_of_the_last_month(
    seventh: Register, history: PlainHistory
) -> None:
    for number in (3, 6, 9):
        ratios = history.ratios(number, 1, PLACE, "Total")
        for rule in RULES:
            shown = _value(seventh, f"forecast.{PLACE}.total.{rule}_error_mean_m{number:02d}")
            assert _close(shown, mean_error(ratios[rule])), (number, rule)


def test_each_error_of_the_total_has_its_sign(seventh: Register, history: PlainHistory) -> None:
    (ratio, *_) = history.ratios(7, 2, PLACE, "Total")["straight_line"]
    shown = _value(seventh, f"forecast.{PLACE}.total.straight_line_error.2021_22_m07")
    assert _close(shown, (ratio - 1) * 100)


def test_a_profile_is_never_tried_with_a_year_that_was_not_over(seventh: Register) -> None:
    for place in (PLACE, "icb"):
        assert seventh[f"forecast.{place}.total.profile_cases"].value == 2
        formula = seventh[f"forecast.{place}.total.profile_error.2022_23_m07"].formula or ""
        assert "past_share.2021_22" in formula
        assert "past_share.2022_23" not in formula


def test_the_months_that_were_as_good_are_counted(seventh: Register, history: PlainHistory) -> None:
    required = _value(seventh, f"position.{PLACE}.total.required_run_rate")
    own = f"forecast.{PLACE}.total"
    assert seventh[f"{own}.past_months_known"].value == 36
    assert seventh[f"{own}.past_months_as_good"].value == history.months_as_good(required, PLACE)
    assert seventh[f"{own}.stretches_known"].value == 2


def test_gaps_and_variances_are_what_they_say(seventh: Register) -> None:
    for line in LINES:
        own, budget = f"forecast.{PLACE}.{line}", f"position.{PLACE}.{line}.annual_budget"
        for rule in ("straight_line", "profile", "run_rate"):
            found = _value(seventh, f"{own}.{rule}")
            gap = _value(seventh, f"{own}.team") - found
            assert _close(_value(seventh, f"{own}.{rule}_gap"), gap)
            variance = _value(seventh, budget) - found
            assert _close(_value(seventh, f"{own}.{rule}_variance"), variance)


def test_care_is_carried_at_the_clients_and_the_price_of_now(seventh: Register) -> None:
    """October has 31 days, and 151 are left from November to March."""
    chc, ledger = f"chc.{PLACE}", f"position.{PLACE}.continuing_care_services.ytd_actual"
    weeks = _value(seventh, f"{chc}.all_clients.client_weeks")
    price = _value(seventh, f"{chc}.all_clients.average_weekly_price")
    actual, accrued = _value(seventh, ledger), _value(seventh, f"{chc}.accrued.ytd_actual")
    expected = actual + weeks * price / 31 * 151 + (actual - accrued) / 7 * 5
    shown = _value(seventh, f"forecast.{PLACE}.continuing_care_services.driver_based")
    assert _close(shown, expected)


def test_medicines_are_carried_with_last_years_item_once(
    seventh: Register, history: PlainHistory
) -> None:
    spend, prior = (
        _value(seventh, f"prescribing.{PLACE}.{line}.ytd_spend") for line in ("ppa", "prior_year")
    )
    prices = _value(seventh, f"prescribing_items.{PLACE}.cat_m_ncso.latest_month_difference")
    rest = _value(seventh, f"position.{PLACE}.prescribing.ytd_actual") - spend
    share = history.share(history.years, 7, PLACE, "Prescribing")
    expected = (spend - prior) / share + prior + prices * 5 + rest / 7 * 12
    assert _close(_value(seventh, f"forecast.{PLACE}.prescribing.driver_based"), expected)


def test_risks_are_weighted_and_mitigated(seventh: Register) -> None:
    """By hand: 900 x 40% - 150, 600 x 30% - 60, 500 x 50% - 100, in £000s."""
    own = f"forecast.{PLACE}.risks"
    measures = ("gross", "weighted", "mitigation_amount", "net")
    sums = [seventh[f"{own}.{measure}"].value for measure in measures]
    assert sums == [2_000_000, 790_000, 310_000, 480_000]
    forecast = seventh[f"position.{PLACE}.total.forecast_variance"].value
    adjusted = seventh[f"forecast.{PLACE}.total.risk_adjusted_variance"].value
    assert adjusted == forecast - 480_000


def test_without_past_years_there_is_no_range(tmp_path: Path) -> None:
    home = forecast_home(tmp_path / "demo", 4)
    without_past_years(home)
    register = forecast_register(home, 4)
    own = [figure for figure in register if figure.chapter == "forecast"]
    told = {figure.measure for figure in own}
    assert "straight_line" in told
    assert told.isdisjoint({"profile", "low", "high", "team_error_mean", "past_months_known"})


def test_at_the_end_of_the_year_every_rule_is_what_was_spent(tmp_path: Path) -> None:
    register = forecast_register(forecast_home(tmp_path / "demo", 12), 12)
    for place in (PLACE, "icb"):
        for line in LINES:
            spent = _value(register, f"position.{place}.{line}.ytd_actual")
            own = f"forecast.{place}.{line}"
            found = [
                _value(register, f"{own}.{measure}")
                for measure in ("team", "straight_line", "profile", "driver_based", "low", "high")
                if f"{own}.{measure}" in register
            ]
            assert len(found) >= 5
            assert all(_close(value, spent) for value in found), line


def test_month_six_of_the_published_paper(register: Register) -> None:
    """By hand, in £000s: 123,260 x 2; -2,400 and -459 a month for six; -2,675 - 1,671 - 1,393."""
    value = lambda name: register[f"forecast.bromley.{name}"].value  # noqa: E731
    assert value("total.straight_line") == 246_520_000
    assert value("total.straight_line_gap") == -2_123_000
    assert value("total.run_rate_variance") == -5_154_000
    assert value("other_programme_services.straight_line_gap") == -1_636_000
    assert value("prescribing.profile_share") == Decimal("49.79")
    assert value("total.underlying_variance") == -5_739_000
    assert value("total.stretches_as_good") == 0
    measures = {figure.measure for figure in register if figure.chapter == "forecast"}
    assert measures.isdisjoint({"low", "high", "net", "past_actual"})
    assert "forecast.bromley.continuing_care_services.driver_based" not in register


def _of(formula: str, **values: Decimal) -> Decimal:
    return evaluate(formula, {f"a.{name}": value for name, value in values.items()})


@given(spent=cost, earlier=cost, since=st.integers(1, 11))
def test_in_month_twelve_each_rule_is_the_actual(
    spent: Decimal, earlier: Decimal, since: int
) -> None:
    whole = Decimal(100)
    assert _of(straight_line("a.now", 12), now=spent) == spent
    assert _of(by_profile("a.now", "a.share"), now=spent, share=whole) == spent
    assert _of(at_run_rate("a.now", "a.then", 12, since), now=spent, then=earlier) == spent


@given(monthly=cost, number=st.integers(2, 12), since=st.integers(1, 11))
def test_every_rule_is_exact_in_an_even_year(monthly: Decimal, number: int, since: int) -> None:
    since = min(since, number - 1)
    now, then, year = monthly * number, monthly * (number - since), monthly * 12
    share = Decimal(number) / 12 * 100
    found = (
        _of(straight_line("a.now", number), now=now),
        _of(by_profile("a.now", "a.share"), now=now, share=share),
        _of(at_run_rate("a.now", "a.then", number, since), now=now, then=then),
    )
    assert all(abs(one - year) < Decimal("0.000001") for one in found)


@given(rate=st.decimals(-(10**8), 10**8, places=2), required=st.decimals(-(10**8), 10**8, places=2))
def test_a_rate_that_is_as_good_counts_one(rate: Decimal, required: Decimal) -> None:
    found = _of(reached("a.rate", "a.required"), rate=rate, required=required)
    assert found == (1 if rate >= required else 0)
