"""Where an input came from, in words: whether a text names the cells that the register has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from boardpack.audit.reader.words import plain

NAMED = 6
"""So many source cells are named; the rest are counted."""
TEXTS = 6
"""So many texts of a rule's column are said; all are counted."""


def names_source(text: str, cells: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a text names these source cells: of many the first, and how many more there are.

    What is used instead of a cell that was corrected, and why, stands below.
    """
    lines = [_named(cell) for cell in cells[:NAMED]]
    if len(cells) > NAMED:
        lines.append(f"and {len(cells) - NAMED} more cells")
    lines += [f"Used: {cell['used']}. {cell['why']}" for cell in cells if cell.get("used")]
    return plain(text.removeprefix("Source: ")) == plain(" ".join(lines))


def _named(cell: Mapping[str, Any]) -> str:
    sheet = "" if cell.get("sheet") is None else f", sheet {cell['sheet']}"
    if cell.get("method") is not None:
        return f"{cell['file']}{sheet}, column {cell['column']}, {made_from(cell)}"
    place = f"{cell['file']}{sheet}, row {cell['row']}, column {cell['column']}"
    return f"{place}: “{cell['text']}”"


def made_from(cell: Mapping[str, Any]) -> str:
    """The rows that a cell stands for, the rule that chose them, and what was made of them."""
    rows, method = str(cell.get("rows") or ""), str(cell["method"])
    if "where" not in cell:
        return f"rows {rows}: {method}" if rows else method
    is_one = re.fullmatch(r"\d+", rows) is not None
    named = f"{'row' if is_one else 'rows'} {rows}" if rows else f"{cell['count']:,} rows"
    told = " and ".join(f"{name} is {_one_of(texts)}" for name, texts in cell["where"].items())
    return f"{named}{f' where {told}' if told else ''}: {method}"


def _one_of(texts: Sequence[str]) -> str:
    shown = [text or "blank" for text in texts[:TEXTS]]
    if len(texts) > TEXTS:
        return f"one of {len(texts):,} ({', '.join(shown)}, …)"
    return " or ".join(shown)
