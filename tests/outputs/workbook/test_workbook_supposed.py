"""What a what-if supposes stands below its table as an input, and the results follow it."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from recalculated import Cell, cells, converted, rows, with_input
from what_if_paper import LABEL, what_if_parts, what_if_register

from boardpack.outputs.workbook.file import workbook
from boardpack.outputs.workbook.sheet import INPUT, paint
from boardpack.outputs.workbook.supposed import HEADING
from small_workbook import META, small_checks, small_parts, small_register

SHEET = "1.1 Estimates scenarios"


def made(folder: Path, percent: str = "1") -> Path:
    register = what_if_register(percent)
    target = folder / "board-paper.xlsx"
    target.write_bytes(workbook(what_if_parts(register), META, register, []))
    return target


def test_what_is_supposed_stands_below_the_notes_as_a_typed_per_cent(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(made(tmp_path))[SHEET]
    told = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=8, max_row=13)]
    assert told == [
        ("What if, not a forecast.", None),
        (None, None),
        (HEADING, None),
        (LABEL, 0.01),
        (None, None),
        ("Back to the contents", None),
    ]
    cell = sheet["B11"]
    assert cell.number_format == "0.00%"
    assert cell.font.color.rgb == f"FF{paint(INPUT).removeprefix('#').upper()}"


def test_the_register_takes_it_from_there(tmp_path: Path) -> None:
    found = [c for c in cells(made(tmp_path))["Register"].values() if "B11" in (c.formula or "")]
    assert found == [Cell("1.0", f"'{SHEET}'!B11*100")]


@pytest.mark.parametrize(
    ("typed", "change", "result"),
    [(0.02, -508160, -3183160), (0, 0, -2675000), (-0.01, 254080, -2420920)],
)
def test_another_per_cent_reaches_the_table(
    tmp_path: Path, typed: float, change: float, result: float
) -> None:
    changed = with_input(made(tmp_path), tmp_path / "typed.xlsx", SHEET, "B11", typed)
    again = rows(converted(tmp_path, "xlsx", [changed]) / "typed.xlsx")[SHEET]
    assert again[5][1:3] == pytest.approx([change, result])


def test_a_per_cent_with_pennies_and_one_below_nil(tmp_path: Path) -> None:
    assert openpyxl.load_workbook(made(tmp_path, "-0.25"))[SHEET]["B11"].value == -0.0025


def test_a_table_without_a_what_if_has_no_such_list(tmp_path: Path) -> None:
    register, target = small_register(), tmp_path / "board-paper.xlsx"
    target.write_bytes(workbook(small_parts(register), META, register, small_checks()))
    assert HEADING not in {row[0] for sheet in rows(target).values() for row in sheet}
