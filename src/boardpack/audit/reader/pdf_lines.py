"""Glyphs as the eye puts them together: pieces of a line, and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from boardpack.audit.reader.pdf_drawn import Glyph

SAME_LINE = 0.6
"""Glyphs whose lines differ by fewer points stand on one line."""
APART = 0.3
"""A blank of this part of the size of the type, which no space fills, parts two pieces."""
LEADING = 1.6
"""Lines of a paragraph follow each other within this many times the size of the type."""
_BROKEN = re.compile(r"\w-$")
_MARK = re.compile(r"•|\d{1,2}\.")
"""What stands before an item of a list."""
IN_LINE = 2.0
"""Edges that differ by fewer points stand under each other."""


@dataclass(frozen=True)
class Piece:
    """Words that stand together on one line."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class Paragraph:
    """Pieces that follow each other down the page."""

    pieces: list[Piece]

    @property
    def text(self) -> str:
        """All its words."""
        text = ""
        for piece in self.pieces:
            # A word that is broken after its hyphen is one word.
            text += piece.text if not text or _BROKEN.search(text) else f" {piece.text}"
        return text

    @property
    def top(self) -> float:
        """Its first line."""
        return self.pieces[0].base

    @property
    def left(self) -> float:
        """Its left edge."""
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(piece.right for piece in self.pieces)


def follows(one: Glyph, other: Glyph) -> bool:
    """Whether a glyph goes on with the word or the space before it; a hyphen joins two lines."""
    is_near = abs(other.left - one.right) < APART * other.size
    return one.said == "-" or (is_near and abs(one.base - other.base) <= SAME_LINE)


def pieces_of(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces of a page, from the top, each line from the left."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.base, glyph.left)):
        if lines and abs(lines[-1][0].base - glyph.base) <= SAME_LINE:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [piece for line in lines for piece in _parted(line)]


def _parted(line: list[Glyph]) -> list[Piece]:
    """A line at its blanks."""
    line.sort(key=lambda glyph: (glyph.left, glyph.order))
    groups: list[list[Glyph]] = []
    for glyph in line:
        if groups and (_blank(groups[-1], glyph) < APART * glyph.size or _is_mark(groups[-1])):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    made = (_piece(group) for group in groups)
    return [piece for piece in made if piece is not None]


def _blank(group: Sequence[Glyph], glyph: Glyph) -> float:
    """How wide the blank before a glyph is. A space fills none before another string of glyphs.

    A heading that goes on below ends its line with a space, and its neighbour stands close by it.
    """
    before = group[-1]
    if before.order != glyph.order:
        before = next((one for one in reversed(group) if one.shown.strip()), before)
    return glyph.left - before.right


def _is_mark(group: Sequence[Glyph]) -> bool:
    return _MARK.fullmatch("".join(glyph.shown for glyph in group)) is not None


def _piece(group: Sequence[Glyph]) -> Piece | None:
    inked = [glyph for glyph in group if glyph.shown.strip()]
    text = " ".join("".join(glyph.shown for glyph in group).split()).removeprefix("•")
    if not inked:
        return None
    size = median(glyph.size for glyph in inked)
    return Piece(text, inked[0].left, max(g.right for g in inked), inked[0].base, size)


def paragraphs_of(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Pieces that stand under each other in one type, put together."""
    found: list[Paragraph] = []
    for piece in pieces:
        above = [one for one in found if _goes_on(one.pieces[-1], piece)]
        if above:
            above[-1].pieces.append(piece)
        else:
            found.append(Paragraph([piece]))
    return found


def _goes_on(above: Piece, piece: Piece) -> bool:
    """Whether a piece is the next line of what stands above it."""
    down = above.base - piece.base
    if not SAME_LINE < down <= LEADING * above.size or abs(above.size - piece.size) > 0.3:
        return False
    middles = (above.left + above.right - piece.left - piece.right) / 2
    edges = (above.left - piece.left, above.right - piece.right, middles)
    return any(abs(edge) <= IN_LINE for edge in edges)
