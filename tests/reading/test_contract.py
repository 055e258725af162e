"""Contracts: every fault of an extract is told at once, with its cell and a remedy."""

from __future__ import annotations

from collections import OrderedDict
from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults
from boardpack.reading.contract import Column, Contract, read_extract
from boardpack.reading.corrections import Correction, read_corrections
from boardpack.reading.extract import Extract

CONTRACT = Contract(
    "lines.csv",
    (
        Column("line", "word", words=("Acute Services", "Prescribing", "Total")),
        Column("ytd_budget", "thousands"),
        Column("share", "percent", empty=True),
    ),
    ("line",),
)
FOLDER = Path("raw")


def _read(home: Path, text: str, *corrections: Correction) -> Extract:
    (home / FOLDER).mkdir(exist_ok=True)
    (home / FOLDER / "lines.csv").write_text(text, encoding="utf-8")
    return read_extract(home, FOLDER, CONTRACT, corrections)


def _told(home: Path, text: str) -> list[str]:
    with pytest.raises(InputFaults) as caught:
        _read(home, text)
    return [str(fault) for fault in caught.value.faults]


def test_amounts_are_read_into_pounds_with_their_cell(tmp_path: Path) -> None:
    extract = _read(tmp_path, 'line,ytd_budget,share\nPrescribing,"(2,213)",9.5%\nTotal,-,\n')
    value = extract.rows[0].amounts["ytd_budget"]
    assert value.amount == -2213000
    assert (value.unit, value.step) == ("GBP", 1000)
    assert (value.cell.row, value.cell.column, value.cell.text) == (2, "ytd_budget", "(2,213)")
    assert extract.rows[0].amounts["share"].amount == Decimal("9.5")
    assert "share" not in extract.rows[1].amounts
    assert extract.rows[1].amounts["ytd_budget"].amount == 0


def test_all_faults_of_the_file_are_told_at_once(tmp_path: Path) -> None:
    told = _told(
        tmp_path,
        "line,ytd_budget,share\nAcute Service,12,\nPrescribing,12a,9\nTotal,1,2%\nTotal,1,\n",
    )
    assert any(
        "row 2, column line: found 'Acute Service'" in t and "Did you mean" in t for t in told
    )
    assert any("row 3, column ytd_budget: found '12a'" in t for t in told)
    assert any("row 3, column share: found '9'" in t for t in told)
    (twice,) = [t for t in told if "each row once" in t]
    assert "row 5, column line" in twice
    assert "row 4 has the same" in twice


def test_a_missing_column_names_the_near_one(tmp_path: Path) -> None:
    told = _told(tmp_path, "line,ytd_bugdet,share\nTotal,1,\n")
    (one,) = [t for t in told if "ytd_bu" in t]
    assert "row 1, column ytd_bugdet: expected the column 'ytd_budget'. Correct the head" in one


def test_a_ragged_row_is_refused(tmp_path: Path) -> None:
    assert "row 2: found '4 cells'" in _told(tmp_path, "line,ytd_budget,share\nTotal,1,2%,3\n")[0]


def test_an_empty_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "header row" in _told(tmp_path, "")[0]
    with pytest.raises(InputFaults, match="this extract"):
        read_extract(tmp_path, Path("elsewhere"), CONTRACT)


def test_a_contract_names_columns_and_its_kind() -> None:
    exact = Contract("ledger.csv", (Column("ytd", "pounds", step="0"),))
    assert exact.is_unit_level
    assert exact.allows_extra
    assert not CONTRACT.is_unit_level
    assert not CONTRACT.allows_extra
    assert CONTRACT.names == ["line", "ytd_budget", "share"]


def test_a_correction_is_used_and_the_print_is_kept(tmp_path: Path) -> None:
    fix = Correction("lines.csv", 2, "ytd_budget", "-", "4,417", "1 + 1")
    value = _read(tmp_path, "line,ytd_budget,share\nTotal,-,\n", fix).rows[0].amounts["ytd_budget"]
    assert (value.amount, value.printed, value.correction) == (4417000, 0, fix)


def test_a_correction_finds_its_cell_in_a_messy_file(tmp_path: Path) -> None:
    text = "Position, Month 6\n\nShare;YTD Budget;Line\n2%;(5);Total\n".replace(",", " ")
    _read(tmp_path, text)
    (tmp_path / FOLDER / "corrections.csv").write_text(
        "file,row,column,printed,used,why\nlines.csv,4,ytd_budget,(5),6,because\n",
        encoding="utf-8",
    )
    corrections = read_corrections(tmp_path, FOLDER)
    value = _read(tmp_path, text, *corrections).rows[0].amounts["ytd_budget"]
    assert (value.amount, value.printed) == (6000, -5000)


def test_a_correction_with_a_cell_too_many_is_refused(tmp_path: Path) -> None:
    _read(tmp_path, "line,ytd_budget,share\nTotal,12,\n")
    (tmp_path / FOLDER / "corrections.csv").write_text(
        "file,row,column,printed,used,why\nlines.csv,2,ytd_budget,12,14,because, so\n",
        encoding="utf-8",
    )
    with pytest.raises(InputFaults, match="row 2: expected six cells"):
        read_corrections(tmp_path, FOLDER)


def test_a_correction_must_match_the_cell_it_was_made_for(tmp_path: Path) -> None:
    _read(tmp_path, "line,ytd_budget,share\nTotal,12,\n")
    (tmp_path / FOLDER / "corrections.csv").write_text(
        "file,row,column,printed,used,why\n"
        "lines.csv,2,ytd_budget,13,14,because\n"
        "lines.csv,2,ytd_budget,12,fourteen,because\n"
        "lines.csv,2,ytd_budget,12,14,\n",
        encoding="utf-8",
    )
    with pytest.raises(InputFaults) as caught:
        read_corrections(tmp_path, FOLDER)
    assert [fault.row for fault in caught.value.faults] == [2, 3, 4]


def test_what_was_read_is_found_again_from_within_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept.csv").write_text("name,amount\na,1\n", encoding="utf-8")
    contract = Contract("kept.csv", (Column("name", "word"), Column("amount", "pounds")))
    first = read_extract(tmp_path, Path(), contract)
    monkeypatch.chdir(tmp_path)
    assert read_extract(Path(), Path(), contract) is first
    (tmp_path / "kept.csv").write_text("name,amount\na,2\n", encoding="utf-8")
    (row,) = read_extract(Path(), Path(), contract)
    assert row.amounts["amount"].amount == 2


def test_the_extract_that_is_longest_unused_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boardpack.reading.contract._READ", OrderedDict())
    monkeypatch.setattr("boardpack.reading.contract.KEPT", 2)

    def read(amount: int) -> Extract:
        return _read(tmp_path, f"line,ytd_budget,share\nPrescribing,{amount},10%\n")

    first, second = read(1), read(2)
    assert read(1) is first
    read(3)
    assert read(1) is first
    assert read(2) is not second
