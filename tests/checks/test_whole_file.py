"""A whole file with the other sign or in another unit is one finding, and names the remedy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from small_books import derive, read

from boardpack.checks import whole_file
from boardpack.checks.check import Check, outcome
from boardpack.checks.continuity import OF_FILE as CONTINUES
from boardpack.checks.distinct_points import distinct_points
from boardpack.checks.extracts import KIND as EXTRACTS
from boardpack.checks.extracts import SPOILS
from boardpack.checks.released import KIND as EARLIER_PAPER
from boardpack.checks.whole_file import Slip, put_right, with_spoilt_files, with_whole_file
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell

LEDGER, LIMIT = "data/raw/2024-25/M07/ledger.csv", "data/raw/2024-25/M07/resource_limit.csv"
PLACES = ("alder", "brock", "calden", "eddle")


def book(factor: str, places: int = 4, stray: str = "0") -> Register:
    """Budgets of places in a ledger, and in a second file; `factor` is what the ledger's are off.

    `stray` is an error of one place in the second file.
    """
    register = Register()
    for number, place in enumerate(PLACES[:places], start=1):
        exact = Decimal(1_000_000 * number + 345)
        for part, share in (("care", exact - 45), ("drugs", Decimal(45))):
            register.add(cell(LEDGER, f"position.{place}.{part}.budget", share * Decimal(factor)))
        derive(
            register,
            f"position.{place}.total.budget",
            f"position.{place}.care.budget + position.{place}.drugs.budget",
        )
        error = Decimal(stray) if number == 1 else Decimal(0)
        register.add(cell(LIMIT, f"limit.{place}.total.budget", exact + error))
    return register


def cell(file: str, identity: str, value: Decimal) -> Figure:
    return read(identity, value, step="0.01", cell=Cell(file, None, 2, "budget", str(value)))


def run(register: Register) -> list[Check]:
    """Each place's budget in one file against the other."""
    found = []
    for figure in register:
        if figure.chapter == "limit":
            ours = register[figure.id.replace("limit.", "position.")]
            apart = abs(ours.value - figure.value)
            found.append(
                Check(
                    id=f"agreement.{ours.id}",
                    title=ours.label,
                    kind="agreement",
                    severity="error",
                    status=outcome(apart, Decimal(0)),
                    expected=figure.value,
                    actual=ours.value,
                    tolerance=Decimal(0),
                    figures=(ours.id, figure.id),
                )
            )
    return found


def told(register: Register) -> tuple[Check, ...]:
    return with_whole_file(register, run(register), run)


@pytest.mark.parametrize(
    ("factor", "said", "remedy"),
    [
        ("-1", "have the other sign", "`reversed`"),
        ("0.001", "be in thousands", "`scale: thousands`"),
        ("1000", "be in pounds", "`scale: pounds`"),
        ("100", "be in pence", "pounds"),
    ],
)
def test_a_file_that_is_wrong_throughout_is_one_finding(
    factor: str, said: str, remedy: str
) -> None:
    checks = told(book(factor))
    (point,) = distinct_points([check.to_json() for check in checks])
    assert point.check["id"] == "whole_file.ledger"
    assert len(point.follows) == len(PLACES)
    assert point.stops_release
    assert said in point.check["sentence"]
    assert LEDGER in point.check["sentence"]
    assert "all 4 failing checks" in point.check["sentence"]
    assert remedy in point.explanation


def test_the_file_on_the_other_side_is_named_where_that_one_is_wrong() -> None:
    right = book("1")
    turned = Register()
    for figure in right:
        off = figure.chapter == "limit"
        value = -figure.value if off else figure.value
        turned.add(cell(LIMIT, figure.id, value) if off else figure)
    ids = {check.id for check in told(turned) if check.id.startswith("whole_file.")}
    assert ids <= {"whole_file.resource_limit", "whole_file.ledger"}
    assert len(ids) == 1


