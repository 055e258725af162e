"""Tables to take away: exact values under their headings, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import sample_paper as sample
from boardpack.document.blocks import Chart, Column, Number, Row, Table
from boardpack.outputs.data.table_csv import table_csv, tables_of, write_tables
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.surroundings import Surroundings

VARIANCE = Number("(2,213)", "a.b", "-2213000")


def rows(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table_csv(table).removeprefix("\ufeff"))))


def test_numbers_are_exact_and_headings_name_their_group() -> None:
    columns = (Column("Line", "left"), Column("Variance", group="Year to date"))
    table = Table("t", "T", columns, (Row(("Prescribing", VARIANCE)), Row(("Heading",), "heading")))
    assert rows(table) == [
        ["Line", "Year to date: Variance"],
        ["Prescribing", "-2213000"],
        ["Heading"],
    ]


def test_text_that_begins_as_a_formula_is_no_formula() -> None:
    table = Table("t", "T", (Column("=1+1", "left"),), (Row(("@SUM(A1)",)),))
    assert rows(table) == [["'=1+1"], ["'@SUM(A1)"]]


def test_each_table_and_each_charts_data_has_a_file_that_its_page_links_to(tmp_path: Path) -> None:
    write_tables(sample.PARTS, tmp_path)
    blocks = [b for part in sample.PARTS for c in part.chapters for b in c.blocks]
    shown = [b for b in blocks if isinstance(b, Table | Chart)]
    page = "".join(block_html(block, {}, Surroundings(tables="../tables")) for block in shown)
    names = {table.id for table in tables_of(sample.PARTS)}
    assert {path.stem for path in tmp_path.iterdir()} == names
    assert len(names) == len(shown)
    assert all(f'href="../tables/{name}.csv"' in page for name in names)


def test_a_block_that_is_shown_alone_has_nothing_to_take_away() -> None:
    assert "download" not in block_html(sample.TABLE)
