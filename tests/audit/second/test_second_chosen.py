"""Rows that a rule chose, found a second time: what is not as the register says is told by name."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from boardpack.audit.second.cells import Files, wrong_cells
from boardpack.audit.second.chosen import LABELS, listed_sha256
from boardpack.audit.second.figures import ROWS, Walk, walk
from boardpack.audit.second.files import Layout
from boardpack.reading.readers import UNIT_LEVEL
from unit_home import write_csv

FILE = "data/raw/2023-24/M06/ledger.csv"
NAME = "position.bromley.prescribing.ytd_actual"
Told = dict[str, dict[str, Any]]
ROWS_OF_FILE = [
    ("929101", "52100", "100.25"),
    ("929101", "52101", "(40.00)"),
    ("929102", "52100", "7.00"),
    ("929103", "52100", ""),
    ("929101", "52102", "9.75"),
    ("Total", "", "77.00"),
]
RANGES = {(2, 3, 6): "2-3, 6", (2, 3, 4, 6): "2-4, 6", (2, 3): "2-3", (2, 3, 7): "2-3, 7"}
HEADER = ("cost_centre", "subjective", "ytd_actual")


def write(home: Path, rows: list[tuple[str, ...]]) -> None:
    path = home / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(path, [dict(zip(HEADER, row, strict=True)) for row in rows])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write(tmp_path, ROWS_OF_FILE)
    return tmp_path


def figure(value: str, lines: list[int], rule: dict[str, list[str]], **changes: Any) -> Told:
    cell = {
        **{"file": FILE, "sheet": None, "row": lines[0], "column": "ytd_actual", "text": ""},
        **{
            "sha256": None,
            "rows": RANGES.get(tuple(lines), ", ".join(map(str, lines))),
            "method": "sum of ytd_actual",
        },
        **{"where": rule, "count": len(lines), "rows_sha256": listed_sha256(lines)},
    }
    return {NAME: {"value": value, "margin": "0", "source": {"cells": [cell | changes]}}}


def bromley(**changes: Any) -> Told:
    """The figure of cost centre 929101, as a register has it."""
    return figure("70", [2, 3, 6], {"cost_centre": ["929101"]}, **changes)


def wrong(home: Path, figures: Told, layout: Layout | None = None) -> tuple[list[str], list[str]]:
    """What the look at cells says of the figure, then what adding up its rows says."""
    files = Files(home, figures, (), {} if layout is None else {FILE: layout})
    found = Walk()
    walk(found, figures, files)
    assert set(found.done.values()) == {ROWS}
    return [said for _, said in wrong_cells(files, figures)[1]], [said for _, said in found.wrong]


def test_rows_that_a_rule_finds_are_added_up(home: Path) -> None:
    assert wrong(home, bromley()) == ([], [])
    every = figure("77", [2, 3, 4, 6], {})
    assert wrong(home, every) == ([], [])  # without the total, and the blank
    two = figure(
        "16.75", [4, 6], {"cost_centre": ["929101", "929102"], "subjective": ["52100", "52102"]}
    )
    assert wrong(home, two)[0] == [
        f"{FILE}, column ytd_actual: it was not added up from row 2, which its rule finds."
    ]
    one = figure("7", [4], {"cost_centre": ["929102", "929103"], "subjective": ["52100"]})
    assert wrong(home, one) == ([], [])


def test_a_changed_cell_is_told_by_its_figure(home: Path) -> None:
    write(home, [(*ROWS_OF_FILE[0][:2], "100.26"), *ROWS_OF_FILE[1:]])
    cells, sums = wrong(home, bromley())
    assert cells == []  # the rows are the same; of the file, its hash tells
    assert sums == [f"the register says 70; {FILE}, row 2, column ytd_actual comes to 70.01."]
    told = wrong(home, bromley(sha256="0" * 64))[0]
    assert told == [f"its source {FILE} is not the file that was read: its SHA-256 differs."]


def test_a_row_that_left_the_rule_is_told(home: Path) -> None:
    write(home, [*ROWS_OF_FILE[:4], ("929109", "52102", "9.75"), ROWS_OF_FILE[5]])
    cells, sums = wrong(home, bromley())
    assert cells == [
        f"{FILE}, column ytd_actual: it was added up from row 6, which its rule does not find."
    ]
    assert "comes to 60.25" in sums[0]


def test_a_row_that_came_under_the_rule_is_told(home: Path) -> None:
    write(home, [*ROWS_OF_FILE[:2], ("929101", "52100", "7.00"), *ROWS_OF_FILE[3:]])
    cells, sums = wrong(home, bromley())
    assert "it was not added up from row 4, which its rule finds." in cells[0]
    assert "comes to 77.00" in sums[0]


def test_a_blank_that_is_an_amount_now_is_told(home: Path) -> None:
    where = {"cost_centre": ["929102", "929103"]}
    assert wrong(home, figure("7", [4], where)) == ([], [])
    write(home, [*ROWS_OF_FILE[:3], ("929103", "52100", "0"), *ROWS_OF_FILE[4:]])
    assert "row 5, which its rule finds" in wrong(home, figure("7", [4], where))[0][0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": "2-4, 6"}, "it names rows 2-4, 6, which are not the rows that its hash was made"),
        ({"rows": "2-3"}, "it names rows 2-3, which are not the rows that its hash was made of."),
        ({"rows": "", "count": 4}, "it was added up from 4 rows; its rule finds 3, not the same."),
        ({"rows": "", "rows_sha256": "0" * 64}, "from 3 rows; its rule finds 3, not the same."),
        ({"where": {"cost_centre": ["929102"]}}, "from row 2, which its rule does not find."),
        ({"where": {}}, "it was not added up from row 4, which its rule finds."),
        ({"where": {"centre": ["929101"]}}, "has no heading that says centre."),
        (
            {"column": "ytd_budget", "method": "sum of ytd_budget"},
            "has no heading that says ytd_budget.",
        ),
        ({"rows": "2-3, 60"}, "has no record in row 60."),
    ],
)
def test_a_wrong_range_and_a_wrong_rule_are_told(
    home: Path, changes: dict[str, Any], said: str
) -> None:
    found = wrong(home, bromley(**changes))[0]
    assert len(found) == 1
    assert said in found[0]


def test_rows_that_are_not_named_are_found_by_their_rule(home: Path) -> None:
    assert wrong(home, bromley(rows="")) == ([], [])


def test_a_corrected_cell_stands_apart_from_its_sum(home: Path) -> None:
    told = figure("36", [2, 6], {"cost_centre": ["929101"]})
    told[NAME]["value"] = "75"
    own = {"file": FILE, "sheet": None, "row": 3, "column": "ytd_actual", "text": "(40.00)"}
    told[NAME]["source"]["cells"].append({**own, "sha256": None, "used": "-35", "why": "so"})
    assert wrong(home, told) == ([], [])
    told[NAME]["source"]["cells"][1]["row"] = 4
    assert wrong(home, told)[0] != []


@pytest.mark.parametrize(("debit_is_positive", "value"), [(True, "-5.00"), (False, "5.00")])
def test_debits_and_credits_are_added_up_as_the_layout_says(
    home: Path, debit_is_positive: bool, value: str
) -> None:
    write(home, [("929101", "52100", "10.00 CR"), ("929101", "52101", "5.00 DR")])
    layout = Layout(debit_is_positive=debit_is_positive)
    told = figure(value, [2, 3], {"cost_centre": ["929101"]})
    assert wrong(home, told, layout) == ([], [])


def test_a_subtotal_that_a_layout_declares_is_no_record(home: Path) -> None:
    write(home, [*ROWS_OF_FILE[:2], ("929101", "Summe", "60.25"), *ROWS_OF_FILE[2:]])
    told = figure("70", [2, 3, 7], {"cost_centre": ["929101"]})
    assert wrong(home, told, Layout(totals=("Summe",))) == ([], [])
    assert "row 4, which its rule finds" in wrong(home, told)[0][0]


def test_every_extract_whose_sums_have_rules_is_known_by_its_totals() -> None:
    assert set(LABELS) == UNIT_LEVEL


def test_the_rules_of_a_messy_month_find_their_rows(unit_figures: Told, unit_month: Any) -> None:
    """A workbook with other headings, a tracker below a title, a return: all of their rules."""
    told = {
        name: item
        for name, item in unit_figures.items()
        if any("where" in cell for cell in item["source"].get("cells", ()))
    }
    named = {cell["file"] for item in told.values() for cell in item["source"]["cells"]}
    layouts = {
        name: unit_month.layouts[Path(name).stem.lower()]
        for name in named
        if Path(name).stem.lower() in unit_month.layouts
    }
    files, found = Files(unit_month.home, told, (), layouts), Walk()
    walk(found, told, files)
    assert len(told) > 100
    assert (wrong_cells(files, told)[1], found.wrong, found.left) == ([], [], {})
    assert {Path(name).name for name in named} >= {"ledger.xlsx", "savings_tracker.csv"}
    spoilt = copy.deepcopy(told)
    for item in spoilt.values():
        for cell in item["source"]["cells"]:
            if cell.get("where"):
                next(iter(cell["where"].values())).append("no such text")
                cell["count"] += 1
    told_wrong = {name for name, _ in wrong_cells(files, spoilt)[1]}
    assert told_wrong >= {
        name
        for name, item in spoilt.items()
        if any(cell.get("where") for cell in item["source"]["cells"])
    }
