"""A figure keeps its id from one month of the year to the next, so that papers can be joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.core.params import Paper
from boardpack.figures.chapters import NEEDS, compute
from boardpack.outputs.data.figure_periods import read_period
from boardpack.outputs.data.figures_csv import figures_csv, read_figures_csv
from boardpack_demo.icb import START
from demo_homes import paper_of_demo

NEARLY_ALL = 0.99
MONTHS = (6, 7)
YEARS = [f"{START - ago}/{25 - ago}" for ago in range(4)]
"""The year, and the three before it on which the forecasts are tried."""


def rows_of(paper: Paper) -> list[dict[str, str]]:
    return read_figures_csv(figures_csv(paper, compute(paper, *NEEDS), ()))


@pytest.fixture(scope="module")
def rows(demo: Path) -> dict[int, list[dict[str, str]]]:
    return {number: rows_of(paper_of_demo(demo, number)) for number in MONTHS}


def test_the_same_quantity_has_the_same_id_in_two_months(
    rows: dict[int, list[dict[str, str]]], record_property: pytest.RecordProperty
) -> None:
    one, two = ({row["quantity"] for row in rows[number]} for number in MONTHS)
    share = len(one & two) / len(one | two)
    record_property("share_of_quantities_in_both_months", share)
    told = f"{share:.2%} in common; gone: {sorted(one - two)}; new: {sorted(two - one)}"
    assert share > NEARLY_ALL, told


def test_figures_of_this_month_bear_no_period_in_their_id(
    rows: dict[int, list[dict[str, str]]],
) -> None:
    before, now = ({row["id"]: row for row in rows[number]} for number in MONTHS)
    moved = [
        row
        for identity, row in now.items()
        if identity == row["quantity"] and row["month"] and identity in before
    ]
    assert len(moved) > 500
    kept = [row["id"] for row in moved if row["period"] == before[row["id"]]["period"]]
    assert kept == []


def test_every_period_of_the_year_can_be_taken_apart(rows: dict[int, list[dict[str, str]]]) -> None:
    for row in rows[7]:
        found = read_period(row["period"])
        assert found is not None, row["period"]
        assert row["financial_year"] in YEARS


def test_rows_of_two_papers_are_told_apart_in_one_table(
    rows: dict[int, list[dict[str, str]]],
) -> None:
    both = [row for number in MONTHS for row in rows[number]]
    keys = {(r["paper_year"], r["paper_month"], r["paper_place"], r["id"]) for r in both}
    assert len(keys) == len(both)
