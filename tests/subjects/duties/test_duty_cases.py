"""Duties by case, on a register of two figures: each sense at its edge, and what is left blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from month_six import paper_for
from small_books import derive, read

from boardpack.checks import Check
from boardpack.checks.patterns import Patterns
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.reading.folder import Folder
from boardpack.schedules.form import Schedule
from boardpack.subjects.duties import checks as duties
from boardpack.subjects.duties.checks import Duty, check_duties

LIMIT, REACH = "limit", "reach"
OF_EVERY_ICB = {
    ("expenditure_not_to_exceed_income", "ytd"): LIMIT,
    ("expenditure_not_to_exceed_income", "forecast"): LIMIT,
    ("operating_under_resource_revenue_limit", "ytd"): LIMIT,
    ("operating_under_resource_revenue_limit", "forecast"): LIMIT,
    ("not_to_exceed_running_cost_allowance", "ytd"): LIMIT,
    ("not_to_exceed_running_cost_allowance", "forecast"): LIMIT,
    ("month_end_cash_position_expected_to_be_below_target", "ytd"): LIMIT,
    ("operating_under_capital_resource_limit", "ytd"): LIMIT,
    ("mental_health_investment_standard_annual", "forecast"): REACH,
    ("bppc_nhs", "ytd"): REACH,
    ("bppc_non_nhs", "ytd"): REACH,
}
INCOME = "expenditure_not_to_exceed_income"


def _checks(
    monkeypatch: pytest.MonkeyPatch,
    figures: Sequence[Figure] | Register,
    rows: Sequence[tuple[str, str]] = (),
) -> dict[str, Check]:
    """Every duty by its id; `rows` are the indicators of the month, each with its sense."""
    paper = paper_for()

    def told(folder: Folder, schedule: Schedule) -> list[dict[str, str]]:
        assert (folder.paper, schedule.name) == (paper, "key_indicators")
        return [{"indicator": name, "sense": sense} for name, sense in rows]

    monkeypatch.setattr(duties, "read_schedule", told)
    register = figures if isinstance(figures, Register) else Register(figures)
    found = list(check_duties(Patterns(register, paper)))
    assert len({check.id for check in found}) == len(found)
    return {check.id: check for check in found}


def _pair(line: str, when: str, actual: int | None, target: int | None) -> list[Figure]:
    amounts = {f"{when}_actual": actual, f"{when}_target": target}
    scope = f"indicators.icb.{line}"
    return [read(f"{scope}.{m}", str(v)) for m, v in amounts.items() if v is not None]


@pytest.mark.parametrize(("line", "when"), OF_EVERY_ICB)
@pytest.mark.parametrize("more", [-1000, 0, 1000])
def test_each_duty_of_an_icb_at_its_edge(
    monkeypatch: pytest.MonkeyPatch, line: str, when: str, more: int
) -> None:
    found = _checks(monkeypatch, _pair(line, when, 50_000 + more, 50_000))
    is_missed = more > 0 if OF_EVERY_ICB[line, when] == LIMIT else more < 0
    check = found[f"duty.indicators.icb.{line}.{when}_actual"]
    assert check.status == ("fail" if is_missed else "pass")
    assert (check.actual, check.expected, check.tolerance) == (50_000 + more, 50_000, 0)
    assert (check.kind, check.severity) == ("duty", "warning")
    scope = f"indicators.icb.{line}.{when}"
    assert check.figures == (f"{scope}_actual", f"{scope}_target")
    assert bool(check.sentence) == is_missed


def test_the_duties_of_an_icb_are_listed_where_nothing_is_supplied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = _checks(monkeypatch, [])
    ids = {f"duty.indicators.icb.{line}.{when}_actual" for line, when in OF_EVERY_ICB}
    assert set(found) == ids
    assert {check.status for check in found.values()} == {"not_applicable"}
    check = found[f"duty.indicators.icb.{INCOME}.ytd_actual"]
    assert (check.kind, check.title) == ("duty", "Spend to date does not exceed income to date")
    assert check.sentence.startswith("Not checked: ")
    assert check.sentence.endswith(
        "for key financial indicators: expenditure not to exceed income, year to date actual."
    )


@pytest.mark.parametrize(
    ("sense", "actual", "target", "status"),
    [
        (LIMIT, 100, 100, "pass"),
        (LIMIT, 101, 100, "fail"),
        (LIMIT, -101, -100, "pass"),
        (LIMIT, -99, -100, "fail"),
        (REACH, 100, 100, "pass"),
        (REACH, 99, 100, "fail"),
        (REACH, -99, -100, "pass"),
        (REACH, -101, -100, "fail"),
        (LIMIT, 0, 0, "pass"),
        (REACH, 0, 0, "pass"),
    ],
)
@pytest.mark.parametrize(("when", "words"), [("ytd", "to date"), ("forecast", "for the year")])
def test_an_indicator_of_the_month_is_judged_by_the_sense_it_declares(
    monkeypatch: pytest.MonkeyPatch,
    when: str,
    words: str,
    sense: str,
    actual: int,
    target: int,
    status: str,
) -> None:
    found = _checks(monkeypatch, _pair("ours", when, actual, target), [("Ours", sense)])
    check = found[f"duty.indicators.icb.ours.{when}_actual"]
    assert (check.status, check.title) == (status, f"Ours, {words}")
    other = "forecast" if when == "ytd" else "ytd"
    assert found[f"duty.indicators.icb.ours.{other}_actual"].status == "not_applicable"


def test_what_the_month_says_of_a_known_duty_is_heeded_and_it_stands_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures = _pair("bppc_nhs", "ytd", 90, 95)
    assert _checks(monkeypatch, figures)["duty.indicators.icb.bppc_nhs.ytd_actual"].status == "fail"
    found = _checks(monkeypatch, figures, [("BPPC NHS", LIMIT)])
    check = found["duty.indicators.icb.bppc_nhs.ytd_actual"]
    assert (check.status, check.title) == ("pass", "NHS creditors are paid on time")
    assert found["duty.indicators.icb.bppc_nhs.forecast_actual"].title == "BPPC NHS, for the year"


@pytest.mark.parametrize(
    ("sense", "sentence"),
    [
        (
            LIMIT,
            "Ours, to date: not met, as it is £9k (book.csv row 2, ytd_actual) and may be at most"
            " £8k (book.csv row 2, ytd_target).",
        ),
        (
            REACH,
            "Ours, to date: not met, as it is £7k (book.csv row 2, ytd_actual) and must be at least"
            " £8k (book.csv row 2, ytd_target).",
        ),
    ],
)
def test_a_missed_duty_says_both_amounts(
    monkeypatch: pytest.MonkeyPatch, sense: str, sentence: str
) -> None:
    figures = _pair("ours", "ytd", 9000 if sense == LIMIT else 7000, 8000)
    found = _checks(monkeypatch, figures, [("Ours", sense)])
    assert found["duty.indicators.icb.ours.ytd_actual"].sentence == sentence


@pytest.mark.parametrize(
    ("sense", "actual", "target", "sentence"),
    [
        (
            LIMIT,
            None,
            8000,
            "it may be at most £8k (book.csv row 2, ytd_target) and the amount to hold against"
            " that is left blank.",
        ),
        (
            REACH,
            None,
            8000,
            "it must be at least £8k (book.csv row 2, ytd_target) and the amount to hold against"
            " that is left blank.",
        ),
        (
            LIMIT,
            9000,
            None,
            "it is £9k (book.csv row 2, ytd_actual) and the amount that it may be at most is left"
            " blank.",
        ),
        (
            REACH,
            0,
            None,
            "it is £0k (book.csv row 2, ytd_actual) and the amount that it must be at least is"
            " left blank.",
        ),
    ],
)
def test_one_of_two_is_left_blank(
    monkeypatch: pytest.MonkeyPatch,
    sense: str,
    actual: int | None,
    target: int | None,
    sentence: str,
) -> None:
    found = _checks(monkeypatch, _pair("ours", "ytd", actual, target), [("Ours", sense)])
    check = found["duty.indicators.icb.ours.ytd_actual"]
    assert check.sentence == f"Ours, to date: nobody can tell, as {sentence}"
    assert (check.status, check.severity, check.kind) == ("fail", "warning", "duty")
    assert (check.actual, check.expected, check.tolerance) == (actual, target, 0)
    assert check.title == "Ours, to date"
    known = "actual" if target is None else "target"
    assert check.figures == (f"indicators.icb.ours.ytd_{known}",)


def _surplus(place: str, when: str, made: int, plan: int) -> Register:
    scope = f"position.{place}"
    register = Register(
        [
            read(f"{scope}.total.{when}_variance", str(made)),
            read(f"{scope}.against_plan.{when}_plan", str(plan)),
        ]
    )
    formula = f"{scope}.total.{when}_variance - {scope}.against_plan.{when}_plan"
    derive(register, f"{scope}.against_plan.{when}_variance", formula)
    return register


@pytest.mark.parametrize(
    ("made", "plan", "status"),
    [
        (2_959, 2_959, "pass"),
        (2_958, 2_959, "fail"),
        (2_960, 2_959, "pass"),
        (132, 2_959, "fail"),
        (-101, -100, "fail"),
        (-100, -100, "pass"),
    ],
)
@pytest.mark.parametrize(
    ("place", "name"), [("bromley", "Bromley"), ("icb", paper_for().report.place_name("icb"))]
)
@pytest.mark.parametrize(("when", "words"), [("ytd", "to date"), ("forecast", "for the year")])
def test_a_planned_surplus_is_to_be_reached(
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    name: str,
    when: str,
    words: str,
    made: int,
    plan: int,
    status: str,
) -> None:
    found = _checks(monkeypatch, _surplus(place, when, made * 1000, plan * 1000))
    check = found[f"duty.position.{place}.against_plan.{when}_variance"]
    assert check.status == status
    assert check.title == f"{name} reaches its planned surplus {words}"
    assert (check.actual, check.expected) == (made * 1000, plan * 1000)
    assert ("must be at least" in check.sentence) == (status == "fail")
    assert len(found) == 1 + len(OF_EVERY_ICB)


def test_a_duty_made_again_is_judged_on_the_other_values(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _pair(INCOME, "ytd", 900, 1000)
    check = _checks(monkeypatch, figures)[f"duty.indicators.icb.{INCOME}.ytd_actual"]
    moved = Register(replace(f, value=Decimal(1000)) for f in figures)
    assert check.again(moved) == replace(check, actual=Decimal(1000))
    over = check.again(Register([replace(figures[0], value=Decimal(1001)), figures[1]]))
    assert over is not None
    assert over.status == "fail"


def test_ids_of_a_duty_are_those_of_its_indicator() -> None:
    duty = Duty("Ours", "ours", "forecast", REACH)
    assert duty.actual == "indicators.icb.ours.forecast_actual"
    assert duty.target == "indicators.icb.ours.forecast_target"
