"""Source rows shown to an auditor: of workbooks and ledgers, and never of single people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from homes import RAW
from packages_home import CLIENT, NAME, NHS_NUMBER

from boardpack.audit.evidence_papers.rows import (
    CHANGED,
    WITHHELD,
    SourceTable,
    source_tables,
    sums_again,
)
from boardpack.audit.lineage.cells import CellFinder
from boardpack.core.params import Paper
from boardpack.figures.figure import SourceCell, figure_from_json

Told = dict[str, dict[str, Any]]


def cells(figures: Told, *names: str) -> list[SourceCell]:
    return [cell for name in names for cell in figure_from_json(figures[name]).cells]


def found_cells(paper: Paper, figures: Told, name: str) -> list[SourceCell]:
    """The cells behind a sum over rows, as its rule finds them."""
    (one,) = sums_again(CellFinder(paper), [figure_from_json(figures[name])])
    return list(one.cells)


def said(tables: tuple[SourceTable, ...]) -> str:
    return " ".join(cell for table in tables for row in table.rows for cell in row.cells)


def test_a_ledger_in_a_workbook_is_shown_row_by_row(unit_paper: Paper, unit_figures: Told) -> None:
    found = found_cells(unit_paper, unit_figures, "position.bromley.prescribing.ytd_actual")
    (table,) = source_tables(unit_paper.home, found)
    assert table.file == (RAW / "ledger.xlsx").as_posix()
    assert table.note == ""
    assert "Account Code" in table.header
    (row,) = table.rows
    assert row.line == found[0].cell.row
    assert row.read == ("ytd_actual",)
    shown = dict(zip(table.header, row.cells, strict=True))
    assert shown["ytd_actual"] == found[0].cell.text
    assert shown["Account Code"] == "052100"


def test_a_tracker_below_a_title_is_shown_by_its_lines(
    unit_paper: Paper, unit_figures: Told
) -> None:
    found = found_cells(unit_paper, unit_figures, "savings.bromley.prescribing.ytd_plan")
    (table,) = source_tables(unit_paper.home, found)
    assert {row.line for row in table.rows} == {cell.cell.row for cell in found}
    assert all("bromley" in row.cells for row in table.rows)


def test_no_row_of_a_package_database_is_shown(unit_paper: Paper, unit_figures: Told) -> None:
    names = [name for name in unit_figures if name.startswith("chc.")]
    found = [cell for name in names for cell in figure_from_json(unit_figures[name]).cells]
    tables = source_tables(unit_paper.home, found)
    made = [table for table in tables if table.file.endswith("chc_packages.csv")]
    assert [table.note for table in made] == [WITHHELD]
    assert made[0].header == ("rows",)
    for secret in (NAME, NHS_NUMBER, CLIENT, "A care home"):
        assert secret not in said(tables)


def test_rows_that_are_read_and_rows_that_are_named_stand_apart(
    unit_paper: Paper, unit_figures: Told
) -> None:
    found = found_cells(unit_paper, unit_figures, "position.bromley.prescribing.ytd_actual")
    whole = cells(unit_figures, "control.icb.ledger.ytd_actual")
    shown, named = source_tables(unit_paper.home, [*found, *whole])
    assert (shown.file, shown.note, named.file) == (named.file, "", shown.file)
    assert named.rows[0].cells[0].endswith(": sum of ytd_actual")
    assert "none" not in said((shown, named))


def test_a_workbook_that_changed_is_told(unit_paper: Paper, unit_figures: Told) -> None:
    found = found_cells(unit_paper, unit_figures, "position.bromley.prescribing.ytd_actual")
    (table,) = source_tables(unit_paper.home, [replace(cell, sha256="0" * 64) for cell in found])
    assert table.note == CHANGED


def test_a_workbook_that_does_not_open_leaves_the_cell_as_it_was_read(
    unit_paper: Paper, unit_figures: Told, tmp_path: Path
) -> None:
    found = found_cells(unit_paper, unit_figures, "position.bromley.prescribing.ytd_actual")
    path = tmp_path / found[0].cell.file
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no workbook")
    (table,) = source_tables(tmp_path, found)
    assert table.rows[0].cells == (found[0].cell.text,)
    assert table.note == CHANGED


def test_a_sum_is_added_up_again_from_the_file(unit_paper: Paper, unit_figures: Told) -> None:
    name = "position.bromley.prescribing.ytd_actual"
    finder, figure = CellFinder(unit_paper), figure_from_json(unit_figures[name])
    (one,) = sums_again(finder, [figure])
    assert (one.amount, one.said) == (figure.value, ("agrees",))
    assert [bool(cell.cell.text) for cell in one.cells] == [True]
    assert one.sources[0].endswith(f"{figure.cells[0].made_from}")
    (other,) = sums_again(finder, [replace(figure, value=figure.value + 1)])
    assert other.said == ("does not agree",)
    gone = replace(figure, source=(replace(figure.cells[0], sha256="0" * 64),))
    (lost,) = sums_again(finder, [gone])
    assert (lost.cells, lost.said[0].endswith("its SHA-256 differs.")) == ((), True)
    people = figure_from_json(unit_figures["chc.bromley.all_clients.clients"])
    assert list(sums_again(finder, [people])) == []
