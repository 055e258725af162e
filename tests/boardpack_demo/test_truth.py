"""What the paper shows of the made-up ICB is what is true of it, to the penny."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from boardpack.checks.engine import run_checks
from boardpack.core.periods import Month
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack.reading.folder import Folder
from boardpack.subjects.items.epd_extract import read_epd
from boardpack_demo.care import beside
from boardpack_demo.icb import DIRECTORATES, PLACES, START
from boardpack_demo.month import month_files
from boardpack_demo.tariff import MEDICINES
from demo_homes import paper_of_demo, the_truth

MEASURES = ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
MONTHS = (3, 7, 12)
PENNY = Decimal("0.01")
ROUNDED = Decimal(3)
"""Pounds that lines rounded to the penny may add up to."""
MONTH_KEYS = [f"2024{month:02d}" for month in range(3, 13)] + ["202501"]
"""March before the year, and the months of the year, as the items write them."""


@lru_cache
def _register(home: Path, number: int) -> Register:
    return compute(paper_of_demo(home, number), *NEEDS)


@pytest.fixture(params=MONTHS)
def number(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def shown(demo: Path, number: int) -> Register:
    return _register(demo, number)


def _value(register: Register, identity: str) -> Decimal:
    return register.agreed(identity).value


def test_nothing_fails_in_any_month_without_a_plant(demo: Path, number: int) -> None:
    checks = run_checks(_register(demo, number), paper_of_demo(demo, number))
    assert len(checks) > 500
    assert [check.id for check in checks if check.status == "fail"] == []


def test_every_place_and_directorate_stands_where_the_truth_has_it(
    shown: Register, number: int
) -> None:
    for place in PLACES:
        for directorate in DIRECTORATES:
            for measure in MEASURES:
                found = _value(shown, f"position.{place}.{directorate}.{measure}")
                expected = the_truth().total(measure, number, place, directorate)
                assert found == expected, (place, directorate, measure)


def test_the_icb_is_all_its_columns(shown: Register, number: int) -> None:
    for measure in ("ytd_budget", "ytd_actual"):
        found = _value(shown, f"overview.icb.total.{measure}")
        assert found == the_truth().total(measure, number)


def test_savings_are_those_of_the_schemes(shown: Register, number: int) -> None:
    savings = the_truth().savings
    for place in PLACES:
        assert _value(shown, f"savings.{place}.total.ytd_plan") == savings.plan(place, number)
        assert _value(shown, f"savings.{place}.total.ytd_actual") == savings.actual(place, number)
        required = _value(shown, f"efficiency.{place}.total.annual_requirement")
        assert required == savings.requirement(place)
        assert _value(shown, f"efficiency.{place}.total.identified") == savings.identified(place)


def test_clients_are_counted_and_packages_accrue_to_the_ledger(
    shown: Register, number: int
) -> None:
    for place in PLACES:
        clients = _value(shown, f"chc.{place}.all_clients.clients")
        assert clients == the_truth().care.counted(place, number)
        accrued = _value(shown, f"chc.{place}.accrual.ytd_actual")
        ledger = the_truth().total("ytd_actual", number, place, "continuing_care_services")
        assert abs(accrued + beside(place, number) - ledger) < 5 * PENNY
        assert abs(_value(shown, f"chc.{place}.accrual.unexplained")) < 5 * PENNY


def test_prescribing_is_what_the_practices_prescribed(
    shown: Register, demo: Path, number: int
) -> None:
    medicines = the_truth().medicines
    items = read_epd(Folder(paper_of_demo(demo, number))).by_place()
    for place in PLACES:
        spend = medicines.spend(place, number)
        assert spend is not None
        assert _value(shown, f"prescribing.{place}.ppa.ytd_spend") == spend.total
        assert _value(shown, f"prescribing.{place}.non_ppa.ytd_variance") == 0
        for known in range(number - 1):
            month = Month(START, 1).earlier(1 - known)
            assert items[month, place].actual_cost == medicines.cost(place, known)


def test_what_prices_cost_is_what_the_made_up_tariff_says(shown: Register, number: int) -> None:
    known = number - 2
    bought: dict[str, int] = {}
    made = month_files(the_truth(), number).tables["epd.csv"]
    for row in made.rows:
        said = dict(zip(made.header, row, strict=True))
        if said["YEAR_MONTH"] == MONTH_KEYS[known]:
            key, quantity = str(said["BNF_CODE"]), int(said["TOTAL_QUANTITY"])
            bought[key] = bought.get(key, 0) + quantity
    expected = {"ncso": Decimal(0), "M": Decimal(0), "A": Decimal(0), "C": Decimal(0)}
    for one in MEDICINES:
        share = Decimal("0.95") if one.category == "C" else Decimal("0.80")
        granted, at = one.concession(known), known + (one.category == "A")
        if granted is not None:
            rise, kind = granted - one.price(known) * share / 100, "ncso"
        else:
            rise, kind = (one.price(at) - one.price(0)) * share / 100, one.category
        expected[kind] += bought[one.bnf] * rise / one.pack
    icb = "prescribing_items.icb"
    found = {"ncso": _value(shown, f"{icb}.ncso.latest_month_cost")}
    for kind in "MAC":
        line = f"{icb}.category_{kind.lower()}"
        found[kind] = _value(shown, f"{line}.latest_month_effect")
    for kind, amount in expected.items():
        assert abs(found[kind] - amount) < ROUNDED, kind


def test_the_bridge_of_items_goes_from_march_to_the_latest_month(
    shown: Register, number: int
) -> None:
    medicines = the_truth().medicines
    for place in PLACES:
        name = f"prescribing_items.{place}.bridge"
        march = f"prescribing_items.{place}.items.month_cost.2023_24_m12"
        assert _value(shown, march) == medicines.cost(place, 0)
        steps = ("volume", "mix", "tariff", "concessions", "other_price")
        change = sum((_value(shown, f"{name}.{step}_change") for step in steps), Decimal(0))
        grown = medicines.cost(place, number - 2) - medicines.cost(place, 0)
        assert abs(change - grown) < PENNY / 100


def test_the_resource_limit_is_the_allocation(shown: Register, number: int) -> None:
    for place in (*PLACES, "central"):
        found = _value(shown, f"resource_limit.{place}.total.budget")
        assert found == the_truth().allocation(place, number)


def test_a_reorganised_cost_centre_is_shown_where_it_stands_now() -> None:
    for number, directorate in ((6, "community_health_services"), (7, "other_programme_services")):
        centre = next(line.centre for line in the_truth().lines if line.centre.moves)
        assert centre.directorate_in(number) == directorate


def test_some_places_overspend_and_one_does_not() -> None:
    truth = the_truth()
    apart = {
        place: truth.total("ytd_budget", 6, place) - truth.total("ytd_actual", 6, place)
        for place in PLACES
    }
    assert [place for place, variance in apart.items() if variance > 0] == ["eddlestow"]


def test_every_month_that_has_entries_beside_the_ledger_says_what_becomes_of_them() -> None:
    found = {n: month_files(the_truth(), n).tables.get("adjustments.csv") for n in (4, 8, 9, 10)}
    treated = {n: one.at(0, "treatment") for n, one in found.items() if one is not None}
    assert treated == {4: "reverse", 8: "carry", 9: "carry", 10: "reversed"}
