"""Files and layouts: what is too large, open elsewhere, of another month, or declared wrongly."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW, copied_home
from messes import ACUTE, HEAD, LEDGER, TWO, book, lines, sheet_rows, table

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading import files, workbooks
from boardpack.reading.contract import Column, Contract, read_extract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.reading.headers import plain_heading, unit_mark
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.received_file import read_received
from boardpack.reading.schedule_reading import read_schedule
from boardpack.reading.title_periods import periods_said
from boardpack.schedules.load import own_schedule

FOLDER = Path("raw")
MONTH, POSITION = Month(2023, 6), own_schedule("position")
PLACES = {"bromley": "Bromley", "southwark": "Southwark"}
PERIOD = Contract(
    "balance.csv",
    (Column("account", "word"), Column("period", "word"), Column("ytd", "pounds", step="0")),
    period="period",
)


def _read(
    home: Path,
    content: bytes,
    name: str = "ledger.csv",
    contract: Contract = LEDGER,
    occasion: Occasion | None = None,
    layout: str = "",
) -> Extract:
    (home / FOLDER).mkdir(exist_ok=True)
    (home / "params").mkdir(exist_ok=True)
    (home / FOLDER / name).write_bytes(content)
    if layout:
        (home / "params/layouts.yml").write_text(layout, encoding="utf-8")
    return read_extract(home, FOLDER, contract, (), occasion)


def test_a_file_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LIMIT", 50)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(InputFaults, match=r"ledger.csv: expected a file of at most .* MB. Export"):
        _read(tmp_path, table(*TWO))


def test_a_workbook_that_unpacks_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "UNPACKED_LIMIT", 2000)
    with pytest.raises(InputFaults, match="when unpacked"):
        _read(tmp_path, book(*sheet_rows()), "ledger.xlsx")


def test_a_heading_alone_is_nothing_to_tell_only_where_a_month_may_have_nothing(
    tmp_path: Path,
) -> None:
    columns = (Column("line", "word"), Column("value", "any_amount"))
    contract = Contract("stated.csv", columns, may_be_empty=True)
    extract = _read(tmp_path, lines(("line", "value")), "stated.csv", contract)
    assert extract.rows == ()
    assert "there are none" in str(extract.notes[0])
    with pytest.raises(InputFaults, match="It holds a heading only: export it again"):
        _read(tmp_path, lines(("line", "value")), "stated.csv", Contract("stated.csv", columns))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("ledger.csv", "a,b")
    with pytest.raises(InputFaults, match="the file is a zip file"):
        _read(tmp_path, content.getvalue(), "ledger.xlsx")


def test_a_file_open_elsewhere_gets_a_plain_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(path: Path) -> bytes:
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(InputFaults, match="Close it in the other program"):
        _read(tmp_path, table(*TWO))


def test_cells_of_a_workbook_keep_their_sheet_line_and_column(tmp_path: Path) -> None:
    extract = _read(tmp_path, book(("Ledger",), (), *sheet_rows()), "ledger.xlsx")
    cell = extract.rows[0].amounts["ytd_budget"].cell
    assert (cell.file, cell.sheet, cell.row) == ("raw/ledger.xlsx", "Ledger", 4)
    assert (cell.column, cell.text) == ("ytd_budget", "1234.5")
    found = read_received(tmp_path, FOLDER / "ledger.xlsx", ["ytd_budget"], "Ledger")
    assert found.text(4, "ytd_budget") == "1234.5"
    assert found.text(4, "elsewhere") is None
    assert found.text(99, "ytd_budget") is None


def test_control_totals_keep_their_amounts(tmp_path: Path) -> None:
    rows = (*TWO, ("929003", "Acute", "", "1", "1"), ("Acute Total", "", "", "1,235.50", ""))
    (total,) = _read(tmp_path, table(*rows), contract=Contract("ledger.csv", LEDGER.columns)).totals
    assert total.amounts["ytd_budget"].amount == Decimal("1235.50")
    assert (total.line, total["cost_centre"]) == (5, "Acute Total")


def test_a_layout_is_checked_like_other_parameters(tmp_path: Path) -> None:
    for said, told in (
        ("extracts: {ledger: {heddings: {}}}", "Did you mean 'headings'"),
        ("extracts: {ledger: {dates: either}}", "extracts.ledger.dates"),
        ("extracts: {ledger: {headings: {cost_center: [x]}}}", "Did you mean 'cost_centre'"),
        ("extracts: {ledger: {reversed: [actual]}}", "a column of ledger.csv"),
        (
            "extracts: {ledger: {headings: {ytd_budget: [Sum], ytd_actual: [Sum]}}}",
            "a heading of one column",
        ),
    ):
        with pytest.raises(InputFaults) as caught:
            _read(tmp_path, table(*TWO), layout=said)
        assert told in str(caught.value), said
        assert "params/layouts.yml" in str(caught.value)


def test_a_sheet_that_is_not_there_names_the_near_one(tmp_path: Path) -> None:
    layout = "extracts: {ledger: {sheet: Ledgre}}"
    with pytest.raises(InputFaults, match="Did you mean 'Ledger'"):
        _read(tmp_path, book(*sheet_rows()), "ledger.xlsx", layout=layout)


@pytest.mark.parametrize("said", ["M06", "Sep-23", "202309", "September 2023", "Month 6"])
def test_a_period_column_says_the_month(said: str, tmp_path: Path) -> None:
    here = Occasion(MONTH, "bromley", PLACES)
    head = ("account", "period", "ytd")
    assert _read(tmp_path, lines(head, ("a", said, "1")), "balance.csv", PERIOD, here).rows
    wrong = lines(head, ("a", said, "1"), ("b", "Aug-23", "1"), ("c", "Aug-23", "1"))
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, wrong, "balance.csv", PERIOD, here)
    (fault,) = caught.value.faults
    assert (fault.row, fault.column, fault.value) == (3, "period", "Aug-23")


def test_data_in_arrears_may_name_an_earlier_month_where_declared(tmp_path: Path) -> None:
    content = lines(("Month 4",), HEAD, ACUTE)
    here = Occasion(MONTH, "bromley", PLACES)
    with pytest.raises(InputFaults, match="July 2023"):
        _read(tmp_path, content, occasion=here)
    assert _read(
        tmp_path, content, occasion=here, layout="extracts: {ledger: {months_in_arrears: 2}}"
    ).rows


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Month 5", {5}),
        ("M05 position", {5}),
        ("Aug-23", {5}),
        ("as at August 2023", {5}),
        ("April 2023 to Month 6", {6}),
        ("run 12 October 2023", set()),
        ("12th October 2023 13:00", set()),
        ("May the figures stand", set()),
        ("Form M25, Marshall 2023", set()),
        ("Room 12 of 14", set()),
    ],
)
def test_only_a_clear_word_names_a_month(title: str, months: set[int]) -> None:
    assert {month.number for said in periods_said([title], MONTH) for month in said} == months


def test_a_month_of_another_year_is_another_month() -> None:
    assert periods_said(["Month 6 2022/23"], MONTH) == [(Month(2022, 6),)]
    assert periods_said(["Feb-24"], MONTH) == [(Month(2023, 11),)]


def test_a_place_in_the_rows_settles_what_a_title_says(tmp_path: Path) -> None:
    columns = (Column("place", "word"), Column("ytd", "pounds", step="0"))
    contract = Contract("ledger.csv", columns)
    here = Occasion(MONTH, "bromley", PLACES)
    titled = lines(("Ledger of Southwark",), ("place", "ytd"), ("southwark", "1"))
    assert _read(tmp_path, titled, contract=contract, occasion=here).rows
    with pytest.raises(InputFaults, match="a file of Bromley; the title says Southwark"):
        _read(tmp_path, titled.replace(b"southwark", b"bromley"), contract=contract, occasion=here)


@pytest.mark.parametrize(
    ("text", "plain", "unit"),
    [
        ("YTD Budget £000", "ytdbudget", 1000),
        ("YTD_Budget (£'000s)", "ytdbudget", 1000),
        ("Year-to-date\nbudget", "ytdbudget", None),
        ("Budget £m", "budget", 1_000_000),
        ("Budget (£)", "budget", 1),
        ("Packs of 1000", "packsof1000", None),
    ],
)
def test_headings_and_their_units(text: str, plain: str, unit: int | None) -> None:
    assert plain_heading(text) == plain
    assert unit_mark(text) == (None if unit is None else Decimal(unit))


def test_a_near_heading_of_an_optional_column_is_not_passed_over(tmp_path: Path) -> None:
    columns = (*LEDGER.columns, Column("ytd_variance", "pounds", step="0", optional=True))
    contract = Contract("ledger.csv", columns)
    content = lines((*HEAD, "ytd_varience"), (*ACUTE, "5"))
    with pytest.raises(InputFaults, match="expected the column 'ytd_variance'"):
        _read(tmp_path, content, contract=contract)


def test_a_schedule_of_the_month_may_come_as_a_workbook(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    as_csv = {row["directorate"]: row for row in read_schedule(_folder(PROJECT), POSITION)}
    with (home / RAW / "position.csv").open(encoding="utf-8", newline="") as text:
        content = book(*csv.reader(text))
    (home / RAW / "position.csv").unlink()
    (home / RAW / "position.xlsx").write_bytes(content)
    folder = _folder(home)
    extract = read_schedule(folder, POSITION)
    assert folder.hashes == {(RAW / "position.xlsx").as_posix(): extract.sha256}
    for row in extract:
        printed = as_csv[row["directorate"]].amounts
        amounts = {name: value.amount for name, value in row.amounts.items()}
        assert amounts == {name: value.amount for name, value in printed.items()}
    (home / RAW / "POSITION.csv").write_bytes(b"x")
    with pytest.raises(InputFaults, match=r"POSITION.csv: .* came as position.xlsx too"):
        read_schedule(_folder(home), POSITION)


def _folder(home: Path) -> Folder:
    return Folder(load_paper(home, MONTH, "bromley"))
