"""Continuing healthcare, against a second, plain reading of the extracts."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out

from boardpack.core.money import round_half_up
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

PROJECT = Path(__file__).resolve().parents[3]
RAW = PROJECT / "data" / "raw" / "2023-24" / "M06"
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
MONTHS = ("M02", "M03", "M04", "M05", "M06")
PARTS = ("volume_variance", "price_variance", "mix_variance")


@lru_cache
def register_of(home: Path = PROJECT, month: str = "M06") -> Register:
    return compute(load_paper(home, parse_month("2023-24", month)), "chc")


def rows(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table() -> dict[tuple[str, str], tuple[int, int]]:
    """Clients and price by period and place, read without the product."""
    return {
        (row["period"], row["place"]): (whole(row["clients"]), whole(row["average_price"]))
        for row in rows("chc_activity_price.csv")
    }


def whole(text: str) -> int:
    return int(text.replace(",", ""))


def suffix(month: str) -> str:
    return "" if month == "M06" else f".{month.lower()}"


def test_every_cell_is_a_figure_of_its_place_and_month() -> None:
    register = register_of()
    for (period, place), (clients, price) in table().items():
        prefix = "budget_" if period == "Budget" else ""
        end = "" if period == "Budget" else suffix(period)
        name = f"chc.{place}.all_clients.{prefix}"
        assert register[f"{name}clients{end}"].value == clients
        assert register[f"{name}average_price{end}"].value == price
        assert register[f"{name}average_price{end}"].unit == "GBP_PER_CLIENT_MONTH"
        assert register[f"{name}cost_in_month{end}"].value == clients * price


@pytest.mark.parametrize("month", MONTHS)
def test_the_icb_adds_the_six_places(month: str) -> None:
    register, cells = register_of(), table()
    clients = sum(cells[month, place][0] for place in PLACES)
    cost = sum(cells[month, place][0] * cells[month, place][1] for place in PLACES)
    name = "chc.icb.all_clients."
    assert register[f"{name}clients{suffix(month)}"].value == clients
    assert register[f"{name}cost_in_month{suffix(month)}"].value == cost
    price = register[f"{name}average_price{suffix(month)}"].value
    assert abs(price - Decimal(cost) / clients) < Decimal("0.000001")


def test_clients_times_price_of_six_places_moved_little_from_month_2_to_month_6() -> None:
    growth = register_of()["chc.icb.total.cost_growth"].value
    assert round_half_up(growth, Decimal("0.1")) == Decimal("4.7")


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """The month with prices that rise, so that the count of clients is not doubted."""
    home = copied_home(PROJECT, tmp_path_factory.mktemp("trusted"))
    change_rows(home, "chc_activity_price.csv", _price_rises)
    return register_of(home)


def _price_rises(record: dict[str, str]) -> dict[str, str]:
    """The same extract with a price in May so low that it has risen since, everywhere."""
    return {**record, "average_price": "3,000"} if record["period"] == "M02" else record


@pytest.mark.parametrize("place", PLACES)
def test_volume_and_price_add_up_to_the_variance_of_clients_times_price(
    place: str, trusted: Register
) -> None:
    cells = table()
    (clients, price), (planned, budget) = cells["M06", place], cells["Budget", place]
    name = f"chc.{place}.all_clients."
    assert trusted[f"{name}volume_variance"].value == (planned - clients) * budget
    assert trusted[f"{name}price_variance"].value == clients * (budget - price)
    both = trusted[f"{name}volume_variance"].value + trusted[f"{name}price_variance"].value
    assert trusted[f"{name}cost_variance"].value == both == planned * budget - clients * price
    to_date = f"chc.{place}.packages.ytd_"
    parts = trusted[f"{to_date}volume_variance"].value + trusted[f"{to_date}price_variance"].value
    assert parts == trusted[f"{to_date}variance"].value


def test_volume_price_and_mix_of_all_places_follow_the_rule(trusted: Register) -> None:
    cells = table()
    actual = {place: cells["M06", place] for place in PLACES}
    budget = {place: cells["Budget", place] for place in PLACES}
    mean = Decimal(sum(q * p for q, p in budget.values())) / sum(q for q, _ in budget.values())
    at_budget_price = sum(actual[place][0] * budget[place][1] for place in PLACES)
    mix = at_budget_price - sum(q for q, _ in actual.values()) * mean
    name = "chc.icb.all_clients."
    assert abs(trusted[f"{name}mix_variance"].value + mix) < Decimal("0.01")
    parts = trusted[f"{name}volume_variance"].value + trusted[f"{name}price_variance"].value
    assert trusted[f"{name}cost_variance"].value == parts


def test_a_count_that_looks_cumulative_is_not_split_and_its_product_stays() -> None:
    register = register_of()
    split = [f.id for f in register if f.measure.removeprefix("ytd_").startswith(PARTS)]
    assert split == []
    assert all(f"chc.{place}.all_clients.cost_variance" in register for place in (*PLACES, "icb"))


def test_the_stated_growth_is_kept_beside_the_growth_of_the_table() -> None:
    register, cells = register_of(), table()
    (clients, price), (first, first_price) = cells["M06", "bromley"], cells["M02", "bromley"]
    growth = register["chc.bromley.total.activity_growth"].value
    assert abs(growth - (Decimal(clients) / first - 1) * 100) < Decimal("0.000001")
    fall = register["chc.bromley.total.average_price_growth"].value
    assert abs(fall - (Decimal(price) / first_price - 1) * 100) < Decimal("0.000001")
    assert register["chc.bromley.total.activity_growth.printed"].value == 12
    assert register["chc.bromley.total.average_price_growth.printed"].value == 13
    assert register.agreed("chc.bromley.total.activity_growth").formula is not None


def test_only_bromley_has_clients_times_price_and_ledger_on_different_sides() -> None:
    register = register_of()
    apart = [
        place
        for place in PLACES
        if register[f"chc.{place}.all_clients.cost_variance"].value
        * register[f"position.{place}.continuing_care_services.ytd_variance"].value
        < 0
    ]
    assert apart == ["bromley"]


def test_high_cost_packages_and_the_places_where_they_increase() -> None:
    register = register_of()
    counts = {
        (row["financial_year"], row["period"], row["place"]): int(row["clients"])
        for row in rows("chc_high_cost.csv")
    }
    changes = {
        place: counts["2023/24", "M06", place] - counts["2022/23", "M12", place] for place in PLACES
    }
    for place, change in changes.items():
        assert register[f"chc.{place}.high_cost.change"].value == change
    assert register["chc.icb.high_cost.change"].value == sum(changes.values())
    increasing = register["chc.icb.high_cost.boroughs_increasing"]
    assert increasing.value == sum(change > 0 for change in changes.values())
    assert register["chc.icb.high_cost.boroughs_increasing.printed"].value == 4
    assert register["chc.bromley.high_cost.clients.2022_23_m12"].period == "2022/23 M12"


def test_packages_and_the_rest_make_up_the_ledger() -> None:
    register = register_of()
    for place in (*PLACES, "icb"):
        for measure in ("ytd_actual", "ytd_variance"):
            whole = register.agreed(f"position.{place}.continuing_care_services.{measure}").value
            packages, outside = (
                register[f"chc.{place}.{line}.{measure}"].value for line in ("packages", "outside")
            )
            assert packages + outside == whole


def to_date(cells: dict[tuple[str, str], tuple[int, int]], place: str) -> Decimal:
    """The months of a place added up, April like their average where it is not there."""
    months = [
        q * p for (period, where), (q, p) in cells.items() if (where, period[0]) == (place, "M")
    ]
    return sum(months, Decimal(0)) * 6 / len(months)


def test_to_date_adds_the_months_that_are_there() -> None:
    """April is not in the published table: it is taken to be like the average of the others."""
    register, cells = register_of(), table()
    for place in PLACES:
        found = register[f"chc.{place}.packages.ytd_actual"]
        assert found.value == to_date(cells, place)
        assert found.is_estimate
    planned, price = cells["Budget", "bromley"]
    assert register["chc.bromley.packages.ytd_budget"].value == planned * price * 6
    whole = register["chc.icb.packages.ytd_variance"]
    assert round_half_up(whole.value, Decimal(10_000)) == -2_770_000
    assert whole.is_estimate


def test_with_every_month_there_nothing_is_estimated(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    with (home / "data/raw/2023-24/M06/chc_activity_price.csv").open("a") as file:
        file.writelines(f'M01,{place},100,"5,000"\n' for place in PLACES)
    register, cells = register_of(home), table()
    known = sum(
        q * p for (period, place), (q, p) in cells.items() if (place, period[0]) == ("bexley", "M")
    )
    assert register["chc.bexley.packages.ytd_actual"].value == known + 500_000
    assert not register["chc.bexley.packages.ytd_actual"].is_estimate
    assert not register["chc.icb.packages.ytd_actual"].is_estimate


def test_a_place_without_the_month_itself_has_nothing_to_date(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    change_rows(
        home,
        "chc_activity_price.csv",
        lambda row: None if (row["period"], row["place"]) == ("M06", "bexley") else row,
    )
    register = register_of(home)
    assert "chc.bexley.packages.ytd_actual" not in register
    assert "chc.icb.packages.ytd_actual" not in register
    assert "chc.bromley.packages.ytd_actual" in register


def test_what_the_budgets_allow_for() -> None:
    register = register_of()
    assert register["chc.icb.budget_setting.net_uplift"].value == Decimal("4.36")
    assert register["chc.icb.inflation_uplifts.risk_placeholder"].value == 1_000_000


def test_the_golden_figures() -> None:
    register = register_of()
    with (PROJECT / "tests" / "golden" / "chc.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            expected = Decimal(row["value"])
            step = Decimal(1).scaleb(int(expected.as_tuple().exponent))
            assert round_half_up(register[row["id"]].value, step) == expected, row["id"]


def test_a_small_count_is_withheld_with_its_price_and_the_total_that_would_reveal_it(
    tmp_path: Path,
) -> None:
    home = copied_home(PROJECT, tmp_path)

    def few(record: dict[str, str]) -> dict[str, str]:
        is_few = record["place"] == "lewisham" and record["period"] == "M06"
        return {**record, "clients": "5"} if is_few else record

    for file in ("chc_activity_price.csv", "chc_high_cost.csv"):
        change_rows(home, file, few)
    register = register_of(home)
    for place in ("lewisham", "icb"):
        for name in ("all_clients.clients", "all_clients.average_price", "high_cost.clients"):
            assert f"chc.{place}.{name}" not in register
            assert register.is_suppressed(f"chc.{place}.{name}")
    assert register.is_suppressed("chc.icb.high_cost.boroughs_increasing.printed")
    assert register.is_suppressed("chc.lewisham.packages.ytd_actual")
    assert "chc.bromley.all_clients.clients" in register
    assert "chc.icb.all_clients.clients.m05" in register


def test_nothing_is_entered_for_extracts_that_are_not_supplied(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "chc_activity_price.csv", "chc_high_cost.csv", "stated.csv")
    assert not [figure.id for figure in register_of(home) if figure.chapter == "chc"]


def test_the_first_month_of_the_extract_has_no_growth(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    change_rows(
        home,
        "chc_activity_price.csv",
        lambda record: record if record["period"] in ("Budget", "M06") else None,
    )
    change_rows(home, "stated.csv", lambda r: r if r["chapter"] != "chc" else None)
    register = register_of(home)
    assert "chc.bromley.total.activity_growth" not in register
    assert "chc.bromley.total.activity_against_budget" in register


def test_no_clients_at_all_divides_by_nothing(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def none(record: dict[str, str]) -> dict[str, str]:
        return {**record, "clients": "0"} if record["period"] in ("Budget", "M02") else record

    change_rows(home, "chc_activity_price.csv", none)
    register = register_of(home)
    assert "chc.icb.all_clients.budget_average_price" not in register
    assert "chc.bromley.total.activity_against_budget" not in register
    assert register["chc.bromley.total.activity_growth"].value == 12
