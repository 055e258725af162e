"""The investment standard by programme: identities, what breaks it, and doubtful names."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from savings_home import Record, programme, return_home
from walked import walked

from boardpack.audit.second.funding import mental_health_standard
from boardpack.audit.second.headlines import differing
from boardpack.audit.second.records import Month
from boardpack.checks.check import Check
from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.core.money import plain
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

M06 = parse_month("2023-24", "M06")
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
UPLIFT = Decimal("9.22")
NAME = "mental_health.icb."
FOUR = (
    programme("Crisis", 10_000, 5_500, 11_200),
    programme("Liaison", 2_000, 1_000, 2_100),
    programme("Physical health checks", 500, 100, 600),
    programme("Dementia", 900, 500, 950, eligible="excluded", reason="Not a category"),
)
"""Three that count and one that does not: the target is 12,500 x 1.0922 = 13,652.50."""


def register_of(home: Path) -> Register:
    return compute(load_paper(home, M06), "mental_health")


def test_headroom_growth_and_what_would_break_the_standard(tmp_path: Path) -> None:
    register = register_of(return_home(tmp_path, FOUR))
    crisis = {m: register[f"{NAME}programme_crisis.{m}"].value for m in MEASURES}
    margin = Decimal("13900") - Decimal("13652.5")
    assert register[f"{NAME}mhis.over_delivery"].value == margin
    assert crisis["increase"] == 1_200
    assert crisis["growth"] == 12
    assert crisis["required_spend"] == 10_922
    assert crisis["headroom"] == 278
    assert crisis["still_to_spend"] == 5_700
    assert abs(crisis["break_even_slippage"] - margin * 100 / 5_700) < Decimal("1e-20")
    assert abs(crisis["share_of_increase"] - Decimal(120_000) / 1_400) < Decimal("1e-20")
    assert register[f"{NAME}eligible_programmes.headroom"].value == margin
    assert register[f"{NAME}excluded_programmes.forecast_outturn"].value == 950
    assert f"{NAME}programme_dementia.headroom" not in register
    assert register[f"{NAME}programme_crisis.prior_year_outturn"].period == "2022/23"


MEASURES = (
    *("increase", "growth", "required_spend", "headroom", "still_to_spend"),
    *("break_even_slippage", "share_of_increase"),
)


def test_that_much_slippage_leaves_no_margin(tmp_path: Path) -> None:
    before = register_of(return_home(tmp_path / "before", FOUR))
    share = before[f"{NAME}programme_crisis.break_even_slippage"].value
    forecast = (Decimal(11_200) - Decimal(5_700) * share / 100).quantize(Decimal("0.01"))
    slipped = ({**FOUR[0], "forecast_outturn": str(forecast)}, *FOUR[1:])
    after = register_of(return_home(tmp_path / "after", slipped))
    assert after[f"{NAME}mhis.over_delivery"].value == 0


def test_a_standard_already_missed_has_nothing_left_to_break(tmp_path: Path) -> None:
    missed = ({**FOUR[0], "forecast_outturn": "9,000"}, *FOUR[1:])
    register = register_of(return_home(tmp_path, missed))
    assert register[f"{NAME}mhis.over_delivery"].value < 0
    assert not [figure.id for figure in register if "break_even" in figure.id]


def test_a_month_without_a_return_has_no_programmes() -> None:
    own = [f for f in register_of(PROJECT) if f.chapter == "mental_health"]
    assert own
    assert not [f.id for f in own if f.line.startswith("programme_")]


def test_two_names_that_would_be_one_figure_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="'crisis!'"):
        register_of(return_home(tmp_path, (*FOUR, {**FOUR[0], "programme": "crisis!"})))


def asked(home: Path) -> dict[str, Check]:
    paper = load_paper(home, M06)
    checks = run_checks(compute(paper, "mental_health"), paper, complete=False)
    found = (check for check in checks if check.id.startswith("plausible.eligibility"))
    return {check.id.split(".")[4]: check for check in found if check.status != "not_applicable"}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("LDA pathway", "learning disability and autism"),
        ("Community ASD team", "learning disability and autism"),
        ("Memory service", "dementia"),
        ("Section 117 physical health", "physical health care"),
        ("Winter pilots", "money that does not recur"),
    ],
)
def test_a_name_that_hints_at_what_is_left_out_is_asked_after(
    name: str, hint: str, tmp_path: Path
) -> None:
    found = asked(return_home(tmp_path, (*FOUR, programme(name, 1_000, 700, 1_500))))
    failed = [check for check in found.values() if check.status == "fail"]
    assert len(failed) == 1
    assert failed[0].severity == "warning"
    assert hint in failed[0].sentence
    assert "£248 above the target" in failed[0].sentence


def test_what_counts_by_its_name_is_not_asked_after(tmp_path: Path) -> None:
    names = ("Perinatal", "Adults with additional needs", "Building community", "Older adults")
    more = (programme(name, 100, 60, 130) for name in names)
    found = asked(return_home(tmp_path, (*FOUR, *more)))
    assert len(found) == 3 + len(names)
    assert {check.status for check in found.values()} == {"pass"}


def test_of_a_standard_that_asks_for_nothing_there_is_no_share(tmp_path: Path) -> None:
    register = register_of(return_home(tmp_path, (programme("Crisis", 0, 100, 468),)))
    assert register[f"{NAME}mhis.over_delivery"].value == 468
    assert f"{NAME}mhis.over_delivery_share" not in register


@given(
    drawn=st.lists(st.tuples(*[st.integers(0, 90_000)] * 3, st.booleans()), min_size=1, max_size=5)
)
@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_lines_add_up_to_the_standard_and_a_second_reading_agrees(
    drawn: list[tuple[int, int, int, bool]],
) -> None:
    listed = [_drawn(number, *row) for number, row in enumerate(drawn)]
    with tempfile.TemporaryDirectory() as folder:
        home = return_home(Path(folder), listed)
        register = register_of(home)
        found = mental_health_standard(Month(home, "2023-24", 6, "bromley", PLACES))
        assert walked(home, register).wrong == []
    told = {figure.id: plain(figure.value) for figure in register}
    assert differing(found, told) == {}
    assert not set(found) - set(told)
    lines = [f.value for f in register if f.measure == "headroom" and f.line[:4] == "prog"]
    if lines:
        assert sum(lines) == register[f"{NAME}mhis.over_delivery"].value


def _drawn(number: int, before: int, actual: int, forecast: int, counts: bool) -> Record:
    eligible = "eligible" if counts else "excluded"
    return programme(f"Line {number}", before, actual, forecast, eligible=eligible)
