"""Tables in a text: Markdown rows read as cells that know their row, column and caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*$")


@dataclass(frozen=True)
class Cell:
    """One cell of a table's body: its line in the file, its text, and what names it."""

    line: int
    text: str
    row: str
    column: str


@dataclass(frozen=True)
class Sheet:
    """A table of a text: the cells of its body, and all the words that head it."""

    cells: tuple[Cell, ...]
    heads: str


def is_row(raw: str) -> bool:
    """Whether a line is a row of a Markdown table.

    >>> is_row("| Acute | 900 |"), is_row("Acute 900")
    (True, False)
    """
    return raw.lstrip().startswith("|")


def read_sheet(rows: Sequence[tuple[int, str]]) -> Sheet:
    """A Markdown table, its rows given with their line numbers.

    The rows above the rule are heads, the first row where there is no rule; the first column names
    the rows.

    >>> rows = [(1, "| Line | £000 |"), (2, "|---|---|"), (3, "| Acute | (50) |")]
    >>> read_sheet(rows).cells
    (Cell(line=3, text='(50)', row='Acute', column='£000'),)
    """
    rule = next((place for place, (_, raw) in enumerate(rows) if _RULE.match(raw)), None)
    above = rows[: 1 if rule is None else rule]
    heads = _columns([_split(raw) for _, raw in above])
    body = rows[1 if rule is None else rule + 1 :]
    cells = tuple(cell for line, raw in body for cell in _cells(line, _split(raw), heads))
    return Sheet(cells, " ; ".join(heads))


def _cells(line: int, texts: list[str], heads: list[str]) -> Iterator[Cell]:
    for place, text in enumerate(texts[1:], 1):
        column = heads[place] if place < len(heads) else ""
        yield Cell(line, text, texts[0], column)


def _columns(rows: list[list[str]]) -> list[str]:
    """The words above each column, from the top down."""
    wide = max((len(row) for row in rows), default=0)
    return [" ".join(row[i] for row in rows if i < len(row)).strip() for i in range(wide)]


def _split(raw: str) -> list[str]:
    inner = raw.strip().removeprefix("|").removesuffix("|")
    return [re.sub(r"[*_`]{1,2}|\\", "", part).strip() for part in re.split(r"(?<!\\)\|", inner)]
