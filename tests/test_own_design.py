"""What a home says of its papers' look: read, held to what can be read, and each fault once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from homes import PROJECT

from boardpack.core.design import (
    OwnDesign,
    colours,
    contrast,
    design,
    design_faults,
    drawn_with,
    own_design,
    usual_design,
)
from boardpack.core.errors import Fault
from boardpack.core.home import REPORT
from boardpack.core.periods import parse_month
from boardpack.core.report import Report, load_report
from boardpack.core.seen import seeing


def report(target: Path, said: str) -> tuple[Report | None, list[Fault]]:
    """The project's parameters and this group beside them, and their faults."""
    text = (PROJECT / REPORT).read_text(encoding="utf-8")
    (target / REPORT).parent.mkdir(parents=True, exist_ok=True)
    (target / REPORT).write_text(f"{said}{text}", encoding="utf-8")
    faults: list[Fault] = []
    return load_report(target, parse_month("2023-24", "M06"), faults), faults


def said(*lines: str) -> str:
    return "".join(("design:\n  colours:\n", *(f"    {line}\n" for line in lines)))


def test_a_home_says_its_colours_one_a_line(tmp_path: Path) -> None:
    found, faults = report(tmp_path, said('dark_blue: "#4B0A3C"', 'series_2: "#7a1f5c"'))
    assert faults == []
    assert found is not None
    sheet, usual = own_design(found.design), usual_design()
    assert sheet.colours.dark_blue == "#4b0a3c"
    assert sheet.colours.blue == usual.colours.blue
    assert sheet.series == (usual.series[0], "#7a1f5c", *usual.series[2:])
    assert sheet.on_series == ("#ffffff", "#ffffff", "#ffffff", "#212b32")
    assert (sheet.type, sheet.spacing) == (usual.type, usual.spacing)


@pytest.mark.parametrize("text", ["", "design: {}\n", "design: {colours: {}}\n"])
def test_without_colours_of_its_own_it_is_the_project_s_sheet(text: str, tmp_path: Path) -> None:
    found, faults = report(tmp_path, text)
    assert faults == []
    assert found is not None
    assert own_design(found.design) is usual_design()


def test_the_project_s_own_labels_are_those_that_are_read_best() -> None:
    usual = usual_design()
    same = OwnDesign(colours={"ink": usual.colours.ink})
    assert own_design(same) == usual


BAD = [
    ('blu: "#123456"', "blu", None, "one of blue, dark_blue", "'blue'"),
    ('white: "#fffff0"', "white", None, "one of blue", ""),
    ("blue: #123456", "blue", "", "in quotation marks", "Correct"),
    ('blue: "#12345"', "blue", "#12345", "# and six of", "Correct"),
    ('blue: "#1234567"', "blue", "#1234567", "# and six of", "Correct"),
    ('blue: "#12345g"', "blue", "#12345g", "# and six of", "Correct"),
    ("blue: navy", "blue", "navy", '"#005eb8"', "Correct"),
    ("blue: 123456", "blue", "123456", '"#005eb8"', "Correct"),
    ('quiet: "#8a8a8a"', "quiet", "#8a8a8a", "4.5 to 1 with pale (#f0f4f5), for text", "darker"),
    (
        'pale: "#9fb4c0"',
        "pale",
        "#9fb4c0",
        "with red (#d5281b), for text; this has 2.35",
        "lighter",
    ),
    ('pale: "#000000"', "pale", "#000000", "4.5 to 1 with ink", "lighter"),
    ('focus: "#4c6272"', "focus", "#4c6272", "with ink (#212b32)", "lighter"),
    ('input: "#9999ff"', "input", "#9999ff", "that was typed in", "darker"),
    ('series_1: "#ff9900"', "series_1", "#ff9900", "3 to 1 with white", "darker"),
    ('series_1: "#0f7cd2"', "series_1", "#0f7cd2", "for a mark's label", "darker"),
    ('series_1: "#801650"', "series_1", "#801650", "another colour than that of series_3", ""),
    ('series_2: "#12436d"', "series_2", "#12436d", "another colour than that of series_1", ""),
    ('series_1: "#D5281B"', "series_1", "#d5281b", "another colour than that of red", ""),
    ('red: "#801650"', "red", "#801650", "another colour than that of series_3", ""),
]


@pytest.mark.parametrize(("line", "name", "value", "expected", "remedy"), BAD)
def test_a_wrong_colour_is_told_once_with_its_line_and_what_was_expected(
    line: str, name: str, value: str | None, expected: str, remedy: str, tmp_path: Path
) -> None:
    found, faults = report(tmp_path, said('green: "#006030"', line))
    assert found is None
    [fault] = faults
    assert (fault.file, fault.row) == (REPORT.as_posix(), 4)
    assert fault.column == f"design.colours.{name}"
    assert value is None or fault.value == value
    assert expected in fault.expected
    assert remedy in fault.remedy


def test_all_wrong_colours_are_told_at_once(tmp_path: Path) -> None:
    _, faults = report(tmp_path, said('blue: "#aaaaaa"', 'dark_blue: "#bbbbbb"'))
    assert [fault.column for fault in faults] == ["design.colours.blue", "design.colours.dark_blue"]


@pytest.mark.parametrize(
    ("colour", "passes"),
    [("#767676", True), ("#777777", False)],  # 4.54 and 4.48 to 1 on white
)
def test_text_needs_four_and_a_half_to_one(colour: str, passes: bool) -> None:
    own = OwnDesign(colours={"input": colour, "pale": "#ffffff"})
    assert (list(design_faults(own, "f")) == []) == passes


@pytest.mark.parametrize(
    ("colour", "passes"),
    [("#949494", True), ("#959595", False)],  # 3.03 and 2.99 to 1 on white
)
def test_marks_need_three_to_one(colour: str, passes: bool) -> None:
    found = [
        fault.expected for fault in design_faults(OwnDesign(colours={"series_2": colour}), "f")
    ]
    assert (not any("marks of a chart" in expected for expected in found)) == passes


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#ff0000", "#ffffff", 3.998)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, apart: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(apart, abs=0.001)


def test_a_sheet_is_drawn_with_while_a_block_runs() -> None:
    own = own_design(OwnDesign(colours={"blue": "#123456"}))
    with drawn_with(own):
        assert colours().blue == "#123456"
        assert design() is own
    assert design() is usual_design()


def test_a_chapter_that_asks_for_the_look_is_noted_to_have(tmp_path: Path) -> None:
    found, _ = report(tmp_path, said('blue: "#123456"'))
    assert found is not None
    with seeing() as seen:
        own_design(found.design)
    assert ("Report", "design") in seen.asked


IMPORTS = """
import importlib, pkgutil
import boardpack.core.design, boardpack.outputs

def asked():
    raise AssertionError("a colour is taken when a module is imported")

boardpack.core.design.colours = boardpack.core.design.design = asked
for module in pkgutil.iter_modules(boardpack.outputs.__path__, "boardpack.outputs."):
    importlib.import_module(module.name)
"""


def test_no_output_takes_a_colour_when_it_is_imported() -> None:
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, timeout=120)


def test_no_output_takes_the_project_s_colours() -> None:
    for path in (PROJECT / "src" / "boardpack" / "outputs").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "usual_design().colours" not in text
        assert "usual_design().series" not in text
