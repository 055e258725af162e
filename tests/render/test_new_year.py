"""A year begun after one that is over: what is kept, what is named, and no fault of the program."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading.folder import Folder
from boardpack.reading.yearly import YEARLY
from boardpack.render.inputs import check_inputs
from boardpack.render.new_month import begin_month
from boardpack.subjects.forecast.outturn_history_extract import read_outturn_history
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

APRIL = Month(START + 1, 1)
YEAR, OVER = APRIL.year, Month(START, 12).year


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_demo(tmp_path / "demo", months=12)
    return tmp_path / "demo"


def _history(home: Path) -> list[dict[str, str]]:
    with (home / "data/reference/outturn_history.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_month_1_looks_back_on_how_last_year_ended(home: Path) -> None:
    begin_month(home, APRIL)
    paper = load_paper(home, APRIL)
    assert paper.run.compare_with == [f"{Month(START, 12).year_folder} M12"]
    assert paper.compared == (Month(START, 12),)
    begin_month(home, Month(START + 1, 2))
    assert load_paper(home, Month(START + 1, 2)).compared == (APRIL, Month(START, 12))


def test_last_year_s_end_is_added_to_the_history_and_nothing_is_changed(home: Path) -> None:
    file = home / "data/reference/outturn_history.csv"
    before = file.read_bytes()
    begun = begin_month(home, APRIL)
    assert file.read_bytes().startswith(before)
    added = [row for row in _history(home) if row["financial_year"] == OVER]
    assert added
    assert {row["month"] for row in added} == {"M12"}
    assert all(row["forecast_outturn"] == row["ytd_actual"] for row in added)
    assert any("as the extracts say it, for it was not released" in line for line in begun.anew)
    assert read_outturn_history(Folder(load_paper(home, APRIL)))  # its contract holds


def test_a_year_that_is_in_the_history_is_not_added_again(home: Path) -> None:
    begin_month(home, APRIL)
    written = _history(home)
    (home / f"params/{APRIL.year_folder}/M01.yml").unlink()
    begun = begin_month(home, APRIL)
    assert _history(home) == written
    assert any(f"has {OVER} already" in line for line in begun.anew)


def test_every_file_and_parameter_of_a_year_is_named_with_the_row_to_add(home: Path) -> None:
    told = "\n".join(begin_month(home, APRIL).anew)
    for one in YEARLY:
        assert f"data/reference/{one.file}" in told
        assert one.is_past or f"{YEAR}," in told
    for name in (
        "mhis_uplift,2025-04-01,2026-03-31",
        "savings_delivery_percent",
        "cost_centres.csv",
    ):
        assert name in told


def test_what_the_year_lacks_is_told_at_once_with_the_rows(home: Path) -> None:
    begin_month(home, APRIL)
    raw = home / "data/raw"
    for file in (raw / Month(START, 1).year_folder / "M01").iterdir():
        (raw / APRIL.year_folder / "M01" / file.name).write_bytes(file.read_bytes())
    with pytest.raises(InputFaults) as told:
        check_inputs(load_paper(home, APRIL))
    said = str(told.value)
    for one in YEARLY:
        assert one.is_past or f"data/reference/{one.file}" in said
    assert f"{YEAR},alderwick,<annual_requirement>" in said
    assert "mhis_uplift,2025-04-01,2026-03-31,<value>" in said


def test_a_month_within_the_year_says_nothing_of_a_new_year(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", months=2)
    begun = begin_month(tmp_path / "demo", Month(START, 3))
    assert begun.anew == ()
    assert "A new year begins" not in begun.text()
