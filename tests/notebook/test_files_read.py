"""Any file of the month's folder as a frame of figures, or refused in words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from small_bodies import MONTH

from boardpack.core.errors import BoardpackError, InputFaults, UsageFault
from boardpack.core.home import month_folder
from boardpack.notebook.paper import NotebookPaper


def put(home: Path, name: str, text: str) -> None:
    (home / month_folder(MONTH) / name).write_text(text, encoding="utf-8")


def refused(paper: NotebookPaper, name: str, **told: object) -> str:
    with pytest.raises(BoardpackError) as found:
        paper.read(name, **told)  # type: ignore[arg-type]
    return str(found.value)


def test_each_cell_of_a_column_of_numbers_is_a_figure_with_its_cell(paper: NotebookPaper) -> None:
    frame = paper.read("bank_agency.csv")
    assert [str(dtype) for dtype in frame.dtypes[2:]] == ["figure", "figure"]
    figure = frame.actual[1].figure
    assert (figure.value, figure.unit, figure.margin) == (Decimal(760_000), "GBP", Decimal(500))
    (source,) = figure.cells
    assert (source.cell.row, source.cell.column, source.cell.text) == (4, "actual", "760")
    assert source.sha256 is not None
    assert figure.id == "bank_agency.northtown.kings_doctors.actual"
    assert figure.label == "Kings, Doctors, actual"


@pytest.mark.parametrize(
    ("heading", "cell", "units", "value", "unit"),
    [
        ("Spend £000", "(1,250)", "", "-1250000", "GBP"),
        ("Spend (£)", "1,250.50", "", "1250.50", "GBP"),
        ("Spend £m", "1.25", "", "1250000", "GBP"),
        ("Occupancy %", "93.5", "", "93.5", "PCT"),
        ("Occupancy %", "93.5%", "", "93.5", "PCT"),
        ("Per cent occupied", "93.5", "", "93.5", "PCT"),
        ("Beds", "41", {"Beds": "count"}, "41", "COUNT"),
        ("Beds", "41", {"beds": "count"}, "41", "COUNT"),
        ("Spend", "41", "£000", "41000", "GBP"),
        ("Index", "0.95", "ratio", "0.95", "RATE"),
        ("Spend", "£1.2m", "", "1200000.0", "GBP"),
    ],
)
def test_a_column_says_what_it_is_in(
    paper: NotebookPaper, home: Path, heading: str, cell: str, units: str, value: str, unit: str
) -> None:
    put(home, "wards.csv", f'Ward,{heading}\nElm,"{cell}"\n')
    element = paper.read("wards.csv", units=units).iloc[0, 1]
    assert (element.value, element.unit) == (Decimal(value), unit)


def test_a_column_that_does_not_say_it_is_refused(paper: NotebookPaper, home: Path) -> None:
    put(home, "wards.csv", "Ward,Beds,Staff\nElm,41,12\n")
    said = refused(paper, "wards.csv")
    assert "column Beds" in said
    assert "column Staff" in said
    assert "units={'beds': 'count'}" in said


def test_codes_may_be_said_to_be_words(paper: NotebookPaper, home: Path) -> None:
    put(home, "wards.csv", "Code,Spend £\n929001,5\n")
    frame = paper.read("wards.csv", units={"Code": "text"})
    assert list(frame.code) == ["929001"]
    assert frame.spend[0].id == "bank_agency.northtown.929001.spend"


@pytest.mark.parametrize(
    ("text", "units", "said"),
    [
        ("Ward,Spend £000\nElm,12a\n", "", "row 2, column spend"),
        ("Ward,Spend £000,Spend £000\nElm,1,2\n", "", "each heading once"),
        ("Ward,Spend £000\nElm,1\n", {"Wrad": "count"}, "Did you mean 'Ward'?"),
        ("Ward,Beds\nElm,1\n", {"Beds": "heads"}, "a unit that is known"),
        ("NHS number,Spend £\n9990001111,1\n", "", "no column about a single person"),
        ("Ward,Spend £000\nElm,1\nOak,2\nTotal,7\n", "", "the sum of rows 2-3"),
        ("Spend to month 5 2024/25,\nWard,Spend £000\nElm,1\n", "", "M06"),
        ("12,13\n14,15\n", "", "a header row"),
    ],
)
def test_a_file_that_would_have_to_be_guessed_is_refused(
    paper: NotebookPaper, home: Path, text: str, units: str, said: str
) -> None:
    put(home, "wards.csv", text)
    assert said in refused(paper, "wards.csv", units=units)


def test_a_blank_cell_is_missing_and_no_nil(paper: NotebookPaper, home: Path) -> None:
    put(home, "wards.csv", "Ward,Spend £000\nElm,1\nOak,\nAsh,0\n")
    spend = paper.read("wards.csv").spend
    assert spend.isna().tolist() == [False, True, False]
    assert spend[2].value == 0


def test_a_total_row_is_held_to_its_rows_and_is_no_row(paper: NotebookPaper, home: Path) -> None:
    put(home, "wards.csv", "Ward,Spend £000\nElm,1\nOak,2\nTotal,3\n")
    assert list(paper.read("wards.csv").ward) == ["Elm", "Oak"]


def test_rows_that_say_the_same_have_their_line_in_their_name(
    paper: NotebookPaper, home: Path
) -> None:
    put(home, "wards.csv", "Ward,Spend £000\nElm,1\nElm,2\n")
    ids = [one.id.split(".")[2] for one in paper.read("wards.csv").spend]
    assert ids == ["elm", "elm_row_3"]


def test_a_sheet_of_a_workbook_is_read(paper: NotebookPaper, home: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ward", "Spend £000"])
    book.active.append(["Elm", 7])
    book.create_sheet("Notes").append(["Not for the paper"])
    book.save(home / month_folder(MONTH) / "theatres.xlsx")
    assert "sheet=" in refused(paper, "theatres.xlsx")
    spend = paper.read("theatres.xlsx", sheet="Sheet").spend[0]
    assert (spend.value, spend.figure.cells[0].cell.sheet) == (Decimal(7000), "Sheet")
    assert "'Sheet'" in refused(paper, "theatres.xlsx", sheet="Shet")


@pytest.mark.parametrize(
    "file", ["chc_packages.csv", "epd.csv", "epd_north.csv", "CHC_Packages.xlsx"]
)
def test_what_is_about_single_people_is_no_file_for_a_notebook(
    paper: NotebookPaper, file: str
) -> None:
    with pytest.raises(UsageFault, match="client or item level"):
        paper.read(file)


def test_a_file_stands_in_the_month_s_folder(paper: NotebookPaper) -> None:
    assert "no file of the month's folder" in refused(paper, "../M05/bank_agency.csv")
    with pytest.raises(InputFaults, match=r"wrads\.csv"):
        paper.read("wrads.csv")
