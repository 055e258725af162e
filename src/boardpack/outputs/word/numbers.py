"""Numbers of a Word paper, read back with the figures that they show (see `paper`)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

NUMBERS = "boardpack/numbers/1"
"""The namespace of the part that names the figures."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class PrintedNumber(NamedTuple):
    """A number as it stands in a Word paper; `table` counts its tables, None in prose."""

    figure: str
    text: str
    value: str | None
    table: int | None


def printed_numbers(file: Path) -> Iterator[PrintedNumber]:
    """The tagged numbers of a Word paper, as they now stand in it.

    One whose bookmark has gone, because its words were deleted, is not among them.
    """
    with zipfile.ZipFile(file) as archive:
        body = etree.fromstring(archive.read("word/document.xml"), _parser())
        names = [n for n in archive.namelist() if n.startswith("customXml/") and n.endswith(".xml")]
        parts = [etree.fromstring(archive.read(name), _parser()) for name in names]
    texts = _bookmarked(body)
    for entry in (e for part in parts for e in part.iterchildren(f"{{{NUMBERS}}}number")):
        text, table = texts.get(entry.get("bookmark", "")), entry.get("table")
        if text is not None:
            place = None if table is None else int(table)
            yield PrintedNumber(entry.get("figure", ""), text, entry.get("value"), place)


def _bookmarked(body: etree._Element) -> dict[str, str]:
    """What stands in each bookmark, by its name."""
    open_: dict[str, str] = {}
    texts: dict[str, str] = {}
    for element in body.iter(f"{_WORD}bookmarkStart", f"{_WORD}bookmarkEnd", f"{_WORD}t"):
        if element.tag == f"{_WORD}bookmarkStart":
            name = str(element.get(f"{_WORD}name"))
            open_[str(element.get(f"{_WORD}id"))] = name
            texts[name] = ""
        elif element.tag == f"{_WORD}bookmarkEnd":
            open_.pop(str(element.get(f"{_WORD}id")), None)
        else:
            for name in open_.values():
                texts[name] += element.text or ""
    return texts


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