@pytest.mark.parametrize(("places", "is_found"), [(2, False), (3, True)])
def test_two_failures_may_be_chance_and_three_are_a_file(places: int, is_found: bool) -> None:
    checks = told(book("-1", places))
    assert any(check.id == "whole_file.ledger" for check in checks) is is_found


def test_what_the_file_does_not_explain_stays_a_point_of_its_own() -> None:
    points = distinct_points([check.to_json() for check in told(book("-1", stray="5000"))])
    assert [point.check["id"] for point in points if point.follows] == ["whole_file.ledger"]
    assert {point.check["id"] for point in points} == {
        "whole_file.ledger",
        "agreement.position.alder.total.budget",
    }
    (whole,) = (p for p in points if p.follows)
    assert "3 of the 4 failing checks" in whole.check["sentence"]


@pytest.mark.parametrize("stray", ["0", "5000", "-2000690"])
def test_a_clean_file_and_a_single_slip_have_no_such_finding(stray: str) -> None:
    checks = told(book("1", stray=stray))
    assert not any(check.id.startswith("whole_file.") for check in checks)


def test_putting_a_file_right_computes_everything_above_it_and_nothing_else() -> None:
    register = book("-1")
    other = put_right(register, Slip(LEDGER, Decimal(-1)))
    for figure in register:
        turned = figure.chapter == "position"
        assert other[figure.id].value == (-figure.value if turned else figure.value)


@pytest.mark.parametrize(
    ("named", "follow"),
    [("ledger", len(PLACES)), ("resource_limit", len(PLACES)), ("risks", 0)],
)
def test_what_rests_on_a_file_of_last_month_follows_from_that(named: str, follow: int) -> None:
    register = book("1.5")
    nil = Decimal(0)
    stale = Check(
        f"extracts.{named}.renewed", "", "extract", "error", "fail", None, None, nil, (), "Again."
    )
    checks = with_spoilt_files(register, [stale, *run(register)])
    assert sum(check.root == stale.id for check in checks) == follow
    answered = with_spoilt_files(register, [stale.waived("rightly"), *run(register)])
    assert not any(check.root for check in answered)


def _check(identity: str, kind: str = "extracts", severity: str = "error", **more: str) -> Check:
    actual, expected, tolerance = (more.get(n) for n in ("actual", "expected", "tolerance"))
    return Check(
        id=identity,
        title="",
        kind=kind,
        severity="warning" if severity == "warning" else "error",
        status="fail",
        expected=None if expected is None else Decimal(expected),
        actual=None if actual is None else Decimal(actual),
        tolerance=Decimal(tolerance or 0),
        figures=(),
        sentence="It is.",
    )


@pytest.mark.parametrize(
    ("identity", "kind", "file"),
    [
        *((f"extracts.ledger.{word}", EXTRACTS, "ledger") for word in SPOILS),
        (f"{CONTINUES}ledger", "plausibility", "ledger"),
        ("extracts.ledger.order", EXTRACTS, ""),
        ("extracts.ledger", EXTRACTS, ""),
        ("extracts", EXTRACTS, ""),
        ("extracts.ledger.renewed", "agreement", ""),
        ("agreement.ledger.renewed", EXTRACTS, ""),
    ],
)
def test_which_file_a_check_says_is_out_as_a_whole(identity: str, kind: str, file: str) -> None:
    assert whole_file._spoilt_by(_check(identity, kind)) == file


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        ("error", "error", True),
        ("error", "warning", True),
        ("warning", "warning", True),
        ("warning", "error", False),
    ],
)
def test_what_stops_a_release_never_follows_from_what_does_not(
    one: str, other: str, follows: bool
) -> None:
    found = _check("a", severity=one), _check("b", severity=other)
    assert whole_file._is_as_grave(*found) is follows


