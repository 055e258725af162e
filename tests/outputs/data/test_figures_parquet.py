"""`figures.parquet` holds the rows of `figures.csv` with types; a tool puts months together."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from month_six import paper_for, whole_register

from boardpack.checks.engine import run_checks
from boardpack.core.periods import Month
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.outputs.data.figures_csv import figures_csv
from boardpack.outputs.data.figures_parquet import figures_parquet, read_figures_parquet
from table_figure import table_figure

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "figures-csv.md"
EXACT = ("value", "margin")
VARIANCE = "position.bromley.total.ytd_variance"


def row_of(made: Figure) -> dict[str, Any]:
    text = figures_csv(paper_for(), Register([made]), ())
    (row,) = read_figures_parquet(figures_parquet(text)).to_pylist()
    return dict(row)


@lru_cache
def whole() -> tuple[str, bytes]:
    """The Month 6 table as CSV and as Parquet."""
    paper, register = paper_for(), whole_register()
    checks = [check.to_json() for check in run_checks(register, paper)]
    text = figures_csv(paper, register, checks)
    return text, figures_parquet(text)


def as_text(value: object) -> str:
    """What a cell of the CSV says for a value of the Parquet file."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def without_guard(text: str) -> str:
    return text.removeprefix("'")


def test_it_has_the_rows_of_the_csv_in_their_order(tmp_path: Path) -> None:
    text, content = whole()
    (tmp_path / "figures.parquet").write_bytes(content)
    read = duckdb.read_parquet(str(tmp_path / "figures.parquet"))
    found = [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]
    expected = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(found) == len(expected) > 4000
    for row, said in zip(found, expected, strict=True):
        for name, cell in said.items():
            held = row[f"{name}_text"] if name in EXACT else row[name]
            assert as_text(held) == without_guard(cell), (name, said["id"])


def test_numbers_are_numbers_and_pounds_are_exact() -> None:
    rows = read_figures_parquet(whole()[1]).to_pylist()
    for row in rows:
        if row["value"] is None:
            assert row["is_suppressed"], row["id"]
            continue
        assert row["value"] == rounded(Decimal(row["value_text"])), row["id"]
        if row["unit"] == "GBP" and row["formula"] is None:
            assert row["value"] == Decimal(row["value_text"]), row["id"]
        assert isinstance(row["period_end"], dt.date)
        assert row["paper_month"] == 6


def rounded(value: Decimal) -> Decimal:
    """To ten decimals, halves away from zero; by way of a whole number."""
    with localcontext() as context:
        context.prec = 90
        return (value * 10**10).to_integral_value(ROUND_HALF_UP) / 10**10


def test_the_same_table_gives_the_same_bytes() -> None:
    text, content = whole()
    assert figures_parquet(text) == content


def test_types_are_those_of_the_dictionary() -> None:
    schema = read_figures_parquet(whole()[1]).schema
    told = {
        "paper_month": "int32",
        "id": "string",
        "value": "decimal128(38, 10)",
        "value_text": "string",
        "margin": "decimal128(38, 10)",
        "period_end": "date32[day]",
        "is_agreed": "bool",
        "month": "int32",
    }
    assert {name: str(schema.field(name).type) for name in told} == told


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)
)
def test_any_value_is_whole_in_text_and_rounded_or_null_as_a_number(value: Decimal) -> None:
    row = row_of(table_figure(value=value))
    assert Decimal(row["value_text"]) == value
    if abs(value) < 10**28 - 2:
        assert row["value"] == rounded(value)
    elif abs(value) >= 10**28:
        assert row["value"] is None


@given(label=st.text(min_size=1).filter(lambda text: text.encode(errors="ignore").decode() == text))
def test_text_stands_as_it_is(label: str) -> None:
    assert row_of(table_figure(label=label))["label"] == label


def test_a_suppressed_figure_tells_nothing() -> None:
    register = Register([table_figure(id="chc.bromley.all_clients.clients", unit="COUNT")])
    register.suppress("chc.bromley.all_clients.clients")
    content = figures_parquet(figures_csv(paper_for(), register, ()))
    (row,) = read_figures_parquet(content).to_pylist()
    assert row["is_suppressed"] is True
    hidden = ("value", "value_text", "margin", "margin_text", "source_file", "source_rows")
    assert [row[name] for name in hidden] == [None] * len(hidden)
    assert b"2213000" not in content


def test_the_example_of_the_document_puts_months_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, value in ((5, "-1900000"), (6, "-2213000")):
        month = Month(2023, number)
        paper = paper_for().model_copy(update={"month": month})
        made = table_figure(id=VARIANCE, period=month.period, value=Decimal(value))
        printed = replace(made, id=f"{VARIANCE}.printed", source=made.source, step=Decimal(1000))
        target = tmp_path / "build" / "2023-24" / month.code / "bromley"
        target.mkdir(parents=True)
        text = figures_csv(paper, Register([made, printed]), ())
        (target / "figures.parquet").write_bytes(figures_parquet(text))
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(example, names)
    assert names["rows"] == [
        (dt.date(2023, 8, 31), Decimal(-1900000)),
        (dt.date(2023, 9, 30), Decimal(-2213000)),
    ]
