"""The Section 75 schedule, against a second, plain reading of the extract."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from homes import copied_home, leave_out

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register, gap
from boardpack.figures.schedule_lines import lines_of
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule

PROJECT = Path(__file__).resolve().parents[3]
RAW = PROJECT / "data" / "raw" / "2023-24" / "M06"


@lru_cache
def register_of(home: Path = PROJECT) -> Register:
    return compute(load_paper(home, parse_month("2023-24", "M06")), "section75", "actions")


def rows() -> list[dict[str, str]]:
    with (RAW / "section75.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def pounds(text: str) -> Decimal:
    return Decimal(text.replace(",", "") or 0) * 1000


@pytest.mark.parametrize(
    "column",
    ["icb_prior_year", "council_prior_year", "total_prior_year", "icb", "council", "total"],
)
def test_the_schedule_s_totals_are_the_sums_of_its_services(column: str) -> None:
    figure = register_of()[f"section75.bromley.total.{column}"]
    assert figure.value == sum(pounds(row[column]) for row in rows())
    assert figure.period == ("2022/23" if column.endswith("prior_year") else "2023/24")


def test_each_service_s_total_agrees_with_its_print() -> None:
    register = register_of()
    for row in rows():
        for end in ("", "_prior_year"):
            name = f"section75.bromley.{row['ref']}.total{end}"
            assert register[name].value == pounds(row[f"icb{end}"]) + pounds(row[f"council{end}"])
            assert gap(register[name], register[f"{name}.printed"]) == 0


def test_a_blank_cell_is_no_figure() -> None:
    register = register_of()
    assert "section75.bromley.r54.council" not in register
    assert "section75.bromley.r54.council_change" not in register
    assert register["section75.bromley.r54.council_prior_year"].value == 0
    assert register["section75.bromley.r54.total"].value == 200_000


def test_changes_of_the_partners_come_to_the_change_of_the_whole() -> None:
    register = register_of()
    parts = [register[f"section75.bromley.total.{p}_change"].value for p in ("icb", "council")]
    assert sum(parts) == register["section75.bromley.total.total_change"].value
    shares = [register[f"section75.bromley.total.{p}_share"].value for p in ("icb", "council")]
    assert sum(shares) == 100


def test_every_service_has_a_label_of_its_own() -> None:
    paper = load_paper(PROJECT, parse_month("2023-24", "M06"))
    schedule = own_schedule("section75")
    rows = lines_of(schedule, read_schedule(Folder(paper), schedule), paper)
    labels = {line.line: line.label for line in rows if line.kind == "line"}
    assert len(set(labels.values())) == len(labels) == 55
    assert labels["r31"] == "BCF - Integrated Care Record: LBB"
    assert labels["r12"] == "Community Contracts: Health Visiting"


def test_the_golden_figures() -> None:
    with (PROJECT / "tests" / "golden" / "section75.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert register_of()[row["id"]].value == Decimal(row["value"]), row["id"]


def test_a_month_without_a_schedule_keeps_what_the_report_states(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "section75.csv", "actions.csv")
    assert {figure.basis for figure in register_of(home)} == {"stated"}
