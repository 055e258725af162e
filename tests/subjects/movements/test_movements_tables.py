"""The chapter on movements calls chapters and lines as print does, and each place once."""

from __future__ import annotations

import pytest
from month_six import paper_for, whole_register

from boardpack.document.blocks import Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.chapters import NEEDS
from boardpack.figures.labels import CHAPTERS, capital, chapter_label
from boardpack.subjects.movements.tables import budgets_table, others_table, variances_table

PLACES = ("bromley", "icb")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of all tables of movements, in the papers of a place and of the ICB."""
    found: list[Row] = []
    for place in PLACES:
        paper = ChapterPaper("movements", paper_for(place), whole_register(place), ())
        for build in (variances_table, budgets_table, others_table):
            table = build(paper)
            if isinstance(table, Table):
                found += table.rows
    return found


def test_every_chapter_of_figures_has_a_printed_name() -> None:
    assert CHAPTERS.keys() == NEEDS.keys()
    assert chapter_label("ended_chapter") == "ended chapter", "a released register may have one"


def test_headings_are_printed_names(rows: list[Row]) -> None:
    headings = {str(row.cells[0]) for row in rows if row.kind == "heading"}
    assert headings
    assert headings <= {capital(name) for name in CHAPTERS.values()}
    assert {"Position", "Efficiency schemes"} <= headings
    assert capital(chapter_label("chc")) == "Continuing healthcare"


def test_a_line_names_its_place_once(rows: list[Row]) -> None:
    labels = [str(row.cells[0]) for row in rows if row.kind != "heading"]
    assert any(label.startswith("Bromley: ") for label in labels)
    for label in labels:
        place, _, line = label.partition(": ")
        assert not line.startswith(f"{place}, "), label
