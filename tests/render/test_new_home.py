"""A home to start from: what is written, that it can be read, and that nothing is ever lost."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from boardpack.cli import app, main
from boardpack.core.errors import UsageFault
from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.periods import Month, parse_month
from boardpack.core.report import ReportFile
from boardpack.core.run import Cover, Run
from boardpack.reading.named_extracts import name_faults
from boardpack.render.home_files import MORE, NEEDED, REFERENCE_MORE, REFERENCE_NEEDED
from boardpack.render.new_home import HEADINGS, begin_home, ended_last
from boardpack_demo.make import make_demo

JUNE = parse_month("2025-26", "M03")
RAW = Path("data/raw/2025-26/M03")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    begin_home(tmp_path / "home", JUNE)
    return tmp_path / "home"


def told(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def as_user(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str]:
    """The exit code of a command and all that it says, as on a terminal."""
    monkeypatch.setattr("sys.argv", ["boardpack", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


def test_a_new_team_is_told_what_is_missing_and_never_of_a_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "home")
    month, place = ("2025-26", "M03"), ("--home", home)
    (tmp_path / "home").mkdir()
    code, said = as_user(monkeypatch, capsys, "check", *month, *place)
    assert (code, f"boardpack init {home} 2025-26 M03" in said) == (3, True)
    assert as_user(monkeypatch, capsys, "init", home, *month)[0] == 0
    code, said = as_user(monkeypatch, capsys, "status", *month, *place)
    assert code == 0
    assert "ledger.csv, row 1: expected records below the header. It holds a heading only" in said
    code, said = as_user(monkeypatch, capsys, "check", *month, *place)
    assert code == 3
    headless = [line for line in said.splitlines() if ", row 1" in line]
    faulty = {Path(line.split(", row 1")[0]).name for line in headless}
    fillable = {*NEEDED, "cost_centres.csv"} - {"actions.csv", "risks.csv"}
    assert faulty == fillable
    code, said = as_user(monkeypatch, capsys, "check", "2025-26", "M04", *place)
    assert code == 3
    assert f"Begin it: boardpack new-month 2025-26 M04 --home {home}" in said
    assert as_user(monkeypatch, capsys, "new-month", "2025-26", "M04", *place)[0] == 0


def test_a_home_that_is_filled_in_is_a_paper_that_holds(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", months=1)
    home = tmp_path / "home"
    (home / "params").mkdir(parents=True)
    shutil.copy(tmp_path / "demo/params/report.yml", home / "params")
    first = parse_month("2024-25", "M01")
    begin_home(home, first)
    assert load_paper(home, first).report == load_paper(tmp_path / "demo", first).report
    for folder in ("data/raw", "data/reference"):
        shutil.copytree(tmp_path / "demo" / folder, home / folder, dirs_exist_ok=True)
    done = told("check", "2024-25", "M01", "--home", str(home))
    assert done.exit_code == 0, done.output


def test_nothing_that_stands_is_overwritten(home: Path) -> None:
    for file in (path for path in home.rglob("*") if path.is_file() and path.suffix == ".csv"):
        file.write_text("ours\n")
    (home / RAW / "ledger.csv").rename(home / RAW / "ledger.xlsx")
    (home / RAW / "risks.csv").unlink()
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    assert begin_home(home, JUNE).files == (f"{RAW.as_posix()}/risks.csv",)
    assert {p: p.read_bytes() for p in before} == before
    assert "Nothing was changed" in begin_home(home, JUNE).text()


def test_a_place_that_is_added_gets_its_folder(home: Path) -> None:
    report = home / "params/report.yml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("places:  ", "places:\n  easttown: Easttown  "), "utf-8")
    assert begin_home(home, JUNE).files == ("params/2025-26/M03/easttown/commentary/",)


def test_every_parameter_is_there_or_explained(home: Path) -> None:
    report = (home / "params/report.yml").read_text(encoding="utf-8")
    run = (home / "params/2025-26/M03.yml").read_text(encoding="utf-8")
    unsaid = {"illustrative", "item_engine"}  # a real body leaves both as they are
    assert [n for n in ReportFile.model_fields if f"{n}:" not in report and n not in unsaid] == []
    asked = {*Run.model_fields, *Cover.model_fields} - {"to_confirm"}  # it stands in remarks
    assert [n for n in asked if f"{n}:" not in run] == []
    assert report.count("change me") > 5
    assert list(name_faults(load_paper(home, JUNE))) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_comes_late_is_declared_and_not_asked_for(tmp_path: Path, number: int) -> None:
    month = Month(2025, number)
    begin_home(tmp_path / "home", month)
    late = "prescribing_summary.csv" in load_paper(tmp_path / "home", month).run.not_supplied
    asked = (tmp_path / "home/data/raw/2025-26" / month.code / "prescribing_summary.csv").exists()
    assert (late, asked) == (number < 3, number == 3)


def test_headings_are_told_with_what_they_are_for(home: Path) -> None:
    folders = {RAW: NEEDED, Path("data/reference"): REFERENCE_NEEDED}
    told = (home / "README.md").read_text(encoding="utf-8")
    for folder, files in (*folders.items(), (HEADINGS, {**MORE, **REFERENCE_MORE})):
        assert {path.name for path in (home / folder).iterdir()} == set(files)
        for name in files:
            with (home / folder / name).open(encoding="utf-8", newline="") as lines:
                (heading,) = csv.reader(lines)
            assert len(heading) == len(set(heading)) > 2
            assert f"| `{name}` |" in told


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (dt.date(2025, 4, 1), Month(2024, 12)),
        (dt.date(2025, 5, 31), Month(2025, 1)),
        (dt.date(2026, 1, 2), Month(2025, 9)),
    ],
)
def test_the_month_that_ended_last_is_the_one_to_begin_with(day: dt.date, month: Month) -> None:
    assert ended_last(day) == month


def test_the_project_and_a_file_are_no_home_to_begin(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for wrong in (CHECKOUT, tmp_path / "file"):
        with pytest.raises(UsageFault, match="Name a new folder"):
            begin_home(wrong, JUNE)


def test_a_year_needs_its_month(tmp_path: Path) -> None:
    assert isinstance(told("init", str(tmp_path / "home"), "2025-26").exception, UsageFault)
