"""The words with which a block is shown: what stands over it, below it, and in its place.

An author types them beside numbers that are figures, so they are held as prose is. A number that
the block itself shows, in a cell or in the name of a row, is no claim of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpack.document.blocks import (
    Cell,
    Chart,
    KeyFigures,
    Narrative,
    Number,
    Picture,
    Table,
)
from boardpack.document.content import Heading, Item
from boardpack.document.untraced import MARK, SIGN
from boardpack.prose.claim import Claim
from boardpack.prose.plain_words import typed_numbers


def captions(item: Item) -> tuple[str, ...]:
    """The captions, titles, notes and text alternatives of a block, each once; or a heading.

    >>> captions(Heading(2, "Position")), captions(Narrative("n", "Words."))
    (('Position',), ())
    """
    return tuple(dict.fromkeys(text for text in _captions(item) if text.strip()))


def _captions(item: Item) -> Iterator[str]:
    match item:
        case Heading():
            yield item.text
        case Table():
            yield from (item.caption, *item.notes)
        case Chart():
            yield from (item.title, item.alt.removeprefix(f"{item.title}. "))
        case Picture():
            yield from (item.title, item.alt)
        case KeyFigures():
            yield from (text for one in item.items for text in (one.label, one.context))


def numbers_shown(item: Item) -> frozenset[str]:
    """The numbers that stand in a block's cells, marks and names, in digits or read aloud.

    >>> from boardpack.document.blocks import Column, Row
    >>> row = Row(("Acute", Number("(50)", "a.b.c.d", "-50")))
    >>> sorted(numbers_shown(Table("t", "Position", (Column("Line"), Column("M06")), (row,))))
    ['50']
    """
    return typed_numbers(said for cell in _cells(item) for said in _said(cell))


def _cells(item: Item) -> Iterator[Cell | None]:
    match item:
        case Table():
            yield from (cell for row in item.rows for cell in row.cells)
            yield from (f"{column.group or ''} {column.label}" for column in item.columns)
        case Chart():
            yield from (number for one in item.series for number in one.values)
            yield from (*item.categories, *(one.name for one in item.series), item.target)
        case KeyFigures():
            yield from (one.number for one in item.items)


def _said(cell: Cell | None) -> Iterator[str]:
    if isinstance(cell, Number):
        yield from (cell.text, cell.text.strip("()"), cell.words or "")
    elif cell:
        yield cell


def words_mark(identity: str, doubted: Sequence[Claim]) -> Narrative:
    """What a draft says below a block or a heading of which the figures do not bear out a word."""
    words = "; ".join(dict.fromkeys(f"“{claim.mark or claim.text}”" for claim in doubted))
    said = f"{SIGN} The figures do not bear out what is said here: {words}."
    return Narrative(f"{identity}{MARK}", said)