@pytest.mark.parametrize(
    ("actual", "expected", "tolerance", "factors"),
    [
        ("-500", "500", "0", {"-1"}),
        ("500", "500000", "0", {"1000"}),
        ("500000", "500", "0", {"0.001"}),
        ("50000", "500", "0", {"0.01"}),
        ("500", "50000", "0", {"100"}),
        ("500", "500", "0", set()),
        ("-500000", "500000499", "0", set()),
        ("500000", "500500000", "0", {"1000"}),  # one in a thousand apart, as printed rounded
        ("500000", "500500500", "0", {"1000"}),
        ("500000", "500500501", "0", set()),
        ("-100", "103", "3", {"-1"}),
        ("-100", "104", "3", set()),
        ("0", "0", "5", set()),
        ("0", "500", "0", set()),
        ("500", "0", "0", set()),
        ("-500", None, "0", set()),
        (None, "500", "0", set()),
    ],
)
def test_the_ratio_of_two_numbers_is_one_that_a_file_may_be_off_by(
    actual: str | None, expected: str | None, tolerance: str, factors: set[str]
) -> None:
    given = {"actual": actual, "expected": expected, "tolerance": tolerance}
    check = _check("a", **{name: value for name, value in given.items() if value is not None})
    assert set(whole_file._ratios(check)) == {Decimal(factor) for factor in factors}


@pytest.mark.parametrize(
    ("factor", "means", "remedy"),
    [
        ("-1", "have the other sign", "Declare its columns as `reversed` for"),
        ("1000", "be in thousands of pounds", "Declare `scale: thousands` for"),
        ("0.001", "be in pounds, not in thousands", "Declare `scale: pounds` for"),
        ("0.01", "be in pence", "Export it in pounds, or look at"),
    ],
)
@pytest.mark.parametrize(("settled", "many"), [(4, "all 4"), (3, "3 of the 4")])
def test_the_finding_says_what_the_file_would_be_and_what_to_do(
    factor: str, means: str, remedy: str, settled: int, many: str
) -> None:
    found = whole_file._finding(Slip("data/raw/M07/Ledger.csv", Decimal(factor)), settled, 4)
    assert (found.id, found.title) == ("whole_file.ledger", "Every amount of Ledger.csv")
    assert (found.kind, found.severity, found.status) == ("control total", "error", "fail")
    assert (found.expected, found.actual) == (None, None)
    assert found.tolerance == 0
    assert not found.figures
    assert found.sentence == (
        f"All amounts of data/raw/M07/Ledger.csv seem to {means}: read so, {many} failing checks"
        " would agree."
    )
    assert found.cause == f"{remedy} ledger in params/layouts.yml, or export it again."


def test_only_money_is_put_right() -> None:
    register = Register([cell(LEDGER, "position.alder.care.budget", Decimal(5))])
    people = read(
        "position.alder.care.clients", "7", unit="COUNT", cell=Cell(LEDGER, None, 3, "c", "7")
    )
    register.add(people)
    other = put_right(register, Slip(LEDGER, Decimal(1000)))
    assert other["position.alder.care.budget"].value == 5000
    assert other["position.alder.care.clients"].value == 7


def test_a_share_of_what_would_be_nothing_stays_as_it_is() -> None:
    register = Register([cell(LEDGER, "position.alder.care.budget", Decimal(5))])
    register.add(cell(LEDGER, "position.alder.care.actual", Decimal(5)))
    derive(
        register,
        "position.alder.care.share",
        "position.alder.care.budget / position.alder.care.actual",
    )
    derive(
        register,
        "position.alder.care.sum",
        "position.alder.care.budget + position.alder.care.actual",
    )
    other = put_right(register, Slip(LEDGER, Decimal(0)))
    assert other["position.alder.care.share"].value == 1
    assert other["position.alder.care.sum"].value == 0


THIRD = "data/raw/2024-25/M07/overview.csv"


def beside_a_third(limit: str) -> Register:
    """The ledger and the overview agree; the amounts of the limit are off by a factor."""
    register = Register()
    for figure in book("1"):
        if figure.chapter == "limit":
            register.add(replace(figure, value=figure.value * Decimal(limit)))
            register.add(cell(THIRD, figure.id.replace("limit.", "third."), figure.value))
        elif figure.formula is None:
            register.add(figure)
        else:
            register.derive(figure)
    return register


