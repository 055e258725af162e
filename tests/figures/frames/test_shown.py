"""Figures in the tools that an analyst knows, as they are: Great Tables, Plotly Express, files."""

from __future__ import annotations

import io
import json
import pickle
import re
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import plotly.express as px
import pytest
from great_tables import GT
from retraced import made, said

from boardpack.figures.frames import Traced, as_percent

VALUES = {
    "acute": ("1234567.5", "-98765.5"),
    "community": ("2500.5", "0.5"),
    "other": ("12", None),
}


@pytest.fixture
def frame() -> pd.DataFrame:
    columns = {
        name: pd.Series(
            [
                None if of_line[place] is None else made(f"a.b.{line}.{name}", of_line[place])
                for line, of_line in VALUES.items()
            ],
            dtype="figure",
        )
        for place, name in enumerate(("budget", "variance"))
    }
    found = pd.DataFrame({"line": list(VALUES), **columns})
    found["share"] = found.variance / found.budget
    found["percent"] = as_percent(found["share"])
    return found


def cells(table: GT) -> list[str]:
    return [unescape(one) for one in re.findall(r"<td[^>]*>(.*?)</td>", table.as_raw_html())]


@pytest.mark.parametrize(
    ("column", "how", "more", "texts"),
    [
        ("budget", "fmt_number", {}, ["1,234,567.50", "2,500.50", "12.00"]),
        ("budget", "fmt_number", {"decimals": 0}, ["1,234,568", "2,501", "12"]),
        ("budget", "fmt_number", {"scale_by": 0.001, "decimals": 1}, ["1,234.6", "2.5", "0.0"]),
        ("budget", "fmt_number", {"compact": True}, ["1.23M", "2.50K", "12.00"]),
        ("budget", "fmt_integer", {}, ["1,234,568", "2,501", "12"]),
        ("variance", "fmt_integer", {"accounting": True}, ["(98,766)", "1", "None"]),
        ("variance", "fmt_number", {"decimals": 1}, ["−98,765.5", "0.5", "None"]),
        ("budget", "fmt_currency", {"currency": "GBP"}, ["£1,234,567.50", "£2,500.50", "£12.00"]),
        (
            "variance",
            "fmt_currency",
            {"currency": "GBP", "decimals": 0, "accounting": True},
            ["(£98,766)", "£1", "None"],
        ),
        ("share", "fmt_percent", {"decimals": 1}, ["−8.0%", "0.0%", "None"]),
        (
            "percent",
            "fmt_percent",
            {"decimals": 1, "scale_values": False},
            ["−8.0%", "0.0%", "None"],
        ),
    ],
)
def test_great_tables_formats_figures(
    frame: pd.DataFrame, column: str, how: str, more: dict[str, Any], texts: list[str]
) -> None:
    table = getattr(GT(frame[[column]]), how)(columns=column, **more)
    assert cells(table) == texts
    assert cells(table.sub_missing(missing_text="not supplied"))[2] == texts[2].replace(
        "None", "not supplied"
    )


def test_great_tables_shows_a_figure_without_a_format_with_all_its_digits(
    frame: pd.DataFrame,
) -> None:
    assert cells(GT(frame[["budget"]])) == ["1234567.5", "2500.5", "12"]


def test_a_total_of_great_tables_is_a_sum_of_figures(frame: pd.DataFrame) -> None:
    table = GT(frame[["line", "budget"]], rowname_col="line").grand_summary_rows(
        fns={"Total": lambda data: data[["budget"]].sum()}
    )
    assert cells(table)[-1] == "1237080"


@pytest.mark.parametrize("draw", [px.bar, px.line, px.area, px.scatter])
def test_plotly_draws_figures_and_keeps_the_elements(frame: pd.DataFrame, draw: Any) -> None:
    figure = draw(frame, x="line", y="budget")
    drawn = list(figure.data[0].y)
    assert drawn == list(frame.budget)
    assert [one.formula for one in drawn] == [f"a.b.{line}.budget" for line in VALUES]
    assert json.loads(figure.to_json())["data"][0]["y"] == [1234567.5, 2500.5, 12.0]


def test_plotly_draws_computed_figures_with_their_formulas(frame: pd.DataFrame) -> None:
    drawn = px.bar(frame, x="line", y="share").data[0].y
    assert drawn[0].formula == "a.b.acute.variance / a.b.acute.budget"
    assert drawn[2] is pd.NA
    written = json.loads(px.bar(frame, x="line", y="share").to_json())["data"][0]["y"]
    assert written == [float(drawn[0]), float(drawn[1]), None]


