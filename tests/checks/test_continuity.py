"""What continues from last month, and what lies near: limits, absence, the turn of the year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.checks import Check
from boardpack.checks.continuity import held_to
from boardpack.checks.continuity_rules import CONTINUITIES
from boardpack.checks.last_month import Then
from boardpack.checks.nearness import check_nearness
from boardpack.checks.patterns import Patterns
from boardpack.checks.whole_file import with_spoilt_files
from boardpack.figures.register import Register
from boardpack.params import Paper
from boardpack.periods import Month
from boardpack.sources.cells import Cell
from small_books import derive, read

CONTRACT = "providers.icb.guys.annual_forecast"
PROGRAMME = "mental_health.icb.programme_crisis.ytd_actual"
PLAN = "mental_health.icb.programme_crisis.annual_plan"
CLIENTS = "chc.bexley.all_clients.clients"
BESIDE = "chc.bexley.reconciling_accrual.ytd_actual"
DRAWN = "cash.icb.drawdown.main_drawdown"


def then(**figures: str) -> dict[str, Then]:
    """Last month's figures; two underscores stand for a point."""
    return {
        name.replace("__", "."): Then(Decimal(value), "last.csv row 2, value")
        for name, value in figures.items()
    }


def asked(paper: Paper, identity: str, before: str, now: str, month: int = 6) -> Check:
    """The one check on a figure, in a month of the year."""
    register = Register([read(identity, now, step="1")])
    paper = paper.model_copy(update={"month": Month(2023, month)})
    checks = held_to(Patterns(register, paper), {identity: Then(Decimal(before), "")})
    (check,) = [one for one in checks if one.figures]
    return check


@pytest.mark.parametrize(
    ("identity", "before", "now", "status"),
    [
        (CONTRACT, "10000000", "11200000", "pass"),
        (CONTRACT, "10000000", "11200010", "fail"),
        (CONTRACT, "10000000", "9000000", "pass"),
        (CONTRACT, "10000000", "8999990", "fail"),
        (CONTRACT, "10000000", "-10000000", "fail"),
        # five months came to ten million, two a month: of June there may be 0.2 to 6 million
        (PROGRAMME, "10000000", "16000000", "pass"),
        (PROGRAMME, "10000000", "16000010", "fail"),
        (PROGRAMME, "10000000", "10200000", "pass"),
        (PROGRAMME, "10000000", "10000000", "fail"),
        (PLAN, "10000000", "10100000", "pass"),
        (PLAN, "10000000", "10100010", "fail"),
        (BESIDE, "24000", "120000", "pass"),
        (BESIDE, "24000", "120010", "fail"),
        (BESIDE, "24000", "4800", "pass"),
        (BESIDE, "24000", "4790", "fail"),
        (BESIDE, "24000", "-24000", "fail"),
        (BESIDE, "-24000", "-30000", "pass"),
        (CLIENTS, "100", "125", "pass"),
        (CLIENTS, "100", "130", "fail"),
        (CLIENTS, "100", "80", "pass"),
        (CLIENTS, "100", "70", "fail"),
    ],
)
def test_a_figure_stays_within_its_limits_which_belong_to_them(
    paper: Paper, identity: str, before: str, now: str, status: str
) -> None:
    assert asked(paper, identity, before, now).status == status


@pytest.mark.parametrize(
    ("now", "severity"), [("70000000", "warning"), ("80000000", "error"), ("1250000", "error")]
)
def test_a_slip_of_a_unit_stops_a_release(paper: Paper, now: str, severity: str) -> None:
    check = asked(paper, CONTRACT, "10000000", now)
    assert (check.status, check.severity) == ("fail", severity)


def test_a_finding_says_both_numbers_where_they_stand_and_what_to_do(paper: Paper) -> None:
    register = Register([read(CONTRACT, "20000000")])
    before = {CONTRACT: Then(Decimal(10_000_000), "data/released/figures.json row 7")}
    (check, *_) = held_to(Patterns(register, paper), before)
    assert check.id == f"plausible.continuity.{CONTRACT}"
    assert check.sentence == (
        "Guys, annual_forecast is £20,000k (book.csv row 2, annual_forecast), and was £10,000k"
        " (data/released/figures.json row 7) in August 2023: it should be 0.9 to 1.12 times last"
        " month's, because a contract moves by what is varied in a month."
    )
    assert check.cause == "Ask who keeps this file what changed; correct it, or say why."


@pytest.mark.parametrize(
    ("identity", "month", "is_asked"),
    [
        (CONTRACT, 1, False),
        (PROGRAMME, 1, False),
        (CLIENTS, 1, True),  # care goes on over the turn of the year
        (PROGRAMME, 12, False),  # year-end entries
        (CONTRACT, 12, True),
        (PROGRAMME, 2, True),
    ],
)
def test_the_turn_of_the_year_is_not_asked_about(
    paper: Paper, identity: str, month: int, is_asked: bool
) -> None:
    register = Register([read(identity, "1")])
    paper = paper.model_copy(update={"month": Month(2023, month)})
    checks = held_to(Patterns(register, paper), {identity: Then(Decimal(10_000_000), "")})
    assert any(one.figures for one in checks) == is_asked