def run_both(register: Register) -> list[Check]:
    """Each place's budget in the ledger against the limit, and against the overview."""
    others = Register(
        replace(one, id=one.id.replace("third.", "limit."))
        for one in register
        if one.chapter == "third"
    )
    for one in register:
        if one.formula is not None or one.chapter == "position":
            others.add(one)
    against = (replace(c, id=f"other.{c.id}", figures=_third(c)) for c in run(others))
    return [*run(register), *against]


def _third(check: Check) -> tuple[str, ...]:
    ours, other = check.figures
    return ours, other.replace("limit.", "third.")


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("0.001", "be in thousands of pounds"),
        ("1000", "be in pounds, not in thousands"),
        ("100", "be in pence"),
        ("-1", "have the other sign"),
    ],
)
def test_the_file_that_is_out_is_the_one_that_nothing_else_agrees_with(
    limit: str, said: str
) -> None:
    register = beside_a_third(limit)
    checks = with_whole_file(register, run_both(register), run_both)
    assert sum(check.is_open for check in run_both(register)) == len(PLACES)
    assert checks[0].id == "whole_file.resource_limit"
    assert f"{LIMIT} seem to {said}" in checks[0].sentence


def test_of_two_files_the_one_that_nothing_else_holds_is_named() -> None:
    def run_of_one(register: Register) -> list[Check]:
        """The overview holds the ledger of one place alone."""
        return [
            check
            for check in run_both(register)
            if not check.id.startswith("other.") or f".{PLACES[0]}." in check.id
        ]

    register = beside_a_third("1000")
    checks = with_whole_file(register, run_of_one(register), run_of_one)
    assert checks[0].id == "whole_file.resource_limit"


def test_what_follows_from_a_file_has_no_cause_of_its_own() -> None:
    checks = [replace(check, cause="A digit.") for check in run(book("-1"))]
    whole, *others = with_whole_file(book("-1"), checks, run)
    assert {(check.root, check.cause) for check in others} == {(whole.id, "")}
    stale = replace(_check("extracts.ledger.renewed", EXTRACTS), sentence="Again.")
    first, *others = with_spoilt_files(book("-1"), [stale, *checks])
    assert (first.root, {(check.root, check.cause) for check in others}) == (
        None,
        {(stale.id, "")},
    )


def test_what_has_its_cause_already_shows_no_file() -> None:
    checks = [replace(check, root="other") for check in run(book("-1"))]
    assert with_whole_file(book("-1"), checks, run) == tuple(checks)


def test_what_agrees_and_what_is_graver_follow_from_no_file() -> None:
    stale = _check("extracts.ledger.renewed", EXTRACTS)
    agreeing = run(book("1"))
    assert with_spoilt_files(book("1"), [stale, *agreeing]) == (stale, *agreeing)
    warning = _check("extracts.ledger.renewed", EXTRACTS, severity="warning")
    graver = run(book("-1"))
    assert with_spoilt_files(book("-1"), [warning, *graver]) == (warning, *graver)


def test_a_check_of_one_number_says_nothing_of_a_file() -> None:
    checks = run(book("-1"))
    alone = [replace(check, id=f"alone.{check.id}", figures=check.figures[:1]) for check in checks]
    assert with_whole_file(book("-1"), alone, run) == tuple(alone)
    mixed = [*alone, *checks]
    assert with_whole_file(book("-1"), mixed, run)[0].id == "whole_file.ledger"


def test_a_file_that_only_earlier_papers_hold_is_one_finding_too() -> None:
    """Their numbers stand in their own registers, so that such a check names one figure of ours."""

    def held(register: Register) -> list[Check]:
        return [
            replace(check, kind=EARLIER_PAPER, figures=check.figures[:1]) for check in run(register)
        ]

    found = with_whole_file(book("0.001"), held(book("0.001")), held)
    assert found[0].id == "whole_file.ledger"
    assert {check.root for check in found[1:]} == {found[0].id}
