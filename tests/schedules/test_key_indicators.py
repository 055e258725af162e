"""The sense of an indicator: known by its name, declared in the file, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import RAW, copied_home

from boardpack.checks.printed import check_printed
from boardpack.checks.sums import Structure
from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule

HEAD = "indicator,ytd_target,ytd_actual,forecast_target,forecast_actual"
DUTIES = own_schedule("key_indicators")
RUNNING = "Not to exceed Running Cost Allowance"


def _read(project: Path, target: Path, *rows: str, head: str = f"{HEAD},sense") -> Extract:
    home = copied_home(project, target)
    (home / RAW / "key_indicators.csv").write_text("\n".join((head, *rows)) + "\n")
    folder = Folder(load_paper(home, parse_month("2023-24", "M06")))
    return read_schedule(folder, DUTIES)


@pytest.mark.parametrize(
    ("indicator", "declared", "sense"),
    [
        *((name, "", sense) for sense, names in DUTIES.senses.items() for name in names),
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


DASHBOARD = (
    "indicator,ytd_target,ytd_actual,ytd_variance,forecast_target,forecast_actual,sense",
    'Achieve planned surplus,"1,750",140,"-1,609","2,400","-3,310",reach',
    f'{RUNNING},"3,310","2,905",405,"4,400","3,820",limit',
    'Drawdown within the maximum,,,,"240,100","240,100",limit',
)


def test_a_dashboard_may_print_what_is_to_spare_and_is_held_to_it(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    (home / RAW / "key_indicators.csv").write_text("\n".join(DASHBOARD) + "\n")
    paper = load_paper(home, parse_month("2023-24", "M06"))
    register = compute(paper, "indicators")
    found = {check.id: check for check in check_printed(Structure(register))}
    for name, spare, status in (
        ("achieve_planned_surplus", -1_610_000, "rounding"),
        ("not_to_exceed_running_cost_allowance", 405_000, "pass"),
    ):
        figure = f"indicators.icb.{name}.ytd_variance"
        assert register[figure].value == spare
        assert found[f"printed.{figure}"].status == status
    assert "indicators.icb.drawdown_within_the_maximum.ytd_variance" not in register


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        (f"{HEAD},ytd_rag,sense", "A,1,2,3,4,G,limit", "Nothing reads it: take the column out"),
        (f"{HEAD},sense", "Paid on time,95.00%,2,3,4,reach", "A share in per cent is no amount"),
    ],
)
def test_what_a_dashboard_has_besides_is_refused_with_what_to_do(
    head: str, row: str, said: str, project: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputFaults, match=said):
        _read(project, tmp_path, row, head=head)


def test_a_table_with_subtotals_is_told_to_leave_them_out(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    head = "place,directorate,ytd_budget,ytd_actual,ytd_variance,annual_budget,forecast_outturn,"
    rows = ("Acute Services", "Total", "Prescribing", "Total")
    lines = (f"bromley,{name},1,1,0,2,2,0" for name in rows)
    text = "\n".join((f"{head}forecast_variance", *lines)) + "\n"
    (home / RAW / "position.csv").write_text(text)
    folder = Folder(load_paper(home, parse_month("2023-24", "M06")))
    with pytest.raises(InputFaults, match="leave the subtotals") as told:
        read_schedule(folder, own_schedule("position"))
    assert str(told.value).endswith("One total is read: leave the subtotals of its sections out.")
