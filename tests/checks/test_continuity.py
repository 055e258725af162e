"""What continues from last month, and what lies near: limits, absence, the turn of the year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_books import derive, read

from boardpack.checks import Check, continuity
from boardpack.checks.continuity import check_continuity, held_to
from boardpack.checks.continuity_rules import CONTINUITIES
from boardpack.checks.last_month import Then
from boardpack.checks.nearness import check_nearness
from boardpack.checks.patterns import Patterns
from boardpack.checks.whole_file import with_spoilt_files
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell

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
    assert (check.id, check.status) == ("plausible.continuity", "not_applicable")
    assert (check.title, check.kind) == ("It continues from last month", "plausibility")
    assert check.sentence.endswith("neither the paper nor the extracts of last month are here.")


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


def findings(paper: Paper, now: dict[str, str], before: dict[str, str]) -> dict[str, Check]:
    """The open findings by id, on figures of this month with those of last month."""
    register = Register([read(identity, value, step="1") for identity, value in now.items()])
    held = {identity: Then(Decimal(value), "") for identity, value in before.items()}
    return {one.id: one for one in held_to(Patterns(register, paper), held) if one.is_open}


def test_what_is_to_date_is_told_by_the_part_of_the_month(paper: Paper) -> None:
    (check,) = findings(paper, {PROGRAMME: "17000000"}, {PROGRAMME: "10000000"}).values()
    assert check.sentence.endswith(
        "was £10,000k in August 2023: the month's part of it should be 0.1 to 3 times the average"
        " month before, because spend of a programme is spread over the year."
    )


def test_what_is_set_is_told_to_stand(paper: Paper) -> None:
    (check,) = findings(paper, {PLAN: "11000000"}, {PLAN: "10000000"}).values()
    assert check.sentence.endswith(
        "in August 2023: it should stand as it was, because it is set for the year."
    )


@pytest.mark.parametrize(
    ("identity", "before", "now", "status"),
    [
        # what was nil and is set stays nil; a level may begin
        (PLAN, "0", "500000", "fail"),
        (PLAN, "0", "0", "pass"),
        ("forecast.bexley.risk_r1.gross", "0", "500000", "pass"),
        # half a printed unit on each side is no movement
        (f"{DRAWN}.m05", "10", "11", "pass"),
        (f"{DRAWN}.m05", "10", "12", "fail"),
        (f"{DRAWN}.m05", "10", "8", "fail"),
        # a level of exactly the least is asked about
        (CONTRACT, "250000", "500000", "fail"),
    ],
)
def test_nil_small_and_rounded_numbers(
    paper: Paper, identity: str, before: str, now: str, status: str
) -> None:
    assert asked(paper, identity, before, now).status == status


@pytest.mark.parametrize(
    ("before", "now", "severity"),
    [("10000000", "0", "warning"), ("0", "10000000", "warning"), ("10", "80", "error")],
)
def test_from_or_to_nil_is_no_slip_of_a_unit(
    paper: Paper, before: str, now: str, severity: str
) -> None:
    check = asked(paper, PLAN, before, now)
    assert (check.status, check.severity) == ("fail", severity)


@pytest.mark.parametrize("now", ["1250001", "2500000"])
def test_an_eighth_is_a_slip_and_a_quarter_is_not(paper: Paper, now: str) -> None:
    assert asked(paper, CONTRACT, "10000000", now).severity == "warning"


def test_past_months_of_a_series_that_hold_are_one_check(paper: Paper) -> None:
    now = {f"{DRAWN}.m0{at}": "100000" for at in (3, 4, 5)}
    register = Register([read(one, value) for one, value in now.items()])
    before = {one: Then(Decimal(100_000), "") for one in now}
    checks = [one for one in held_to(Patterns(register, paper), before) if one.figures]
    assert [one.id for one in checks] == [f"plausible.continuity.{DRAWN}.earlier_months"]
    assert [one.status for one in checks] == ["pass"]


def test_a_sum_over_years_is_no_month(paper: Paper) -> None:
    stem = "prescribing_items.bexley.items.month_cost"
    opened = findings(paper, {f"{stem}.sum": "9", f"{stem}.m04": "9"}, {f"{stem}.sum": "90"})
    assert not opened
    (check,) = findings(paper, {f"{stem}.m04": "9"}, {f"{stem}.m04": "90"}).values()
    assert check.id == f"plausible.continuity.{stem}.m04"


def test_a_rule_goes_on_past_what_it_does_not_ask(paper: Paper) -> None:
    stem = "prescribing_items.bexley.items.month_cost"
    opened = findings(
        paper,
        {f"{stem}.sum": "9", f"{stem}.m04": "9"},
        {f"{stem}.sum": "90", f"{stem}.m04": "90"},
    )
    assert list(opened) == [f"plausible.continuity.{stem}.m04"]


KINGS, SLAM = "providers.icb.kings.annual_forecast", "providers.icb.slam.annual_forecast"
RISK = "forecast.bexley.risk_r1.gross"
CHC = "chc.bexley.reconciling_accrual.ytd_actual"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ((CONTRACT,), ""),
        (
            (CONTRACT, KINGS),
            "A figure of provider contracts that the paper of August 2023 had cannot be made this"
            " month; the first is icb kings annual forecast.",
        ),
        (
            (CONTRACT, KINGS, SLAM),
            "2 figures of provider contracts that the paper of August 2023 had cannot be made this"
            " month; the first is icb kings annual forecast.",
        ),
        ((CONTRACT, RISK), ""),  # a risk may be closed
        ((CONTRACT, CHC), ""),  # a chapter of which nothing is here is told otherwise
    ],
)
def test_what_is_gone_is_told_in_full(paper: Paper, before: tuple[str, ...], told: str) -> None:
    register = Register([read(CONTRACT, "10000000")])
    then = {one: Then(Decimal(10_000_000), "") for one in before}
    (check,) = [one for one in held_to(Patterns(register, paper), then) if ".gone." in one.id]
    assert (check.id, check.sentence) == ("plausible.continuity.gone.providers", told)
    assert check.title == "It continues from last month: nothing is gone from provider contracts"
    assert (check.kind, check.severity) == ("plausibility", "warning")
    assert check.cause == (
        "See whether rows are missing from its extract, or a line ended." if told else ""
    )


def test_nothing_is_gone_over_the_turn_of_the_year(paper: Paper) -> None:
    register = Register([read(CONTRACT, "10000000"), read("chc.icb.x.y", "1")])
    april = paper.model_copy(update={"month": Month(2023, 1)})
    then = {one: Then(Decimal(10_000_000), "") for one in (CONTRACT, KINGS)}
    assert not [one for one in held_to(Patterns(register, april), then) if ".gone." in one.id]


def test_what_may_not_be_shown_is_not_gone(paper: Paper) -> None:
    register = Register([read(CONTRACT, "10000000"), read(KINGS, "10000000")])
    register.suppress(KINGS)
    then = {one: Then(Decimal(10_000_000), "") for one in (CONTRACT, KINGS)}
    checks = held_to(Patterns(register, paper), then)
    assert not [one for one in checks if one.is_open]


@pytest.mark.parametrize(
    ("values", "severity"),
    [(("20000000",) * 3, "warning"), (("20000000", "20000000", "90000000"), "error")],
)
def test_the_finding_on_a_file_says_how_many_and_the_first(
    paper: Paper, values: tuple[str, ...], severity: str
) -> None:
    register = Register()
    for at, value in enumerate(values):
        cell = Cell("data/raw/m.06/contracts.v2.csv", None, 2 + at, "annual_forecast", value)
        register.add(read(f"providers.icb.p{at}.annual_forecast", value, cell=cell))
    then = {
        f"providers.icb.p{at}.annual_forecast": Then(Decimal(10_000_000), "") for at in (0, 1, 2)
    }
    opened = [one for one in held_to(Patterns(register, paper), then) if one.is_open]
    whole = opened[0]
    assert whole.id == "plausible.continuity.file.contracts.v2"
    assert (whole.title, whole.kind) == (
        "It continues from last month: contracts.v2.csv",
        "plausibility",
    )
    assert whole.severity == severity
    assert whole.sentence.startswith(
        "3 figures made from data/raw/m.06/contracts.v2.csv do not continue from August 2023."
        " The first: P0, annual_forecast is £20,000k"
    )
    assert (
        whole.cause
        == "See whether contracts.v2.csv is whole, of this month and in the declared unit."
    )
    assert [(one.root, one.cause) for one in opened[1:]] == [(whole.id, "")] * 3


def test_two_of_one_file_stand_by_themselves(paper: Paper) -> None:
    names = [f"providers.icb.p{at}.annual_forecast" for at in (0, 1)]
    opened = findings(paper, dict.fromkeys(names, "20000000"), dict.fromkeys(names, "10000000"))
    assert [one.root for one in opened.values()] == [None, None]
    assert all(one.cause for one in opened.values())


def test_lines_that_places_name_themselves_are_not_added_up_where_they_merge(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = "savings.bexley.scheme_a.full_year_plan"
    whole = "savings.bexley.all_schemes.full_year_plan"
    now, before = dict.fromkeys((scheme, whole), "9"), dict.fromkeys((scheme, whole), "90")
    assert len(findings(paper, now, before)) == 2
    merged = lambda self, kind, name, last: ("bexley", "bromley")  # noqa: E731
    monkeypatch.setattr(type(paper.report.structure), "parts", merged)
    assert list(findings(paper, now, before)) == [f"plausible.continuity.{whole}"]


def test_the_figures_of_last_month_are_those_of_its_paper(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns = Patterns(Register([read(CONTRACT, "20000000")]), paper)
    asked_of: list[Paper] = []

    def last(one: Paper) -> dict[str, Then]:
        asked_of.append(one)
        return {CONTRACT: Then(Decimal(10_000_000), "")}

    monkeypatch.setattr(continuity, "last_month", last)
    assert [one.is_open for one in check_continuity(patterns) if one.figures] == [True]
    assert asked_of == [paper]


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


def test_findings_on_two_files_follow_each_from_its_own(paper: Paper) -> None:
    register, before = Register(), {}
    lines = {
        "contracts": "providers.icb.p{}.annual_forecast",
        "mhis": PLAN.replace("crisis", "p{}"),
    }
    for stem, line in lines.items():
        for at in range(3):
            cell = Cell(f"data/{stem}.csv", None, 2 + at, "amount", "")
            register.add(read(line.format(at), "20000000", cell=cell))
            before[line.format(at)] = Then(Decimal(10_000_000), "")
    found = {one.id: one for one in held_to(Patterns(register, paper), before) if one.is_open}
    for stem, line in lines.items():
        roots = {one.root for one in found.values() if one.figures == (line.format(0),)}
        assert roots == {f"plausible.continuity.file.{stem}"}


@pytest.mark.parametrize(("changes", "is_asked"), [((), True), (("a change",), False)])
def test_nothing_is_gone_on_another_structure(
    paper: Paper, monkeypatch: pytest.MonkeyPatch, changes: tuple[str, ...], is_asked: bool
) -> None:
    since = {Month(2023, 5): changes}
    monkeypatch.setattr(type(paper.report.structure), "since", lambda _, last: since[last])
    register = Register([read(CONTRACT, "10000000")])
    then = {one: Then(Decimal(10_000_000), "") for one in (CONTRACT, KINGS)}
    found = [one for one in held_to(Patterns(register, paper), then) if ".gone." in one.id]
    assert bool(found) is is_asked
