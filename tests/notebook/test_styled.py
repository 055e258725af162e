"""A frame in the house style, as a `GT` and a Plotly figure to go on with."""

from __future__ import annotations

import pandas as pd
import pytest

from boardpack.core.errors import UsageFault
from boardpack.document.blocks import Chart, Number, Table
from boardpack.figures.frames import column_of
from boardpack.notebook.paper import NotebookPaper
from frames_made import figure, wards


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("-110500", "GBP", "(111)"),
        ("110499", "GBP", "110"),
        ("99999", "GBP", "99,999"),
        ("9.55", "PCT", "9.6%"),
        ("-9.54", "PCT", "(9.5%)"),
        ("1234", "COUNT", "1,234"),
        ("0.955", "RATE", "0.96"),
    ],
)
def test_each_unit_in_its_form(paper: NotebookPaper, value: str, unit: str, text: str) -> None:
    frame = pd.DataFrame({"m": column_of([figure("ash", f"m_{unit.lower()}", value, unit)])})
    frame.index = pd.Index(["ash"])
    block = paper.carried(paper.table(frame))
    assert isinstance(block, Table)
    cell = block.rows[0].cells[1]
    assert isinstance(cell, Number)
    assert cell.text == text


def test_a_table_has_its_title_with_the_unit_and_its_groups(paper: NotebookPaper) -> None:
    frame = pd.concat({"To date": wards()[["budget"]]}, axis=1)
    block = paper.carried(paper.table(frame, title="Wards", subtitle="Month 6"))
    assert isinstance(block, Table)
    assert block.caption == "Wards: Month 6, £000s"
    assert (block.columns[1].group, block.columns[1].label) == ("To date", "Budget")


def test_a_picture_leaves_totals_out(paper: NotebookPaper) -> None:
    frame = wards()[["budget"]]
    frame.loc["Total"] = frame.sum()
    block = paper.carried(paper.chart(frame, title="Wards"))
    assert isinstance(block, Chart)
    assert (block.shape, block.categories) == ("bar", ("Elm ward", "Oak ward"))


def test_several_columns_are_grouped_bars_or_lines(paper: NotebookPaper) -> None:
    frame = wards()[["budget", "actual"]]
    shapes = {}
    for kind in ("bar", "line"):
        block = paper.carried(paper.chart(frame, kind))
        assert isinstance(block, Chart)
        shapes[kind] = (block.shape, [series.name for series in block.series])
    assert shapes == {kind: (kind, ["Budget", "Actual"]) for kind in ("bar", "line")}


def test_a_kind_that_is_none_is_refused(paper: NotebookPaper) -> None:
    with pytest.raises(UsageFault, match="bar, line"):
        paper.chart(wards(), "doughnut")
