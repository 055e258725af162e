"""Source cells looked up a second time: in CSV, in workbooks, below titles, and as sets of rows."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path
from typing import Any

import pytest

from boardpack.audit.second.cells import Files, wrong_cells
from boardpack.audit.second.files import Layout
from boardpack.figures.register import Register
from unit_home import write_csv

Told = dict[str, dict[str, Any]]
FILE = "data/raw/2023-24/M06/made.csv"


def _cell(**changes: Any) -> dict[str, Any]:
    cell = {"file": FILE, "sheet": None, "row": 4, "column": "ytd_budget", "text": "5"}
    return {**cell, "sha256": None, **changes}


def _made(cell: dict[str, Any]) -> Told:
    return {"a.b": {"source": {"cells": [cell]}}}


def _layouts(month: Any, figures: Told) -> dict[str, Layout]:
    """The layout of each file that figures were read from."""
    files = {c["file"] for f in figures.values() for c in f["source"].get("cells", ())}
    named = {file: month.layouts.get(Path(file).stem.lower()) for file in files}
    return {file: layout for file, layout in named.items() if layout is not None}


def wrong(
    home: Path, figures: Told, layouts: dict[str, Layout] | None = None
) -> tuple[int, list[tuple[str, str]]]:
    return wrong_cells(Files(home, figures, (), layouts), figures)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    write_csv(path, [{"place": "x", "YTD Budget (£)": "5"}] * 2, "A title")
    return tmp_path


def test_every_source_cell_stands_where_the_register_says(
    project: Path, register: Register, tmp_path: Path
) -> None:
    told = {figure.id: figure.to_json() for figure in register}
    count, faults = wrong(project, told)
    assert count > 1500
    assert faults == []
    name = "position.bromley.prescribing.ytd_budget"
    cell = told[name]["source"]["cells"][0]
    cell["text"] = "23,173"
    assert [figure for figure, _ in wrong(project, told)[1]] == [name]
    cell["text"], cell["row"] = "23,172", cell["row"] + 1
    assert "says" in wrong(project, told)[1][0][1]
    assert len(wrong(tmp_path, told)[1]) == count


def test_every_cell_of_unit_level_extracts_is_found(unit_figures: Told, unit_month: Any) -> None:
    count, faults = wrong(unit_month.home, unit_figures, _layouts(unit_month, unit_figures))
    assert faults == []
    files = {
        Path(cell["file"]).name
        for figure in unit_figures.values()
        for cell in figure["source"].get("cells", ())
    }
    assert {"ledger.xlsx", "savings_tracker.csv", "chc_packages.csv"} <= files
    assert count > 3000


def test_a_changed_cell_of_a_workbook_is_told(unit_figures: Told, unit_month: Any) -> None:
    """A ledger's rule is looked up in its sheet, and so is a cell that stands by itself."""
    name = "position.bromley.prescribing.ytd_actual"
    told = {name: copy.deepcopy(unit_figures[name])}
    cell = told[name]["source"]["cells"][0]
    assert (cell["sheet"], cell["text"]) == ("Position", "")
    layouts = _layouts(unit_month, unit_figures)
    assert wrong(unit_month.home, told, layouts) == (1, [])
    cell["where"]["cost_centre"] = ["929100"]
    ((figure, said),) = wrong(unit_month.home, told, layouts)[1]
    assert figure == name
    assert "ledger.xlsx" in said
    alone = {key: cell[key] for key in ("file", "sheet", "row", "column", "sha256")}
    ((_, said),) = wrong(unit_month.home, _made({**alone, "text": "12"}), layouts)[1]
    assert "ledger.xlsx" in said
    assert "not '12'" in said


def test_a_heading_that_only_the_layout_declares_needs_it(
    unit_figures: Told, unit_month: Any
) -> None:
    name = "position.bromley.prescribing.forecast_outturn"
    told = {name: unit_figures[name]}
    assert wrong(unit_month.home, told, _layouts(unit_month, unit_figures))[1] == []
    found = wrong(unit_month.home, told)[1]
    assert found
    assert all("no heading that says forecast_outturn" in said for _, said in found)


def test_a_cell_below_a_title_is_found_by_the_files_own_line(home: Path) -> None:
    assert wrong(home, _made(_cell())) == (1, [])
    assert "says None" in wrong(home, _made(_cell(row=3)))[1][0][1]
    assert "no heading" in wrong(home, _made(_cell(column="ytd_actual")))[1][0][1]


def test_a_heading_that_a_layout_declares_is_found(home: Path) -> None:
    layout = {FILE: Layout({"where": ("Place",)})}
    asked = _made(_cell(column="where", text="x"))
    assert wrong(home, asked, layout) == (1, [])
    assert wrong(home, asked)[1] != []


@pytest.mark.parametrize(
    ("rows", "missing"), [("4-5", ""), ("", ""), ("4, 6", "6"), ("5-9", "6"), ("40-90", "40")]
)
def test_rows_without_a_text_must_stand_in_the_file(home: Path, rows: str, missing: str) -> None:
    found = wrong(home, _made(_cell(text="", method="sum", rows=rows)))[1]
    said = [f"its source {FILE} has no record in row {missing}."] if missing else []
    assert [text for _, text in found] == said


def test_rows_of_another_file_are_told_by_its_hash(home: Path) -> None:
    sealed = hashlib.sha256((home / FILE).read_bytes()).hexdigest()
    cell = _cell(text="", method="sum", rows="4-5", sha256=sealed)
    assert wrong(home, _made(cell))[1] == []
    (home / FILE).write_text((home / FILE).read_text() + "\n")
    assert "SHA-256 differs" in wrong(home, _made(cell))[1][0][1]


def test_a_file_that_cannot_be_read_again_is_told(home: Path) -> None:
    name = FILE.replace(".csv", ".xlsx")
    (home / name).write_bytes(b"PK\x03\x04")
    found = wrong(home, _made(_cell(file=name)))[1]
    assert "cannot be read a second time" in found[0][1]
