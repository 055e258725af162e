"""Checks: printed against computed, one quantity in two tables, duties, and waivers."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from month_six import paper_for, whole_register

from boardpack.checks import Check
from boardpack.checks.check import check_from_json
from boardpack.checks.distinct_points import distinct_points
from boardpack.checks.engine import run_checks
from boardpack.checks.unadjusted import unadjusted_figures
from boardpack.checks.waivers import apply_waivers, override_trail
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.core.run import Waiver
from boardpack.figures.figure import PRINTED
from boardpack.figures.register import Register


def test_every_printed_figure_is_checked(register: Register, checks: tuple[Check, ...]) -> None:
    printed = {f.id for f in register if f.id.endswith(f".{PRINTED}")}
    checked = {figure for check in checks for figure in check.figures}
    assert len(printed) > 500
    assert printed <= checked


def test_check_ids_are_unique(checks: tuple[Check, ...]) -> None:
    assert len({check.id for check in checks}) == len(checks)


def test_every_failure_explains_itself(checks: tuple[Check, ...]) -> None:
    failed = [check for check in checks if check.is_open]
    assert failed
    for check in failed:
        assert check.sentence.endswith((".", ")")), check.id
        assert any(character.isdigit() for character in check.sentence), check.id


def test_there_are_many_hundreds_of_checks_of_many_kinds(checks: tuple[Check, ...]) -> None:
    assert len(checks) > 1000
    assert {check.kind for check in checks} >= {
        "total against its parts",
        "cross-cast",
        "identity",
        "rate or percentage",
        "roll-forward",
        "earlier paper",
        "same quantity in two tables",
        "duty",
        "plausibility",
    }
    assert {check.status for check in checks} == {
        "pass",
        "rounding",
        "fail",
        "documented",
        "not_applicable",
    }


KNOWN = {
    "printed.overview.icb.total.ytd_budget_non_covid": "",
    "printed.prescribing.icb.total.forecast_unmitigated_overspend": "cut off",
    "printed.prescribing_savings.icb.non_core_total.identified_opportunity": "£24,547",
    "printed.prescribing_savings.icb.non_core_target.annual_plan": "a subtotal in the wrong cell",
    "printed.prescribing_savings.icb.run_rate_drugs.ytd_cost_growth": "a lost minus sign",
    "printed.programmes.bromley.pruh_outpatient_all.attendances_in_month.all_years_m07": "9 for 0",
    "printed.chc.bromley.total.activity_growth": "",
    "printed.chc.bromley.total.average_price_growth": "",
    "blank.prescribing_savings.icb.rag_drugs.ytd_savings": "",
    "agreement.position.bromley.continuing_care_services.ytd_actual": "",
    "agreement.savings.bromley.total.full_year_forecast": "",
    "agreement.savings.bromley.prescribing.ytd_actual": "",
    "agreement.corporate.icb.corporate_total.ytd_actual": "",
    "agreement.indicators.icb.operating_under_resource_revenue_limit.ytd_actual": "",
    "agreement.indicators.icb.expenditure_not_to_exceed_income.forecast_target": "£20,000k",
    "duty.indicators.icb.expenditure_not_to_exceed_income.ytd_actual": "",
    "plausible.activity_price.chc.bromley.packages.ytd_variance": "",
    "plausible.pace.position.bromley.mental_health_services.forecast_variance": "",
    "plausible.pace.position.bromley.continuing_care_services.forecast_variance": "",
    "plausible.negative_forecast.position.bromley.other_programme_services.forecast_outturn": "",
    "plausible.negative_forecast.prescribing.central.ppa.forecast_outturn": "",
    "plausible.part_of_whole.mental_health.icb.cost_per_case.ytd_overspend": "",
    "plausible.cumulative_share.cash.icb.drawdown.proportion_of_acdr.m03": "",
    "plausible.average.chc.icb.total.average_price_growth": "",
    "agreement.savings.bromley.prescribing.full_year_plan": "",
    "agreement.savings.bromley.prescribing.ytd_plan_share": "",
    "agreement.savings.icb.convergence.rate": "",
    "agreement.prescribing.icb.cat_m_ncso.full_year_pressure": "",
    "agreement.prescribing_savings.icb.total.plan_change": "£1k",
    "duty.indicators.icb.expenditure_not_to_exceed_income.forecast_actual": "",
    "plausible.remainder.corporate.icb.929002.forecast_outturn": "",
    "plausible.remainder.corporate.icb.929219.forecast_outturn": "",
    "plausible.remainder.corporate.icb.929600.forecast_outturn": "",
    "plausible.within.prescribing.bromley.ppa.ytd_budget": "",
    "plausible.within.prescribing.lambeth.ppa.ytd_budget": "",
    "plausible.within.prescribing.bromley.ppa.ytd_spend": "",
    "plausible.within.prescribing.lambeth.ppa.ytd_spend": "",
    "labels.cash_drawdown": "labels kept from last year",
}


def test_the_published_paper_has_these_distinct_points_and_no_others(
    checks: tuple[Check, ...],
) -> None:
    own = {check.id: check.cause for check in checks if check.is_open and check.root is None}
    assert own.keys() == KNOWN.keys()
    for name, cause in KNOWN.items():
        assert cause in own[name] if cause else not own[name]


def test_what_follows_from_a_point_stands_beneath_it(checks: tuple[Check, ...]) -> None:
    roots = {check.id: check.root for check in checks if check.root}
    care = "agreement.position.bromley.continuing_care_services.ytd_actual"
    for follower in ("continuing_care_services.ytd_variance", "total.ytd_actual"):
        assert roots[f"agreement.position.bromley.{follower}"] == care
    assert roots["agreement.position.bromley.total.ytd_variance"] == care
    limit = "agreement.indicators.icb.operating_under_resource_revenue_limit.forecast_target"
    assert roots[limit].endswith("expenditure_not_to_exceed_income.forecast_target")
    assert not set(roots.values()) & set(roots)


def test_every_rule_that_was_not_applied_says_why(lambeth_checks: tuple[Check, ...]) -> None:
    idle = [check for check in lambeth_checks if check.status == "not_applicable"]
    assert len(idle) > 5
    for check in idle:
        assert check.sentence.startswith("Not checked: ")
        assert check.expected is None
        assert not check.figures


@pytest.fixture(scope="module")
def lambeth_checks() -> tuple[Check, ...]:
    """The checks of a place that supplied little of its own."""
    return run_checks(whole_register("lambeth"), paper_for("lambeth"))


def test_a_check_survives_its_record(checks: tuple[Check, ...]) -> None:
    for check in checks:
        assert check_from_json(json.loads(json.dumps(check.to_json()))) == check


def test_a_total_changed_beyond_rounding_fails(register: Register, paper: Paper) -> None:
    name = "position.bromley.total.ytd_actual.printed"
    changed = Register(replace(f, value=f.value + 90_000) if f.id == name else f for f in register)
    (check,) = [c for c in run_checks(changed, paper) if c.id == f"printed.{name[:-8]}"]
    assert check.status == "fail"
    assert check.difference == Decimal(88_000)


def _waiver(check: str, expires: str) -> Waiver:
    return Waiver(
        check=check,
        reason="agreed with audit",
        owner_role="Finance lead",
        expires=dt.date.fromisoformat(expires),
    )


def _with_waiver(paper: Paper, waiver: Waiver) -> Paper:
    run = paper.run.model_copy(update={"waivers": [waiver]})
    return paper.model_copy(update={"run": run})


def test_a_waiver_answers_until_it_expires(register: Register, paper: Paper) -> None:
    name = "agreement.position.bromley.total.ytd_actual"
    for expires, status in (("2023-12-31", "waived"), ("2023-10-30", "fail")):
        told = run_checks(register, _with_waiver(paper, _waiver(name, expires)))
        assert {check.id: check.status for check in told}[name] == status


def test_a_waiver_for_no_check_is_refused(register: Register, paper: Paper) -> None:
    with pytest.raises(InputFaults, match="the id of a check"):
        run_checks(register, _with_waiver(paper, _waiver("printed.nothing", "2023-12-31")))


def test_a_waiver_is_not_refused_before_every_chapter_has_run(
    register: Register, paper: Paper
) -> None:
    told = _with_waiver(paper, _waiver("printed.nothing", "2023-12-31"))
    assert run_checks(register, told, complete=False)


def test_the_override_trail_tells_what_became_of_each_waiver(
    register: Register, paper: Paper
) -> None:
    failing = "agreement.position.bromley.total.ytd_actual"
    agrees = "agreement.position.bromley.acute_services.ytd_actual"
    for name, expires, use in (
        (failing, "2023-12-31", "in use"),
        (failing, "2023-10-30", "expired"),
        (agrees, "2023-12-31", "not needed"),
    ):
        told = _with_waiver(paper, _waiver(name, expires))
        (override,) = override_trail(run_checks(register, told), told)
        assert override.use == use


def test_differences_left_unadjusted_are_summed_with_their_direction(
    register: Register, paper: Paper, checks: tuple[Check, ...]
) -> None:
    found = {figure.id: figure for figure in unadjusted_figures(checks, register, paper)}
    care = "agreement_position_bromley_continuing_care_services_ytd_actual"
    assert found[f"assurance.bromley.{care}.effect"].value == 2000
    assert found["assurance.bromley.unadjusted.net_effect"].value == 2000
    assert found["assurance.bromley.unadjusted.variance_too_bad"].value == 2000
    assert found["assurance.bromley.unadjusted.variance_too_good"].value == 0
    assert found["assurance.bromley.unadjusted.materiality"].value == 2_417_220
    income = "agreement_indicators_icb_expenditure_not_to_exceed_income_forecast_target"
    assert found[f"assurance.icb.{income}.effect"].value == -20_000_000
    gross = sum(
        f.value
        for i, f in found.items()
        if i.startswith("assurance.icb.") and i.endswith(".difference")
    )
    assert found["assurance.icb.unadjusted.gross"].value == gross


def test_distinct_points_are_counted_once(checks: tuple[Check, ...]) -> None:
    points = distinct_points([check.to_json() for check in checks])
    assert {point.check["id"] for point in points} == set(KNOWN)
    assert sum(1 + len(point.follows) for point in points) == sum(c.is_open for c in checks)
    stops = [point.stops_release for point in points]
    assert stops == sorted(stops, reverse=True)


CARE = "agreement.position.bromley.continuing_care_services.ytd_actual"


def test_a_waived_point_covers_what_follows_from_it(
    register: Register, paper: Paper, checks: tuple[Check, ...]
) -> None:
    follows = {check.id for check in checks if check.root == CARE}
    told = _with_waiver(paper, _waiver(CARE, "2023-12-31"))
    answered = run_checks(register, told)
    waived = {check.id: check.waiver or "" for check in answered if check.status == "waived"}
    assert follows
    assert waived.keys() == {CARE, *follows}
    assert all(waived[name].startswith(f"follows from {CARE}: agreed") for name in follows)
    (override,) = override_trail(answered, told)
    assert len(override.follows) == len(follows)


def test_a_waiver_for_a_consequence_leaves_its_point_open(
    register: Register, paper: Paper, checks: tuple[Check, ...]
) -> None:
    name = next(check.id for check in checks if check.root == CARE)
    answered = run_checks(register, _with_waiver(paper, _waiver(name, "2023-12-31")))
    assert [check.id for check in answered if check.status == "waived"] == [name]


def test_waiving_what_is_to_be_read_never_clears_what_stops_a_release(paper: Paper) -> None:
    nil = Decimal(0)
    root = Check("a.root", "", "cast", "warning", "fail", nil, nil, nil, ())
    error = Check("a.error", "", "cast", "error", "fail", nil, nil, nil, (), root="a.root")
    told = apply_waivers([root, error], _with_waiver(paper, _waiver("a.root", "2023-12-31")))
    assert [check.status for check in told] == ["waived", "fail"]
    points = distinct_points([check.to_json() for check in told])
    assert [point.check["id"] for point in points] == ["a.error"]


@pytest.mark.parametrize(
    ("named", "answered"),
    [
        ("a.one", {"a.one"}),
        ("a.*", {"a.one", "a.two"}),
        ("*", {"a.one", "a.two", "b.one"}),
        ("*.one", {"a.one", "b.one"}),
        ("a.o*", {"a.one"}),
    ],
)
def test_a_pattern_answers_for_each_failure_that_it_fits(
    paper: Paper, named: str, answered: set[str]
) -> None:
    nil = Decimal(0)
    checks = [
        Check(name, name, "cast", "error", status, nil, nil, nil, ())
        for name, status in (("a.one", "fail"), ("a.two", "fail"), ("b.one", "fail"))
    ]
    passing = Check("a.fine", "", "cast", "error", "pass", nil, nil, nil, ())
    told = _with_waiver(paper, _waiver(named, "2023-12-31"))
    found = apply_waivers([*checks, passing], told)
    assert {check.id for check in found if check.status == "waived"} == answered
    assert found[-1].status == "pass"
    (override,) = override_trail(found, told)
    assert override.use == "in use"
    assert set(override.follows) == (answered if "*" in named else set())


def test_a_waiver_by_id_stands_before_one_by_pattern(paper: Paper) -> None:
    nil = Decimal(0)
    by_pattern = _waiver("a.*", "2023-12-31")
    by_id = by_pattern.model_copy(update={"check": "a.one", "reason": "looked at"})
    run = paper.run.model_copy(update={"waivers": [by_pattern, by_id]})
    (check,) = apply_waivers(
        [Check("a.one", "", "cast", "error", "fail", nil, nil, nil, ())],
        paper.model_copy(update={"run": run}),
    )
    assert check.waiver == "looked at (Finance lead, until 2023-12-31)"


def test_an_unknown_waiver_names_the_nearest_three_and_not_all(
    register: Register, paper: Paper
) -> None:
    with pytest.raises(InputFaults) as told:
        run_checks(register, _with_waiver(paper, _waiver("zzz", "2023-12-31")))
    assert str(told.value).count("'") == 2 + 2 * 3
