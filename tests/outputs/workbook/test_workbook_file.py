"""The workbook of a small paper: live cells, typed inputs, marks, names, and the same bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from recalculated import cells, converted, differing, rows, with_input, without_results
from xlsxwriter.worksheet import Worksheet

from boardpack.core.design import usual_design
from boardpack.document.blocks import Column, Number, Row, Table
from boardpack.outputs.workbook import sheet as workbook_sheet
from boardpack.outputs.workbook.checks import operands_of
from boardpack.outputs.workbook.file import workbook
from boardpack.outputs.workbook.numbers import number_formats
from boardpack.outputs.workbook.sheet import plain_text
from small_workbook import HOSTILE, META, small_checks, small_parts, small_register

POSITION, OVERVIEW = "1.1 Position", "2.1 Overview YTD"


def made() -> bytes:
    register = small_register()
    return workbook(small_parts(register), META, register, small_checks())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("workbook") / "board-paper.xlsx"
    target.write_bytes(made())
    return target


@pytest.fixture(scope="module")
def book(file: Path) -> Any:
    return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def values(file: Path) -> Any:
    return openpyxl.load_workbook(file, data_only=True)


def test_the_cover_of_a_later_version_says_what_it_replaces() -> None:
    register, said = small_register(), "Version 2. It replaces version 1. Why: An invoice."
    made = workbook(small_parts(register), replace(META, replaces=said), register, small_checks())
    cover = openpyxl.load_workbook(BytesIO(made))["Cover"]
    assert {row[0].value: row[1].value for row in cover.iter_rows()}["Version"] == said


def test_there_is_a_sheet_for_each_table_between_cover_and_register(book: Any) -> None:
    assert book.sheetnames == ["Cover", "Contents", POSITION, OVERVIEW, "Register", "Checks"]


def test_formulas_stand_as_the_library_itself_would_write_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_sheet, "Sheet", Worksheet)
    assert made() == file.read_bytes()


def test_every_sheet_bears_its_title_and_the_marks_and_prints_on_a4(book: Any) -> None:
    for sheet in book:
        assert sheet["A1"].value
        assert sheet["A2"].value == f"{META.title} · {META.mark}"
        assert sheet.oddFooter.center.text == META.mark
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_area
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert len(sheet.title) <= 31


def test_inputs_are_typed_with_their_source_and_the_rest_is_reckoned_on_the_sheet(
    book: Any,
) -> None:
    sheet = book[POSITION]
    assert [cell.value for cell in sheet[7]][:4] == ["Care", 12521000, 12925499.5, "=B7-C7"]
    assert [cell.value for cell in sheet[8]][:4] == ["Drugs", 23172000, 25385000, "=B8-C8"]
    assert [cell.value for cell in sheet[9]][1:4] == ["=B7+B8+Register!H12", "=C7+C8", "=B9-C9"]
    assert "data/raw/position.csv, row 2, column budget: “12521”" in sheet["B7"].comment.text
    assert sheet["D7"].comment is None
    assert sheet["B10"].value == "*"


def test_an_input_stands_once_and_is_fetched_wherever_else_it_is_shown(book: Any) -> None:
    assert book[OVERVIEW]["B6"].value == "=Register!G5"
    assert book["Register"]["G5"].value == f"='{POSITION}'!B7"
    assert book["Register"]["G5"].comment is None
    assert book[OVERVIEW]["B5"].value == "=Register!G15/100"
    assert book["Register"]["G15"].value == "=G14/I12*100"


def test_a_total_shown_as_printed_keeps_its_rounding_apart(book: Any, values: Any) -> None:
    row = [cell.value for cell in book["Register"][12]]
    assert row[0] == "position.anytown.total.budget"
    assert row[6:9] == ["=G5+G8", "=G11-35693000.0", "=G12+H12"]
    assert [cell.value for cell in values["Register"][12]][6:9] == [35693000, 1000, 35694000]


def test_the_register_says_what_each_figure_is_and_where_it_is_from(book: Any) -> None:
    sheet = book["Register"]
    assert [sheet.cell(5, column).value for column in (1, 6, 13, 14, 15, 16)] == [
        "position.anytown.care.budget",
        "input",
        "data/raw/position.csv",
        "2",
        "budget",
        "12521",
    ]
    assert sheet["L7"].value == "position.anytown.care.budget - position.anytown.care.actual"
    assert sheet["F7"].value == "computed"


def test_a_suppressed_figure_is_a_star_without_cells(book: Any) -> None:
    sheet = book["Register"]
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert last[0] == "position.anytown.people.clients"
    assert last[5:7] == ["suppressed", "*"]
    assert not any(last[11:])


def test_nothing_that_is_received_is_run(book: Any) -> None:
    text = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in text if isinstance(cell.value, str) and cell.value == HOSTILE]
    assert len(hostile) >= 3
    assert {cell.data_type for cell in hostile} == {"s"}


def test_the_cover_names_its_headline_figures(book: Any, values: Any) -> None:
    name = book.defined_names["position_anytown_total_variance"]
    assert name.attr_text == "Register!$G$14"
    cover = {row[0].value: row for row in values["Cover"].iter_rows()}
    assert cover["Year to date"][1].value == -2616499.5
    assert cover["Year to date"][2].value == "(2,616)"
    assert cover["Status"][1].value == "Illustrative data · draft"
    assert cover["Checks"][1].value.startswith("5 run, 2 open, none answered for")


def test_no_cells_are_merged_in_tables(book: Any) -> None:
    for name in (POSITION, OVERVIEW, "Register", "Checks"):
        lowest = {POSITION: 12}.get(name, 0)
        assert all(found.min_row >= lowest > 0 for found in book[name].merged_cells.ranges)
    assert book[POSITION]["A12"].value == "A note on the total."


def test_checks_are_live_where_their_figures_bear_out_their_amounts(book: Any) -> None:
    sheet = book["Checks"]
    by_id = {row[10].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=6)}
    assert by_id["printed.one"][3:5] == ["=Register!G12", "=Register!G11"]
    assert by_id["printed.one"][7].startswith("=IF(ABS(")
    assert by_id["cross.two"][3:5] == ["=SUM(Register!G5,Register!G8)", "=Register!G11"]
    assert by_id["duty.three"][3:5] == ["=Register!G12", "=Register!G13"]
    assert by_id["duty.three"][7] is None
    assert by_id["other.four"][3:5] == [1, 1]
    assert by_id["blank.five"][3:6] == ["=Register!G12", "left blank", None]
    assert by_id["none.six"][3:6] == [None, None, None]
    assert [row[10].value for row in sheet.iter_rows(min_row=6)][:2] == ["cross.two", "blank.five"]


def test_an_amount_that_is_not_its_figures_sum_stays_as_it_was() -> None:
    register = small_register()
    check = {**small_checks()[0], "expected": "1"}
    assert operands_of(check, register) == (None, ("position.anytown.total.budget.printed",))
    unknown = {**check, "figures": ["position.anytown.people.clients", "no.such.figure"]}
    assert operands_of(unknown, register) == (None, None)


def test_the_same_paper_gives_the_same_bytes_dated_by_its_data_cut() -> None:
    assert made() == made()
    told = openpyxl.load_workbook(BytesIO(made())).properties
    assert (told.title, told.contentStatus) == (META.title, META.mark)
    assert f"{told.created:%Y-%m-%d}" == "2023-10-11"


def test_libreoffice_reckons_every_formula_to_the_value_that_is_kept(
    file: Path, tmp_path: Path
) -> None:
    bare = without_results(file, tmp_path / "bare.xlsx")
    typed = with_input(file, tmp_path / "typed.xlsx", POSITION, "C8", 26385000)
    out = converted(tmp_path, "xlsx", [bare, typed])
    was = rows(file)
    assert differing(was, rows(out / "bare.xlsx")) == []
    now = rows(out / "typed.xlsx")
    moved = {sheet: was[sheet] != now[sheet] for sheet in was}
    assert moved == {**dict.fromkeys(was, True), "Contents": False}
    assert now[POSITION][8][1:4] == [35694000, 39310499.5, -3616499.5]
    assert cells(file)[POSITION]["D9"].formula == "B9-C9"


def at(text: str, value: str, adverse: bool = False) -> Number:
    return Number(text, "no.such.figure", value, adverse=adverse)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (at("2,213", "2212865"), "#,##0,_);(#,##0,);#,##0,_)"),
        (at("(2,212,865)", "-2212865"), "#,##0_);(#,##0);#,##0_)"),
        (at("-", "0"), '#,##0,_);(#,##0,);"-"_)'),
        (at("(0)", "-400"), "#,##0,_);(#,##0,);#,##0,_)"),
        (at("9.54%", "9.54"), "#,##0.00%_);(#,##0.00%);#,##0.00%_)"),
        (at("93.1%", "93.1", True), '"! "#,##0.0%_);(#,##0.0%);#,##0.0%_)'),
        (at("£4,224", "4224.2"), "£#,##0_);(£#,##0);£#,##0_)"),
        (at("£2.21m", "2212865"), '£#,##0.00,,"m"_);(£#,##0.00,,"m");£#,##0.00,,"m"_)'),
        (at("-41", "-41"), "#,##0_);-#,##0_);#,##0_)"),
        (at("On budget", "0"), "#,##0,_);(#,##0,);#,##0,_)"),
    ],
)
def test_a_number_format_prints_as_the_paper_does(number: Number, expected: str) -> None:
    columns = (Column("Line"), Column("Amount"))
    table = Table("t", "Table", columns, (Row(("Line", number)),), "£000s")
    assert number_formats(table, small_register())[0, 1] == expected


def test_a_nil_is_scaled_as_its_column_is() -> None:
    rows_ = (Row(("a", at("2,213", "2213"))), Row(("b", at("-", "0"))), Row(("c", at("(0)", "0"))))
    table = Table("t", "Table", (Column("Line"), Column("Amount")), rows_, "£000s")
    assert number_formats(table, small_register())[1, 1] == '#,##0_);(#,##0);"-"_)'


def test_a_note_is_read_as_plain_words() -> None:
    assert plain_text("One **bold** ⟦a.b.c|(2)⟧\nand [link](x.html).") == "One bold (2) and link."


def test_every_colour_of_a_cell_has_one_meaning(book: Any) -> None:
    """Blue is typed, green is from another sheet, red is bad news; a link is underlined in ink."""
    colours = {
        n: "FF" + v.lstrip("#").upper() for n, v in usual_design().colours.model_dump().items()
    }
    met = set[str]()
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        ink = str(cell.font.color.rgb) if cell.font.color else ""
        if cell.value is None:
            continue
        is_formula = isinstance(cell.value, str) and cell.value.startswith("=")
        if ink == colours["input"]:
            assert isinstance(cell.value, int | float), cell
        elif ink == colours["green"]:
            assert is_formula, cell
            assert "!" in cell.value, cell
        elif ink == colours["red"]:
            assert cell.value == "FAIL", cell
        elif cell.font.underline:
            assert ink == colours["ink"], cell
            assert cell.hyperlink, cell
        assert ink != colours["blue"], cell
        met.add(ink)
    assert {colours["input"], colours["green"], colours["ink"]} <= met
