"""The data dictionary names what stands in the table, all of it and nothing else."""

from __future__ import annotations

import re

from month_six import paper_for, whole_register

from boardpack.figures.figure import UNITS
from boardpack.outputs.data.data_dictionary import SIGNS, data_dictionary
from boardpack.outputs.data.figure_columns import COLUMNS
from boardpack.outputs.data.figures_csv import figures_csv, read_figures_csv


def text() -> str:
    return data_dictionary(paper_for(), whole_register())


def section(heading: str) -> str:
    return text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def named(heading: str) -> list[str]:
    """What the rows of a section's table are about."""
    return re.findall(r"^\| `([^`]+)` \|", section(heading), re.MULTILINE)


def rows() -> list[dict[str, str]]:
    return read_figures_csv(figures_csv(paper_for(), whole_register(), ()))


def test_it_explains_every_column_of_the_file_in_its_order() -> None:
    assert named("Columns") == list(rows()[0]) == [column.name for column in COLUMNS]
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


def test_every_row_has_the_cells_of_its_table() -> None:
    tables = re.findall(r"((?:^\|.*\n)+)", text(), re.MULTILINE)
    assert len(tables) == 4
    for table in tables:
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(cells) == 1, table


def test_it_explains_every_unit_and_place() -> None:
    assert named("Units") == list(UNITS)
    assert {row["place"] for row in rows()} <= set(named("Places"))
    assert "South East London" in section("Places")


def test_bases_and_chapters_are_counted() -> None:
    for heading, column in (("Bases", "basis"), ("Chapters", "chapter")):
        told = dict(re.findall(r"`([^`]+)` \(([\d,]+)\)", section(heading)))
        found = {row[column] for row in rows()}
        assert set(told) == found
        assert sum(int(count.replace(",", "")) for count in told.values()) == len(rows())


def test_the_sign_is_that_of_the_parameters() -> None:
    assert SIGNS[paper_for().report.sign] in section("Signs")


def test_it_says_whose_figures_they_are_and_whether_they_are_made_up() -> None:
    assert "Bromley finance report, September 2023 (draft).\n" in text()
    paper = paper_for()
    report = paper.report.model_copy(update={"illustrative": True})
    made_up = data_dictionary(paper.model_copy(update={"report": report}), whole_register())
    assert "illustrative data" in made_up
    assert "illustrative data" not in text()
