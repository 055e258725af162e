"""A `GT` that is shown is a table of the paper, its text as Great Tables formats it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from great_tables import GT, html, loc, md

from boardpack.document.blocks import Number, Table, numbers_in, untraced_in
from boardpack.document.plain_outputs import CannotCarry
from boardpack.notebook.paper import NotebookPaper
from frames_made import PLACE, wards


def named() -> pd.DataFrame:
    return wards().reset_index()


def gt() -> GT:
    return GT(named(), rowname_col="ward")


def table_of(paper: NotebookPaper, shown: object) -> Table:
    block = paper.carried(shown)
    assert isinstance(block, Table)
    return block


@pytest.mark.parametrize(
    ("formatted", "budget", "variance"),
    [
        (lambda t: t.fmt_integer(), "1,200,000", "−110,500"),
        (lambda t: t.fmt_number(decimals=1, scale_by=0.001), "1,200.0", "−110.5"),
        (lambda t: t.fmt_number(decimals=0, accounting=True), "1,200,000", "(110,500)"),
        (lambda t: t.fmt_currency(currency="GBP", decimals=0), "£1,200,000", "−£110,500"),
        (lambda t: t.fmt_number(decimals=0, pattern="{x} net"), "1,200,000 net", "−110,500 net"),
        (lambda t: t, "1,200,000", "(110,500)"),
    ],
)
def test_text_is_as_great_tables_formats_it(
    paper: NotebookPaper, formatted: Callable[[GT], GT], budget: str, variance: str
) -> None:
    cells = table_of(paper, formatted(gt())).rows[0].cells
    first, last = cells[1], cells[3]
    assert isinstance(first, Number)
    assert isinstance(last, Number)
    assert (first.text, first.figure) == (budget, f"beds.{PLACE}.elm.budget")
    assert (last.text, last.value) == (variance, "-110500")
    assert last.words == f"minus {variance.strip('−()')}"
    assert last.adverse


def test_what_is_missing_is_empty_unless_it_is_said(paper: NotebookPaper) -> None:
    assert table_of(paper, gt()).rows[1].cells[2] == ""
    said = gt().fmt_integer().sub_missing(missing_text="not counted")
    assert table_of(paper, said).rows[1].cells[2] == "not counted"


def test_title_labels_spanners_and_notes(paper: NotebookPaper) -> None:
    built = (
        gt()
        .tab_header("Wards", md("to **Month 6**"))
        .tab_spanner("Year to date", ["budget", "actual"])
        .cols_label(variance=html("(Over)<br>under"))
        .tab_stubhead("Ward")
        .tab_source_note("From the *ledger*")
        .tab_footnote("Not yet closed", loc.body(columns="actual", rows=[1]))
        .tab_footnote("Unaudited", loc.column_labels(columns="budget"))
    )
    table = table_of(paper, built)
    assert table.caption == "Wards: to Month 6"
    assert [(c.label, c.group, c.align) for c in table.columns] == [
        ("Ward", None, "left"),
        ("Budget", "Year to date", "right"),
        ("Actual", "Year to date", "right"),
        ("(Over) under", None, "right"),
    ]
    assert table.notes == (
        r"From the \*ledger\*",
        "Oak ward, Actual: Not yet closed",
        "Budget: Unaudited",
    )


def test_hidden_and_moved_columns(paper: NotebookPaper) -> None:
    table = table_of(paper, gt().cols_hide("actual").cols_move_to_start("variance"))
    assert [column.label for column in table.columns] == ["", "Variance", "Budget"]


def test_row_groups_are_headings_in_their_order(paper: NotebookPaper) -> None:
    frame = named().assign(site=["North", "South"])
    table = table_of(
        paper,
        GT(frame, rowname_col="ward", groupname_col="site").row_group_order(["South", "North"]),
    )
    assert [(row.cells[0], row.kind) for row in table.rows] == [
        ("South", "heading"),
        ("Oak ward", "line"),
        ("North", "heading"),
        ("Elm ward", "line"),
    ]


def total(frame: pd.DataFrame) -> pd.Series[float]:
    return frame[["budget", "actual"]].sum()


def in_pounds(values: list[float]) -> list[str]:
    return ["" if pd.isna(one) else f"{one:,.0f}" for one in values]


def test_summary_rows_keep_their_figures(paper: NotebookPaper) -> None:
    built = gt().grand_summary_rows(fns={"Total": total}, fmt=in_pounds)
    *_, last = table_of(paper, built).rows
    assert (last.kind, last.is_sum, last.cells[0], last.cells[3]) == ("total", True, "Total", "")
    assert last.cells[1] == Number("1,500,000", f"bank_agency.{PLACE}.total.budget", "1500000")


def test_summary_rows_of_groups_close_them(paper: NotebookPaper) -> None:
    frame = named().assign(site=["North", "South"])
    built = GT(frame, rowname_col="ward", groupname_col="site").summary_rows(fns={"Largest": total})
    rows = table_of(paper, built).rows
    assert [row.kind for row in rows] == ["heading", "line", "subtotal"] * 2
    assert not rows[2].is_sum


def test_without_a_stub_the_first_column_heads_the_rows(paper: NotebookPaper) -> None:
    table = table_of(paper, GT(named()))
    assert [column.label for column in table.columns][:2] == ["Ward", "Budget"]
    assert table.rows[0].cells[0] == "Elm ward"


def test_a_plain_number_is_untraced(paper: NotebookPaper) -> None:
    built = GT(pd.DataFrame({"ward": ["Elm"], "beds": [1234]}), rowname_col="ward").fmt_integer()
    table = table_of(paper, built)
    assert [(n.text, n.value) for n in untraced_in(table)] == [("1,234", "1234")]
    assert numbers_in(table) == ()


def test_words_of_the_paper_keep_their_marks_in_a_title(paper: NotebookPaper) -> None:
    said = paper.say("Wards: {v}", v=wards().variance["elm"])
    table = table_of(paper, gt().tab_header(said))
    assert table.caption == f"Wards: ⟦bank_agency.{PLACE}.said.v|(111)⟧"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.cols_merge(["budget", "actual"]), "keep the columns apart"),
        (lambda t: t.fmt(lambda _: "<img src='x.png'>", columns="budget"), "<img"),
        (lambda t: t.tab_header(html("<a href='x'>Wards</a>")), "<a href"),
    ],
)
def test_what_no_table_holds_is_refused_by_name(
    paper: NotebookPaper, change: Callable[[GT], GT], said: str
) -> None:
    with pytest.raises(CannotCarry, match=said):
        paper.carried(change(gt()))