def test_without_last_month_it_is_said_that_nothing_is_compared(paper: Paper) -> None:
    (check,) = held_to(Patterns(Register([read(CONTRACT, "1")]), paper), {})
    assert check.status == "not_applicable"
    assert "last month are here" in check.sentence


def test_a_small_or_absent_number_of_last_month_is_not_asked_about(paper: Paper) -> None:
    register = Register([read(CONTRACT, "1000000"), read(PLAN, "5")])
    checks = held_to(Patterns(register, paper), {CONTRACT: Then(Decimal(249_999), "")})
    assert not [one for one in checks if one.figures]


def test_a_month_that_is_over_is_held_to_what_was_this_month_then(paper: Paper) -> None:
    register = Register([read(f"{DRAWN}.m05", "90000"), read(DRAWN, "100000")])
    before = then(cash__icb__drawdown__main_drawdown="100000")
    checks = held_to(Patterns(register, paper), before)
    assert [one.id for one in checks if one.is_open] == [f"plausible.continuity.{DRAWN}.m05"]


def test_what_last_month_had_and_this_month_lacks_is_named_once(paper: Paper) -> None:
    register = Register([read(CONTRACT, "10000000")])
    before = then(
        providers__icb__guys__annual_forecast="10000000",
        providers__icb__kings__annual_forecast="20000000",
        providers__icb__slam__annual_forecast="30000000",
        forecast__bromley__risk_r1__gross="100000",
    )
    (check,) = [one for one in held_to(Patterns(register, paper), before) if one.is_open]
    assert check.id == "plausible.continuity.gone.providers"
    assert check.sentence.startswith("2 figures of provider contracts that the paper of August")


def test_many_of_one_file_are_one_finding_and_a_total_follows_from_its_part(paper: Paper) -> None:
    register = Register()
    before = {}
    for at, name in enumerate(("a", "b", "c", "d")):
        identity = f"providers.icb.{name}.annual_forecast"
        cell = Cell("data/contracts.csv", None, 2 + at, "annual_forecast", "")
        register.add(read(identity, "90000000", cell=cell))
        before[identity] = Then(Decimal(10_000_000 if name != "d" else 90_000_000), "")
    parts = " + ".join(f"providers.icb.{name}.annual_forecast" for name in "abcd")
    derive(register, "providers.icb.total.annual_forecast", parts)
    before["providers.icb.total.annual_forecast"] = Then(Decimal(120_000_000), "")
    whole = "plausible.continuity.file.contracts"
    found = {one.id: one for one in held_to(Patterns(register, paper), before) if one.is_open}
    assert {one.root for one in found.values()} == {None, whole}
    assert (found[whole].root, found[whole].severity) == (None, "error")
    assert len(found) == 5  # the file, three contracts, the total
    other = Check("agreement.x", "", "", "error", "fail", *[None] * 2, Decimal(0), (CONTRACT,))
    register.add(read(CONTRACT, "1", cell=Cell("data/contracts.csv", None, 9, "x", "1")))
    (*_, told) = with_spoilt_files(register, [*found.values(), other])
    assert told.root == whole


def test_one_part_that_is_out_explains_its_total(paper: Paper) -> None:
    register = Register([read("providers.icb.a.annual_forecast", "90000000")])
    derive(register, "providers.icb.total.annual_forecast", "providers.icb.a.annual_forecast * 2")
    before = then(
        providers__icb__a__annual_forecast="10000000",
        providers__icb__total__annual_forecast="20000000",
    )
    checks = [one for one in held_to(Patterns(register, paper), before) if one.is_open]
    roots = {one.figures[0].split(".")[2]: one.root for one in checks}
    assert roots == {"a": None, "total": "plausible.continuity.providers.icb.a.annual_forecast"}


def test_every_rule_says_why_and_allows_what_stands_still_or_moves_evenly() -> None:
    for rule in CONTINUITIES:
        assert rule.why
        assert rule.low <= 1 <= rule.high


@pytest.mark.parametrize(
    ("items", "published", "ledger", "failing"),
    [
        ("1000", "1000", "1030", []),
        ("1100", "1000", "1030", []),
        ("1101", "1000", "1030", ["published"]),
        ("900", "1000", "1030", []),
        ("899", "1000", "1030", ["published"]),
        ("899", None, "1030", []),
        ("823", None, "1030", ["ledger"]),
        ("824", None, "1030", []),
        ("1134", None, "1030", ["ledger"]),
    ],
)
def test_items_lie_near_what_was_published_else_near_the_ledger(
    paper: Paper, items: str, published: str | None, ledger: str, failing: list[str]
) -> None:
    register = Register([read("overview.bexley.prescribing.ytd_actual", ledger, unit="COUNT")])
    register.add(read("prescribing_items.bexley.items.ytd_run_rate_cost", items, unit="COUNT"))
    if published is not None:
        register.add(
            read("prescribing_items.bexley.pmd.ytd_published_cost", published, unit="COUNT")
        )
    checks = [one for one in check_nearness(Patterns(register, paper)) if one.is_open]
    against = ["published" if "pmd" in one.figures[1] else "ledger" for one in checks]
    assert against == failing
