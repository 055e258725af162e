"""Attacks on the inputs of a workbook's what-ifs, and on the numbers of its sheets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_office import WORKBOOK, Change, altered, build_of, swap, told
from what_if_paper import LABEL, PERCENT, what_if_parts, what_if_register

from boardpack.audit.reader.expected import read_expected
from boardpack.audit.reader.hold_workbook import hold_workbook, read_checks
from boardpack.audit.reader.workbook import read_workbook

TABLE, REGISTER, TEXTS = (
    *(f"xl/worksheets/sheet{number}.xml" for number in (3, 4)),
    "xl/sharedStrings.xml",
)
SHEET = "sheet 1.1 Estimates scenarios"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = what_if_register()
    folder = tmp_path_factory.mktemp("supposed") / "build"
    return build_of(folder, register, what_if_parts(register))


def _faults(build: Path, file: Path) -> str:
    return told(hold_workbook(read_workbook(file), read_expected(build), read_checks(build)))


def test_an_honest_what_if_is_as_the_paper_says(build: Path) -> None:
    assert _faults(build, build / WORKBOOK) == ""


def _cell(name: str, made: str) -> Change:
    """Something else in a cell than its value, with the look that it has."""
    return lambda text: re.sub(rf'(<c r="{name}"[^>]*>).*?</c>', rf"\g<1>{made}</c>", text, count=1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({TABLE: _cell("B11", "<v>0.02</v>")}, f"{SHEET}, row 11: shows '2.00%'; it is 1.00%."),
        ({TABLE: _cell("B11", "<v>0.01001</v>")}, f"{SHEET}, cell B11: holds 0.01001;"),
        (
            {TABLE: _cell("B11", "<f>1/100</f><v>0.01</v>")},
            f"{SHEET}, row 11: holds no typed number, which could be changed.",
        ),
        ({TEXTS: swap((LABEL, "What if cheap"))}, f"{SHEET}, row 11: shows What if cheap"),
        ({TEXTS: swap(("What is supposed", "What is known"))}, f"{SHEET}, row 10: shows"),
        (
            {TABLE: lambda text: re.sub(r'<row r="11".*?</row>', "", text)},
            f"workbook: lacks the input {PERCENT}, which a table's what-if supposes.",
        ),
        (
            {REGISTER: lambda text: re.sub(r"<f>[^<]*B11\*100</f>", "<f>1</f>", text)},
            "does not follow the inputs as scenario.anytown.dear.drugs.percent should",
        ),
        (
            {"xl/workbook.xml": lambda text: text.replace("1.1 Estimates", "2.1 Estimates")},
            "sheet 2.1 Estimates scenarios: is numbered otherwise than 1.1, its place.",
        ),
    ],
)
def test_an_attack_is_seen_and_named(
    changes: dict[str, Change | bytes | None], said: str, build: Path, tmp_path: Path
) -> None:
    file = altered(build / WORKBOOK, tmp_path / WORKBOOK, changes)
    assert said in _faults(build, file)
