"""Mental health, against a second, plain reading of the return and the stated quantities."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from homes import change_rows, copied_home, leave_out

from boardpack.core.money import round_half_up
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register, differs_by_rounding, gap

PROJECT = Path(__file__).resolve().parents[3]
RAW = PROJECT / "data" / "raw" / "2023-24" / "M06"
HUNDREDTH = Decimal("0.01")


@lru_cache
def register_of(home: Path = PROJECT) -> Register:
    return compute(load_paper(home, parse_month("2023-24", "M06")), "mental_health")


def returned(line: str, measure: str, period: str = "2023/24") -> Decimal:
    """A quantity of the return, in pounds or per cent, read without the product."""
    with (RAW / "mhis.csv").open(encoding="utf-8") as file:
        (text,) = (
            row["value"]
            for row in csv.DictReader(file)
            if (row["line"], row["measure"], row["period"]) == (line, measure, period)
        )
    plain = text.strip("£%").replace(",", "")
    scale = {"k": 1000, "m": 1_000_000}.get(plain[-1], 1)
    return Decimal(plain.strip("km")) * scale


def near(value: Decimal, expected: Decimal) -> bool:
    return round_half_up(value, HUNDREDTH) == round_half_up(expected, HUNDREDTH)


def test_the_target_grows_from_the_implied_outturn_by_the_uplift() -> None:
    register = register_of()
    implied = register["mental_health.icb.mhis.implied_prior_year_outturn"]
    assert implied.is_estimate
    assert implied.period == "2022/23"
    growth = 1 + returned("mhis", "uplift") / 100
    assert near(implied.value * growth, returned("mhis", "forecast_target"))


def test_the_forecast_is_the_corrected_cell_and_keeps_what_was_printed() -> None:
    register = register_of()
    name = "mental_health.icb.mhis.forecast_outturn"
    printed = returned("mhis", "forecast_outturn")
    assert register[f"{name}.printed"].value == printed
    assert register[name].value == printed * 1000
    margin = printed * 1000 - returned("mhis", "forecast_target")
    assert register["mental_health.icb.mhis.over_delivery"].value == margin == 614_000
    assert register["mental_health.icb.mhis.over_delivery.printed"].value == margin


def test_prescribing_growth_is_computed_and_agrees_with_print_within_rounding() -> None:
    register = register_of()
    years = ("2020/21", "2021/22", "2022/23", "2023/24")
    spend = {year: returned("prescribing", "spend", year) for year in years}
    growth = {"": ("2022/23", "2023/24"), ".2022_23": ("2021/22", "2022/23")}
    for end, (before, now) in growth.items():
        figure = register[f"mental_health.icb.prescribing.growth{end}"]
        assert near(figure.value, (spend[now] / spend[before] - 1) * 100)
        shown = register[f"{figure.id}.printed"]
        assert not gap(figure, shown) or differs_by_rounding(figure, shown)
    change = register["mental_health.icb.prescribing.change.2021_22"].value
    assert change == spend["2021/22"] - spend["2020/21"]


def test_section_117_clients_are_two_quarters_and_their_change() -> None:
    register = register_of()
    name = "mental_health.bromley.section_117_cpc."
    first, last = (register[f"{name}average_clients.{end}"] for end in ("2022_23_q1", "q2"))
    assert (first.value, last.value) == (46, 78)
    assert (first.period, last.period) == ("2022/23 Q1", "2023/24 Q2")
    assert register[f"{name}change"].value == 32
    assert near(register[f"{name}growth"].value, Decimal(3200) / 46)


def test_the_stated_pressure_is_the_net_variance_of_the_whole_directorate() -> None:
    with (RAW / "budget_overview.csv").open(encoding="utf-8") as file:
        (row,) = (
            row
            for row in csv.DictReader(file)
            if (row["measure"], row["directorate"]) == ("ytd_variance", "Mental Health Services")
        )
    columns = list(row)[2:9]
    variances = [int(row[c].strip("()")) * (-1 if "(" in row[c] else 1) for c in columns]
    register = register_of()
    name = "mental_health.icb."
    overspent = sum(v for v in variances if v < 0) * 1000
    assert register[f"{name}directorate.overspent_variance"].value == overspent
    underspent = sum(v for v in variances if v > 0) * 1000
    assert register[f"{name}directorate.underspent_variance"].value == underspent
    assert register[f"{name}cost_per_case.ytd_overspend"].value == 124_000
    assert register[f"{name}cost_per_case.difference_from_directorate"].value == 0


def test_the_golden_figures() -> None:
    register = register_of()
    with (PROJECT / "tests" / "golden" / "mental_health.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            expected = Decimal(row["value"])
            step = Decimal(1).scaleb(int(expected.as_tuple().exponent))
            assert round_half_up(register[row["id"]].value, step) == expected, row["id"]


def test_a_small_count_of_clients_is_withheld(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def few(record: dict[str, str]) -> dict[str, str]:
        return {**record, "value": "6"} if record["value"] == "46" else record

    change_rows(home, "stated.csv", few)
    register = register_of(home)
    name = "mental_health.bromley.section_117_cpc."
    assert register.is_suppressed(f"{name}average_clients.2022_23_q1")
    assert register.is_suppressed(f"{name}change")
    assert f"{name}average_clients.q2" in register


def test_nothing_is_entered_for_extracts_that_are_not_supplied(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "mhis.csv", "stated.csv")
    entered = [f.id for f in register_of(home) if f.chapter == "mental_health"]
    assert [name for name in entered if ".directorate." not in name] == []
