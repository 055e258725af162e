"""PDF and Word held to what the blocks say, by what is special of each.

Both show every block, in the order of the paper. A PDF is held twice: as it is seen, and as its
tags tell it to a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from boardpack.audit.reader.expected import Card, Cells, Expected, Table, Text
from boardpack.audit.reader.hold import Fault, hold_passages
from boardpack.audit.reader.hold_looks import hold_pdf_looks, hold_word_looks
from boardpack.audit.reader.hold_pictures import hold_pictures
from boardpack.audit.reader.hold_rows import TONES
from boardpack.audit.reader.hold_text import Corpus
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_layout import MARGIN
from boardpack.audit.reader.pdf_spoken import ALOUD
from boardpack.audit.reader.words import plain

FURNITURE = (
    r"(.* )?Page \d+ of \d+",
    # Contents: the heading, dots that lead across, and its page.
    r"(.+? ?(\. ?){3,} ?\d+ ?)+",
    r".+ \d+",
    r"[“\"].+[”\"] page \d+",
)
"""Words with a number that no block gives: the feet of pages, the contents, links to places."""


def hold_pdf(
    file: str,
    passages: Sequence[Passage],
    expected: Expected,
    files: Mapping[str, str] | None = None,
) -> list[Fault]:
    """What of a PDF is not as the blocks say: where, and what.

    `files` are the SHA-256 of the build's files by name, to which attachments are held.
    """
    told = [one for one in passages if one.where.endswith(ALOUD)]
    running = [one for one in passages if one.where.endswith(MARGIN)]
    pictures = [one for one in passages if one.kind == "chart"]
    seen = [
        one for one in passages if not one.where.endswith((ALOUD, MARGIN)) and one.kind != "chart"
    ]
    printed = expected._replace(tables=tuple(map(_printed, expected.tables)), charts=())
    spoken = expected._replace(
        cards=(), charts=(), texts=(*expected.texts, *_card_texts(expected.cards))
    )
    return [
        *hold_passages(
            file, list(_mended(seen, expected)), printed, sparse=True, furniture=FURNITURE
        ),
        *Corpus(expected, FURNITURE).hold(running),
        *hold_pdf_looks(passages, files or {}),
        *hold_pictures(file, pictures, expected.charts),
        *hold_passages(
            f"{file}{ALOUD}",
            list(_mended(told, expected)),
            spoken,
            sparse=True,
            furniture=FURNITURE,
        ),
    ]


def hold_word(file: str, passages: Sequence[Passage], expected: Expected) -> list[Fault]:
    """What of a Word document is not as the blocks say: where, and what.

    Its charts are pictures of dots: no number in them can be read. They are told by their hash, and
    held where the paper is made again.
    """
    shown = [_card_apart(one, expected.cards) for one in passages]
    known = expected._replace(charts=())
    return [
        *hold_passages(file, shown, known, furniture=FURNITURE),
        *hold_word_looks(passages),
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
