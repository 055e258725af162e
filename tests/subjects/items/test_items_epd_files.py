"""Items in several files, in Parquet, and in forms that an engine cannot read as they stand."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading.folder import Folder
from boardpack.subjects.items import job as item_job
from boardpack.subjects.items.epd_extract import Epd, read_epd
from boardpack.subjects.items.epd_files import has_epd

HEADER = (
    "YEAR_MONTH PCO_CODE PRACTICE_CODE PRACTICE_NAME BNF_CODE BNF_DESCRIPTION QUANTITY ITEMS "
    "TOTAL_QUANTITY NIC ACTUAL_COST"
).split()
PRACTICES = (
    "practice_code,practice_name,postcode,place,from,to,pcn\n"
    "X1,A Surgery,,Bromley,,,North\nX2,B Surgery,,Lambeth,,,South\n"
)
TASKS = Path("/proc/self/task")
JUNE, JULY = Month(2023, 3), Month(2023, 4)


def _row(month: str, practice: str = "X1", cost: str = "1.5", code: str = "0407010H0AAAMAM") -> str:
    return f"{month},72Q00,{practice},SURGERY {practice},{code},Tablets,28,2,56,1.72,{cost}"


def _text(*rows: str) -> str:
    return "\n".join((",".join(HEADER), *rows)) + "\n"


def _read(home: Path, files: dict[str, str | bytes]) -> Epd:
    return read_epd(item_folder(home, files, {"practices.csv": PRACTICES}))


def _parquet(text: str) -> bytes:
    """The rows of a CSV text as Parquet, with numbers as numbers."""
    rows = list(csv.DictReader(io.StringIO(text)))
    kinds = {"QUANTITY": "DOUBLE", "ITEMS": "INTEGER", "NIC": "DOUBLE", "YEAR_MONTH": "INTEGER"}
    columns = [f"unnest(?::{kinds.get(name, 'VARCHAR')}[]) AS {name}" for name in HEADER]
    lists = [[row[name] for row in rows] for name in HEADER]
    target = Path(os.environ["PYTEST_PARQUET"])
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {', '.join(columns)}", lists)
        connection.execute(f"COPY t TO '{target}' (FORMAT parquet)")
    return target.read_bytes()


@pytest.fixture(autouse=True)
def _target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_PARQUET", str(tmp_path / "made.parquet"))


def test_months_side_by_side_are_one(tmp_path: Path) -> None:
    june, july = _text(_row("202306")), _text(_row("202307", cost="2.25"), _row("202307", "X2"))
    epd = _read(tmp_path, {"epd_202306.csv": june, "epd_202307.parquet": _parquet(july)})
    assert epd.months == (JUNE, JULY)
    assert epd.file_of(JUNE).endswith("epd_202306.csv")
    assert epd.file == epd.file_of(JULY) == "data/raw/2023-24/M06/epd_202307.parquet"
    by_pcn = epd.sums(("month", "pcn", "chapter"))
    assert {key: str(sums.actual_cost) for key, sums in by_pcn.items()} == {
        (JUNE, "North", "04"): "1.5",
        (JULY, "North", "04"): "2.25",
        (JULY, "South", "04"): "1.5",
    }
    assert epd.notes == ()


def test_every_file_is_hashed_for_lineage(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "epd_a.csv": _text(_row("202306")),
        "epd_b.csv": _text(_row("202307")),
    }
    folder = item_folder(tmp_path, files, {"practices.csv": PRACTICES})
    assert has_epd(folder)
    epd = read_epd(folder)
    hashes = {one.name: one.sha256 for one in epd.files}
    assert len(set(hashes.values())) == 2
    assert hashes.items() <= folder.hashes.items()


def test_items_are_added_up_once_and_found_again_from_within_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = item_folder(tmp_path, {"epd.csv": _text(_row("202307"))}, {"practices.csv": PRACTICES})
    monkeypatch.setattr("boardpack.subjects.items.job.run", Mock(wraps=item_job.run))
    epd = read_epd(folder)
    monkeypatch.chdir(tmp_path)
    within = Folder(folder.paper.model_copy(update={"home": Path()}), corrections=())
    assert read_epd(within).folder == epd.folder
    assert item_job.run.call_count == 1


def test_a_month_in_two_files_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "epd_a.csv": _text(_row("202307")),
        "epd_b.csv": _text(_row("2023-07", "X2")),
    }
    with pytest.raises(InputFaults, match=r"July 2023 stands in epd_a\.csv too"):
        _read(tmp_path, files)


def test_parquet_is_read_as_its_text(tmp_path: Path) -> None:
    text = _text(_row("202307"), _row("202307", "X2"), _row("202307"))
    as_text = _read(tmp_path / "a", {"epd.csv": text})
    as_parquet = _read(tmp_path / "b", {"epd.parquet": _parquet(text)})
    keys = ("month", "place", "practice", "bnf_code", "snomed_code")
    assert as_parquet.sums(keys) == as_text.sums(keys)


def test_a_fault_of_parquet_is_told_with_its_row(tmp_path: Path) -> None:
    text = _text(_row("202307"), _row("202307", cost="1E+05"))
    with pytest.raises(InputFaults, match=r"row 3, column ACTUAL_COST: found '1E\+05'"):
        _read(tmp_path, {"epd.parquet": _parquet(text)})


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "A title\n\n" + text,
        lambda text: "".join(f"{line},,\n" for line in text.splitlines()),
        lambda text: text.replace("\n", "\r\n", 1),
        lambda text: text + "," * 10 + "\n\n",
        lambda text: text.replace("SURGERY X1", '"SURGERY\nX1"'),
        lambda text: text.replace(",28,", ", 28\t,"),
        lambda text: text.replace("Tablets", '"Tablets" 500'),
    ],
)
def test_odd_forms_are_mended_and_come_to_the_same(tmp_path: Path, change: object) -> None:
    text = _text(_row("202307"), _row("202307", "X2", "3.125"))
    assert callable(change)
    plain, odd = (
        _read(tmp_path / "a", {"epd.csv": text}),
        _read(tmp_path / "b", {"epd.csv": change(text)}),
    )
    keys = ("month", "place", "practice", "bnf_code")
    assert odd.sums(keys) == plain.sums(keys)
    assert odd.total == plain.total


@pytest.mark.parametrize("cost", ["123456789012.5", "1.12345678"])
def test_digits_that_would_be_rounded_are_refused(tmp_path: Path, cost: str) -> None:
    with pytest.raises(InputFaults, match="at most 11 digits before the point and 7 after it"):
        _read(tmp_path, {"epd.csv": _text(_row("202307", cost=cost))})


def test_codes_and_months_choose_rows(tmp_path: Path) -> None:
    other = "0501010A0AAAAAA"
    rows = [_row("202306"), _row("202307", code=other, cost="7"), _row("202307", "X2")]
    epd = _read(tmp_path, {"epd.csv": _text(*rows)})
    assert epd.sums(("month",), codes=[(other, "")])[(JULY,)].actual_cost == 7
    assert set(epd.sums(("chapter",), months=[JUNE])) == {("04",)}
    assert epd.sums((), codes=[]) == {}
    assert epd.sums(("place",), months=[]) == {}


def test_no_thread_of_an_engine_is_left_in_this_process(tmp_path: Path) -> None:
    before = len(list(TASKS.iterdir()))
    epd = _read(tmp_path, {"epd.csv": _text(_row("202307"))})
    assert len(list(TASKS.iterdir())) <= before
    epd.sums(("place",))
    assert len(list(TASKS.iterdir())) <= before
