"""Prices against what is funded, high-cost packages, and the way from packages to the ledger."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from budget_home import PLACES, budget_home
from month_six import paper_for
from packages_home import Record, packages_home, record

from boardpack.checks.accruals import check_accruals
from boardpack.checks.patterns import Patterns
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

LEDGER = "position.bromley.continuing_care_services.ytd_actual"


def paper_of(home: Path) -> Paper:
    return load_paper(home, parse_month("2023-24", "M06"), "bromley")


def register_of(home: Path) -> Register:
    return compute(paper_of(home), "chc")


def since_march() -> list[Record]:
    """Twenty at £700, ten repriced from £1,400 to £1,470 in September; nine joined in September."""
    old = {"start_date": "2022-01-01"}
    same = [record(n, **old) for n in range(20)]
    before = [record(n, weekly_rate="1400", rate_end="2023-08-31", **old) for n in range(20, 30)]
    after = [record(n, weekly_rate="1470", rate_start="2023-09-01", **old) for n in range(20, 30)]
    new = [record(n, weekly_rate="1400", start_date="2023-09-01") for n in range(30, 39)]
    gone = [record(n, end_date="2023-06-30", status="ended", **old) for n in range(39, 49)]
    return [*same, *before, *after, *new, *gone]


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register_of(packages_home(tmp_path_factory.mktemp("prices"), since_march()))


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("price_growth", "2.5"),  # 28,000 to 28,700 a week
        ("share_of_weekly_cost", "69"),  # of 41,300
        ("funded_growth", "1.8"),
        ("growth_above_funded", "0.7"),
        # paid 735,000 to date, funded 745,176; 196 a week for the 183 days left
        ("cost_above_funded", "-5000"),
    ],
)
@pytest.mark.parametrize("place", ["bromley", "icb"])
def test_price_rises_by_hand(golden: Register, place: str, measure: str, expected: str) -> None:
    assert golden[f"chc.{place}.same_package.{measure}"].value == Decimal(expected)


def test_nothing_is_held_against_a_rise_that_is_not_said_to_be_funded(tmp_path: Path) -> None:
    home = packages_home(tmp_path, since_march())
    file = home / "params" / "report.yml"
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    del said["chc_funded_inflation_percent"]
    file.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    measures = {f.measure for f in register_of(home) if f.line == "same_package"}
    assert measures == {"price_growth", "share_of_weekly_cost"}


def test_a_place_with_few_packages_since_march_is_not_told(tmp_path: Path) -> None:
    few = [record(n, "lewisham", start_date="2022-01-01") for n in range(5)]
    many = [record(n, "lewisham") for n in range(10, 20)]
    register = register_of(packages_home(tmp_path, [*since_march(), *few, *many]))
    assert "chc.lewisham.same_package.price_growth" not in register
    assert "chc.icb.same_package.price_growth" in register


def test_rises_are_no_finer_than_they_are_shown(golden: Register) -> None:
    """Two months' exact sums would tell the price of the one package that ended between them."""
    for figure in golden:
        if figure.line == "same_package" and figure.formula is None:
            step = {"price_growth": "0.1", "cost_above_funded": "1000"}.get(figure.measure, "1")
            assert figure.value % Decimal(step) == 0
    for figure in golden:
        if figure.measure == "weekly_cost" and figure.formula is None:
            assert figure.value % 1000 == 0


# --- high cost ----------------------------------------------------------------------------------


def with_high_cost(others: int) -> list[Record]:
    """Eight people at £1,600 in August and ten in September, and `others` at £700."""
    high = [record(n, weekly_rate="1600") for n in range(8)]
    high += [record(n, weekly_rate="1600", start_date="2023-09-01") for n in range(8, 10)]
    return [*high, *(record(n) for n in range(20, 20 + others))]


