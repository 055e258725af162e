"""An ICB of twenty places: what the chapters show of all of them can still be read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from opened_chapter import said

from boardpack.document.blocks import MOST_PANELS, Chart, Number, Table
from boardpack.document.chapter import ChapterPaper, open_chapter
from boardpack.document.many_places import MOST_NAMED
from boardpack.document.tables import MOST_ACROSS
from boardpack.outputs.html.chart import chart_html
from boardpack.subjects.chc.icb_tables import clients_chart, position_narrative
from boardpack.subjects.position.overview_tables import (
    budget_table,
    directorates_chart,
    icb_narrative,
    variance_chart,
)
from boardpack.subjects.prescribing.icb_tables import parts_table
from boardpack_demo.make import make_demo
from boardpack_demo.sizes import MOST, Body, Size, body_of

NUMBER = 3
FEW = 9
"""Places by which small multiples are too many, and with the centre and the whole no table is."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """ICBs of so many places, with few people in each."""
    found = {}
    for places in (FEW, MOST):
        found[places] = tmp_path_factory.mktemp(f"places{places}")
        people = {"clients": 30, "nursed": 10, "one_offs": 2}
        body = Body(**{**vars(body_of(Size.SMALL, places)), **people})
        make_demo(found[places], months=NUMBER, body=body)
    return found


def _chapter(home: Path, name: str, *reads: str) -> ChapterPaper:
    return open_chapter(name, "2024-25", f"M{NUMBER:02d}", "icb", str(home), reads=reads)


def _figures(table: Table) -> set[str]:
    return {cell.figure for row in table.rows for cell in row.cells if isinstance(cell, Number)}


def test_places_stand_down_the_table_where_they_are_many(homes: dict[int, Path]) -> None:
    few, many = (budget_table(_chapter(homes[n], "overview")) for n in (FEW, MOST))
    assert isinstance(few, Table)
    assert isinstance(many, Table)
    assert len(few.columns) == FEW + 3 <= MOST_ACROSS + 1
    assert few.columns[0].label == "Directorate"
    assert many.columns[0].label == "Place"
    assert len(many.rows) == MOST + 2
    assert [row.kind for row in many.rows[-2:]] == ["line", "total"]
    assert len(many.columns) == len(few.rows) + 1
    assert _figures(few) < _figures(many)
    assert len(_figures(many)) == sum(1 for row in many.rows for cell in row.cells[1:] if cell)


def test_the_parts_of_prescribing_stand_across_where_places_are_many(
    homes: dict[int, Path],
) -> None:
    many = parts_table(_chapter(homes[MOST], "prescribing_icb", "prescribing"))
    assert isinstance(many, Table)
    assert [many.columns[0].label, many.columns[-1].label] == ["Place", "Forecast (over) / under"]
    assert [row.cells[0] for row in many.rows[-2:]] == ["Wystanbury", "ICB total"]


@pytest.mark.parametrize(
    ("name", "chart"), [("overview", directorates_chart), ("chc_icb", clients_chart)]
)
def test_as_many_panels_as_a_reader_compares_and_it_is_said(
    homes: dict[int, Path], name: str, chart: object
) -> None:
    for places in homes:
        found = chart(_chapter(homes[places], name, "chc"))  # type: ignore[operator]
        assert isinstance(found, Chart)
        assert len(found.series) == MOST_PANELS
        assert "for the places where" in found.unit
        assert chart_html(found, {})


def test_a_sentence_names_a_few_places_and_says_that_there_are_more(
    homes: dict[int, Path],
) -> None:
    names = yaml.safe_load((homes[MOST] / "params/report.yml").read_text())["places"].values()
    home = homes[MOST]
    told = open_chapter(
        "overview", "2024-25", f"M{NUMBER:02d}", "icb", str(home), owns=("overview", "icb_position")
    )
    sentences = said(icb_narrative(told)).split(". ")
    assert max(sum(name in sentence for name in names) for sentence in sentences) == MOST_NAMED
    assert any(" are overspent, and these the most: " in one for one in sentences)
    care = said(position_narrative(_chapter(home, "chc_icb", "chc")))
    assert "Overspent the most: " in care
    assert sum(name in care for name in names) <= 2 * MOST_NAMED


def test_a_bar_for_each_place(homes: dict[int, Path]) -> None:
    found = variance_chart(_chapter(homes[MOST], "overview"))
    assert isinstance(found, Chart)
    assert len(found.categories) == MOST + 1
