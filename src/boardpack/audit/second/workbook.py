"""A plain reader of workbooks (XLSX, XLSM), for verification alone: zip parts and their XML.

Shares no code with the product (see second_reading). It gives the saved values as text: a number at
Excel's fifteen digits with what its format says of it, a date as 2023-09-30.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree

from boardpack.audit.second.formats import section_of, shown, shows_a_day

Cells = dict[tuple[int, int], str]
"""Texts by line and by place in the line, from 0."""

LARGEST = 300_000_000
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"},
    **dict.fromkeys((5, 6, 7, 8, 42, 44), "£#,##0.00;-£#,##0.00"),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"),
}
"""The formats that have a number only: what they say of a number's unit and kind."""
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


class Sheet(NamedTuple):
    """A sheet: its name, its cells, and whether its days are counted from 1904."""

    name: str
    cells: Cells
    from_1904: bool


class _Book(NamedTuple):
    """What the cells of all sheets lean on: shared texts, number formats by style, day one."""

    texts: list[str]
    formats: list[str]
    from_1904: bool


def sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook in order; ValueError where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as parts:
            return list(_sheets(parts))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError) as error:
        raise ValueError(f"{path.name} cannot be read as a workbook ({error})") from None


def _sheets(parts: zipfile.ZipFile) -> Iterator[Sheet]:
    book = _part(parts, "xl/workbook.xml")
    targets = {
        item.get("Id"): item.get("Target", "")
        for item in _all(_part(parts, "xl/_rels/workbook.xml.rels"), "Relationship")
    }
    properties = next(_all(book, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    shared = _Book(_texts(parts), _formats(parts), from_1904)
    for item in _all(book, "sheet"):
        identity = next(value for name, value in item.items() if name.endswith("}id"))
        target = targets[identity]
        name = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        yield Sheet(item.get("name", ""), _cells(_part(parts, name), shared), from_1904)


def _part(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if parts.getinfo(name).file_size > LARGEST:
        raise ValueError(f"{name} is too large to be read")
    return ElementTree.fromstring(parts.read(name))


def _all(tree: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return tree.iterfind(f".//{{*}}{tag}")


def _texts(parts: zipfile.ZipFile) -> list[str]:
    """The texts that cells share; what tells how to pronounce them is no part of them."""
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    return [_text(item) for item in _all(_part(parts, "xl/sharedStrings.xml"), "si")]


def _text(item: ElementTree.Element) -> str:
    runs = [*item.iterfind("./{*}t"), *item.iterfind("./{*}r/{*}t")]
    return "".join(run.text or "" for run in runs)


def _formats(parts: zipfile.ZipFile) -> list[str]:
    """The number format of each style of cell."""
    if "xl/styles.xml" not in parts.namelist():
        return []
    styles = _part(parts, "xl/styles.xml")
    own = {item.get("numFmtId"): item.get("formatCode", "") for item in _all(styles, "numFmt")}
    listed = styles.find("./{*}cellXfs")
    return [] if listed is None else [_format(item.get("numFmtId", "0"), own) for item in listed]


def _format(identity: str, own: dict[str | None, str]) -> str:
    return own.get(identity) or BUILT_IN.get(int(identity), "")


def _cells(sheet: ElementTree.Element, book: _Book) -> Cells:
    found: Cells = {}
    line = 0
    for row in _all(sheet, "row"):
        line = int(row.get("r", line + 1))
        place = -1
        for cell in row.iterfind("./{*}c"):
            said = REFERENCE.fullmatch(cell.get("r", ""))
            place = _place(said[1]) if said else place + 1
            text = _value(cell, book).strip()
            if text:
                found[line, place] = text
    for area in _all(sheet, "mergeCell"):
        _spread(found, area.get("ref", ""))
    return found


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _spread(found: Cells, area: str) -> None:
    """The text of a merged cell, in every line that it covers."""
    first, _, last = area.partition(":")
    top, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
    if top is None or end is None:
        return
    place, lowest = _place(top[1]), max((line for line, _ in found), default=0)
    text = found.get((int(top[2]), place))
    for line in range(int(top[2]) + 1, min(int(end[2]), lowest) + 1) if text else ():
        found[line, place] = str(text)


def _value(cell: ElementTree.Element, book: _Book) -> str:
    kind, value = cell.get("t", "n"), cell.findtext("./{*}v") or ""
    if kind == "inlineStr":
        inline = cell.find("./{*}is")
        return "" if inline is None else _text(inline)
    if kind == "s":
        return book.texts[int(value)] if value else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "d":
        return value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
    if kind != "n" or not value:
        return value
    style = int(cell.get("s", "0"))
    return _number(value, book.formats[style] if style < len(book.formats) else "", book)


def _number(value: str, form: str, book: _Book) -> str:
    exact = Decimal(value) if re.fullmatch(r"-?\d+", value) else Decimal(f"{float(value):.15g}")
    section, is_for_negatives = section_of(form, exact)
    if shows_a_day(section):
        return day_of(exact, book.from_1904)
    return shown(exact, section, is_for_negatives)


def day_of(serial: Decimal, from_1904: bool) -> str:
    """The day that a number counts to, and the time of day where it is not midnight.

    Excel counts a 29 February 1900 that never was, so days before March 1900 are one further on.
    """
    first = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
    days = int(serial) + (1 if not from_1904 and 0 < serial < 60 else 0)
    seconds = round((serial - int(serial)) * 86_400)
    when = first + dt.timedelta(days=days, seconds=seconds)
    is_day = when.time() == dt.time()
    return when.date().isoformat() if is_day else when.isoformat(" ")