def test_high_cost_packages_and_their_share(tmp_path: Path) -> None:
    register = register_of(packages_home(tmp_path, with_high_cost(20)))
    values = {
        "clients": 10,
        "change_since_last_month": 2,
        "weekly_cost": 16_000,
        "weekly_cost_change": 3_000,  # from 12,800, to a thousand
    }
    for measure, value in values.items():
        assert register[f"chc.bromley.high_cost.{measure}"].value == value, measure
    share = register["chc.icb.high_cost.share_of_weekly_cost"].value
    assert round(share, 20) == round(Decimal(1600) / 30, 20)


def test_their_share_is_not_told_where_it_would_tell_the_few_others(tmp_path: Path) -> None:
    register = register_of(packages_home(tmp_path, with_high_cost(5)))
    assert register["chc.bromley.high_cost.clients"].value == 10
    assert not [f.id for f in register if f.measure in ("weekly_cost", "share_of_weekly_cost")]


def test_schedules_give_the_change_since_last_month() -> None:
    register = compute(paper_for(), "chc")
    assert register["chc.bromley.high_cost.change_since_last_month"].value == -1
    assert register["chc.icb.high_cost.change_since_last_month"].value == 489 - 502


# --- the way to the ledger ----------------------------------------------------------------------

ITEMS = [
    {"place": "bromley", "kind": "accrual", "item": "Respite", "ytd_actual": "12,000,000.00"},
    {"place": "bromley", "kind": "adjustment", "item": "Refund", "ytd_actual": "(5,000.50)"},
    {"place": "bexley", "kind": "accrual", "item": "Respite", "ytd_actual": "100"},
]


def test_what_the_team_names_is_taken_from_what_is_not_explained(tmp_path: Path) -> None:
    register = register_of(budget_home(tmp_path, since_march(), items=ITEMS))
    accrued = register["chc.bromley.accrual.ytd_actual"].value
    ledger = register.agreed(LEDGER).value
    left = register["chc.bromley.accrual.unexplained"].value
    assert round(left - (ledger - accrued - 12_000_000 + Decimal("5000.50")), 15) == 0
    assert register["chc.icb.reconciling_accrual.ytd_actual"].value == 12_000_100
    for place in (*PLACES, "icb"):
        parts = [
            register[f"chc.{place}.{line}.ytd_actual"].value
            for line in ("accrual", "reconciling_accrual", "reconciling_adjustment")
            if f"chc.{place}.{line}.ytd_actual" in register
        ]
        name = f"position.{place}.continuing_care_services.ytd_actual"
        total = sum(parts) + register[f"chc.{place}.accrual.unexplained"].value
        assert round(total - register.agreed(name).value, 15) == 0


def test_the_check_asks_only_for_what_is_not_explained(tmp_path: Path) -> None:
    name = "accrual.chc.bromley.accrual.ledger_difference"
    before = register_of(budget_home(tmp_path, since_march()))
    paper = paper_of(tmp_path)
    checks = {one.id: one for one in check_accruals(Patterns(before, paper))}
    assert checks[name].status == "fail"
    amount = before["chc.bromley.accrual.unexplained"].value
    items = [{**ITEMS[0], "ytd_actual": f"{amount:.2f}"}]
    after = register_of(budget_home(tmp_path, since_march(), items=items))
    checks = {one.id: one for one in check_accruals(Patterns(after, paper))}
    assert checks[name].status == "pass"


def test_an_item_of_an_unknown_kind_is_told(tmp_path: Path) -> None:
    wrong = [{**ITEMS[0], "kind": "acrual"}]
    with pytest.raises(InputFaults) as raised:
        register_of(budget_home(tmp_path, since_march(), items=wrong))
    (fault,) = raised.value.faults
    assert (fault.row, fault.column) == (2, "kind")


# --- schedules ----------------------------------------------------------------------------------


def test_one_per_cent_on_the_month_s_clients_times_price() -> None:
    register = compute(paper_for(), "chc")
    found = register["chc.icb.packages.one_percent_price_rest_of_year"]
    assert found.value == Decimal(11_471_034) * 6 / 100
    assert found.is_estimate
