"""Where an input came from, in words: whether a text names the cells that the register has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from boardpack.audit.reader.words import plain

NAMED = 6
"""So many source cells are named; the rest are counted."""
_MORE = re.compile(r"and (\d+) more cells")
_WORDS = re.compile(r"[^\s,.:\"]+")
_LINKING = frozenset(("sheet", "row", "column", "rows", "Used", "from", "of", "and"))
"""Words between those of the register."""


def names_source(text: str, cells: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a text names these source cells: of many the first, and how many more there are.

    A cell that was corrected, or made from rows that keep no text, is told in words of its own:
    those must all be words that the register has of it.
    """
    found = plain(text.removeprefix("Source: "))
    lines = [_named(cell) for cell in cells[:NAMED]]
    if len(cells) > NAMED:
        lines.append(f"and {len(cells) - NAMED} more cells")
    if found == plain(" ".join(lines)):
        return True
    if all(cell.get("method") is None and cell.get("used") is None for cell in cells):
        return False
    told = plain(" ".join(str(value) for cell in cells for value in _values(cell)))
    said = set(_WORDS.findall(_MORE.sub("", found)))
    return said <= set(_WORDS.findall(told)) | _LINKING


def _named(cell: Mapping[str, Any]) -> str:
    sheet = "" if cell.get("sheet") is None else f", sheet {cell['sheet']}"
    place = f"{cell['file']}{sheet}, row {cell['row']}, column {cell['column']}"
    return f"{place}: “{cell['text']}”"


def _values(data: Any) -> list[Any]:
    """Everything that a record says, at whatever depth."""
    if isinstance(data, Mapping):
        return [one for value in data.values() for one in _values(value)]
    if isinstance(data, list):
        return [one for value in data for one in _values(value)]
    return [data]
