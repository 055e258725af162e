"""The sense of an indicator: known by its name, declared in the file, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import RAW, copied_home

from boardpack.errors import InputFaults
from boardpack.params import load_paper
from boardpack.periods import parse_month
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder
from boardpack.sources.key_indicators import SENSES, read_key_indicators

HEAD = "indicator,ytd_target,ytd_actual,forecast_target,forecast_actual"
RUNNING = "Not to exceed Running Cost Allowance"


def _read(project: Path, target: Path, *rows: str, head: str = f"{HEAD},sense") -> Extract:
    home = copied_home(project, target)
    (home / RAW / "key_indicators.csv").write_text("\n".join((head, *rows)) + "\n")
    return read_key_indicators(Folder(load_paper(home, parse_month("2023-24", "M06"))))


@pytest.mark.parametrize(
    ("indicator", "declared", "sense"),
    [
        *((name, "", sense) for name, sense in SENSES.items()),
        (RUNNING.upper(), "", "limit"),
        (RUNNING, "limit", "limit"),
        ("Achieve planned surplus", "reach", "reach"),
        ("Drawdown within the maximum", "limit", "limit"),
    ],
)
def test_a_sense_is_known_of_the_name_or_declared(
    indicator: str, declared: str, sense: str, project: Path, tmp_path: Path
) -> None:
    (row,) = _read(project, tmp_path, f"{indicator},1,2,3,4,{declared}")
    assert row["sense"] == sense


def test_a_file_without_the_column_reads_on_where_every_name_is_known(
    project: Path, tmp_path: Path
) -> None:
    (row,) = _read(project, tmp_path, f"{RUNNING},1,2,3,4", head=HEAD)
    assert row["sense"] == "limit"


@pytest.mark.parametrize("head", [HEAD, f"{HEAD},sense"])
def test_indicators_of_no_known_sense_are_refused_each_by_its_row(
    head: str, project: Path, tmp_path: Path
) -> None:
    end = "," if head != HEAD else ""
    rows = [f"{name},1,2,3,4{end}" for name in (RUNNING, "Achieve planned surplus", "QIPP")]
    with pytest.raises(InputFaults) as told:
        _read(project, tmp_path, *rows, head=head)
    found = [(f.row, f.column, f.value) for f in told.value.faults]
    assert found == [(3, "sense", "Achieve planned surplus"), (4, "sense", "QIPP")]
    assert "limit (to be kept within) or reach (at least)" in str(told.value)
    assert "Add a column sense" in str(told.value)


def test_a_sense_against_a_known_name_is_refused(project: Path, tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match=r"row 2, column sense.*'reach'.*expected limit"):
        _read(project, tmp_path, f"{RUNNING},1,2,3,4,reach")


def test_a_word_that_is_no_sense_is_refused(project: Path, tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="a known sense"):
        _read(project, tmp_path, "QIPP,1,2,3,4,at least")
