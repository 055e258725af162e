"""A frame that is shown is a table in the house style, each number with its figure."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from boardpack.document.blocks import Number, Table, untraced, untraced_in
from boardpack.document.plain_outputs import CannotCarry
from boardpack.figures.frames import column_of
from boardpack.notebook.paper import NotebookPaper
from frames_made import PLACE, figure, wards


def table_of(paper: NotebookPaper, shown: object) -> Table:
    block = paper.carried(shown)
    assert isinstance(block, Table)
    return block


def test_a_frame_of_figures(paper: NotebookPaper) -> None:
    table = table_of(paper, wards())
    assert [column.label for column in table.columns] == ["Ward", "Budget", "Actual", "Variance"]
    assert [column.align for column in table.columns] == ["left", "right", "right", "right"]
    elm, oak = table.rows
    assert elm.cells == (
        "Elm ward",
        Number("1,200", f"beds.{PLACE}.elm.budget", "1200000"),
        Number("1,311", f"beds.{PLACE}.elm.actual", "1310500"),
        Number("(111)", f"bank_agency.{PLACE}.elm.variance", "-110500", "minus 111", True),
    )
    assert oak.cells[2:] == ("", "")
    assert (table.id, table.unit) == ("bank_agency-table-1", "£000s")


def test_amounts_that_are_all_small_are_shown_in_pounds(paper: NotebookPaper) -> None:
    frame = pd.DataFrame({"spend": column_of([figure("elm", "spend", "99999.6")])}, index=["Elm"])
    table = table_of(paper, frame)
    assert (table.rows[0].cells[1].text, table.unit) == ("100,000", "£")  # type: ignore[union-attr]
    frame["spend"] = column_of([figure("oak", "spend", "100000")])
    assert table_of(paper, frame).unit == "£000s"


def test_a_computed_figure_keeps_its_name_wherever_it_is_shown(paper: NotebookPaper) -> None:
    first = table_of(paper, wards()).rows[0].cells[3]
    renamed = wards().rename(columns={"variance": "left over"}, index={"elm": "First"})
    again = table_of(paper, renamed).rows[0].cells[3]
    assert first == again


def test_what_would_stand_twice_has_the_frame_before_its_line(paper: NotebookPaper) -> None:
    table_of(paper, wards())
    other = wards()
    other["variance"] = other.actual - other.budget
    cell = table_of(paper, other).rows[0].cells[3]
    assert cell.figure == f"bank_agency.{PLACE}.table_2_elm.variance"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "text", "exact"),
    [(7, "7", "7"), (-7.5, "(7.50)", "-7.5"), (Decimal("1234.125"), "1,234.13", "1234.125")],
)
def test_a_number_that_is_no_figure_is_untraced(
    paper: NotebookPaper, value: object, text: str, exact: str
) -> None:
    table = table_of(paper, pd.DataFrame({"beds": [value]}, index=["Elm"]))
    words = f"minus {text.strip('()')}" if text.startswith("(") else None
    assert untraced_in(table) == (untraced(text, exact, words),)


def test_a_number_among_words_is_untraced_too(paper: NotebookPaper) -> None:
    table = table_of(paper, pd.DataFrame({"said": ["none", 7]}, index=["Elm", "Oak"]))
    assert [row.cells[1] for row in table.rows] == ["none", untraced("7", "7")]


def test_what_was_typed_into_a_column_of_figures_is_untraced(paper: NotebookPaper) -> None:
    frame = wards()
    frame.loc["ash"] = [5, 6, 7]
    assert [n.value for n in untraced_in(table_of(paper, frame))] == ["5", "6", "7"]


def test_leaving_the_trace_is_seen(paper: NotebookPaper) -> None:
    table = table_of(paper, wards()[["budget"]].astype(float))
    assert [number.value for number in untraced_in(table)] == ["1200000", "300000"]


def test_words_days_and_truths_are_words(paper: NotebookPaper) -> None:
    frame = pd.DataFrame(
        {"when": pd.to_datetime(["2024-09-30"]), "said": ["⟦a.b|1⟧"], "open": [True]}, index=["Elm"]
    )
    assert table_of(paper, frame).rows[0].cells[1:] == ("2024-09-30", "(a.b|1)", "yes")


def test_levels_of_columns_are_groups_and_totals_are_totals(paper: NotebookPaper) -> None:
    frame = pd.concat({"To date": wards()[["budget"]]}, axis=1)
    frame.loc["Total"] = frame.sum()
    table = table_of(paper, frame)
    assert (table.columns[1].group, table.columns[1].label) == ("To date", "Budget")
    assert [row.kind for row in table.rows] == ["line", "line", "total"]


def test_a_running_index_is_no_stub(paper: NotebookPaper) -> None:
    table = table_of(paper, wards().reset_index())
    assert [row.cells[0] for row in table.rows] == ["Elm ward", "Oak ward"]


def test_a_series_is_a_column(paper: NotebookPaper) -> None:
    assert [c.label for c in table_of(paper, wards().budget).columns] == ["Ward", "Budget"]


def test_its_title_is_its_caption(paper: NotebookPaper) -> None:
    frame = wards()
    assert table_of(paper, frame).caption == "Bank agency"
    frame.attrs["title"] = "Wards"
    assert table_of(paper, frame).caption == "Wards"


def test_what_is_without_end_is_refused(paper: NotebookPaper) -> None:
    with pytest.raises(CannotCarry, match="Elm, beds, which is inf, cannot be carried"):
        paper.carried(pd.DataFrame({"beds": [float("inf")]}, index=["Elm"]))


def test_a_styled_frame_is_refused(paper: NotebookPaper) -> None:
    with pytest.raises(CannotCarry, match="show the frame itself, or a GT"):
        paper.carried(wards().style)
