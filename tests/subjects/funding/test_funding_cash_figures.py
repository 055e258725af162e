"""Cash, against a second, plain reading of the extracts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out
from second_reading import amount, printed, records

from boardpack.core.money import round_half_up
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.figures.schedule_lines import Line, lines_of
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.funding.cash_figures import contradicted_labels

MONTHS = [
    row for row in records("cash_drawdown") if row["main_drawdown"] and row["month"] != "Total"
]
LIMIT = Decimal("0.0125")


def drawdown(paper: Paper) -> tuple[Line, ...]:
    """The lines of the drawdown profile."""
    schedule = own_schedule("cash_drawdown")
    return lines_of(schedule, read_schedule(Folder(paper), schedule), paper)


def _id(measure: str, month: str) -> str:
    end = "" if month == "M06" else f".{month.lower()}"
    return f"cash.icb.drawdown.{measure}{end}"


@pytest.mark.parametrize(("column", "end"), [("current_month", ""), ("prior_month", ".m05")])
def test_what_remains_is_the_requirement_less_its_uses(
    column: str, end: str, register: Register
) -> None:
    *uses, remaining = records("cash_requirement")
    name = f"cash.icb.remaining_cash_limit.requirement{end}"
    assert register[name].value == sum(amount(row[column]) for row in uses) * 1000
    assert register.agreed(name).value == amount(remaining[column]) * 1000


def test_movements_are_those_of_the_extract(register: Register) -> None:
    for row in records("cash_requirement"):
        line = row["line"].lower().replace(" ", "_").replace("/", "_")
        shown = register.agreed(f"cash.icb.{line}.movement").value
        assert shown == amount(row["movement"]) * 1000


def test_cash_used_at_month_6_is_48_3_per_cent(register: Register) -> None:
    share = register["cash.icb.available_cash.drawn_down_share"].value
    assert printed(share, "0.1") == Decimal("48.3")
    assert share == register["cash.icb.drawdown.proportion_of_acdr"].value
    assert register["cash.icb.available_cash.budget_share"].value == 50
    august = register["cash.icb.drawdown.proportion_of_acdr.m05"].value
    assert printed(august, "0.1") == Decimal("39.2")


def test_the_drawdown_profile_adds_up_and_prints_its_limits(register: Register) -> None:
    added = Decimal(0)
    for row in MONTHS:
        added += amount(row["main_drawdown"]) + amount(row["supplementary_drawdown"])
        assert register[_id("cumulative_drawdown", row["month"])].value == added * 1000
        limit = amount(row["main_drawdown"]) * LIMIT
        assert register[_id("kpi_limit", row["month"])].value == limit * 1000
        assert printed(limit) == amount(row["kpi_limit"])


def test_half_a_thousand_rounds_away_from_nil(register: Register) -> None:
    assert register["cash.icb.drawdown.kpi_limit.m05"].value == 4_812_500
    shown = register.agreed("cash.icb.drawdown.kpi_limit.m05").value
    assert round_half_up(shown, Decimal(1000)) == 4_813_000


def test_balances_keep_within_their_limits_and_print_their_shares(register: Register) -> None:
    for row in MONTHS:
        if row["month_end_balance"]:
            share = amount(row["month_end_balance"]) / amount(row["main_drawdown"]) * 100
            assert printed(share, "0.01") == amount(row["balance_proportion"])
            shown = register[_id("balance_proportion", row["month"])].value
            assert printed(shown, "0.01") == amount(row["balance_proportion"])
            assert register[_id("limit_headroom", row["month"])].value > 0


def test_totals_of_the_drawdowns(register: Register) -> None:
    total = next(row for row in records("cash_drawdown") if row["month"] == "Total")
    for measure in ("main_drawdown", "supplementary_drawdown"):
        found = register[f"cash.icb.drawdown.{measure}.total"].value
        assert found == sum(amount(row[measure]) for row in MONTHS) * 1000
        assert found == amount(total[measure]) * 1000


def test_drawdowns_and_allocations_tie_to_the_other_tables(register: Register) -> None:
    for end in ("", ".m05"):
        drawn = register[f"cash.icb.cash_drawn_down.requirement{end}"].value
        assert register[f"cash.icb.drawdown.cumulative_drawdown{end}"].value == -drawn
    allocations = register["resource_limit.icb.allocations.in_month_allocations"].value
    assert register["cash.icb.icb_acdr.movement"].value == allocations


def test_every_month_label_of_the_extract_names_the_year_before(paper: Paper) -> None:
    found = contradicted_labels(drawdown(paper))
    assert len(found) == 12
    assert (found[0][0], found[0][1].name) == ("Apr-22", "April 2023")


def test_a_right_label_is_no_contradiction(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    change_rows(
        home,
        "cash_drawdown.csv",
        lambda row: {**row, "printed_month": "Apr-23"} if row["month"] == "M01" else row,
    )
    paper = load_paper(home, parse_month("2023-24", "M06"))
    found = contradicted_labels(drawdown(paper))
    assert "Apr-23" not in [label for label, _ in found]


def test_nothing_supplied_is_nothing_entered(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(home, "cash_requirement.csv", "cash_drawdown.csv", "stated.csv")
    none = compute(load_paper(home, parse_month("2023-24", "M06")), "cash")
    assert not [figure for figure in none if figure.chapter == "cash"]
