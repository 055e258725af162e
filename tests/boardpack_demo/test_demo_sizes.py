"""The made-up ICB at a real one's size, and with more places: the same truth in more rows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from boardpack.checks.engine import run_checks
from boardpack.core.errors import UsageFault
from boardpack.figures.chapters import NEEDS, compute
from boardpack_demo.accounts import accounts_of
from boardpack_demo.care import first_day, last_day
from boardpack_demo.icb import centres
from boardpack_demo.item_files import practices
from boardpack_demo.make import SEED, make_demo
from boardpack_demo.month import MonthFiles, month_files
from boardpack_demo.people_files import packages
from boardpack_demo.sizes import FEWEST, MOST, Body, Size, body_of
from boardpack_demo.table import Table
from boardpack_demo.truth import Truth
from demo_homes import paper_of_demo

NUMBER = 6
MEASURES = ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
ABOUT = {"ledger.csv": 40_000, "trial_balance.csv": 200_000, "chc_packages.csv": 20_000}


@lru_cache
def _real(places: int) -> tuple[Truth, MonthFiles]:
    truth = Truth(SEED, body=body_of(Size.REAL, places))
    return truth, month_files(truth, NUMBER)


def _added(found: Table, key: tuple[str, ...], measure: str) -> dict[tuple[str, ...], Decimal]:
    at, places = found.header.index(measure), [found.header.index(column) for column in key]
    added: dict[tuple[str, ...], Decimal] = {}
    for row in found.rows:
        name = tuple(row[place] for place in places)
        added[name] = added.get(name, Decimal(0)) + Decimal(row[at])
    return added


@pytest.mark.parametrize("places", [FEWEST, MOST])
def test_a_real_size_has_about_as_many_rows_whatever_the_places(places: int) -> None:
    files = _real(places)[1]
    for name, about in ABOUT.items():
        assert abs(len(files.tables[name].rows) - about) < about / 20, name


def test_the_rows_of_a_line_add_up_to_it() -> None:
    truth, files = _real(FEWEST)
    each = accounts_of(truth).each
    rows = files.tables["ledger.csv"].rows
    header = files.tables["ledger.csv"].header
    assert len(rows) == each * len(truth.lines)
    of = dict(zip(MEASURES, (truth.ytd_budget, truth.ytd_actual), strict=False))
    of |= {"annual_budget": truth.annual_budget, "forecast_outturn": truth.forecast}
    for measure, amount in of.items():
        at = header.index(measure)
        for n, line in enumerate(truth.lines):
            parts = [Decimal(row[at]) for row in rows[n * each : (n + 1) * each]]
            assert sum(parts) == amount(line, NUMBER), (line, measure)


def test_the_trial_balance_is_the_ledger_account_by_account_and_nets_to_nil() -> None:
    files = _real(FEWEST)[1]
    key = ("cost_centre", "subjective")
    ledger = _added(files.tables["ledger.csv"], key, "ytd_actual")
    balance = _added(files.tables["trial_balance.csv"], key, "ytd")
    assert {name: amount for name, amount in ledger.items() if amount} == {
        name: amount for name, amount in balance.items() if amount and name in ledger
    }
    assert sum(balance.values()) == 0
    assert sum(_added(files.tables["trial_balance.csv"], ("entity",), "in_month").values()) == 0


def test_no_row_stands_twice_and_no_code_is_anothers() -> None:
    truth, files = _real(MOST)
    for name, width in (("ledger.csv", (0, 2)), ("trial_balance.csv", (1, 2, 4, 5))):
        keys = Counter(tuple(row[at] for at in width) for row in files.tables[name].rows)
        assert keys.most_common(1)[0][1] == 1, name
    codes = [centre.code for centre, _ in centres(truth.body.sizes)]
    doctors = [row[0] for row in practices(truth.body).rows]
    assert len(set(codes)) == len(codes)
    assert len(set(doctors)) == len(doctors) == MOST * 8
    assert len({place[:3] for place in truth.body.places}) == MOST


def test_a_package_belongs_to_one_client_and_those_of_years_ago_cost_nothing() -> None:
    truth = _real(FEWEST)[0]
    rows = packages(truth, NUMBER).rows
    starts = Counter((row[1], row[10] or row[6]) for row in rows)
    assert starts.most_common(1)[0][1] == 1
    past = [rate for rate in truth.care.rates if rate.package.endswith("P")]
    whole = (first_day(1), last_day(12))
    assert len(past) > 10_000
    assert {rate.cost(*whole) for rate in past} == {Decimal(0)}


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five places, four accounts to a line and three balances to each, and 36 months of items."""
    folder = tmp_path_factory.mktemp("larger")
    made = body_of(Size.SMALL, FEWEST + 1, items=36)
    rows = {"ledger_rows": 2_000, "balance_rows": 6_000, "past": 60, "payments": 60}
    make_demo(folder, months=NUMBER, body=Body(**{**vars(made), **rows}))
    return folder


def test_nothing_fails_where_there_are_more_places_rows_and_months_of_items(larger: Path) -> None:
    paper = paper_of_demo(larger, NUMBER, "fennimarsh")
    register = compute(paper, *NEEDS)
    checks = run_checks(register, paper)
    assert [check.id for check in checks if check.status == "fail"] == []
    months = [figure.id for figure in register if ".items.month_cost" in figure.id]
    assert len({identity.rpartition(".")[2] for identity in months}) >= 36


@pytest.mark.parametrize(("places", "items"), [(3, 0), (21, 0), (4, 37), (4, -1)])
def test_a_size_that_there_is_not_is_refused(places: int, items: int) -> None:
    with pytest.raises(UsageFault):
        body_of(Size.SMALL, places, items)


def test_a_demonstration_of_other_places_is_left_alone(tmp_path: Path) -> None:
    make_demo(tmp_path, months=1)
    before = (tmp_path / "data/raw/2024-25/M01/ledger.csv").read_bytes()
    with pytest.raises(UsageFault, match="other places"):
        make_demo(tmp_path, months=1, body=body_of(Size.SMALL, 6))
    assert (tmp_path / "data/raw/2024-25/M01/ledger.csv").read_bytes() == before
