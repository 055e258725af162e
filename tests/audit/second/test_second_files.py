"""The plain reader: what the product reads of a messy file, this one reads the same, by itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from messes import CASES, Case

from boardpack.audit.second.days import day_of_text
from boardpack.audit.second.files import AS_AGREED, best_table, decoded, delivered, heading
from boardpack.audit.second.numbers import Number, number
from boardpack.audit.second.records import Shape, read_rows
from boardpack.audit.second.workbook import sheets
from boardpack.audit.verification.recomputed import told_layout
from boardpack.reading.layouts import layout_of

READ = [case for _, cases in CASES for case in cases if case.rows]


def _shape(case: Case) -> Shape:
    contract = case.contract
    others = tuple(column.name for column in contract.columns if column.name not in contract.key)
    return Shape(contract.key, others, is_unit_level=contract.is_unit_level)


@pytest.mark.parametrize("case", READ, ids=lambda case: case.may_come[:60])
def test_a_mess_is_read_as_the_product_reads_it(case: Case, tmp_path: Path) -> None:
    for name, content in case.files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "params").mkdir()
    name = Path(case.contract.file).stem
    if case.layout:
        said = case.layout if case.layout.startswith("{") else "{" + case.layout + "}"
        (tmp_path / "params/layouts.yml").write_text(f"extracts:\n  {name}: {said}\n")
    layout = told_layout(layout_of(tmp_path, Path(case.contract.file)))
    path = delivered(tmp_path, name)
    assert path is not None
    found = [row for _, row in read_rows(path, _shape(case), layout)]
    assert len(found) == len(case.rows)
    for row, meant in zip(found, case.rows, strict=True):
        for column, text in zip(case.contract.columns, meant, strict=True):
            if column.is_amount:
                amount = row.number(column.name)
                assert amount == (None if not text else amount)
                assert not text or amount.value == Decimal(text)  # type: ignore[union-attr]
            elif column.kind == "date" and text:
                assert day_of_text(row.text(column.name), row.layout) == text
            else:
                assert row.text(column.name) == text


def test_most_messes_are_read_by_both() -> None:
    assert len(READ) > 40


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("(2,213)", "-2213", "0.5"),
        ("£439,075k", "439075000", "500"),
        ("9.22%", "9.22", "0.005"),
        ("-£26,467", "-26467", "0.5"),
        ("£(5)", "-5", "0.5"),
        ("1 234.50-", "-1234.50", "0.005"),
        ("'12", "12", "0.5"),
        ("-", "0", "0.5"),
        ("–", "0", "0.5"),
    ],
)
def test_it_reads_a_cell_by_itself(text: str, value: str, doubt: str) -> None:
    assert number(text) == Number(Decimal(value), Decimal(doubt))


@pytest.mark.parametrize("text", ["", "NA", "many", "1.2.3", "#####", "5 CR", "1e5"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


def test_a_credit_has_the_sign_that_is_declared() -> None:
    assert number("5 CR", debit_is_positive=True) == Number(Decimal(-5), Decimal("0.5"))
    assert number("5 DR", debit_is_positive=False) == Number(Decimal(-5), Decimal("0.5"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-09-30", "2023-09-30"),
        ("20230930", "2023-09-30"),
        ("3/4/23", "2023-04-03"),
        ("30-Sep-23", "2023-09-30"),
        ("1st September 2023", "2023-09-01"),
        ("2023-09-30 00:00:00", "2023-09-30"),
        ("45199", "2023-09-30"),
        ("31/12/9999", "9999-12-31"),
    ],
)
def test_a_day_is_read_by_itself(text: str, day: str) -> None:
    assert day_of_text(text, AS_AGREED) == day


def test_the_order_of_day_and_month_is_as_declared() -> None:
    assert day_of_text("03/04/2023", AS_AGREED._replace(is_month_first=True)) == "2023-03-04"


def test_what_is_no_day_is_refused_without_a_word_of_it() -> None:
    with pytest.raises(ValueError, match="says none") as caught:
        day_of_text("Ada Planted", AS_AGREED)
    assert "Ada" not in str(caught.value)


def test_a_workbook_gives_what_its_cells_show(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["word", 0.1 + 0.2, 12, dt.date(2023, 9, 30), True])
    for column, (value, form) in enumerate((("7", "@"), (0.0922, "0.00%"), (42, "000000")), 1):
        sheet.cell(3, column, value).number_format = form
    sheet.merge_cells("D5:D6")
    sheet["D5"] = "over two lines"
    sheet["A6"] = "below"
    book.save(path)
    (found,) = sheets(path)
    assert [found.cells[1, n] for n in range(5)] == ["word", "0.3", "12", "2023-09-30", "TRUE"]
    assert [found.cells[3, n] for n in range(3)] == ["7", "9.22%", "000042"]
    assert found.cells[6, 3] == "over two lines"


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"no zip at all"])
def test_a_broken_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "made.xlsx").write_bytes(content)
    with pytest.raises(ValueError, match="workbook"):
        sheets(tmp_path / "made.xlsx")


def test_headings_are_the_same_without_units_capitals_and_spaces() -> None:
    assert heading("Year to date Budget (£000s)") == heading("ytd_budget") == "ytdbudget"
    assert heading("Amount £m") == "amount"


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    (tmp_path / "made.csv").write_text("")
    assert best_table(tmp_path / "made.csv", ("a",), AS_AGREED, None).names == []
    assert decoded("é".encode("utf-16")) == decoded("é".encode("cp1252")) == "é"
