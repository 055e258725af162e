"""Savings by scheme: golden figures, identities, and a second reading of the tracker."""

from __future__ import annotations

import csv
import tempfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from homes import PROJECT, leave_out
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from savings_home import DELIVERY, QUARTERS, THREE, Record, scheme, tracker_home
from walked import walked

from boardpack.audit.second.headlines import differing
from boardpack.audit.second.records import Month
from boardpack.audit.second.savings import savings
from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.core.money import plain, round_half_up
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.subjects.savings.phasing_figures import _terms
from boardpack.subjects.savings.schemes_figures import groups

M06 = parse_month("2023-24", "M06")
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
SHARES = {"low": Decimal(95), "medium": Decimal(75), "high": Decimal(40)}
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
AMOUNTS = st.integers(-500, 5_000)
SCHEMES = st.lists(
    st.builds(
        lambda plan, actual, forecast, risk, status, repeats, place: scheme(
            "", plan, actual, forecast, risk=risk, status=status, recurrent=repeats, place=place
        ),
        st.lists(AMOUNTS, min_size=12, max_size=12),
        st.lists(AMOUNTS, min_size=6, max_size=6),
        st.lists(AMOUNTS, min_size=6, max_size=6),
        st.sampled_from(tuple(SHARES)),
        st.sampled_from(("fully developed", "in progress", "opportunity", "unidentified")),
        st.sampled_from(("recurrent", "non-recurrent")),
        st.sampled_from(PLACES[:2]),
    ),
    min_size=1,
    max_size=5,
)


def register_of(home: Path, *chapters: str) -> Register:
    return compute(load_paper(home, M06), *(chapters or ("savings",)))


def test_the_golden_figures(tmp_path: Path) -> None:
    register = register_of(tracker_home(tmp_path, told=DELIVERY + QUARTERS))
    with (PROJECT / "tests" / "golden" / "savings_schemes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            expected = Decimal(row["value"])
            step = Decimal(1).scaleb(int(expected.as_tuple().exponent))
            assert round_half_up(register[row["id"]].value, step) == expected, row["id"]


def test_judgements_are_estimates_and_deliveries_are_not(tmp_path: Path) -> None:
    register = register_of(tracker_home(tmp_path))
    name = "savings.bromley.scheme_switches."
    for measure in ("risk_adjusted_forecast", "risk_adjusted_variance", "full_year_effect"):
        assert register[f"{name}{measure}"].is_estimate
    for measure in ("ytd_actual", "ytd_variance", "full_year_variance"):
        assert not register[f"{name}{measure}"].is_estimate
    assert register[f"{name}in_month_actual"].cells[0].cell.column == "actual_m06"


@pytest.mark.parametrize("told", ["", DELIVERY.replace("2023-04-30", "2030-01-01")])
def test_nothing_is_counted_on_before_the_shares_are_agreed(told: str, tmp_path: Path) -> None:
    register = register_of(tracker_home(tmp_path, told=told))
    assert "savings.bromley.all_schemes.full_year_forecast" in register
    assert not [f.id for f in register if "risk_adjusted" in f.id]


def test_a_month_without_a_tracker_has_no_schemes() -> None:
    register = register_of(PROJECT)
    lines = {line for line, _, _ in groups()}
    assert not [f.id for f in register if f.line in lines or f.line.startswith("scheme_")]


def test_what_nobody_has_found_has_no_full_year_effect(tmp_path: Path) -> None:
    register = register_of(tracker_home(tmp_path))
    assert "savings.bromley.scheme_to_be_found.ytd_actual" not in register
    assert "savings.bromley.non_recurrent_schemes.full_year_effect" not in register


def test_two_names_that_would_be_one_figure_are_refused(tmp_path: Path) -> None:
    twin = {**THREE[0], "scheme": "switches!"}
    with pytest.raises(InputFaults, match="'switches!'"):
        register_of(tracker_home(tmp_path, (*THREE, twin)))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("savings_quarter_percent: [10, 25, 30, 30]\n", "add up to 100"),
        (DELIVERY.replace("95", "195"), "a number of at most 100"),
        (DELIVERY.replace("low", "lo"), "low"),
    ],
)
def test_shares_that_cannot_be_are_refused(told: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match=expected):
        register_of(tracker_home(tmp_path, told=told))


def test_schemes_and_directorates_agree(tmp_path: Path) -> None:
    home = tracker_home(tmp_path)
    leave_out(home, "stated.csv")
    paper = load_paper(home, M06)
    checks = run_checks(register_of(home), paper, complete=False)
    found = {check.id: check.status for check in checks}
    assert found["agreement.savings.bromley.all_schemes.ytd_actual"] == "pass"
    assert found["agreement.savings.bromley.all_schemes.full_year_forecast"] == "pass"


@given(drawn=SCHEMES)
@settings(max_examples=8, deadline=None, phases=WITHOUT_SHRINKING)
def test_any_tracker_adds_up_each_way_and_a_second_reading_agrees(drawn: list[Record]) -> None:
    listed = [{**row, "scheme": f"Scheme {n}"} for n, row in enumerate(drawn)]
    with tempfile.TemporaryDirectory() as folder:
        home = tracker_home(Path(folder), listed)
        leave_out(home, "stated.csv")
        register = register_of(home)
        found = savings(Month(home, "2023-24", 6, "bromley", PLACES))
        assert walked(home, register).wrong == []
    told = {figure.id: plain(figure.value) for figure in register}
    assert differing(found, told) == {}
    assert not set(found) - set(told)
    for place in {row["place"] for row in listed} | {"icb"}:
        for measure in ("full_year_plan", "ytd_actual", "risk_adjusted_forecast"):
            whole = register[f"savings.{place}.all_schemes.{measure}"].value
            for column in ("status_", "risk_", "recurrent"):
                assert _added(register, place, column, measure) == whole


def _added(register: Register, place: str, column: str, measure: str) -> Decimal:
    """The sums of one kind, added up."""
    kind = "current_schemes" if column == "recurrent" else column
    lines = [line for line, _, _ in groups() if line.startswith(kind) or line.endswith(kind)]
    names = [f"savings.{place}.{line}.{measure}" for line in lines]
    return sum((register[name].value for name in names if name in register), Decimal(0))


@given(
    cuts=st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted),
    month=st.integers(1, 12),
)
def test_a_profile_by_quarter_ends_at_the_whole_and_never_falls(
    cuts: list[int], month: int
) -> None:
    ends = [0, *cuts, 100]
    quarters = tuple(Decimal(b - a) for a, b in pairwise(ends))

    def due(number: int) -> Decimal:
        each = [q / 3 for q in quarters for _ in range(3)]
        return sum(each[:number], Decimal(0))

    def said(number: int) -> Decimal:
        found = Decimal(0)
        for term in _terms(quarters, number):
            share, *part = term.split(" * ")
            over, of = part[0].split(" / ") if part else ("1", "1")
            found += Decimal(share) * Decimal(over) / Decimal(of)
        return found

    assert abs(said(month) - due(month)) < Decimal("1e-20")
    assert said(12) == 100
    assert month == 12 or said(month) <= said(month + 1)
