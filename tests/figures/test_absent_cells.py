"""Cells of the real month's schedules that are blank, nil or not there at all, one at a time."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW, Record, change_rows, changed, copied_home
from ledger_home import keep_corrections

from boardpack.checks.absence import check_absence, gaps_of
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

OVERVIEW, POSITION = "budget_overview.csv", "position.csv"
PRESCRIBING = {"measure": "ytd_budget", "directorate": "Prescribing"}
HEADLINES = (
    "overview.bexley.total.ytd_budget",
    "overview.bexley.total.ytd_variance",
    "overview.icb.prescribing.ytd_budget",
    "overview.icb.total.ytd_budget",
    "overview.icb.total.ytd_variance",
    "icb_position.icb.boroughs.boroughs_overspent",
)


def paper_of(home: Path) -> Paper:
    return load_paper(home, parse_month("2023-24", "M06"), "bromley")


def register_of(home: Path) -> Register:
    return compute(paper_of(home), "position", "icb_position")


def supplied(register: Register) -> set[str]:
    return {one for one in HEADLINES if one in register}


@pytest.mark.parametrize(
    ("text", "budget"),
    [("", None), ("n/a", None), ("-", 0), ("0", 0), ("(5)", -5000), ("7", 7000)],
)
def test_a_blank_takes_away_what_rests_on_it_and_a_nil_does_not(
    tmp_path: Path, text: str, budget: int | None
) -> None:
    register = register_of(changed(tmp_path / "home", OVERVIEW, PRESCRIBING, {"bexley": text}))
    name = "overview.bexley.prescribing.ytd_budget"
    if budget is None:
        assert name not in register
        assert supplied(register) == set()
        assert all(register.is_absent(one) for one in HEADLINES)
    else:
        assert register[name].value == Decimal(budget)
        assert supplied(register) == set(HEADLINES)
        assert register.absent == ()


def test_what_does_not_rest_on_a_blank_stands(tmp_path: Path) -> None:
    register = register_of(changed(tmp_path / "home", OVERVIEW, PRESCRIBING, {"bexley": ""}))
    for name in (
        "bromley.total.ytd_variance",
        "icb.total.ytd_actual",
        "icb.acute_services.ytd_budget",
    ):
        assert f"overview.{name}" in register
    (check,) = check_absence(register, paper_of(tmp_path / "home"))
    assert check.sentence.endswith(
        "because this is not there: Bexley, Prescribing, year to date budget."
    )
    assert check.sentence.startswith("Bexley, total, year to date budget, and ")


def test_a_row_of_budgets_that_is_not_there_is_no_nil(tmp_path: Path) -> None:
    """The directorate has its actuals: its budget is missing, for every place."""
    home = copied_home(PROJECT, tmp_path / "home")
    keep_corrections(home)  # those of this file name rows, which move

    def without(row: Record) -> Record | None:
        return None if PRESCRIBING.items() <= row.items() else row

    change_rows(home, OVERVIEW, without)
    register = register_of(home)
    assert supplied(register) == set()
    assert "overview.icb.total.ytd_actual" in register
    assert len(gaps_of(register)) == 1


def test_a_place_without_a_cell_leaves_the_icb_without_a_total(tmp_path: Path) -> None:
    register = register_of(changed(tmp_path / "home", OVERVIEW, {}, {"bexley": ""}))
    assert "overview.icb.total.ytd_actual" not in register
    assert "overview.icb.total.ytd_variance" not in register
    assert "overview.bromley.total.ytd_variance" in register


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    path = home / RAW / OVERVIEW
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    place = rows[0].index("bexley")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row[:place], *row[place + 1 :]] for row in rows)
    with pytest.raises(InputFaults, match="bexley"):
        register_of(home)


@pytest.mark.parametrize(
    ("values", "gone"),
    [
        ({"ytd_budget": ""}, {"ytd_budget", "ytd_variance"}),
        ({"ytd_actual": ""}, {"ytd_actual", "ytd_variance"}),
        ({"annual_budget": ""}, {"annual_budget", "forecast_variance"}),
        ({"forecast_outturn": ""}, {"forecast_outturn", "forecast_variance"}),
        ({"ytd_variance": "", "forecast_variance": ""}, set()),
    ],
)
def test_a_place_s_total_lacks_what_its_line_lacks(
    tmp_path: Path, values: Record, gone: set[str]
) -> None:
    where = {"place": "bromley", "directorate": "Prescribing"}
    register = register_of(changed(tmp_path / "home", POSITION, where, values))
    measures = (
        *("ytd_budget", "ytd_actual", "ytd_variance"),
        *("annual_budget", "forecast_outturn", "forecast_variance"),
    )
    for line in ("total", "prescribing"):
        found = {m for m in measures if f"position.bromley.{line}.{m}" not in register}
        assert found == gone, line
    assert "position.bromley.acute_services.ytd_variance" in register


@pytest.mark.parametrize(
    ("file", "where", "column", "total"),
    [
        (
            "prescribing_summary.csv",
            {"place": "bromley"},
            "cat_m_ncso",
            "prescribing.bromley.ppa.ytd_spend",
        ),
        (
            "prescribing_summary.csv",
            {"place": "bromley"},
            "ytd_budget",
            "prescribing.icb.ppa.ytd_budget",
        ),
    ],
)
def test_a_sparse_schedule_s_print_tells_a_gap_from_a_nil(
    tmp_path: Path, file: str, where: Record, column: str, total: str
) -> None:
    """In the real file blanks are nil by their totals; a blank in place of an amount is not."""
    as_it_came = compute(paper_of(PROJECT), "prescribing")
    assert as_it_came.absent == ()
    assert total in as_it_came
    register = compute(
        paper_of(changed(tmp_path / "home", file, where, {column: ""})), "prescribing"
    )
    assert register.is_absent(total)
