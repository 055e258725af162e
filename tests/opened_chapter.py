"""Opening a chapter for a test, and reading what its blocks show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from boardpack.document.blocks import MARKER, Chart, Narrative, Table
from boardpack.document.chapter import ChapterPaper, open_chapter

PROJECT = Path(__file__).resolve().parents[1]
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "icb")
LONGEST_SENTENCE = 30
"""In words."""


def opened(
    name: str,
    place: str = "bromley",
    home: Path = PROJECT,
    owns: tuple[str, ...] | None = None,
    reads: tuple[str, ...] = (),
) -> ChapterPaper:
    """The chapter of the Month 6 2023/24 paper, as its notebook opens it."""
    open_one = _published if home == PROJECT else _open
    return open_one(name, place, home, owns, reads)


def _open(
    name: str, place: str, home: Path, owns: tuple[str, ...] | None, reads: tuple[str, ...]
) -> ChapterPaper:
    return open_chapter(name, "2023-24", "M06", place, str(home), owns=owns, reads=reads)


_published = lru_cache(_open)


def said(block: object) -> str:
    """A narrative's sentences on one line, each number as it prints."""
    assert isinstance(block, Narrative)
    return " ".join(MARKER.sub(r"\2", block.markdown).split())


def untagged(block: object) -> str:
    """What a narrative says without the numbers that name their figure."""
    assert isinstance(block, Narrative)
    return MARKER.sub("", block.markdown)


def sentences(block: object) -> Iterator[str]:
    """A narrative's sentences, list items among them."""
    assert isinstance(block, Narrative)
    for line in MARKER.sub(r"\2", block.markdown).split("\n\n"):
        yield from re.split(r"[.:;?]\**\s", " ".join(line.split()))


def long_sentences(block: object) -> list[str]:
    """The sentences of a block that are longer than a reader should have to hold in mind."""
    if not isinstance(block, Narrative):
        return []
    return [one for one in sentences(block) if len(one.split()) > LONGEST_SENTENCE]


def table(block: object) -> Table:
    """The block, which must be a table."""
    assert isinstance(block, Table)
    return block


def chart(block: object) -> Chart:
    """The block, which must be a chart."""
    assert isinstance(block, Chart)
    return block


def rows(block: object) -> list[list[str]]:
    """A table's rows, each cell as it prints."""
    return [[c if isinstance(c, str) else c.text for c in row.cells] for row in table(block).rows]


def cells(block: object) -> dict[str, list[str]]:
    """A table's rows by their heads, each cell as it prints; headings have none."""
    return {head: rest for head, *rest in rows(block)}


def figures(block: object) -> set[str]:
    """The ids of all figures that a table shows."""
    found = (cell for row in table(block).rows for cell in row.cells if not isinstance(cell, str))
    return {cell.figure for cell in found}
