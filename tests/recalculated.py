"""A workbook reckoned again by LibreOffice, which shares nothing with the code that wrote it."""

from __future__ import annotations

import csv
import re
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook
from required import required_tool

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """A cell of a workbook's file: its text as it stands there, and its formula if it has one."""

    value: str
    formula: str | None


def office() -> str:
    """The program; without it these tests are skipped, but fail where everything must run."""
    return required_tool("libreoffice")


def converted(folder: Path, target: str, files: Iterable[Path]) -> Path:
    """The folder of what LibreOffice makes of some files; it reckons every formula on opening."""
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    command = [office(), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", target, "--outdir", str(out), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stderr
    return out


def without_results(workbook: Path, target: Path) -> Path:
    """A copy in which no formula has its result, so that only who reckons can show it."""
    pattern = rb"(</f>)<v>[^<]*</v>"
    return _rewritten(workbook, target, lambda data: re.sub(pattern, rb"\1<v>9999.25</v>", data))


def with_input(workbook: Path, target: Path, sheet: str, cell: str, value: float) -> Path:
    """A copy in which somebody has typed another number into a cell that holds one."""
    file = _files(workbook)[sheet]
    pattern = rf'(<c r="{cell}"(?: s="\d+")?>)<v>[^<]*</v>'.encode()

    def typed(data: bytes) -> bytes:
        made, count = re.subn(pattern, rb"\g<1><v>%s</v>" % str(value).encode(), data)
        assert count == 1, f"{sheet} {cell} is no typed number"
        return made

    without = without_results(workbook, target.with_suffix(".part"))
    return _rewritten(without, target, typed, only=file)


def cells(workbook: Path) -> dict[str, dict[str, Cell]]:
    """The cells of every sheet by their names, with the formulas, as the file holds them."""
    with zipfile.ZipFile(workbook) as archive:
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in shared]
        return {
            sheet: dict(_cells(ElementTree.fromstring(archive.read(file)), texts))
            for sheet, file in _files(workbook).items()
        }


def rows(workbook: Path) -> dict[str, list[list[Any]]]:
    """The values of every sheet, as another reader finds them."""
    book = CalamineWorkbook.from_path(str(workbook))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def shown(folder: Path, workbook: Path) -> Mapping[str, list[list[str]]]:
    """What every sheet shows, cell by cell, as LibreOffice prints it by the number formats."""
    out = converted(folder, AS_SHOWN, [workbook])
    found = {}
    for file in out.glob(f"{workbook.stem}-*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            found[file.stem.removeprefix(f"{workbook.stem}-")] = list(csv.reader(lines))
    return found


def differing(made: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """The cells of two readings that differ by more than a spreadsheet's fifteen digits explain."""
    assert list(made) == list(again)
    return [
        f"{sheet} row {row + 1} column {column + 1}: {value!r}, reckoned {other!r}"
        for sheet, lines in made.items()
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if not _same(value, other := _at(again[sheet], row, column))
    ]


def close(value: float, other: float) -> bool:
    """Whether two numbers agree within a billionth, or what is lost from large amounts' digits."""
    return abs(value - other) <= max(1e-9 * max(abs(value), abs(other)), 1e-6)


def _same(value: Any, other: Any) -> bool:
    if isinstance(value, float | int) and isinstance(other, float | int):
        return close(value, other)
    return bool(value == other)


def _at(lines: list[list[Any]], row: int, column: int) -> Any:
    return lines[row][column] if row < len(lines) and column < len(lines[row]) else ""


def _files(workbook: Path) -> dict[str, str]:
    with zipfile.ZipFile(workbook) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    names = [str(sheet.get("name")) for sheet in book.iter(f"{MAIN}sheet")]
    return {name: f"xl/worksheets/sheet{place}.xml" for place, name in enumerate(names, 1)}


def _cells(sheet: ElementTree.Element, texts: list[str]) -> Iterable[tuple[str, Cell]]:
    for cell in sheet.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        if value is not None:
            text = texts[int(value)] if cell.get("t") == "s" else value
            yield str(cell.get("r")), Cell(text, cell.findtext(f"{MAIN}f"))


def _rewritten(workbook: Path, target: Path, change: Any, only: str | None = None) -> Path:
    with (
        zipfile.ZipFile(workbook) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data, is_sheet = old.read(name), name.startswith("xl/worksheets/sheet")
            wanted = name == only if only else is_sheet
            new.writestr(name, change(data) if wanted else data)
    return target
