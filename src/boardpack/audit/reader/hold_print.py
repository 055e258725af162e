"""PDF and Word held to what the blocks say, by what is special of each.

Both show every block, in the order of the paper. A PDF is held twice: as it is seen, and as its
tags tell it to a screen reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from boardpack.audit.reader.expected import Card, Cells, Expected, Table, Text
from boardpack.audit.reader.hold import Fault, hold_passages
from boardpack.audit.reader.hold_looks import hold_pdf_looks, hold_word_looks
from boardpack.audit.reader.hold_notebook_pictures import hold_pdf_pictures, hold_word_pictures
from boardpack.audit.reader.hold_pictures import hold_pictures
from boardpack.audit.reader.hold_rows import TONES
from boardpack.audit.reader.hold_sheets import in_sheets
from boardpack.audit.reader.hold_text import Corpus
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_layout import MARGIN
from boardpack.audit.reader.pdf_spoken import ALOUD
from boardpack.audit.reader.words import plain

FURNITURE = (r"(.* )?Page \d+ of \d+",)
"""Words with a number that no block gives: the feet of pages."""
_LED = re.compile(r"(?: ?\.){3,} ?\d{1,3} ?")
"""Dots that lead from a heading in the contents to its page."""
_PAGE = re.compile(r" \d{1,3}$")


def hold_pdf(
    file: str,
    passages: Sequence[Passage],
    expected: Expected,
    files: Mapping[str, str] | None = None,
) -> list[Fault]:
    """What of a PDF is not as the blocks say: where, and what.

    `files` are the SHA-256 of the build's files by name, to which attachments are held.
    """
    headings = _words_of(passages)
    read = [one for one in passages if not _is_contents(one, headings)]
    told = [one for one in read if one.where.endswith(ALOUD)]
    running = [one for one in read if one.where.endswith(MARGIN)]
    pictures = [one for one in read if one.kind == "chart"]
    seen = [p for p in read if p.kind != "chart" and not p.where.endswith((ALOUD, MARGIN))]
    printed = expected._replace(charts=())
    texts = (*expected.texts, *_card_texts(expected.cards))
    spoken = expected._replace(cards=(), charts=(), texts=texts)
    return [
        *_hold(file, seen, printed, expected),
        *Corpus(expected, FURNITURE).hold(running),
        *hold_pdf_looks(passages, files or {}, headings),
        *hold_pictures(file, pictures, expected.charts),
        *hold_pdf_pictures(file, passages, expected.in_print),
        *_hold(f"{file}{ALOUD}", told, spoken, expected),
    ]


def _hold(
    file: str, passages: Iterable[Passage], shown: Expected, expected: Expected
) -> list[Fault]:
    """Passages of a page, on which an empty cell is not seen."""
    tables, mended = in_sheets(list(_mended(passages, expected)), shown)
    if not file.endswith(ALOUD):
        tables = tuple(map(_printed, tables))
    shown = shown._replace(tables=tables)
    return hold_passages(file, mended, shown, sparse=True, furniture=FURNITURE)


def _words_of(passages: Iterable[Passage]) -> frozenset[str]:
    """All texts of a paper, its headings among them."""
    return frozenset(plain(one.cells[0]) for one in passages if one.kind == "text")


def _is_contents(passage: Passage, headings: frozenset[str]) -> bool:
    """Whether a text lists headings of this paper with their pages, and nothing else."""
    if passage.kind != "text":
        return False
    words = plain(passage.cells[0])
    *entries, rest = _LED.split(words)
    if not entries:
        entries, rest = [_PAGE.sub("", words)], ""
    return entries != [words] and not rest and headings.issuperset(entries)


def hold_word(file: str, passages: Sequence[Passage], expected: Expected) -> list[Fault]:
    """What of a Word document is not as the blocks say: where, and what.

    Its charts are pictures of dots: no number in them can be read. They are told by their hash, and
    held where the paper is made again. A picture of a notebook is there as its file.
    """
    headings = _words_of(passages)
    read = (one for one in passages if not _is_contents(one, headings))
    shown = [_card_apart(one, expected.cards) for one in read]
    tables, mended = in_sheets(shown, expected)
    known = expected._replace(tables=tables, charts=())
    return [
        *hold_passages(file, mended, known, furniture=FURNITURE),
        *hold_word_looks(passages),
        *hold_word_pictures(file, passages, expected.in_print, len(expected.charts)),
    ]


def _printed(table: Table) -> Table:
    """A table as a page shows it: a heading stands once above the columns that it spans."""
    if len(table.heads) < 2:
        return table
    above, below = table.heads
    spanning = [group for group, label in zip(above, below, strict=True) if group != label]
    once: Cells = tuple(group for group, _ in groupby(spanning))
    return table._replace(heads=(once, below))


def _card_texts(cards: Sequence[Card]) -> Iterator[Text]:
    """The words of the headlines, which are read aloud line by line."""
    for card in cards:
        yield Text(card.chapter, card.label, False)
        for number in (card.number.text, f"! {card.number.text}"):
            yield Text(card.chapter, number, False)
        for tone in ("", *sorted(TONES)):
            for line in ("", *card.words):
                yield Text(card.chapter, f"{tone} {line}".strip(), False)


def _mended(passages: Iterable[Passage], expected: Expected) -> Iterator[Passage]:
    """Headlines in their parts; a word of a cell that is broken at its stroke in one piece."""
    known = {cell for table in expected.tables for line in table.rows for cell in line.cells}
    for passage in passages:
        if passage.kind == "row":
            cells = (
                whole if cell not in known and (whole := cell.replace("/ ", "/")) in known else cell
                for cell in passage.cells
            )
            passage = passage._replace(cells=tuple(cells))
        yield _card_apart(passage, expected.cards)


def _card_apart(passage: Passage, cards: Sequence[Card]) -> Passage:
    """A headline whose last cell holds its tone and its lines, with a cell for each of them."""
    if passage.kind != "row" or len(passage.cells) != 3:
        return passage
    label, number, rest = (plain(cell) for cell in passage.cells)
    for card in cards:
        for tone in ("", *sorted(TONES)):
            lines = [line for line in (tone, *card.words) if line]
            if card.label == label and rest in (" ".join(lines), ". ".join(lines)):
                return passage._replace(cells=(label, number, *lines))
    return passage
