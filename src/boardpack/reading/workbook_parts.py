"""The parts of a workbook (XLSX, XLSM) in its zip file: sheets, cells as stored, what is hidden.

A sheet is read row by row and only cells that hold something are given, so that a million empty
rows cost seconds and no memory. Elements are known by their local name: a workbook saved as Strict
Open XML has other namespaces and is read like any other. No formula is run; a cell has the result
that was saved.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import IO, Any

from lxml import etree

from boardpack.reading.format_sections import BUILT_IN

Element = Any
_NO_ENTITIES = {"resolve_entities": False, "no_network": True}


@dataclass(frozen=True)
class StoredCell:
    """A cell as stored: `kind` is the `t` of its element, `text` its saved value.

    `text` is None where a formula has no saved result. `form` is its number format.
    """

    row: int
    place: int
    kind: str
    text: str | None
    form: str


@dataclass(frozen=True)
class StoredSheet:
    """A sheet: its name, whether it is shown, and its part in the zip file."""

    name: str
    is_hidden: bool
    part: str


@dataclass
class Surroundings:
    """What a sheet says beside its cells, known once its cells have been gone through.

    `areas` are merged cells: first row, last row and place of the first column.
    """

    hidden_rows: set[int]
    hidden_places: list[tuple[int, int]]
    areas: list[tuple[int, int, int]]


class Parts:
    """A workbook that is open. Raises KeyError, ValueError or an lxml error where it is broken."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self.zipped = zipped
        self._book = self._tree("xl/workbook.xml")

    @cached_property
    def is_from_1904(self) -> bool:
        """Whether days are counted from 1904, as old workbooks of a Mac do."""
        properties = next(_all(self._book, "workbookPr"), None)
        return properties is not None and properties.get("date1904") in ("1", "true")

    def sheets(self) -> list[StoredSheet]:
        """The sheets that hold cells, in order; a chart sheet has none."""
        links = {
            link.get("Id"): (str(link.get("Type", "")), _below_xl(link.get("Target", "")))
            for link in _all(self._tree("xl/_rels/workbook.xml.rels"), "Relationship")
        }
        found = []
        for sheet in _all(self._book, "sheet"):
            link = next(value for name, value in sheet.items() if name.endswith("}id"))
            kind, part = links[link]
            if kind.endswith("/worksheet"):
                hidden = sheet.get("state", "visible") != "visible"
                found.append(StoredSheet(sheet.get("name", ""), hidden, part))
        return found

    def cells(self, sheet: StoredSheet, around: Surroundings) -> Iterator[StoredCell]:
        """The cells of a sheet that hold something; `around` is filled in as they are read."""
        row = 0
        with self.zipped.open(sheet.part) as part:
            for element in _elements(part, "col", "row", "mergeCell"):
                tag = _name(element)
                if tag == "row":
                    row = int(element.get("r", row + 1))
                    if _is_shut(element, "ht"):
                        around.hidden_rows.add(row)
                    yield from self._row(row, element)
                elif tag == "col" and _is_shut(element, "width"):
                    span = int(element.get("min", 1)) - 1, int(element.get("max", 1)) - 1
                    around.hidden_places.append(span)
                elif tag == "mergeCell":
                    first, _, last = element.get("ref", "").partition(":")
                    (top, place), (end, _) = _position(first), _position(last or first)
                    around.areas.append((top, end, place))

    def _row(self, row: int, element: Element) -> Iterator[StoredCell]:
        place = -1
        for cell in element:
            reference = cell.get("r")
            letters = "" if reference is None else reference.rstrip("0123456789")
            place = _place(letters) if letters else place + 1
            if len(cell):
                found = self._cell(row, place, cell)
                if found is not None:
                    yield found

    def _cell(self, row: int, place: int, cell: Element) -> StoredCell | None:
        kind, text, has_formula = cell.get("t", "n"), None, False
        for child in cell:
            tag = _name(child)
            if tag == "v":
                text = child.text
            elif tag == "f":
                has_formula = True
            elif tag == "is":
                text = _words(child)
        if kind == "s" and text is not None:
            text = self._texts[int(text)]
        elif kind == "str" and text is None:
            text = ""
        if not text and not (has_formula and text is None):
            return None
        style = int(cell.get("s", 0))
        form = self._forms[style] if style < len(self._forms) else "General"
        return StoredCell(row, place, kind, text, form)

    @cached_property
    def _texts(self) -> list[str]:
        """The texts that cells share."""
        if "xl/sharedStrings.xml" not in self.zipped.namelist():
            return []
        with self.zipped.open("xl/sharedStrings.xml") as part:
            return [_words(item) for item in _elements(part, "si")]

    @cached_property
    def _forms(self) -> list[str]:
        """The number format of each style of cell."""
        if "xl/styles.xml" not in self.zipped.namelist():
            return []
        styles = self._tree("xl/styles.xml")
        own = {item.get("numFmtId"): item.get("formatCode", "") for item in _all(styles, "numFmt")}
        formats = next(_all(styles, "cellXfs"), ())
        numbers = [item.get("numFmtId", "0") for item in formats if _name(item) == "xf"]
        return [own.get(number) or BUILT_IN.get(int(number), "General") for number in numbers]

    def _tree(self, name: str) -> Element:
        return etree.fromstring(self.zipped.read(name), etree.XMLParser(**_NO_ENTITIES))


def _elements(part: IO[bytes], *names: str) -> Iterator[Element]:
    """The elements of these names, each let go of once it has been looked at."""
    tags = [f"{{*}}{name}" for name in names]
    for _, element in etree.iterparse(part, tag=tags, **_NO_ENTITIES):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _all(tree: Element, name: str) -> Iterator[Element]:
    found: Iterator[Element] = tree.iter(f"{{*}}{name}")
    return found


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(item: Element) -> str:
    """The text of an item; what tells how to pronounce it is no part of it."""
    runs = (run for run in item.iter("{*}t") if _name(run.getparent()) != "rPh")
    return "".join(run.text or "" for run in runs)


def _is_shut(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or too small to be seen."""
    if element.get("hidden") in ("1", "true"):
        return True
    said = element.get(size)
    return said is not None and float(said) == 0


def _below_xl(target: str) -> str:
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)


def _position(reference: str) -> tuple[int, int]:
    """`C12` as row 12 and place 2."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), _place(letters)


@lru_cache(maxsize=1024)
def _place(letters: str) -> int:
    """The place of a column in its row, from 0: 2 for `C`, 26 for `AA`."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