@pytest.mark.parametrize("draw", [px.bar, px.line, px.area])
def test_plotly_draws_several_columns(frame: pd.DataFrame, draw: Any) -> None:
    wide = draw(frame, x="line", y=["budget", "variance"])
    assert [trace.name for trace in wide.data] == ["budget", "variance"]
    assert [one.id for one in wide.data[0].y] == [one.id for one in frame.budget]
    assert wide.data[1].y[0].id == "a.b.acute.variance"
    long = draw(frame.melt("line", ["budget", "variance"]), x="line", y="value", color="variable")
    assert [one.id for one in long.data[0].y] == [one.id for one in frame.budget]


def test_plotly_draws_an_indexed_frame_lying_bars_and_shares(frame: pd.DataFrame) -> None:
    indexed = px.bar(frame.set_index("line"), y="budget")
    assert (indexed.data[0].orientation, list(indexed.data[0].x)) == ("v", list(VALUES))
    assert indexed.data[0].y[0].id == "a.b.acute.budget"
    lying = px.bar(frame, x="budget", y="line")
    assert (lying.data[0].orientation, lying.data[0].x[1].id) == ("h", "a.b.community.budget")
    assert (
        px.pie(frame, names="line", values="budget").data[0]["values"][2].id == "a.b.other.budget"
    )
    assert px.bar(frame, x="line", y="budget", text="budget").data[0].text[0] == 1234567.5


def test_a_csv_file_has_the_exact_numbers(frame: pd.DataFrame) -> None:
    text = frame[["line", "budget", "variance"]].to_csv(index=False, lineterminator="\n")
    assert text == (
        "line,budget,variance\nacute,1234567.5,-98765.5\ncommunity,2500.5,0.5\nother,12,\n"
    )
    third = frame.assign(third=frame.budget / 3)[["third"]].to_csv(index=False, lineterminator="\n")
    assert third.splitlines()[3] == "4"
    assert third.splitlines()[2] == "833.5"
    rounded = frame.assign(budget=frame.budget.round()).to_csv(columns=["budget"], index=False)
    assert rounded.split()[1] == "1234568"
    back = pd.read_csv(io.StringIO(text), dtype={"budget": "figure"})
    assert said(back.budget)[0] == ("1234567.5", "1234567.5")
    assert not back.budget[0].is_traced


def test_a_csv_file_of_words_is_no_column_of_figures() -> None:
    with pytest.raises(ValueError, match="'much' is not a number"):
        pd.read_csv(io.StringIO("budget\nmuch\n"), dtype={"budget": "figure"})


@pytest.mark.parametrize("engine", ["openpyxl", "xlsxwriter"])
def test_a_workbook_has_numbers(frame: pd.DataFrame, tmp_path: Path, engine: Any) -> None:
    frame[["line", "budget", "variance"]].to_excel(tmp_path / "a.xlsx", index=False, engine=engine)
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.values)  # type: ignore[union-attr]
    assert rows[1] == ("acute", 1234567.5, -98765.5)
    assert rows[3] == ("other", 12, None)
    assert isinstance(rows[1][1], float)


def test_json_has_numbers(frame: pd.DataFrame) -> None:
    written = json.loads(frame[["budget", "variance"]].to_json())
    assert written["budget"] == {"0": 1234567.5, "1": 2500.5, "2": 12}
    assert written["variance"]["2"] is None


def test_a_frame_is_pickled_with_its_traces(frame: pd.DataFrame) -> None:
    back = pickle.loads(pickle.dumps(frame))
    assert [one.formula for one in back.budget] == [one.formula for one in frame.budget]
    assert isinstance(back["share"].iloc[0], Traced)
    assert said(back["share"])[0] == said(frame["share"])[0]
    assert back["share"].iloc[2] is pd.NA


def test_a_frame_shows_itself_short(frame: pd.DataFrame) -> None:
    lines = repr(frame).splitlines()
    assert lines[1].split() == ["0", "acute", "1,234,567.50", "-98,765.50", "-0.0800", "-8.00%"]
    assert lines[3].split() == ["2", "other", "12", "<NA>", "<NA>", "<NA>"]
    assert "1,234,567.50" in frame.to_html()
