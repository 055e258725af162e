"""Earlier papers by case: what is said again, what was an estimate, and what rolls forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from month_six import paper_for
from small_books import derive, printed, read

from boardpack.checks import Check, released
from boardpack.checks.patterns import Patterns
from boardpack.checks.released import check_released
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.movements import released_id
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell
from boardpack.reading.released import ReleasedFigure

M04, M05 = Month(2023, 4), Month(2023, 5)
LAST_MARCH = Month(2022, 12)
SPEND = "position.bromley.total.ytd_actual"
BUDGET = "resource_limit.bromley.total.budget"
MOVED = "resource_limit.bromley.total.movement"
CASH, CASH_MOVED = "cash.icb.icb_acdr.requirement", "cash.icb.icb_acdr.movement"
PAPER_05 = "data/released/2023-24/M05/figures.csv"


def _then(
    identity: str, value: int, *, file: str = PAPER_05, is_estimate: bool = False
) -> ReleasedFigure:
    """A figure as a paper released it, in £000s, on row 7 of its file."""
    _, place, line, measure = identity.split(".")[:4]
    return ReleasedFigure(
        file=file,
        sha256="0" * 64,
        row=7,
        id=identity,
        label=f"{line}, {measure}",
        value=Decimal(value),
        unit="GBP",
        place=place,
        line=line,
        measure=measure,
        period="2023/24 M05",
        basis="ledger",
        margin=Decimal(500),
        step=Decimal(1000),
        is_estimate=is_estimate,
    )


@pytest.fixture
def paper() -> Paper:
    return _comparing("M05", "M04")


def _comparing(*months: str) -> Paper:
    """The Month 6 paper, compared with these months."""
    real = paper_for()
    run = real.run.model_copy(update={"compare_with": months})
    return real.model_copy(update={"run": run})


def _checks(
    monkeypatch: pytest.MonkeyPatch,
    paper: Paper,
    register: Register,
    papers: dict[Month, Sequence[ReleasedFigure]],
) -> list[Check]:
    def told(asked: Paper, month: Month) -> Sequence[ReleasedFigure]:
        assert asked is paper
        return papers.get(month, ())

    monkeypatch.setattr(released, "read_comparable", told)
    return list(check_released(Patterns(register, paper)))


def _made(checks: Sequence[Check]) -> dict[str, Check]:
    return {check.id: check for check in checks if check.status != "not_applicable"}


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (900_000, "pass"),
        (900_400, "pass"),  # the same at the precision in which both were shown
        (901_000, "fail"),
        (899_000, "fail"),
        (-900_000, "fail"),
    ],
)
@pytest.mark.parametrize(("suffix", "month"), [(".m05", M05), ("_prior_month", M05), (".m04", M04)])
def test_what_is_said_again_must_stand(
    monkeypatch: pytest.MonkeyPatch, paper: Paper, now: int, status: str, suffix: str, month: Month
) -> None:
    register = Register([read(f"{SPEND}{suffix}", str(now))])
    papers = {month: [_then(SPEND, 900_000)]}
    (check,) = _made(_checks(monkeypatch, paper, register, papers)).values()
    assert (check.id, check.status) == (f"released.{SPEND}{suffix}", status)
    assert (check.kind, check.severity) == ("earlier paper", "error")
    said = "ytd_actual_prior_month" if suffix == "_prior_month" else "ytd_actual"
    assert check.title == f"Total, {said}, against the paper published for {month.name}"
    assert check.expected == 900_000
    assert (check.tolerance, check.figures) == (0, (f"{SPEND}{suffix}",))
    assert bool(check.sentence) == (status == "fail")
    if now == 901_000:
        assert check.sentence == (
            f"Total, {said} is now £901k (book.csv row 2, {said}), but the paper for {month.name}"
            f" published £900k ({PAPER_05} row 7)."
        )
        assert check.actual == 901_000
    assert bool(check.cause) == (now == -900_000)


def test_a_print_of_last_month_is_held_and_not_what_is_computed(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    register = Register()
    printed(register, f"{SPEND}.m05", "901000")
    register.add(read("position.bromley.care.ytd_actual.m05", "900000"))
    derive(register, f"{SPEND}.m05", "position.bromley.care.ytd_actual.m05")
    (check,) = _made(_checks(monkeypatch, paper, register, {M05: [_then(SPEND, 900_000)]})).values()
    assert (check.id, check.status) == (f"released.{SPEND}.m05.printed", "fail")


def test_the_prior_month_is_last_month_only(monkeypatch: pytest.MonkeyPatch, paper: Paper) -> None:
    register = Register([read(f"{SPEND}_prior_month", "1000")])
    checks = _checks(monkeypatch, paper, register, {M04: [_then(SPEND, 900_000)]})
    assert _made(checks) == {}


def test_what_was_carried_from_the_paper_is_not_held_against_itself(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    cell = Cell(PAPER_05, None, 7, "value", "901000")
    register = Register([read(f"{SPEND}.m05", "901000", cell=cell)])
    checks = _checks(monkeypatch, paper, register, {M05: [_then(SPEND, 900_000)]})
    assert _made(checks) == {}
    told = {check.id: check for check in checks}
    assert told["released.none"].title == "Earlier months said again"
    assert told["released.none"].kind == "earlier paper"
    assert told["released.none"].sentence == (
        "Not checked: no extract of this month says an earlier month again that was released."
    )


def test_something_said_again_leaves_no_word_of_nothing(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    register = Register([read(f"{SPEND}.m05", "900000")])
    checks = _checks(monkeypatch, paper, register, {M05: [_then(SPEND, 900_000)]})
    assert "released.none" not in {check.id for check in checks}


def test_an_estimate_that_is_known_now_is_no_restatement(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    other = SPEND.replace("total", "prescribing")
    register = Register([read(f"{one}.m05", "950000") for one in (SPEND, other)])
    papers = {M05: [_then(SPEND, 900_000, is_estimate=True), _then(other, 950_000)]}
    checks = _checks(monkeypatch, paper, register, papers)
    assert set(_made(checks)) == {f"released.{other}.m05"}
    (told,) = [check for check in checks if check.id.startswith("released.estimates")]
    assert (told.id, told.kind) == ("released.estimates.m05", "earlier paper")
    assert told.title == "Estimates published for August 2023"
    assert told.sentence == (
        "Not checked: 1 were estimates then, and the chapter on movements says what they became."
    )


def _limit(budget: int, *moves: tuple[str, int]) -> Register:
    figures = [read(BUDGET, str(budget))]
    return Register([*figures, *(read(f"{MOVED}.{m}", str(v)) for m, v in moves)])


@pytest.mark.parametrize(
    ("budget", "status"),
    [
        (240_300_000, "pass"),
        (240_301_000, "rounding"),  # half a unit of each: the move, the balance, the one before
        (240_299_000, "rounding"),
        (240_302_000, "fail"),
        (240_298_000, "fail"),
        (239_700_000, "fail"),  # the movement with the other sign
    ],
)
def test_a_balance_is_the_one_before_and_the_movement(
    monkeypatch: pytest.MonkeyPatch, paper: Paper, budget: int, status: str
) -> None:
    register = _limit(budget, ("m06", 300_000))
    papers = {M05: [_then(BUDGET, 240_000_000)]}
    (check,) = _made(_checks(monkeypatch, paper, register, papers)).values()
    assert (check.id, check.status) == (f"roll.{BUDGET}.since_m05", status)
    assert (check.expected, check.actual) == (240_300_000, budget)
    assert (check.severity, check.tolerance) == ("error", 1000)
    assert check.kind == released.ROLL
    assert check.title == (
        "The resource limit published earlier and the movements since: Total, budget"
    )
    assert check.figures == (BUDGET, f"{MOVED}.m06")
    assert bool(check.sentence) == (status == "fail")
    if budget == 240_302_000:
        assert check.sentence == (
            "Total, budget is £240,302k (book.csv row 2, budget), but £240,000k as published for"
            f" August 2023 ({PAPER_05} row 7) and movements of £300k since (book.csv row 2,"
            " movement) come to £240,300k."
        )


def test_movements_of_every_month_since_are_added(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    register = _limit(240_300_000, ("m04", 7_000_000), ("m05", 400_000), ("m06", -100_000))
    papers = {M04: [_then(BUDGET, 240_000_000)]}
    (check,) = _made(_checks(monkeypatch, paper, register, papers)).values()
    assert (check.id, check.status) == (f"roll.{BUDGET}.since_m04", "pass")
    assert check.figures == (BUDGET, f"{MOVED}.m05", f"{MOVED}.m06")
    assert check.tolerance == 2000  # half a unit of each move, the balance and the one before


@pytest.mark.parametrize("lacking", ["m05", "m06"])
def test_a_month_without_a_movement_rolls_nothing(
    monkeypatch: pytest.MonkeyPatch, paper: Paper, lacking: str
) -> None:
    moves = [(m, 0) for m in ("m05", "m06") if m != lacking]
    papers = {M04: [_then(BUDGET, 1)]}
    checks = _checks(monkeypatch, paper, _limit(5_000_000, *moves), papers)
    assert _made(checks) == {}
    (told,) = [c for c in checks if c.id.startswith("roll.the_resource_limit")]
    assert told.sentence == (
        "Not checked: no released figure of an earlier month, or no movement since, is supplied."
    )
    assert told.title == "The resource limit published earlier and the movements since"
    assert told.kind == released.ROLL


def test_last_years_balance_does_not_roll_into_this_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    months = [(f"m{number:02d}", 0) for number in range(1, 13)]
    paper = _comparing("2022-23 M12")
    papers = {LAST_MARCH: [_then(BUDGET, 1)]}
    assert _made(_checks(monkeypatch, paper, _limit(5_000_000, *months), papers)) == {}


@pytest.mark.parametrize(("now", "status"), [(590_000, "pass"), (690_000, "fail")])
def test_a_movement_of_the_month_alone_rolls_from_last_month(
    monkeypatch: pytest.MonkeyPatch, paper: Paper, now: int, status: str
) -> None:
    register = Register([read(CASH, str(now)), read(CASH_MOVED, "90000")])
    papers = {M05: [_then(CASH, 500_000)], M04: [_then(CASH, 400_000)]}
    found = _made(_checks(monkeypatch, paper, register, papers))
    assert {name: check.status for name, check in found.items()} == {
        f"roll.{CASH}.since_m05": status
    }
    assert found[f"roll.{CASH}.since_m05"].figures == (CASH, CASH_MOVED)


def test_without_last_months_paper_a_movement_of_the_month_rolls_nothing(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    register = Register([read(CASH, "590000"), read(CASH_MOVED, "90000")])
    assert _made(_checks(monkeypatch, paper, register, {M04: [_then(CASH, 500_000)]})) == {}


def test_last_months_paper_may_be_none_that_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    register = Register([read(CASH, "590000"), read(CASH_MOVED, "90000")])
    papers = {M05: [_then(CASH, 500_000)], M04: [_then(CASH, 400_000)]}
    assert _made(_checks(monkeypatch, _comparing("M04"), register, papers)) == {}


def test_an_error_in_what_the_paper_carries_is_one_in_what_is_said_again(
    monkeypatch: pytest.MonkeyPatch, paper: Paper
) -> None:
    cell = Cell(PAPER_05, None, 7, "value", "900000")
    carried = read(f"{SPEND}.m05", "900000", cell=cell)
    register = Register([read(f"{SPEND}_prior_month", "900000"), carried])
    (check,) = _made(_checks(monkeypatch, paper, register, {M05: [_then(SPEND, 900_000)]})).values()
    assert (check.id, check.status) == (f"released.{SPEND}_prior_month", "pass")
    moved = register.copy()
    moved.replace(replace(carried, value=Decimal(950_000)))
    again = check.again(moved)
    assert again is not None
    assert (again.status, again.expected) == ("fail", 950_000)


@pytest.mark.parametrize("identity", [f"{CASH}.m05", released_id(_then(CASH, 500_000), "m05")])
def test_an_error_in_what_the_paper_carries_is_one_in_the_roll_forward(
    monkeypatch: pytest.MonkeyPatch, paper: Paper, identity: str
) -> None:
    """Made again on other values, the balance before is the one that the register carries."""
    cell = Cell(PAPER_05, None, 7, "value", "500000")
    carried = read(identity, "500000", cell=cell)
    register = Register([read(CASH, "590000"), read(CASH_MOVED, "90000"), carried])
    (check,) = _made(_checks(monkeypatch, paper, register, {M05: [_then(CASH, 500_000)]})).values()
    assert check.status == "pass"
    moved = register.copy()
    moved.replace(replace(carried, value=Decimal(600_000)))
    again = check.again(moved)
    assert again is not None
    assert (again.status, again.expected) == ("fail", 690_000)


@pytest.mark.parametrize(
    ("value", "file"), [(499_000, PAPER_05), (500_000, "data/raw/2023-24/M06/cash.csv")]
)
def test_what_is_not_the_released_figure_does_not_stand_for_it(
    monkeypatch: pytest.MonkeyPatch, paper: Paper, value: int, file: str
) -> None:
    cell = Cell(file, None, 7, "value", str(value))
    beside = read(f"{CASH}.m05", str(value), cell=cell)
    register = Register([read(CASH, "590000"), read(CASH_MOVED, "90000"), beside])
    found = _made(_checks(monkeypatch, paper, register, {M05: [_then(CASH, 500_000)]}))
    check = found[f"roll.{CASH}.since_m05"]
    moved = register.copy()
    moved.replace(replace(beside, value=Decimal(600_000)))
    again = check.again(moved)
    assert again is not None
    assert (again.status, again.expected) == ("pass", 590_000)
