"""`figures.csv` says what `figures.json` says, and no spreadsheet runs what stands in it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from month_six import paper_for, whole_register

from boardpack.checks.engine import run_checks
from boardpack.figures.figure import Figure, SourceCell, figure_from_json
from boardpack.figures.register import Register
from boardpack.outputs.data.figure_columns import COLUMNS
from boardpack.outputs.data.figures_csv import figures_csv, guarded, read_figures_csv
from boardpack.reading.cells import Cell
from boardpack.render.records import figures_record
from table_figure import table_figure

SAME = ("id", "label", "unit", "place", "line", "measure", "period", "basis")
HOSTILE = st.one_of(
    st.text(),
    st.builds(
        str.__add__,
        st.sampled_from(
            ["=", "+", "-", "@", " =", "\t", "\r", "\n", "'", "''", "＝", "\ufeff", '"']
        ),
        st.text(),
    ),
    st.sampled_from(['=HYPERLINK("http://x")', "@SUM(1)", '",=1+1', "a\r\n=1", "-2+3", "\0=1"]),
)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)


def row_of(made: Figure, *checks: dict[str, Any]) -> dict[str, str]:
    (row,) = read_figures_csv(figures_csv(paper_for(), Register([made]), checks))
    return row


@lru_cache
def whole() -> tuple[str, list[dict[str, Any]], list[dict[str, str]]]:
    """The Month 6 file, the figures as `figures.json` has them, and the rows read back."""
    paper, register = paper_for(), whole_register()
    checks = [check.to_json() for check in run_checks(register, paper)]
    text = figures_csv(paper, register, checks)
    return text, json.loads(figures_record(paper, register))["figures"], read_figures_csv(text)


def test_read_back_it_is_the_register() -> None:
    _, items, rows = whole()
    assert len(rows) == len(items) > 4000
    for item, row in zip(items, rows, strict=True):
        assert {name: row[name] for name in SAME} == {name: item[name] for name in SAME}
        assert row["value"] == (item["value"] or "")
        assert row["is_estimate"] == str(item["is_estimate"]).lower()
        assert row["is_suppressed"] == str(item.get("suppressed", False)).lower()
        assert row["formula"] == item["source"].get("formula", "")
        cells = item["source"].get("cells", [])
        assert row["source_file"].split("; ") == list(dict.fromkeys(c["file"] for c in cells)) or [
            ""
        ]
        assert all(cell["sha256"] in row["source_sha256"] for cell in cells)


def test_every_month_six_figure_has_a_year_and_a_last_day() -> None:
    for row in whole()[2]:
        assert row["financial_year"] in row["period"], row["id"]
        assert row["period_end"] > "2010-04-01", row["id"]
        assert row["month"] == "" or row["period"].endswith(f" M{int(row['month']):02d}"), row["id"]


def test_agreed_rows_are_what_the_paper_shows() -> None:
    agreed = {row["id"]: row for row in whole()[2] if row["is_agreed"] == "true"}
    register = whole_register()
    shown = {register.agreed(f.id).id for f in register if not f.id.endswith(".printed")}
    assert shown == {identity for identity in agreed if identity in register}
    assert len(agreed) < len(whole()[2])


def test_excel_reads_the_encoding_and_the_lines() -> None:
    content = whole()[0].encode()
    assert content.startswith(b"\xef\xbb\xbfpaper_year,")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == len(whole()[1]) + 1


def test_the_same_register_gives_the_same_bytes() -> None:
    paper, register = paper_for(), whole_register()
    checks = [check.to_json() for check in run_checks(register, paper)]
    assert figures_csv(paper, register, checks) == whole()[0]


@given(label=HOSTILE, line=HOSTILE, column=HOSTILE)
def test_hostile_text_is_never_a_formula_and_comes_back_as_it_was(
    label: str, line: str, column: str
) -> None:
    source = (SourceCell(Cell(f"{line}.csv", None, 2, column, ""), "ab"),)
    made = table_figure(label=label, line=line, source=source)
    text = figures_csv(paper_for(), Register([made]), ())
    (row,) = read_figures_csv(text)
    assert (row["label"], row["line"], row["source_column"]) == (label, line, column)
    (raw,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    kinds = {one.name: one.kind for one in COLUMNS}
    for name, cell in raw.items():
        if kinds[name] == "text":
            assert cell.lstrip()[:1] not in set("=+-@＝＋－＠"), name
            assert cell[:1] not in set("\t\r\n"), name


@given(value=AMOUNTS)
def test_a_value_is_a_plain_number_and_exact(value: Decimal) -> None:
    text = row_of(table_figure(value=value))["value"]
    assert Decimal(text) == value
    assert set(text) <= set("-0123456789.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-a.b.c + a.b.d", "'-a.b.c + a.b.d"), ("(a.b.c)", "(a.b.c)"), ("'tis", "''tis"), ("", "")],
)
def test_text_is_guarded_only_where_it_must_be(text: str, expected: str) -> None:
    assert guarded(text) == expected


def test_a_suppressed_figure_has_a_row_and_tells_nothing() -> None:
    register = Register([table_figure(id="chc.bromley.all_clients.clients", unit="COUNT")])
    register.suppress("chc.bromley.all_clients.clients")
    (row,) = read_figures_csv(figures_csv(paper_for(), register, ()))
    assert row["is_suppressed"] == "true"
    told = ("value", "margin", "source_file", "source_rows", "source_column", "source_sha256")
    assert {row[name] for name in told} == {""}


def test_the_gravest_outcome_of_the_checks_is_told() -> None:
    made = table_figure()
    checks = [
        {"id": f"cast.{status}", "status": status, "figures": [made.id]}
        for status in ("pass", "fail", "rounding", "not_applicable")
    ]
    row = row_of(made, *checks)
    assert (row["check_status"], row["failing_checks"]) == ("fail", "cast.fail")
    assert row_of(made, checks[0], checks[2])["check_status"] == "rounding"
    assert row_of(made, checks[3])["check_status"] == ""
    assert row_of(made)["check_status"] == ""


def test_rows_are_told_by_file_and_not_where_they_would_tell_a_count() -> None:
    def cell(file: str, row: int, **more: Any) -> SourceCell:
        return SourceCell(Cell(file, more.pop("sheet", None), row, "amount", ""), file, **more)

    cells = (cell("a", 7), cell("b", 3, sheet="May"), cell("a", 6), cell("a", 9))
    row = row_of(table_figure(source=cells))
    assert row["source_file"] == "a; b [May]"
    assert row["source_rows"] == "rows 6-7, 9; row 3"
    assert row["source_sha256"] == "a; b"
    many = (cell("c", 2, rows="2-4", method="sum"),)
    assert row_of(table_figure(source=many))["source_rows"] == "rows 2-4"
    none = (cell("c", 1, method="sum"),)
    assert row_of(table_figure(source=none))["source_rows"] == "rows not named"


def test_rows_of_made_up_data_say_so() -> None:
    paper = paper_for()
    report = paper.report.model_copy(update={"illustrative": True})
    text = figures_csv(paper.model_copy(update={"report": report}), Register([table_figure()]), ())
    assert read_figures_csv(text)[0]["is_illustrative"] == "true"
    assert row_of(table_figure())["is_illustrative"] == "false"


def test_the_register_that_was_written_gives_the_same_file() -> None:
    _, items, _ = whole()
    again = Register(figure_from_json(item) for item in items)
    paper = paper_for()
    checks = [check.to_json() for check in run_checks(whole_register(), paper)]
    assert figures_csv(paper, again, checks) == whole()[0]
