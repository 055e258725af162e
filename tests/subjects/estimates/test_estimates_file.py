"""The team's estimates: refused unless each lies in its range and has a reference of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, RAW, copied_home
from ledger_home import folder_of, write_extract

from boardpack.core.errors import InputFaults
from boardpack.subjects.estimates.extract import is_settled, last_estimates, read_estimates

HEADER = "ref,place,directorate,what,method,amount,low,high,months,expected,actual"
ROW = "{ref},bromley,Prescribing,What,How,{amount},{low},{high},April,{expected},{actual}"
GOOD = {"ref": "E1", "amount": "100.00", "low": "", "high": "", "expected": "", "actual": ""}


def _home(target: Path, *rows: dict[str, str], month: str = "M06") -> Path:
    home = target if target.exists() else copied_home(PROJECT, target)
    lines = [ROW.format(**{**GOOD, **row}) for row in rows]
    write_extract(home / RAW.with_name(month), "estimates.csv", HEADER, lines)
    return home


def test_a_month_need_not_have_the_file(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    assert not read_estimates(folder_of(home)).rows
    assert last_estimates(folder_of(home)) is None


def test_an_actual_settles_an_estimate(tmp_path: Path) -> None:
    home = _home(tmp_path / "home", {"ref": "E1"}, {"ref": "E2", "actual": "(5.00)"})
    assert [is_settled(row) for row in read_estimates(folder_of(home))] == [False, True]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"low": "90.00"}, "high"),
        ({"high": "110.00"}, "low"),
        ({"low": "100.01", "high": "110.00"}, "low"),
        ({"low": "90.00", "high": "99.99"}, "high"),
        ({"ref": "--"}, "ref"),
        ({"amount": ""}, "amount"),
        ({"expected": "soon"}, "expected"),
    ],
)
def test_an_estimate_must_make_sense(tmp_path: Path, row: dict[str, str], column: str) -> None:
    with pytest.raises(InputFaults) as caught:
        read_estimates(folder_of(_home(tmp_path / "home", row)))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(2, column)]


def test_a_reference_stands_once(tmp_path: Path) -> None:
    with pytest.raises(InputFaults):
        read_estimates(folder_of(_home(tmp_path / "home", {}, {})))


def test_last_month_s_file_is_found_and_its_hash_kept(tmp_path: Path) -> None:
    folder = folder_of(_home(tmp_path / "home", {"ref": "E9"}, month="M05"))
    last = last_estimates(folder)
    assert last is not None
    assert [row["ref"] for row in last] == ["E9"]
    assert folder.hashes[last.file] == last.sha256


def test_no_estimate_comes_over_the_turn_of_the_year(tmp_path: Path) -> None:
    home = _home(tmp_path / "home", {}, month="M05")
    folder = folder_of(home)
    first = folder.paper.model_copy(update={"month": folder.paper.month.earlier(5)})
    assert first.month.code == "M01"
    folder.paper = first
    assert last_estimates(folder) is None
