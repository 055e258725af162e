"""A block in a cell of a notebook, where no style sheet of the paper is."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from lxml import html as lxml_html

import sample_paper as sample
from boardpack.core.design import colours
from boardpack.document.blocks import Chart, Column, Number, Row, Table
from boardpack.outputs import notebook
from boardpack.outputs.charts.plotly_alone import GAP, MIME, plotly_alone
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.chart import specs
from boardpack.outputs.html.standalone import html_alone

CHARTS = [block for block in sample.BLOCKS if isinstance(block, Chart)]


def text(html: str) -> str:
    return " ".join(lxml_html.fromstring(f"<div>{html}</div>").text_content().split())


@pytest.mark.parametrize("block", sample.BLOCKS, ids=lambda block: block.id)
def test_nothing_rests_on_a_style_sheet_or_a_script(block: Any) -> None:
    html = html_alone(block)
    assert not re.search(r"<script|<style|class=", html)
    assert "visually-hidden" not in html


def test_a_number_is_said_once_as_it_is_printed() -> None:
    number = Number("(2,213)", "a.b.c.d", "-2213000", "minus 2,213", True)
    table = Table(
        "t", "Variance", (Column("Line", "left"), Column("To date")), (Row(("P", number)),)
    )
    assert "minus 2,213" in block_html(table)
    html = html_alone(table)
    assert text(html) == "Variance Line To date P (2,213)"
    assert "aria-hidden" not in html
    assert f'style="color:{colours().red};font-weight:bold">(2,213)</data>' in html


def test_words_stand_to_the_left_and_amounts_to_the_right() -> None:
    columns = (Column("Line", "left"), Column("To date"), Column("Note", "left"))
    table = Table("t", "T", columns, (Row(("One", "1", "so")), Row(("All", "1", ""), "total")))
    html = html_alone(table)
    for printed, side in (("One", "left"), ("1", "right"), ("so", "left")):
        assert re.search(rf'style="text-align:{side}">{printed}<', html)
    assert re.search(r'<tr style="font-weight:bold;border-top:2px solid">\s*<th[^>]*>All', html)


def test_a_chart_shows_its_data_and_says_its_picture() -> None:
    for chart in CHARTS:
        html = html_alone(chart)
        assert "<details open>" in html
        assert chart.alt.split(".")[0] in text(html)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_chart_is_one_figure_that_plotly_takes(chart: Chart) -> None:
    drawn = plotly_alone(chart)
    go.Figure({"data": drawn["data"], "layout": drawn["layout"]})  # refuses what it does not know
    parts = specs(chart)
    assert len(drawn["data"]) == sum(len(part["data"]) for part in parts)
    assert drawn["layout"]["title"]["text"].startswith("<b>")
    assert drawn["layout"]["margin"]["t"] > parts[0]["layout"]["margin"]["t"]
    assert drawn["layout"]["height"] > sum(part["layout"]["height"] for part in parts) / 2


def test_the_title_says_the_unit_and_what_the_colours_mean() -> None:
    stacked = next(chart for chart in CHARTS if chart.shape == "stacked")
    said = plotly_alone(stacked)["layout"]["title"]["text"]
    for series in stacked.series:
        assert f"■</span> {series.name}" in said
    assert stacked.unit in said
    longer = replace(stacked, title="A title of many words " * 12)
    assert plotly_alone(longer)["layout"]["height"] > plotly_alone(stacked)["layout"]["height"] + 30


def test_panels_stand_one_below_the_other_each_on_axes_of_its_own() -> None:
    chart = next(chart for chart in CHARTS if chart.shape == "multiples")
    drawn, count = plotly_alone(chart), len(chart.series)
    layout = drawn["layout"]
    axes = ["y", *(f"y{place}" for place in range(2, count + 1))]
    assert [trace["yaxis"] for trace in drawn["data"]] == axes
    spans = [layout[axis.replace("y", "yaxis")]["domain"] for axis in axes]
    assert all(0 <= low < high <= 1 for low, high in spans)
    assert all(upper[0] > lower[1] for upper, lower in pairwise(spans))
    named = [one for one in layout["annotations"] if one["text"].startswith("<b>")]
    assert [one["y"] for one in named if one.get("yref") == "paper"] == [high for _, high in spans]
    assert layout["height"] > count * GAP


def test_a_mark_of_a_panel_stays_on_its_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = next(chart for chart in CHARTS if chart.shape == "multiples")
    marks = [{"text": "a", "x": 1, "y": 2}, {"text": "b", "x": 0, "y": 1, "xref": "paper"}]
    drawn = [{**one, "layout": {**one["layout"], "annotations": marks}} for one in specs(chart)]
    monkeypatch.setattr("boardpack.outputs.charts.plotly_alone.specs", lambda _: drawn)
    notes = plotly_alone(chart)["layout"]["annotations"]
    placed = [(one["xref"], one["yref"]) for one in notes if one["text"] in "ab"]
    assert placed[:4] == [("x", "y"), ("x domain", "y"), ("x2", "y2"), ("x2 domain", "y2")]


def test_show_gives_a_figure_for_a_chart_only(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(notebook, "display", lambda bundle, raw: shown.append(bundle))
    notebook.show_each((CHARTS[0], sample.TABLE))
    chart, table = shown
    assert chart[MIME]["layout"]["title"]
    assert MIME not in table
