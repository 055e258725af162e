"""A Plotly figure that is shown is a chart of the paper, or refused by name."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest

from boardpack.document.blocks import Chart, Number, untraced
from boardpack.document.plain_outputs import CannotCarry
from boardpack.figures.frames import column_of
from boardpack.notebook.paper import NotebookPaper
from frames_made import PLACE, figure, wards


def months() -> pd.DataFrame:
    """Two measures over three months."""
    names = ["April", "May", "June"]
    beds = [figure(name.lower(), "beds", str(40 + at), "COUNT") for at, name in enumerate(names)]
    used = [figure(name.lower(), "used", str(30 + at), "COUNT") for at, name in enumerate(names)]
    return pd.DataFrame({"month": names, "beds": column_of(beds), "used": column_of(used)})


def chart_of(paper: NotebookPaper, shown: Any) -> Chart:
    block = paper.carried(shown)
    assert isinstance(block, Chart)
    return block


def walk(measure: list[str]) -> go.Figure:
    wide = wards()
    values = [wide.budget["elm"], -wide.variance["elm"], 0]
    bars = go.Waterfall(x=["Budget", "Over", "Spend"], y=values, measure=measure)
    return go.Figure(bars)


def test_bars_of_one_column(paper: NotebookPaper) -> None:
    chart = chart_of(paper, px.bar(wards(), y="variance", title="Elm is overspent"))
    assert (chart.shape, chart.title, chart.unit) == ("bar", "Elm is overspent", "Variance, £000s")
    assert (chart.scale, chart.better) == ("1000", "higher")
    assert chart.categories == ("Elm", "Oak")
    number = Number("(111)", f"bank_agency.{PLACE}.elm.variance", "-110500", "minus 111", True)
    assert chart.series[0].values == (number, None)
    assert chart.alt == "Elm is overspent. Elm: minus 111."


@pytest.mark.parametrize(
    ("drawn", "shape", "series"),
    [
        (lambda m: px.bar(m, x="month", y="beds"), "bar", ["Beds"]),
        (lambda m: px.bar(m, x="beds", y="month", orientation="h"), "bar", ["Beds"]),
        (lambda m: px.bar(m, x="month", y=["beds", "used"]), "stacked", ["Beds", "Used"]),
        (
            lambda m: px.bar(m, x="month", y=["beds", "used"], barmode="group"),
            "bar",
            ["Beds", "Used"],
        ),
        (
            lambda m: px.bar(
                m.melt("month"), x="month", y="value", color="variable", barmode="group"
            ),
            "bar",
            ["Beds", "Used"],
        ),
        (lambda m: px.line(m, x="month", y=["beds", "used"]), "line", ["Beds", "Used"]),
        (lambda m: px.line(m, x="month", y="beds", markers=True), "line", ["Beds"]),
        (lambda m: px.area(m, x="month", y=["beds", "used"]), "stacked", ["Beds", "Used"]),
        (lambda m: px.area(m, x="month", y="beds"), "line", ["Beds"]),
        (lambda m: px.scatter(m, x="month", y="beds"), "bar", ["Beds"]),
        (lambda m: px.pie(m, names="month", values="beds"), "bar", ["Value"]),
    ],
)
def test_each_kind_that_is_carried(
    paper: NotebookPaper, drawn: Any, shape: str, series: list[str]
) -> None:
    chart = chart_of(paper, drawn(months()))
    assert (chart.shape, [one.name for one in chart.series]) == (shape, series)
    assert chart.categories == ("April", "May", "June")
    assert chart.series[0].values[1] == Number("41", f"beds.{PLACE}.may.beds", "41")


def test_a_waterfall_ends_in_what_its_steps_come_to(paper: NotebookPaper) -> None:
    chart = chart_of(paper, walk(["absolute", "relative", "total"]))
    assert chart.shape == "waterfall"
    assert [number.text for number in chart.series[0].values if number] == ["1,200", "111", "1,311"]


def test_series_that_miss_a_month_have_a_gap(paper: NotebookPaper) -> None:
    long = months().melt("month").drop(index=4)
    chart = chart_of(paper, px.line(long, x="month", y="value", color="variable"))
    assert chart.series[1].values[1] is None


def test_a_reference_line_is_the_target(paper: NotebookPaper) -> None:
    drawn = px.bar(months(), x="month", y="beds").add_hline(y=41.5, annotation_text="Funded")
    chart = chart_of(paper, drawn)
    assert (chart.target, chart.target_label) == (untraced("41.50", "41.5"), "Funded")


def test_a_title_that_the_paper_said_keeps_its_marks_and_a_typed_one_does_not(
    paper: NotebookPaper,
) -> None:
    said = paper.say("Elm is {{ v | overspend }}", v=wards().variance["elm"])
    kept = chart_of(paper, px.bar(wards(), y="variance", title=said))
    assert kept.title == f"Elm is ⟦bank_agency.{PLACE}.said.v|£111k overspent⟧"
    typed = chart_of(paper, px.bar(wards(), y="variance", title="Elm is ⟦a.b|1⟧ over"))
    assert "⟦" not in typed.title


def test_plain_numbers_are_untraced(paper: NotebookPaper) -> None:
    chart = chart_of(paper, px.bar(x=["Elm"], y=[7]))
    assert chart.series[0].values == (untraced("7", "7"),)


def test_months_as_days_are_said(paper: NotebookPaper) -> None:
    days = months().assign(month=pd.to_datetime(["2024-04-30", "2024-05-31", "2024-06-30"]))
    chart = chart_of(paper, px.line(days, x="month", y="beds"))
    assert chart.categories[0] == "2024-04-30"


def twice() -> pd.DataFrame:
    return pd.concat([months(), months()])


def mixed() -> pd.DataFrame:
    return wards().assign(beds=column_of([figure("elm", "b", "4", "COUNT"), None]))


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (lambda: px.box(months(), y="beds"), r"kind box .* df\.describe"),
        (lambda: px.histogram(months(), x="month", y="beds"), "histogram"),
        (lambda: px.imshow([[1, 2]]), "heatmap"),
        (lambda: px.scatter(months(), x="beds", y="used"), "kind scatter .* as a table"),
        (lambda: px.bar(twice(), x="month", y="beds"), "April twice .* groupby"),
        (lambda: px.bar(mixed(), y=["budget", "beds"], barmode="group"), "two units"),
        (lambda: px.bar(months(), x="month", y="beds", facet_col="month"), "several panels"),
        (lambda: px.bar(months(), x="month", y="beds", log_y=True), "powers of ten"),
        (lambda: px.bar(months(), x="month", y="beds", animation_frame="month"), "moves"),
        (
            lambda: px.bar(months(), x="month", y="beds").add_annotation(x=0, y=1, text="here"),
            "a note in a chart",
        ),
        (lambda: px.bar(months(), x="month", y="beds").add_vrect(0, 1), "reference line"),
        (
            lambda: px.bar(months(), x="month", y="beds").add_scatter(x=["May"], y=[1]),
            "bar and line in one",
        ),
        (lambda: walk(["absolute", "total", "total"]), "over steps to one total"),
        (lambda: walk(["relative", "relative", "relative"]), "over steps to one total"),
        (lambda: go.Figure(), "without anything in it"),
        (
            lambda: px.bar(twice().assign(n=list("abcdef")), x="month", y="beds", color="n"),
            "6 series",
        ),
    ],
)
def test_what_is_not_carried_is_refused_by_name(
    paper: NotebookPaper, drawn: Any, said: str
) -> None:
    with pytest.raises(CannotCarry, match=said):
        paper.carried(drawn())
