"""A page put together as it is read: rows of tables, headlines, labels of pictures, paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_drawn import Box, Glyph, Patch
from boardpack.audit.reader.pdf_lines import Paragraph, Piece, paragraphs_of, pieces_of
from boardpack.audit.reader.pdf_picture import read_picture
from boardpack.audit.reader.pdf_table import rows_of, rules_of

HEAD, FOOT = 38.0, 36.0
"""What stands nearer to the edge of the page, in points, runs from page to page."""
MARGIN = ", head or foot"
CARD_WIDTH = (60.0, 260.0)
CARD_HEIGHT = (30.0, 160.0)
LARGE = 1.4
"""The number of a headline is so many times as large as the words around it."""


def laid_out(
    where: str,
    page: Box,
    glyphs: Sequence[Glyph],
    patches: Sequence[Patch],
    in_picture: Collection[int],
) -> Iterator[Passage]:
    """The passages of a page from the top; what stands side by side from the left."""
    rest = [glyph for glyph in glyphs if glyph.part not in in_picture]
    low, high = page[1] + FOOT, page[3] - HEAD
    rules = [rule for rule in rules_of(patches) if low < rule.height < high]
    pieces = pieces_of(rest)
    margin = [piece for piece in pieces if not low < piece.base < high]
    rows, pieces = rows_of([piece for piece in pieces if piece not in margin], rules)
    cards, pieces = _cards(pieces, patches)
    found = [(row.top, row.left, "row", row.cells) for row in rows]
    found += [(card[0].top, card[0].left, "row", tuple(p.text for p in card)) for card in cards]
    found += [(p.top, p.left, "text", (p.text,)) for p in paragraphs_of(pieces)]
    for _, _, kind, cells in sorted(found, key=lambda one: (-round(one[0]), one[1])):
        yield Passage(where, "row" if kind == "row" else "text", cells)
    for piece in margin:
        yield Passage(f"{where}{MARGIN}", "text", (piece.text,))
    for number, part in enumerate(sorted(set(in_picture)), start=1):
        drawn = [patch for patch in patches if patch.part == part]
        for cells in read_picture([glyph for glyph in glyphs if glyph.part == part], drawn):
            yield Passage(f"{where}, picture {number}", "chart", cells)


def _cards(
    pieces: Sequence[Piece], patches: Sequence[Patch]
) -> tuple[list[list[Paragraph]], list[Piece]]:
    """Headlines: panels with one large number below its label; and the pieces in none."""
    cards: list[list[Paragraph]] = []
    taken: set[int] = set()
    for patch in patches:
        left, bottom, right, top = patch.box
        sides = (right - left, CARD_WIDTH), (top - bottom, CARD_HEIGHT)
        if any(not low < side < high for side, (low, high) in sides):
            continue
        inside = [
            place
            for place, piece in enumerate(pieces)
            if left <= piece.left and piece.right <= right and bottom < piece.base < top
        ]
        card = _card([pieces[place] for place in inside])
        if card and taken.isdisjoint(inside):
            taken.update(inside)
            cards.append(card)
    return cards, [piece for place, piece in enumerate(pieces) if place not in taken]


def _card(pieces: Sequence[Piece]) -> list[Paragraph]:
    """The label, the number and the lines below it; nothing where no number stands out."""
    if not pieces:
        return []
    usual = min(piece.size for piece in pieces)
    large = [place for place, piece in enumerate(pieces) if piece.size > LARGE * usual]
    if not large or large[0] == 0:
        return []
    first, last = large[0], large[-1] + 1
    parts = pieces[:first], pieces[first:last], pieces[last:]
    return [Paragraph(list(part)) for part in parts if part]
