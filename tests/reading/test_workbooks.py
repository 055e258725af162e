"""Workbooks as programs write them: what is stored is found, and what is empty costs nothing."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from messes import HEAD, book, sheet_rows, strict
from openpyxl import Workbook

from boardpack.core.errors import InputFaults
from boardpack.reading.grids import Grid
from boardpack.reading.workbooks import read_workbook

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


def _grid(content: bytes) -> Grid:
    (found,) = read_workbook(content, "made.xlsx")
    return found


def _changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with other text in one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(target, "w", 8) as made:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert name != part or old in text
            made.writestr(name, text.replace(old, new) if name == part else text)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_empty_rows_cost_little_time() -> None:
    rows = "".join(f'<row r="{n}" ht="15" customHeight="1" s="1"/>' for n in range(4, 200_004))
    content = _changed(book(*sheet_rows()), SHEET, "</sheetData>", f"{rows}</sheetData>")
    begun = time.process_time()
    assert len(_grid(content).rows) == 3
    assert time.process_time() - begun < 10  # less than a second where the machine is free


def test_formatted_empty_cells_are_no_cells() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}"/></row>' for n in range(4, 5_004))
    found = _grid(_changed(book(*sheet_rows()), SHEET, "</sheetData>", f"{cells}</sheetData>"))
    assert found.rows == _grid(book(*sheet_rows())).rows


def test_the_same_cells_come_from_every_writer() -> None:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = made.add_worksheet("Ledger")
    for number, row in enumerate(sheet_rows(paid_on="2023-09-30")):
        sheet.write_row(number, 0, row)
    made.close()
    assert _grid(target.getvalue()).rows == _grid(book(*sheet_rows())).rows


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2" t="inlineStr"><is><r><t>Acu</t></r><r><t>te</t></r></is></c>', "Acute"),
        ('<c r="B2" t="str"><f>"Acu"&amp;"te"</f><v>Acute</v></c>', "Acute"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B2" t="d"><v>2023-09-30T00:00:00</v></c>', "2023-09-30"),
        ('<c r="B2"><v>1E3</v></c>', "1000"),
        ('<c t="inlineStr"><is><t>third</t><rPh><t>said</t></rPh></is></c>', "third"),
    ],
)
def test_a_cell_in_every_form_that_it_is_stored_in(cell: str, text: str) -> None:
    content = book(("a", "b", "c"), ("x",))
    place = 1
    found = _grid(
        _changed(content, SHEET, "</c></row></sheetData>", f"</c>{cell}</row></sheetData>")
    )
    assert found.rows[1][1][place] == text
    assert not found.flaws


def test_a_day_beyond_the_calendar_is_a_flaw_that_names_the_format() -> None:
    def form(made: Workbook) -> None:
        made["Ledger"]["D2"].number_format = "dd/mm/yyyy"

    for amount in (-5, 99_999_999):
        found = _grid(book(HEAD, (1, "a", None, amount, 1), change=form))
        assert found.rows[1][1][3] == str(amount)
        assert "dd/mm/yyyy" in found.flaws[2, 3].expected


@pytest.mark.parametrize("text", ["", "dangling"])
def test_a_part_that_is_missing_is_a_workbook_that_does_not_open(text: str) -> None:
    content = _changed(book(*sheet_rows()), "xl/_rels/workbook.xml.rels", "sheet1.xml", text)
    with pytest.raises(InputFaults, match="a workbook that opens"):
        read_workbook(content, "made.xlsx")


def test_entities_of_a_part_are_not_filled_in() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = book(("head",), ("x",))
    content = _changed(content, SHEET, "<worksheet", f"{bomb}<worksheet")
    content = _changed(content, SHEET, "</sheetData>", "</sheetData><x>&b;</x>")
    assert [cells for _, cells in _grid(content).rows] == [("head",), ("x",)]


def test_the_paper_s_own_signs_are_text_in_a_cell() -> None:
    found = _grid(book(("head",), ("⟦position.bromley.total|£1⟧ ⟪unsupported⟫",)))
    assert found.rows[1][1] == ("(position.bromley.total|£1) <<unsupported>>",)


def test_strict_workbooks_keep_names_formats_and_what_is_hidden() -> None:
    def hide(made: Workbook) -> None:
        made["Ledger"].row_dimensions[3].hidden = True
        made["Ledger"]["D2"].number_format = '£#,##0"k"'

    plain = book(*sheet_rows(), change=hide)
    assert _grid(strict(plain)) == _grid(plain)
    assert _grid(plain).hidden == ("rows 3",)


@pytest.mark.parametrize(
    ("form", "held", "seen"),
    [
        ('£#,##0"k"', 900, "£900k"),
        ('£#,##0"k"', -900, "-£900k"),
        ('£0.0,,"m"', 1200000, "£1200000"),
    ],
)
def test_a_unit_that_only_a_number_format_says_is_in_the_cell(
    form: str, held: int, seen: str
) -> None:
    def says(made: Workbook) -> None:
        made["Ledger"]["B2"].value = held
        made["Ledger"]["B2"].number_format = form

    content = book(("risk", "value"), ("Winter", ""), change=says)
    for stored in (content, strict(content)):
        assert _grid(stored).rows[1][1] == ("Winter", seen)


def _case(name: str, file: str) -> bytes:
    if not CASES.is_dir():
        pytest.skip("the small inputs are not beside this checkout")
    return (CASES / name / file).read_bytes()


def test_a_unit_in_a_number_format_is_read_as_it_is_seen() -> None:
    found = _grid(_case("09-risk-register-unit-in-number-format", "risks.xlsx"))
    said: list[Any] = [cell for _, cells in found.rows for cell in cells if cell.startswith("£")]
    assert "£900k" in said


def test_a_ledger_in_strict_open_xml_is_read() -> None:
    assert len(_grid(_case("14-strict-ooxml", "ledger.xlsx")).rows) == 416
