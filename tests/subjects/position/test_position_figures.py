"""Place position and budget overview, against a second, plain reading of the extracts."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from boardpack.figures.register import Register

RAW = Path("data/raw/2023-24/M06")


def _number(text: str) -> int:
    digits = text.strip("()-").replace(",", "")
    return (-1 if text.startswith("(") else 1) * int(digits or 0)


def _rows(project: Path, name: str) -> list[dict[str, str]]:
    with (project / RAW / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_bromley_headlines_are_those_of_the_extract(project: Path, register: Register) -> None:
    for row in _rows(project, "position.csv"):
        line = row["directorate"].lower().replace(" ", "_")
        for measure in ("ytd_variance", "forecast_variance"):
            shown = register.agreed(f"position.bromley.{line}.{measure}")
            assert shown.value == _number(row[measure]) * 1000


def test_the_total_adds_its_lines(project: Path, register: Register) -> None:
    rows = _rows(project, "position.csv")
    for measure in ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn"):
        added = sum(_number(row[measure]) for row in rows if row["directorate"] != "Total")
        assert register[f"position.bromley.total.{measure}"].value == added * 1000


def test_run_rates_and_the_forecast_without_the_unexplained_gain(register: Register) -> None:
    value = lambda name: register[f"position.{name}"].value  # noqa: E731
    assert value("bromley.total.average_run_rate") == -400_000
    assert value("bromley.total.latest_run_rate") == Decimal(-2_400_000 + 1_482_000) / 2
    assert round(value("bromley.total.required_run_rate")) == -45_833
    assert value("bromley.total.underlying_forecast_variance") == -4_346_000
    assert value("bromley.prescribing.earlier_run_rate") == -331_500
    assert value("bromley.prescribing.latest_run_rate") == -443_500
    assert round(value("icb.prescribing.latest_run_rate")) == -1_146_000


def test_every_place_of_the_overview_casts_down_and_across(
    project: Path, register: Register
) -> None:
    rows = _rows(project, "budget_overview.csv")
    places = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "central")
    for measure in ("ytd_budget", "ytd_actual"):
        lines = [r for r in rows if r["measure"] == measure and r["directorate"] != "Total"]
        for place in places:
            added = sum(_number(row[place]) for row in lines)
            if (measure, place) == ("ytd_budget", "central"):
                added += 4_417
            assert register[f"overview.{place}.total.{measure}"].value == added * 1000
        for row in lines:
            line = row["directorate"].lower().replace(" ", "_")
            across = sum(_number(row[place]) for place in places)
            if (measure, line) == ("ytd_budget", "programme_wide_projects"):
                across += 4_417
            assert register[f"overview.icb.{line}.{measure}"].value == across * 1000


def test_a_place_without_its_own_extract_stands_on_the_overview(register: Register) -> None:
    assert register["position.lambeth.total.ytd_variance"].value == -861_000
    assert "position.lambeth.total.forecast_variance" not in register


def test_the_icb_without_its_release_is_worse(register: Register) -> None:
    assert register["position.icb.total.ytd_variance_before_release"].value == -2_709_000
