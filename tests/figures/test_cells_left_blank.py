"""A cell of which no total is made: left blank it is told, where it may be blank it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import RAW, changed, copied_home

from boardpack.checks.absence import check_absence
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

DRAWDOWN = "cash_drawdown.csv"
SPENT = "spend_jan_dec_2022"
SAVINGS, PLAN = "prescribing_savings_position.csv", "prescribing_savings_plan.csv"


def made(home: Path, chapter: str) -> tuple[Paper, Register]:
    paper = load_paper(home, parse_month("2023-24", "M06"), "bromley")
    return paper, compute(paper, chapter)


@pytest.mark.parametrize(
    ("file", "row", "cells", "chapter", "told"),
    [
        (DRAWDOWN, {"month": "M05"}, {"main_drawdown": ""}, "cash", "drawdown"),
        (DRAWDOWN, {"month": "M06"}, {"main_drawdown": ""}, "cash", "drawdown"),
        (DRAWDOWN, {"month": "M04"}, {"month_end_balance": "n/a"}, "cash", ""),
        (DRAWDOWN, {"month": "M07"}, {"main_drawdown": ""}, "cash", ""),
        (DRAWDOWN, {"month": "M04"}, {"month_end_balance": ""}, "cash", "drawdown"),
        (DRAWDOWN, {"month": "M07"}, {"month_end_balance": ""}, "cash", ""),
        (DRAWDOWN, {"month": "M03"}, {"proportion_of_acdr": ""}, "cash", "drawdown"),
        (DRAWDOWN, {"month": "M06"}, {"proportion_of_acdr": ""}, "cash", ""),
        (DRAWDOWN, {"month": "M05"}, {"supplementary_drawdown": ""}, "cash", ""),
        (DRAWDOWN, {"month": "M05"}, {"kpi_limit": ""}, "cash", ""),
        (SAVINGS, {"place": "bexley"}, {"annual_july": ""}, "prescribing_savings", "total"),
        (PLAN, {"scheme": "Self-care/OTC"}, {SPENT: ""}, "prescribing_savings", ""),
    ],
)
def test_a_blank_is_told_unless_it_may_be_blank(
    file: str, row: dict[str, str], cells: dict[str, str], chapter: str, told: str, tmp_path: Path
) -> None:
    paper, register = made(changed(tmp_path / "home", file, row, cells), chapter)
    checks = list(check_absence(register, paper))
    if not told:
        assert (checks, register.absent) == ([], ())
        return
    (check,) = checks
    (column,) = cells
    assert (check.status, check.severity) == ("fail", "error")
    assert f".{told}." in check.id
    assert check.sentence.endswith(".")
    figures = {figure.id: figure for figure in register.absent}
    blank = [figure for figure in figures.values() if figure.cells]
    if len(blank) == len(figures):  # the cell itself is absent, and says where it stands
        assert f"the cell is blank ({file}, {column}: row " in check.sentence
        assert all(one.cell.column == column for figure in blank for one in figure.cells)


def test_a_cell_left_blank_is_absent_for_whoever_asks_or_computes(tmp_path: Path) -> None:
    home = changed(tmp_path / "home", DRAWDOWN, {"month": "M06"}, {"month_end_balance": ""})
    _, register = made(home, "cash")
    name = "cash.icb.drawdown.month_end_balance"
    assert name not in register
    assert register.is_absent(name)
    assert register.missing([name]) == ("Drawdown in September 2023, month end balance",)
    (figure,) = register.absent
    assert (figure.to_json()["value"], figure.to_json()["source"]["cells"][0]["text"]) == (None, "")
    assert Register([*register, *register.absent]).is_absent(name), "and as a record reads it"


DUTIES = "indicator,ytd_target,ytd_actual,forecast_target,forecast_actual,sense"
SPEND = "Not to exceed Running Cost Allowance,310,290,640,620,"
STEM = "indicators.icb.savings_delivered"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((SPEND, "Savings delivered,5,4,9,8,reach"), []),
        ((SPEND, "Savings delivered,,,9,8,reach"), []),
        ((SPEND, "Savings delivered,5,4,,,reach"), []),
        ((SPEND, "Savings delivered,n/a,n/a,n/a,n/a,reach"), []),
        ((SPEND, "Savings delivered,,,,,reach"), [f"{STEM}.ytd_actual"]),
        ((SPEND, "Savings delivered,5,,9,8,reach"), []),  # the check of the duty tells it
        (("Savings delivered,,,9,8,reach",), [f"{STEM}.ytd_target", f"{STEM}.ytd_actual"]),
        (("Savings delivered,n/a,n/a,9,8,reach",), []),
    ],
)
def test_a_duty_may_be_set_for_the_year_alone_and_not_for_nothing(
    rows: tuple[str, ...], told: list[str], tmp_path: Path
) -> None:
    home = copied_home(Path(__file__).parents[2], tmp_path / "home")
    (home / RAW / "key_indicators.csv").write_text("\n".join((DUTIES, *rows)) + "\n")
    _, register = made(home, "indicators")
    assert [figure.id for figure in register.absent] == told


@pytest.mark.parametrize("line", ["ICB ACDR", "Remaining Cash limit"])
def test_a_requirement_without_its_limit_or_its_rest_is_refused(line: str, tmp_path: Path) -> None:
    home = copied_home(Path(__file__).parents[2], tmp_path / "home")
    file = home / RAW / "cash_requirement.csv"
    file.write_text(file.read_text().replace(line, "Of another name"))
    with pytest.raises(InputFaults, match=f"expected a line {line}\\. Add it"):
        made(home, "cash")
