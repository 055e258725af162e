"""A programme's activity, costs and gaps against a plain reading of the same files."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from month_six import PROJECT, paper_for
from programme_home import (
    LAST,
    NUMBER,
    PRICES,
    PROGRAMMES,
    RAW,
    THIS,
    Record,
    copied,
    made_up_home,
    plain_activity,
    plain_community,
    plain_cost,
    plain_medicines,
    programme_register,
    rewrite,
)

from boardpack.figures.chapters import compute
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack_demo.icb import PLACES

COUNTED = {"elective": "spells", "non_elective": "spells", "outpatient": "attendances"}
NEAR = Decimal("1e-9")


@pytest.fixture(scope="module")
def shown() -> Register:
    return programme_register(made_up_home())


@pytest.fixture(scope="module")
def real() -> Register:
    return compute(paper_for(), "costed_programme")


def value(register: Register, place: str, rest: str) -> Decimal:
    return register[f"costed_programme.{place}.diabetes_{rest}"].value


def own(register: Register) -> list[Figure]:
    return [figure for figure in register if figure.chapter == "costed_programme"]


@pytest.mark.parametrize("setting", COUNTED)
def test_the_same_months_of_each_year_are_those_of_the_extract(
    shown: Register, setting: str
) -> None:
    counted = f"{setting}.{COUNTED[setting]}"
    for place in PLACES:
        now = plain_activity(made_up_home(), place, setting, THIS)
        before = plain_activity(made_up_home(), place, setting, LAST)
        assert value(shown, place, f"{counted}_same_months") == now
        assert value(shown, place, f"{counted}_same_months.2023_24") == before
        assert value(shown, place, f"{counted}_change") == now - before
        share = value(shown, place, f"{counted}_change_share")
        assert abs(share - Decimal(now - before) / before * 100) < NEAR
    every = sum(plain_activity(made_up_home(), place, setting, THIS) for place in PLACES)
    assert value(shown, "icb", f"{counted}_same_months") == every


def test_each_part_costs_what_a_plain_reading_makes_it(shown: Register) -> None:
    home = made_up_home()
    total = Decimal(0)
    for place in PLACES:
        hospital, community = plain_cost(home, place), plain_community(home, place)
        items, medicines, months = plain_medicines(home, place, "0601")
        assert value(shown, place, "hospital.cost_same_months") == hospital
        assert value(shown, place, "medicines.items_in_data") == items > 0
        assert value(shown, place, "medicines.cost_in_data") == medicines
        assert value(shown, place, "medicines.months_in_data") == months
        assert value(shown, place, "community.cost_to_date") == community
        expected = (hospital + community) / NUMBER + medicines / months
        assert abs(value(shown, place, "total.cost_a_month") - expected) < NEAR
        total += expected
    assert abs(value(shown, "icb", "total.cost_a_month") - total) < NEAR


def test_hospital_costs_are_marked_as_estimates(shown: Register) -> None:
    marked = {figure.line: figure.is_estimate for figure in own(shown) if "cost" in figure.measure}
    assert marked["diabetes_hospital"]
    assert marked["diabetes_outpatient"]
    assert marked["diabetes_total"]
    assert not marked["diabetes_community"]


def test_no_part_year_stands_beside_a_whole_one(tmp_path: Path, shown: Register) -> None:
    """What earlier years say of months that are to come this year changes no figure."""
    home = copied(tmp_path)

    def change(row: Record) -> Record:
        if row["financial_year"] not in (THIS, "All"):
            row = {**row, **{f"m{month:02d}": "999" for month in range(NUMBER + 1, 13)}}
            row["total"] = str(sum(int(row[f"m{month:02d}"]) for month in range(1, 13)))
        return row

    rewrite(home / RAW / "programme_activity.csv", change)
    again = programme_register(home)
    changed = [f.id for f in own(shown) if again[f.id].value != f.value]
    assert len(own(shown)) > 100
    assert changed == []


def test_month_six_is_counted_and_not_costed(real: Register) -> None:
    found = own(real)
    assert len(found) > 50
    assert {figure.place for figure in found} == {"bromley"}
    assert not [figure.id for figure in found if figure.unit == "GBP" or "cost" in figure.measure]
    path = PROJECT / "data/raw/2023-24/M06/programme_activity.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for setting, counted in COUNTED.items():
        for year, suffix in (("2023/24", ""), ("2022/23", ".2022_23"), ("2021/22", ".2021_22")):
            expected = sum(
                int(row[f"m{month:02d}"].replace(",", ""))
                for row in rows
                if (row["setting"], row["financial_year"]) == (setting, year)
                and row["specialty"] != "All"
                for month in range(1, 7)
            )
            assert value(real, "bromley", f"{setting}.{counted}_same_months{suffix}") == expected


def test_a_second_programme_is_only_a_second_file(tmp_path: Path, shown: Register) -> None:
    home = copied(tmp_path)
    text = 'name: Respiratory\nbnf_prefixes: ["03"]\n'
    (home / PROGRAMMES / "respiratory.yml").write_text(text, encoding="utf-8")
    both = programme_register(home)
    items, cost, _ = plain_medicines(home, "alderwick", "03")
    name = "costed_programme.alderwick.respiratory_medicines"
    assert (both[f"{name}.items_in_data"].value, both[f"{name}.cost_in_data"].value) == (
        items,
        cost,
    )
    assert items > 0
    for figure in own(shown):
        assert both[figure.id].value == figure.value
    assert "costed_programme.alderwick.respiratory_total.cost_a_month" not in both


def test_without_a_price_nothing_is_made_up(tmp_path: Path) -> None:
    home = copied(tmp_path)
    rewrite(home / PRICES, lambda row: None if row["specialty"].startswith("307") else row)
    found = programme_register(home)
    line = "costed_programme.alderwick.diabetes_outpatient"
    assert f"{line}.attendances_same_months" in found
    assert f"{line}.cost_same_months" not in found
    assert f"{line}_302_endocrinology_and_diabetes.cost_same_months" in found
    hospital = found["costed_programme.alderwick.diabetes_hospital.cost_same_months"]
    assert not [one for one in operands(hospital.formula or "") if "outpatient" in one]


def test_a_price_of_another_year_prices_nothing(tmp_path: Path) -> None:
    home = copied(tmp_path)
    rewrite(home / PRICES, lambda row: None if row["financial_year"] == THIS else row)
    found = programme_register(home)
    assert not [f.id for f in own(found) if "hospital" in f.id or "price" in f.measure]


def test_small_counts_hide_their_programme_and_cannot_be_solved_back(tmp_path: Path) -> None:
    home = copied(tmp_path)

    def change(row: Record) -> Record | None:
        if row["specialty"] == "All":
            return None
        key = (row["place"], row["setting"], row["financial_year"])
        return {**row, "m03": "5", "total": ""} if key == ("alderwick", "elective", THIS) else row

    rewrite(home / RAW / "programme_activity.csv", change)
    found = programme_register(home)
    hidden = [f.id for f in found.suppressed if f.id.endswith("2024_25_m03")]
    assert hidden
    line = "costed_programme.alderwick.diabetes_elective"
    assert not [
        f.id
        for f in own(found)
        if f.id.startswith(line)
        and f.period.startswith(THIS)
        and f.measure in ("spells_same_months", "cost_same_months", "cost_a_month")
    ]
    assert f"{line}.spells_same_months.2023_24" in found
    for place in ("alderwick", "icb"):
        name = f"costed_programme.{place}.diabetes_hospital.cost_same_months"
        assert not [
            one
            for one in operands(found[name].formula or "")
            if "_elective" in one and "non_elective" not in one
        ]


def test_no_programme_file_gives_no_figure(tmp_path: Path) -> None:
    home = copied(tmp_path)
    (home / PROGRAMMES / "diabetes.yml").unlink()
    assert own(programme_register(home)) == []
